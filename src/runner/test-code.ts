/** The source of a test's body, for reports of learners who do not see the tests. */
import { readFileSync } from "node:fs";
import { type Scan, scanComments } from "../catalog/comments.ts";
import { statements } from "../catalog/statements.ts";
import type { Lang } from "../events/event.ts";

/** Characters of a body that an event holds. */
const CODE_CAP = 4000;

/** Reads one test file, when it is first asked for. */
export class TestCode {
  readonly #path: string;
  readonly #lang: Lang;
  readonly #known = new Map<number, string | undefined>();
  #source: string | undefined;
  #lines: number[] = [];
  #taken: ReturnType<typeof takeApart> | undefined;

  constructor(path: string, lang: Lang) {
    this.#path = path;
    this.#lang = lang;
  }

  /** The body of the test that begins on a line (from 1), without its indent. */
  at(line: number): string | undefined {
    if (!this.#known.has(line)) this.#known.set(line, this.#read(line));
    return this.#known.get(line);
  }

  #read(line: number): string | undefined {
    const source = this.#text();
    const offset = this.#lines[line - 1];
    if (offset === undefined) return undefined;
    this.#taken ??= takeApart(source, this.#lang);
    const { scan, find } = this.#taken;
    const { start, end } = find.following(offset, 0);
    if (this.#lang === "py") return trimmed(source.slice(pythonBody(scan.bones, start, end), end));
    const call = scan.bones.slice(start, end);
    const arrow = call.indexOf("=>");
    const brace = call.indexOf("{", Math.max(0, arrow));
    const body = brace < 0 ? undefined : find.inside(start + brace + 1);
    // A comment before the first statement is part of the body, too.
    if (body !== undefined && (arrow < 0 || call.slice(arrow + 2, brace).trim() === ""))
      return trimmed(source.slice(start + brace + 1, body.end));
    return trimmed(arrow < 0 ? source.slice(start, end) : withoutEnd(source, start + arrow, end));
  }

  #text(): string {
    if (this.#source !== undefined) return this.#source;
    try {
      this.#source = readFileSync(this.#path, "utf8");
    } catch {
      this.#source = "";
    }
    this.#lines = [0, ...[...this.#source.matchAll(/\n/g)].map(({ index }) => index + 1)];
    return this.#source;
  }
}

function takeApart(
  source: string,
  lang: Lang,
): { scan: Scan; find: ReturnType<typeof statements> } {
  const scan = scanComments(source, lang);
  return { scan, find: statements(scan, lang) };
}

/** What follows an arrow, without the bracket that ends the call. */
function withoutEnd(source: string, arrow: number, end: number): string {
  return source.slice(arrow + 2, end).replace(/,?\s*\)\s*;?\s*$/, "");
}

/** Where the body of a function in Python begins, past its decorators and its header. */
function pythonBody(bones: string, start: number, end: number): number {
  const def = /^[ \t]*(?:async[ \t]+)?def\b/m.exec(bones.slice(start, end));
  let depth = 0;
  for (let at = start + (def?.index ?? 0); at < end; at++) {
    const char = bones.charAt(at);
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (char === ":" && depth === 0) {
      const rest = /^[^\S\n]*\n/.exec(bones.slice(at + 1, end));
      return at + 1 + (rest?.[0].length ?? 0);
    }
  }
  return start;
}

function trimmed(code: string): string | undefined {
  const lines = code
    .replace(/^(?:[ \t]*\r?\n)+/, "")
    .trimEnd()
    .split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  const text = lines.map((line) => line.slice(Math.min(...indents))).join("\n");
  return text === "" ? undefined : text.slice(0, CODE_CAP).toWellFormed();
}
