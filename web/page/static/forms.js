// Helps to answer forms: hides the questions that the other answers don't ask for, takes the device's position for a place,
// and finds again on this device what was begun and left. Without it, all questions are shown, places are typed or pressed on
// the map, and a draft is found again by its address.

const month = 31 * 24 * 3600 * 1000;

// asked shows the questions whose condition holds.
function asked(form) {
  const answers = (key) => [...form.elements]
    .filter((field) => (field.name === key || field.name.startsWith(key + ".")) && field.name !== key + ".precision" && field.name !== key + ".view")
    .filter((field) => (field.type !== "radio" && field.type !== "checkbox") || field.checked)
    .map((field) => field.value.trim())
    .filter(Boolean);
  for (const part of form.querySelectorAll("[data-when]")) {
    const given = answers(part.dataset.when);
    const wanted = part.dataset.is ? part.dataset.is.split(" ") : [];
    const outer = form.querySelector(`[data-when] [name="${CSS.escape(part.dataset.when)}"]`)?.closest("[data-when]");
    part.hidden = !(wanted.length ? given.some((answer) => wanted.includes(answer)) : given.length) || Boolean(outer?.hidden);
  }
}

// here fills a place with the device's position.
function here(place) {
  const button = place.querySelector("[data-here]");
  const told = place.querySelector("[role=status]");
  if (!button || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    for (const [part, value] of [["lat", coords.latitude], ["lon", coords.longitude]]) {
      const field = place.querySelector(`[name="${place.dataset.place}.${part}"]`);
      field.value = value.toFixed(6);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    told.textContent = place.dataset.taken;
  }, () => {
    told.textContent = place.dataset.failed;
  }));
}

// begun remembers where a form was begun on this device, and leads back there.
function begun() {
  const key = (slug) => "bourgeon:begun:" + location.pathname.split("/write/")[0].split("/draft/")[0] + ":" + slug;
  try {
    const sheet = document.querySelector("form#sheet.step[data-form]");
    if (sheet && location.pathname.includes("/draft/")) {
      localStorage.setItem(key(sheet.dataset.form), JSON.stringify({ at: Date.now(), address: location.pathname + location.search.replace(/[?&](done|mend)=[^&]*/g, "") }));
    }
    const notice = document.querySelector("[data-resume]");
    if (!notice) return;
    const left = JSON.parse(localStorage.getItem(key(notice.dataset.resume)));
    if (!left || Date.now() - left.at > month || !left.address.startsWith("/")) return;
    fetch(left.address, { method: "HEAD" }).then((answer) => {
      if (answer.status === 404) localStorage.removeItem(key(notice.dataset.resume)); // it was signed, or thrown away
      if (!answer.ok) return;
      notice.querySelector("a").href = left.address;
      notice.hidden = false;
    });
  } catch {
    // nothing was kept
  }
}

for (const form of document.querySelectorAll("form.form")) {
  if (!form.querySelector("[data-when]")) continue;
  form.addEventListener("input", () => asked(form));
  asked(form);
}
for (const place of document.querySelectorAll("[data-place]")) here(place);
begun();
