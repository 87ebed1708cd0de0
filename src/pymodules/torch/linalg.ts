/** `torch.linalg`: products, solutions and norms; the rest is loaded when it is asked for. */
import { fault } from "../../python/fault.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { runtime } from "../../python/objects/state.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { getAttribute, throwAttributeError } from "../../python/operations/attributes.ts";
import { call } from "../../python/operations/call.ts";
import { isFloat } from "../../tensor/dtype.ts";
import * as layer from "../../tensor/functional/index.ts";
import { QR } from "./decompositions.ts";
import { dimIn } from "./dims.ts";
import { C_NAMES, dtypeArgument } from "./dtype.ts";
import { MATRICES, cholesky, matrix } from "./matrices.ts";
import { orderOf } from "./reductions.ts";
import { plainFunctions } from "./register.ts";
import { PyTensor, dimsOf, given, intOf, tensorOf, wrap } from "./tensor.ts";

/** `torch.linalg`. */
export function fillLinalg(module: PyModule): void {
  const vectorNorm = (
    x: Value,
    ord?: Value,
    dim?: Value,
    keepdim?: Value,
    dtype?: Value,
  ): Value => {
    const t = tensorOf("linalg_vector_norm", "x", 1, x);
    const wide = dtypeArgument("linalg_vector_norm", dtype);
    if (!isFloat(wide ?? t.dtype)) {
      fault(
        "RuntimeError",
        `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${C_NAMES[t.dtype]}`,
      );
    }
    const dims = dimsOf("linalg_vector_norm", dim)?.map((one) => dimIn(one, t.ndim));
    return wrap(
      layer.norm(wide === undefined ? t : t.to(wide), {
        p: orderOf("linalg_vector_norm", ord),
        ...(dims === undefined ? {} : { dim: dims }),
        keepdim: keepdim === true,
      }),
      "LinalgVectorNorm",
    );
  };
  const norm = (x: Value, ord?: Value, dim?: Value, keepdim?: Value): Value => {
    const t = tensorOf("linalg_norm", "A", 1, x);
    const dims = dimsOf("linalg_norm", dim)?.map((one) => dimIn(one, t.ndim));
    const order = given(ord);
    if (order !== undefined && order !== "fro" && (dims?.length ?? t.ndim) === 2) {
      const pair = new PyTuple(dims ?? [-2, -1]);
      const whole = getAttribute(runtime().load("torch._linalg"), "matrix_norm");
      return call(whole, [x, order, pair, keepdim === true]);
    }
    return wrap(
      layer.norm(t, {
        p: orderOf("linalg_norm", ord),
        ...(dims === undefined ? {} : { dim: dims }),
        keepdim: keepdim === true,
      }),
      "LinalgVectorNorm",
    );
  };
  const missing = (name: Value): Value => {
    const more = runtime().load("torch._linalg");
    const found = String(name).startsWith("_") ? undefined : more.get(String(name));
    if (found !== undefined) return found;
    throwAttributeError(
      module,
      String(name),
      `module 'torch.linalg' has no attribute '${String(name)}'`,
    );
  };
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", missing)));
  plainFunctions(module, {
    ...QR,
    norm: ["A, ord=None, dim=None, keepdim=False", norm],
    vector_norm: ["x, ord=2, dim=None, keepdim=False, *, dtype=None", vectorNorm],
    inv: ["A", (x: Value) => (MATRICES["inverse"]![1] as (x: Value) => Value)(x)],
    det: ["A", (x: Value) => (MATRICES["det"]![1] as (x: Value) => Value)(x)],
    cholesky: [
      "A, *, upper=False",
      (x: Value, upper?: Value) => {
        const [, run] = matrix("linalg.cholesky", "LinalgCholeskyExBackward0", cholesky);
        const root = (run as (x: Value) => PyTensor)(x);
        return upper === true ? wrap(root.t.transpose(-1, -2), "Transpose0") : root;
      },
    ],
    solve: [
      "A, B",
      (a: Value, b: Value) =>
        wrap(
          layer.solve(tensorOf("solve", "A", 1, a), tensorOf("solve", "B", 2, b)),
          "LinalgSolve",
        ),
    ],
    matrix_power: [
      "A, n",
      (x: Value, n: Value) =>
        wrap(
          layer.matrixPower(tensorOf("matrix_power", "A", 1, x), intOf("matrix_power", "n", n)),
          "MatrixPower",
        ),
    ],
  });
}
