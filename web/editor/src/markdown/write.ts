// From the editor's document to Markdown, in one way of writing each construct; blocks that nobody touched come back as
// they were written.

import { toMarkdown, type Options, type Unsafe } from "mdast-util-to-markdown";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { gfmStrikethroughToMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmFootnoteToMarkdown } from "mdast-util-gfm-footnote";
import { gfmAutolinkLiteralToMarkdown } from "mdast-util-gfm-autolink-literal";
import type { BlockContent, PhrasingContent, RootContent } from "mdast";
import type { Mark, Node } from "prosemirror-model";

import { schema } from "../schema";
import type { Memory } from "./memory";

const { nodes, marks } = schema;

// Signs that mean something in our texts alone.
const unsafe: Unsafe[] = [
  { atBreak: true, character: "•" },
  { atBreak: true, character: ":", after: ":" },
];

function options(bullet: "-" | "*", ordered: "." | ")"): Options {
  return {
    bullet, bulletOther: bullet === "-" ? "*" : "-", bulletOrdered: ordered, emphasis: "*", strong: "*", fence: "`", fences: true, rule: "-",
    ruleRepetition: 3, listItemIndent: "one", incrementListMarker: true, resourceLink: false, tightDefinitions: false,
    unsafe,
    extensions: [
      gfmTableToMarkdown({ tablePipeAlign: false }), gfmStrikethroughToMarkdown(), gfmFootnoteToMarkdown(), gfmAutolinkLiteralToMarkdown(),
    ],
  };
}

// write is the text of a document. Without a memory, every block is written anew.
export function write(doc: Node, memory?: Memory): string {
  let out = "";
  let previous: Node | null = null;
  let wrote = ""; // of the block before
  doc.forEach((node) => {
    if (nothing(node)) return;
    const before: Node | null = previous;
    const kept = memory?.of(node);
    const there = kept?.previous === before;
    const lists = isList(node) && /^ {0,3}([-*+]|\d+[.)])\s/.test(wrote);
    let text: string;
    if (kept && (there || (!lists && !/^[ \t]/.test(kept.source)))) text = kept.source;
    else text = writeNode(node, lists ? wrote : "");
    out += (kept && there ? kept.gap : before ? "\n\n" : "") + text;
    previous = node;
    wrote = text;
  });
  return out + (memory?.tail(previous) ?? "");
}

// nothing is what Markdown hasn't: an empty paragraph, and a picture that is still on its way.
const nothing = (node: Node) => node.type === nodes.paragraph && node.content.size === 0 ||
  node.type === nodes.figure && (node.attrs.ref as string).startsWith("waiting-");

const isList = (node: Node) => node.type === nodes.bullet_list || node.type === nodes.ordered_list;

const seen = new WeakMap<Node, string>();

// writeNode is one block at the top; beside is the text of the list before it, from which its own signs must differ.
export function writeNode(node: Node, beside = ""): string {
  if (!beside) {
    const known = seen.get(node);
    if (known !== undefined) return known;
  }
  const text = anew(node, beside);
  if (!beside) seen.set(node, text);
  return text;
}

function anew(node: Node, beside: string): string {
  switch (node.type) {
    case nodes.raw:
    case nodes.directive:
      return node.attrs.source as string;
    case nodes.box: {
      const inside = render(blocks(node));
      return ":::box\n" + (inside ? inside + "\n" : "") + ":::";
    }
    case nodes.footnote:
      return render([{
        type: "footnoteDefinition", identifier: node.attrs.label, label: node.attrs.label, children: blocks(node),
      }]);
  }
  const bullet = /^\s*-/.test(beside) ? "*" : "-";
  const ordered = /^\s*\d+\./.test(beside) ? ")" : ".";
  return render([block(node)], bullet, ordered);
}

function render(children: RootContent[], bullet: "-" | "*" = "-", ordered: "." | ")" = "."): string {
  return toMarkdown({ type: "root", children }, options(bullet, ordered)).replace(/\n$/, "");
}

function blocks(parent: Node): BlockContent[] {
  const all: BlockContent[] = [];
  parent.forEach((node) => {
    if (nothing(node)) return;
    all.push(block(node));
  });
  return all;
}

function block(node: Node): BlockContent {
  switch (node.type) {
    case nodes.paragraph:
      return { type: "paragraph", children: inline(node) };
    case nodes.heading:
      return { type: "heading", depth: node.attrs.level, children: inline(node) };
    case nodes.blockquote:
      return { type: "blockquote", children: blocks(node) };
    case nodes.code_block: {
      const [lang, ...meta] = (node.attrs.info as string).split(" ");
      return { type: "code", lang: lang || null, meta: meta.join(" ") || null, value: node.textContent };
    }
    case nodes.horizontal_rule:
      return { type: "thematicBreak" };
    case nodes.bullet_list:
    case nodes.ordered_list: {
      const spread = !node.attrs.tight || mustSpread(node);
      return {
        type: "list", ordered: node.type === nodes.ordered_list, start: node.attrs.start ?? null, spread,
        children: node.children.map((item) => ({ type: "listItem", spread, children: blocks(item) })),
      };
    }
    case nodes.figure:
      return {
        type: "paragraph",
        children: [{ type: "image", url: "media:" + node.attrs.ref, alt: node.attrs.alt, title: node.attrs.caption || null }],
      };
    case nodes.table: {
      const first = node.firstChild!;
      return {
        type: "table",
        align: first.children.map((cell) => cell.attrs.align),
        children: node.children.map((row) => ({
          type: "tableRow",
          children: row.children.map((cell) => ({ type: "tableCell", children: inline(cell.firstChild!) })),
        })),
      };
    }
  }
  throw new Error("no Markdown for " + node.type.name);
}

// mustSpread tells whether blocks of an item would run into each other without a blank line between.
function mustSpread(list: Node): boolean {
  return list.children.some((item) => item.children.some((child, i) =>
    i > 0 && child.type === nodes.paragraph && child.content.size > 0 && item.child(i - 1).type === nodes.paragraph));
}

interface Run { node: Node; marks: readonly Mark[] }

// inline makes a tree of marks: the one that reaches furthest is the outermost.
function inline(parent: Node): PhrasingContent[] {
  return nest(tidy(parent));
}

const isBreak = (run: Run | undefined) => run?.node.type === nodes.hard_break;

// lines drops what Markdown can't have: breaks at the ends of a block, spaces at the ends of a line.
function lines(parent: Node): Run[] {
  const runs: Run[] = parent.children.map((node) => ({ node, marks: node.marks }));
  const ends = (from: number, step: 1 | -1, space: RegExp) => {
    for (let i = from; i >= 0 && i < runs.length; i += step) {
      const { node, marks: on } = runs[i]!;
      if (!node.isText || marks.code!.isInSet(on)) return;
      const found = space.exec(node.text!)![0].length;
      if (found < node.text!.length) {
        runs[i] = { node: step === 1 ? node.cut(found) : node.cut(0, node.text!.length - found), marks: on };
        return;
      }
      runs.splice(i, 1);
      if (step === 1) i--;
    }
  };
  for (;;) {
    while (isBreak(runs[0])) runs.shift();
    while (isBreak(runs.at(-1))) runs.pop();
    const count = runs.length;
    ends(0, 1, /^[ \t]*/);
    ends(runs.length - 1, -1, /[ \t]*$/);
    if (runs.length === count) break;
  }
  for (let i = 0; i < runs.length; i++) {
    if (!isBreak(runs[i])) continue;
    ends(i + 1, 1, /^[ \t]*/);
    const count = runs.length;
    ends(i - 1, -1, /[ \t]*$/);
    i -= count - runs.length;
  }
  return runs;
}

// tidy takes marks off the white space at their ends, where Markdown can't have them.
function tidy(parent: Node): Run[] {
  let runs = lines(parent);
  for (const type of [marks.strong!, marks.em!, marks.strike!]) {
    const has = (run: Run | undefined) => run !== undefined && type.isInSet(run.marks) !== undefined;
    const without = (run: Run): Run => ({ ...run, marks: type.removeFromSet(run.marks) });
    const out: Run[] = [];
    runs.forEach((run, i) => {
      if (!has(run)) {
        out.push(run);
        return;
      }
      const opens = !has(runs[i - 1]);
      const closes = !has(runs[i + 1]);
      if (isBreak(run)) {
        out.push(opens || closes ? without(run) : run);
        return;
      }
      if (!run.node.isText || (!opens && !closes) || marks.code!.isInSet(run.marks)) {
        out.push(run);
        return;
      }
      const text = run.node.text!;
      const lead = opens ? /^\s*/.exec(text)![0] : "";
      const trail = closes && lead.length < text.length ? /\s*$/.exec(text)![0] : "";
      const cut = (from: number, to: number, plain: boolean) => {
        if (from >= to) return;
        const piece = { node: run.node.cut(from, to), marks: run.marks };
        out.push(plain ? without(piece) : piece);
      };
      cut(0, lead.length, true);
      cut(lead.length, text.length - trail.length, false);
      cut(text.length - trail.length, text.length, true);
    });
    runs = out;
  }
  return runs;
}

function nest(runs: Run[]): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  const push = (n: PhrasingContent) => {
    const last = out.at(-1);
    if (n.type === "text" && last?.type === "text") last.value += n.value;
    else out.push(n);
  };
  for (let i = 0; i < runs.length;) {
    let far = i;
    let mark: Mark | undefined;
    for (const m of runs[i]!.marks) {
      if (m.type === marks.code) continue;
      let j = i + 1;
      while (j < runs.length && m.isInSet(runs[j]!.marks)) j++;
      if (j > far) [far, mark] = [j, m];
    }
    if (mark) {
      const m = mark;
      const inside = nest(runs.slice(i, far).map((run) => ({ ...run, marks: m.removeFromSet(run.marks) })));
      push(wrap(m, inside));
      i = far;
      continue;
    }
    push(leaf(runs, i));
    i++;
  }
  return out;
}

function wrap(mark: Mark, children: PhrasingContent[]): PhrasingContent {
  switch (mark.type) {
    case marks.link:
      return { type: "link", url: mark.attrs.href, title: mark.attrs.title || null, children: children as never };
    case marks.strong:
      return { type: "strong", children };
    case marks.em:
      return { type: "emphasis", children };
  }
  return { type: "delete", children };
}

function leaf(runs: Run[], i: number): PhrasingContent {
  const { node, marks: on } = runs[i]!;
  switch (node.type) {
    case nodes.hard_break: {
      // A line end is enough between words; where it stands beside another break it must be written out.
      const other = (at: number) => runs[at]?.node.type === nodes.hard_break;
      return other(i - 1) || other(i + 1) ? { type: "break" } : { type: "text", value: "\n" };
    }
    case nodes.image:
      return { type: "image", url: node.attrs.src, alt: node.attrs.alt, title: node.attrs.title || null };
    case nodes.footnote_ref:
      return { type: "footnoteReference", identifier: node.attrs.label, label: node.attrs.label };
  }
  if (marks.code!.isInSet(on)) return { type: "inlineCode", value: node.text! };
  return { type: "text", value: node.text! };
}
