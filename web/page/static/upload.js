// Sends files from the form #sheet of web/write as soon as they are chosen, dropped or pasted, one after the other, says how
// far each is, and tries again when the line breaks. A file sent becomes a part of the form; write.js keeps it with the text.
// Without it, files go with the form.

const stall = 30000; // milliseconds without progress before a line counts as broken
const tries = 8;

function begin(form) {
  const zones = [...form.querySelectorAll("[data-upload]")];
  const queue = [];
  let busy = false;
  const next = async () => {
    if (busy) return;
    const job = queue.shift();
    if (!job) return;
    busy = true;
    await send(form, job);
    busy = false;
    next();
  };
  const add = (zone, files, into) => {
    for (const file of files) queue.push({ zone, file, into, line: line(zone, file) });
    next();
  };
  form.classList.add("scripted");
  for (const zone of zones) {
    for (const input of zone.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => {
        add(zone, input.files);
        input.value = ""; // sent already: not once more with the form
      });
    }
    droppable(zone, (files) => add(zone, files));
  }
  const pictures = zones.find((zone) => zone.dataset.upload === "pictures");
  if (pictures) {
    for (const area of form.querySelectorAll("textarea.tall")) droppable(area, (files) => add(pictures, images(files), area));
    form.addEventListener("paste", (event) => {
      const found = images(event.clipboardData?.files ?? []);
      if (!found.length || event.clipboardData.types.includes("text/plain")) return; // word processors send both: the words win
      event.preventDefault();
      add(pictures, found.map(named), event.target.matches("textarea.tall") ? event.target : undefined);
    });
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    const [act] = (button?.value ?? "").split(":");
    if (act !== "up" && act !== "down") return;
    event.preventDefault();
    move(form, button, act);
  });
  addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });
}

const images = (files) => [...files].filter((file) => file.type.startsWith("image/"));

// named gives a pasted picture a name of its own: browsers call all of them image.png.
function named(file, i) {
  const at = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return new File([file], `${at}-${i + 1}.${file.type.split("/")[1]}`, { type: file.type });
}

function droppable(place, take) {
  const holds = (event) => event.dataTransfer?.types.includes("Files");
  place.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    place.classList.remove("over");
    if (!holds(event) || !event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

const say = (words, ...values) => values.reduce((said, value) => said.replace(/%[sd]/, () => value), words);

// line is what is told of a file on its way.
function line(zone, file) {
  const item = document.createElement("li");
  const words = document.createElement("span");
  const progress = document.createElement("progress");
  const stop = document.createElement("button");
  words.textContent = say(zone.dataset.sending, file.name);
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", words.textContent);
  stop.type = "button";
  stop.className = "button link";
  stop.textContent = say(zone.dataset.cancel, file.name);
  item.append(words, progress, stop);
  zone.querySelector(".sending").append(item);
  const told = { item, words, progress, stop, stopped: false };
  stop.addEventListener("click", () => {
    told.stopped = true;
    told.stopping?.();
    item.remove();
  });
  return told;
}

function end({ item, words, progress, stop }, said) {
  words.textContent = said;
  progress.remove();
  stop.remove();
  item.classList.add("told");
}

async function send(form, job) {
  const { zone, file, line } = job;
  if (line.stopped) return;
  const bound = new Map(zone.dataset.most.split(" ").map((part) => part.split("=")));
  const most = Number(bound.get(file.type.split("/")[0]));
  if (most && file.size > most) {
    end(line, say(zone.dataset.heavy, file.name, Math.ceil(file.size / 1e6), Math.floor(most / 1e6)));
    return;
  }
  const address = await new Promise((resolve) => form.dispatchEvent(new CustomEvent("draft", { detail: resolve })));
  if (!address) {
    end(line, zone.dataset.lost);
    return;
  }
  const url = new URL(address, location.href);
  url.pathname += "/file";
  url.searchParams.set("field", zone.dataset.upload);
  url.searchParams.set("name", file.name);
  for (let n = 1; !line.stopped; n++) {
    const { status, answer, after } = await post(url, file, line);
    if (line.stopped) return;
    if (answer.id) {
      arrived(form, job, answer);
      return;
    }
    const broken = status === 0 || status >= 502 || answer.retry;
    if (!broken || n === tries) {
      end(line, answer.told || say(zone.dataset.failed, file.name));
      return;
    }
    const pause = Math.max(after, Math.min(30, 2 ** (n - 1)));
    line.progress.value = 0;
    line.words.textContent = say(zone.dataset.again, file.name, pause);
    await new Promise((resolve) => { // until the pause is over, the line is back, or nobody wants it any more
      line.stopping = resolve;
      addEventListener("online", resolve, { once: true });
      setTimeout(resolve, pause * 1000);
    });
    if (!line.stopped) line.words.textContent = say(zone.dataset.sending, file.name);
  }
}

// post sends the file once. A broken line is status 0. (fetch tells nothing of what it sent.)
function post(url, file, line) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let waiting;
    const alive = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => request.abort(), stall);
    };
    const done = () => {
      clearTimeout(waiting);
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // not ours: a proxy's page, or nothing
      }
      resolve({ status: request.status, answer, after: Number(request.getResponseHeader("Retry-After")) || 0 });
    };
    request.upload.addEventListener("progress", (event) => {
      alive();
      if (event.lengthComputable) line.progress.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      line.progress.removeAttribute("value"); // all is sent; the server looks at it
      alive();
    });
    request.addEventListener("loadend", done);
    line.stopping = () => request.abort();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    alive();
    request.send(file);
  });
}

function arrived(form, { zone, line, into }, answer) {
  const list = form.querySelector(`[data-files="${zone.dataset.upload}"]`);
  list.insertAdjacentHTML("beforeend", answer.html); // the server's own page, escaped there
  end(line, answer.told);
  if (into) {
    const before = into.value.slice(0, into.selectionStart);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    into.setRangeText(`${gap}![](media:${answer.id})\n\n`, into.selectionStart, into.selectionEnd, "end");
  }
  (into ?? form).dispatchEvent(new Event("input", { bubbles: true }));
}

// move changes the place of a file among the others; the focus stays where it was.
function move(form, button, act) {
  const item = button.closest("[data-file]");
  const list = item.parentElement;
  const other = act === "up" ? item.previousElementSibling : item.nextElementSibling;
  if (other) list.insertBefore(act === "up" ? item : other, act === "up" ? other : item);
  button.focus();
  const zone = list.parentElement.querySelector("[data-upload]");
  const told = document.createElement("li");
  told.className = "told";
  told.textContent = say(zone.dataset.moved, [...list.children].indexOf(item) + 1, list.children.length);
  zone.querySelector(".sending").replaceChildren(...[...zone.querySelectorAll(".sending > :not(.told)")], told);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

const form = document.getElementById("sheet");
if (form?.dataset.autosave) begin(form);
