/**
 * Python's regular expressions without Python's objects: patterns, and where
 * they match. Places are indices of code points, or of bytes.
 */
import { allocate, spend } from "../budget.ts";
import { compileProgram, type Program } from "./compile.ts";
import type { PatternSource } from "./error.ts";
import { find, foundAt, lastGroup, type Subject } from "./matcher.ts";
import { type NameLookup, parsePattern } from "./parser.ts";
import type { Warn } from "./tokens.ts";

export type MatchMode = "match" | "search" | "fullmatch";

/** Where a pattern matched. */
export interface Match {
  /** Start and end of the match, then of each group; -1 and -1 for one that did not match. */
  readonly spans: readonly number[];
  /** The group that closed last, 0 for none. */
  readonly lastindex: number;
}

export interface PatternOptions {
  /** The source is bytes, and so are the subjects. */
  bytes?: boolean;
  /** Code point of a name in `\N{...}`. */
  lookup?: NameLookup;
  /** Told of what CPython warns about. */
  warn?: Warn;
}

/** A compiled pattern. */
export class Pattern {
  readonly source: PatternSource;
  /** Those given, those inside, and what follows from the source's kind. */
  readonly flags: number;
  /** How many groups there are. */
  readonly groups: number;
  /** Names of groups, in the order of the pattern. */
  readonly groupNames: ReadonlyMap<string, number>;
  readonly bytes: boolean;
  readonly #program: Program;

  constructor(source: PatternSource, flags: number, options: PatternOptions) {
    const bytes = options.bytes ?? false;
    spend(source.length);
    const lookup = options.lookup ?? ((): undefined => undefined);
    const warn = options.warn ?? ((): void => {});
    const parsed = parsePattern(source, flags, { bytes, lookup, warn });
    this.#program = compileProgram(parsed);
    this.source = source;
    this.flags = parsed.flags;
    this.groups = parsed.groups;
    this.groupNames = parsed.names;
    this.bytes = bytes;
  }

  /**
   * Matches at `pos`, from it on, or all from `pos` to `endpos`; both are cut to
   * the subject. `mustAdvance` refuses an empty match at `pos`: what comes next
   * after an empty one.
   */
  match(
    subject: Subject,
    pos = 0,
    endpos: number = subject.length,
    mode: MatchMode = "match",
    mustAdvance = false,
  ): Match | undefined {
    const end = Math.min(Math.max(endpos, 0), subject.length);
    const start = Math.min(Math.max(pos, 0), subject.length);
    const program = this.#program;
    const isFull = mode === "fullmatch";
    const to = find(program, subject, start, end, mode === "search", isFull, mustAdvance);
    if (to < 0) return undefined;
    const spans = [foundAt, to];
    const { registers } = program;
    for (let at = 0; at < this.groups * 2; at += 2) {
      const from = registers[at]!;
      const until = registers[at + 1]!;
      if (from < 0 || until < 0) spans.push(-1, -1);
      else spans.push(from, until);
    }
    return { spans, lastindex: lastGroup };
  }
}

/** Compiles a pattern; `flags` are CPython's numbers. Throws a `PatternError`, or a fault. */
export function compilePattern(
  source: PatternSource,
  flags = 0,
  options: PatternOptions = {},
): Pattern {
  return new Pattern(source, flags, options);
}

const SPECIAL = /[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/;

/** Backslashes before what is special in patterns. */
export function escapePattern(text: string): string;
export function escapePattern(codes: ArrayLike<number>): number[];
export function escapePattern(source: PatternSource): string | number[] {
  spend(source.length);
  allocate(source.length * 4);
  if (typeof source === "string") {
    return source.replaceAll(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, String.raw`\$&`);
  }
  const out: number[] = [];
  for (let at = 0; at < source.length; at++) {
    const code = source[at]!;
    if (code < 128 && SPECIAL.test(String.fromCharCode(code))) out.push(92);
    out.push(code);
  }
  return out;
}
