/** What lies in a kata's folder beside what has to, and what helps a learner. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FILE_NAMES, MANIFEST } from "../../catalog/kata.ts";
import type { Problem } from "../../catalog/problem.ts";
import { problemOf, type Subject } from "./result.ts";

const OWN = new Set([
  MANIFEST,
  ...Object.values(FILE_NAMES).flatMap((names) => Object.values(names)),
]);

/** Missing hints, and files that nothing in the folder speaks of. */
export function folderProblems({ kata, bundled }: Subject): Problem[] {
  const problems: Problem[] = [];
  if (kata.hints.length === 0) {
    problems.push({
      ...problemOf(join(kata.dir, MANIFEST), 0, `${kata.id} has no hints`, "at least one hint"),
      severity: bundled ? "error" : "warning",
      hint: 'write hints = ["a first step", "the next one"]',
    });
  }
  const names = readdirSync(kata.dir, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && entry.name !== "node_modules")
    .map((entry) => entry.name);
  const texts = names
    .filter((name) => OWN.has(name))
    .map((name) => readFileSync(join(kata.dir, name), "utf8"));
  for (const name of names) {
    // A helper or a data file is named by what uses it, perhaps without its extension.
    const stem = name.replace(/\.\w+$/, "");
    if (OWN.has(name) || texts.some((text) => text.includes(stem))) continue;
    problems.push({
      ...problemOf(join(kata.dir, name), 0, `Nothing in ${kata.id} uses ${name}`, "no stray files"),
      severity: bundled ? "error" : "warning",
      hint: "remove it",
    });
  }
  return problems;
}
