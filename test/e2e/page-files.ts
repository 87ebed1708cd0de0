import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The files that a page of the manual shows whole: a name in backquotes, and the fence after it. */
export function pageFiles(page: string): Record<string, string> {
  const text = readFileSync(join(import.meta.dir, "../..", page), "utf8");
  const blocks = text.matchAll(/^`([\w./-]+)`:\n\n```\w*\n([^]*?)^```/gm);
  return Object.fromEntries([...blocks].map(([, name = "", body = ""]) => [name, body]));
}
