/** Templates of `str.format`: the parser of fields, and the driver, which asks its caller for what objects mean. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { decimalValue } from "./unicode.ts";
import { concatAll, pointAt, type Str, sizeOf, slice } from "./wide.ts";

/** One step of a template: text, then a field where there is one. */
export interface TemplatePart {
  literal: Str;
  field?: TemplateField;
}

/** What stands between braces: `{name!conversion:spec}`. */
export interface TemplateField {
  name: Str;
  /** `""` where there is none. */
  spec: Str;
  /** A code point. */
  conversion?: number;
  /** Whether the spec holds fields of its own. */
  isNested: boolean;
}

/** A field's name taken apart: `0.name[key]`. */
export interface FieldName {
  /** An argument's name or place. */
  first: Str | number;
  rest: Iterable<FieldStep>;
}

/** `.name`, or `[key]`. */
export interface FieldStep {
  isAttribute: boolean;
  key: Str | number;
}

/** How fields become text; each method raises what CPython raises. */
export interface TemplateValues {
  /** The argument at a place; `formatMap` faults have their own message. */
  positional(index: number): unknown;
  keyword(name: Str): unknown;
  attribute(value: unknown, name: Str): unknown;
  item(value: unknown, key: Str | number): unknown;
  /** `str`, `repr` or `ascii` of a value. */
  convert(value: unknown, conversion: "s" | "r" | "a"): unknown;
  format(value: unknown, spec: Str): Str;
}

const OPEN = 123;
const CLOSE = 125;
/** What `Py_ssize_t` holds. */
const MOST = 2 ** 63;

/** The parts of a template, each found when it is asked for, so errors come in their turn. */
export function* templateParts(template: Str): Generator<TemplatePart, void> {
  const end = sizeOf(template);
  spend(end);
  let at = 0;
  while (at < end) {
    const start = at;
    let point = 0;
    while (at < end) {
      point = pointAt(template, at++);
      if (point === OPEN || point === CLOSE) break;
    }
    const isMarkup = point === OPEN || point === CLOSE;
    const isDoubled = isMarkup && at < end && pointAt(template, at) === point;
    if (point === CLOSE && !isDoubled) {
      fault("ValueError", "Single '}' encountered in format string");
    }
    if (point === OPEN && at >= end) fault("ValueError", "Single '{' encountered in format string");
    if (!isMarkup) yield { literal: slice(template, start, at) };
    else if (isDoubled) yield { literal: slice(template, start, at++) };
    else {
      const literal = slice(template, start, at - 1);
      const [field, after] = parseField(template, at, end);
      at = after;
      yield { literal, field };
    }
  }
}

function parseField(template: Str, start: number, end: number): [TemplateField, number] {
  let at = start;
  let point = 0;
  for (let isDone = false; at < end && !isDone;) {
    point = pointAt(template, at++);
    if (point === OPEN) fault("ValueError", "unexpected '{' in field name");
    // In brackets, all but their end is a key.
    if (point === 91) while (at < end && pointAt(template, at) !== 93) at++;
    isDone = point === CLOSE || point === 58 || point === 33;
  }
  const name = slice(template, start, at - 1);
  if (point === CLOSE) return [{ name, spec: "", isNested: false }, at];
  if (point !== 33 && point !== 58) fault("ValueError", "expected '}' before end of string");
  const field: TemplateField = { name, spec: "", isNested: false };
  if (point === 33) {
    if (at >= end) fault("ValueError", "end of string while looking for conversion specifier");
    field.conversion = pointAt(template, at++);
    if (at < end) {
      const next = pointAt(template, at++);
      if (next === CLOSE) return [field, at];
      if (next !== 58) fault("ValueError", "expected ':' after conversion specifier");
    }
  }
  const from = at;
  for (let depth = 1; at < end;) {
    point = pointAt(template, at++);
    if (point === OPEN) {
      field.isNested = true;
      depth++;
    } else if (point === CLOSE && --depth === 0) {
      field.spec = slice(template, from, at - 1);
      return [field, at];
    }
  }
  return fault("ValueError", "unmatched '{' in format spec");
}

/** A name's value as a place, or -1 where it is not all digits. */
function placeOf(text: Str, start: number, end: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = decimalValue(pointAt(text, i));
    if (digit < 0) return -1;
    value = value * 10 + digit;
    if (value >= MOST) fault("ValueError", "Too many decimal digits in format string");
  }
  return value;
}

/** Takes a field's name apart; the first part is `""` where fields are counted. */
export function splitFieldName(name: Str): FieldName {
  const end = sizeOf(name);
  let at = 0;
  while (at < end && pointAt(name, at) !== 46 && pointAt(name, at) !== 91) at++;
  const place = placeOf(name, 0, at);
  return { first: place >= 0 ? place : slice(name, 0, at), rest: fieldSteps(name, at, end) };
}

function* fieldSteps(name: Str, start: number, end: number): Generator<FieldStep, void> {
  let at = start;
  while (at < end) {
    const isAttribute = pointAt(name, at) === 46;
    if (!isAttribute && pointAt(name, at) !== 91) {
      fault("ValueError", "Only '.' or '[' may follow ']' in format field specifier");
    }
    const from = ++at;
    if (isAttribute) {
      while (at < end && pointAt(name, at) !== 46 && pointAt(name, at) !== 91) at++;
    } else {
      while (at < end && pointAt(name, at) !== 93) at++;
      if (at >= end) fault("ValueError", "Missing ']' in format string");
    }
    const place = isAttribute ? -1 : placeOf(name, from, at);
    const key = place >= 0 ? place : slice(name, from, at);
    if (from === at) fault("ValueError", "Empty attribute in format string");
    if (!isAttribute) at++;
    yield { isAttribute, key };
  }
}

/** How fields without a name are counted; either all have a number or none has. */
interface Numbering {
  state: "unknown" | "automatic" | "manual";
  next: number;
}

/** `template.format(...)`. */
export function formatTemplate(template: Str, values: TemplateValues): Str {
  return build(template, values, { state: "unknown", next: 0 }, 2);
}

function build(template: Str, values: TemplateValues, numbering: Numbering, depth: number): Str {
  if (depth <= 0) fault("ValueError", "Max string recursion exceeded");
  const out: Str[] = [];
  for (const { literal, field } of templateParts(template)) {
    if (literal !== "") out.push(literal);
    if (field === undefined) continue;
    let value = fieldValue(field.name, values, numbering);
    if (field.conversion !== undefined) {
      value = values.convert(value, conversionOf(field.conversion));
    }
    const spec = field.isNested ? build(field.spec, values, numbering, depth - 1) : field.spec;
    out.push(values.format(value, spec));
  }
  return concatAll(out);
}

function fieldValue(name: Str, values: TemplateValues, numbering: Numbering): unknown {
  const { first, rest } = splitFieldName(name);
  let value: unknown;
  if (first === "" || typeof first === "number") {
    const isAutomatic = first === "";
    if (numbering.state === "unknown") numbering.state = isAutomatic ? "automatic" : "manual";
    if (numbering.state === "manual" && isAutomatic) {
      const message = "cannot switch from manual field specification to automatic field numbering";
      fault("ValueError", message);
    }
    if (numbering.state === "automatic" && !isAutomatic) {
      const message = "cannot switch from automatic field numbering to manual field specification";
      fault("ValueError", message);
    }
    value = values.positional(isAutomatic ? numbering.next++ : first);
  } else value = values.keyword(first);
  for (const { isAttribute, key } of rest) {
    value = isAttribute ? values.attribute(value, key as Str) : values.item(value, key);
  }
  return value;
}

function conversionOf(point: number): "s" | "r" | "a" {
  const letter = String.fromCodePoint(point);
  if (letter === "s" || letter === "r" || letter === "a") return letter;
  const shown = point > 32 && point < 127 ? letter : `\\x${point.toString(16)}`;
  return fault("ValueError", `Unknown conversion specifier ${shown}`);
}
