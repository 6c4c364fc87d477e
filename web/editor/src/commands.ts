// What the toolbar and the keyboard do to a text.

import { chainCommands, lift, setBlockType, toggleMark, wrapIn, exitCode } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection, type Command, type EditorState } from "prosemirror-state";
import { goToNextCell, isInTable, addRowAfter } from "prosemirror-tables";
import type { MarkType, Node, NodeType } from "prosemirror-model";

import { schema } from "./schema";

const { nodes, marks } = schema;

// baseLevel is that of a text's highest headings, which readers see as the first level, whatever their signs.
export function baseLevel(state: EditorState): number {
  const { $from } = state.selection;
  let level = 7;
  state.doc.forEach((node) => {
    if (node.type === nodes.heading && node !== $from.node(1)) level = Math.min(level, node.attrs.level);
  });
  return level > 4 ? 2 : level;
}

export const heading = (below: number): Command => (state, dispatch) =>
  setBlockType(nodes.heading!, { level: baseLevel(state) + below })(state, dispatch);

export const paragraph: Command = (state, dispatch) =>
  setBlockType(nodes.paragraph!)(state, dispatch) || lift(state, dispatch);

// list makes a list of a kind, changes one of the other kind, or takes the words out of theirs.
export function list(type: NodeType): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth--) {
      const node = $from.node(depth);
      if (node.type !== nodes.bullet_list && node.type !== nodes.ordered_list) continue;
      if (node.type === type) return liftListItem(nodes.list_item!)(state, dispatch);
      dispatch?.(state.tr.setNodeMarkup($from.before(depth), type, { tight: node.attrs.tight }));
      return true;
    }
    return wrapInList(type)(state, dispatch);
  };
}

export const quote: Command = (state, dispatch) => inside(state, nodes.blockquote!) ? lift(state, dispatch) : wrapIn(nodes.blockquote!)(state, dispatch);

export function inside(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
}

export function active(state: EditorState, type: MarkType): boolean {
  const { from, $from, to, empty } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

// atTop puts a block after the one at the top in which the cursor is, or in place of it when it is empty.
export function atTop(node: Node, into = false): Command {
  return (state, dispatch) => {
    if (!dispatch) return true;
    const { $from } = state.selection;
    const tr = state.tr;
    let at: number;
    if ($from.depth === 0) at = state.selection.to;
    else if ($from.depth === 1 && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0) {
      at = $from.before(1);
      tr.delete(at, $from.after(1));
    } else at = $from.after(1);
    tr.insert(at, node);
    const end = at + node.nodeSize;
    if (into) tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)));
    else {
      if (!tr.doc.nodeAt(end)) tr.insert(end, nodes.paragraph!.create());
      tr.setSelection(TextSelection.near(tr.doc.resolve(end)));
    }
    dispatch(tr.scrollIntoView());
    return true;
  };
}

export function table(rows: number, columns: number): Node {
  const row = (type: NodeType) =>
    nodes.table_row!.create(null, Array.from({ length: columns }, () => type.create(null, nodes.paragraph!.create())));
  return nodes.table!.create(null, [row(nodes.table_header!), ...Array.from({ length: rows }, () => row(nodes.table_cell!))]);
}

// box sets the blocks apart in which the selection is, or gives them back.
export const box: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === nodes.box) return lift(state, dispatch);
  if ($from.depth === 0 || $from.node(1).type.spec.group === "top") return false;
  const from = $from.before(1);
  const to = $to.depth === 0 ? $to.pos : $to.after(1);
  const all: Node[] = [];
  state.doc.nodesBetween(from, to, (node, _pos, parent) => {
    if (parent === state.doc) all.push(node);
    return false;
  });
  if (all.some((node) => node.type.spec.group === "top")) return false;
  dispatch?.(state.tr.replaceWith(from, to, nodes.box!.create(null, all))
    .setSelection(TextSelection.near(state.tr.doc.resolve(Math.min(from + 2, state.tr.doc.content.size)))).scrollIntoView());
  return true;
};

// freeLabel is a footnote's label that the text hasn't.
export function freeLabel(doc: Node, taken = 0): string {
  const used = new Set<string>();
  doc.descendants((node) => {
    if (node.type === nodes.footnote || node.type === nodes.footnote_ref) used.add(String(node.attrs.label).toLowerCase());
  });
  let n = 1;
  for (let skip = taken; used.has(String(n)) || skip-- > 0;) n++;
  return String(n);
}

// footnote calls a note where the cursor is, and goes to write it at the end.
export const footnote: Command = (state, dispatch) => {
  const { $to } = state.selection;
  if (!$to.parent.inlineContent || $to.parent.type.spec.code || inside(state, nodes.footnote!)) return false;
  if (!dispatch) return true;
  const label = freeLabel(state.doc);
  const tr = state.tr.insert($to.pos, nodes.footnote_ref!.create({ label }));
  const end = tr.doc.content.size;
  tr.insert(end, nodes.footnote!.create({ label }, nodes.paragraph!.create()));
  tr.setSelection(TextSelection.near(tr.doc.resolve(end + 2)));
  dispatch(tr.scrollIntoView());
  return true;
};

// Enter within a table goes on to the next cell, and from the last makes a new row.
const enterInTable: Command = (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (goToNextCell(1)(state, dispatch)) return true;
  return addRowAfter(state, dispatch) && (view ? goToNextCell(1)(view.state, view.dispatch) : true);
};

// A note ends with an empty line: Enter leaves it, as it leaves a list.
const leave = (type: NodeType): Command => (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 2 || $from.node(1).type !== type || $from.parent.type !== nodes.paragraph || $from.parent.content.size) return false;
  if ($from.index(1) !== $from.node(1).childCount - 1 || $from.node(1).childCount < 2) return false;
  if (!dispatch) return true;
  const after = $from.after(1);
  const tr = state.tr.insert(after, nodes.paragraph!.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1)));
  tr.delete($from.before(), $from.after());
  dispatch(tr.scrollIntoView());
  return true;
};

const lineBreak: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.parent.type === nodes.heading || isInTable(state)) return true; // they have one line
  if (!$from.parent.inlineContent) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break!.create()).scrollIntoView());
  return true;
};

export const shortcuts: Record<string, Command> = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Shift-Mod-z": redo,
  "Mod-b": toggleMark(marks.strong!),
  "Mod-i": toggleMark(marks.em!),
  "Shift-Mod-x": toggleMark(marks.strike!),
  "Mod-e": toggleMark(marks.code!),
  "Mod-Alt-0": paragraph,
  "Mod-Alt-2": heading(0),
  "Mod-Alt-3": heading(1),
  "Mod-Alt-4": heading(2),
  "Shift-Mod-8": list(nodes.bullet_list!),
  "Shift-Mod-7": list(nodes.ordered_list!),
  "Shift-Mod-9": quote,
  "Mod-Alt-f": footnote,
  "Enter": chainCommands(enterInTable, splitListItem(nodes.list_item!), leave(nodes.footnote!), leave(nodes.box!)),
  "Shift-Enter": chainCommands(exitCode, lineBreak),
  "Tab": chainCommands(goToNextCell(1), sinkListItem(nodes.list_item!)),
  "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item!)),
};
