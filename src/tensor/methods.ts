/**
 * Methods that are functions of the library: `x.cumsum(1)` is `cumsum(x, 1)`.
 * One list gives them their types and puts them on the class.
 */

import { replace } from "./autograd/inplace.ts";
import type { DType } from "./dtype.ts";
import * as functions from "./functional/index.ts";
import { Tensor } from "./tensor.ts";

// prettier-ignore
const NAMES = [
  // Each element by itself
  "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cosh", "exp2", "expm1",
  "floorDivide", "fmod", "frac", "isclose", "isfinite", "isinf", "lerp", "log10", "log1p", "log2",
  "logaddexp", "logicalXor", "nanToNum", "remainder", "silu", "sinh", "softplus", "tan", "trunc",
  "xlogy",
  // Along dims
  "argsort", "countNonzero", "cummax", "cummin", "cumprod", "cumsum", "diff", "logcumsumexp",
  "nanmean", "nansum", "norm", "quantile", "sort", "topk",
  // Moved, repeated and split
  "chunk", "diag", "diagEmbed", "diagonal", "movedim", "repeatInterleave", "roll", "split", "tile",
  "trace", "unbind",
  // By index and mask
  "bincount", "index", "indexAdd", "indexCopy", "indexFill", "indexPut", "maskedSelect", "nonzero",
  "scatter", "scatterAdd", "take", "takeAlongDim", "unique",
  // Matrices and whole tensors
  "addmm", "allclose", "baddbmm", "bmm", "cholesky", "det", "dot", "equal", "inverse", "kron",
  "matrixPower", "outer",
] as const;

/** Those that are also methods with an underscore, which write to the tensor and return it. */
const IN_PLACE = [
  "indexAdd",
  "indexCopy",
  "indexFill",
  "indexPut",
  "lerp",
  "nanToNum",
  "scatter",
  "scatterAdd",
] as const;

type Name = (typeof NAMES)[number];
type Method<F> = F extends (x: Tensor, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Result
  : never;
type Methods = { [K in Name]: Method<(typeof functions)[K]> } & {
  [K in (typeof IN_PLACE)[number] as `${K}_`]: Method<(typeof functions)[K]>;
};

declare module "./tensor.ts" {
  // The class has them all: they are put on its prototype below.
  // oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-unsafe-declaration-merging
  interface Tensor<D extends DType = DType> extends Methods {}
}

const library: Record<string, unknown> = { ...functions };
for (const name of IN_PLACE) {
  const operator = library[name] as (x: Tensor, ...rest: unknown[]) => Tensor;
  Object.defineProperty(Tensor.prototype, `${name}_`, {
    value(this: Tensor, ...rest: unknown[]): Tensor {
      return replace(`${name}_`, this, (x) => operator(x, ...rest));
    },
  });
}
for (const name of NAMES) {
  const operator = library[name] as (x: Tensor, ...rest: unknown[]) => unknown;
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: unknown[]): unknown {
      return operator(this, ...rest);
    },
  });
}
