/** Products of matrices and what is made of them. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { runtime } from "../../python/objects/state.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { call } from "../../python/operations/call.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { isFloat } from "../../tensor/dtype.ts";
import * as layer from "../../tensor/functional/index.ts";
import type { Tensor } from "../../tensor/index.ts";
import { matmul as layerMatmul } from "../../tensor/products.ts";
import { product } from "../../tensor/shape.ts";
import { ADD, MUL, apply, broadcast } from "./arithmetic.ts";
import { dimIn } from "./dims.ts";
import { C_NAMES } from "./dtype.ts";
import { einsum } from "./einsum.ts";
import { anew } from "./moving.ts";
import { room, work } from "./failure.ts";
import type { Entry, Table } from "./register.ts";
import { PyTensor, dimsOf, intOf, numberOf, tensorOf, tensorsOf, wrap } from "./tensor.ts";

function sameDtype(a: Tensor, b: Tensor, what: string): void {
  if (a.dtype === b.dtype) return;
  if (what === "dot") {
    fault(
      "RuntimeError",
      `dot : expected both vectors to have same dtype, but found ${C_NAMES[a.dtype]} and ${C_NAMES[b.dtype]}`,
    );
  }
  fault("RuntimeError", `expected scalar type ${C_NAMES[a.dtype]} but found ${C_NAMES[b.dtype]}`);
}

/** The matrix product, after the checks that torch makes. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.ndim === 0 || b.ndim === 0) {
    fault(
      "RuntimeError",
      `both arguments to matmul need to be at least 1D, but they are ${a.ndim}D and ${b.ndim}D`,
    );
  }
  const inner = a.shape[a.ndim - 1]!;
  const other = b.shape[Math.max(b.ndim - 2, 0)]!;
  if (a.ndim === 1 && b.ndim === 1) sameDtype(a, b, "dot");
  if (inner !== other) wrongShapes(a, b);
  sameDtype(a, b, "mm");
  const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const rows = a.ndim === 1 ? 1 : a.shape[a.ndim - 2]!;
  const columns = b.ndim === 1 ? 1 : b.shape[b.ndim - 1]!;
  room(product(batch) * rows * columns);
  work(product(batch) * rows * columns * inner);
  if (a.dtype === "bool") {
    const kernel =
      a.ndim === 1 && b.ndim === 1
        ? "dot"
        : b.ndim === 1
          ? "addmv_impl_cpu"
          : a.ndim > 2
            ? "bmm"
            : "addmm_impl_cpu_";
    fault("RuntimeError", `"${kernel}" not implemented for 'Bool'`);
  }
  return layerMatmul(a, b);
}

function wrongShapes(a: Tensor, b: Tensor): never {
  const show = (x: Tensor): string => x.shape.join("x");
  if (a.ndim === 1 && b.ndim === 1) {
    fault(
      "RuntimeError",
      `inconsistent tensor size, expected tensor [${a.shape[0]}] and src [${b.shape[0]}] to have the same number of elements, but got ${a.shape[0]} and ${b.shape[0]} elements respectively`,
    );
  }
  if (b.ndim === 1) {
    const rows = product(a.shape.slice(0, -1));
    fault("RuntimeError", `size mismatch, got ${rows}, ${rows}x${a.shape.at(-1)},${b.shape[0]}`);
  }
  if (a.ndim > 2 && b.ndim > 2) {
    const batch = product(broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)));
    fault(
      "RuntimeError",
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${a.shape.at(-1)}] but got: [${batch}, ${b.shape.at(-2)}].`,
    );
  }
  const left =
    a.ndim === 1
      ? `1x${a.shape[0]}`
      : a.ndim === 2
        ? show(a)
        : `${product(a.shape.slice(0, -1))}x${a.shape.at(-1)}`;
  const right =
    b.ndim === 1
      ? `${b.shape[0]}x1`
      : b.ndim === 2
        ? show(b)
        : `${b.shape.at(-2)}x${b.shape.at(-1)}`;
  fault("RuntimeError", `mat1 and mat2 shapes cannot be multiplied (${left} and ${right})`);
}

/** The step's name depends on how many dims there are. */
function matmulMade(a: Tensor, b: Tensor): string {
  if (a.ndim === 1 && b.ndim === 1) return "Dot";
  if (a.ndim === 2 && b.ndim === 1) return "Mv";
  if (a.ndim === 2 && b.ndim === 2) return "Mm";
  if (a.ndim === 1 && b.ndim === 2) return "Squeeze3";
  return "UnsafeView";
}

function mm(x: PyTensor, other: Value): PyTensor {
  const b = tensorOf("mm", "mat2", 2, other);
  if (x.t.ndim !== 2) fault("RuntimeError", "self must be a matrix");
  if (b.ndim !== 2) fault("RuntimeError", "mat2 must be a matrix");
  return wrap(matmul(x.t, b), "Mm");
}

function bmm(x: PyTensor, other: Value): PyTensor {
  const b = tensorOf("bmm", "mat2", 2, other);
  if (x.t.ndim !== 3) fault("RuntimeError", "batch1 must be a 3D tensor");
  if (b.ndim !== 3) fault("RuntimeError", "batch2 must be a 3D tensor");
  const [n, , k] = x.t.shape;
  if (b.shape[0] !== n || b.shape[1] !== k) {
    fault(
      "RuntimeError",
      `Expected size for first two dimensions of batch2 tensor to be: [${n}, ${k}] but got: [${b.shape[0]}, ${b.shape[1]}].`,
    );
  }
  return wrap(matmul(x.t, b), "Bmm");
}

function plus(
  x: Value,
  added: PyTensor,
  beta: Value | undefined,
  alpha: Value | undefined,
  made: string,
): PyTensor {
  const scaled = alpha === undefined ? added : apply(MUL, added, alpha);
  const base = beta === undefined ? x : apply(MUL, x, beta);
  return wrap(apply(ADD, base, scaled).t, made);
}

export const matrix = (
  what: string,
  made: string,
  run: (x: Tensor, what: string) => Tensor,
): Entry => [
  "",
  (x: PyTensor) => {
    const { t } = x;
    if (t.ndim < 2 || t.shape.at(-1) !== t.shape.at(-2)) {
      fault(
        "RuntimeError",
        t.ndim < 2
          ? `${what}: The input tensor A must have at least 2 dimensions.`
          : `${what}: A must be batches of square matrices, but they are ${t.shape.at(-2)} by ${t.shape.at(-1)} matrices`,
      );
    }
    work(t.numel * t.shape.at(-1)!);
    return wrap(run(t, what), made);
  },
];

export function cholesky(x: Tensor, what: string): Tensor {
  const root = layer.cholesky(x);
  const bad = root.detach().isnan();
  if (bad.any().item() === true) notDefinite(what, bad);
  return root;
}

/** @throws LinAlgError that names the first row that has no root */
function notDefinite(what: string, bad: Tensor): never {
  const order = bad.any(-1).to("int32").argmax(-1).flatten();
  const minor = Math.max(...Array.from(order.toTypedArray() as ArrayLike<number>, Number)) + 1;
  const type = getAttribute(runtime().load("torch._linalg"), "LinAlgError");
  throw call(type, [
    `${what}: The factorization could not be completed because the input is not positive-definite (the leading minor of order ${minor} is not positive-definite).`,
  ]);
}

export const MATRICES: Table = {
  matmul: [
    "other",
    (x: PyTensor, other: Value) => {
      const b = tensorOf("matmul", "other", 2, other);
      return wrap(matmul(x.t, b), matmulMade(x.t, b));
    },
  ],
  mm: ["mat2", mm],
  bmm: ["mat2", bmm],
  mv: [
    "vec",
    (x: PyTensor, other: Value) => {
      const b = tensorOf("mv", "vec", 2, other);
      if (x.t.ndim !== 2 || b.ndim !== 1)
        fault("RuntimeError", `vector + matrix @ vector expected, got 1, ${x.t.ndim}, ${b.ndim}`);
      return wrap(matmul(x.t, b), "Mv");
    },
  ],
  dot: [
    "other",
    (x: PyTensor, other: Value) => {
      const b = tensorOf("dot", "tensor", 2, other);
      if (x.t.ndim !== 1 || b.ndim !== 1) {
        fault("RuntimeError", `1D tensors expected, but got ${x.t.ndim}D and ${b.ndim}D tensors`);
      }
      return wrap(matmul(x.t, b), "Dot");
    },
  ],
  outer: [
    "vec2",
    (x: PyTensor, other: Value) => {
      const b = tensorOf("outer", "vec2", 2, other);
      if (x.t.ndim !== 1)
        fault("RuntimeError", "outer: Expected 1-D argument self, but got " + x.t.ndim + "-D");
      if (b.ndim !== 1)
        fault("RuntimeError", "outer: Expected 1-D argument vec2, but got " + b.ndim + "-D");
      return apply({ ...MUL, name: "outer" }, wrap(x.t.unsqueeze(1)), other, "Mul");
    },
  ],
  addmm: [
    "mat1, mat2, *, beta=1, alpha=1",
    (x: PyTensor, a: Value, b: Value, beta?: Value, alpha?: Value) =>
      plus(x, mm(wrap(tensorOf("addmm", "mat1", 2, a)), b), beta, alpha, "Addmm"),
  ],
  baddbmm: [
    "batch1, batch2, *, beta=1, alpha=1",
    (x: PyTensor, a: Value, b: Value, beta?: Value, alpha?: Value) =>
      plus(x, bmm(wrap(tensorOf("baddbmm", "batch1", 2, a)), b), beta, alpha, "Baddbmm"),
  ],
  addmv: [
    "mat, vec, *, beta=1, alpha=1",
    (x: PyTensor, a: Value, b: Value, beta?: Value, alpha?: Value) =>
      plus(
        x,
        wrap(matmul(tensorOf("addmv", "mat", 2, a), tensorOf("addmv", "vec", 3, b))),
        beta,
        alpha,
        "Addmv",
      ),
  ],
  kron: [
    "other",
    (x: PyTensor, other: Value) => {
      const b = tensorOf("kron", "other", 2, other);
      room(x.t.numel * b.numel);
      return wrap(layer.kron(x.t, b), "UnsafeView");
    },
  ],
  trace: [
    "",
    (x: PyTensor) => {
      if (x.t.ndim !== 2)
        fault("RuntimeError", "trace: expected a matrix, but got tensor with dim " + x.t.ndim);
      return wrap(layer.trace(isFloat(x.t.dtype) ? x.t : x.t.to("int64")), "Trace");
    },
  ],
  det: matrix("linalg.det", "LinalgDetBackward0", layer.det),
  inverse: matrix("linalg.inv", "LinalgInvExBackward0", layer.inverse),
  cholesky: matrix("cholesky", "LinalgCholeskyExBackward0", cholesky),
  matrix_power: [
    "n",
    (x: PyTensor, n: Value) =>
      wrap(anew(layer.matrixPower(x.t, intOf("matrix_power", "n", n)), x.t), "MatrixPower"),
  ],
  corrcoef: ["", (x: PyTensor) => wrap(layer.corrcoef(x.t), "Clamp")],
  cov: [
    "*, correction=1",
    (x: PyTensor, correction?: Value) =>
      wrap(
        layer.cov(
          x.t,
          correction === undefined ? {} : { correction: numberOf("cov", "correction", correction) },
        ),
        "Squeeze0",
      ),
  ],
};

/** Checks and charges the distances of all rows of one to all rows of the other. */
function distanced(a: Tensor, b: Tensor): [Tensor, Tensor] {
  if (a.shape.at(-1) !== b.shape.at(-1)) {
    fault(
      "RuntimeError",
      `X1 and X2 must have the same number of columns. X1: ${a.shape.at(-1)} X2: ${b.shape.at(-1)}`,
    );
  }
  room(a.numel * (b.shape.at(-2) ?? 1));
  return [a, b];
}

/** Functions of several tensors. */
export const PRODUCTS: Readonly<Record<string, readonly [string, (...args: never[]) => Value]>> = {
  einsum: ["equation, *operands", einsum],
  cdist: [
    "x1, x2, p=2.0",
    (a: Value, b: Value, p?: Value) =>
      wrap(
        layer.cdist(
          ...distanced(tensorOf("cdist", "x1", 1, a), tensorOf("cdist", "x2", 2, b)),
          p === undefined ? {} : { p: numberOf("cdist", "p", p) },
        ),
        "Cdist",
      ),
  ],
  tensordot: [
    "a, b, dims=2",
    (a: Value, b: Value, dims?: Value) => {
      const [x, y] = [tensorOf("tensordot", "a", 1, a), tensorOf("tensordot", "b", 2, b)];
      let left: number[];
      let right: number[];
      if (dims === undefined || typeof dims === "number") {
        const count = dims ?? 2;
        left = Array.from({ length: count }, (_, i) => x.ndim - count + i);
        right = Array.from({ length: count }, (_, i) => i);
      } else {
        const [first, second] = toArray(dims);
        left = dimsOf("tensordot", first!)!.map((dim) => dimIn(dim, x.ndim));
        right = dimsOf("tensordot", second!)!.map((dim) => dimIn(dim, y.ndim));
      }
      const keepX = [...x.shape.keys()].filter((dim) => !left.includes(dim));
      const keepY = [...y.shape.keys()].filter((dim) => !right.includes(dim));
      const inner = product(left.map((dim) => x.shape[dim]!));
      const m = x
        .permute([...keepX, ...left])
        .reshape([product(keepX.map((dim) => x.shape[dim]!)), inner]);
      const n = y
        .permute([...right, ...keepY])
        .reshape([inner, product(keepY.map((dim) => y.shape[dim]!))]);
      return wrap(
        matmul(m, n).reshape([
          ...keepX.map((dim) => x.shape[dim]!),
          ...keepY.map((dim) => y.shape[dim]!),
        ]),
        "View",
      );
    },
  ],
  meshgrid: [
    "*tensors, indexing='ij'",
    (tensors: Value[], indexing?: Value) => {
      const list =
        tensors.length === 1 && !(tensors[0] instanceof PyTensor)
          ? tensorsOf("meshgrid", "tensors", tensors[0]!)
          : tensors.map((one, i) => tensorOf("meshgrid", "tensors", i + 1, one));
      return new PyTuple(
        layer
          .meshgrid(list, { indexing: indexing === "xy" ? "xy" : "ij" })
          .map((one) => wrap(one, "Expand")),
      );
    },
  ],
};
