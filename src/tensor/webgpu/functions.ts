/**
 * WGSL functions in the place of builtins that adapters get wrong: software
 * ones fold `x != x` to false, and the standard lets sin, exp and their like be
 * coarse. A NaN is therefore told by its bits everywhere, and infinities come
 * out of variables, since a constant one does not compile.
 */

import { COS, ERF_CENTRE, ERF_TAIL, ERF_TAIL_START, EXP, SIN, TANH } from "../coefficients.ts";

/** A float literal. */
export function wgslFloat(value: number): string {
  if (Number.isNaN(value)) return "quiet_nan()";
  if (!Number.isFinite(value)) return value > 0 ? "infinity()" : "-infinity()";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
}

function horner(coefficients: readonly number[], x: string): string {
  return coefficients
    .map(wgslFloat)
    .reduceRight((sum, coefficient) => `(${sum} * ${x} + ${coefficient})`);
}

/** Each function's text; what it calls is found by name. */
const FUNCTIONS: Record<string, string> = {
  is_nan: `fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}`,
  infinity: `fn infinity() -> f32 {
  var bits = 0x7f800000u;
  return bitcast<f32>(bits);
}`,
  quiet_nan: `fn quiet_nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}`,
  // No branches in what runs often: software adapters compute both sides and more.
  larger: `fn larger(a: f32, b: f32) -> f32 {
  return select(b, a, ((a > b) & !is_nan(b)) | is_nan(a));
}`,
  smaller: `fn smaller(a: f32, b: f32) -> f32 {
  return select(b, a, ((a < b) & !is_nan(b)) | is_nan(a));
}`,
  equal: `fn equal(a: f32, b: f32) -> bool {
  return (a == b) & !is_nan(a) & !is_nan(b);
}`,
  less: `fn less(a: f32, b: f32) -> bool {
  return (a < b) & !is_nan(a) & !is_nan(b);
}`,
  less_equal: `fn less_equal(a: f32, b: f32) -> bool {
  return (a <= b) & !is_nan(a) & !is_nan(b);
}`,
  power_of_two: `fn power_of_two(n: i32) -> f32 {
  return bitcast<f32>(u32(n + 127) << 23u);
}`,
  // 2ⁿ in two factors, since 2¹²⁸ is infinite and a result near the top is not.
  scale: `fn scale(x: f32, n: i32) -> f32 {
  let half = n / 2;
  return x * power_of_two(half) * power_of_two(n - half);
}`,
  exp_core: `fn exp_core(r: f32, n: i32) -> f32 {
  return scale(1.0f + (r + r * r * ${horner(EXP, "r")}), n);
}`,
  exp_: `fn exp_(x: f32) -> f32 {
  let within = clamp(x, -104.0f, 89.0f);
  let n = round(within * 1.44269504f);
  let value = exp_core((within - n * 0.693359375f) + n * 2.12194440e-4f, i32(n));
  let high = select(value, infinity(), x > 88.72284f);
  return select(select(high, 0.0f, x < -103.9f), x, is_nan(x));
}`,
  // A denormal is an integer times 2⁻¹⁴⁹; as a float it would be flushed to 0.
  split: `fn split(x: f32, exponent: ptr<function, i32>) -> f32 {
  var bits = bitcast<u32>(x);
  var e = -127;
  if (bits < 0x00800000u) {
    bits = bitcast<u32>(f32(bits));
    e = -276;
  }
  e += i32(bits >> 23u);
  var m = bitcast<f32>((bits & 0x007fffffu) | 0x3f800000u);
  if (m > 1.41421356f) {
    m *= 0.5f;
    e += 1;
  }
  *exponent = e;
  return m;
}`,
  // log(m) = 2 artanh(s) with s = (m − 1)/(m + 1), in powers of s².
  log_: `fn log_(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  if (is_nan(x)) { return x; }
  if ((bits & 0x7fffffffu) == 0u) { return -infinity(); }
  if (bits >= 0x80000000u) { return quiet_nan(); }
  if (bits == 0x7f800000u) { return x; }
  var e = 0;
  let f = split(x, &e) - 1.0f;
  let s = f / (2.0f + f);
  let z = s * s;
  let tail = z * (0.66666667f + z * (0.4f + z * (0.28571429f + z * 0.23f)));
  let half = 0.5f * f * f;
  let n = f32(e);
  return n * 0.693359375f - ((half - (s * (half + tail) - n * 2.12194440e-4f)) - f);
}`,
  high: `fn high(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) & 0xfffff000u);
}`,
  // log(x)·y in two floats, since exp multiplies the error of what it gets by its size.
  pow_positive: `fn pow_positive(x: f32, y: f32) -> f32 {
  var e = 0;
  let m = split(x, &e);
  let f = m - 1.0f;
  let t = m + 1.0f;
  let s = f / t;
  let sh = high(s);
  let th = high(t);
  let tl = f - (th - 2.0f);
  let sl = ((f - sh * th) - sh * tl) / t;
  let z = s * s;
  let cubic = s * z * (0.66666667f + z * (0.4f + z * (0.28571429f + z * 0.23f)));
  let n = f32(e);
  let whole = n * 0.693359375f;
  let h = whole + 2.0f * sh;
  let l = (2.0f * sh - (h - whole)) + (2.0f * sl + cubic - n * 2.12194440e-4f);
  let hh = high(h);
  let yh = high(y);
  let top = yh * hh;
  if (top > 100.0f) { return infinity(); }
  if (top < -110.0f) { return 0.0f; }
  let rest = y * l + (yh * (h - hh) + (y - yh) * h);
  let k = round((top + rest) * 1.44269504f);
  if (k > 128.0f) { return infinity(); }
  if (k < -150.0f) { return 0.0f; }
  return exp_core((top - k * 0.693359375f) + (rest + k * 2.12194440e-4f), i32(k));
}`,
  // The special cases are those of C's powf.
  pow_: `fn pow_(a: f32, b: f32) -> f32 {
  if (b == 0.0f && !is_nan(b)) { return 1.0f; }
  if (a == 1.0f && !is_nan(a)) { return 1.0f; }
  if (is_nan(a)) { return a; }
  if (is_nan(b)) { return b; }
  let bits = bitcast<u32>(a) & 0x7fffffffu;
  let size = bitcast<f32>(bits);
  if ((bitcast<u32>(b) & 0x7fffffffu) == 0x7f800000u) {
    if (size == 1.0f) { return 1.0f; }
    return select(0.0f, infinity(), (size > 1.0f) == (b > 0.0f));
  }
  let whole = floor(b) == b;
  let odd = whole && abs(b) < 16777216.0f && (i32(b) & 1) == 1;
  let negative = bitcast<u32>(a) >= 0x80000000u;
  var result = 0.0f;
  if (bits == 0u) {
    result = select(infinity(), 0.0f, b > 0.0f);
  } else if (bits == 0x7f800000u) {
    result = select(0.0f, infinity(), b > 0.0f);
  } else {
    if (negative && !whole) { return quiet_nan(); }
    result = pow_positive(size, b);
  }
  return select(result, -result, negative && odd);
}`,
  ipow: `fn ipow(a: i32, b: i32) -> i32 {
  if (b < 0) {
    if (a == 1) { return 1; }
    if (a == -1) { return select(-1, 1, (b & 1) == 0); }
    return 0;
  }
  var result = 1;
  var base = a;
  for (var left = b; left > 0; left = left >> 1u) {
    if ((left & 1) == 1) { result = result * base; }
    base = base * base;
  }
  return result;
}`,
  upow: `fn upow(a: u32, b: u32) -> u32 {
  var result = 1u;
  var base = a;
  for (var left = b; left > 0u; left = left >> 1u) {
    if ((left & 1u) == 1u) { result = result * base; }
    base = base * base;
  }
  return result;
}`,
  multiply_high: `fn multiply_high(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let other = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (other >> 16u);
}`,
  // Payne & Hanek 1983: x · 2/π modulo 4, from the 96 bits of 2/π that matter for
  // x's exponent. Gives the quadrant, and what is left over as an angle.
  reduce_angle: `const TWO_OVER_PI = array<u32, 9>(0u, 0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u,
  0xdb629599u, 0x3c439041u, 0xfe5163abu, 0u);
fn reduce_angle(x: f32, quadrant: ptr<function, u32>) -> f32 {
  if (abs(x) <= 0.78539816f) {
    *quadrant = 0u;
    return x;
  }
  let bits = bitcast<u32>(x);
  let m = (bits & 0x007fffffu) | 0x00800000u;
  let start = ((bits >> 23u) & 0xffu) - 120u;
  let word = start >> 5u;
  let shift = start & 31u;
  var table = TWO_OVER_PI;
  var w = array<u32, 3>();
  for (var i = 0u; i < 3u; i++) {
    let next = select(0u, table[word + i + 1u] >> ((32u - shift) & 31u), shift > 0u);
    w[i] = (table[word + i] << shift) | next;
  }
  let low = w[2] * m;
  let carried = multiply_high(w[2], m);
  var middle = w[1] * m + carried;
  var top = w[0] * m + multiply_high(w[1], m) + select(0u, 1u, middle < carried);
  let q = (top + 0x20000000u) >> 30u;
  top = top - (q << 30u);
  let negative = top >= 0x80000000u;
  var last = low;
  if (negative) {
    last = ~low + 1u;
    middle = ~middle + select(0u, 1u, last == 0u);
    top = ~top + select(0u, 1u, last == 0u && middle == 0u);
  }
  let first = (top << 2u) | (middle >> 30u);
  let second = (middle << 2u) | (last >> 30u);
  let angle = (f32(first) * 2.3283064e-10f + f32(second) * 5.4210109e-20f) * 1.5707964f;
  let flip = (bits >= 0x80000000u) != negative;
  *quadrant = select(q, (4u - q) & 3u, bits >= 0x80000000u);
  return select(angle, -angle, flip);
}`,
  wave: `fn wave(x: f32, ahead: u32) -> f32 {
  if ((bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u) { return quiet_nan(); }
  var quadrant = 0u;
  let r = reduce_angle(x, &quadrant);
  let z = r * r;
  let turn = quadrant + ahead;
  let sine = r + r * z * ${horner(SIN, "z")};
  let cosine = 1.0f - (0.5f * z - z * z * ${horner(COS, "z")});
  let value = select(sine, cosine, (turn & 1u) == 1u);
  return select(value, -value, (turn & 2u) == 2u);
}`,
  sin_: `fn sin_(x: f32) -> f32 { return wave(x, 0u); }`,
  cos_: `fn cos_(x: f32) -> f32 { return wave(x, 1u); }`,
  tanh_: `fn tanh_(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  let size = abs(x);
  if (size < 0.55f) {
    let z = x * x;
    return x + x * z * ${horner(TANH, "z")};
  }
  let value = select(1.0f - 2.0f / (exp_(2.0f * min(size, 20.0f)) + 1.0f), 1.0f, size > 20.0f);
  return select(value, -value, x < 0.0f);
}`,
  erf_: `fn erf_(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  let size = abs(x);
  if (size <= ${wgslFloat(ERF_TAIL_START)}) {
    let z = x * x;
    return x * ${horner(ERF_CENTRE, "z")};
  }
  var value = 1.0f;
  if (size < 6.0f) {
    let t = 1.0f / size;
    value = 1.0f - exp_(-size * size) * ${horner(ERF_TAIL, "t")};
  }
  return select(value, -value, x < 0.0f);
}`,
  sqrt_: `fn sqrt_(x: f32) -> f32 {
  let itself = is_nan(x) | ((bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u);
  return select(select(sqrt(x), x, itself), quiet_nan(), x < 0.0f);
}`,
  to_uint: `fn to_uint(x: f32) -> u32 {
  if (is_nan(x) || x <= 0.0f) { return 0u; }
  if (x >= 4294967296.0f) { return 4294967295u; }
  return u32(x);
}`,
  to_int: `fn to_int(x: f32) -> i32 {
  if (is_nan(x)) { return 0; }
  if (x >= 2147483648.0f) { return 2147483647; }
  if (x < -2147483648.0f) { return -2147483647 - 1; }
  return i32(x);
}`,
};

/** The functions that `source` calls, and those that they call, each once. */
export function functionsFor(source: string): string {
  const found = new Map<string, string>();
  const visit = (text: string): void => {
    for (const [, name = ""] of text.matchAll(/\b([a-z_]+)\(/g)) {
      const body = FUNCTIONS[name];
      if (body === undefined || found.has(name)) continue;
      found.set(name, body);
      visit(body);
    }
  };
  visit(source);
  return [...found.values()].join("\n");
}
