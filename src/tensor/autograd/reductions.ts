/** Gradients of reductions: written with differentiable operators. `g` is the gradient of the result. */

import { cat } from "../indexing.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { grad } from "./engine.ts";
import { type Flow, flow, gradEnabled, withGrad } from "./graph.ts";
import { zerosBeside } from "./region.ts";

type Flows = readonly (Flow | undefined)[];

/** The shape with reduced dims at size 1. */
function keptShape(shape: Shape, dims: readonly number[]): number[] {
  return shape.map((size, dim) => (dims.includes(dim) ? 1 : size));
}

export function sumFlows(x: Tensor, dims: readonly number[]): Flows {
  const { shape } = x;
  const kept = keptShape(shape, dims);
  return [flow(x, (g) => g.reshape(kept).expand(shape))];
}

/** Each largest element's share of the gradient; ties share evenly. */
export function extremeFlows(x: Tensor, dims: readonly number[], out: Tensor): Flows {
  const kept = keptShape(x.shape, dims);
  const share = (g: Tensor, own: Tensor, best: Tensor): Tensor => {
    const hit = own.eq(best.reshape(kept)).to(g.dtype);
    const ties = dims.length === 0 ? hit : hit.sum(dims, { keepdim: true });
    return hit.mul(g.reshape(kept)).div(ties);
  };
  return [flow(x, share, x, out)];
}

/** 2(x − mean) / (n − correction). */
export function varianceFlows(x: Tensor, dims: readonly number[], count: number): Flows {
  return [flow(x, (g, own) => slope(g, own, dims, count).mul(2), x)];
}

/** As the variance's, over 2·std; 0 where all elements are the same. */
export function deviationFlows(
  x: Tensor,
  dims: readonly number[],
  count: number,
  out: Tensor,
): Flows {
  const rule = (g: Tensor, own: Tensor, std: Tensor): Tensor =>
    slope(g.div(std).maskedFill(std.eq(0), 0), own, dims, count);
  return [flow(x, rule, x, out)];
}

function slope(g: Tensor, x: Tensor, dims: readonly number[], count: number): Tensor {
  const centred = dims.length === 0 ? x.sub(x) : x.sub(x.mean(dims, { keepdim: true }));
  return centred.mul(g.reshape(keptShape(x.shape, dims))).div(count);
}

export function logsumexpFlows(x: Tensor, dims: readonly number[], out: Tensor): Flows {
  const kept = keptShape(x.shape, dims);
  const rule = (g: Tensor, own: Tensor, total: Tensor): Tensor =>
    own.sub(total.reshape(kept)).exp().mul(g.reshape(kept));
  return [flow(x, rule, x, out)];
}

export function softmaxFlows(x: Tensor, dim: number, out: Tensor): Flows {
  const rule = (g: Tensor, y: Tensor): Tensor => {
    const weighed = g.mul(y);
    return weighed.sub(y.mul(weighed.sum(dim, { keepdim: true })));
  };
  return [flow(x, rule, out)];
}

export function logSoftmaxFlows(x: Tensor, dim: number, out: Tensor): Flows {
  const rule = (g: Tensor, y: Tensor): Tensor => g.sub(y.exp().mul(g.sum(dim, { keepdim: true })));
  return [flow(x, rule, out)];
}

/**
 * The product as a tree of products of two, whose gradient divides by nothing
 * and so is right beside zeros, to every order.
 */
export function prodFlows(x: Tensor, dims: readonly number[]): Flows {
  const rest = [...x.shape.keys()].filter((dim) => !dims.includes(dim));
  const kept = rest.map((dim) => x.shape[dim] ?? 1);
  const rule = (g: Tensor, own: Tensor): Tensor => {
    const further = gradEnabled();
    const leaf = further ? own : own.detach().requiresGrad_();
    const result = withGrad("prod", true, () => {
      const rows = leaf.permute(...rest, ...dims).flatten(rest.length, -1);
      return pairwise(rows).reshape(kept);
    });
    const [gradient] = grad(result, leaf, { gradOutputs: g.reshape(kept), createGraph: further });
    return gradient as Tensor;
  };
  const { shape } = x;
  return [x.numel === 0 ? flow(x, (g) => zerosBeside(g, shape)) : flow(x, rule, x)];
}

/** The product along the last dim, which stays with size 1. */
function pairwise(x: Tensor): Tensor {
  let level = x;
  for (let n = level.shape.at(-1) ?? 1; n > 1; n = level.shape.at(-1) ?? 1) {
    const half = n >> 1;
    const product = level.narrow(-1, 0, half).mul(level.narrow(-1, half, half));
    level = n % 2 === 0 ? product : cat([product, level.narrow(-1, n - 1, 1)], -1);
  }
  return level;
}
