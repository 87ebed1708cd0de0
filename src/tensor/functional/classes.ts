/** Whole numbers that stand for rows: embeddings, one-hot vectors, sums by index. */

import { arange } from "../creation.ts";
import { isInteger } from "../dtype.ts";
import { where } from "../elementwise.ts";
import { disagreement, formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { pad } from "./pad.ts";

/** As int32, in which places are counted. */
function needIndices(operator: string, index: Tensor): Tensor {
  if (isInteger(index.dtype)) return index.to("int32");
  throw new TypeError(`${operator}: indices must be an int32 tensor, got ${index.dtype}`);
}

/** Row `index[…]` of `weight` [rows, width] for whole numbers of any shape: [..., width]. */
export function embedding(indices: Tensor, weight: Tensor): Tensor {
  const index = needIndices("embedding", indices);
  if (weight.ndim !== 2) {
    throw new RangeError(
      `embedding: weight must have shape [rows, width], got ${formatShape(weight.shape)}`,
    );
  }
  return weight.indexSelect(0, index.flatten()).reshape([...index.shape, weight.shape[1] ?? 0]);
}

/**
 * 1 at the index and 0 elsewhere along a new last dim, as int32: [...] to [..., classes].
 * @throws RangeError when an index is not below `classes`
 */
export function oneHot(indices: Tensor, classes: number): Tensor {
  const index = needIndices("oneHot", indices);
  const places = arange(0, classes, 1, { dtype: "int32" });
  if (index.numel > 0 && index.lt(0).logicalOr(index.ge(classes)).any().item() === true) {
    throw new RangeError(`oneHot: an index is outside the ${classes} classes`);
  }
  return index.unsqueeze(-1).eq(places).to("int32");
}

/**
 * x plus, for dim 0, `src[i][j]` at `[index[i][j]][j]`, and so on; index and
 * src have as many dims as x, and src at least the sizes of index. Compares
 * each index with each place along `dim`, so it costs their product.
 * @throws RangeError when an index is outside `dim`
 */
export function scatterAdd(x: Tensor, dim: number, indices: Tensor, src: Tensor): Tensor {
  const index = needIndices("scatterAdd", indices);
  const at = normalizeDim("scatterAdd", dim, x.ndim);
  if (x.ndim === 0 || index.ndim !== x.ndim || src.ndim !== x.ndim) {
    throw new RangeError(
      `scatterAdd: shapes ${formatShape(x.shape)}, ${formatShape(index.shape)} and ${formatShape(src.shape)} (tensor, index, src) must have the same number of dims, at least 1`,
    );
  }
  let part = src;
  index.shape.forEach((size, d) => {
    if (size > (src.shape[d] ?? 0)) throw disagreement("scatterAdd", index.shape, d, src.shape, d);
    if (d !== at && size > (x.shape[d] ?? 0)) {
      throw disagreement("scatterAdd", x.shape, d, index.shape, d);
    }
    part = part.narrow(d, 0, size);
  });
  if (index.numel === 0) return x;
  const size = x.shape[at] ?? 0;
  if (index.lt(0).logicalOr(index.ge(size)).any().item() === true) {
    throw new RangeError(`scatterAdd: an index is outside dim ${dim} of ${formatShape(x.shape)}`);
  }
  const places = arange(0, size, 1, { dtype: "int32" });
  const hit = index.transpose(at, -1).unsqueeze(-1).eq(places);
  const sums = where(hit, part.transpose(at, -1).unsqueeze(-1), 0).sum(-2).transpose(at, -1);
  const missing = x.shape.flatMap((whole, d) => [0, whole - (sums.shape[d] ?? 0)]);
  // pad() counts from the last dim.
  const widths = x.shape.flatMap((_, d) => missing.slice(2 * (x.ndim - 1 - d), 2 * (x.ndim - d)));
  return x.add(pad(sums, widths));
}
