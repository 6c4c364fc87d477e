// From Markdown to the editor's document, as kit/markdown understands it. What the editor has no words for, or could not
// say again, becomes a block of its own that keeps its source.

import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmFootnote } from "micromark-extension-gfm-footnote";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmFootnoteFromMarkdown } from "mdast-util-gfm-footnote";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import type { Definition, ListItem, Nodes, PhrasingContent, Root, RootContent } from "mdast";
import { Fragment, type Mark, type Node } from "prosemirror-model";

import { schema } from "../schema";
import { clean, bullets } from "./clean";
import { closesBox, directives, directivesToTree, opensBox, readDirective } from "./directive";
import { Memory } from "./memory";
import { writeNode } from "./write";

const { nodes, marks } = schema;

// What we don't show as it is written.
class Unknown extends Error {}

function tree(source: string): Root {
  return fromMarkdown(source, {
    extensions: [
      { disable: { null: ["htmlFlow", "htmlText"] } },
      gfmTable(), gfmStrikethrough(), gfmFootnote(), gfmAutolinkLiteral(), directives,
    ],
    mdastExtensions: [
      gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown(), gfmFootnoteFromMarkdown(), gfmAutolinkLiteralFromMarkdown(),
      directivesToTree,
    ],
  });
}

// apart tells whether there is a blank line between two of them, which makes a list loose (CommonMark 5.3). What the tree
// says of it counts the lines after a list within, too.
function apart(all: RootContent[]): boolean {
  return all.some((n, i) => i > 0 && n.position!.start.line - lastLine(all[i - 1]!) > 1);
}

function lastLine(n: RootContent): number {
  const holds = n.type === "list" || n.type === "listItem" || n.type === "blockquote" || n.type === "footnoteDefinition";
  return holds && n.children.length ? lastLine(n.children.at(-1)!) : n.position!.end.line;
}

interface Piece { node: Node; from: number; to: number }

// parse reads a text. The memory that comes with the document knows how each of its blocks was written.
export function parse(text: string): { doc: Node; memory: Memory } {
  const source = bullets(clean(text));
  const root = tree(source);
  const notes = [...labels(root)];
  const pieces = gather(root, source).map((piece) => sure(piece, source, notes));
  const memory = new Memory();
  let previous: Node | null = null;
  let end = 0;
  for (const { node, from, to } of pieces) {
    memory.keep(node, { source: source.slice(from, to), gap: source.slice(end, from), previous });
    previous = node;
    end = to;
  }
  memory.end(previous, source.slice(end));
  const blocks = pieces.map((piece) => piece.node);
  const doc = nodes.doc!.create(null, blocks.length ? blocks : [nodes.paragraph!.create()]);
  return { doc, memory };
}

// gather makes a piece of each block at the top, a box being one with what it holds.
function gather(root: Root, source: string): Piece[] {
  const defined = definitions(root);
  const pieces: Piece[] = [];
  const all = root.children;
  const start = (n: RootContent) => {
    // Indented code begins with its indentation, everything else after it.
    return n.position!.start.offset!;
  };
  const stop = (n: RootContent) => n.position!.end.offset!;
  const raw = (from: number, to: number): Piece => ({ node: nodes.raw!.create({ source: source.slice(from, to) }), from, to });
  for (let i = 0; i < all.length; i++) {
    const n = all[i]!;
    const from = start(n);
    if (n.type === "directiveLine" && opensBox.test(n.value)) {
      let last = i + 1;
      const isClosing = (m: RootContent) => m.type === "directiveLine" && closesBox.test(m.value);
      while (last < all.length && !isClosing(all[last]!)) last++;
      const inside = all.slice(i + 1, last);
      const to = stop(all[Math.min(last, all.length - 1)]!);
      i = last;
      try {
        const content = inside.map((child) => block(child, defined));
        pieces.push({ node: nodes.box!.create(null, content.length ? content : [nodes.paragraph!.create()]), from, to });
      } catch (error) {
        if (!(error instanceof Unknown)) throw error;
        pieces.push(raw(from, to));
      }
      continue;
    }
    try {
      pieces.push({ node: top(n, defined), from, to: stop(n) });
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      pieces.push(raw(from, stop(n)));
    }
  }
  return pieces;
}

// sure replaces a block that would come back otherwise than it was read by its source.
function sure(piece: Piece, source: string, notes: string[]): Piece {
  if (piece.node.type === nodes.raw) return piece;
  const again = tree(writeNode(piece.node) + notes.map((label) => "\n\n[^" + label + "]: x").join(""));
  const back = gather(again, "");
  if (back.length >= 1 && back[0]!.node.eq(piece.node) && back.length <= 1 + notes.length) return piece;
  return { ...piece, node: nodes.raw!.create({ source: source.slice(piece.from, piece.to) }) };
}

type Defined = Map<string, Definition>;

function definitions(root: Root): Defined {
  const all: Defined = new Map();
  visit(root, (n) => {
    if (n.type === "definition" && !all.has(n.identifier)) all.set(n.identifier, n);
  });
  return all;
}

function labels(root: Root): Set<string> {
  const all = new Set<string>();
  visit(root, (n) => {
    if (n.type === "footnoteReference") all.add(n.label ?? n.identifier);
  });
  return all;
}

function visit(n: Nodes, see: (n: Nodes) => void) {
  see(n);
  if ("children" in n) for (const child of n.children) visit(child, see);
}

function top(n: RootContent, defined: Defined): Node {
  switch (n.type) {
    case "footnoteDefinition":
      return nodes.footnote!.create({ label: n.label ?? n.identifier }, blocks(n.children, defined));
    case "directiveLine":
      if (!readDirective(n.value)) throw new Unknown();
      return nodes.directive!.create({ source: n.value.trimEnd() });
  }
  return block(n, defined);
}

function blocks(all: RootContent[], defined: Defined): Node[] {
  const made = all.map((n) => block(n, defined));
  return made.length ? made : [nodes.paragraph!.create()];
}

function block(n: RootContent, defined: Defined): Node {
  switch (n.type) {
    case "paragraph": {
      const only = n.children.length === 1 ? n.children[0]! : null;
      if (only?.type === "image" && only.url.startsWith("media:")) {
        return nodes.figure!.create({ ref: only.url.slice("media:".length), alt: only.alt ?? "", caption: only.title ?? "" });
      }
      return nodes.paragraph!.create(null, inline(n.children, defined));
    }
    case "heading":
      return nodes.heading!.create({ level: n.depth }, inline(n.children, defined));
    case "blockquote":
      return nodes.blockquote!.create(null, blocks(n.children, defined));
    case "code":
      return nodes.code_block!.create({ info: [n.lang, n.meta].filter(Boolean).join(" ") }, n.value ? schema.text(n.value) : null);
    case "thematicBreak":
      return nodes.horizontal_rule!.create();
    case "list": {
      const tight = !apart(n.children) && !n.children.some((item: ListItem) => apart(item.children));
      const items = n.children.map((item) => nodes.list_item!.create(null, blocks(item.children, defined)));
      if (n.ordered) return nodes.ordered_list!.create({ start: n.start ?? 1, tight }, items);
      return nodes.bullet_list!.create({ tight }, items);
    }
    case "table": {
      const rows = n.children.map((row, y) => {
        const cells = (n.align ?? row.children).map((_, x) => {
          const type = y === 0 ? nodes.table_header! : nodes.table_cell!;
          const content = row.children[x]?.children ?? [];
          return type.create({ align: n.align?.[x] ?? null }, nodes.paragraph!.create(null, inline(content, defined)));
        });
        return nodes.table_row!.create(null, cells);
      });
      return nodes.table!.create(null, rows);
    }
  }
  throw new Unknown(n.type);
}

function inline(all: PhrasingContent[], defined: Defined): Node[] {
  const made: Node[] = [];
  for (const n of all) phrase(n, [], defined, made);
  return Fragment.fromArray(made).content.slice();
}

function phrase(n: PhrasingContent, on: readonly Mark[], defined: Defined, to: Node[]): void {
  const within = (children: PhrasingContent[], mark: Mark) => {
    for (const child of children) phrase(child, mark.addToSet(on), defined, to);
  };
  const text = (s: string, set: readonly Mark[]) => {
    if (!s) return;
    const last = to.at(-1);
    if (last?.isText && last.marks.length === set.length && last.marks.every((m) => m.isInSet(set))) {
      to[to.length - 1] = schema.text(last.text + s, set);
    } else to.push(schema.text(s, set));
  };
  const newLine = () => {
    const last = to.at(-1);
    if (last?.isText && !marks.code!.isInSet(last.marks) && /[ \t]$/.test(last.text!)) {
      to.pop();
      text(last.text!.replace(/[ \t]+$/, ""), last.marks);
    }
    to.push(nodes.hard_break!.create(null, null, on));
  };
  switch (n.type) {
    case "text":
      n.value.split(/\r?\n/).forEach((line, i) => {
        if (i > 0) newLine();
        text(line, on);
      });
      return;
    case "break":
      newLine();
      return;
    case "strong":
      return within(n.children, marks.strong!.create());
    case "emphasis":
      return within(n.children, marks.em!.create());
    case "delete":
      return within(n.children, marks.strike!.create());
    case "inlineCode":
      return text(n.value, marks.code!.create().addToSet(on));
    case "link":
      return within(n.children, marks.link!.create({ href: n.url, title: n.title ?? "" }));
    case "linkReference": {
      const d = defined.get(n.identifier);
      if (!d) throw new Unknown();
      return within(n.children, marks.link!.create({ href: d.url, title: d.title ?? "" }));
    }
    case "image":
      to.push(nodes.image!.create({ src: n.url, alt: n.alt ?? "", title: n.title ?? "" }, null, on));
      return;
    case "imageReference": {
      const d = defined.get(n.identifier);
      if (!d) throw new Unknown();
      to.push(nodes.image!.create({ src: d.url, alt: n.alt ?? "", title: d.title ?? "" }, null, on));
      return;
    }
    case "footnoteReference":
      to.push(nodes.footnote_ref!.create({ label: n.label ?? n.identifier }, null, on));
      return;
  }
  throw new Unknown(n.type);
}
