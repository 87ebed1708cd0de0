/** `cmath`. */
import { fault } from "../fault.ts";
import * as cmath from "../numeric/cmath.ts";
import type { Complex } from "../numeric/complex.ts";
import { PyComplex } from "../objects/complex.ts";
import { PyFloat } from "../objects/float.ts";
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { type Native, signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import { doubleOf, realOf } from "../operations/numbers.ts";
import { typeName } from "../operations/typeof.ts";
import { complexOf } from "../types/complex.ts";
import { functions } from "./native.ts";

/** An argument that has to be a number of any kind. */
function requireComplex(value: Value): Complex {
  const found = complexOf(value);
  if (found !== undefined) return found;
  const real = doubleOf(value);
  if (real === undefined) fault("TypeError", `must be real number, not ${typeName(value)}`);
  return [real, 0];
}

function box([real, imaginary]: Complex): PyComplex {
  return new PyComplex(real, imaginary);
}

function one(apply: (z: Complex) => Complex): Native {
  return (z: Value) => box(apply(requireComplex(z)));
}

function test(apply: (x: number) => boolean, all: boolean): Native {
  return (z: Value) => {
    const [real, imaginary] = requireComplex(z);
    return all ? apply(real) && apply(imaginary) : apply(real) || apply(imaginary);
  };
}

export function fillCmath(module: PyModule): void {
  for (const [name, value] of Object.entries({
    pi: Math.PI,
    e: Math.E,
    tau: 2 * Math.PI,
    inf: Infinity,
    nan: NaN,
  })) {
    module.set(name, new PyFloat(value));
  }
  module.set("infj", new PyComplex(0, Infinity));
  module.set("nanj", new PyComplex(0, NaN));
  functions(module, {
    acos: one(cmath.acos),
    acosh: one(cmath.acosh),
    asin: one(cmath.asin),
    asinh: one(cmath.asinh),
    atan: one(cmath.atan),
    atanh: one(cmath.atanh),
    cos: one(cmath.cos),
    cosh: one(cmath.cosh),
    exp: one(cmath.exp),
    log10: one(cmath.log10),
    sin: one(cmath.sin),
    sinh: one(cmath.sinh),
    sqrt: one(cmath.sqrt),
    tan: one(cmath.tan),
    tanh: one(cmath.tanh),
    log: signed("z, base=None, /", (z: Value, base?: Value) =>
      box(
        base === undefined
          ? cmath.log(requireComplex(z))
          : cmath.logBase(requireComplex(z), requireComplex(base)),
      ),
    ),
    phase: (z: Value) => new PyFloat(cmath.phase(requireComplex(z))),
    polar: (z: Value) =>
      new PyTuple(cmath.polar(requireComplex(z)).map((part) => new PyFloat(part))),
    rect: (r: Value, phi: Value) => box(cmath.rect(realOf(r), realOf(phi))),
    isfinite: test((x) => x - x === 0, true),
    isinf: test((x) => Math.abs(x) === Infinity, false),
    isnan: test(Number.isNaN, false),
    isclose: signed(
      "a, b, *, rel_tol=1e-09, abs_tol=0.0",
      (a: Value, b: Value, relative?: Value, absolute?: Value) =>
        cmath.isclose(
          requireComplex(a),
          requireComplex(b),
          relative === undefined ? 1e-9 : realOf(relative),
          absolute === undefined ? 0 : realOf(absolute),
        ),
    ),
  });
}
