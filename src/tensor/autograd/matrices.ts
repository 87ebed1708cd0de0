/** Gradients of matrix products and of operators that pick and place. */

import type { Tensor } from "../tensor.ts";
import { type Flow, flow } from "./graph.ts";
import { scatterSum } from "./scatter.ts";

type Flows = readonly (Flow | undefined)[];

/**
 * `g·bᵀ` and `aᵀ·g`, with 1-D operands as the matrices that they stand for. A
 * matrix that a batch shares gets one product over all rows of the batch,
 * rather than a batch of products that are summed. Each is laid out in memory
 * as its operand is, so that what the operand was transposed from gets a
 * gradient that lies in order.
 */
export function matmulFlows(a: Tensor, b: Tensor): Flows {
  const row = a.ndim === 1;
  const column = b.ndim === 1;
  const shared = b.ndim <= 2 && a.ndim > 2;
  const wide = (g: Tensor): Tensor => {
    const rows = column ? g.unsqueeze(-1) : g;
    return row ? rows.unsqueeze(-2) : rows;
  };
  const [turnsA, turnsB] = [isTurned(a), isTurned(b)];
  const toA = (g: Tensor, right: Tensor): Tensor => {
    const columns = (column ? right.unsqueeze(1) : right).transpose(-2, -1);
    return product(wide(g), columns, turnsA);
  };
  const toB = (g: Tensor, left: Tensor): Tensor => {
    const rows = row ? left.unsqueeze(0) : left;
    const full = wide(g);
    const result = shared
      ? product(rows.flatten(0, -2).T, full.flatten(0, -2), turnsB)
      : product(rows.transpose(-2, -1), full, turnsB);
    return column ? result.squeeze(-1) : result;
  };
  return [flow(a, toA, b), flow(b, toB, a)];
}

/** Whether the columns of a matrix are what lies in order. */
function isTurned({ ndim, strides }: Tensor): boolean {
  return ndim >= 2 && (strides[ndim - 1] ?? 1) > (strides[ndim - 2] ?? 1);
}

/** `a·b`, or the same as the transpose of `bᵀ·aᵀ`. */
function product(a: Tensor, b: Tensor, turned: boolean): Tensor {
  if (!turned) return a.matmul(b);
  return b.transpose(-2, -1).matmul(a.transpose(-2, -1)).transpose(-2, -1);
}

export function triangleFlows(operator: "tril" | "triu", x: Tensor, k: number): Flows {
  return [flow(x, (g) => g[operator](k))];
}

export function catFlows(tensors: readonly Tensor[], dim: number): Flows {
  let next = 0;
  return tensors.map((one) => {
    const start = next;
    const length = one.shape[dim] ?? 0;
    next += length;
    return flow(one, (g) => g.narrow(dim, start, length));
  });
}

export function indexSelectFlows(x: Tensor, dim: number, index: Tensor): Flows {
  const { shape } = x;
  const rule = (g: Tensor, at: Tensor): Tensor => scatterSum("indexSelect", g, shape, dim, at);
  return [flow(x, rule, index)];
}

export function gatherFlows(x: Tensor, dim: number, index: Tensor): Flows {
  const { shape } = x;
  const rule = (g: Tensor, at: Tensor): Tensor => scatterSum("gather", g, shape, dim, at);
  return [flow(x, rule, index)];
}
