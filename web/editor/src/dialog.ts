// Questions asked in a window of their own: a form of labelled fields, each with its help and its error.

import { el } from "./dom";
import { say, type House } from "./house";

export interface Question {
  name: string;
  label: string;
  help?: string;
  value?: string;
  type?: string; // of an input; "textarea", "file", "number"
  required?: boolean;
  accept?: string;
  min?: number;
  max?: number;
  rows?: number;
}

export type Answers = Record<string, string> & { files?: FileList | null };

export interface Asked {
  title: string;
  text?: string;
  questions: Question[];
  submit: string;
  // also is a second way out, beside cancelling: "Remove the link".
  also?: { label: string; act: () => void };
  extra?: (form: HTMLFormElement) => Node; // below the fields
  // check answers with what is wrong, by name; an answer may take its time.
  act: (answers: Answers, form: HTMLFormElement) => void | Record<string, string> | Promise<void | Record<string, string>>;
}

let count = 0;

// leaving makes what closes a window. The focus is home when it returns: a window's "close" event comes a task later, and the keys
// pressed until then would go nowhere.
function leaving(dialog: HTMLDialogElement, home: () => void): () => void {
  const leave = () => {
    if (!dialog.isConnected) return;
    dialog.close();
    dialog.remove();
    home();
  };
  dialog.addEventListener("cancel", (event) => {
    if (event.target === dialog) leave(); // that of a file field comes by here too
  });
  dialog.addEventListener("close", leave);
  return leave;
}

// ask opens the window; home takes the focus back when it closes.
export function ask(house: House, asked: Asked, home: () => void) {
  const id = "dialog-" + ++count;
  const close = el("button", { type: "button", class: "button quiet" }, say(house, "cancel"));
  const submit = el("button", { class: "button" }, asked.submit);
  const form = el("form", { class: "form short", novalidate: true });
  const inputs = asked.questions.map((question) => {
    const name = id + "-" + question.name;
    const input = question.type === "textarea"
      ? el("textarea", { id: name, name: question.name, rows: String(question.rows ?? 6) })
      : el("input", {
        id: name, name: question.name, type: question.type ?? "text", accept: question.accept,
        min: question.min?.toString(), max: question.max?.toString(), autocomplete: "off",
      });
    if (question.value && question.type !== "file") input.value = question.value;
    if (question.required) input.setAttribute("aria-required", "true");
    const described = [question.help && name + "-help", name + "-error"].filter(Boolean).join(" ");
    input.setAttribute("aria-describedby", described);
    const error = el("p", { class: "error", id: name + "-error", hidden: true });
    form.append(el("div", { class: "field" },
      el("label", { class: "question", for: name }, question.label),
      question.help ? el("p", { class: "help", id: name + "-help" }, question.help) : null,
      error, input));
    return { question, input, error };
  });
  const extra = asked.extra?.(form);
  if (extra) form.append(extra);
  const acts = el("div", { class: "acts" }, submit, close);
  if (asked.also) {
    const { label, act } = asked.also;
    const also = el("button", { type: "button", class: "button link" }, label);
    also.addEventListener("click", () => {
      leave();
      act();
    });
    acts.append(also);
  }
  form.append(acts);
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": id },
    el("h2", { id }, asked.title), asked.text ? el("p", {}, asked.text) : null, form);
  const leave = leaving(dialog, home);
  close.addEventListener("click", leave);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answers: Answers = {} as Answers;
    let first: HTMLElement | null = null;
    const fault = (name: string, words: string) => {
      const at = inputs.find(({ question }) => question.name === name) ?? inputs[0]!;
      at.error.textContent = words;
      at.error.hidden = false;
      at.input.setAttribute("aria-invalid", "true");
      first ??= at.input;
    };
    for (const { question, input, error } of inputs) {
      error.hidden = true;
      input.removeAttribute("aria-invalid");
      answers[question.name] = input.value.trim();
      if (question.type === "file") answers.files = (input as HTMLInputElement).files;
      if (question.required && !input.value.trim()) fault(question.name, say(house, "required"));
    }
    if (!first) {
      submit.disabled = true;
      try {
        const faults = await asked.act(answers, form);
        for (const [name, words] of Object.entries(faults ?? {})) fault(name, words);
        if (!faults) leave();
      } catch (error) {
        fault(asked.questions[0]!.name, (error as Error).message);
      }
      submit.disabled = false;
    }
    (first as HTMLElement | null)?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  inputs[0]?.input.focus();
  return dialog;
}

// show opens a window that only tells.
export function show(house: House, home: () => void, title: string, ...content: Node[]) {
  const id = "dialog-" + ++count;
  const close = el("button", { type: "button", class: "button" }, say(house, "close"));
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": id },
    el("h2", { id, tabindex: "-1" }, title), ...content, el("div", { class: "acts" }, close));
  close.addEventListener("click", leaving(dialog, home));
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
