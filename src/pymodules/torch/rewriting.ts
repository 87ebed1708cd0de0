/**
 * In-place operators of floats without gradients, as one program each: what optimizers and learners'
 * own updates are made of. Anything else goes the long way.
 */
import { None, type Value } from "../../python/objects/object.ts";
import { gradEnabled, nodeOf } from "../../tensor/autograd/graph.ts";
import { rewriteWith } from "../../tensor/autograd/inplace.ts";
import { binaryExpr, type BinaryOp, type Expr, inputExpr, paramExpr } from "../../tensor/expr.ts";
import { moveByMoments } from "../../tensor/moments.ts";
import type { Tensor } from "../../tensor/index.ts";
import { room } from "./failure.ts";
import { checkWritable } from "./register.ts";
import { isTrueNumber, numberOf, PyTensor, sameSizes, scalarOf, tensorOf } from "./tensor.ts";

const plain = (x: Tensor): boolean =>
  (x.dtype === "float32" || x.dtype === "float64") && !(gradEnabled() && nodeOf(x) !== undefined);

/** Whether an operand can be read beside `x`, element by element. */
const beside = (x: Tensor, value: Value | undefined): value is PyTensor =>
  value instanceof PyTensor &&
  value.t.dtype === x.dtype &&
  sameSizes(value.t.shape, x.shape) &&
  plain(value.t);

type Rest = readonly (Value | undefined)[];

/** Writes `x op scale·other`, or `x op number`. */
function withOne(operator: BinaryOp): (x: Tensor, rest: Rest) => boolean {
  return (x, [other, scale]) => {
    const { dtype } = x;
    const [own, second, param] = [inputExpr(0, dtype), inputExpr(1, dtype), paramExpr(0, dtype)];
    if (other !== undefined && scale === undefined && isTrueNumber(other)) {
      rewriteWith(x, binaryExpr(operator, own, param), [], [Number(scalarOf(other))]);
      return true;
    }
    if (!beside(x, other)) return false;
    if (scale === undefined) rewriteWith(x, binaryExpr(operator, own, second), [other.t], []);
    else {
      if (!isTrueNumber(scale) || typeof scale === "boolean") return false;
      const scaled = binaryExpr("mul", second, param);
      rewriteWith(x, binaryExpr(operator, own, scaled), [other.t], [Number(scalarOf(scale))]);
    }
    return true;
  };
}

/** Writes `x + value·(a op b)`. */
function withTwo(operator: BinaryOp): (x: Tensor, rest: Rest) => boolean {
  return (x, [first, second, value]) => {
    if (!beside(x, first) || !beside(x, second)) return false;
    if (value !== undefined && (!isTrueNumber(value) || typeof value === "boolean")) return false;
    const { dtype } = x;
    const [own, a, b] = [0, 1, 2].map((input) => inputExpr(input, dtype)) as [Expr, Expr, Expr];
    const scaled = binaryExpr("mul", binaryExpr(operator, a, b), paramExpr(0, dtype));
    const factor = value === undefined ? 1 : Number(scalarOf(value));
    rewriteWith(x, binaryExpr("add", own, scaled), [first.t, second.t], [factor]);
    return true;
  };
}

const QUICK: Readonly<Record<string, (x: Tensor, rest: Rest) => boolean>> = {
  add: withOne("add"),
  sub: withOne("sub"),
  mul: withOne("mul"),
  div: withOne("div"),
  addcmul: withTwo("mul"),
  addcdiv: withTwo("div"),
};

/** Does an in-place operator where the short way is open; says whether it did. */
export function rewrote(name: string, x: PyTensor, rest: Rest): boolean {
  const quick = QUICK[name];
  if (quick === undefined || !plain(x.t)) return false;
  if (name === "div" && rest[1] !== undefined) return false;
  checkWritable(x.t);
  return quick(x.t, rest);
}

/** A step of Adam in three programs; the layer's own optimizer takes the same. */
export function adamStep(
  param: Value,
  gradient: Value,
  first: Value,
  second: Value,
  ...numbers: Value[]
): Value {
  const what = "_adam_step";
  const [x, g, m, v] = [param, gradient, first, second].map((one, i) =>
    tensorOf(what, "param", i + 1, one),
  ) as [Tensor, Tensor, Tensor, Tensor];
  const [slow, slower, eps, shrink, rate, bias] = numbers.map((one) =>
    numberOf(what, "number", one),
  ) as [number, number, number, number, number, number];
  room(x.numel, 0);
  moveByMoments(x, g, { first: m, second: v }, { betas: [slow, slower], eps, shrink, rate, bias });
  return None;
}
