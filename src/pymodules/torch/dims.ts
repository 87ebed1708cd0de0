/** Dims counted from the front, and the arguments of what folds them. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTensor, dimsOf, given } from "./tensor.ts";

/** A dim counted from the front. @throws IndexError as torch words it */
export function dimIn(dim: number, ndim: number): number {
  const bound = Math.max(ndim, 1);
  if (dim < -bound || dim >= bound) {
    fault(
      "IndexError",
      `Dimension out of range (expected to be in range of [${-bound}, ${bound - 1}], but got ${dim})`,
    );
  }
  return dim < 0 ? dim + bound : dim;
}

/** Several dims, each once; undefined for all. */
export function dimsIn(what: string, dim: Value | undefined, ndim: number): number[] | undefined {
  const dims = dimsOf(what, dim)?.map((one) => dimIn(one, ndim));
  if (dims === undefined || dims.length === 0) return undefined;
  const twice = dims.find((one, i) => dims.indexOf(one) !== i);
  if (twice !== undefined) {
    fault("RuntimeError", `dim ${twice} appears multiple times in the list of dims`);
  }
  return dims;
}

/** The arguments of a fold. */
export function foldOf(
  what: string,
  x: PyTensor,
  dim?: Value,
  keepdim?: Value,
  axis?: Value,
  keepdims?: Value,
): { dims: number[] | undefined; options: { keepdim: boolean } } {
  return {
    dims: dimsIn(what, given(dim) ?? axis, x.t.ndim),
    options: { keepdim: keepdim === true || keepdims === true },
  };
}
