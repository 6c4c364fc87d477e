// Keeps a question while it is described at the desk, a moment after each change, and shows it anew beside; copies the passage
// selected in an answer to where it is gathered. Without it, the buttons do the same, and one copies by hand.

function keep(form) {
  const glass = document.querySelector(".glass iframe");
  let waiting, sending;
  const send = async () => {
    sending?.abort();
    sending = new AbortController();
    const body = new FormData(form);
    body.set("do", "stay");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), signal: sending.signal });
      if (answer.ok) glass?.contentWindow.location.reload();
    } catch {
      // gone on meanwhile, or no network: the buttons remain
    }
  };
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.name === "kind") form.requestSubmit(form.querySelector("button[value=stay]")); // other questions follow
    else waiting = setTimeout(send, 600);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    sending?.abort();
  });
}

function passages(section) {
  const into = section.querySelector("textarea[name=passage]");
  section.querySelector("[data-passages]").addEventListener("mouseup", () => {
    const words = getSelection().toString().trim();
    if (words && into) into.value = words.replace(/\s+/g, " ");
  });
}

const form = document.querySelector("form[data-keep]");
if (form) keep(form);
for (const section of document.querySelectorAll(".gathering")) passages(section);
