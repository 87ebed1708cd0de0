/** `_pytest.native`: what pytest's Python asks of the run without importing the modules that would tell it. */
import { functions } from "../../python/library/native.ts";
import { PyBytes } from "../../python/objects/bytes.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { runtime } from "../../python/objects/state.ts";
import { PyType } from "../../python/objects/type.ts";
import { assertions } from "../../python/operations/asserts.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { textOf } from "../../python/operations/repr.ts";
import { isInstance } from "../../python/operations/typeof.ts";
import { escapePoint } from "../../python/text/quote.ts";
import { toPoints } from "../../python/text/wide.ts";

export function fillNative(module: PyModule): void {
  functions(module, {
    /** Something is asserted, other than by `assert`. */
    asserting: () => {
      assertions.count += 1;
      return None;
    },
    /** A text, or bytes, as part of a test's name: what cannot be printed is escaped. */
    ascii_id: (value: Value) => asciiId(value),
    is_enum_member: (value: Value) => isOf(value, "enum", "Enum"),
    /** The pattern of a compiled regular expression, or None. */
    pattern_of: (value: Value) =>
      isOf(value, "re", "Pattern") ? getAttribute(value, "pattern") : None,
    is_abstract: (value: Value) => value instanceof PyType && (value.abstract?.length ?? 0) > 0,
  });
}

/** Whether a value is of a class of a module that somebody imported; before, there are none. */
function isOf(value: Value, module: string, name: string): boolean {
  const type = runtime().modules.get(module)?.get(name);
  return type instanceof PyType && isInstance(value, type);
}

/** As `unicode_escape` has it for a text; bytes keep their backslashes. */
function asciiId(value: Value): string {
  if (value instanceof PyBytes) return Array.from(value.data, (byte) => shown(byte)).join("");
  const escaped = (point: number): string => (point === BACKSLASH ? "\\\\" : shown(point));
  return Array.from(toPoints(textOf(value) ?? ""), escaped).join("");
}

const BACKSLASH = 92;
const LETTERS: Readonly<Record<number, string>> = { 9: "\\t", 10: "\\n", 13: "\\r" };

function shown(code: number): string {
  if (code >= 32 && code < 127) return String.fromCharCode(code);
  return LETTERS[code] ?? escapePoint(code);
}
