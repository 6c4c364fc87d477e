// What a text may hold, as the editor sees it: the constructs of kit/markdown, one node or mark for each.

import { Schema, type NodeSpec, type MarkSpec, type DOMOutputSpec } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

const table = tableNodes({
  tableGroup: "block",
  cellContent: "paragraph",
  cellAttributes: {
    align: {
      default: null,
      getFromDOM: (dom) => dom.getAttribute("align"),
      setDOMAttr: (value, attrs) => {
        if (value) attrs.align = value;
      },
    },
  },
});

const heading = (level: number) => ({ tag: "h" + level, attrs: { level } });

const nodes: Record<string, NodeSpec> = {
  doc: { content: "(block | top)+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    attrs: { level: { default: 2 } },
    content: "inline*",
    group: "block",
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map(heading),
    toDOM: (node) => ["h" + node.attrs.level, 0],
  },
  blockquote: { content: "block+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  bullet_list: {
    attrs: { tight: { default: true } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    attrs: { start: { default: 1 }, tight: { default: true } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: Number((dom as HTMLOListElement).getAttribute("start") ?? 1) }) }],
    toDOM: (node): DOMOutputSpec => (node.attrs.start === 1 ? ["ol", 0] : ["ol", { start: node.attrs.start }, 0]),
  },
  list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  code_block: {
    attrs: { info: { default: "" } },
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", ["code", 0]],
  },
  horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  // A picture of ours that has its paragraph to itself.
  figure: {
    attrs: { ref: {}, alt: { default: "" }, caption: { default: "" } },
    group: "block",
    atom: true,
    draggable: true,
    parseDOM: [{
      tag: "figure[data-ref]",
      getAttrs: (dom) => ({ ref: dom.dataset.ref, alt: dom.dataset.alt ?? "", caption: dom.dataset.caption ?? "" }),
    }],
    toDOM: ({ attrs }) => ["figure", { "data-ref": attrs.ref, "data-alt": attrs.alt, "data-caption": attrs.caption }],
  },
  ...table,
  // A note, which readers find at the end or in the margin.
  footnote: {
    attrs: { label: {} },
    content: "block+",
    group: "top",
    defining: true,
    isolating: true,
    parseDOM: [{ tag: "section[data-footnote]", getAttrs: (dom) => ({ label: dom.dataset.footnote }) }],
    toDOM: (node) => ["section", { class: "note", "data-footnote": node.attrs.label }, 0],
  },
  box: {
    content: "block+",
    group: "top",
    defining: true,
    parseDOM: [{ tag: "div.box" }],
    toDOM: () => ["div", { class: "box" }, 0],
  },
  // ::name{…}: what the page fills when it is read.
  directive: {
    attrs: { source: {} },
    group: "top",
    atom: true,
    parseDOM: [{ tag: "div[data-live]", getAttrs: (dom) => ({ source: dom.dataset.live }) }],
    toDOM: (node) => ["div", { "data-live": node.attrs.source }],
  },
  // Markdown that the editor can't show: kept as it was written.
  raw: {
    attrs: { source: {} },
    group: "top",
    atom: true,
    parseDOM: [{ tag: "div[data-raw]", getAttrs: (dom) => ({ source: dom.dataset.raw }) }],
    toDOM: (node) => ["div", { "data-raw": node.attrs.source }],
  },
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, linebreakReplacement: true, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  // A picture among words, or one that isn't ours, which readers get as a link.
  image: {
    attrs: { src: {}, alt: { default: "" }, title: { default: "" } },
    inline: true,
    group: "inline",
    parseDOM: [{
      tag: "span[data-image]",
      getAttrs: (dom) => ({ src: dom.dataset.image, alt: dom.dataset.alt ?? "", title: dom.dataset.title ?? "" }),
    }],
    toDOM: ({ attrs }) => ["span", { "data-image": attrs.src, "data-alt": attrs.alt, "data-title": attrs.title }, attrs.alt || attrs.src],
  },
  footnote_ref: {
    attrs: { label: {} },
    inline: true,
    group: "inline",
    atom: true,
    parseDOM: [{ tag: "sup[data-note]", getAttrs: (dom) => ({ label: dom.dataset.note }) }],
    toDOM: (node) => ["sup", { "data-note": node.attrs.label }, node.attrs.label],
  },
};

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: {}, title: { default: "" } },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href"), title: dom.title }) }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, title: mark.attrs.title || null }, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  strike: { parseDOM: [{ tag: "del" }, { tag: "s" }], toDOM: () => ["del", 0] },
  code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
};

export const schema = new Schema({ nodes, marks });
