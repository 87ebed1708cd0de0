/** `math`. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { cbrt } from "../numeric/doubles.ts";
import { erf, erfc, gamma, lgamma } from "../numeric/gamma.ts";
import * as integers from "../numeric/integers.ts";
import * as powers from "../numeric/powers.ts";
import type { Int } from "../numeric/sizes.ts";
import * as special from "../numeric/special.ts";
import { dist, fsum, hypot, sumprod } from "../numeric/sums.ts";
import { PyFloat } from "../objects/float.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { type Native, signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import { add, mul } from "../operations/binary.ts";
import { callSpecial } from "../operations/call.ts";
import { iterate, toArray } from "../operations/iterate.ts";
import { intOf, realOf } from "../operations/numbers.ts";
import { requireIndex } from "../operations/subscript.ts";
import { typeName } from "../operations/typeof.ts";
import { functions } from "./native.ts";

function one(apply: (x: number) => number): Native {
  return (x: Value) => new PyFloat(apply(realOf(x)));
}

function two(apply: (x: number, y: number) => number): Native {
  return (x: Value, y: Value) => new PyFloat(apply(realOf(x), realOf(y)));
}

function test(apply: (x: number) => boolean): Native {
  return (x: Value) => apply(realOf(x));
}

/** An int as it is, since logarithms of ints know no limit; else a float. */
function exact(x: Value): Int {
  const int = intOf(x);
  if (int !== undefined) return int;
  if (x instanceof PyFloat) return x.v;
  return callSpecial(x, "__float__") === undefined ? requireNumber(x) : realOf(x);
}

function requireNumber(x: Value): Int {
  const index = callSpecial(x, "__index__");
  return index === undefined ? realOf(x) : requireIndex(x);
}

/** A function that a class may have a method of its own for: `__ceil__`, `__floor__`. */
function towards(name: string, apply: (x: number) => Int): Native {
  return (x: Value) => {
    if (typeof x === "number") return x;
    if (x instanceof PyFloat && !x.type.open) return apply(x.v);
    return callSpecial(x, name) ?? apply(realOf(x));
  };
}

function* reals(iterable: Value): Generator<number, void> {
  const iterator = iterate(iterable);
  for (let x = iterator.next(); x !== undefined; x = iterator.next()) yield realOf(x);
}

function fold(values: readonly Value[], start: Int, apply: (a: Int, b: Int) => Int): Int {
  let result = start;
  for (const value of values) result = apply(result, requireIndex(value));
  return result;
}

function product(iterable: Value, start?: Value): Value {
  let result: Value = start ?? 1;
  const iterator = iterate(iterable);
  for (let x = iterator.next(); x !== undefined; x = iterator.next()) {
    spend(1);
    result = mul(result, x);
  }
  return result;
}

/** Exact where all are ints, rounded once where all are floats or ints, else as the operators have it. */
function sumOfProducts(p: Value, q: Value): Value {
  const [left, right] = [toArray(p), toArray(q)];
  if (left.length !== right.length) fault("ValueError", "Inputs are not the same length");
  const all = [...left, ...right];
  const isPlain = (x: Value): boolean => intOf(x) !== undefined || x instanceof PyFloat;
  if (all.some((x) => x instanceof PyFloat) && all.every(isPlain)) {
    return new PyFloat(sumprod(left.map(realOf), right.map(realOf)));
  }
  let total: Value = 0;
  for (let i = 0; i < left.length; i++) total = add(total, mul(left[i]!, right[i]!));
  return total;
}

function pointsOf(value: Value): number[] {
  return toArray(value).map(realOf);
}

export function fillMath(module: PyModule): void {
  for (const [name, value] of Object.entries({
    pi: Math.PI,
    e: Math.E,
    tau: 2 * Math.PI,
    inf: Infinity,
    nan: NaN,
  })) {
    module.set(name, new PyFloat(value));
  }
  functions(module, {
    acos: one(special.acos),
    acosh: one(special.acosh),
    asin: one(special.asin),
    asinh: one(special.asinh),
    atan: one(special.atan),
    atanh: one(special.atanh),
    cos: one(special.cos),
    cosh: one(special.cosh),
    exp: one(special.exp),
    exp2: one(special.exp2),
    expm1: one(special.expm1),
    sin: one(special.sin),
    sinh: one(special.sinh),
    tan: one(special.tan),
    tanh: one(special.tanh),
    sqrt: one(special.sqrt),
    cbrt: one(cbrt),
    log1p: one(special.log1p),
    fabs: one(special.fabs),
    degrees: one(special.degrees),
    radians: one(special.radians),
    erf: one(erf),
    erfc: one(erfc),
    gamma: one(gamma),
    lgamma: one(lgamma),
    ulp: one(special.ulp),
    atan2: two(special.atan2),
    copysign: two(special.copysign),
    fmod: two(special.fmod),
    nextafter: two(special.nextafter),
    pow: two(special.pow),
    remainder: two(special.remainder),
    isfinite: test((x) => x - x === 0),
    isinf: test((x) => Math.abs(x) === Infinity),
    isnan: test(Number.isNaN),
    log: signed(
      "x, base=None, /",
      (x: Value, base?: Value) =>
        new PyFloat(
          base === undefined ? special.log(exact(x)) : special.logBase(exact(x), exact(base)),
        ),
    ),
    log2: (x: Value) => new PyFloat(special.log2(exact(x))),
    log10: (x: Value) => new PyFloat(special.log10(exact(x))),
    ceil: towards("__ceil__", special.ceil),
    floor: towards("__floor__", special.floor),
    trunc: (x: Value) =>
      callSpecial(x, "__trunc__") ??
      fault("TypeError", `type ${typeName(x)} doesn't define __trunc__ method`),
    frexp: (x: Value) => {
      const [fraction, exponent] = special.frexp(realOf(x));
      return new PyTuple([new PyFloat(fraction), exponent]);
    },
    modf: (x: Value) => new PyTuple(special.modf(realOf(x)).map((part) => new PyFloat(part))),
    ldexp: (x: Value, i: Value) => {
      const exponent =
        intOf(i) ?? fault("TypeError", "Expected an int as second argument to ldexp.");
      return new PyFloat(special.ldexp(realOf(x), exponent));
    },
    factorial: (n: Value) => powers.factorial(requireIndex(n)),
    isqrt: (n: Value) => powers.isqrt(requireIndex(n)),
    comb: (n: Value, k: Value) => powers.comb(requireIndex(n), requireIndex(k)),
    perm: signed("n, k=None, /", (n: Value, k?: Value) =>
      k === undefined || k === None
        ? powers.factorial(requireIndex(n))
        : powers.perm(requireIndex(n), requireIndex(k)),
    ),
    gcd: signed("*integers", (values: Value[]) => integers.abs(fold(values, 0, powers.gcd))),
    lcm: signed("*integers", (values: Value[]) => integers.abs(fold(values, 1, powers.lcm))),
    hypot: signed("*coordinates", (values: Value[]) => new PyFloat(hypot(values.map(realOf)))),
    dist: (p: Value, q: Value) => new PyFloat(dist(pointsOf(p), pointsOf(q))),
    fsum: (values: Value) => new PyFloat(fsum(reals(values))),
    prod: signed("iterable, /, *, start=1", product),
    sumprod: sumOfProducts,
    isclose: signed(
      "a, b, *, rel_tol=1e-09, abs_tol=0.0",
      (a: Value, b: Value, relative?: Value, absolute?: Value) =>
        special.isclose(
          realOf(a),
          realOf(b),
          relative === undefined ? 1e-9 : realOf(relative),
          absolute === undefined ? 0 : realOf(absolute),
        ),
    ),
  });
}
