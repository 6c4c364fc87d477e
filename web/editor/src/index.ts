// The editor of web/write's long answers. The form works without it; it comes in place of each text area that has the class
// "tall", and can be put away again.

import { el } from "./dom";
import { readHouse, say } from "./house";
import { parse } from "./markdown/parse";
import { write } from "./markdown/write";
import { clean } from "./paste";
import { DOMParser as Reader } from "prosemirror-model";
import { schema } from "./schema";
import { Sheet } from "./sheet";
import { tidy } from "./typography";

const remember = (key: string, value: boolean) => {
  try {
    localStorage.setItem(key, value ? "1" : "");
  } catch {
    // not allowed: it holds for this page
  }
};
const remembered = (key: string) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

function begin(form: HTMLFormElement, template: HTMLElement) {
  const house = readHouse(template);
  let care = remembered("editor:typography") !== "";
  let markdown = remembered("editor:markdown") === "1";
  const sheets = [...form.querySelectorAll<HTMLTextAreaElement>("textarea.tall")].map((area) => new Sheet(house, area, form, () => care));
  for (const sheet of sheets) {
    const help = sheet.area.closest(".field")?.nextElementSibling;
    const plain = el("button", { type: "button", class: "button link as-markdown", "aria-pressed": String(markdown) }, say(house, "markdownMode"));
    const careful = el("button", { type: "button", class: "button link", "aria-pressed": String(care) }, say(house, "typography"));
    const apply = () => {
      plain.setAttribute("aria-pressed", String(markdown));
      careful.hidden = markdown;
      if (help?.matches("details.help")) (help as HTMLElement).hidden = !markdown;
      if (markdown) sheet.hide();
      else sheet.show();
    };
    plain.addEventListener("click", () => {
      markdown = !markdown;
      remember("editor:markdown", markdown);
      apply();
    });
    careful.addEventListener("click", () => {
      care = !care;
      remember("editor:typography", care);
      careful.setAttribute("aria-pressed", String(care));
    });
    sheet.area.closest(".field")!.append(el("div", { class: "acts modes" }, plain, careful));
    apply();
  }
}

const form = document.getElementById("sheet");
const template = document.getElementById("editor");
if (form instanceof HTMLFormElement && template) begin(form, template);

// For tests: what the editor makes of texts, without a page around it.

// again is a text as the editor gives it back: untouched, or with every block written anew.
export function again(text: string, anew: boolean): { text: string; raw: number } {
  const { doc, memory } = parse(text);
  let raw = 0;
  doc.descendants((node) => {
    if (node.type.name === "raw" && !/^\[[^\]^]+\]:/.test(node.attrs.source)) raw++;
  });
  return { text: write(doc, anew ? undefined : memory), raw };
}

// pasted is the Markdown of a clipboard's HTML.
export function pasted(html: string): { text: string; pictures: number; elsewhere: number; lost: number } {
  const found = clean(html, 2, String);
  const doc = Reader.fromSchema(schema).parse(found.body);
  return { text: write(doc), pictures: found.pictures.length, elsewhere: found.elsewhere, lost: found.lost };
}

export { tidy };
