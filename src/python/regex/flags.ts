/** The flags of a pattern, with CPython's numbers. */
import { fault } from "../fault.ts";

export const TEMPLATE = 1;
export const IGNORECASE = 2;
export const LOCALE = 4;
export const MULTILINE = 8;
export const DOTALL = 16;
export const UNICODE = 32;
export const VERBOSE = 64;
const DEBUG = 128;
const ASCII = 256;

/** How letters and classes are read: at most one of them holds. */
export const TYPE_FLAGS: number = ASCII | LOCALE | UNICODE;
/** Those that no group can turn on or off. */
export const GLOBAL_FLAGS: number = DEBUG | TEMPLATE;

const LETTERS: Readonly<Record<string, number>> = {
  i: IGNORECASE,
  L: LOCALE,
  m: MULTILINE,
  s: DOTALL,
  x: VERBOSE,
  a: ASCII,
  t: TEMPLATE,
  u: UNICODE,
};

/** The flag of a letter inside `(?...)`. */
export function flagOf(letter: string): number | undefined {
  return letter.length === 1 && /[iLmsxatu]/.test(letter) ? LETTERS[letter] : undefined;
}

/** What a group's own flags make of those around it. */
export function combineFlags(flags: number, added: number, removed: number): number {
  const kept = (added & TYPE_FLAGS) === 0 ? flags : flags & ~TYPE_FLAGS;
  return (kept | added) & ~removed;
}

/** Completes flags for text or bytes; a `ValueError` when they exclude each other. */
export function fixFlags(flags: number, bytes: boolean): number {
  if (bytes) {
    if ((flags & UNICODE) !== 0) {
      fault("ValueError", "cannot use UNICODE flag with a bytes pattern");
    }
    if ((flags & LOCALE) !== 0 && (flags & ASCII) !== 0) {
      fault("ValueError", "ASCII and LOCALE flags are incompatible");
    }
    return flags;
  }
  if ((flags & LOCALE) !== 0) fault("ValueError", "cannot use LOCALE flag with a str pattern");
  if ((flags & ASCII) === 0) return flags | UNICODE;
  if ((flags & UNICODE) !== 0) fault("ValueError", "ASCII and UNICODE flags are incompatible");
  return flags;
}
