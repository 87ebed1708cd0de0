/**
 * exp, log, tanh and erf of four floats at once, good to about two units in
 * the last place; they take and give the code of a vector.
 */

import { ERF_CENTRE, ERF_TAIL, ERF_TAIL_START, EXP, TANH } from "../coefficients.ts";
import { type Code, floats, get, int, ints, type Local, type Locals, set, simd } from "./wasm.ts";

const LN2_HIGH = 0.693359375;
/** Added to a small float, it leaves the nearest integer in the lowest bits. */
const ROUNDER = 1.5 * 2 ** 23;
const LN2_LOW = -2.1219444e-4;
/** (log(1 + x) − x + x²/2)/x³ for √½ ≤ 1 + x ≤ √2, highest power first; from Cephes' `logf`. */
const LOG: readonly number[] = [
  0.070376836292, -0.1151461031, 0.116769987, -0.12420140846, 0.14249322787, -0.16668057665,
  0.20000714765, -0.24999993993, 0.33333331174,
];

/** Code that computes something, and the code of its result. */
interface Computed {
  before: Code;
  value: Code;
}

const add = (a: Code, b: Code): Code => simd("f32x4.add", a, b);
const sub = (a: Code, b: Code): Code => simd("f32x4.sub", a, b);
const mul = (a: Code, b: Code): Code => simd("f32x4.mul", a, b);
const pick = (a: Code, b: Code, mask: Code): Code => simd("v128.bitselect", a, b, mask);

/** As many fresh ones as any function here needs. */
function vectors(locals: Locals): [Local, Local, Local, Local, Local] {
  const take = (): Local => locals.take("v128");
  return [take(), take(), take(), take(), take()];
}

/** Lowest power first. */
function horner(coefficients: readonly number[], x: Code): Code {
  return coefficients.reduceRight<Code>(
    (sum, c) => (sum.length === 0 ? floats(c) : add(mul(sum, x), floats(c))),
    [],
  );
}

/** 2 to the power of a vector of integers from −126 to 127. */
function powerOfTwo(n: Code): Code {
  return simd("i32x4.shl", simd("i32x4.add", n, ints(127)), int(23));
}

function exp(locals: Locals, argument: Code): Computed {
  const [x, n, whole, half, gone] = vectors(locals);
  const before = [
    // NaN passes: the first operand is given unless the second is beyond it.
    ...set(x, simd("f32x4.pmin", argument, floats(89))),
    // What underflows to 0 is computed as exp(0), since processors are slow to underflow.
    ...set(gone, simd("f32x4.lt", get(x), floats(-104))),
    ...set(x, simd("v128.andnot", get(x), get(gone))),
    ...set(n, add(mul(get(x), floats(Math.LOG2E)), floats(ROUNDER))),
    ...set(whole, simd("i32x4.sub", get(n), floats(ROUNDER))),
    ...set(n, sub(get(n), floats(ROUNDER))),
    ...set(x, sub(get(x), mul(get(n), floats(LN2_HIGH)))),
    ...set(x, sub(get(x), mul(get(n), floats(LN2_LOW)))),
    // In two steps, since the result may be a denormal or infinite.
    ...set(half, simd("i32x4.shr_s", get(whole), int(1))),
    ...set(whole, simd("i32x4.sub", get(whole), get(half))),
    ...set(n, mul(mul(get(x), get(x)), horner(EXP, get(x)))),
    ...set(x, add(add(get(n), get(x)), floats(1))),
  ];
  const power = mul(mul(get(x), powerOfTwo(get(whole))), powerOfTwo(get(half)));
  return { before, value: simd("v128.andnot", power, get(gone)) };
}

function log(locals: Locals, argument: Code): Computed {
  const [x, m, e, z, small] = vectors(locals);
  const polynomial = horner(LOG.toReversed(), get(m));
  const before = [
    ...set(x, argument),
    ...set(small, simd("f32x4.lt", get(x), floats(2 ** -126))),
    // Denormals have no exponent to read until they are made larger.
    ...set(m, pick(mul(get(x), floats(2 ** 23)), get(x), get(small))),
    ...set(e, simd("i32x4.sub", simd("i32x4.shr_u", get(m), int(23)), ints(126))),
    ...set(e, simd("i32x4.sub", get(e), simd("v128.and", get(small), ints(23)))),
    ...set(m, simd("v128.or", simd("v128.and", get(m), ints(0x7fffff)), ints(0x3f000000))),
    ...set(small, simd("f32x4.lt", get(m), floats(Math.SQRT1_2))),
    ...set(e, simd("f32x4.convert", simd("i32x4.add", get(e), get(small)))),
    ...set(m, sub(add(get(m), simd("v128.and", get(m), get(small))), floats(1))),
    ...set(z, mul(get(m), get(m))),
    ...set(small, add(mul(mul(get(m), get(z)), polynomial), mul(get(e), floats(LN2_LOW)))),
    ...set(small, add(get(m), sub(get(small), mul(get(z), floats(0.5))))),
    ...set(z, add(get(small), mul(get(e), floats(LN2_HIGH)))),
    ...set(z, pick(floats(-Infinity), get(z), simd("f32x4.eq", get(x), floats(0)))),
    ...set(z, pick(floats(NaN), get(z), simd("f32x4.lt", get(x), floats(0)))),
  ];
  // What is left are ∞ and NaN, whose logarithm is themselves.
  const finite = simd("f32x4.lt", get(x), floats(Infinity));
  return { before, value: pick(get(z), get(x), finite) };
}

/** `a` with the sign of `x`; `a` is not negative. */
function signed(a: Code, x: Code): Code {
  return simd("v128.or", a, simd("v128.and", x, ints(-0x80000000)));
}

function tanh(locals: Locals, argument: Code): Computed {
  const [x, size, far] = vectors(locals);
  const power = exp(locals, add(get(size), get(size)));
  const square = mul(get(x), get(x));
  const before = [
    ...set(x, argument),
    ...set(size, simd("f32x4.abs", get(x))),
    ...power.before,
    ...set(far, sub(floats(1), simd("f32x4.div", floats(2), add(power.value, floats(1))))),
  ];
  const near = add(get(x), mul(mul(get(x), square), horner(TANH, square)));
  const close = simd("f32x4.lt", get(size), floats(0.55));
  return { before, value: pick(near, signed(get(far), get(x)), close) };
}

function erf(locals: Locals, argument: Code): Computed {
  const [x, size, far, inverse] = vectors(locals);
  const power = exp(locals, simd("f32x4.neg", mul(get(size), get(size))));
  const square = mul(get(x), get(x));
  const before = [
    ...set(x, argument),
    ...set(size, simd("f32x4.abs", get(x))),
    ...power.before,
    ...set(
      inverse,
      simd("f32x4.div", floats(1), simd("f32x4.pmax", get(size), floats(ERF_TAIL_START))),
    ),
    ...set(far, sub(floats(1), mul(power.value, horner(ERF_TAIL, get(inverse))))),
  ];
  const near = mul(get(x), horner(ERF_CENTRE, square));
  const close = simd("f32x4.le", get(size), floats(ERF_TAIL_START));
  return { before, value: pick(near, signed(get(far), get(x)), close) };
}

/** What SIMD has no instruction for. */
export const FUNCTIONS: Partial<Record<string, (locals: Locals, argument: Code) => Computed>> = {
  exp,
  log,
  tanh,
  erf,
};
