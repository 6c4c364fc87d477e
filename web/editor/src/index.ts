import { parse } from "./markdown/parse";
import { write } from "./markdown/write";

// again is a text as the editor gives it back: untouched, or with every block written anew.
export function again(text: string, anew: boolean): { text: string; raw: number } {
  const { doc, memory } = parse(text);
  let raw = 0;
  doc.descendants((node) => {
    if (node.type.name === "raw" && !/^\[[^\]^]+\]:/.test(node.attrs.source)) raw++;
  });
  return { text: write(doc, anew ? undefined : memory), raw };
}
