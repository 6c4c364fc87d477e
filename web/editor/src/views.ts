// How blocks show that aren't words: pictures, notes, what the page fills when read, and what stays Markdown.

import type { Node } from "prosemirror-model";
import type { EditorView, NodeView, NodeViewConstructor } from "prosemirror-view";

import { el, icon } from "./dom";
import { ask } from "./dialog";
import { say, send, type House } from "./house";
import { readDirective, writeDirective } from "./markdown/directive";
import type { Sheet } from "./sheet";

type Where = () => number | undefined;

function press(label: string, act: () => void): HTMLButtonElement {
  const button = el("button", { type: "button", class: "button quiet" }, label);
  button.addEventListener("click", act);
  return button;
}

// block is the frame of what is changed in a window of its own rather than typed into.
abstract class Framed implements NodeView {
  readonly dom: HTMLElement;

  constructor(protected node: Node, protected view: EditorView, protected where: Where, protected sheet: Sheet, dom: HTMLElement) {
    this.dom = dom;
    dom.contentEditable = "false";
    this.fill();
  }

  get house(): House {
    return this.sheet.house;
  }

  protected abstract fill(): void;

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    const same = node.sameMarkup(this.node);
    this.node = node;
    if (!same) {
      this.dom.replaceChildren();
      this.fill();
    }
    return true;
  }

  protected set(attributes: Record<string, unknown>) {
    const at = this.where();
    if (at === undefined) return;
    this.view.dispatch(this.view.state.tr.setNodeMarkup(at, null, { ...this.node.attrs, ...attributes }));
  }

  protected remove() {
    const at = this.where();
    if (at === undefined) return;
    this.view.dispatch(this.view.state.tr.delete(at, at + this.node.nodeSize).scrollIntoView());
    this.view.focus();
  }

  protected acts(...buttons: HTMLElement[]) {
    this.dom.append(el("div", { class: "acts" }, ...buttons));
  }

  selectNode() {
    this.dom.classList.add("chosen");
  }

  deselectNode() {
    this.dom.classList.remove("chosen");
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Element && event.target.closest("button") !== null;
  }

  ignoreMutation(): boolean {
    return true;
  }
}

class Figure extends Framed {
  protected fill() {
    const { ref, alt, caption } = this.node.attrs as { ref: string; alt: string; caption: string };
    const picture = this.house.pictures.get(ref);
    if (ref.startsWith("waiting-")) {
      this.dom.append(el("p", { class: "meta", role: "status" }, say(this.house, "uploading")));
      return;
    }
    if (picture) {
      this.dom.append(el("img", {
        src: picture.src, alt: alt || picture.alt, width: String(picture.width), height: String(picture.height), draggable: false,
      }));
    } else this.dom.append(el("p", { class: "meta" }, say(this.house, "pictureMissing")));
    const credit = picture?.credit;
    if (caption || credit) {
      this.dom.append(el("figcaption", {}, caption, caption && credit ? " " : "", credit ? el("small", { class: "credit" }, credit) : null));
    }
    if (!alt && !picture?.alt) this.dom.append(el("p", { class: "meta" }, say(this.house, "altMissing")));
    this.acts(
      press(say(this.house, "describe"), () => describe(this.sheet, this.node, (attributes) => this.set(attributes))),
      press(say(this.house, "removePicture"), () => this.remove()));
  }
}

// describe asks what a picture shows, what to say below it and who made it.
export function describe(sheet: Sheet, node: Node, then: (attributes: { alt: string; caption: string }) => void) {
  const { house } = sheet;
  const picture = house.pictures.get(node.attrs.ref);
  ask(house, {
    title: say(house, "describeTitle"),
    questions: [
      { name: "alt", label: say(house, "alt"), help: say(house, "altHelp"), value: node.attrs.alt || picture?.alt },
      { name: "caption", label: say(house, "caption"), value: node.attrs.caption },
      ...(picture ? [{ name: "credit", label: say(house, "credit"), value: picture.credit }] : []),
    ],
    submit: say(house, "keep"),
    act: async (answers) => {
      if (picture && (answers.credit ?? "") !== picture.credit) {
        const body = new FormData();
        body.append("credit", answers.credit ?? "");
        const kept = await send(house, sheet.address("/placed/" + picture.id), body);
        house.pictures.set(picture.id, kept.picture ?? { ...picture, credit: answers.credit ?? "" });
      }
      then({ alt: answers.alt ?? "", caption: answers.caption ?? "" });
    },
  }, sheet.home);
}

class Live extends Framed {
  protected fill() {
    const source = this.node.attrs.source as string;
    const said = readDirective(source);
    const known = this.house.blocks.find((block) => readDirective(block.source)?.name === said?.name);
    const { count, ...rest } = said?.args ?? {};
    const details = [count, ...Object.values(rest)].filter(Boolean).join(", ");
    this.dom.append(el("p", {}, icon("live"), " ", known?.label ?? source, details && known ? " (" + details + ")" : ""),
      el("p", { class: "meta" }, say(this.house, "liveHelp")));
    const buttons = [press(say(this.house, "remove"), () => this.remove())];
    if (known?.count) buttons.unshift(press(say(this.house, "change"), () => this.choose()));
    this.acts(...buttons);
  }

  private choose() {
    const said = readDirective(this.node.attrs.source)!;
    ask(this.house, {
      title: say(this.house, "howMany"),
      questions: [{ name: "count", label: say(this.house, "count"), type: "number", min: 1, max: 20, value: said.args.count ?? "5" }],
      submit: say(this.house, "keep"),
      act: ({ count }) => {
        const n = Number(count);
        if (!Number.isInteger(n) || n < 1 || n > 20) return { count: say(this.house, "countFault") };
        this.set({ source: writeDirective(said.name, { ...said.args, count: String(n) }) });
        return undefined;
      },
    }, this.sheet.home);
  }
}

class Raw extends Framed {
  protected fill() {
    this.dom.append(
      el("p", { class: "meta" }, say(this.house, "rawHelp")),
      el("pre", {}, this.node.attrs.source as string));
    this.acts(
      press(say(this.house, "changeMarkdown"), () => ask(this.house, {
        title: say(this.house, "changeMarkdown"),
        questions: [{ name: "source", label: say(this.house, "markdown"), type: "textarea", value: this.node.attrs.source, required: true }],
        submit: say(this.house, "keep"),
        act: ({ source }) => this.set({ source }),
      }, this.sheet.home)),
      press(say(this.house, "remove"), () => this.remove()));
  }
}

class Image extends Framed {
  protected fill() {
    const { src, alt } = this.node.attrs as { src: string; alt: string };
    const picture = src.startsWith("media:") ? this.house.pictures.get(src.slice("media:".length)) : undefined;
    if (picture) this.dom.append(el("img", { src: picture.src, alt: alt || picture.alt, draggable: false }));
    else this.dom.append(icon("picture"), " " + (alt || src));
  }
}

class NoteRef implements NodeView {
  readonly dom: HTMLElement;

  constructor(private node: Node, view: EditorView, sheet: Sheet) {
    this.dom = el("sup", { "data-note": node.attrs.label, contenteditable: "false", role: "link" });
    this.dom.addEventListener("click", () => sheet.toNote(view, this.node.attrs.label));
  }

  ignoreMutation(): boolean {
    return true;
  }
}

class Note implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;

  constructor(node: Node, view: EditorView, sheet: Sheet) {
    this.contentDOM = el("div");
    const number = el("button", { type: "button", class: "button link", contenteditable: "false", "data-number": true });
    const label = node.attrs.label as string;
    number.addEventListener("click", () => sheet.toCall(view, label));
    this.dom = el("section", { class: "note", "data-footnote": label }, number, this.contentDOM);
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Element && event.target.closest("button") !== null;
  }

  ignoreMutation(mutation: { target: globalThis.Node; type: string }): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

// number gives notes and their calls the numbers that readers will see.
export function number(view: EditorView, house: House) {
  const numbers = new Map<string, number>();
  view.state.doc.descendants((node) => {
    if (node.type.name === "footnote_ref" && !numbers.has(node.attrs.label)) numbers.set(node.attrs.label, numbers.size + 1);
  });
  for (const call of view.dom.querySelectorAll<HTMLElement>("sup[data-note]")) {
    const text = String(numbers.get(call.dataset.note!));
    if (call.textContent !== text) call.textContent = text;
  }
  for (const note of view.dom.querySelectorAll<HTMLElement>("section[data-footnote]")) {
    const n = numbers.get(note.dataset.footnote!);
    const text = n ? say(house, "noteNumber", n) : say(house, "noteUncalled");
    const button = note.querySelector("[data-number]")!;
    if (button.textContent !== text) button.textContent = text;
  }
}

export function views(sheet: Sheet): Record<string, NodeViewConstructor> {
  return {
    figure: (node, view, where) => new Figure(node, view, where, sheet, el("figure", { class: "framed" })),
    directive: (node, view, where) => new Live(node, view, where, sheet, el("div", { class: "framed live" })),
    raw: (node, view, where) => new Raw(node, view, where, sheet, el("div", { class: "framed raw" })),
    image: (node, view, where) => new Image(node, view, where, sheet, el("span", { class: "inline-picture" })),
    footnote_ref: (node, view) => new NoteRef(node, view, sheet),
    footnote: (node, view) => new Note(node, view, sheet),
  };
}
