// Pictures on their way to the draft.

import { say, send, type House, type Kept, type Picture } from "./house";

const kinds = /^image\/(jpeg|png|webp|gif)$/;

export const pictureFiles = (files: FileList | null | undefined): File[] => [...(files ?? [])].filter((file) => kinds.test(file.type));

let queue: Promise<unknown> = Promise.resolve();

// upload sends a picture, one after the other: the first may be what makes the draft, which gets its address then.
export function upload(house: House, form: HTMLFormElement, file: File, credit = ""): Promise<Picture> {
  const mine = queue.then(() => one(house, form, file, credit));
  queue = mine.catch(() => undefined);
  return mine;
}

async function one(house: House, form: HTMLFormElement, file: File, credit: string): Promise<Picture> {
  if (!kinds.test(file.type)) throw new Error(say(house, "pictureKind"));
  await held(form);
  let kept: Kept | undefined;
  try {
    const body = new FormData();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    body.append("picture", file);
    body.append("picture-credit", credit);
    const [at, query] = form.action.split("?");
    kept = await send(house, at + "/picture" + (query ? "?" + query : ""), body);
  } finally {
    // A draft that this began is the one to go on saving.
    form.dispatchEvent(new CustomEvent("release", { detail: kept }));
  }
  if (!kept.picture) throw new Error(say(house, "failed"));
  return kept.picture;
}

// held waits until write.js saves nothing, and makes it wait: or two drafts would begin.
function held(form: HTMLFormElement): Promise<void> {
  return new Promise((done) => {
    if (form.dispatchEvent(new CustomEvent("hold", { detail: done, cancelable: true }))) done();
  });
}
