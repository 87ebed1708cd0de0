/** The mini-language of `format(value, spec)`: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { decimalValue } from "./unicode.ts";
import { chr, pointAt, type Str, sizeOf, slice } from "./wide.ts";

/** What a spec says. */
export interface Spec {
  fill: Str;
  align: "<" | ">" | "=" | "^";
  sign: "" | "+" | "-" | " ";
  noNegativeZero: boolean;
  alternate: boolean;
  /** -1 where there is none. */
  width: number;
  grouping: "" | "," | "_";
  /** -1 where there is none. */
  precision: number;
  /** One character; `""` where there is none. */
  type: string;
  /** Whether nothing is written but a precision and a type. */
  isPlain: boolean;
}

/** What `Py_ssize_t` holds. */
const MOST = 2 ** 63;
/** Parsed specs that are kept. */
const KEPT = 256;
const ofText = new Map<string, Spec>();
const ofNumbers = new Map<string, Spec>();

/**
 * Parses a spec.
 * @param fallback how the type's values are aligned where the spec does not say: `<` for text
 * @param typeName the type's name for messages
 */
export function parseSpec(text: Str, fallback: "<" | ">", typeName: string): Spec {
  if (typeof text !== "string" || text.length > 16) return parse(text, fallback, typeName);
  const cache = fallback === "<" ? ofText : ofNumbers;
  const before = cache.get(text);
  if (before !== undefined) return before;
  const spec = parse(text, fallback, typeName);
  if (cache.size >= KEPT) cache.clear();
  cache.set(text, spec);
  return spec;
}

function parse(text: Str, fallback: "<" | ">", typeName: string): Spec {
  const end = sizeOf(text);
  spend(end);
  let at = 0;
  const char = (index: number): string =>
    index < end ? String.fromCodePoint(pointAt(text, index)) : "";
  const spec: Spec = {
    fill: " ",
    align: fallback,
    sign: "",
    noNegativeZero: false,
    alternate: false,
    width: -1,
    grouping: "",
    precision: -1,
    type: "",
    isPlain: end <= 3 && char(0) === ".",
  };
  let hasFill = false;
  let hasAlign = false;
  if (isAlign(char(1))) {
    spec.fill = slice(text, 0, 1);
    spec.align = char(1) as Spec["align"];
    hasFill = hasAlign = true;
    at = 2;
  } else if (isAlign(char(0))) {
    spec.align = char(0) as Spec["align"];
    hasAlign = true;
    at = 1;
  }
  if (at < end && " +-".includes(char(at))) spec.sign = char(at++) as Spec["sign"];
  if (char(at) === "z") {
    spec.noNegativeZero = true;
    at++;
  }
  if (char(at) === "#") {
    spec.alternate = true;
    at++;
  }
  if (!hasFill && char(at) === "0") {
    spec.fill = "0";
    if (!hasAlign && fallback === ">") spec.align = "=";
    at++;
  }
  const integer = (): number => {
    let value = -1;
    for (; at < end; at++) {
      const digit = decimalValue(pointAt(text, at));
      if (digit < 0) break;
      value = Math.max(0, value) * 10 + digit;
      if (value >= MOST) fault("ValueError", "Too many decimal digits in format string");
    }
    return value;
  };
  spec.width = integer();
  if (char(at) === ",") {
    spec.grouping = ",";
    at++;
  }
  if (char(at) === "_") {
    if (spec.grouping !== "") bothSeparators();
    spec.grouping = "_";
    at++;
  }
  if (char(at) === "," && spec.grouping === "_") bothSeparators();
  if (char(at) === ".") {
    at++;
    spec.precision = integer();
    if (spec.precision < 0) fault("ValueError", "Format specifier missing precision");
  }
  if (end - at > 1) {
    const message = `Invalid format specifier '${String(text)}' for object of type '${typeName}'`;
    fault("ValueError", message);
  }
  if (at < end) spec.type = char(at);
  // Text has a type of its own where none is written.
  checkGrouping(spec.grouping, spec.type === "" && fallback === "<" ? "s" : spec.type);
  return spec;
}

function isAlign(char: string): boolean {
  return char === "<" || char === ">" || char === "=" || char === "^";
}

function bothSeparators(): never {
  return fault("ValueError", "Cannot specify both ',' and '_'.");
}

function checkGrouping(grouping: Spec["grouping"], type: string): void {
  if (grouping === "" || type === "" || "defgEG%F".includes(type)) return;
  if (grouping === "_" && "boxX".includes(type)) return;
  fault("ValueError", `Cannot specify '${grouping}' with '${shownCode(type, 127)}'.`);
}

/** A type's letter in messages; what is no visible ASCII is written as its number. */
function shownCode(type: string, last: number): string {
  const point = type.codePointAt(0) ?? 0;
  return point > 32 && point <= last ? type : `\\x${point.toString(16)}`;
}

/** Says that values of a type have no such form. */
export function unknownCode(type: string, typeName: string): never {
  const code = shownCode(type, 127);
  return fault("ValueError", `Unknown format code '${code}' for object of type '${typeName}'`);
}

/** The text of one code point that a message shows. */
export function shownPoint(point: number): string {
  return String(chr(point));
}
