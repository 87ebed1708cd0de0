/**
 * Values and vectors of a real matrix that need not be symmetric: Hessenberg's
 * form, then Francis' double steps, then back substitution (J. H. Wilkinson,
 * C. Reinsch, Handbook for Automatic Computation II, 1971: elmhes and hqr2).
 */
import { work } from "../array.ts";

export interface Eigen {
  readonly real: Float64Array;
  readonly imag: Float64Array;
  /** In columns: for a pair of complex values the real parts, then the imaginary ones. */
  readonly vectors: Float64Array;
}

type Rows = Float64Array[];

/** @returns `undefined` where it does not converge */
export function eigenOf(a: Float64Array, n: number): Eigen | undefined {
  const h: Rows = Array.from({ length: n }, (_, i) => a.slice(i * n, (i + 1) * n));
  const v: Rows = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n);
    row[i] = 1;
    return row;
  });
  reduceToHessenberg(h, v, n);
  const real = new Float64Array(n);
  const imag = new Float64Array(n);
  if (!francis(h, v, n, real, imag)) return undefined;
  backSubstitute(h, v, n, real, imag);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors.set(v[i]!, i * n);
  return { real, imag, vectors };
}

/** By reflections, gathered in `v`. */
function reduceToHessenberg(h: Rows, v: Rows, n: number): void {
  for (let m = 1; m < n - 1; m++) {
    work(6 * n * n);
    let square = 0;
    for (let i = m; i < n; i++) square += h[i]![m - 1]! ** 2;
    let below = 0;
    for (let i = m + 1; i < n; i++) below += Math.abs(h[i]![m - 1]!);
    if (below === 0) continue;
    const u = new Float64Array(n);
    for (let i = m; i < n; i++) u[i] = h[i]![m - 1]!;
    u[m]! += (u[m]! < 0 ? -1 : 1) * Math.sqrt(square);
    let length = 0;
    for (let i = m; i < n; i++) length += u[i]! ** 2;
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let i = m; i < n; i++) dot += u[i]! * h[i]![j]!;
      dot *= 2 / length;
      for (let i = m; i < n; i++) h[i]![j]! -= dot * u[i]!;
    }
    for (const rows of [h, v]) {
      for (let i = 0; i < n; i++) {
        const row = rows[i]!;
        let dot = 0;
        for (let j = m; j < n; j++) dot += u[j]! * row[j]!;
        dot *= 2 / length;
        for (let j = m; j < n; j++) row[j]! -= dot * u[j]!;
      }
    }
    for (let i = m + 1; i < n; i++) h[i]![m - 1] = 0;
  }
}

function francis(h: Rows, v: Rows, n: number, real: Float64Array, imag: Float64Array): boolean {
  let size = 0;
  for (let i = 0; i < n; i++)
    for (let j = Math.max(i - 1, 0); j < n; j++) size += Math.abs(h[i]![j]!);
  let end = n - 1;
  let shift = 0;
  let tries = 0;
  while (end >= 0) {
    let low = end;
    for (; low > 0; low--) {
      const scale = Math.abs(h[low - 1]![low - 1]!) + Math.abs(h[low]![low]!) || size;
      if (Math.abs(h[low]![low - 1]!) < Number.EPSILON * scale) break;
    }
    if (low === end) {
      h[end]![end]! += shift;
      real[end] = h[end]![end]!;
      end--;
      tries = 0;
      continue;
    }
    if (low === end - 1) {
      splitPair(h, v, n, end, shift, real, imag);
      end -= 2;
      tries = 0;
      continue;
    }
    if (tries === 300) return false;
    let x = h[end]![end]!;
    let y = h[end - 1]![end - 1]!;
    let w = h[end]![end - 1]! * h[end - 1]![end]!;
    if (tries % 10 === 9) {
      shift += x;
      for (let i = 0; i <= end; i++) h[i]![i]! -= x;
      const s = Math.abs(h[end]![end - 1]!) + Math.abs(h[end - 1]![end - 2]!);
      x = y = 0.75 * s;
      w = -0.4375 * s * s;
    }
    tries++;
    work(15 * n * (end - low + 1));
    doubleStep(h, v, n, low, end, x, y, w);
  }
  return true;
}

/** Two values at the end: real ones are turned to the diagonal. */
function splitPair(
  h: Rows,
  v: Rows,
  n: number,
  end: number,
  shift: number,
  real: Float64Array,
  imag: Float64Array,
): void {
  const w = h[end]![end - 1]! * h[end - 1]![end]!;
  const p = (h[end - 1]![end - 1]! - h[end]![end]!) / 2;
  const q = p * p + w;
  let z = Math.sqrt(Math.abs(q));
  h[end]![end]! += shift;
  h[end - 1]![end - 1]! += shift;
  const x = h[end]![end]!;
  if (q < 0) {
    real[end - 1] = real[end] = x + p;
    imag[end - 1] = z;
    imag[end] = -z;
    return;
  }
  z = p >= 0 ? p + z : p - z;
  real[end - 1] = x + z;
  real[end] = z === 0 ? x + z : x - w / z;
  const below = h[end]![end - 1]!;
  const length = Math.hypot(below, z) || 1;
  const [sin, cos] = [below / length, z / length];
  for (let j = end - 1; j < n; j++) {
    const top = h[end - 1]![j]!;
    h[end - 1]![j] = cos * top + sin * h[end]![j]!;
    h[end]![j] = cos * h[end]![j]! - sin * top;
  }
  for (const [rows, count] of [
    [h, end + 1],
    [v, n],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const left = row[end - 1]!;
      row[end - 1] = cos * left + sin * row[end]!;
      row[end] = cos * row[end]! - sin * left;
    }
  }
}

function doubleStep(
  h: Rows,
  v: Rows,
  n: number,
  low: number,
  end: number,
  x: number,
  y: number,
  w: number,
): void {
  let [p, q, r] = [0, 0, 0];
  let m = end - 2;
  for (; m >= low; m--) {
    const z = h[m]![m]!;
    const [rr, ss] = [x - z, y - z];
    p = (rr * ss - w) / h[m + 1]![m]! + h[m]![m + 1]!;
    q = h[m + 1]![m + 1]! - z - rr - ss;
    r = h[m + 2]![m + 1]!;
    const s = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= s;
    q /= s;
    r /= s;
    if (m === low) break;
    const small = Math.abs(h[m]![m - 1]!) * (Math.abs(q) + Math.abs(r));
    const scale =
      Math.abs(p) * (Math.abs(h[m - 1]![m - 1]!) + Math.abs(z) + Math.abs(h[m + 1]![m + 1]!));
    if (small < Number.EPSILON * scale) break;
  }
  for (let i = m + 2; i <= end; i++) {
    h[i]![i - 2] = 0;
    if (i > m + 2) h[i]![i - 3] = 0;
  }
  for (let k = m; k < end; k++) {
    const last = k === end - 1;
    let scale = 0;
    if (k !== m) {
      p = h[k]![k - 1]!;
      q = h[k + 1]![k - 1]!;
      r = last ? 0 : h[k + 2]![k - 1]!;
      scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (scale === 0) continue;
      p /= scale;
      q /= scale;
      r /= scale;
    }
    const s = (p < 0 ? -1 : 1) * Math.sqrt(p * p + q * q + r * r);
    if (s === 0) continue;
    if (k !== m) h[k]![k - 1] = -s * scale;
    else if (low !== m) h[k]![k - 1] = -h[k]![k - 1]!;
    p += s;
    const [a, b, c] = [p / s, q / s, r / s];
    q /= p;
    r /= p;
    for (let j = k; j < n; j++) {
      let sum = h[k]![j]! + q * h[k + 1]![j]!;
      if (!last) {
        sum += r * h[k + 2]![j]!;
        h[k + 2]![j]! -= sum * c;
      }
      h[k]![j]! -= sum * a;
      h[k + 1]![j]! -= sum * b;
    }
    for (const [rows, count] of [
      [h, Math.min(end, k + 3) + 1],
      [v, n],
    ] as const) {
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        let sum = a * row[k]! + b * row[k + 1]!;
        if (!last) {
          sum += c * row[k + 2]!;
          row[k + 2]! -= sum * r;
        }
        row[k]! -= sum;
        row[k + 1]! -= sum * q;
      }
    }
  }
}

function backSubstitute(h: Rows, v: Rows, n: number, real: Float64Array, imag: Float64Array): void {
  let size = 0;
  for (let i = 0; i < n; i++)
    for (let j = Math.max(i - 1, 0); j < n; j++) size += Math.abs(h[i]![j]!);
  if (size === 0) return;
  for (let end = n - 1; end >= 0; end--) {
    work(end * end);
    if (imag[end] === 0) realVector(h, end, real, imag, size);
    else if (imag[end]! < 0) complexVector(h, end, real, imag, size);
  }
  for (let j = n - 1; j >= 0; j--) {
    work(j * n);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += v[i]![k]! * h[k]![j]!;
      v[i]![j] = sum;
    }
  }
}

function realVector(
  h: Rows,
  end: number,
  real: Float64Array,
  imag: Float64Array,
  size: number,
): void {
  let low = end;
  h[end]![end] = 1;
  let [z, s] = [0, 0];
  for (let i = end - 1; i >= 0; i--) {
    const w = h[i]![i]! - real[end]!;
    let r = 0;
    for (let j = low; j <= end; j++) r += h[i]![j]! * h[j]![end]!;
    if (imag[i]! < 0) {
      z = w;
      s = r;
      continue;
    }
    low = i;
    if (imag[i] === 0) {
      h[i]![end] = -r / (w === 0 ? Number.EPSILON * size : w);
    } else {
      const [x, y] = [h[i]![i + 1]!, h[i + 1]![i]!];
      const q = (real[i]! - real[end]!) ** 2 + imag[i]! ** 2;
      const t = (x * s - z * r) / q;
      h[i]![end] = t;
      h[i + 1]![end] = Math.abs(x) > Math.abs(z) ? (-r - w * t) / x : (-s - y * t) / z;
    }
    const t = Math.abs(h[i]![end]!);
    if (Number.EPSILON * t * t > 1) for (let j = i; j <= end; j++) h[j]![end]! /= t;
  }
}

function divided(ar: number, ai: number, br: number, bi: number): [number, number] {
  const scale = Math.max(Math.abs(br), Math.abs(bi)) || 1;
  const [cr, ci] = [br / scale, bi / scale];
  const square = (cr * cr + ci * ci) * scale;
  return [(ar * cr + ai * ci) / square, (ai * cr - ar * ci) / square];
}

function complexVector(
  h: Rows,
  end: number,
  real: Float64Array,
  imag: Float64Array,
  size: number,
): void {
  const [p, q] = [real[end]!, imag[end]!];
  let low = end - 1;
  if (Math.abs(h[end]![end - 1]!) > Math.abs(h[end - 1]![end]!)) {
    h[end - 1]![end - 1] = q / h[end]![end - 1]!;
    h[end - 1]![end] = -(h[end]![end]! - p) / h[end]![end - 1]!;
  } else {
    [h[end - 1]![end - 1], h[end - 1]![end]] = divided(
      0,
      -h[end - 1]![end]!,
      h[end - 1]![end - 1]! - p,
      q,
    );
  }
  h[end]![end - 1] = 0;
  h[end]![end] = 1;
  let [z, r, s] = [0, 0, 0];
  for (let i = end - 2; i >= 0; i--) {
    let [ra, sa] = [0, 0];
    for (let j = low; j <= end; j++) {
      ra += h[i]![j]! * h[j]![end - 1]!;
      sa += h[i]![j]! * h[j]![end]!;
    }
    const w = h[i]![i]! - p;
    if (imag[i]! < 0) {
      [z, r, s] = [w, ra, sa];
      continue;
    }
    low = i;
    if (imag[i] === 0) {
      [h[i]![end - 1], h[i]![end]] = divided(-ra, -sa, w, q);
    } else {
      const [x, y] = [h[i]![i + 1]!, h[i + 1]![i]!];
      let vr = (real[i]! - p) ** 2 + imag[i]! ** 2 - q * q;
      const vi = (real[i]! - p) * 2 * q;
      if (vr === 0 && vi === 0) {
        vr =
          Number.EPSILON *
          size *
          (Math.abs(w) + Math.abs(q) + Math.abs(x) + Math.abs(y) + Math.abs(z));
      }
      const [cr, ci] = divided(x * r - z * ra + q * sa, x * s - z * sa - q * ra, vr, vi);
      h[i]![end - 1] = cr;
      h[i]![end] = ci;
      if (Math.abs(x) > Math.abs(z) + Math.abs(q)) {
        h[i + 1]![end - 1] = (-ra - w * cr + q * ci) / x;
        h[i + 1]![end] = (-sa - w * ci - q * cr) / x;
      } else {
        [h[i + 1]![end - 1], h[i + 1]![end]] = divided(-r - y * cr, -s - y * ci, z, q);
      }
    }
    const t = Math.max(Math.abs(h[i]![end - 1]!), Math.abs(h[i]![end]!));
    if (Number.EPSILON * t * t > 1) {
      for (let j = i; j <= end; j++) {
        h[j]![end - 1]! /= t;
        h[j]![end]! /= t;
      }
    }
  }
}
