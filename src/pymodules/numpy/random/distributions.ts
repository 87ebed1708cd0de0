/** Numbers of other distributions, made of uniform, normal and exponential ones in NumPy's ways. */
import { spend } from "../../../python/budget.ts";
import { lgamma } from "../../../python/numeric/gamma.ts";

/** What a generator draws by itself. */
export interface Draws {
  double(): number;
  normal(): number;
  exponential(): number;
}

/** By squeezing (G. Marsaglia, W. W. Tsang, 2000); shapes below 1 by rejection. */
export function gamma(draws: Draws, shape: number): number {
  if (shape === 1) return draws.exponential();
  if (shape === 0) return 0;
  if (shape < 1) {
    for (;;) {
      spend(1);
      const u = draws.double();
      const v = draws.exponential();
      if (u <= 1 - shape) {
        const x = u ** (1 / shape);
        if (x <= v) return x;
      } else {
        const y = -Math.log((1 - u) / shape);
        const x = (1 - shape + shape * y) ** (1 / shape);
        if (x <= v + y) return x;
      }
    }
  }
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    let x: number;
    let v: number;
    do {
      spend(1);
      x = draws.normal();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = draws.double();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (Math.log(u) < 0.5 * x * x + b * (1 - v + Math.log(v))) return b * v;
  }
}

export function beta(draws: Draws, a: number, b: number): number {
  if (a > 1 || b > 1) {
    const x = gamma(draws, a);
    const y = gamma(draws, b);
    return x / (x + y);
  }
  for (;;) {
    spend(1);
    const u = draws.double();
    const v = draws.double();
    const x = u ** (1 / a);
    const y = v ** (1 / b);
    const sum = x + y;
    if (sum > 1 || u + v <= 0) continue;
    if (sum > 0) return x / sum;
    const [p, q] = [Math.log(u) / a, Math.log(v) / b];
    const most = Math.max(p, q);
    return Math.exp(p - most - Math.log(Math.exp(p - most) + Math.exp(q - most)));
  }
}

/** By products of uniform numbers, and by transformed rejection (W. Hörmann, 1993) from a mean of 10. */
export function poisson(draws: Draws, mean: number): number {
  if (mean === 0) return 0;
  if (mean < 10) {
    const least = Math.exp(-mean);
    let product = 1;
    for (let count = 0; ; count++) {
      spend(1);
      product *= draws.double();
      if (product <= least) return count;
    }
  }
  const root = Math.sqrt(mean);
  const log = Math.log(mean);
  const b = 0.931 + 2.53 * root;
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const limit = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    spend(1);
    const u = draws.double() - 0.5;
    const v = draws.double();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= limit) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const left = Math.log(v) + Math.log(inverse) - Math.log(a / (us * us) + b);
    if (left <= -mean + k * log - lgamma(k + 1)) return k;
  }
}

/** By inversion, and by rejection (V. Kachitvichyanukul, B. W. Schmeiser, BTPE, 1988) where many are expected. */
export function binomial(draws: Draws, n: number, p: number): number {
  if (n === 0 || p === 0) return 0;
  if (p > 0.5) return n - binomialBelow(draws, n, 1 - p);
  return binomialBelow(draws, n, p);
}

function binomialBelow(draws: Draws, n: number, p: number): number {
  return p * n <= 30 ? binomialInversion(draws, n, p) : binomialRejection(draws, n, p);
}

function binomialInversion(draws: Draws, n: number, p: number): number {
  const q = 1 - p;
  const first = Math.exp(n * Math.log(q));
  const mean = n * p;
  const bound = Math.floor(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  let count = 0;
  let part = first;
  let u = draws.double();
  while (u > part) {
    spend(1);
    count++;
    if (count > bound) {
      count = 0;
      part = first;
      u = draws.double();
    } else {
      u -= part;
      part = ((n - count + 1) * p * part) / (count * q);
    }
  }
  return count;
}

/** A term of Stirling's series. */
function tail(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}

function binomialRejection(draws: Draws, n: number, p: number): number {
  const q = 1 - p;
  const spread = n * p * q;
  const fm = n * p + p;
  const m = Math.floor(fm);
  const p1 = Math.floor(2.195 * Math.sqrt(spread) - 4.6 * q) + 0.5;
  const xm = m + 0.5;
  const [xl, xr] = [xm - p1, xm + p1];
  const c = 0.134 + 20.5 / (15.3 + m);
  const al = (fm - xl) / (fm - xl * p);
  const left = al * (1 + al / 2);
  const ar = (xr - fm) / (xr * q);
  const right = ar * (1 + ar / 2);
  const p2 = p1 * (1 + 2 * c);
  const p3 = p2 + c / left;
  const p4 = p3 + c / right;
  for (;;) {
    spend(1);
    const u = draws.double() * p4;
    let v = draws.double();
    let y: number;
    if (u <= p1) return Math.floor(xm - p1 * v + u);
    if (u <= p2) {
      const x = xl + (u - p1) / c;
      v = v * c + 1 - Math.abs(m - x + 0.5) / p1;
      if (v > 1) continue;
      y = Math.floor(x);
    } else if (u <= p3) {
      y = Math.floor(xl + Math.log(v) / left);
      if (y < 0 || v === 0) continue;
      v = v * (u - p2) * left;
    } else {
      y = Math.floor(xr - Math.log(v) / right);
      if (y > n || v === 0) continue;
      v = v * (u - p3) * right;
    }
    const k = Math.abs(y - m);
    if (k > 20 && k < spread / 2 - 1) {
      const rho = (k / spread) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / spread + 0.5);
      const t = (-k * k) / (2 * spread);
      const log = Math.log(v);
      if (log < t - rho) return y;
      if (log > t + rho) continue;
      const [x1, f1, z, w] = [y + 1, m + 1, n + 1 - m, n - y + 1];
      const bound =
        xm * Math.log(f1 / x1) +
        (n - m + 0.5) * Math.log(z / w) +
        (y - m) * Math.log((w * p) / (x1 * q)) +
        tail(f1) +
        tail(z) +
        tail(x1) +
        tail(w);
      if (log > bound) continue;
      return y;
    }
    const s = p / q;
    const a = s * (n + 1);
    let f = 1;
    for (let i = m + 1; i <= y; i++) f *= a / i - s;
    for (let i = y + 1; i <= m; i++) f /= a / i - s;
    if (v <= f) return y;
  }
}

/** How many tries until the first success; `exponential` where the generator inverts by one. */
export function geometric(draws: Draws, p: number, exponential: boolean): number {
  if (p >= 1 / 3) {
    let sum = p;
    let product = p;
    const u = draws.double();
    for (let count = 1; ; count++) {
      if (u <= sum || product === 0) return count;
      product *= 1 - p;
      sum += product;
    }
  }
  return exponential
    ? Math.ceil(-draws.exponential() / Math.log1p(-p))
    : Math.ceil(Math.log(1 - draws.double()) / Math.log(1 - p));
}
