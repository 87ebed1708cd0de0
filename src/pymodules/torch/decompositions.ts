/** Decompositions of small matrices, computed on the host in float64 by rotations (Jacobi). */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { castValue, hostArray, isFloat } from "../../tensor/dtype.ts";
import { fromValues } from "../../tensor/creation.ts";
import { customFunction, lstsq, qr as layerQr, type Tensor, tensor } from "../../tensor/index.ts";
import { room, work } from "./failure.ts";
import { underivable } from "./register.ts";
import { tensorOf, wrap } from "./tensor.ts";

/** Columns of a matrix. */
type Columns = Float64Array[];

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

const identity = (n: number): Columns =>
  Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (__, j) => Number(i === j)));

/** Turns two columns by an angle, given as cosine and sine. */
function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = c * x - s * y;
    b[i] = s * x + c * y;
  }
}

/** Turns pairs of columns until all are at right angles; `beside` is turned with them (Hestenes 1958). */
function orthogonalize(columns: Columns, beside: Columns): void {
  const n = columns.length;
  const rows = columns[0]?.length ?? 0;
  for (let sweep = 0; sweep < 60; sweep++) {
    work(n * n * rows * 4);
    let turned = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const [a, b] = [columns[p]!, columns[q]!];
        const [alpha, beta, gamma] = [dot(a, a), dot(b, b), dot(a, b)];
        if (Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta) || gamma === 0) continue;
        turned = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        rotate(a, b, c, c * t);
        rotate(beside[p]!, beside[q]!, c, c * t);
      }
    }
    if (!turned) return;
  }
}

interface Singular {
  readonly u: Columns;
  readonly s: number[];
  readonly v: Columns;
}

/** `U·diag(S)·Vᵀ` of columns with no fewer rows than columns, largest first. */
function singular(columns: Columns): Singular {
  const v = identity(columns.length);
  orthogonalize(columns, v);
  const sizes = columns.map((one) => Math.sqrt(dot(one, one)));
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]!);
  const u = order.map((i) => columns[i]!.map((x) => (sizes[i] === 0 ? 0 : x / sizes[i]!)));
  return {
    u: completed(
      u,
      sizes.map((_, i) => sizes[order[i]!]!),
    ),
    s: order.map((i) => sizes[i]!),
    v: order.map((i) => v[i]!),
  };
}

/** Columns of no size, as of a matrix without full rank, become ones at right angles to the others. */
function completed(u: Columns, sizes: readonly number[]): Columns {
  const rows = u[0]?.length ?? 0;
  u.forEach((column, at) => {
    if (sizes[at]! > 0) return;
    for (let axis = 0; axis < rows; axis++) {
      column.fill(0);
      column[axis] = 1;
      for (let pass = 0; pass < 2; pass++) {
        u.forEach((other, i) => {
          if (i === at || (sizes[i] === 0 && i > at)) return;
          const share = dot(column, other);
          for (let k = 0; k < rows; k++) column[k]! -= share * other[k]!;
        });
      }
      const size = Math.sqrt(dot(column, column));
      if (size < 0.1) continue;
      for (let k = 0; k < rows; k++) column[k]! /= size;
      return;
    }
  });
  return u;
}

/** Eigenvalues, smallest first, and eigenvectors of a symmetric matrix (Jacobi 1846). */
function symmetric(a: Columns): { values: number[]; vectors: Columns } {
  const n = a.length;
  const vectors = identity(n);
  for (let sweep = 0; sweep < 60; sweep++) {
    work(n * n * n * 6);
    let off = 0;
    let whole = 0;
    for (let p = 0; p < n; p++) {
      for (let q = 0; q < n; q++) {
        whole += a[p]![q]! ** 2;
        if (p !== q) off += a[p]![q]! ** 2;
      }
    }
    if (off <= 1e-32 * whole) break;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[q]![p]!;
        if (apq === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(1, theta));
        const c = 1 / Math.hypot(1, t);
        const s = c * t;
        rotate(a[p]!, a[q]!, c, s);
        for (const column of a) {
          const [x, y] = [column[p]!, column[q]!];
          column[p] = c * x - s * y;
          column[q] = s * x + c * y;
        }
        rotate(vectors[p]!, vectors[q]!, c, s);
      }
    }
  }
  const order = [...a.keys()].sort((i, j) => a[i]![i]! - a[j]![j]!);
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => vectors[i]!) };
}

function needMatrix(what: string, x: Tensor, square: boolean): readonly [number, number] {
  if (x.ndim < 2) {
    fault("RuntimeError", `linalg.${what}: The input tensor A must have at least 2 dimensions.`);
  }
  const [rows, columns] = [x.shape.at(-2)!, x.shape.at(-1)!];
  if (!isFloat(x.dtype)) {
    fault(
      "RuntimeError",
      `linalg.${what}: Expected a floating point tensor as input. Got ${x.dtype}`,
    );
  }
  if (square && rows !== columns) {
    fault(
      "RuntimeError",
      `linalg.${what}: A must be batches of square matrices, but they are ${rows} by ${columns} matrices`,
    );
  }
  return [rows, columns];
}

/** The columns of each matrix of a batch. */
function* matrices(x: Tensor): Generator<Columns> {
  const [rows, columns] = [x.shape.at(-2)!, x.shape.at(-1)!];
  const values = x.toTypedArray() as ArrayLike<number>;
  room(x.numel, 16);
  for (let start = 0; start < x.numel; start += rows * columns) {
    yield Array.from({ length: columns }, (_, j) =>
      Float64Array.from({ length: rows }, (__, i) => values[start + i * columns + j]!),
    );
  }
}

/** A batch of matrices given by their columns, or by their rows. */
function joined(
  x: Tensor,
  parts: readonly Columns[],
  rows: number,
  columns: number,
  byRows: boolean,
): Tensor {
  const out = hostArray(x.dtype, parts.length * rows * columns);
  parts.forEach((lines, at) => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const value = byRows ? lines[i]![j]! : lines[j]![i]!;
        out[at * rows * columns + i * columns + j] = castValue(value, x.dtype) as never;
      }
    }
  });
  return fromValues(x.dtype, out, [...x.shape.slice(0, -2), rows, columns]);
}

function lines(x: Tensor, parts: readonly (readonly number[])[], width: number): Tensor {
  const flat = Float64Array.from(parts.flat());
  return tensor(flat, { dtype: "float64" })
    .to(x.dtype)
    .reshape([...x.shape.slice(0, -2), width]);
}

interface Parts {
  readonly u: Tensor;
  readonly s: Tensor;
  readonly vh: Tensor;
}

function svdOf(x: Tensor): Parts {
  const [rows, columns] = needMatrix("svd", x, false);
  const wide = rows < columns;
  const from = wide ? x.transpose(-1, -2) : x;
  const least = Math.min(rows, columns);
  const found = [...matrices(from)].map(singular);
  const left = found.map((one) => (wide ? one.v : one.u));
  const right = found.map((one) => (wide ? one.u : one.v));
  return {
    u: joined(x, left, rows, least, false),
    s: lines(
      x,
      found.map((one) => one.s),
      least,
    ),
    vh: joined(x, right, least, columns, true),
  };
}

function eighOf(x: Tensor): { values: Tensor; vectors: Tensor } {
  const [n] = needMatrix("eigh", x, true);
  const found = [...matrices(x)].map(symmetric);
  return {
    values: lines(
      x,
      found.map((one) => one.values),
      n,
    ),
    vectors: joined(
      x,
      found.map((one) => one.vectors),
      n,
      n,
      false,
    ),
  };
}

/** Singular values, whose gradient is `U·diag(g)·Vᵀ`. */
const svdvals = customFunction<[Tensor]>({
  forward: (context, x) => {
    const { u, s, vh } = svdOf(x);
    context.data["parts"] = [u, vh];
    return s;
  },
  backward: (context, g) => {
    const [u, vh] = context.data["parts"] as [Tensor, Tensor];
    return u.mul(g.unsqueeze(-2)).matmul(vh);
  },
});

/** Eigenvalues of symmetric matrices, whose gradient is `V·diag(g)·Vᵀ`. */
const eigvalsh = customFunction<[Tensor]>({
  forward: (context, x) => {
    const { values, vectors } = eighOf(x);
    context.data["vectors"] = vectors;
    return values;
  },
  backward: (context, g) => {
    const vectors = context.data["vectors"] as Tensor;
    return vectors.mul(g.unsqueeze(-2)).matmul(vectors.transpose(-1, -2));
  },
});

/** For each column the sign that Householder's reflections give the diagonal of R, as LAPACK does. */
function signsOf(x: Tensor): Tensor {
  const [rows, columns] = [x.shape.at(-2)!, x.shape.at(-1)!];
  const signs: number[][] = [];
  for (const a of matrices(x)) {
    work(rows * columns * columns * 4);
    signs.push(
      a.map((column, k) => {
        const alpha = column[k]!;
        const tail = column.subarray(k + 1);
        const size = Math.hypot(alpha, ...tail);
        if (dot(tail, tail) === 0) return alpha < 0 ? -1 : 1;
        const beta = alpha > 0 ? -size : size;
        const v = Float64Array.from(column.subarray(k));
        v[0]! -= beta;
        const scale = 2 / dot(v, v);
        for (const other of a.slice(k)) {
          const share = scale * dot(v, other.subarray(k));
          for (let i = k; i < rows; i++) other[i]! -= share * v[i - k]!;
        }
        return Math.sign(beta);
      }),
    );
  }
  return lines(x, signs, columns);
}

/** `Q·R = x`, with LAPACK's signs. */
function qr(a: Value, mode?: Value): Value {
  const x = tensorOf("qr", "A", 1, a);
  const [rows, columns] = needMatrix("qr", x, false);
  if (mode !== undefined && mode !== "reduced" && !(mode === "complete" && rows === columns)) {
    fault(
      "NotImplementedError",
      `torch.linalg.qr(mode='${String(mode)}') is not here; nearest: mode='reduced'`,
    );
  }
  if (rows < columns) {
    // The first columns alone make Q.
    const first = qr(wrap(x.narrow(-1, 0, rows))) as PyTuple;
    const q = tensorOf("qr", "Q", 1, first.items[0]!);
    return new PyTuple([first.items[0]!, wrap(q.transpose(-1, -2).matmul(x).triu(), "LinalgQr")]);
  }
  const signs = signsOf(x.detach());
  const { q, r } = layerQr(x);
  return new PyTuple([
    wrap(q.mul(signs.unsqueeze(-2)), "LinalgQr"),
    wrap(r.mul(signs.unsqueeze(-1)), "LinalgQr"),
  ]);
}

type Functions = Readonly<Record<string, readonly [string, (...args: never[]) => Value]>>;

export const QR: Functions = { qr: ["A, mode='reduced'", qr] };

/** What the texts of `torch.linalg` build on, under names of `torch` that begin with an underscore. */
export const DECOMPOSITIONS: Functions = {
  _svd: [
    "A",
    (a: Value) => {
      const x = tensorOf("svd", "A", 1, a);
      const { u, s, vh } = svdOf(x.detach());
      return new PyTuple([u, s, vh].map((one) => underivable("linalg_svd", one, x)));
    },
  ],
  _svdvals: ["A", (a: Value) => wrap(svdvals(tensorOf("svdvals", "A", 1, a)), "LinalgSvd")],
  _eigh: [
    "A",
    (a: Value) => {
      const x = tensorOf("eigh", "A", 1, a);
      const { values, vectors } = eighOf(x.detach());
      return new PyTuple([values, vectors].map((one) => underivable("linalg_eigh", one, x)));
    },
  ],
  _eigvalsh: ["A", (a: Value) => wrap(eigvalsh(tensorOf("eigvalsh", "A", 1, a)), "LinalgEigh")],
  _lstsq: [
    "A, B",
    (a: Value, b: Value) =>
      wrap(lstsq(tensorOf("lstsq", "A", 1, a), tensorOf("lstsq", "B", 2, b)), "LinalgLstsq"),
  ],
};
