/**
 * Gradients of elementwise operators. Each is written with differentiable
 * operators, so that it has gradients too; the caller sums over what was
 * broadcast. `g` is the gradient of the result.
 */

import {
  type Arithmetic,
  arithmetic,
  compare,
  type FloatMap,
  logical,
  type NumberMap,
  type TensorLike,
  where,
} from "../elementwise.ts";
import type { Tensor } from "../tensor.ts";
import { type Flow, flow } from "./graph.ts";
import { zerosBeside } from "./region.ts";

type Flows = readonly (Flow | undefined)[];

function same(g: Tensor): Tensor {
  return g;
}

function none(g: Tensor): Tensor {
  return zerosBeside(g, g.shape);
}

/** All to the one that wins, half to each of a tie, as torch does. */
function winner(before: "lt" | "gt", a: TensorLike, b: TensorLike): Flows {
  const share = (g: Tensor, own: TensorLike, other: TensorLike): Tensor =>
    where(compare(before, own, other), 0, where(compare("eq", own, other), g.mul(0.5), g));
  return [flow(a, share, a, b), flow(b, share, b, a)];
}

type Rule = (a: TensorLike, b: TensorLike, out: Tensor) => Flows;

export const ARITHMETIC: Record<Arithmetic, Rule> = {
  add: (a, b) => [flow(a, same), flow(b, same)],
  sub: (a, b) => [flow(a, same), flow(b, (g) => g.neg())],
  mul: (a, b) => [flow(a, (g, y) => g.mul(y), b), flow(b, (g, x) => g.mul(x), a)],
  div: (a, b) => [
    flow(a, (g, y) => g.div(y), b),
    flow(
      b,
      (g, x, y) =>
        arithmetic("div", arithmetic("div", x, y), y)
          .mul(g)
          .neg(),
      a,
      b,
    ),
  ],
  pow: (a, b, out) => [
    flow(a, powerOfBase, a, b),
    // log(0)·0⁰ has the limit 0.
    flow(
      b,
      (g, y, x, e) =>
        where(
          logical("and", compare("eq", x, 0), compare("ge", e, 0)),
          0,
          g.mul(y).mul(arithmetic("add", x, 0).log()),
        ),
      out,
      a,
      b,
    ),
  ],
  maximum: (a, b) => winner("lt", a, b),
  minimum: (a, b) => winner("gt", a, b),
};

/** b·a^(b−1), and 0 where b is 0, whatever a is. */
function powerOfBase(g: Tensor, a: TensorLike, b: TensorLike): Tensor {
  if (b === 0) return none(g);
  const slope = arithmetic("mul", arithmetic("pow", a, lessOne(b)), b).mul(g);
  return typeof b === "number" ? slope : where(compare("eq", b, 0), 0, slope);
}

function lessOne(exponent: TensorLike): TensorLike {
  return typeof exponent === "number" ? exponent - 1 : arithmetic("sub", exponent, 1);
}

type MapRule = (g: Tensor, saved: Tensor) => Tensor;

/** What each float map saves, its operand (x) or its result (y), and its slope. */
const FLOAT_MAPS: Record<FloatMap, { x: MapRule } | { y: MapRule }> = {
  exp: { y: (g, y) => g.mul(y) },
  log: { x: (g, x) => g.div(x) },
  sqrt: { y: (g, y) => g.div(y.mul(2)) },
  rsqrt: { y: (g, y) => g.mul(y.pow(3)).mul(-0.5) },
  reciprocal: { y: (g, y) => g.mul(y.square()).neg() },
  sin: { x: (g, x) => g.mul(x.cos()) },
  cos: { x: (g, x) => g.mul(x.sin()).neg() },
  tanh: { y: (g, y) => g.sub(g.mul(y.square())) },
  sigmoid: { y: (g, y) => g.mul(y.sub(y.square())) },
  erf: { x: (g, x) => g.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)) },
  // Φ(x) + x·φ(x)
  gelu: {
    x: (g, x) => {
      const phi = x
        .square()
        .mul(-0.5)
        .exp()
        .mul(1 / Math.sqrt(2 * Math.PI));
      return x.mul(Math.SQRT1_2).erf().add(1).mul(0.5).add(x.mul(phi)).mul(g);
    },
  },
};

export function floatMapFlows(operator: FloatMap, x: Tensor, out: Tensor): Flows {
  const rule = FLOAT_MAPS[operator];
  return ["y" in rule ? flow(x, rule.y, out) : flow(x, rule.x, x)];
}

/** As `FLOAT_MAPS`; null for steps, whose slope is 0 wherever they have one. */
const NUMBER_MAPS: Record<NumberMap, MapRule | null> = {
  neg: (g) => g.neg(),
  abs: (g, x) => g.mul(x.sign()),
  square: (g, x) => g.mul(x).mul(2),
  relu: (g, x) => where(x.le(0), 0, g),
  sign: null,
  floor: null,
  ceil: null,
  round: null,
};

export function numberMapFlows(operator: NumberMap, x: Tensor): Flows {
  const rule = NUMBER_MAPS[operator];
  if (rule === null) return [flow(x, none)];
  return [operator === "neg" ? flow(x, (g) => g.neg()) : flow(x, rule, x)];
}

/** Bounds themselves still pass the gradient on, as in torch. */
export function clampFlows(x: Tensor, low: number = -Infinity, high: number = Infinity): Flows {
  const inside = (g: Tensor, own: Tensor): Tensor =>
    where(own.ge(low).logicalAnd(own.le(high)), g, 0);
  return [flow(x, inside, x)];
}

export function chooseFlows(condition: TensorLike, a: TensorLike, b: TensorLike): Flows {
  return [
    flow(a, (g, when) => where(when, g, 0), condition),
    flow(b, (g, when) => where(when, 0, g), condition),
  ];
}

/** For casts and copies; the caller casts back. */
export function sameFlows(x: Tensor): Flows {
  return [flow(x, same)];
}
