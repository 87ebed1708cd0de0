import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The files that a page of the manual shows whole: a name in backquotes at the end of a line and the
 * block of code after it, or a block whose first line is a comment with a name.
 */
export function pageFiles(page: string): Record<string, string> {
  const text = readFileSync(join(import.meta.dir, "../..", page), "utf8");
  const patterns = [
    /`([\w./-]+)`:\n\n```\w*\n([^]*?)^```/gm,
    /^```\w+\n(?:\/\/|#) (\S+\.\w+)\n([^]*?)^```/gm,
  ];
  const blocks = patterns.flatMap((pattern) => [...text.matchAll(pattern)]);
  return Object.fromEntries(blocks.map(([, name = "", body = ""]) => [name, body]));
}
