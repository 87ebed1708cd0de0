/** Gradients of matrix products and of operators that pick and place. */

import type { Tensor } from "../tensor.ts";
import { type Flow, flow } from "./graph.ts";
import { scatterSum } from "./scatter.ts";

type Flows = readonly (Flow | undefined)[];

/**
 * `g·bᵀ` and `aᵀ·g`, with 1-D operands as the matrices that they stand for. A
 * matrix that a batch shares gets one product over all rows of the batch,
 * rather than a batch of products that are summed.
 */
export function matmulFlows(a: Tensor, b: Tensor): Flows {
  const row = a.ndim === 1;
  const column = b.ndim === 1;
  const shared = b.ndim <= 2 && a.ndim > 2;
  const wide = (g: Tensor): Tensor => {
    const rows = column ? g.unsqueeze(-1) : g;
    return row ? rows.unsqueeze(-2) : rows;
  };
  const toA = (g: Tensor, right: Tensor): Tensor =>
    wide(g).matmul((column ? right.unsqueeze(1) : right).transpose(-2, -1));
  const toB = (g: Tensor, left: Tensor): Tensor => {
    const rows = row ? left.unsqueeze(0) : left;
    const full = wide(g);
    const result = shared
      ? rows.flatten(0, -2).T.matmul(full.flatten(0, -2))
      : rows.transpose(-2, -1).matmul(full);
    return column ? result.squeeze(-1) : result;
  };
  return [flow(a, toA, b), flow(b, toB, a)];
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
