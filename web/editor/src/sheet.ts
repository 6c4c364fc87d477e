// One text of the form, written as it will be read. The text area stays the form's answer: each change is written into it,
// as Markdown, and told to whoever listens to it (the saving in static/write.js does).

import { baseKeymap, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { closeHistory, history } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { DOMParser as Reader, Fragment, Slice, type Node } from "prosemirror-model";
import { EditorState, Plugin, TextSelection, type Command, type Transaction } from "prosemirror-state";
import { isInTable, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";

import { atTop, baseLevel, freeLabel, shortcuts, table } from "./commands";
import { ask, show } from "./dialog";
import { announce, el } from "./dom";
import { askLink } from "./link";
import { say, type House, type Picture } from "./house";
import { parse } from "./markdown/parse";
import type { Memory } from "./markdown/memory";
import { write } from "./markdown/write";
import { clean } from "./paste";
import { pictureFiles, upload } from "./pictures";
import { schema } from "./schema";
import { Toolbar } from "./toolbar";
import { tidy, typography } from "./typography";
import { number, views } from "./views";

const { nodes, marks } = schema;

export class Sheet {
  readonly id: string;
  readonly view: EditorView;
  private memory!: Memory;
  private toolbar: Toolbar;
  private frame: HTMLElement;
  private leaving = false; // Escape was pressed: Tab goes on to the next field

  constructor(readonly house: House, readonly area: HTMLTextAreaElement, private form: HTMLFormElement, private care: () => boolean) {
    this.id = area.id + "-editor";
    const label = form.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(area.id)}"]`);
    if (label) label.id ||= area.id + "-label";
    this.toolbar = new Toolbar(this);
    const page = el("div", { class: "page-of-text" });
    this.frame = el("div", { class: "editor", hidden: true }, this.toolbar.dom, page);
    this.view = new EditorView(page, {
      state: this.fresh(),
      nodeViews: views(this),
      attributes: {
        id: this.id, class: "prose", role: "textbox", "aria-multiline": "true", ...(label ? { "aria-labelledby": label.id } : {}),
        ...["aria-describedby", "aria-invalid", "aria-required", "lang"].reduce<Record<string, string>>((all, name) => {
          const value = area.getAttribute(name);
          return value ? { ...all, [name]: value } : all;
        }, {}),
      },
      dispatchTransaction: (tr) => this.take(tr),
      handlePaste: (_view, event) => {
        if (!this.pasteFiles(event.clipboardData)) return false;
        event.stopPropagation(); // upload.js would take them too
        return true;
      },
      handleDrop: (view, event) => {
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        const files = pictureFiles(event.dataTransfer?.files);
        if (!files.length) return false;
        event.preventDefault();
        if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
        for (const file of files) void this.bring(file);
        return true;
      },
      clipboardParser: Reader.fromSchema(schema),
      transformPastedHTML: (html) => this.pasted(html),
      clipboardTextParser: (text, $context, plain) => this.pastedText(text, plain || $context.parent.type.spec.code === true),
      transformPasted: (slice, view) => (isInTable(view.state) ? inCell(slice) : slice),
      clipboardTextSerializer: (slice) => write(nodes.doc!.create(null, topLevel(slice.content))),
      handleDOMEvents: {
        // The text area says the same a moment later.
        input: (_view, event) => {
          event.stopPropagation();
          return false;
        },
      },
    });
    label?.addEventListener("click", (event) => {
      if (this.frame.hidden) return;
      event.preventDefault();
      this.view.focus();
    });
    area.after(this.frame);
    this.keyboard();
  }

  private fresh(): EditorState {
    const { doc, memory } = parse(this.area.value);
    this.memory = memory;
    return EditorState.create({
      doc,
      plugins: [
        typography(() => this.language(), this.care),
        inputRules({
          rules: [
            wrappingInputRule(/^\s*[-*+•]\s$/, nodes.bullet_list!),
            wrappingInputRule(/^(\d{1,4})[.)]\s$/, nodes.ordered_list!, (match) => ({ start: Number(match[1]) }),
              (match, node) => node.childCount + node.attrs.start === Number(match[1])),
            wrappingInputRule(/^\s*>\s$/, nodes.blockquote!),
            textblockTypeInputRule(/^(#{1,4})\s$/, nodes.heading!, (match) => ({ level: Math.max(2, match[1]!.length) })),
          ],
        }),
        keymap(this.keys()),
        keymap(baseKeymap),
        history(),
        gapCursor(),
        dropCursor(),
        tableEditing(),
        lastParagraph(),
      ],
    });
  }

  private keys(): Record<string, Command> {
    const all: Record<string, Command> = { ...shortcuts };
    for (const key of ["Tab", "Shift-Tab"]) {
      const usual = all[key]!;
      all[key] = (...args) => !this.leaving && usual(...args);
    }
    all.Escape = () => {
      this.leaving = true;
      announce(say(this.house, "escape"));
      return true;
    };
    all["Alt-F10"] = () => {
      this.toolbar.focus();
      return true;
    };
    all["Mod-k"] = () => this.askLink();
    return all;
  }

  // home is where the focus goes when a window closes.
  readonly home = () => this.view.focus();

  // show puts the editor in place of the text area; hide gives the area back.
  show() {
    if (!this.frame.hidden) return;
    this.view.updateState(this.fresh());
    this.frame.hidden = false;
    this.area.hidden = true;
    number(this.view, this.house);
    this.toolbar.update(this.view.state);
  }

  hide() {
    this.frame.hidden = true;
    this.area.hidden = false;
  }

  language(): string {
    return (this.form.elements.namedItem("language") as HTMLSelectElement | null)?.value || this.area.lang || document.documentElement.lang;
  }

  // address is one of the draft's own, on the site where it is written.
  address(path: string): string {
    const [at, query] = this.form.action.split("?");
    return at + path + (query ? "?" + query : "");
  }

  private take(tr: Transaction) {
    this.leaving = false;
    this.view.updateState(this.view.state.apply(tr));
    this.toolbar?.update(this.view.state);
    if (!tr.docChanged) return;
    number(this.view, this.house);
    const text = write(this.view.state.doc, this.memory);
    if (text === this.area.value) return;
    this.area.value = text;
    this.area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  // On a phone the tools stand on the keyboard, whose height only the visual viewport knows.
  private keyboard() {
    const seen = window.visualViewport;
    if (!seen) return;
    const place = () => {
      const hidden = Math.max(0, innerHeight - seen.height - seen.offsetTop);
      this.frame.style.setProperty("--keyboard", hidden + "px");
    };
    seen.addEventListener("resize", place);
    seen.addEventListener("scroll", place);
  }

  insert(node: Node): Command {
    return atTop(node);
  }

  askTable(): boolean {
    ask(this.house, {
      title: say(this.house, "table"),
      questions: [
        { name: "columns", label: say(this.house, "columns"), type: "number", value: "3", min: 1, max: 12 },
        { name: "rows", label: say(this.house, "rows"), help: say(this.house, "rowsHelp"), type: "number", value: "3", min: 1, max: 100 },
      ],
      submit: say(this.house, "insertIt"),
      act: ({ columns, rows }): Record<string, string> | undefined => {
        const [x, y] = [Number(columns), Number(rows)];
        if (!(x >= 1 && x <= 12)) return { columns: say(this.house, "columnsFault") };
        if (!(y >= 1 && y <= 100)) return { rows: say(this.house, "rowsFault") };
        atTop(table(y, x), true)(this.view.state, this.view.dispatch);
        return undefined;
      },
    }, this.home);
    return true;
  }

  // askShown puts the address of a map, a video or a sound alone in a paragraph: whoever reads sees it there.
  askShown(): boolean {
    ask(this.house, {
      title: say(this.house, "shown"),
      questions: [{ name: "address", label: say(this.house, "shownAddress"), help: say(this.house, "shownHelp"), type: "url", required: true }],
      submit: say(this.house, "insertIt"),
      act: ({ address }): Record<string, string> | undefined => {
        const href = (address ?? "").trim();
        if (!/^https?:\/\/[^\s<>"]+\.[^\s<>"]+$/.test(href)) return { address: say(this.house, "shownFault") };
        atTop(nodes.paragraph!.create(null, schema.text(href, [marks.link!.create({ href })])))(this.view.state, this.view.dispatch);
        return undefined;
      },
    }, this.home);
    return true;
  }

  askLink(): boolean {
    askLink(this);
    return true;
  }

  askPicture(): boolean {
    ask(this.house, {
      title: say(this.house, "picture"),
      questions: [
        { name: "file", label: say(this.house, "pictureFile"), type: "file", accept: this.house.accept, required: true },
        { name: "alt", label: say(this.house, "alt"), help: say(this.house, "altHelp") },
        { name: "caption", label: say(this.house, "caption") },
        { name: "credit", label: say(this.house, "credit") },
      ],
      submit: say(this.house, "insertIt"),
      act: async (answers) => {
        const picture = await upload(this.house, this.form, answers.files![0]!, answers.credit);
        this.place(picture, answers.alt ?? "", answers.caption ?? "");
      },
    }, this.home);
    return true;
  }

  private place(picture: Picture, alt: string, caption: string) {
    this.house.pictures.set(picture.id, picture);
    atTop(nodes.figure!.create({ ref: picture.id, alt, caption }))(this.view.state, this.view.dispatch);
  }

  private pasteFiles(data: DataTransfer | null): boolean {
    const files = pictureFiles(data?.files);
    // A word processor gives a picture of the words beside them.
    if (!files.length || data!.types.includes("text/html") && !/^\s*(<meta[^>]*>)?\s*<img[^>]*>\s*$/i.test(data!.getData("text/html"))) return false;
    for (const file of files) void this.bring(file);
    return true;
  }

  // bring sends a picture and puts it where the cursor is, then asks what it shows.
  private async bring(file: File) {
    try {
      const picture = await upload(this.house, this.form, file);
      this.place(picture, "", "");
    } catch (error) {
      show(this.house, this.home, say(this.house, "pictureFailed"), el("p", {}, (error as Error).message));
    }
  }

  private pasted(html: string): string {
    const own = /\bdata-pm-slice\b/.test(html);
    if (own) return html;
    let made = 0;
    const found = clean(html, baseLevel(this.view.state), () => freeLabel(this.view.state.doc, made++));
    if (this.care()) {
      const texts = document.createTreeWalker(found.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode;
        if (!node.parentElement!.closest("code,pre")) node.textContent = tidy(node.textContent!, this.language());
      }
    }
    if (found.pictures.length) {
      const series = Date.now().toString(36);
      for (const figure of found.body.querySelectorAll<HTMLElement>("figure[data-ref^='waiting-']")) figure.dataset.ref += "-" + series;
      found.pictures.forEach((data, i) => void this.waiting("waiting-" + i + "-" + series, data));
    }
    const told: string[] = [];
    if (found.elsewhere) told.push(say(this.house, "picturesElsewhere", found.elsewhere));
    if (found.lost) told.push(say(this.house, "picturesLost", found.lost));
    if (told.length) setTimeout(() => show(this.house, this.home, say(this.house, "pasted"), ...told.map((text) => el("p", {}, text))), 0);
    return found.body.innerHTML;
  }

  // waiting sends a pasted picture; the figure that waits for it becomes its place, or goes.
  private async waiting(ref: string, data: string) {
    let picture: Picture | undefined;
    let failed = "";
    try {
      picture = await upload(this.house, this.form, fileOf(data));
      this.house.pictures.set(picture.id, picture);
    } catch (error) {
      failed = (error as Error).message;
    }
    const tr = this.view.state.tr;
    this.view.state.doc.descendants((node, pos) => {
      if (node.type !== nodes.figure || node.attrs.ref !== ref) return;
      if (picture) tr.setNodeMarkup(tr.mapping.map(pos), null, { ...node.attrs, ref: picture.id });
      else tr.delete(tr.mapping.map(pos), tr.mapping.map(pos + node.nodeSize));
    });
    if (tr.docChanged) this.view.dispatch(tr.setMeta("addToHistory", false));
    if (failed) show(this.house, this.home, say(this.house, "pictureFailed"), el("p", {}, failed));
  }

  // pastedText takes plain text: what looks like Markdown is read as such.
  private pastedText(text: string, plain: boolean): Slice {
    if (plain) {
      const lines = text.replace(/\r\n?/g, "\n").split(/\n{2,}/).map((part) => nodes.paragraph!.create(null, withBreaks(part)));
      return new Slice(Fragment.fromArray(lines), 1, 1);
    }
    const { doc } = parse(this.care() ? tidy(text, this.language()) : text);
    const single = doc.childCount === 1 && doc.firstChild!.type === nodes.paragraph;
    return new Slice(doc.content, single ? 1 : 0, single ? 1 : 0);
  }

  toNote(view: EditorView, label: string) {
    view.state.doc.descendants((node, pos) => {
      if (node.type !== nodes.footnote || node.attrs.label !== label) return;
      view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(pos + node.nodeSize - 1), -1)).scrollIntoView());
      view.focus();
    });
  }

  toCall(view: EditorView, label: string) {
    let found = false;
    view.state.doc.descendants((node, pos) => {
      if (found || node.type !== nodes.footnote_ref || node.attrs.label !== label) return;
      found = true;
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos + 1)).scrollIntoView());
      view.focus();
    });
  }

  help(): boolean {
    const { house } = this;
    const mac = /Mac|iPhone|iPad/.test(navigator.platform);
    const keys = (text: string) => (mac ? text.replace(/Ctrl/g, "⌘").replace(/Alt/g, "⌥") : text);
    const rows: [string, string][] = [
      ["bold", "Ctrl+B"], ["italic", "Ctrl+I"], ["link", "Ctrl+K"], ["heading", "Ctrl+Alt+2"], ["subheading", "Ctrl+Alt+3"],
      ["paragraph", "Ctrl+Alt+0"], ["list", "Ctrl+Shift+8"], ["numbers", "Ctrl+Shift+7"], ["quote", "Ctrl+Shift+9"], ["note", "Ctrl+Alt+F"],
      ["strike", "Ctrl+Shift+X"], ["code", "Ctrl+E"], ["undo", "Ctrl+Z"], ["redo", "Ctrl+Y"], ["lineBreak", "Shift+Enter"],
      ["deeper", "Tab"], ["toTools", "Alt+F10"], ["out", "Escape, Tab"],
    ];
    show(house, this.home, say(house, "help"),
      el("p", {}, say(house, "helpText")),
      el("dl", { class: "keys" }, ...rows.map(([word, key]) =>
        el("div", {}, el("dt", {}, say(house, word)), el("dd", {}, el("kbd", {}, keys(key)))))));
    return true;
  }

  mark(href: string, text: string) {
    const { state } = this.view;
    const { from, to, empty } = state.selection;
    const mark = marks.link!.create({ href });
    if (empty || text !== state.doc.textBetween(from, to, " ")) {
      const tr = closeHistory(state.tr).replaceSelectionWith(schema.text(text, mark.addToSet(state.selection.$from.marks())), false);
      this.view.dispatch(tr.removeStoredMark(marks.link!).scrollIntoView());
    } else {
      this.view.dispatch(state.tr.removeMark(from, to, marks.link!).addMark(from, to, mark).scrollIntoView());
    }
  }

  unmark() {
    toggleMark(marks.link!)(this.view.state, this.view.dispatch);
  }
}

function withBreaks(text: string): Node[] {
  const all: Node[] = [];
  text.split("\n").forEach((line, i) => {
    if (i) all.push(nodes.hard_break!.create());
    if (line) all.push(schema.text(line));
  });
  return all;
}

// inCell makes of what is pasted the one paragraph that a cell of a table holds.
function inCell(slice: Slice): Slice {
  if (slice.content.childCount === 1 && slice.content.firstChild!.type === nodes.table) return slice;
  if (slice.content.firstChild?.type === nodes.table_row) return slice;
  const words: Node[] = [];
  slice.content.descendants((node) => {
    if (!node.isTextblock) return true;
    if (words.length) words.push(schema.text(" "));
    node.forEach((child) => words.push(child.type === nodes.hard_break ? schema.text(" ") : child));
    return false;
  });
  if (!words.length) return slice;
  return new Slice(Fragment.from(nodes.paragraph!.create(null, words)), 1, 1);
}

// topLevel makes whole blocks of what was copied.
function topLevel(content: Fragment): Node[] {
  const all: Node[] = [];
  content.forEach((node) => {
    if (node.isInline) all.push(nodes.paragraph!.create(null, node));
    else if (node.type === nodes.list_item) all.push(nodes.bullet_list!.create(null, node));
    else if (node.type === nodes.table_row || node.type.spec.tableRole === "cell" || node.type.spec.tableRole === "header_cell") {
      all.push(nodes.paragraph!.create(null, node.textContent ? schema.text(node.textContent) : null));
    } else all.push(node);
  });
  return all;
}

// lastParagraph keeps a place to go on writing behind whatever ends the text.
function lastParagraph(): Plugin {
  return new Plugin({
    appendTransaction: (_all, _before, state) => {
      const last = state.doc.lastChild;
      if (last?.type === nodes.paragraph || last?.type === nodes.footnote) return null;
      return state.tr.insert(state.doc.content.size, nodes.paragraph!.create()).setMeta("addToHistory", false);
    },
  });
}

function fileOf(data: string): File {
  const [head, body = ""] = data.split(",", 2) as [string, string?];
  const type = /^data:([^;,]+)/i.exec(head)![1]!.toLowerCase();
  const text = /;base64/i.test(head) ? atob(body.replace(/\s/g, "")) : decodeURIComponent(body);
  return new File([Uint8Array.from(text, (c) => c.charCodeAt(0))], "image." + type.slice("image/".length), { type });
}
