/** Matrix products. */

import { track } from "./autograd/graph.ts";
import { matmulFlows } from "./autograd/matrices.ts";
import type { Operand } from "./device.ts";
import { cast } from "./elementwise.ts";
import { type DType, promote } from "./dtype.ts";
import { emptyTensor, needDType, needTensors } from "./run.ts";
import { broadcastPair, disagreement, expandStrides, formatShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";
import type { Promoted } from "./typing.ts";
import { reshape, unsqueeze } from "./views.ts";

/**
 * The matrix product of the last two dims; dims before them broadcast. A 1-D
 * operand is a row on the left and a column on the right, and that dim goes
 * away again: two 1-D operands give a scalar.
 * @throws RangeError naming both shapes and the dims that disagree
 */
export function matmul<A extends DType, B extends DType>(
  a: Tensor<A>,
  b: Tensor<B>,
): Tensor<Promoted<A | B>> {
  needTensors("matmul", [a, b]);
  if (a.ndim === 0 || b.ndim === 0) {
    throw new RangeError(
      `matmul: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)}: both operands need at least 1 dim`,
    );
  }
  const dimA = a.ndim - 1;
  const dimB = Math.max(b.ndim - 2, 0);
  if (a.shape[dimA] !== b.shape[dimB]) throw disagreement("matmul", a.shape, dimA, b.shape, dimB);
  const dtype = promote(a.dtype, b.dtype);
  if (dtype === "bool") throw new TypeError("matmul: needs tensors of numbers, got bool");
  if (dtype !== a.dtype && dtype !== b.dtype) needDType("matmul", a.storage.device, dtype);
  const left = cast(a.ndim === 1 ? unsqueeze(a, 0) : a, dtype);
  const right = cast(b.ndim === 1 ? unsqueeze(b, 1) : b, dtype);
  const batch = broadcastPair("matmul", left.shape.slice(0, -2), right.shape.slice(0, -2));
  const m = left.shape[left.ndim - 2] ?? 1;
  const n = right.shape[right.ndim - 1] ?? 1;
  const k = left.shape[left.ndim - 1] ?? 1;
  const output = emptyTensor(left.storage.device, dtype, [...batch, m, n]);
  if (output.numel > 0) {
    const operand = (x: Tensor, rows: number, columns: number): Operand => ({
      storage: x.storage,
      strides: expandStrides(x, [...batch, rows, columns]),
      offset: x.offset,
    });
    left.storage.device.run(
      { kind: "matmul", dtype, batch, m, n, k },
      [operand(left, m, k), operand(right, k, n)],
      { storage: output.storage, strides: output.strides, offset: 0 },
    );
  }
  const shape = [...batch, ...(a.ndim === 1 ? [] : [m]), ...(b.ndim === 1 ? [] : [n])];
  const out = shape.length === output.ndim ? output : reshape(output, shape);
  return track("matmul", [a, b], out, () => matmulFlows(a, b));
}
