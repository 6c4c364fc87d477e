// What kit/markdown does to a text before it reads it, so that both read the same: see markdown.go there.

// clean unifies line ends and drops the control characters that HTML forbids.
export function clean(s: string): string {
  // eslint-disable-next-line no-control-regex
  return s.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}

// bullets makes a list of lines that begin with "•". Such a list ends with the first line that has no bullet.
export function bullets(s: string): string {
  if (!s.includes("•")) return s;
  let inList = false;
  let out = "";
  for (const line of s.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const item = /^[ \t\u00a0]*•[ \t\u00a0]*([^]*)$/.exec(line);
    const blank = line.trim() === "";
    if (item) out += (inList ? "" : "\n") + "- " + item[1];
    else out += (inList && !blank ? "\n" : "") + line;
    inList = item !== null || (inList && blank);
  }
  return out;
}
