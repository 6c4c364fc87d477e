// Keeps the advice beside the text up to date while it is open, as often as the text is kept. Without it, a button asks.
const panel = document.getElementById("advice");
const advised = panel?.querySelector("[data-advised]");

async function look(address) {
  if (!panel.open || !address) return;
  const [path, query] = address.split("?");
  try {
    const answer = await fetch(path + "/advice" + (query ? "?" + query : ""), { headers: { Accept: "text/html" } });
    if (answer.ok) advised.innerHTML = await answer.text(); // the server's own page, escaped there
  } catch {
    // no connection: what was said stays
  }
}

if (panel) {
  const form = document.getElementById("sheet");
  let address = form.elements.version ? form.action : "";
  form.addEventListener("kept", (event) => look((address = event.detail)));
  panel.addEventListener("toggle", () => look(address));
  panel.querySelector(".unscripted")?.remove();
}
