/** `numpy._linalg`: decompositions of stacks of matrices, for the text of `numpy.linalg`. */
import { allocate } from "../../../python/budget.ts";
import { fault } from "../../../python/fault.ts";
import { PyComplex } from "../../../python/objects/complex.ts";
import type { PyModule } from "../../../python/objects/module.ts";
import type { Value } from "../../../python/objects/object.ts";
import { PyTuple } from "../../../python/objects/tuple.ts";
import { memory, PyArray, sizeOf } from "../array.ts";
import { COMPLEX128, COMPLEX64, type Dtype, FLOAT16, FLOAT32, FLOAT64 } from "../dtype.ts";
import { setElement } from "../elements.ts";
import { throwOwn } from "../failure.ts";
import { asArray } from "../read.ts";
import { functions, type Table } from "../register.ts";
import { floats } from "../views.ts";
import {
  choleskyOf,
  fillColumn,
  luOf,
  type Matrix,
  qrOf,
  solveLu,
  svdOf,
  symmetricEigen,
  transposed,
} from "./dense.ts";
import { eigenOf } from "./eigen.ts";

interface Stack {
  readonly batch: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly matrices: readonly Matrix[];
  /** Of the results. */
  readonly dtype: Dtype;
}

function stackOf(value: Value, square: boolean): Stack {
  const x = asArray(value);
  if (x.dtype.kind === "c") {
    fault(
      "NotImplementedError",
      "numpy.linalg of complex matrices is not here; nearest: the real matrix [[a, -b], [b, a]] for a + bi",
    );
  }
  if (x.dtype === FLOAT16) fault("TypeError", "array type float16 is unsupported in linalg");
  if (x.ndim < 2) {
    throwOwn(
      "LinAlgError",
      `${x.ndim}-dimensional array given. Array must be at least two-dimensional`,
    );
  }
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  if (square && rows !== columns) {
    throwOwn("LinAlgError", "Last 2 dimensions of the array must be square");
  }
  const batch = x.shape.slice(0, -2);
  const all = floats(x);
  const size = rows * columns;
  const matrices = Array.from({ length: sizeOf(batch) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  );
  return { batch, rows, columns, matrices, dtype: x.dtype === FLOAT32 ? FLOAT32 : FLOAT64 };
}

function packed(parts: readonly Float64Array[], shape: readonly number[], dtype: Dtype): PyArray {
  const data = memory(dtype, sizeOf(shape)) as Float64Array;
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return new PyArray(data, dtype, shape);
}

function finite({ matrices }: Stack, what: string): void {
  if (matrices.every((one) => one.every(Number.isFinite))) return;
  throwOwn("LinAlgError", `${what} did not converge`);
}

/** A part of columns of a matrix. */
function columnsOf(a: Matrix, rows: number, columns: number, count: number): Matrix {
  const part = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++) part.set(a.subarray(i * columns, i * columns + count), i * count);
  return part;
}

/** A whole square basis of what has fewer columns. */
function wholeBasis(u: Matrix, rows: number, columns: number): Matrix {
  allocate(8 * rows * rows);
  const whole = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) whole.set(u.subarray(i * columns, (i + 1) * columns), i * rows);
  for (let j = columns; j < rows; j++) fillColumn(whole, rows, rows, j);
  return whole;
}

function eigen(value: Value): Value {
  const stack = stackOf(value, true);
  const { batch, rows: n, matrices, dtype } = stack;
  if (!matrices.every((one) => one.every(Number.isFinite)))
    throwOwn("LinAlgError", "Array must not contain infs or NaNs");
  const found = matrices.map((one) => {
    return eigenOf(one, n) ?? throwOwn("LinAlgError", "Eigenvalues did not converge");
  });
  const isComplex = found.some(({ imag }) => imag.some((one) => one !== 0));
  if (!isComplex) {
    for (const { vectors } of found) normalise(vectors, n);
    return new PyTuple([
      packed(
        found.map((one) => one.real),
        [...batch, n],
        dtype,
      ),
      packed(
        found.map((one) => one.vectors),
        [...batch, n, n],
        dtype,
      ),
    ]);
  }
  const own = dtype === FLOAT32 ? COMPLEX64 : COMPLEX128;
  const values = memory(own, found.length * n);
  const vectors = memory(own, found.length * n * n);
  found.forEach(({ real, imag, vectors: parts }, m) => {
    for (let j = 0; j < n; j++) {
      setElement(values, own, m * n + j, new PyComplex(real[j]!, imag[j]!));
      const pair = imag[j]! > 0 ? j : imag[j]! < 0 ? j - 1 : -1;
      let length = 0;
      const column = Array.from({ length: n }, (_, i) => {
        const re = parts[i * n + (pair < 0 ? j : pair)]!;
        const im = pair < 0 ? 0 : (imag[j]! > 0 ? 1 : -1) * parts[i * n + pair + 1]!;
        length = Math.hypot(length, re, im);
        return [re, im] as const;
      });
      column.forEach(([re, im], i) => {
        setElement(vectors, own, m * n * n + i * n + j, new PyComplex(re / length, im / length));
      });
    }
  });
  return new PyTuple([
    new PyArray(values, own, [...batch, n]),
    new PyArray(vectors, own, [...batch, n, n]),
  ]);
}

function normalise(vectors: Matrix, n: number): void {
  for (let j = 0; j < n; j++) {
    let length = 0;
    for (let i = 0; i < n; i++) length = Math.hypot(length, vectors[i * n + j]!);
    if (length > 0) for (let i = 0; i < n; i++) vectors[i * n + j]! /= length;
  }
}

const LINALG: Table = {
  inv: [
    "a",
    (a: Value) => {
      const { batch, rows: n, matrices, dtype } = stackOf(a, true);
      const unit = new Float64Array(n * n);
      for (let i = 0; i < n; i++) unit[i * n + i] = 1;
      const inverses = matrices.map((one) => {
        const { lu, order, singular } = luOf(one, n);
        if (singular) throwOwn("LinAlgError", "Singular matrix");
        return solveLu(lu, order, n, unit, n);
      });
      return packed(inverses, [...batch, n, n], dtype);
    },
  ],
  solve: [
    "a, b, columns",
    (a: Value, b: Value) => {
      const stack = stackOf(a, true);
      const sides = stackOf(b, false);
      const n = stack.rows;
      const solved = stack.matrices.map((one, i) => {
        const { lu, order, singular } = luOf(one, n);
        if (singular) throwOwn("LinAlgError", "Singular matrix");
        return solveLu(lu, order, n, sides.matrices[i]!, sides.columns);
      });
      const dtype = stack.dtype === FLOAT32 && sides.dtype === FLOAT32 ? FLOAT32 : FLOAT64;
      return packed(solved, [...stack.batch, n, sides.columns], dtype);
    },
  ],
  slogdet: [
    "a",
    (a: Value) => {
      const { batch, rows: n, matrices, dtype } = stackOf(a, true);
      const facts = matrices.map((one) => {
        const { lu, sign, singular } = luOf(one, n);
        if (singular) return [0, -Infinity] as const;
        let [own, log] = [sign, 0];
        for (let i = 0; i < n; i++) {
          const lead = lu[i * n + i]!;
          if (lead < 0) own = -own;
          log += Math.log(Math.abs(lead));
        }
        return [own, log] as const;
      });
      return new PyTuple(
        [0, 1].map((at) => packed([Float64Array.from(facts, (one) => one[at]!)], batch, dtype)),
      );
    },
  ],
  det: [
    "a",
    (a: Value) => {
      const { batch, rows: n, matrices, dtype } = stackOf(a, true);
      const values = Float64Array.from(matrices, (one) => {
        const { lu, sign } = luOf(one, n);
        let product = sign;
        for (let i = 0; i < n; i++) product *= lu[i * n + i]!;
        return product;
      });
      return packed([values], batch, dtype);
    },
  ],
  cholesky: [
    "a",
    (a: Value) => {
      const { batch, rows: n, matrices, dtype } = stackOf(a, true);
      const factors = matrices.map(
        (one) => choleskyOf(one, n) ?? throwOwn("LinAlgError", "Matrix is not positive definite"),
      );
      return packed(factors, [...batch, n, n], dtype);
    },
  ],
  qr: [
    "a, whole",
    (a: Value, whole: Value) => {
      const { batch, rows, columns, matrices, dtype } = stackOf(a, false);
      const inner = whole === true ? rows : Math.min(rows, columns);
      const found = matrices.map((one) => qrOf(one, rows, columns));
      return new PyTuple([
        packed(
          found.map(({ q }) => columnsOf(q, rows, rows, inner)),
          [...batch, rows, inner],
          dtype,
        ),
        packed(
          found.map(({ r }) => r.subarray(0, inner * columns)),
          [...batch, inner, columns],
          dtype,
        ),
      ]);
    },
  ],
  svd: [
    "a, whole",
    (a: Value, whole: Value) => {
      const stack = stackOf(a, false);
      finite(stack, "SVD");
      const { batch, rows, columns, matrices, dtype } = stack;
      const inner = Math.min(rows, columns);
      const found = matrices.map((one) => {
        const { u, s, vt } = svdOf(one, rows, columns);
        if (whole !== true) return { u, s, vt };
        const turned = rows < columns ? transposed(vt, inner, columns) : undefined;
        return {
          u: rows > columns ? wholeBasis(u, rows, inner) : u,
          s,
          vt:
            turned === undefined
              ? vt
              : transposed(wholeBasis(turned, columns, inner), columns, columns),
        };
      });
      const [left, right] = whole === true ? [rows, columns] : [inner, inner];
      return new PyTuple([
        packed(
          found.map((one) => one.u),
          [...batch, rows, left],
          dtype,
        ),
        packed(
          found.map((one) => one.s),
          [...batch, inner],
          dtype,
        ),
        packed(
          found.map((one) => one.vt),
          [...batch, right, columns],
          dtype,
        ),
      ]);
    },
  ],
  eigh: [
    "a, upper",
    (a: Value, upper: Value) => {
      const stack = stackOf(a, true);
      finite(stack, "Eigenvalues");
      const { batch, rows: n, matrices, dtype } = stack;
      const found = matrices.map((one) => {
        const half = one.slice();
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < i; j++) {
            const own = upper === true ? one[j * n + i]! : one[i * n + j]!;
            half[i * n + j] = half[j * n + i] = own;
          }
        }
        return symmetricEigen(half, n);
      });
      return new PyTuple([
        packed(
          found.map((one) => one.values),
          [...batch, n],
          dtype,
        ),
        packed(
          found.map((one) => one.vectors),
          [...batch, n, n],
          dtype,
        ),
      ]);
    },
  ],
  eig: ["a", eigen],
};

/** Fills `numpy._linalg`. */
export function fillLinalgNative(module: PyModule): void {
  functions(module, LINALG);
}
