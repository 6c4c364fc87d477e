// Finds while one types, on the search page: it asks for the same page with the words so far and shows its results.
// Without it, the form does all this.

const pause = 300; // milliseconds without typing before the server is asked
const shortest = 2; // characters
const parts = ["found", "results"];

function begin(form) {
  const field = form.elements.q;
  let timer, asking, asked = field.value.trim();
  const ask = async () => {
    const words = field.value.trim();
    if (words === asked || words.length < shortest) return;
    asked = words;
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    const address = `${location.pathname}?${query}`;
    query.set("typing", "1");
    const answer = await fetch(`${location.pathname}?${query}`, { signal: asking.signal });
    if (!answer.ok) return; // the button tells why
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of parts) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id).replaceChildren(...fresh.childNodes);
    }
    history.replaceState(history.state, "", address);
  };
  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(() => ask().catch(() => {}), pause); // offline, or asked anew
  });
}

const form = document.querySelector("main form.searchbox");
if (form) begin(form);
