// What word processors, mails and pages put on the clipboard, made into the few elements that the schema knows. It works on
// a document of its own, which runs nothing and loads nothing.

export interface Pasted {
  body: HTMLElement;
  pictures: string[]; // data: addresses, in the order of the figures that wait for them
  elsewhere: number; // pictures that stay on another site, as links
  lost: number; // pictures that the clipboard only names
}

const dropped = "script,style,meta,link,title,head,noscript,template,iframe,object,embed,svg,math,canvas,audio,video,form,input,button," +
  "select,textarea,nav,o\\:p,[hidden],[aria-hidden=true]";

const blocks = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "ASIDE", "UL", "OL", "LI", "DL", "DT", "DD",
  "BLOCKQUOTE", "PRE", "TABLE", "THEAD", "TBODY", "TFOOT", "TR", "TD", "TH", "CAPTION", "FIGURE", "FIGCAPTION", "HR",
  "H1", "H2", "H3", "H4", "H5", "H6", "CENTER", "ADDRESS", "DETAILS", "SUMMARY", "BODY"]);
const isBlock = (node: Node): node is HTMLElement => node.nodeType === 1 && blocks.has((node as Element).tagName);

// clean reads the HTML of a clipboard. base is the level of its highest headings; note makes the label of a footnote.
export function clean(html: string, base: number, note: (n: number) => string): Pasted {
  // Word marks its list bullets with conditional comments, which a parser leaves as comments.
  const plain = html.replace(/<!\[if !supportLists\]>|<!\[endif\]>/g, "");
  // Styles are read, never applied: our pages' policy refuses them even in a document that nobody sees.
  const bare = plain.replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, "");
  const doc = new DOMParser().parseFromString(bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=")), "text/html");
  const from = doc.body;
  for (const bad of from.querySelectorAll(dropped)) bad.remove();
  const comments = doc.createTreeWalker(from, NodeFilter.SHOW_COMMENT);
  const all: Node[] = [];
  while (comments.nextNode()) all.push(comments.currentNode);
  for (const comment of all) (comment as Comment).remove();
  const notes = footnotes(from, note);
  wordLists(from, doc);
  const out = new Writer(doc);
  out.blocks(from, out.body);
  for (const [label, content] of notes) {
    const section = doc.createElement("section");
    section.dataset.footnote = label;
    out.blocks(content, section);
    if (!section.firstChild) section.append(doc.createElement("p"));
    out.body.append(section);
  }
  levels(out.body, base);
  return { body: out.body, pictures: out.pictures, elsewhere: out.elsewhere, lost: out.lost };
}

// footnotes takes the notes out of a text, and leaves their calls: LibreOffice (sdfootnote), Word (_ftn), Google Docs (ftnt).
function footnotes(from: HTMLElement, note: (n: number) => string): [string, HTMLElement][] {
  const found: [string, HTMLElement][] = [];
  for (const call of from.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const target = /#(sd(?:foot|end)note\d+)sym$|#_(ftn|edn)(\d+)$|#(ftnt\d+)$/.exec(call.getAttribute("href")!);
    if (!target || !call.isConnected) continue;
    const [, libre, word, number, google] = target;
    const content = libre ? from.querySelector<HTMLElement>("#" + libre)
      : word ? from.querySelector<HTMLElement>("#" + word + number)
        : from.querySelector<HTMLElement>("#" + google)?.closest<HTMLElement>("div,p,li") ?? null;
    if (!content || content.contains(call)) continue;
    const label = note(found.length + 1);
    const mark = from.ownerDocument.createElement("sup");
    mark.dataset.note = label;
    (call.closest("sup") ?? call).replaceWith(mark);
    for (const back of content.querySelectorAll("a[href*='anc'],a[href*='_ftnref'],a[href*='_ednref'],a[href*='ftnt_ref']")) {
      (back.closest("sup") ?? back).remove();
    }
    found.push([label, content]);
  }
  for (const [, content] of found) content.remove();
  for (const rule of from.querySelectorAll("[data-style*='footnote-list'] hr")) rule.remove();
  return found;
}

// wordLists makes lists of the paragraphs by which Word says them.
function wordLists(from: HTMLElement, doc: Document) {
  const items = [...from.querySelectorAll<HTMLElement>("p")].filter((p) => /mso-list:\s*l\d/i.test(p.dataset.style ?? ""));
  let open: { list: HTMLElement; level: number }[] = [];
  let previous: Element | null = null;
  for (const p of items) {
    const level = Number(/level(\d+)/i.exec(p.dataset.style!)?.[1] ?? 1);
    const marker = p.querySelector<HTMLElement>("[data-style*='mso-list:Ignore' i]");
    const sign = marker?.textContent?.trim() ?? "";
    (marker?.parentElement?.tagName === "SPAN" && marker.parentElement.textContent === marker.textContent
      ? marker.parentElement : marker)?.remove();
    const ordered = /^[0-9a-z]+[.)]/i.test(sign) && sign !== "o";
    if (p.previousElementSibling !== previous || !previous) open = [];
    while (open.length && open.at(-1)!.level > level) open.pop();
    const item = doc.createElement("li");
    if (!open.length || open.at(-1)!.level < level) {
      const list = doc.createElement(ordered ? "ol" : "ul");
      if (open.length) open.at(-1)!.list.lastElementChild!.append(list);
      else p.before(list);
      open.push({ list, level });
      if (open.length === 1) previous = list;
    }
    while (p.firstChild) item.append(p.firstChild);
    open.at(-1)!.list.append(item);
    p.remove();
  }
}

class Writer {
  readonly body: HTMLElement;
  readonly pictures: string[] = [];
  elsewhere = 0;
  lost = 0;

  constructor(private doc: Document) {
    this.body = doc.createElement("div");
  }

  // blocks writes the blocks of an element into another; words between them are paragraphs.
  blocks(from: Node, to: HTMLElement) {
    let words: HTMLElement | null = null;
    const flush = () => {
      if (words) this.paragraph(words, to);
      words = null;
    };
    for (const node of [...from.childNodes]) {
      if (isBlock(node)) {
        flush();
        this.block(node, to);
      } else if (node.nodeType === 1 && [...(node as Element).querySelectorAll("*")].some(isBlock)) {
        flush(); // Google Docs wraps all in a <b>
        this.blocks(node, to);
      } else {
        words ??= this.doc.createElement("p");
        words.append(node.cloneNode(true));
      }
    }
    flush();
  }

  private block(node: HTMLElement, to: HTMLElement) {
    switch (node.tagName) {
      case "H1": case "H2": case "H3": case "H4": case "H5": case "H6":
        return this.words(node, to, node.tagName.toLowerCase());
      case "UL": case "OL":
        return this.list(node, to);
      case "LI": case "DT": case "DD": {
        const list = to.lastElementChild?.tagName === "UL" ? to.lastElementChild : to.appendChild(this.doc.createElement("ul"));
        return this.item(node, list as HTMLElement);
      }
      case "BLOCKQUOTE": {
        const quote = this.doc.createElement("blockquote");
        this.blocks(node, quote);
        if (quote.firstChild) to.append(quote);
        return;
      }
      case "PRE": {
        const pre = this.doc.createElement("pre");
        pre.textContent = node.textContent!.replace(/\n$/, "");
        to.append(pre);
        return;
      }
      case "HR":
        to.append(this.doc.createElement("hr"));
        return;
      case "TABLE":
        return this.table(node as HTMLTableElement, to);
      case "P": {
        const heading = /\bMso(Title|Subtitle)\b/.exec(node.className);
        if (heading) return this.words(node, to, heading[1] === "Title" ? "h1" : "h2");
      }
    }
    if ([...node.querySelectorAll("*")].some(isBlock)) this.blocks(node, to);
    else this.paragraph(node, to);
  }

  private list(node: HTMLElement, to: HTMLElement) {
    const list = this.doc.createElement(node.tagName.toLowerCase());
    const start = node.getAttribute("start");
    if (start && /^\d+$/.test(start)) list.setAttribute("start", start);
    for (const child of node.children) {
      // A list right within a list belongs to the item before it.
      if (child.tagName === "UL" || child.tagName === "OL") this.list(child as HTMLElement, (list.lastElementChild as HTMLElement) ?? list);
      else this.item(child, list);
    }
    if (list.firstChild) to.append(list);
  }

  private item(node: Element, list: HTMLElement) {
    const item = this.doc.createElement("li");
    this.blocks(node, item);
    if (item.firstChild) list.append(item);
  }

  private table(node: HTMLTableElement, to: HTMLElement) {
    const rows = [...node.rows];
    const columns = Math.max(0, ...rows.map((row) => row.cells.length));
    if (columns < 2 || rows.some((row) => row.querySelector("table"))) { // only there to lay things out
      for (const row of rows) for (const cell of row.cells) this.blocks(cell, to);
      return;
    }
    const table = this.doc.createElement("table");
    for (const [y, row] of rows.entries()) {
      const line = table.insertRow();
      for (let x = 0; x < columns; x++) {
        const cell = this.doc.createElement(y === 0 ? "th" : "td");
        const p = this.doc.createElement("p");
        const inside = this.doc.createElement("div");
        if (row.cells[x]) this.blocks(row.cells[x]!, inside);
        const parts = [...inside.querySelectorAll("p,h1,h2,h3,h4,h5,h6,pre")];
        for (const [i, part] of parts.entries()) {
          if (i) p.append(" ");
          for (const br of part.querySelectorAll("br")) br.replaceWith(" ");
          p.append(...part.childNodes);
        }
        cell.append(p);
        line.append(cell);
      }
    }
    to.append(table);
  }

  // paragraph writes words; two line ends in a row, as in mails, part paragraphs, and pictures stand alone.
  private paragraph(node: HTMLElement, to: HTMLElement) {
    this.words(node, to, "p");
  }

  private words(node: HTMLElement, to: HTMLElement, name: string) {
    const whole = this.doc.createElement(name);
    this.inline(node, whole);
    let part = this.doc.createElement(name);
    const flush = () => {
      trim(part);
      if (part.textContent!.trim() || part.querySelector("[data-note],[data-image]")) to.append(part);
      part = this.doc.createElement(name);
    };
    for (const child of [...whole.childNodes]) {
      const next = child.nextSibling;
      if (child.nodeName === "FIGURE") {
        flush();
        to.append(child);
      } else if (child.nodeName === "BR" && (next?.nodeName === "BR" || name !== "p")) {
        if (name === "p") flush();
        else part.append(" ");
      } else part.append(child);
    }
    flush();
  }

  private inline(from: Node, to: HTMLElement) {
    for (const node of from.childNodes) {
      if (node.nodeType === 3) {
        to.append(node.textContent!.replace(/[ \t\r\n]+/g, " "));
        continue;
      }
      if (node.nodeType !== 1) continue;
      const element = node as HTMLElement;
      if (element.tagName === "BR") to.append(this.doc.createElement("br"));
      else if (element.tagName === "IMG") this.picture(element as HTMLImageElement, to);
      else if (element.dataset.note) to.append(element.cloneNode());
      else {
        let inner = to;
        const lift: HTMLElement[] = [];
        for (const mark of marksOf(element)) {
          const wrap = this.doc.createElement(mark);
          if (mark === "a") wrap.setAttribute("href", (element as HTMLAnchorElement).getAttribute("href")!);
          inner.append(wrap);
          lift.push(wrap);
          inner = wrap;
        }
        this.inline(element, inner);
        for (const figure of lift.length ? inner.querySelectorAll("figure") : []) to.append(figure);
        for (const wrap of lift) if (!wrap.hasChildNodes()) wrap.remove();
      }
    }
  }

  private picture(img: HTMLImageElement, to: HTMLElement) {
    const src = img.getAttribute("src") ?? "";
    const alt = (img.getAttribute("alt") ?? "").replace(/\s+/g, " ").trim();
    if (Number(img.getAttribute("width") || 9) < 3 || Number(img.getAttribute("height") || 9) < 3) return; // it counts readers
    if (/^data:image\/(png|jpeg|gif|webp)[;,]/i.test(src)) {
      const figure = this.doc.createElement("figure");
      figure.dataset.ref = "waiting-" + this.pictures.length;
      figure.dataset.alt = alt;
      this.pictures.push(src);
      to.append(figure);
    } else if (/^https?:/i.test(src)) {
      this.elsewhere++;
      const image = this.doc.createElement("span");
      image.dataset.image = src;
      image.dataset.alt = alt;
      to.append(image);
    } else if (src) this.lost++;
  }
}

// marksOf names the marks of an element, said by its name or its style.
function marksOf(element: HTMLElement): string[] {
  const said = element.dataset.style ?? "";
  const style = (property: string) => new RegExp("(?:^|;)\\s*" + property + "\\s*:\\s*([^;]+)", "i").exec(said)?.[1]!.trim().toLowerCase() ?? "";
  const name = element.tagName;
  const found: string[] = [];
  if (name === "A" && /^(https?:|mailto:|\/)/i.test(element.getAttribute("href") ?? "")) found.push("a");
  const weight = style("font-weight");
  if (weight ? weight === "bold" || weight === "bolder" || Number(weight) >= 600 : name === "B" || name === "STRONG") found.push("strong");
  const slant = style("font-style");
  if (slant ? slant !== "normal" : name === "I" || name === "EM" || name === "CITE") found.push("em");
  if (/line-through/.test(style("text-decoration") + style("text-decoration-line")) ||
    name === "S" || name === "DEL" || name === "STRIKE") found.push("del");
  if (name === "CODE" || name === "TT" || name === "KBD") found.push("code");
  return found;
}

function trim(element: HTMLElement) {
  for (;;) {
    const first = element.firstChild;
    if (first?.nodeName === "BR") first.remove();
    else if (first?.nodeType === 3 && /^\s/.test(first.textContent!)) {
      first.textContent = first.textContent!.replace(/^\s+/, "");
      if (!first.textContent) first.remove();
    } else break;
  }
  for (;;) {
    const last = element.lastChild;
    if (last?.nodeName === "BR") last.remove();
    else if (last?.nodeType === 3 && /\s$/.test(last.textContent!)) {
      last.textContent = last.textContent!.replace(/\s+$/, "");
      if (!last.textContent) last.remove();
    } else break;
  }
}

// levels gives the highest of the headings the level base, and the others theirs below it.
function levels(body: HTMLElement, base: number) {
  const headings = [...body.querySelectorAll("h1,h2,h3,h4,h5,h6")];
  const highest = Math.min(...headings.map((h) => Number(h.tagName[1])));
  for (const h of headings) {
    const renamed = body.ownerDocument.createElement("h" + Math.min(6, Number(h.tagName[1]) - highest + base));
    renamed.append(...h.childNodes);
    h.replaceWith(renamed);
  }
}
