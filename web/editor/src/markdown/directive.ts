// The lines of kit/markdown/directive.go that CommonMark hasn't: "::latest{count=6}", and the ends of a ":::box".
// They stand at the top of a text alone, from its first column.

import type { Code, Construct, Extension, State, Token, TokenizeContext, Effects } from "micromark-util-types";
import type { CompileContext, Extension as MdastExtension } from "mdast-util-from-markdown";
import type { Literal, Node } from "mdast";

export interface Line extends Literal {
  type: "directiveLine";
}

declare module "mdast" {
  interface RootContentMap {
    directiveLine: Line;
  }
}

declare module "micromark-util-types" {
  interface TokenTypeMap {
    directiveLine: "directiveLine";
  }
}

export const opensBox = /^:::box[ \t]*$/;
export const closesBox = /^:::[ \t]*$/;
const leaf = /^::([a-z][a-z0-9-]*)[ \t]*(?:\{(.*)\})?[ \t]*$/;
const argument = /^[ \t,]*([A-Za-z][A-Za-z0-9_-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"{},]+))/;

// readDirective reads a line, or answers null if it isn't a directive, whole.
export function readDirective(line: string): { name: string; args: Record<string, string> } | null {
  const found = leaf.exec(line);
  if (!found) return null;
  const args: Record<string, string> = {};
  let rest = found[2] ?? "";
  while (rest.replace(/^[ \t,]+|[ \t,]+$/g, "") !== "") {
    const one = argument.exec(rest);
    if (!one) return null;
    args[one[1]!] = one[3] || (one[2] ?? "").replace(/\\(.)/g, "$1");
    rest = rest.slice(one[0].length);
  }
  return { name: found[1]!, args };
}

// writeDirective is the line that says so.
export function writeDirective(name: string, args: Record<string, string>): string {
  const said = Object.entries(args).map(([key, value]) =>
    key + "=" + (/^[^\s"{},\\]+$/.test(value) ? value : '"' + value.replace(/["\\]/g, "\\$&") + '"'));
  return "::" + name + (said.length ? "{" + said.join(" ") + "}" : "");
}

const colon = 58;

function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const self = this;
  return (code: Code) => {
    if (code !== colon || self.now().column !== 1) return nok(code);
    effects.enter("directiveLine");
    return inside(code);
  };
  function inside(code: Code): State | undefined {
    if (code !== null && code >= 0) {
      effects.consume(code);
      return inside;
    }
    if (code === -2 || code === -1) { // a tab, and the columns that it stands for
      effects.consume(code);
      return inside;
    }
    const line = self.sliceSerialize(effects.exit("directiveLine"));
    return opensBox.test(line) || closesBox.test(line) || readDirective(line) ? ok(code) : nok(code);
  }
}

const construct: Construct = { name: "directiveLine", tokenize, concrete: true };

export const directives: Extension = { flow: { [colon]: construct } };

export const directivesToTree: MdastExtension = {
  enter: {
    directiveLine(this: CompileContext, token: Token) {
      this.enter({ type: "directiveLine", value: this.sliceSerialize(token) } as Line as Node as never, token);
    },
  },
  exit: {
    directiveLine(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};
