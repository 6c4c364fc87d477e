// Pictures on their way to the draft.

import { say, send, type House, type Picture } from "./house";

const kinds = /^image\/(jpeg|png|webp|gif)$/;

export const pictureFiles = (files: FileList | null | undefined): File[] => [...(files ?? [])].filter((file) => kinds.test(file.type));

let queue: Promise<unknown> = Promise.resolve();

// upload sends a picture, one after the other, once write.js has made a draft for them to belong to.
export function upload(house: House, form: HTMLFormElement, file: File, credit = ""): Promise<Picture> {
  const mine = queue.then(() => one(house, form, file, credit));
  queue = mine.catch(() => undefined);
  return mine;
}

async function one(house: House, form: HTMLFormElement, file: File, credit: string): Promise<Picture> {
  if (!kinds.test(file.type)) throw new Error(say(house, "pictureKind"));
  const address = await new Promise<string | undefined>((done) => form.dispatchEvent(new CustomEvent("draft", { detail: done })));
  if (!address) throw new Error(say(house, "offline"));
  const body = new FormData();
  body.append("picture", file);
  body.append("picture-credit", credit);
  const [at, query] = address.split("?");
  const kept = await send(house, at + "/placed" + (query ? "?" + query : ""), body);
  if (!kept.picture) throw new Error(say(house, "failed"));
  return kept.picture;
}
