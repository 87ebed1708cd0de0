/** Numbers: their forms, what CPython says about wrong ones, and their values. */
import type { ConstantValue } from "./tree.ts";

/** The longest number that begins here. */
export const NUMBER: RegExp =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][-+]?\d+(?:_\d+)*)?[jJ]?/y;

/** Words that may stand against a number, as in `1if x else 2`. */
const WORD_AFTER = /(?:and|else|for|if|in|is|not|or)/y;
const BASES: Readonly<Record<string, [name: string, digits: RegExp]>> = {
  x: ["hexadecimal", /[\da-fA-F]/],
  o: ["octal", /[0-7]/],
  b: ["binary", /[01]/],
};
/** What ends most numbers; the end of the source too, as the empty text. */
const ENDS = " ,)]}:;\n+-*/%=<>";
/** More decimal digits would take time that grows with their square. */
const MOST_DIGITS = 4300;

interface Fault {
  message: string;
  /** The error is at the character before this. */
  at: number;
  start?: number;
  end?: number;
}

/** Fewer digits than these are a safe integer. */
const FEW_DIGITS = 15;

/** Where a short row of digits ends that needs no closer look, or -1. */
export function plainEnd(source: string, start: number): number {
  let at = start;
  let code = source.charCodeAt(at);
  if (code === 48) at++;
  else {
    while (code >= 48 && code <= 57 && at - start < FEW_DIGITS) code = source.charCodeAt(++at);
  }
  return at > start && ENDS.includes(source.charAt(at)) ? at : -1;
}

/** What is wrong with a number, or with what follows it. */
export function checkNumber(source: string, start: number, end: number): Fault | undefined {
  const text = source.slice(start, end);
  const next = source.charAt(end);
  const base = text === "0" ? BASES[next.toLowerCase()] : BASES[text.charAt(1).toLowerCase()];
  if (base !== undefined && text.startsWith("0")) {
    return checkBase(source, text === "0" ? end + 1 : end, base);
  }
  if (/^0[\d_]*[1-9]/.test(text) && /^[\d_]+$/.test(text)) {
    const zeros = /^[0_]+/.exec(text)?.[0].length ?? 1;
    const message =
      "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
    return { message, at: start + zeros + 1, start: start + 1 };
  }
  const kind = kindOfNumber(text);
  const message = `invalid ${kind} literal`;
  if (next === "_" && /\d$/.test(text)) return { message: "invalid decimal literal", at: end + 1 };
  if (/[eE]/.test(next) && /[-+]/.test(source.charAt(end + 1)) && kind === "decimal") {
    if (!/[eE]/.test(text)) return { message, at: end + 2 };
  }
  return endsWell(source, end) ? undefined : { message, at: end };
}

function checkBase(
  source: string,
  end: number,
  [name, digits]: [name: string, digits: RegExp],
): Fault | undefined {
  let at = end;
  const hasDigits = digits.test(source.charAt(end - 1));
  if (source.charAt(at) === "_") at++;
  const next = source.charAt(at);
  if (/\d/.test(next) && !digits.test(next)) {
    return { message: `invalid digit '${next}' in ${name} literal`, at: at + 1 };
  }
  const message = `invalid ${name} literal`;
  if (!hasDigits || at > end) return { message, at };
  return endsWell(source, at) ? undefined : { message, at };
}

/** How messages call a number: by its base, or imaginary. */
export function kindOfNumber(text: string): string {
  if (/[jJ]$/.test(text)) return "imaginary";
  return BASES[text.startsWith("0") ? text.charAt(1).toLowerCase() : ""]?.[0] ?? "decimal";
}

/** Whether a word of those that may stand against a number stands here. */
export function isWordAt(source: string, at: number): boolean {
  WORD_AFTER.lastIndex = at;
  return WORD_AFTER.test(source);
}

function endsWell(source: string, end: number): boolean {
  return isWordAt(source, end) || !/^[\w\u0080-\uffff]/.test(source.charAt(end));
}

/** The value of a number, or what CPython says of one with too many digits. */
export function numberValue(text: string): ConstantValue | { tooLong: string } {
  if (text.length <= FEW_DIGITS && plainEnd(text, 0) === text.length) return Number(text);
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  if (/^0[xXoObB]/.test(digits)) return integer(digits);
  if (/[jJ]$/.test(digits)) return { imag: Number(digits.slice(0, -1)) };
  if (/[.eE]/.test(digits)) return { float: Number(digits) };
  if (digits.length > MOST_DIGITS) {
    return {
      tooLong:
        `Exceeds the limit (${MOST_DIGITS} digits) for integer string conversion: value has ${digits.length} digits; ` +
        "use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.",
    };
  }
  return integer(digits);
}

function integer(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits.replace(/^0+(?=\d)/, ""));
}
