/** The step of Adam, as few programs over its tensors as there are. */

import { rewriteWith } from "./autograd/inplace.ts";
import { cast } from "./elementwise.ts";
import { binaryExpr, type Expr, inputExpr, paramExpr, unaryExpr } from "./expr.ts";
import type { Tensor } from "./tensor.ts";

/** The numbers of one step of `Adam`. */
export interface MomentStep {
  readonly betas: readonly [number, number];
  readonly eps: number;
  /** What x is multiplied by first. */
  readonly shrink: number;
  /** The learning rate over what the first mean has seen of 1, and what the second has. */
  readonly rate: number;
  readonly bias: number;
}

/** Takes a gradient into both means, and moves x by them; all three are written in place. */
export function moveByMoments(
  x: Tensor,
  gradient: Tensor,
  { first, second }: { readonly first: Tensor; readonly second: Tensor },
  { betas: [slow, slower], eps, shrink, rate, bias }: MomentStep,
): void {
  const { dtype } = x;
  const [a, b, c] = [0, 1, 2].map((input) => inputExpr(input, dtype)) as [Expr, Expr, Expr];
  const [p, q, r, s] = [0, 1, 2, 3].map((param) => paramExpr(param, dtype)) as [
    Expr,
    Expr,
    Expr,
    Expr,
  ];
  const mix = (value: Expr): Expr =>
    binaryExpr("add", binaryExpr("mul", a, p), binaryExpr("mul", value, q));
  const g = cast(gradient, dtype);
  rewriteWith(first, mix(b), [g], [slow, 1 - slow]);
  rewriteWith(second, mix(binaryExpr("mul", b, b)), [g], [slower, 1 - slower]);
  // Both means start at 0; this takes that back.
  const root = unaryExpr("sqrt", binaryExpr("div", c, q));
  const step = binaryExpr("div", binaryExpr("mul", b, p), binaryExpr("add", root, r));
  const moved = binaryExpr("sub", binaryExpr("mul", a, s), step);
  rewriteWith(x, moved, [first, second], [rate, bias, eps, shrink]);
}
