/** `re`: CPython's functions over src/python/regex. */
import { spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { bufferOf, PyBytes } from "../../objects/bytes.ts";
import { PyBuiltin } from "../../objects/function.ts";
import type { PyModule } from "../../objects/module.ts";
import { None, type Value } from "../../objects/object.ts";
import { type Native, signed, type Signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { hash } from "../../operations/hash.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { textOf } from "../../operations/repr.ts";
import { compilePattern, escapePattern, type MatchMode } from "../../regex/pattern.ts";
import { lookup as characterNamed } from "../../text/names.ts";
import { fromPoints, pointAt, type Str, sizeOf } from "../../text/wide.ts";
import { late } from "../late.ts";
import { warn } from "../warn.ts";
import { compiling, errorType, sourceOf } from "./error.ts";
import { FLAGS, flag, regexFlagType } from "./flags.ts";
import { matchType } from "./match.ts";
import {
  findAll,
  findIter,
  matchOnce,
  patternType,
  PyPattern,
  split,
  substitute,
} from "./pattern.ts";

/** Patterns that a run keeps. */
const KEPT = 512;

export function fillRe(module: PyModule): void {
  const kept = new Map<string, PyPattern>();
  const compile = (source: Value, flags?: Value): PyPattern => {
    const bits = flags === undefined ? 0 : Number(requireIndex(flags));
    if (source instanceof PyPattern) {
      if (bits !== 0) fault("ValueError", "cannot process flags argument with a compiled pattern");
      return source;
    }
    const key = typeof source === "string" ? `${bits} ${source}` : undefined;
    const known = key === undefined ? undefined : kept.get(key);
    if (known !== undefined) return known;
    const pattern = make(source, bits);
    if (key !== undefined && (bits & 128) === 0) {
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
      kept.set(key, pattern);
    }
    return pattern;
  };
  const once = (mode: MatchMode): Signed =>
    signed("pattern, string, flags=0", (source: Value, value: Value, flags?: Value) =>
      matchOnce(compile(source, flags), value, mode),
    );
  const table: Readonly<Record<string, Native | Signed>> = {
    compile: signed("pattern, flags=0", compile),
    match: once("match"),
    search: once("search"),
    fullmatch: once("fullmatch"),
    findall: signed("pattern, string, flags=0", (source: Value, value: Value, flags?: Value) =>
      findAll(compile(source, flags), value),
    ),
    finditer: signed("pattern, string, flags=0", (source: Value, value: Value, flags?: Value) =>
      findIter(compile(source, flags), value),
    ),
    split: signed(
      "pattern, string, maxsplit=0, flags=0",
      (source: Value, value: Value, most?: Value, flags?: Value) =>
        split(compile(source, flags), value, most),
    ),
    sub: signed(
      "pattern, repl, string, count=0, flags=0",
      (source: Value, by: Value, value: Value, count?: Value, flags?: Value) =>
        substitute(compile(source, flags), by, value, count)[0],
    ),
    subn: signed(
      "pattern, repl, string, count=0, flags=0",
      (source: Value, by: Value, value: Value, count?: Value, flags?: Value) =>
        new PyTuple(substitute(compile(source, flags), by, value, count)),
    ),
    template: signed("pattern, flags=0", (source: Value, flags?: Value) => {
      warn(
        "DeprecationWarning",
        "The re.template() function is deprecated as it is an undocumented function without an obvious purpose. Use re.compile() instead.",
      );
      return compile(source, flags);
    }),
    escape: signed("pattern", escape),
    purge: () => {
      kept.clear();
      return None;
    },
  };
  for (const name in table) module.set(name, new PyBuiltin(name, table[name]!, module));
  module.set("_compile", new PyBuiltin("_compile", signed("pattern, flags", compile), module));
  for (const [name, letter, bit] of FLAGS) {
    const value = flag(bit);
    module.set(name, value);
    module.set(letter, value);
  }
  module.set("NOFLAG", flag(0));
  module.set("RegexFlag", regexFlagType);
  module.set("Pattern", patternType);
  module.set("Match", matchType);
  module.set("error", errorType);
  late(module, "re._scanner", ["Scanner"]);
}

function make(source: Value, flags: number): PyPattern {
  const isText = textOf(source) !== undefined;
  if (!isText && bufferOf(source) === undefined) {
    hash(source);
    fault("TypeError", "first argument must be string or compiled pattern");
  }
  const regex = compiling(source, () =>
    compilePattern(sourceOf(source), flags, {
      bytes: !isText,
      warn,
      lookup: (name) => {
        const text = characterNamed(name, false);
        return text === undefined || sizeOf(text) !== 1 ? undefined : pointAt(text, 0);
      },
    }),
  );
  return new PyPattern(source, regex);
}

function escape(source: Value): Value {
  const text: Str | undefined = textOf(source);
  if (typeof text === "string") return escapePattern(text);
  if (text !== undefined) return fromPoints(escapePattern(text.points));
  const data = bufferOf(source);
  if (data === undefined) return fault("TypeError", "expected str or bytes");
  spend(data.length);
  return new PyBytes(Uint8Array.from(escapePattern(data)));
}
