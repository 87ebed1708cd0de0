/** `kata py --profile`: where a program's time went, for people. */
import type { Profile, ProfileEntry } from "../python/index.ts";

/** How many functions, and how many lines, are shown. */
const SHOWN = 15;

export function profileText({ functions, lines }: Profile): string {
  return `\n${table("function", functions)}\n${table("line", lines)}`;
}

function table(what: string, entries: readonly ProfileEntry[]): string {
  const most = entries.toSorted((a, b) => b.selfMs - a.selfMs).slice(0, SHOWN);
  const rows = most.map(
    ({ calls, selfMs, totalMs, file, line, function: name }) =>
      [String(calls), selfMs.toFixed(2), totalMs.toFixed(2), `${file}:${line} ${name}`] as const,
  );
  const head = [what === "function" ? "calls" : "times", "own ms", "all ms", what] as const;
  return [head, ...rows]
    .map(([calls, own, all, where]) => {
      return `${calls.padStart(10)} ${own.padStart(10)} ${all.padStart(10)}  ${where}\n`;
    })
    .join("");
}
