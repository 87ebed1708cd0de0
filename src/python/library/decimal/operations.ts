/** The operations that Decimal and Context have in common: a Context's methods take the number as an argument. */
import * as arithmetic from "../../numeric/decimal/arithmetic.ts";
import * as compare from "../../numeric/decimal/compare.ts";
import * as functions from "../../numeric/decimal/functions.ts";
import {
  adjusted,
  type Context,
  type Decimal,
  finite,
  isNan,
  isZero,
} from "../../numeric/decimal/number.ts";
import { decimalText } from "../../numeric/decimal/text.ts";
import type { Value } from "../../objects/object.ts";
import { decimal } from "./objects.ts";

export type Unary = (context: Context, x: Decimal) => Value;
export type Binary = (context: Context, x: Decimal, y: Decimal) => Value;

function one(apply: (context: Context, x: Decimal) => Decimal): Unary {
  return (context, x) => decimal(context, apply(context, x));
}

function two(apply: (context: Context, x: Decimal, y: Decimal) => Decimal): Binary {
  return (context, x, y) => decimal(context, apply(context, x, y));
}

function isNormal(context: Context, x: Decimal): boolean {
  return x.kind === "finite" && !isZero(x) && adjusted(x) >= context.emin;
}

/** With a context that can be given. */
export const UNARY: Readonly<Record<string, Unary>> = {
  exp: one(functions.exp),
  ln: one(functions.ln),
  log10: one(functions.log10),
  logb: one(compare.logb),
  logical_invert: one(compare.logicalInvert),
  next_minus: one((context, x) => compare.next(context, x, false)),
  next_plus: one((context, x) => compare.next(context, x, true)),
  normalize: one(arithmetic.normalize),
  sqrt: one(arithmetic.sqrt),
  number_class: (context, x) => compare.numberClass(context, x),
  is_normal: isNormal,
  is_subnormal: (context, x) => x.kind === "finite" && !isZero(x) && adjusted(x) < context.emin,
  to_eng_string: (context, x) => decimalText(x, context.capitals, true),
};

/** The same for two numbers. */
export const BINARY: Readonly<Record<string, Binary>> = {
  compare: two(compare.compare),
  compare_signal: two(compare.compareSignal),
  compare_total: two((_context, x, y) => compare.compareTotal(x, y)),
  compare_total_mag: two((_context, x, y) => compare.compareTotalMag(x, y)),
  copy_sign: two((_context, x, y) => ({ ...x, negative: y.negative })),
  logical_and: two((context, x, y) => compare.logical(context, x, y, "and")),
  logical_or: two((context, x, y) => compare.logical(context, x, y, "or")),
  logical_xor: two((context, x, y) => compare.logical(context, x, y, "xor")),
  max: two((context, x, y) => compare.extreme(context, x, y, true, false)),
  max_mag: two((context, x, y) => compare.extreme(context, x, y, true, true)),
  min: two((context, x, y) => compare.extreme(context, x, y, false, false)),
  min_mag: two((context, x, y) => compare.extreme(context, x, y, false, true)),
  next_toward: two(compare.nextToward),
  remainder_near: two(arithmetic.remainderNear),
  rotate: two((context, x, y) => compare.move(context, x, y, true)),
  shift: two((context, x, y) => compare.move(context, x, y, false)),
  scaleb: two(compare.scaleb),
  same_quantum: (_context, x, y) => compare.sameQuantum(x, y),
};

/** Without a context. */
export const PLAIN: Readonly<Record<string, (x: Decimal) => Value | Decimal>> = {
  canonical: (x) => x,
  copy_abs: (x) => ({ ...x, negative: false }),
  copy_negate: (x) => ({ ...x, negative: !x.negative }),
  is_canonical: (_x) => true,
  is_finite: (x) => x.kind === "finite",
  is_infinite: (x) => x.kind === "inf",
  is_nan: isNan,
  is_qnan: (x) => x.kind === "nan",
  is_signed: (x) => x.negative,
  is_snan: (x) => x.kind === "snan",
  is_zero: isZero,
  radix: (_x) => finite(false, 10n, 0),
};
