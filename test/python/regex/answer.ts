/** What this engine says to a job of `test/oracles/python-regex.py`, in the same form. */
import { setFaultMaker } from "../../../src/python/fault.ts";
import { compilePattern, type Pattern } from "../../../src/python/regex/pattern.ts";
import { PatternError } from "../../../src/python/regex/error.ts";
import { matches, split, substitute } from "../../../src/python/regex/scan.ts";
import { parseTemplate, type TemplatePart } from "../../../src/python/regex/template.ts";
import type { Match } from "../../../src/python/regex/pattern.ts";
import { lookup } from "../../../src/python/text/names.ts";
import { fromJs, fromPoints, pointAt, sizeOf, toJs } from "../../../src/python/text/wide.ts";

/** Pattern, flags, whether both are bytes, subject, pos, endpos, replacement template. */
export type Job = [string, number, boolean, string, number, number | null, string | null];

type Subject = string | Uint8Array | Uint32Array;

class Fault extends Error {
  readonly type: string;
  constructor(type: string, args: readonly unknown[]) {
    super(args.map(String).join(", "));
    this.type = type;
  }
}

function subjectOf(text: string, bytes: boolean): Subject {
  if (bytes) return Uint8Array.from(text, (char) => char.charCodeAt(0));
  const str = fromJs(text);
  return typeof str === "string" ? str : str.points;
}

function textOf(subject: Subject | readonly number[]): string {
  if (typeof subject === "string") return subject;
  return toJs(fromPoints(subject));
}

function cut(subject: Subject, start: number, end: number): string | null {
  return start < 0 ? null : textOf(subject.slice(start, end));
}

function spansOf(match: Match | undefined): number[] | null {
  return match === undefined ? null : [...match.spans, match.lastindex];
}

function errorOf(error: unknown): { error: unknown[] } {
  if (error instanceof PatternError) {
    const { message, pos = null, lineno = null, colno = null } = error;
    return { error: ["error", message, pos, lineno, colno] };
  }
  if (!(error instanceof Fault)) throw error;
  return { error: [error.type, error.message, null, null, null] };
}

function expand(parts: readonly TemplatePart[], match: Match, subject: Subject): string {
  return parts
    .map((part) =>
      typeof part === "number"
        ? (cut(subject, match.spans[part * 2]!, match.spans[part * 2 + 1]!) ?? "")
        : textOf(part),
    )
    .join("");
}

function substituted(pattern: Pattern, template: string, subject: Subject): unknown {
  try {
    const source = subjectOf(template, pattern.bytes);
    const parts = parseTemplate(source, pattern);
    const { gaps, replacements } = substitute(pattern, subject, 0, (match) =>
      expand(parts, match, subject),
    );
    let text = cut(subject, gaps[0]!, gaps[1]!) ?? "";
    for (const [at, replacement] of replacements.entries()) {
      text += replacement + (cut(subject, gaps[at * 2 + 2]!, gaps[at * 2 + 3]!) ?? "");
    }
    return [text, replacements.length];
  } catch (error) {
    return errorOf(error);
  }
}

/** The code point of a character's name. */
export function nameLookup(name: string): number | undefined {
  const found = lookup(name, false);
  return found !== undefined && sizeOf(found) === 1 ? pointAt(found, 0) : undefined;
}

/** Our answer to a job. */
export function answer(job: Job): unknown {
  const before = setFaultMaker((name, args) => new Fault(name, args));
  try {
    return answered(job);
  } finally {
    setFaultMaker(before);
  }
}

function answered([source, flags, bytes, text, pos, endpos, template]: Job): unknown {
  const subject = subjectOf(text, bytes);
  let pattern: Pattern;
  try {
    pattern = compilePattern(subjectOf(source, bytes), flags, { bytes, lookup: nameLookup });
  } catch (error) {
    return errorOf(error);
  }
  const end = endpos ?? subject.length;
  const pieces = split(pattern, subject, 3);
  const out: Record<string, unknown> = {
    flags: pattern.flags,
    groups: pattern.groups,
    names: [...pattern.groupNames],
    match: spansOf(pattern.match(subject, pos, end)),
    search: spansOf(pattern.match(subject, pos, end, "search")),
    fullmatch: spansOf(pattern.match(subject, pos, end, "fullmatch")),
    findall: [...matches(pattern, subject, pos, end)].map(spansOf),
    split: Array.from({ length: pieces.length / 2 }, (_, at) =>
      cut(subject, pieces[at * 2]!, pieces[at * 2 + 1]!),
    ),
  };
  if (template !== null) out["sub"] = substituted(pattern, template, subject);
  return out;
}
