/** `fractions`, which is written in Python, and what it is built on. */
import { limitDenominator, parseFraction } from "../numeric/fractions.ts";
import { hashRatio } from "../numeric/hashes.ts";
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";
import { repr, textOf } from "../operations/repr.ts";
import { requireIndex } from "../operations/subscript.ts";
import { asciiOfNumber } from "../text/integers.ts";
import source from "./fractions.py" with { type: "file" };
import { functions } from "./native.ts";
import { written } from "./written.ts";

/** `_fractions`. */
export function fillFractionTools(module: PyModule): void {
  functions(module, {
    parse: (text: Value) =>
      new PyTuple(parseFraction(asciiOfNumber(textOf(text)!), String(repr(text)))),
    limit: (numerator: Value, denominator: Value, most: Value) =>
      new PyTuple(
        limitDenominator(requireIndex(numerator), requireIndex(denominator), requireIndex(most)),
      ),
    hash: (numerator: Value, denominator: Value) =>
      hashRatio(requireIndex(numerator), requireIndex(denominator)),
  });
}

export const fillFractions: (module: PyModule) => void = written("fractions.py", source);
