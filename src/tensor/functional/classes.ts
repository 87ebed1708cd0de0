/** Whole numbers that stand for rows: embeddings, one-hot vectors, sums by index. */

import { scatterSum } from "../autograd/scatter.ts";
import { arange } from "../creation.ts";
import { checkIndex, indexSelect } from "../indexing.ts";
import { disagreement, formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** Row `index[…]` of `weight` [rows, width] for whole numbers of any shape: [..., width]. */
export function embedding(index: Tensor, weight: Tensor): Tensor {
  if (weight.ndim !== 2) {
    throw new RangeError(
      `embedding: weight must have shape [rows, width], got ${formatShape(weight.shape)}`,
    );
  }
  const rows = indexSelect(weight, 0, index.flatten(), "embedding");
  return rows.reshape([...index.shape, weight.shape[1] ?? 0]);
}

/**
 * 1 at the index and 0 elsewhere along a new last dim, as int32: [...] to [..., classes].
 * @throws RangeError when an index is not below `classes`; off the cpu the next read throws it
 */
export function oneHot(index: Tensor, classes: number): Tensor {
  const places = arange(0, classes, 1, { dtype: "int32" });
  return checkIndex("oneHot", index, classes).unsqueeze(-1).eq(places).to("int32");
}

/**
 * x plus, for dim 0, `src[i][j]` at `[index[i][j]][j]`, and so on; index and
 * src have as many dims as x, and src at least the sizes of index. What meets
 * is summed in the order of the indices.
 * @throws RangeError when an index is outside `dim`; off the cpu the next read throws it
 */
export function scatterAdd(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  const at = normalizeDim("scatterAdd", dim, x.ndim);
  const places = checkIndex("scatterAdd", index, x.shape[at] ?? 1);
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
  const wide = part.dtype === "bool" ? part.to("int32") : part;
  return x.add(scatterSum("gather", wide, x.shape, at, places));
}
