// What the page tells the editor: addresses, pictures, words in the reader's language. It stands on <template id="editor">.

export interface Picture {
  id: string;
  src: string;
  width: number;
  height: number;
  alt: string;
  credit: string;
}

export interface Block {
  source: string; // the directive to insert: "::latest{count=5}"
  label: string;
  count?: boolean; // how many can be chosen
}

export interface House {
  words: Record<string, string>;
  pictures: Map<string, Picture>;
  blocks: Block[];
  links: string; // address of the search for links
  accept: string; // kinds of picture files
}

export function readHouse(template: HTMLElement): House {
  const read = (name: string) => JSON.parse(template.dataset[name] ?? "null");
  return {
    words: read("words"),
    pictures: new Map((read("pictures") as Picture[] ?? []).map((picture) => [picture.id, picture])),
    blocks: read("blocks") ?? [],
    links: template.dataset.links ?? "",
    accept: template.dataset.accept ?? "image/*",
  };
}

// say puts values in place of %s and %d, in their order.
export function say(house: House, key: string, ...values: (string | number)[]): string {
  let text = house.words[key] ?? key;
  for (const value of values) text = text.replace(/%[sd]/, () => String(value));
  return text;
}

export interface Kept {
  told: string;
  picture?: Picture;
}

// send posts to one of the draft's own addresses. What went wrong comes back as an Error in words for people.
export async function send(house: House, address: string, body: FormData): Promise<Kept> {
  let response: Response;
  try {
    response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    throw new Error(say(house, "offline"));
  }
  let kept: Kept | undefined;
  try {
    kept = await response.json();
  } catch {
    // a proxy's page, or an incident's
  }
  if (!response.ok || !kept) throw new Error(kept?.told || say(house, "failed"));
  return kept;
}
