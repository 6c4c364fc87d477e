// How the blocks of a document were written. A block of the editor is never changed, only replaced: one that is still the
// same object is still the same text, to the byte.

import type { Node } from "prosemirror-model";

export interface Written {
  source: string;
  gap: string; // what stood between it and the block before
  previous: Node | null; // that block
}

export class Memory {
  private written = new WeakMap<Node, Written>();
  private last: Node | null = null;
  private after = "";

  keep(node: Node, written: Written) {
    this.written.set(node, written);
  }

  end(last: Node | null, after: string) {
    this.last = last;
    this.after = after;
  }

  of(node: Node): Written | undefined {
    return this.written.get(node);
  }

  // tail is what stood behind the last block, if that is still the last.
  tail(last: Node | null): string {
    return last === this.last ? this.after : "";
  }
}
