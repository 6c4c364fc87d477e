// Typographic care while one types, in the language of the text: quotation marks, apostrophes, the space before signs, the
// ellipsis. Each is a step of its own, so that one undo gives back what was typed.

import { Plugin, type EditorState } from "prosemirror-state";
import { closeHistory } from "prosemirror-history";
import type { EditorView } from "prosemirror-view";

import { schema } from "./schema";

const thin = "\u202f";
const firm = "\u00a0";

interface Change { from: number; text: string } // how many characters before the cursor to replace, and by what

// set says what should stand instead of the end of a text that was just typed, or null.
export function set(before: string, language: string): Change | null {
  const typed = before.at(-1);
  const last = before.at(-2) ?? "";
  const opens = last === "" || /[\s([{«“‘\u2013\u2014-]/.test(last);
  const french = language === "fr" || language === "br";
  switch (typed) {
    case "'":
      return opens && !french ? { from: 1, text: "‘" } : { from: 1, text: "’" };
    case '"':
      if (!french) return { from: 1, text: opens ? "“" : "”" };
      if (opens) return { from: 1, text: "«" + firm };
      return { from: 1, text: thin + "»" };
    case ".":
      return /(^|[^.])\.\.\.$/.test(before) ? { from: 3, text: "…" } : null;
    case ";": case "!": case "?": case ":": case "»":
      if (language !== "fr" || last !== " ") return null;
      return { from: 2, text: (typed === ":" || typed === "»" ? firm : thin) + typed };
    case " ":
      return last === "«" && language === "fr" ? { from: 2, text: "«" + firm } : null;
  }
  return null;
}

// tidy sets a whole text, as one that was pasted.
export function tidy(text: string, language: string): string {
  let out = "";
  for (const character of text) {
    out += character;
    const change = set(out.slice(-4), language);
    if (change) out = out.slice(0, out.length - change.from) + change.text;
  }
  return out;
}

const inCode = (state: EditorState) => {
  const { $from } = state.selection;
  return $from.parent.type.spec.code || schema.marks.code!.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
};

export function typography(language: () => string, on: () => boolean): Plugin {
  return new Plugin({
    props: {
      handleTextInput(view: EditorView, from: number, to: number, text: string, deflt: () => import("prosemirror-state").Transaction) {
        if (!on() || text.length !== 1 || view.composing || inCode(view.state)) return false;
        const $from = view.state.doc.resolve(from);
        const start = Math.max(0, $from.parentOffset - 3);
        const before = $from.parent.textBetween(start, $from.parentOffset, undefined, "\ufffc") + text;
        const change = set(before, language());
        if (!change) return false;
        view.dispatch(deflt());
        const end = from + 1;
        const marks = view.state.doc.resolve(end).marks();
        view.dispatch(closeHistory(view.state.tr.replaceWith(end - change.from, end, schema.text(change.text, marks))));
        return to >= from;
      },
    },
  });
}
