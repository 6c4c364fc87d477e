// Tries a look while it is chosen: the form #fitting is sent by itself a moment after each change, and the mirror shows the
// site anew. Without this script, the button "Try it on" does the same.

function begin(form) {
  const glass = document.querySelector(".glass iframe");
  const palettes = document.getElementById("palettes");
  const wrong = document.getElementById("not-shown");
  let waiting, sending;

  const send = async () => {
    sending?.abort();
    sending = new AbortController();
    const body = new FormData(form);
    for (const file of form.querySelectorAll("input[type=file]")) body.delete(file.name);
    body.set("do", "try");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: sending.signal });
      if (!answer.ok) return;
      const { fault, trial, palettes: shown } = await answer.json();
      if (palettes) palettes.innerHTML = shown;
      wrong.textContent = fault;
      wrong.hidden = !fault;
      for (const part of document.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "trial") !== trial;
      if (!fault) glass.contentWindow.location.reload();
    } catch {
      // Gone on meanwhile, or no network: the buttons remain.
    }
  };
  form.addEventListener("input", (event) => {
    if (event.target.closest("#add")) return; // a choice for the next block, not a change yet
    clearTimeout(waiting);
    if (event.target.type === "file") form.requestSubmit(form.querySelector("button[value=try]"));
    else waiting = setTimeout(send, 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    sending?.abort();
  });
}

const form = document.querySelector("form[data-try]");
if (form) begin(form);
