/** Decompositions of one real matrix, row by row in float64 (G. H. Golub, C. F. Van Loan, Matrix Computations). */

import { allocate } from "../../../python/budget.ts";
import { work } from "../array.ts";

/** Rows one after another. */
export type Matrix = Float64Array;

/** Rows exchanged so that the largest of each column leads: the factors in one matrix, the order, and its sign; `undefined` where none leads. */
export function luOf(
  a: Matrix,
  n: number,
): { lu: Matrix; order: number[]; sign: number; singular: boolean } {
  const lu = a.slice();
  const order = Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  let singular = false;
  for (let k = 0; k < n; k++) {
    work((n - k) ** 2);
    let lead = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(lu[i * n + k]!) > Math.abs(lu[lead * n + k]!)) lead = i;
    }
    if (lu[lead * n + k] === 0) {
      singular = true;
      continue;
    }
    if (lead !== k) {
      sign = -sign;
      [order[k], order[lead]] = [order[lead]!, order[k]!];
      for (let j = 0; j < n; j++) {
        const kept = lu[k * n + j]!;
        lu[k * n + j] = lu[lead * n + j]!;
        lu[lead * n + j] = kept;
      }
    }
    for (let i = k + 1; i < n; i++) {
      const factor = (lu[i * n + k]! /= lu[k * n + k]!);
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) lu[i * n + j]! -= factor * lu[k * n + j]!;
    }
  }
  return { lu, order, sign, singular };
}

/** Solves by the factors for so many right sides; `b` has their columns. */
export function solveLu(
  lu: Matrix,
  order: readonly number[],
  n: number,
  b: Matrix,
  columns: number,
): Matrix {
  const x = new Float64Array(n * columns);
  for (let i = 0; i < n; i++) {
    work(i * columns);
    for (let j = 0; j < columns; j++) {
      let sum = b[order[i]! * columns + j]!;
      for (let k = 0; k < i; k++) sum -= lu[i * n + k]! * x[k * columns + j]!;
      x[i * columns + j] = sum;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    work((n - i) * columns);
    for (let j = 0; j < columns; j++) {
      let sum = x[i * columns + j]!;
      for (let k = i + 1; k < n; k++) sum -= lu[i * n + k]! * x[k * columns + j]!;
      x[i * columns + j] = sum / lu[i * n + i]!;
    }
  }
  return x;
}

/** The lower factor of a positive definite matrix, of which the lower half is read; `undefined` for others. */
export function choleskyOf(a: Matrix, n: number): Matrix | undefined {
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    work((n - j) * j);
    let rest = a[j * n + j]!;
    for (let k = 0; k < j; k++) rest -= l[j * n + k]! ** 2;
    if (!(rest > 0)) return undefined;
    const lead = Math.sqrt(rest);
    l[j * n + j] = lead;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = sum / lead;
    }
  }
  return l;
}

/** By Householder's reflections, with LAPACK's signs: the whole square factor and the upper one of the same shape as `a`. */
export function qrOf(a: Matrix, rows: number, columns: number): { q: Matrix; r: Matrix } {
  const r = a.slice();
  const steps = Math.min(rows, columns);
  const vectors: Float64Array[] = [];
  const scales: number[] = [];
  for (let k = 0; k < steps; k++) {
    work(2 * (rows - k) * (columns - k));
    let rest = 0;
    for (let i = k + 1; i < rows; i++) rest += r[i * columns + k]! ** 2;
    const lead = r[k * columns + k]!;
    const v = new Float64Array(rows);
    if (rest === 0) {
      vectors.push(v);
      scales.push(0);
      continue;
    }
    const beta = -(lead < 0 || Object.is(lead, -0) ? -1 : 1) * Math.sqrt(lead * lead + rest);
    const scale = (beta - lead) / beta;
    v[k] = 1;
    for (let i = k + 1; i < rows; i++) v[i] = r[i * columns + k]! / (lead - beta);
    for (let j = k; j < columns; j++) {
      let dot = 0;
      for (let i = k; i < rows; i++) dot += v[i]! * r[i * columns + j]!;
      dot *= scale;
      for (let i = k; i < rows; i++) r[i * columns + j]! -= dot * v[i]!;
    }
    r[k * columns + k] = beta;
    for (let i = k + 1; i < rows; i++) r[i * columns + k] = 0;
    vectors.push(v);
    scales.push(scale);
  }
  allocate(8 * rows * rows);
  const q = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) q[i * rows + i] = 1;
  for (let k = steps - 1; k >= 0; k--) {
    work(2 * rows * (rows - k));
    const v = vectors[k]!;
    for (let j = 0; j < rows; j++) {
      let dot = 0;
      for (let i = k; i < rows; i++) dot += v[i]! * q[i * rows + j]!;
      dot *= scales[k]!;
      if (dot !== 0) for (let i = k; i < rows; i++) q[i * rows + j]! -= dot * v[i]!;
    }
  }
  return { q, r };
}

const SWEEPS = 60;

/** Values in rising order and vectors in columns of a symmetric matrix, by Jacobi's rotations. */
export function symmetricEigen(a: Matrix, n: number): { values: Float64Array; vectors: Matrix } {
  const s = a.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    let all = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        all += s[i * n + j]! ** 2;
        if (i !== j) off += s[i * n + j]! ** 2;
      }
    }
    if (!(off > all * 1e-34)) break;
    for (let p = 0; p < n; p++) {
      work(12 * n * (n - p));
      for (let q = p + 1; q < n; q++) {
        const apq = s[p * n + q]!;
        if (apq === 0) continue;
        const theta = (s[q * n + q]! - s[p * n + p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const d = t * c;
        for (let k = 0; k < n; k++) {
          const [x, y] = [s[k * n + p]!, s[k * n + q]!];
          s[k * n + p] = c * x - d * y;
          s[k * n + q] = d * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [s[p * n + k]!, s[q * n + k]!];
          s[p * n + k] = c * x - d * y;
          s[q * n + k] = d * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [v[k * n + p]!, v[k * n + q]!];
          v[k * n + p] = c * x - d * y;
          v[k * n + q] = d * x + c * y;
        }
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => s[i * n + i]! - s[j * n + j]!,
  );
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let k = 0; k < n; k++) vectors[k * n + to] = v[k * n + from]!;
  });
  return { values: Float64Array.from(order, (i) => s[i * n + i]!), vectors };
}

/**
 * Singular values in falling order with their vectors, by rotations of columns from
 * one side (Hestenes 1958): `u` has the columns that belong to them, `vt` the rows.
 */
export function svdOf(
  a: Matrix,
  rows: number,
  columns: number,
): { u: Matrix; s: Float64Array; vt: Matrix } {
  if (rows < columns) {
    const turned = svdOf(transposed(a, rows, columns), columns, rows);
    return {
      u: transposed(turned.vt, rows, rows),
      s: turned.s,
      vt: transposed(turned.u, columns, rows),
    };
  }
  const n = columns;
  const w = a.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < n; p++) {
      work((7 * rows + 4 * n) * (n - p));
      for (let q = p + 1; q < n; q++) {
        let [alpha, beta, gamma] = [0, 0, 0];
        for (let k = 0; k < rows; k++) {
          const [x, y] = [w[k * n + p]!, w[k * n + q]!];
          alpha += x * x;
          beta += y * y;
          gamma += x * y;
        }
        if (gamma === 0 || Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta)) continue;
        turned = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(zeta, 1));
        const c = 1 / Math.hypot(t, 1);
        const d = t * c;
        for (let k = 0; k < rows; k++) {
          const [x, y] = [w[k * n + p]!, w[k * n + q]!];
          w[k * n + p] = c * x - d * y;
          w[k * n + q] = d * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [v[k * n + p]!, v[k * n + q]!];
          v[k * n + p] = c * x - d * y;
          v[k * n + q] = d * x + c * y;
        }
      }
    }
    if (!turned) break;
  }
  const lengths = Float64Array.from({ length: n }, (_, j) => {
    let sum = 0;
    for (let k = 0; k < rows; k++) sum = Math.hypot(sum, w[k * n + j]!);
    return sum;
  });
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => lengths[j]! - lengths[i]!);
  const u = new Float64Array(rows * n);
  const vt = new Float64Array(n * n);
  const s = Float64Array.from(order, (i) => lengths[i]!);
  const least = (s[0] ?? 0) * 1e-300;
  order.forEach((from, to) => {
    for (let k = 0; k < n; k++) vt[to * n + k] = v[k * n + from]!;
    for (let k = 0; k < rows; k++) u[k * n + to] = s[to]! > least ? w[k * n + from]! / s[to]! : 0;
  });
  completed(u, rows, n, s, least);
  return { u, s, vt };
}

/** Fills the columns of singular values that are 0 with others at right angles to all. */
function completed(u: Matrix, rows: number, columns: number, s: Float64Array, least: number): void {
  for (let j = 0; j < columns; j++) {
    if (s[j]! > least) continue;
    fillColumn(u, rows, columns, j);
  }
}

/** A column at right angles to those before it. */
export function fillColumn(u: Matrix, rows: number, columns: number, j: number): void {
  for (let axis = 0; axis < rows; axis++) {
    work(4 * j * rows);
    const e = new Float64Array(rows);
    e[axis] = 1;
    for (let twice = 0; twice < 2; twice++) {
      for (let k = 0; k < j; k++) {
        let dot = 0;
        for (let i = 0; i < rows; i++) dot += e[i]! * u[i * columns + k]!;
        for (let i = 0; i < rows; i++) e[i]! -= dot * u[i * columns + k]!;
      }
    }
    const length = Math.sqrt(e.reduce((sum, one) => sum + one * one, 0));
    if (length < 0.5 / Math.sqrt(rows)) continue;
    for (let i = 0; i < rows; i++) u[i * columns + j] = e[i]! / length;
    return;
  }
}

export function transposed(a: Matrix, rows: number, columns: number): Matrix {
  const t = new Float64Array(a.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) t[j * rows + i] = a[i * columns + j]!;
  return t;
}
