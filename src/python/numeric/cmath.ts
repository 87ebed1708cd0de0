/** The functions of cmath (W. Kahan, Branch Cuts for Complex Elementary Functions, 1987). */
import { fault } from "../fault.ts";
import { div, type Complex } from "./complex.ts";
import { copysign, ldexp } from "./special.ts";
import { isNegative } from "./rounding.ts";
import { hypot } from "./sums.ts";

const LARGE = Number.MAX_VALUE / 4;
const LOG_LARGE = Math.log(LARGE);
const { PI, LN2 } = Math;

function finite([x, y]: Complex): boolean {
  return x - x === 0 && y - y === 0;
}

function domain(): never {
  return fault("ValueError", "math domain error");
}

function inRange(z: Complex): Complex {
  return finite(z) ? z : fault("OverflowError", "math range error");
}

export function phase([x, y]: Complex): number {
  return Math.atan2(y, x);
}

/** The magnitude; too large a one is an error. */
function size(z: Complex): number {
  const length = hypot(z);
  return length - length !== 0 && finite(z) ? fault("OverflowError", "math range error") : length;
}

export function polar(z: Complex): [number, number] {
  return [size(z), phase(z)];
}

export function rect(r: number, phi: number): Complex {
  if (phi === 0) return [r, r * phi];
  if (phi - phi !== 0 && !Number.isNaN(phi) && r !== 0 && !Number.isNaN(r)) domain();
  return [r * Math.cos(phi), r * Math.sin(phi)];
}

export function sqrt([x, y]: Complex): Complex {
  if (Math.abs(y) === Infinity) return [Infinity, y];
  if (Number.isNaN(x)) return [x, Number.NaN];
  if (Math.abs(x) === Infinity) {
    if (Number.isNaN(y)) return x > 0 ? [x, y] : [y, Infinity];
    return x > 0 ? [x, copysign(0, y)] : [0, copysign(Infinity, y)];
  }
  if (x === 0 && y === 0) return [0, y];
  let [a, b] = [Math.abs(x), Math.abs(y)];
  let root: number;
  if (a < 2.2250738585072014e-308 && b < 2.2250738585072014e-308 && (a > 0 || b > 0)) {
    a = ldexp(a, 54);
    root = ldexp(Math.sqrt(a + hypot([a, ldexp(b, 54)])), -27);
  } else {
    a /= 8;
    root = 2 * Math.sqrt(a + hypot([a, b / 8]));
  }
  const other = b / (2 * root);
  return x >= 0 ? [root, copysign(other, y)] : [other, copysign(root, y)];
}

export function exp([x, y]: Complex): Complex {
  if (x - x !== 0 || y - y !== 0) {
    if (Math.abs(y) === Infinity && (x - x === 0 || x === Infinity)) domain();
    if (y === 0) return [Math.exp(x), y];
    if (x === -Infinity)
      return y - y === 0 ? [copysign(0, Math.cos(y)), copysign(0, Math.sin(y))] : [0, 0];
    if (x === Infinity && y - y === 0) return [Infinity * Math.cos(y), Infinity * Math.sin(y)];
    return [x === Infinity ? x : Number.NaN, Number.NaN];
  }
  if (x <= LOG_LARGE) {
    const length = Math.exp(x);
    return inRange([length * Math.cos(y), length * Math.sin(y)]);
  }
  const length = Math.exp(x - 1);
  return inRange([length * Math.cos(y) * Math.E, length * Math.sin(y) * Math.E]);
}

export function log(z: Complex): Complex {
  const [x, y] = z;
  const angle = Math.atan2(y, x);
  if (!finite(z)) {
    return [Math.abs(x) === Infinity || Math.abs(y) === Infinity ? Infinity : Number.NaN, angle];
  }
  const [a, b] = [Math.abs(x), Math.abs(y)];
  if (a > LARGE || b > LARGE) return [Math.log(hypot([a / 2, b / 2])) + LN2, angle];
  if (a < 2.2250738585072014e-308 && b < 2.2250738585072014e-308) {
    if (a === 0 && b === 0) domain();
    return [Math.log(hypot([ldexp(a, 53), ldexp(b, 53)])) - 53 * LN2, angle];
  }
  const length = hypot(z);
  if (length < 0.71 || length > 1.73) return [Math.log(length), angle];
  const [most, least] = a > b ? [a, b] : [b, a];
  return [Math.log1p((most - 1) * (most + 1) + least * least) / 2, angle];
}

export function log10(z: Complex): Complex {
  const [x, y] = log(z);
  return [x / Math.LN10, y / Math.LN10];
}

/** cmath.log(z, base). */
export function logBase(z: Complex, base: Complex): Complex {
  return div(log(z), log(base));
}

function timesI([x, y]: Complex): Complex {
  return [-y, x];
}

function overI([x, y]: Complex): Complex {
  return [y, -x];
}

export function cosh([x, y]: Complex): Complex {
  if (!finite([x, y])) {
    if (Math.abs(y) === Infinity && !Number.isNaN(x)) domain();
    if (y === 0) return [Math.abs(x), Number.isNaN(x) ? copysign(0, y) : x > 0 ? y : -y];
    if (x === 0) return [Number.NaN, 0];
    if (Math.abs(x) === Infinity) {
      return [Infinity * Math.cos(y) || Infinity, x * Math.sin(y)];
    }
    return [Number.NaN, Number.NaN];
  }
  if (Math.abs(x) > LOG_LARGE) {
    const less = x - copysign(1, x);
    return inRange([
      Math.cos(y) * Math.cosh(less) * Math.E,
      Math.sin(y) * Math.sinh(less) * Math.E,
    ]);
  }
  return inRange([Math.cos(y) * Math.cosh(x), Math.sin(y) * Math.sinh(x)]);
}

export function sinh([x, y]: Complex): Complex {
  if (!finite([x, y])) {
    if (Math.abs(y) === Infinity && !Number.isNaN(x)) domain();
    if (y === 0) return [x, y];
    if (x === 0) return [x, Number.NaN];
    if (Math.abs(x) === Infinity) {
      return Number.isNaN(y) ? [x, y] : [x * Math.cos(y), Infinity * Math.sin(y)];
    }
    return [Number.NaN, Number.NaN];
  }
  if (Math.abs(x) > LOG_LARGE) {
    const less = x - copysign(1, x);
    return inRange([
      Math.cos(y) * Math.sinh(less) * Math.E,
      Math.sin(y) * Math.cosh(less) * Math.E,
    ]);
  }
  return inRange([Math.cos(y) * Math.sinh(x), Math.sin(y) * Math.cosh(x)]);
}

export function tanh([x, y]: Complex): Complex {
  if (!finite([x, y])) {
    if (Math.abs(y) === Infinity && x - x === 0) domain();
    if (Math.abs(x) === Infinity) {
      const turn = y - y === 0 ? 2 * Math.sin(y) * Math.cos(y) : 0;
      return [copysign(1, x), copysign(0, turn)];
    }
    return y === 0 ? [x, y] : [Number.NaN, Number.NaN];
  }
  if (Math.abs(x) > LOG_LARGE) {
    const turn = 4 * Math.sin(y) * Math.cos(y) * Math.exp(-2 * Math.abs(x));
    return [copysign(1, x), turn];
  }
  const [tx, ty] = [Math.tanh(x), Math.tan(y)];
  const cx = 1 / Math.cosh(x);
  const product = tx * ty;
  const bottom = 1 + product * product;
  return [(tx * (1 + ty * ty)) / bottom, (ty / bottom) * cx * cx];
}

export function cos(z: Complex): Complex {
  return cosh(timesI(z));
}
export function sin(z: Complex): Complex {
  return overI(sinh(timesI(z)));
}
export function tan(z: Complex): Complex {
  return overI(tanh(timesI(z)));
}

export function acos(z: Complex): Complex {
  const [x, y] = z;
  if (!finite(z)) {
    const wide = Math.abs(x) === Infinity || Math.abs(y) === Infinity;
    return [
      x - x === 0 && Math.abs(y) === Infinity ? PI / 2 : Math.atan2(Math.abs(y), x),
      wide ? (isNegative(y) ? Infinity : -Infinity) : Number.NaN,
    ];
  }
  if (Math.abs(x) > LARGE || Math.abs(y) > LARGE) {
    return [Math.atan2(Math.abs(y), x), -copysign(Math.log(hypot([x / 2, y / 2])) + LN2 * 2, y)];
  }
  const [s1, s2] = [sqrt([1 - x, -y]), sqrt([1 + x, y])];
  return [2 * Math.atan2(s1[0], s2[0]), Math.asinh(s2[0] * s1[1] - s2[1] * s1[0])];
}

export function acosh(z: Complex): Complex {
  const [x, y] = z;
  if (!finite(z) || Math.abs(x) > LARGE || Math.abs(y) > LARGE) {
    if (!finite(z)) {
      const wide = Math.abs(x) === Infinity || Math.abs(y) === Infinity;
      return [wide ? Infinity : Number.NaN, Math.atan2(y, x)];
    }
    return [Math.log(hypot([x / 2, y / 2])) + LN2 * 2, Math.atan2(y, x)];
  }
  const [s1, s2] = [sqrt([x - 1, y]), sqrt([x + 1, y])];
  return [Math.asinh(s1[0] * s2[0] + s1[1] * s2[1]), 2 * Math.atan2(s1[1], s2[0])];
}

export function asinh(z: Complex): Complex {
  const [x, y] = z;
  if (!finite(z)) {
    const wide = Math.abs(x) === Infinity || Math.abs(y) === Infinity;
    if (Number.isNaN(x)) return y === 0 ? z : [wide ? Infinity : x, Number.NaN];
    return [wide ? copysign(Infinity, x) : Number.NaN, Math.atan2(y, Math.abs(x))];
  }
  if (Math.abs(x) > LARGE || Math.abs(y) > LARGE) {
    const length = Math.log(hypot([x / 2, y / 2])) + LN2 * 2;
    return [copysign(length, x), Math.atan2(y, Math.abs(x))];
  }
  const [s1, s2] = [sqrt([1 + y, -x]), sqrt([1 - y, x])];
  return [Math.asinh(s1[0] * s2[1] - s2[0] * s1[1]), Math.atan2(y, s1[0] * s2[0] - s1[1] * s2[1])];
}

export function asin(z: Complex): Complex {
  return overI(asinh(timesI(z)));
}

export function atanh(z: Complex): Complex {
  const [x, y] = z;
  if (isNegative(x)) {
    const [a, b] = atanh([-x, -y]);
    return [-a, -b];
  }
  if (!finite(z)) {
    const turn = Number.isNaN(y) ? y : copysign(PI / 2, y);
    if (Math.abs(y) === Infinity) return [0, turn];
    return x === Infinity ? [0, turn] : [x === 0 ? x : Number.NaN, Number.NaN];
  }
  const height = Math.abs(y);
  const root = Math.sqrt(LARGE);
  if (x > root || height > root) {
    const length = hypot([x / 2, height / 2]);
    return [x / 4 / length / length, copysign(PI / 2, y)];
  }
  if (x === 1 && height < Math.sqrt(2.2250738585072014e-308)) {
    if (height === 0) domain();
    const half = -Math.log(Math.sqrt(height) / Math.sqrt(hypot([height, 2])));
    return [half, copysign(Math.atan2(2, -height) / 2, y)];
  }
  const away = 1 - x;
  return [
    Math.log1p((4 * x) / (away * away + height * height)) / 4,
    -Math.atan2(-2 * y, away * (1 + x) - height * height) / 2,
  ];
}

export function atan(z: Complex): Complex {
  return overI(atanh(timesI(z)));
}

/** cmath.isclose. */
export function isclose(a: Complex, b: Complex, relative: number, absolute: number): boolean {
  if (relative < 0 || absolute < 0) fault("ValueError", "tolerances must be non-negative");
  if (a[0] === b[0] && a[1] === b[1]) return true;
  if ([...a, ...b].some((x) => Math.abs(x) === Infinity)) return false;
  const difference = hypot([a[0] - b[0], a[1] - b[1]]);
  return difference <= absolute || difference <= relative * Math.max(hypot(a), hypot(b));
}
