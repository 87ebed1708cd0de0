/**
 * Runs a compiled pattern. The ways back lie on a stack of numbers, so nothing
 * recurses; what is written to registers after a way back is noted on a trail
 * and taken back with it. Each way back, each round of a loop and each
 * character of a run is charged.
 *
 * One function holds the whole machine: calls between instructions, or a
 * closure for each, would cost more than the instructions do.
 */
import { allocate, spend } from "../budget.ts";
import type { CharSet } from "./charset.ts";
import type { Program } from "./compile.ts";
import { BEYOND } from "./first.ts";
import * as op from "./opcodes.ts";
import { toLower } from "./unicode.ts";

/** A string without surrogates, code points, or bytes. */
export type Subject = string | ArrayLike<number>;

/** A way back: instruction, place, height of the trail, last group, and what the instruction needs. */
const FRAME = 5;
/** Steps between two charges. */
const BATCH = 1024;
const SMALL = 1024;
/** Stacks that grew beyond so many numbers are not kept for the next match. */
const LARGE = 65_536;
const NOTHING: ArrayLike<number> = [];

let stack = new Int32Array(SMALL);
let trail = new Int32Array(SMALL);
/** The group that closed last in the latest match, 0 for none. */
export let lastGroup = 0;
/** Where the latest match that `find` found began. */
export let foundAt = 0;
let steps = 0;

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  allocate(array.byteLength * 2);
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Gives big stacks back. */
function release(): void {
  if (stack.length > LARGE) stack = new Int32Array(SMALL);
  if (trail.length > LARGE) trail = new Int32Array(SMALL);
}

/** Charges what was done. */
function settle(): void {
  const done = steps;
  steps = 0;
  release();
  spend(done);
}

function charge(count: number): void {
  steps += count;
  if (steps < BATCH) return;
  const done = steps;
  steps = 0;
  spend(done);
}

/**
 * Finds the first match that begins at `start` or, when `isSearch`, later.
 * Returns where it ends, or -1. `isFull` wants the end at `end`; `mustAdvance`
 * wants a match at `start` not to be empty.
 */
export function find(
  program: Program,
  subject: Subject,
  start: number,
  end: number,
  isSearch: boolean,
  isFull: boolean,
  mustAdvance: boolean,
): number {
  const isText = typeof subject === "string";
  const text = isText ? subject : "";
  const codes = isText ? NOTHING : subject;
  const last = end - program.minWidth;
  let found = -1;
  lastGroup = 0;
  steps += 4;
  release();
  if (!isSearch || program.isAnchored) {
    foundAt = start;
    // CPython, asked to match where the subject has ended, finds what takes no character.
    if (start <= last || (!isSearch && program.minWidth === 0))
      found = attempt(program, text, codes, isText, start, end, isFull, mustAdvance);
    if (steps >= BATCH) settle();
    return found;
  }
  const [unit, operand] = program.head;
  for (let at = start; at <= last; at++) {
    const next = candidate(program, text, codes, isText, at, last, end);
    charge(next < 0 ? last - at : next - at);
    if (next < 0) break;
    at = next;
    if (program.isLiteral && isText) {
      found = at + program.prefix.length;
    } else {
      found = attempt(program, text, codes, isText, at, end, isFull, mustAdvance && at === start);
    }
    if (found >= 0) {
      foundAt = at;
      break;
    }
    if (unit >= 0) {
      const to = runEnd(program, text, codes, isText, unit, operand, at, end);
      if (to > at) at = to - 1;
    }
  }
  if (steps >= BATCH) settle();
  return found;
}

/** The next place where a match may begin, or -1. */
function candidate(
  program: Program,
  text: string,
  codes: ArrayLike<number>,
  isText: boolean,
  from: number,
  last: number,
  end: number,
): number {
  const { prefix, prefixText, first } = program;
  if (prefix.length > 0) {
    if (!isText) return indexIn(codes, prefix[0]!, from, last);
    if (prefixText === undefined) return -1;
    if (end === text.length) return text.indexOf(prefixText, from);
    const head = prefix[0]!;
    for (let at = from; at <= last; at++) {
      if (text.charCodeAt(at) === head && text.startsWith(prefixText, at)) return at;
    }
    return -1;
  }
  if (first === undefined) return from;
  return isText ? scanText(text, first, from, last) : scanCodes(codes, first, from, last);
}

function scanText(text: string, first: Uint8Array, from: number, last: number): number {
  for (let at = from; at <= last; at++) {
    const c = text.charCodeAt(at);
    if (first[c < BEYOND ? c : BEYOND] !== 0) return at;
  }
  return -1;
}

function scanCodes(
  codes: ArrayLike<number>,
  first: Uint8Array,
  from: number,
  last: number,
): number {
  for (let at = from; at <= last; at++) {
    const c = codes[at]!;
    if (first[c < BEYOND ? c : BEYOND] !== 0) return at;
  }
  return -1;
}

function indexIn(codes: ArrayLike<number>, code: number, from: number, last: number): number {
  for (let at = from; at <= last; at++) if (codes[at] === code) return at;
  return -1;
}

/** Where a run of one unit ends that begins at `from` and may reach to `limit`. */
function runEnd(
  program: Program,
  text: string,
  codes: ArrayLike<number>,
  isText: boolean,
  unit: number,
  operand: number,
  from: number,
  limit: number,
): number {
  let at = from;
  switch (unit) {
    case op.UNIT_ANY:
      return Math.max(from, limit);
    case op.UNIT_SET: {
      const latin = program.latins[operand]!;
      if (isText) return setEnd(text, latin, program.sets[operand]!, from, limit);
      while (at < limit) {
        const c = codes[at]!;
        if (c < BEYOND ? latin[c] === 0 : !program.sets[operand]!.has(c)) break;
        at++;
      }
      return at;
    }
    case op.UNIT_CHAR:
      if (isText) while (at < limit && text.charCodeAt(at) === operand) at++;
      else while (at < limit && codes[at] === operand) at++;
      return at;
    default: {
      const stop = unit === op.UNIT_NOT_NEWLINE ? 10 : operand;
      if (!isText) {
        while (at < limit && codes[at] !== stop) at++;
        return at;
      }
      // Most runs are short; the rest is for a scan by the engine, when it cannot go astray.
      const near = Math.min(limit, from + 24);
      while (at < near) {
        if (text.charCodeAt(at) === stop) return at;
        at++;
      }
      if (at === limit) return limit;
      if (limit < text.length) {
        while (at < limit && text.charCodeAt(at) !== stop) at++;
        return at;
      }
      const found = stop < 0x10000 ? text.indexOf(String.fromCharCode(stop), at) : -1;
      return found < 0 ? limit : found;
    }
  }
}

function setEnd(
  text: string,
  latin: Uint8Array,
  set: CharSet,
  from: number,
  limit: number,
): number {
  let at = from;
  while (at < limit) {
    const c = text.charCodeAt(at);
    if (c < BEYOND ? latin[c] === 0 : !set.has(c)) break;
    at++;
  }
  return at;
}

/** Matches at one place; returns the end, or -1. Marks are in the program's registers. */
function attempt(
  program: Program,
  text: string,
  codes: ArrayLike<number>,
  isText: boolean,
  start: number,
  end: number,
  isFull: boolean,
  mustAdvance: boolean,
): number {
  const { code, latins, sets, tables, registers } = program;
  const marks = program.groups * 2;
  for (let mark = 0; mark < marks; mark++) registers[mark] = -1;
  let frames = stack;
  let notes = trail;
  let height = 0;
  let noted = 0;
  let pc = 0;
  let at = start;
  let group = 0;
  let extra = 0;
  let done = 0;
  for (;;) {
    forward: {
      switch (code[pc]) {
        case op.DONE:
          if ((isFull && at !== end) || (mustAdvance && at === start)) break forward;
          lastGroup = group;
          steps += done;
          return at;
        case op.CHAR:
          if (at >= end) break forward;
          if ((isText ? text.charCodeAt(at) : codes[at]) !== code[pc + 1]) break forward;
          at++;
          pc += 2;
          continue;
        case op.CHARS: {
          const count = code[pc + 1]!;
          if (at + count > end) break forward;
          let matched = 0;
          while (
            matched < count &&
            (isText ? text.charCodeAt(at + matched) : codes[at + matched]) ===
              code[pc + 2 + matched]
          ) {
            matched++;
          }
          if (matched < count) break forward;
          at += count;
          pc += 2 + count;
          continue;
        }
        case op.SET: {
          if (at >= end) break forward;
          const c = isText ? text.charCodeAt(at) : codes[at]!;
          const set = code[pc + 1]!;
          if (c < BEYOND ? latins[set]![c] === 0 : !sets[set]!.has(c)) break forward;
          at++;
          pc += 2;
          continue;
        }
        case op.NOT_NEWLINE:
          if (at >= end || (isText ? text.charCodeAt(at) : codes[at]) === 10) break forward;
          at++;
          pc++;
          continue;
        case op.ANY:
          if (at >= end) break forward;
          at++;
          pc++;
          continue;
        case op.AT_START:
          if (at !== 0) break forward;
          pc++;
          continue;
        case op.AT_LINE_START:
          if (at !== 0 && (isText ? text.charCodeAt(at - 1) : codes[at - 1]) !== 10) break forward;
          pc++;
          continue;
        case op.AT_END:
          if (at !== end) {
            if (at !== end - 1) break forward;
            if ((isText ? text.charCodeAt(at) : codes[at]) !== 10) break forward;
          }
          pc++;
          continue;
        case op.AT_LINE_END:
          if (at !== end && (isText ? text.charCodeAt(at) : codes[at]) !== 10) break forward;
          pc++;
          continue;
        case op.AT_LAST:
          if (at !== end) break forward;
          pc++;
          continue;
        case op.AT_WORD: {
          // CPython finds neither a boundary nor none in an empty subject.
          if (end === 0) break forward;
          const latin = latins[code[pc + 1]!]!;
          const set = sets[code[pc + 1]!]!;
          let before = 0;
          let after = 0;
          if (at > 0) {
            const c = isText ? text.charCodeAt(at - 1) : codes[at - 1]!;
            before = c < BEYOND ? latin[c]! : set.has(c) ? 1 : 0;
          }
          if (at < end) {
            const c = isText ? text.charCodeAt(at) : codes[at]!;
            after = c < BEYOND ? latin[c]! : set.has(c) ? 1 : 0;
          }
          if ((before ^ after) !== code[pc + 2]) break forward;
          pc += 3;
          continue;
        }
        case op.MARK:
        case op.MARK_END: {
          const register = code[pc + 1]!;
          if (height > 0) {
            if (noted + 2 > notes.length) notes = trail = grown(notes);
            notes[noted] = register;
            notes[noted + 1] = registers[register]!;
            noted += 2;
          } else noted = 0;
          registers[register] = at;
          if (code[pc] === op.MARK) {
            pc += 2;
          } else {
            group = code[pc + 2]!;
            pc += 3;
          }
          continue;
        }
        case op.REFERENCE: {
          const from = registers[code[pc + 1]!]!;
          const to = registers[code[pc + 1]! + 1]!;
          if (from < 0 || to < from || (to > from && at + (to - from) > end)) break forward;
          const how = code[pc + 2]!;
          let same = from;
          for (; same < to; same++, at++) {
            const a = isText ? text.charCodeAt(same) : codes[same]!;
            const b = isText ? text.charCodeAt(at) : codes[at]!;
            if (a === b) continue;
            if (how === op.EXACT) break;
            const unicode = how === op.FOLD_UNICODE;
            if (toLower(a, unicode) !== toLower(b, unicode)) break;
          }
          done += same - from;
          if (same < to) break forward;
          pc += 3;
          continue;
        }
        case op.CONDITION: {
          const from = registers[code[pc + 1]!]!;
          const isMatched = from >= 0 && registers[code[pc + 1]! + 1]! >= from;
          pc = isMatched ? pc + 3 : code[pc + 2]!;
          continue;
        }
        case op.JUMP:
          pc = code[pc + 1]!;
          continue;
        case op.CHOOSE: {
          const target = code[pc + 3]!;
          if (at >= end) {
            pc = target;
            continue;
          }
          const c = isText ? text.charCodeAt(at) : codes[at]!;
          const index = c < BEYOND ? c : BEYOND;
          if (tables[code[pc + 1]!]![index] === 0) {
            pc = target;
            continue;
          }
          if (++done >= BATCH) {
            charge(done);
            done = 0;
          }
          if (code[pc + 2]! >= 0 && tables[code[pc + 2]!]![index] === 0) {
            pc += 4;
            continue;
          }
          if (height + FRAME > frames.length) frames = stack = grown(frames);
          frames[height] = target;
          frames[height + 1] = at;
          frames[height + 2] = noted;
          frames[height + 3] = group;
          height += FRAME;
          pc += 4;
          continue;
        }
        case op.SPLIT:
        case op.SPLIT_LATER: {
          if (height + FRAME > frames.length) frames = stack = grown(frames);
          if (++done >= BATCH) {
            charge(done);
            done = 0;
          }
          const isLater = code[pc] === op.SPLIT_LATER;
          frames[height] = isLater ? pc + 2 : code[pc + 1]!;
          frames[height + 1] = at;
          frames[height + 2] = noted;
          frames[height + 3] = group;
          height += FRAME;
          pc = isLater ? code[pc + 1]! : pc + 2;
          continue;
        }
        case op.RUN_ALL: {
          if (code[pc + 3]! > end - at) break forward;
          const max = code[pc + 4]!;
          const limit = max < end - at ? at + max : end;
          const to = runEnd(program, text, codes, isText, code[pc + 1]!, code[pc + 2]!, at, limit);
          done += to - at;
          if (to - at < code[pc + 3]!) break forward;
          at = to;
          pc += 5;
          if (done >= BATCH) {
            charge(done);
            done = 0;
          }
          continue;
        }
        case op.RUN:
        case op.RUN_BACK: {
          let least = extra;
          if (code[pc] === op.RUN) {
            if (code[pc + 3]! > end - at) break forward;
            const max = code[pc + 4]!;
            const limit = max < end - at ? at + max : end;
            const to = runEnd(
              program,
              text,
              codes,
              isText,
              code[pc + 1]!,
              code[pc + 2]!,
              at,
              limit,
            );
            done += to - at;
            least = at + code[pc + 3]!;
            at = to;
            if (at < least) break forward;
            pc += 6;
          }
          const next = code[pc + 1]!;
          if (next >= 0) {
            const table = tables[next]!;
            const from = at;
            while (at >= least) {
              if (at < end) {
                const c = isText ? text.charCodeAt(at) : codes[at]!;
                if (table[c < BEYOND ? c : BEYOND] !== 0) break;
              }
              at--;
            }
            done += from - at;
            if (at < least) break forward;
          }
          if (at > least) {
            if (height + FRAME > frames.length) frames = stack = grown(frames);
            frames[height] = pc;
            frames[height + 1] = at - 1;
            frames[height + 2] = noted;
            frames[height + 3] = group;
            frames[height + 4] = least;
            height += FRAME;
          }
          pc += 2;
          if (done >= BATCH) {
            charge(done);
            done = 0;
          }
          continue;
        }
        case op.RUN_LEAST: {
          const min = code[pc + 3]!;
          const max = code[pc + 4]!;
          if (min > end - at) break forward;
          if (min > 0) {
            const to = runEnd(
              program,
              text,
              codes,
              isText,
              code[pc + 1]!,
              code[pc + 2]!,
              at,
              at + min,
            );
            done += to - at;
            if (to < at + min) break forward;
          }
          extra = max < end - at ? at + max : end;
          at += min;
          const next = code[pc + 5]!;
          pc += 6;
          if (next >= 0) {
            if (at >= end) break forward;
            const c = isText ? text.charCodeAt(at) : codes[at]!;
            if (tables[next]![c < BEYOND ? c : BEYOND] === 0) continue;
          }
          if (at < extra) {
            if (height + FRAME > frames.length) frames = stack = grown(frames);
            frames[height] = pc;
            frames[height + 1] = at;
            frames[height + 2] = noted;
            frames[height + 3] = group;
            frames[height + 4] = extra;
            height += FRAME;
          }
          pc += 4;
          continue;
        }
        case op.RUN_ON: {
          // One character more, and on to the next place where what follows can begin.
          const next = code[pc + 3]!;
          const limit = extra;
          let isStuck = true;
          const from = at;
          const unit = code[pc + 1]!;
          const operand = code[pc + 2]!;
          while (at < limit) {
            const c = isText ? text.charCodeAt(at) : codes[at]!;
            if (unit === op.UNIT_SET) {
              if (c < BEYOND ? latins[operand]![c] === 0 : !sets[operand]!.has(c)) break;
            } else if (unit === op.UNIT_NOT_NEWLINE) {
              if (c === 10) break;
            } else if (unit === op.UNIT_CHAR) {
              if (c !== operand) break;
            } else if (unit === op.UNIT_NOT_CHAR && c === operand) break;
            at++;
            if (next >= 0) {
              if (at >= end) break;
              const d = isText ? text.charCodeAt(at) : codes[at]!;
              if (tables[next]![d < BEYOND ? d : BEYOND] === 0) continue;
            }
            isStuck = false;
            break;
          }
          done += at - from;
          if (isStuck) break forward;
          if (at < limit) {
            if (height + FRAME > frames.length) frames = stack = grown(frames);
            frames[height] = pc;
            frames[height + 1] = at;
            frames[height + 2] = noted;
            frames[height + 3] = group;
            frames[height + 4] = limit;
            height += FRAME;
          }
          pc += 4;
          continue;
        }
        case op.LOOP:
        case op.UNTIL:
        case op.UNTIL_LEAST:
        case op.AGAIN: {
          const register = code[pc + 1]!;
          let count = -1;
          let place = -1;
          let target = pc + 2;
          if (code[pc] === op.AGAIN) {
            count = registers[register]! + 1;
            place = at;
            target = code[pc + 2]!;
          } else if (code[pc] !== op.LOOP) {
            count = registers[register]! + 1;
            place = registers[register + 1]!;
            target = code[pc + 4]!;
            if (++done >= BATCH) {
              charge(done);
              done = 0;
            }
            if (count >= code[pc + 2]!) {
              const isLeast = code[pc] === op.UNTIL_LEAST;
              if (count < code[pc + 3]! && at !== place) {
                if (height + FRAME > frames.length) frames = stack = grown(frames);
                frames[height] = pc + 5;
                frames[height + 1] = at;
                frames[height + 2] = noted;
                frames[height + 3] = group;
                height += FRAME;
                place = at;
              } else if (!isLeast) {
                pc += 5;
                continue;
              }
              if (isLeast) {
                pc += 8;
                continue;
              }
            }
          }
          if (height > 0) {
            if (noted + 4 > notes.length) notes = trail = grown(notes);
            notes[noted] = register;
            notes[noted + 1] = registers[register]!;
            notes[noted + 2] = register + 1;
            notes[noted + 3] = registers[register + 1]!;
            noted += 4;
          } else noted = 0;
          registers[register] = count;
          registers[register + 1] = place;
          pc = target;
          continue;
        }
        case op.ATOMIC:
          registers[code[pc + 1]!] = height;
          pc += 2;
          continue;
        case op.ATOMIC_END:
          height = registers[code[pc + 1]!]!;
          pc += 2;
          continue;
        case op.LOOK:
          if (at < code[pc + 2]!) break forward;
          registers[code[pc + 1]!] = height;
          registers[code[pc + 1]! + 1] = at;
          at -= code[pc + 2]!;
          pc += 3;
          continue;
        case op.LOOK_END:
          height = registers[code[pc + 1]!]!;
          at = registers[code[pc + 1]! + 1]!;
          pc += 2;
          continue;
        case op.LOOK_NOT:
          if (at < code[pc + 2]!) {
            pc = code[pc + 3]!;
            continue;
          }
          registers[code[pc + 1]!] = height;
          if (height + FRAME > frames.length) frames = stack = grown(frames);
          frames[height] = code[pc + 3]!;
          frames[height + 1] = at;
          frames[height + 2] = noted;
          frames[height + 3] = group;
          height += FRAME;
          at -= code[pc + 2]!;
          pc += 4;
          continue;
        case op.LOOK_NOT_END:
          height = registers[code[pc + 1]!]!;
          break forward;
        case op.POSSESS:
          registers[code[pc + 1]!] = 0;
          registers[code[pc + 1]! + 1] = -1;
          pc += 2;
          continue;
        case op.POSSESS_NEXT: {
          const register = code[pc + 1]!;
          const count = registers[register]!;
          done++;
          registers[register + 2] = height;
          if (count < code[pc + 2]!) {
            pc += 5;
          } else if (count < code[pc + 3]! && at !== registers[register + 1]) {
            registers[register + 1] = at;
            if (height + FRAME > frames.length) frames = stack = grown(frames);
            frames[height] = code[pc + 4]!;
            frames[height + 1] = at;
            frames[height + 2] = noted;
            frames[height + 3] = group;
            height += FRAME;
            pc += 5;
          } else pc = code[pc + 4]!;
          if (done >= BATCH) {
            charge(done);
            done = 0;
          }
          continue;
        }
        case op.POSSESS_END: {
          const register = code[pc + 1]!;
          height = registers[register + 2]!;
          registers[register]!++;
          pc = code[pc + 2]!;
          continue;
        }
        default:
          throw new Error(`no instruction ${code[pc]}`);
      }
    }
    done++;
    if (done >= BATCH) {
      charge(done);
      done = 0;
    }
    if (height === 0) {
      steps += done;
      return -1;
    }
    height -= FRAME;
    pc = frames[height]!;
    at = frames[height + 1]!;
    group = frames[height + 3]!;
    extra = frames[height + 4]!;
    for (const to = frames[height + 2]!; noted > to;) {
      noted -= 2;
      registers[notes[noted]!] = notes[noted + 1]!;
    }
  }
}
