// Saves what is being written, early and quietly, on the form #sheet of web/write: on this device at once, on the server
// after each pause. It recovers what a closed tab left behind, tells when the connection is gone, and never overwrites
// what was saved elsewhere: then it leads to the page where both texts meet. Without it, the form's buttons do all this.

const pause = 2000; // milliseconds without typing before the server is asked to keep the text
const patience = 15000; // before asking again after a failure

function begin(form) {
  const state = {
    form,
    told: document.getElementById("saved"),
    said: form.dataset,
    version: Number(form.dataset.version) || 0,
    address: form.action,
    autosave: form.dataset.autosave,
    timer: 0,
    saving: false,
    unsaved: false,
    stopped: false, // both texts must be joined first
    leaving: false,
  };
  recover(state);
  form.addEventListener("input", (event) => typed(state, event));
  form.addEventListener("submit", (event) => {
    if (state.saving) { // its answer brings the version that this form must carry
      event.preventDefault();
      state.waiting = event.submitter;
      return;
    }
    state.leaving = true;
    clearTimeout(state.timer);
    keep(state, true);
  });
  document.getElementById("discard")?.addEventListener("submit", () => {
    state.leaving = true;
    forget(state);
  });
  form.addEventListener("draft", (event) => draft(state).then(event.detail));
  addEventListener("online", () => state.unsaved && save(state));
  addEventListener("pagehide", () => state.unsaved && !state.leaving && keep(state)); // leaving, it is kept as sent
  addEventListener("beforeunload", (event) => {
    if (state.unsaved && !state.leaving) event.preventDefault();
  });
  // Back from the next page, the form may be older than what the server has.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  count(form);
}

function typed(state, event) {
  if (event.target.type === "file") return;
  count(state.form, event.target);
  state.unsaved = true;
  keep(state);
  if (state.stopped) return;
  tell(state, state.said.unsaved);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(state), pause);
}

// draft is the address of what is being written, for upload.js: a file can't come before there is something to belong to.
async function draft(state) {
  if (!state.version && !state.stopped) {
    state.unsaved = state.filing = true;
    while (state.saving) await new Promise((resolve) => setTimeout(resolve, 100));
    await save(state);
    state.filing = false;
  }
  return state.version ? state.address : undefined;
}

// fields is what was typed, without files and buttons.
function fields(form) {
  const all = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") all.append(name, value);
  return all;
}

const technical = new Set(["version", "pow", "pow_nonce", "website", "do"]);

function answers(form) {
  return [...fields(form)].filter(([name]) => !technical.has(name));
}

// The device's copy stands under the draft's address, and is there only while the server has not the same.
const place = (state) => "bourgeon:" + new URL(state.address, location.href).pathname;

// keep writes the device's copy; sent tells that the form is leaving for the server, which perhaps never gets it.
function keep(state, sent = false) {
  try {
    const copy = { version: state.version, at: Date.now(), answers: answers(state.form), sent };
    localStorage.setItem(place(state), JSON.stringify(copy));
    if (sent) sessionStorage.setItem("bourgeon:sent", place(state));
  } catch {
    // no room, or not allowed: the server keeps it all the same
  }
}

function forget(state) {
  try {
    localStorage.removeItem(place(state));
  } catch {
    // nothing was kept
  }
}

// sweep forgets the copy of a form that was taken: its sending led to another page of ours.
function sweep() {
  try {
    const sent = sessionStorage.getItem("bourgeon:sent");
    if (!sent || sent === "bourgeon:" + location.pathname) return;
    sessionStorage.removeItem("bourgeon:sent");
    // After an error one comes to other pages by oneself: only what follows a form that was taken tells that it was.
    const place = "bourgeon:" + location.pathname;
    const on = place.startsWith(sent + "/") || (sent.includes("/write/") && place.includes("/draft/"));
    if (on || /[?&]done=(?!signed|joined)/.test(location.search)) localStorage.removeItem(sent);
  } catch {
    // nothing was kept
  }
}

const month = 31 * 24 * 3600 * 1000;

function recover(state) {
  let left;
  try {
    left = JSON.parse(localStorage.getItem(place(state)));
  } catch {
    return;
  }
  if (document.getElementById("ended")) { // the server could not take this form, which holds what was sent
    state.unsaved = true;
    keep(state);
    return;
  }
  if (!left || !Array.isArray(left.answers)) return;
  const stale = Date.now() - left.at > month;
  const taken = left.sent && state.version > left.version;
  // A form that came back with faults holds what was sent: newer than any copy.
  if (stale || taken || document.getElementById("errors") || same(left.answers, answers(state.form))) {
    forget(state);
    return;
  }
  for (const [name, value] of left.answers) {
    const field = state.form.elements[name];
    if (field && "value" in field && !["hidden", "checkbox", "file", "submit"].includes(field.type)) field.value = value;
  }
  // The version of then: if another device saved since, the server says so and both texts are shown.
  if (left.version) state.version = left.version;
  syncVersion(state);
  state.unsaved = true;
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  notice.append(document.createElement("p"));
  notice.firstChild.textContent = state.said.found;
  state.form.before(notice);
  state.timer = setTimeout(() => save(state), pause);
}

// same compares answers as the server would keep them: without the white space around.
function same(a, b) {
  const tidy = (all) => JSON.stringify(all.map(([name, value]) => [name, value.replaceAll("\r\n", "\n").trim()]));
  return tidy(a) === tidy(b);
}

function syncVersion(state) {
  if (!state.version) return;
  let field = state.form.elements.version;
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "version";
    state.form.prepend(field);
  }
  field.value = state.version;
}

async function save(state) {
  if (!state.unsaved || state.saving || state.stopped || state.leaving) return;
  state.saving = true;
  state.unsaved = false; // what is typed from here on counts anew
  const body = fields(state.form);
  if (state.filing) body.append("upload", "1"); // empty as it may be
  try {
    const response = await fetch(state.autosave, {
      method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(patience),
    });
    let answer = {};
    try {
      answer = await response.json();
    } catch {
      // not ours: a proxy's page
    }
    if (response.ok) saved(state, answer);
    else if (response.status === 409) conflict(state, answer);
    else failed(state, answer, Number(response.headers.get("Retry-After")) * 1000);
  } catch {
    failed(state, { told: state.said.offline, retry: true });
  }
  state.saving = false;
  if (state.waiting !== undefined) {
    const button = state.waiting;
    state.waiting = undefined;
    state.form.requestSubmit(button);
    return;
  }
  if (state.unsaved && !state.timer) state.timer = setTimeout(() => save(state), pause);
}

function saved(state, answer) {
  forget(state);
  const first = !state.version;
  state.version = answer.version;
  if (answer.address && first) {
    state.address = answer.address;
    state.form.action = answer.address;
    const [path, query] = answer.address.split("?");
    state.autosave = path + "/autosave" + (query ? "?" + query : "");
    history.replaceState(null, "", answer.address);
  }
  syncVersion(state);
  state.timer = 0;
  if (state.unsaved) keep(state);
  else tell(state, answer.told);
  state.form.dispatchEvent(new CustomEvent("kept", { detail: state.address }));
}

function failed(state, answer, after) {
  state.unsaved = true;
  keep(state);
  tell(state, answer.told || state.said.offline);
  clearTimeout(state.timer);
  state.timer = 0;
  if (answer.retry || !answer.told) state.timer = setTimeout(() => save(state), Math.max(after || 0, patience));
}

// conflict stops saving: sending the form as it is leads to the page where both texts stand.
function conflict(state, answer) {
  state.stopped = true;
  state.unsaved = true;
  keep(state);
  tell(state, answer.told);
  const button = document.createElement("button");
  button.className = "button";
  button.name = "do";
  button.value = "save";
  button.textContent = state.said.conflict;
  state.told.append(" ", button);
}

function tell(state, words) {
  if (state.told) state.told.textContent = words;
}

// count helps with answers that have a limit, once they come near it.
function count(form, only) {
  for (const limit of (form.dataset.limits || "").split(" ")) {
    const [name, most] = limit.split("=");
    const field = form.elements[name];
    if (!field || (only && only !== field)) continue;
    const left = Number(most) - [...field.value].length;
    let help = document.getElementById(name + "-count");
    if (left > Number(most) * 0.2) {
      help?.remove();
      continue;
    }
    if (!help) {
      help = document.createElement("p");
      help.id = name + "-count";
      help.className = "help";
      help.setAttribute("role", "status");
      field.after(help);
    }
    help.textContent = (left < 0 ? form.dataset.over : form.dataset.left).replace("%d", Math.abs(left));
  }
}

sweep();
const form = document.getElementById("sheet");
if (form) begin(form);
