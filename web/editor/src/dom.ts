// Elements made by hand: no markup is ever parsed from text.

type Child = Node | string | null | undefined | false;

export function el<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Record<string, string | boolean | undefined> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

const svg = "http://www.w3.org/2000/svg";

// Icons of the house's family: strokes on a grid of 24.
const drawings = {
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h8M6 19h8M14 5l-4 14",
  heading: "M6 5v14M18 5v14M6 12h12",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1.500-1.500",
  list: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 5l1.500-1v5M4 14h2.500L4 18h2.500",
  quote: "M5 16c2 0 4-2 4-5V7H5v4h4M14 16c2 0 4-2 4-5V7h-4v4h4",
  insert: "M12 5v14M5 12h14",
  undo: "M9 7L5 11l4 4M5 11h9a5 5 0 0 1 0 10h-2",
  redo: "M15 7l4 4-4 4M19 11h-9a5 5 0 0 0 0 10h2",
  help: "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 18h.01",
  more: "M5 9l7 7 7-7",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.01",
  table: "M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14",
  note: "M6 4h12v16H6zM9 8h6M9 12h6M9 16h3",
  box: "M4 6h16v12H4zM8 10h8M8 14h5",
  rule: "M4 12h16",
  live: "M4 6h16M4 11h16M4 16h10M18 15v5M15.500 17.500h5",
  code: "M9 7l-5 5 5 5M15 7l5 5-5 5",
  strike: "M5 12h14M16 7c-1-2-7-3-8 0M8 17c1 2 7 3 8 0",
} as const;

export type Drawing = keyof typeof drawings;

export function icon(name: Drawing): SVGElement {
  const image = document.createElementNS(svg, "svg");
  image.setAttribute("class", "icon");
  image.setAttribute("viewBox", "0 0 24 24");
  image.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", drawings[name]);
  image.append(path);
  return image;
}

// announce says something to those who hear the page.
export function announce(text: string) {
  let live = document.getElementById("editor-said");
  if (!live) {
    live = el("p", { id: "editor-said", class: "visually-hidden", role: "status" });
    document.body.append(live);
  }
  live.textContent = "";
  requestAnimationFrame(() => (live.textContent = text));
}
