// The toolbar: one stop of the Tab key, arrows within (WAI-ARIA toolbar pattern), menus that open below it.

import { toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { Command, EditorState } from "prosemirror-state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables";

import { active, baseLevel, box, footnote, heading, inside, list, paragraph, quote } from "./commands";
import { el, icon, type Drawing } from "./dom";
import { say } from "./house";
import { schema } from "./schema";
import type { Sheet } from "./sheet";

const { nodes, marks } = schema;

interface Item {
  word: string;
  icon?: Drawing;
  run: Command;
  on?: (state: EditorState) => boolean; // whether it applies to where the cursor is
  shortcut?: string;
  plain?: boolean; // a command that can be asked whether it would do anything
}

export class Toolbar {
  readonly dom: HTMLElement;
  private row: HTMLElement;
  private tables: HTMLElement;
  private buttons: { button: HTMLButtonElement; item: Item }[] = [];
  private menu: HTMLElement | null = null;

  constructor(private sheet: Sheet) {
    const { house } = sheet;
    this.row = el("div", { class: "tools", role: "toolbar", "aria-label": say(house, "toolbar"), "aria-controls": sheet.id });
    const headings: Item[] = [
      { word: "paragraph", run: paragraph, on: (s) => s.selection.$from.parent.type === nodes.paragraph },
      ...[0, 1, 2].map((below): Item => ({
        word: ["heading", "subheading", "smallheading"][below]!, icon: "heading", run: heading(below),
        on: (s) => s.selection.$from.parent.type === nodes.heading && s.selection.$from.parent.attrs.level === baseLevel(s) + below,
      })),
    ];
    const insert: Item[] = [
      { word: "picture", icon: "picture", run: () => this.sheet.askPicture() },
      { word: "note", icon: "note", run: footnote, plain: true },
      { word: "box", icon: "box", run: box, plain: true, on: (s) => inside(s, nodes.box!) },
      { word: "table", icon: "table", run: () => this.sheet.askTable() },
      { word: "shown", icon: "live", run: () => this.sheet.askShown() },
      { word: "rule", icon: "rule", run: (state, dispatch) => this.sheet.insert(nodes.horizontal_rule!.create())(state, dispatch) },
      ...house.blocks.map((block): Item => ({
        word: block.label, icon: "live", run: (state, dispatch) => this.sheet.insert(nodes.directive!.create({ source: block.source }))(state, dispatch),
      })),
      { word: "strike", icon: "strike", run: toggleMark(marks.strike!), on: (s) => active(s, marks.strike!) },
      { word: "code", icon: "code", run: toggleMark(marks.code!), on: (s) => active(s, marks.code!) },
    ];
    this.opens("heading", "heading", headings);
    this.does({ word: "bold", icon: "bold", run: toggleMark(marks.strong!), on: (s) => active(s, marks.strong!), shortcut: "Ctrl+B" });
    this.does({ word: "italic", icon: "italic", run: toggleMark(marks.em!), on: (s) => active(s, marks.em!), shortcut: "Ctrl+I" });
    this.does({ word: "link", icon: "link", run: () => this.sheet.askLink(), on: (s) => active(s, marks.link!), shortcut: "Ctrl+K" });
    this.opens("insert", "insert", insert);
    this.does({ word: "list", icon: "list", run: list(nodes.bullet_list!), on: (s) => inside(s, nodes.bullet_list!), shortcut: "Ctrl+Shift+8" });
    this.does({ word: "numbers", icon: "numbers", run: list(nodes.ordered_list!), on: (s) => inside(s, nodes.ordered_list!), shortcut: "Ctrl+Shift+7" });
    this.does({ word: "quote", icon: "quote", run: quote, on: (s) => inside(s, nodes.blockquote!), shortcut: "Ctrl+Shift+9" });
    this.does({ word: "undo", icon: "undo", run: undo, shortcut: "Ctrl+Z" });
    this.does({ word: "redo", icon: "redo", run: redo, shortcut: "Ctrl+Y" });
    this.does({ word: "help", icon: "help", run: () => this.sheet.help() });
    this.tables = el("div", { class: "tools", role: "group", "aria-label": say(house, "table"), hidden: true });
    for (const [word, run] of [
      ["rowAfter", addRowAfter], ["columnAfter", addColumnAfter], ["rowOff", this.deleteRow], ["columnOff", deleteColumn], ["tableOff", deleteTable],
    ] as [string, Command][]) {
      const button = el("button", { type: "button", class: "tool" }, say(house, word));
      button.addEventListener("click", () => this.run(run));
      this.tables.append(button);
    }
    this.dom = el("div", { class: "toolbar" }, this.row, this.tables);
    this.row.addEventListener("keydown", (event) => this.move(event));
    // The cursor stays where it is when a tool is pressed.
    this.dom.addEventListener("mousedown", (event) => event.preventDefault());
    this.roving(0);
  }

  private deleteRow: Command = (state, dispatch) => deleteRow(state, dispatch);

  private button(word: string, drawing: Drawing, shortcut?: string): HTMLButtonElement {
    const label = say(this.sheet.house, word);
    const button = el("button", { type: "button", class: "tool", tabindex: "-1", title: shortcut ? label + " (" + shortcut + ")" : undefined },
      icon(drawing), el("span", {}, label));
    this.row.append(button);
    return button;
  }

  private does(item: Item) {
    const button = this.button(item.word, item.icon!, item.shortcut);
    if (item.on) button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => this.run(item.run));
    this.buttons.push({ button, item });
  }

  private run(command: Command) {
    const { view } = this.sheet;
    this.close();
    const dialogs = document.querySelectorAll("dialog").length;
    command(view.state, view.dispatch, view);
    if (document.querySelectorAll("dialog").length === dialogs) view.focus();
  }

  private opens(word: string, drawing: Drawing, items: Item[]) {
    const button = this.button(word, drawing);
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
    button.append(icon("more"));
    const toggle = () => (this.menu?.dataset.of === word ? this.close(true) : this.open(word, button, items));
    button.addEventListener("click", toggle);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      this.open(word, button, items);
    });
  }

  private open(word: string, button: HTMLButtonElement, items: Item[]) {
    this.close();
    const { house, view } = this.sheet;
    const menu = el("div", { class: "menu", role: "menu", "aria-label": say(house, word), "data-of": word });
    for (const item of items) {
      const checked = item.on?.(view.state);
      const entry = el("button", {
        type: "button", class: "tool", tabindex: "-1", role: item.on ? "menuitemcheckbox" : "menuitem",
        "aria-checked": item.on ? String(checked) : undefined,
      }, item.icon ? icon(item.icon) : el("span", { class: "icon" }), el("span", {}, say(house, item.word)));
      entry.disabled = item.plain === true && !checked && !item.run(view.state);
      entry.addEventListener("click", () => this.run(item.run));
      menu.append(entry);
    }
    menu.addEventListener("keydown", (event) => {
      const all = [...menu.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];
      const at = all.indexOf(document.activeElement as HTMLButtonElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        all[(to + all.length) % all.length]!.focus();
      } else if (event.key === "Escape" || event.key === "Tab") {
        event.preventDefault();
        event.stopPropagation();
        this.close();
        button.focus();
      }
    });
    menu.addEventListener("focusout", (event) => {
      if (!this.dom.contains(event.relatedTarget as Node | null)) this.close();
    });
    button.setAttribute("aria-expanded", "true");
    this.menu = menu;
    this.dom.append(menu);
    menu.querySelector<HTMLButtonElement>("button:not(:disabled)")?.focus();
  }

  close(focus = false) {
    if (!this.menu) return;
    const menu = this.menu;
    this.menu = null; // its focus goes as it does, which comes back here
    menu.remove();
    for (const button of this.row.querySelectorAll<HTMLButtonElement>("[aria-expanded=true]")) button.setAttribute("aria-expanded", "false");
    if (focus) this.sheet.view.focus();
  }

  // focus comes from the text, with Alt+F10.
  focus() {
    this.row.querySelector<HTMLButtonElement>("[tabindex='0']")?.focus();
  }

  private roving(to: number) {
    const all = [...this.row.querySelectorAll<HTMLButtonElement>("button")];
    all.forEach((button, i) => (button.tabIndex = i === to ? 0 : -1));
    return all[to];
  }

  private move(event: KeyboardEvent) {
    const all = [...this.row.querySelectorAll<HTMLButtonElement>("button")];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const forward = getComputedStyle(this.row).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      this.sheet.view.focus();
    }
    if (to === undefined || at < 0) return;
    event.preventDefault();
    this.roving((to + all.length) % all.length)!.focus();
  }

  update(state: EditorState) {
    for (const { button, item } of this.buttons) {
      if (item.on) button.setAttribute("aria-pressed", String(item.on(state)));
    }
    this.tables.hidden = !isInTable(state);
  }
}
