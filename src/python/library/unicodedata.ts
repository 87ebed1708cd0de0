/** `unicodedata`, of Unicode 14. */
import { fault } from "../fault.ts";
import { PyFloat } from "../objects/float.ts";
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { exceptionType, throwException } from "../objects/exception.ts";
import { requireText } from "../operations/arguments.ts";
import { textOf } from "../operations/repr.ts";
import { typeName } from "../operations/typeof.ts";
import { lookup, nameOf } from "../text/names.ts";
import {
  categoryOf,
  combiningOf,
  decimalValue,
  digitValue,
  normalize,
  numericValue,
} from "../text/unicode.ts";
import { concatAll, equal, pointAt, sizeOf } from "../text/wide.ts";
import { functions } from "./native.ts";

function pointOf(value: Value, name: string): number {
  const text = textOf(value);
  if (text === undefined || sizeOf(text) !== 1) {
    const what = text === undefined ? typeName(value) : "str";
    fault(
      "TypeError",
      `${name}() argument ${name === "category" || name === "combining" ? "" : "1 "}must be a unicode character, not ${what}`,
    );
  }
  return pointAt(text, 0);
}

const FORMS = ["NFC", "NFD", "NFKC", "NFKD"] as const;

function formOf(value: Value): (typeof FORMS)[number] {
  const form = FORMS.find((one) => one === textOf(value));
  return form ?? fault("ValueError", "invalid normalization form");
}

export function fillUnicodedata(module: PyModule): void {
  functions(module, {
    category: (char: Value) => categoryOf(pointOf(char, "category")),
    combining: (char: Value) => combiningOf(pointOf(char, "combining")),
    name: signed("chr, default=None, /", (char: Value, otherwise?: Value) => {
      const name = nameOf(pointOf(char, "name"));
      return name ?? otherwise ?? fault("ValueError", "no such name");
    }),
    lookup: (name: Value) => {
      const text = requireText(name, "lookup() argument ");
      return (
        lookup(String(text), true) ??
        throwException(
          exceptionType("KeyError"),
          concatAll(["undefined character name '", text, "'"]),
        )
      );
    },
    decimal: signed("chr, default=None, /", (char: Value, otherwise?: Value) => {
      const value = decimalValue(pointOf(char, "decimal"));
      return value >= 0 ? value : (otherwise ?? fault("ValueError", "not a decimal"));
    }),
    digit: signed("chr, default=None, /", (char: Value, otherwise?: Value) => {
      const value = digitValue(pointOf(char, "digit"));
      return value >= 0 ? value : (otherwise ?? fault("ValueError", "not a digit"));
    }),
    numeric: signed("chr, default=None, /", (char: Value, otherwise?: Value) => {
      const value = numericValue(pointOf(char, "numeric"));
      return value === undefined
        ? (otherwise ?? fault("ValueError", "not a numeric character"))
        : new PyFloat(value);
    }),
    normalize: (form: Value, text: Value) =>
      normalize(formOf(form), requireText(text, "normalize() argument 2 ")),
    is_normalized: (form: Value, text: Value) => {
      const source = requireText(text, "is_normalized() argument 2 ");
      return equal(normalize(formOf(form), source), source);
    },
  });
  module.set("unidata_version", "14.0.0");
}
