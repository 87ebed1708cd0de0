/** What random.Random makes of a generator's bits; choices are indices. The numbers are CPython's. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { div, mod, pow as power } from "./floats.ts";
import { add, floordiv, mul, sub } from "./integers.ts";
import { lgamma } from "./gamma.ts";
import { truncate } from "./rounding.ts";
import { bitLength, type Int } from "./sizes.ts";
import { exp, log, sqrt } from "./special.ts";
import { getrandbits, next32, random, type Twister } from "./twister.ts";

const TWO_PI = 2 * Math.PI;
const BITS53 = 2 ** 53;

/** A whole number in [0, n), for n > 0. */
function below(twister: Twister, n: Int): Int {
  const bits = bitLength(n);
  if (twister.draw !== undefined || twister.bits !== undefined) return belowOf(twister, n, bits);
  if (typeof n === "number" && bits <= 32) {
    let small = next32(twister) >>> (32 - bits);
    while (small >= n) small = next32(twister) >>> (32 - bits);
    return small;
  }
  let drawn = getrandbits(twister, bits);
  while (drawn >= n) drawn = getrandbits(twister, bits);
  return drawn;
}

/** The same of what a program put in the place of the generator's functions. */
function belowOf({ bits, draw }: Twister, n: Int, size: number): Int {
  for (;;) {
    spend(1);
    if (bits !== undefined) {
      const drawn = bits(size);
      if (drawn < n) return drawn;
    } else if (n >= BITS53) return truncate(draw!() * Number(n));
    else {
      const rest = BITS53 % Number(n);
      const drawn = draw!();
      if (drawn < (BITS53 - rest) / BITS53) return Math.floor(drawn * BITS53) % Number(n);
    }
  }
}

/** randrange(start, stop, step); stop is undefined where it was not given. */
export function randrange(twister: Twister, start: Int, stop?: Int, step: Int = 1): Int {
  if (stop === undefined) {
    if (start > 0) return below(twister, start);
    fault("ValueError", "empty range for randrange()");
  }
  const width = sub(stop, start);
  if (step === 1) {
    if (width > 0) return add(start, below(twister, width));
    fault("ValueError", `empty range for randrange() (${start}, ${stop}, ${width})`);
  }
  if (step === 0) fault("ValueError", "zero step for randrange()");
  const count = floordiv(add(width, sub(step, step > 0 ? 1 : -1)), step);
  if (count <= 0) fault("ValueError", "empty range for randrange()");
  return add(start, mul(step, below(twister, count)));
}

/** The index that choice takes of so many. */
export function choice(twister: Twister, length: number): number {
  if (length === 0) fault("IndexError", "Cannot choose from an empty sequence");
  return Number(below(twister, length));
}

/** shuffle: swaps through `swap(i, j)`. */
export function shuffle(
  twister: Twister,
  length: number,
  swap: (i: number, j: number) => void,
): void {
  for (let i = length - 1; i > 0; i--) {
    spend(2);
    swap(i, Number(below(twister, i + 1)));
  }
}

/** The indices that sample takes. */
export function sample(twister: Twister, population: number, k: Int): number[] {
  if (k < 0 || k > population) {
    fault("ValueError", "Sample larger than population or is negative");
  }
  const count = Number(k);
  // The size at which CPython prefers a set to a copy; both draw other numbers.
  const most = 21 + (count > 5 ? 4 ** Math.ceil(Math.log(count * 3) / Math.log(4)) : 0);
  spend(count);
  allocate(count * 8);
  const result: number[] = [];
  if (population <= most) {
    const pool = Array.from({ length: population }, (_, i) => i);
    for (let i = 0; i < count; i++) {
      const j = Number(below(twister, population - i));
      result.push(pool[j]!);
      pool[j] = pool[population - i - 1]!;
    }
    return result;
  }
  const selected = new Set<number>();
  while (selected.size < count) selected.add(Number(below(twister, population)));
  return [...selected];
}

/** The indices that sample takes with `counts`. */
export function sampleCounts(twister: Twister, counts: readonly Int[], k: Int): number[] {
  const sums: number[] = [];
  let total: Int = 0;
  for (const count of counts) sums.push(Number((total = add(total, count))));
  if (total <= 0) fault("ValueError", "Total of counts must be greater than zero");
  return sample(twister, Number(total), k).map((drawn) => bisect(sums, drawn, sums.length - 1));
}

/** Where x goes in sums[0..most], behind its equals. */
function bisect(sums: readonly number[], x: number, most: number): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x < sums[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The indices that choices takes of so many. */
export function choices(twister: Twister, length: number, k: Int): number[] {
  charge(k);
  const result: number[] = [];
  for (let i = 0; i < k; i++) result.push(choicesIndex(twister, length));
  return result;
}

function choicesIndex(twister: Twister, length: number): number {
  if (length === 0) fault("IndexError", "list index out of range");
  return Math.floor(random(twister) * length);
}

function charge(k: Int): void {
  if (k > 0) {
    spend(Number(k));
    allocate(Number(k) * 8);
  }
}

/** The same with weights added up. */
export function choicesWeighted(twister: Twister, sums: readonly number[], k: Int): number[] {
  const total = sums.at(-1) ?? fault("IndexError", "list index out of range");
  if (total <= 0) fault("ValueError", "Total of weights must be greater than zero");
  if (total - total !== 0) fault("ValueError", "Total of weights must be finite");
  charge(k);
  const result: number[] = [];
  for (let i = 0; i < k; i++) result.push(bisect(sums, random(twister) * total, sums.length - 1));
  return result;
}

export function uniform(twister: Twister, a: number, b: number): number {
  return a + (b - a) * random(twister);
}

export function triangular(twister: Twister, low: number, high: number, mode?: number): number {
  let u = random(twister);
  if (mode !== undefined && high === low) return low;
  let c = mode === undefined ? 0.5 : (mode - low) / (high - low);
  let [from, to] = [low, high];
  if (u > c) {
    u = 1 - u;
    c = 1 - c;
    [from, to] = [high, low];
  }
  return from + (to - from) * sqrt(u * c);
}

export function normalvariate(twister: Twister, mu: number, sigma: number): number {
  const magic = (4 * Math.exp(-0.5)) / Math.sqrt(2);
  for (;;) {
    const u = random(twister);
    const v = 1 - random(twister);
    const z = (magic * (u - 0.5)) / v;
    if ((z * z) / 4 <= -Math.log(v)) return mu + z * sigma;
  }
}

export function gauss(twister: Twister, mu: number, sigma: number): number {
  let z = twister.gauss;
  twister.gauss = undefined;
  if (z === undefined) {
    const angle = random(twister) * TWO_PI;
    const radius = Math.sqrt(-2 * Math.log(1 - random(twister)));
    z = Math.cos(angle) * radius;
    twister.gauss = Math.sin(angle) * radius;
  }
  return mu + z * sigma;
}

export function lognormvariate(twister: Twister, mu: number, sigma: number): number {
  return exp(normalvariate(twister, mu, sigma));
}

export function expovariate(twister: Twister, lambda: number): number {
  return div(-Math.log(1 - random(twister)), lambda);
}

export function vonmisesvariate(twister: Twister, mu: number, kappa: number): number {
  if (kappa <= 1e-6) return TWO_PI * random(twister);
  const s = 0.5 / kappa;
  const r = s + sqrt(1 + s * s);
  for (;;) {
    const z = Math.cos(Math.PI * random(twister));
    const d = z / (r + z);
    const u = random(twister);
    if (u < 1 - d * d || u <= (1 - d) * Math.exp(d)) {
      const q = 1 / r;
      const angle = Math.acos((q + z) / (1 + q * z));
      return mod(random(twister) > 0.5 ? mu + angle : mu - angle, TWO_PI);
    }
    spend(1);
  }
}

export function gammavariate(twister: Twister, alpha: number, beta: number): number {
  if (alpha <= 0 || beta <= 0) {
    fault("ValueError", "gammavariate: alpha and beta must be > 0.0");
  }
  if (alpha === 1) return -Math.log(1 - random(twister)) * beta;
  return (alpha > 1 ? gammaLarge : gammaSmall)(twister, alpha) * beta;
}

/** R. C. H. Cheng, The generation of Gamma variables with non-integral shape parameters, 1977. */
function gammaLarge(twister: Twister, alpha: number): number {
  const root = sqrt(2 * alpha - 1);
  const b = alpha - Math.log(4);
  const c = alpha + root;
  const magic = 1 + Math.log(4.5);
  for (;;) {
    spend(1);
    const u = random(twister);
    if (!(u > 1e-7 && u < 0.9999999)) continue;
    const w = 1 - random(twister);
    const v = Math.log(u / (1 - u)) / root;
    const x = alpha * Math.exp(v);
    const z = u * u * w;
    const r = b + c * v - x;
    if (r + magic - 4.5 * z >= 0 || r >= log(z)) return x;
  }
}

/** J. H. Ahrens, U. Dieter, Computer methods for sampling from gamma, 1974. */
function gammaSmall(twister: Twister, alpha: number): number {
  const b = (Math.E + alpha) / Math.E;
  for (;;) {
    spend(1);
    const p = b * random(twister);
    const x = p <= 1 ? power(p, 1 / alpha) : -log((b - p) / alpha);
    const u = random(twister);
    if (p > 1 ? u <= power(x, alpha - 1) : u <= Math.exp(-x)) return x;
  }
}

export function betavariate(twister: Twister, alpha: number, beta: number): number {
  const y = gammavariate(twister, alpha, 1);
  return y === 0 ? 0 : y / (y + gammavariate(twister, beta, 1));
}

export function paretovariate(twister: Twister, alpha: number): number {
  return power(1 - random(twister), div(-1, alpha));
}

export function weibullvariate(twister: Twister, alpha: number, beta: number): number {
  return alpha * power(-Math.log(1 - random(twister)), div(1, beta));
}

/** How often n throws of a coin that shows heads with probability p do. */
export function binomialvariate(twister: Twister, n: Int, p: number): Int {
  if (n < 0) fault("ValueError", "n must be non-negative");
  if (!(p > 0 && p < 1)) {
    if (p === 0) return 0;
    if (p === 1) return n;
    fault("ValueError", "p must be in the range 0.0 <= p <= 1.0");
  }
  if (n === 1) return random(twister) < p ? 1 : 0;
  if (p > 0.5) return sub(n, binomialvariate(twister, n, 1 - p));
  const count = Number(n);
  return count * p < 10 ? binomialFew(twister, count, p) : binomialMany(twister, count, p);
}

/** By the lengths of runs (L. Devroye, Non-Uniform Random Variate Generation, 1986, X.4). */
function binomialFew(twister: Twister, n: number, p: number): number {
  const c = Math.log2(1 - p);
  if (c === 0) return 0;
  let heads = 0;
  for (let thrown = 0; ; heads++) {
    spend(1);
    thrown += Math.floor(Math.log2(random(twister)) / c) + 1;
    if (thrown > n) return heads;
  }
}

/** BTRS: W. Hörmann, The generation of binomial random variates, 1993. */
function binomialMany(twister: Twister, n: number, p: number): number {
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const odds = Math.log(p / (1 - p));
  const mode = Math.floor((n + 1) * p);
  const h = lgamma(mode + 1) + lgamma(n - mode + 1);
  for (;;) {
    spend(1);
    const u = random(twister) - 0.5;
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (k < 0 || k > n) continue;
    const v = random(twister);
    if (us >= 0.07 && v <= squeeze) return k;
    const scaled = v * (alpha / (a / (us * us) + b));
    const bound = h - lgamma(k + 1) - lgamma(n - k + 1) + (k - mode) * odds;
    if (Math.log(scaled) <= bound) return k;
  }
}
