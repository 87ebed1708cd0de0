/**
 * Time and calls of a run, by function and by line. Programs are compiled in a way of their own for it:
 * each statement says that it begins, each function that it is entered and left.
 *
 * The time from one such moment to the next belongs to the line that began last. A generator's body has
 * calls and time of its own lines, and no time in all: between two values others run.
 */
import type { Profile, ProfileEntry } from "./result.ts";

/** A line, or a function by the line where it begins. */
export interface Spot {
  readonly line: number;
  readonly function: string;
  readonly kind: "line" | "function";
}

/** What compiled code tells: spots are numbers of the program's own list. */
export interface Tracker {
  /** A line begins. */
  L(spot: number): void;
  /** A function is entered. */
  F(spot: number): void;
  /** It is left. */
  X(): void;
  /** A generator's body begins. */
  C(spot: number): void;
}

interface Count {
  readonly file: string;
  readonly spot: Spot;
  calls: number;
  selfMs: number;
  totalMs: number;
  /** How often it is on the stack: time of recursive calls counts once. */
  active: number;
}

interface Going {
  readonly callee: Count;
  readonly caller: Count | undefined;
  readonly start: number;
}

/** Told of each call that ends; times as of `performance.now()`. */
export type CallListener = (name: string, start: number, end: number, depth: number) => void;

export class Profiler {
  readonly #counts: Count[] = [];
  readonly #stack: Going[] = [];
  readonly #listener: CallListener | undefined;
  #line: Count | undefined;
  #last: number = performance.now();

  constructor(listener?: CallListener) {
    this.#listener = listener;
  }

  /** The tracker of one program. */
  track(file: string, spots: readonly Spot[]): Tracker {
    const counts = spots.map((spot): Count => {
      return { file, spot, calls: 0, selfMs: 0, totalMs: 0, active: 0 };
    });
    this.#counts.push(...counts);
    return {
      L: (spot) => this.#begin(counts[spot]!),
      F: (spot) => this.#enter(counts[spot]!),
      X: () => this.#leave(),
      C: (spot) => {
        counts[spot]!.calls++;
      },
    };
  }

  /** Calls that are going on. */
  get depth(): number {
    return this.#stack.length;
  }

  /** What there is so far. */
  profile(): Profile {
    this.#pass(performance.now());
    const functions = this.#counts.filter(({ spot }) => spot.kind === "function");
    const lines = this.#counts.filter(({ spot, calls }) => spot.kind === "line" && calls > 0);
    return {
      functions: functions
        .filter(({ calls }) => calls > 0)
        .map((one) => entry(one, selfOf(one, lines)))
        .toSorted((a, b) => b.totalMs - a.totalMs),
      lines: lines.map((one) => entry(one, one.selfMs)),
    };
  }

  #pass(now: number): void {
    if (this.#line !== undefined) this.#line.selfMs += now - this.#last;
    this.#last = now;
  }

  #begin(count: Count): void {
    this.#pass(performance.now());
    count.calls++;
    this.#line = count;
  }

  #enter(callee: Count): void {
    const start = performance.now();
    const caller = this.#line;
    callee.calls++;
    callee.active++;
    if (caller !== undefined) caller.active++;
    this.#stack.push({ callee, caller, start });
  }

  #leave(): void {
    const now = performance.now();
    this.#pass(now);
    const { callee, caller, start } = this.#stack.pop()!;
    if (--callee.active === 0) callee.totalMs += now - start;
    if (caller !== undefined && --caller.active === 0) caller.totalMs += now - start;
    this.#line = caller;
    this.#listener?.(callee.spot.function, start, now, this.#stack.length);
  }
}

function entry({ file, spot, calls, totalMs }: Count, selfMs: number): ProfileEntry {
  const all = spot.kind === "line" ? totalMs + selfMs : Math.max(totalMs, selfMs);
  return { file, line: spot.line, function: spot.function, calls, selfMs, totalMs: all };
}

/** A function's own time is that of its lines. */
function selfOf({ file, spot }: Count, lines: readonly Count[]): number {
  let sum = 0;
  for (const line of lines) {
    if (line.file === file && line.spot.function === spot.function) sum += line.selfMs;
  }
  return sum;
}

/** Where nobody profiles. */
export const NO_TRACKER: Tracker = { L: () => {}, F: () => {}, X: () => {}, C: () => {} };
