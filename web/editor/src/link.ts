// A link: to an address, or to a contribution found by its words.

import { ask } from "./dialog";
import { el } from "./dom";
import { say } from "./house";
import { schema } from "./schema";
import type { Sheet } from "./sheet";
import { TextSelection } from "prosemirror-state";

interface Hit { title: string; address: string; where: string }

export function askLink(sheet: Sheet) {
  const { house, view } = sheet;
  const { link } = schema.marks;
  // A link in which the cursor is, is taken as a whole.
  const { $from, empty } = view.state.selection;
  const here = link!.isInSet($from.marks()) ?? (empty ? undefined : $from.nodeAfter && link!.isInSet($from.nodeAfter.marks));
  if (here) {
    let from = $from.pos;
    let to = from;
    $from.parent.forEach((node, offset) => {
      const start = $from.start() + offset;
      if (!here.isInSet(node.marks)) return;
      if (start > to || start + node.nodeSize < from) return;
      from = Math.min(from, start);
      to = Math.max(to, start + node.nodeSize);
    });
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)));
  }
  const { from, to } = view.state.selection;
  const text = view.state.doc.textBetween(from, to, " ");
  ask(house, {
    title: say(house, "link"),
    questions: [
      { name: "href", label: say(house, "address"), help: say(house, "addressHelp"), value: here?.attrs.href, required: true },
      { name: "text", label: say(house, "linkText"), value: text },
    ],
    submit: say(house, "keep"),
    also: here ? { label: say(house, "unlink"), act: () => sheet.unmark() } : undefined,
    extra: (form) => search(sheet, form),
    act: (answers) => {
      const href = address(answers.href!);
      if (!href) return { href: say(house, "addressFault") };
      sheet.mark(href, answers.text || answers.href!);
      return undefined;
    },
  }, sheet.home);
}

// address completes what people type, and answers "" to what leads nowhere that a text may.
function address(typed: string): string {
  if (/^(https?:\/\/|mailto:|tel:|\/|#)/i.test(typed)) return typed.replace(/\s/g, "%20");
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(typed)) return "mailto:" + typed;
  if (/^[^\s/:]+\.[^\s/:]{2,}(\/\S*)?$/.test(typed)) return "https://" + typed;
  return "";
}

function search(sheet: Sheet, form: HTMLFormElement): Node {
  const { house } = sheet;
  const list = el("ul", { class: "hits" });
  const told = el("p", { class: "help", role: "status" });
  const box = el("div", { class: "found" }, told, list);
  const input = form.elements.namedItem("href") as HTMLInputElement;
  let timer = 0;
  let asked = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const words = input.value.trim();
    if (words.length < 3 || /^(https?:|mailto:|\/|#)/i.test(words)) {
      list.replaceChildren();
      told.textContent = "";
      return;
    }
    timer = window.setTimeout(async () => {
      const mine = ++asked;
      let hits: Hit[];
      try {
        const response = await fetch(house.links + "?q=" + encodeURIComponent(words), { headers: { Accept: "application/json" } });
        if (!response.ok) return;
        hits = await response.json();
      } catch {
        return; // without a connection one can still paste an address
      }
      if (mine !== asked) return;
      told.textContent = hits.length ? say(house, "hits", hits.length) : say(house, "noHits");
      list.replaceChildren(...hits.map((hit) => {
        const button = el("button", { type: "button", class: "hit" }, el("b", {}, hit.title), " ", el("small", {}, hit.where));
        button.addEventListener("click", () => {
          input.value = hit.address;
          const text = form.elements.namedItem("text") as HTMLInputElement;
          text.value ||= hit.title;
          list.replaceChildren();
          told.textContent = "";
          text.focus();
        });
        return el("li", {}, button);
      }));
    }, 300);
  });
  return box;
}
