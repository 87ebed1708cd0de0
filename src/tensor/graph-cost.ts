/** What an expression costs, and how large it is. */

import { type Expr, operands } from "./expr.ts";

/** How often expressions read an input; 0 when a lookup goes through it, which needs it in memory. */
export function usesOf(exprs: readonly Expr[], input: number): number {
  let uses = 0;
  let found = false;
  const visit = (one: Expr): void => {
    if (one.op === "input" && one.input === input) uses++;
    if (one.op === "lookup" && one.input === input) found = true;
    for (const part of operands(one)) visit(part);
  };
  exprs.forEach(visit);
  return found ? 0 : uses;
}

export function sizeOf(expr: Expr): number {
  let size = 1;
  for (const part of operands(expr)) size += sizeOf(part);
  return size;
}

/** What an element costs, in additions, roughly and on every device. */
export function costOf(expr: Expr): number {
  let cost = WEIGHTS[expr.op] ?? 1;
  for (const part of operands(expr)) cost += costOf(part);
  return cost;
}

const WEIGHTS: Partial<Record<Expr["op"], number>> = {
  input: 0,
  param: 0,
  const: 0,
  index: 0,
  cast: 0,
  div: 2,
  sqrt: 2,
  exp: 8,
  log: 8,
  sin: 8,
  cos: 8,
  tanh: 8,
  erf: 8,
  pow: 8,
};
