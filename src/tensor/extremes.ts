/** The largest or smallest along a dim together with its place, as torch's `max(dim)`. */

import type { DType } from "./dtype.ts";
import { gather } from "./indexing.ts";
import { argExtreme, type DimOptions } from "./reductions.ts";
import { normalizeDim } from "./shape.ts";
import type { Tensor } from "./tensor.ts";
import { squeeze } from "./views.ts";

/** Elements of a dim, and where each of them is along it, as int32. */
export interface Picked<D extends DType = DType> {
  values: Tensor<D>;
  indices: Tensor<"int32">;
}

/** The extreme of each line along `dim`, and the first place it is at; NaN wins. */
export function extremeAlong<D extends DType>(
  operator: "max" | "min",
  x: Tensor<D>,
  dim: number,
  { keepdim = false }: DimOptions = {},
): Picked<D> {
  const at = normalizeDim(operator, dim, x.ndim);
  const place = argExtreme(operator === "max" ? "argmax" : "argmin", x, at, { keepdim: true });
  const shaped = <E extends DType>(one: Tensor<E>): Tensor<E> =>
    keepdim || x.ndim === 0 ? one : squeeze(one, at);
  return { values: shaped(gather(x, at, place)), indices: shaped(place) };
}
