/** Special functions of each element, computed on the host in float64: the layer has none of them. */
import { fault } from "../../python/fault.ts";
import { erfc, lgamma } from "../../python/numeric/gamma.ts";
import { fillWith, hostArray, isFloat } from "../../tensor/dtype.ts";
import { fromValues } from "../../tensor/creation.ts";
import { customFunction, type Tensor } from "../../tensor/index.ts";
import { room } from "./failure.ts";
import type { Entry, Table } from "./register.ts";
import { type PyTensor, wrap } from "./tensor.ts";

/** A function of numbers as one of tensors; `slope` is its derivative, made of tensor operators. */
function special(
  made: string,
  compute: (x: number) => number,
  slope: (x: Tensor, y: Tensor) => Tensor,
): Entry {
  const step = customFunction<[Tensor]>({
    forward: (context, x) => {
      room(x.numel, 64);
      const values = x.toTypedArray() as ArrayLike<number>;
      const out = hostArray(x.dtype, x.numel);
      fillWith(out, x.dtype, (i) => compute(values[i]!));
      const result = fromValues(x.dtype, out, x.shape);
      context.saveForBackward(x, result);
      return result;
    },
    backward: (context, g) => {
      const [x, y] = context.savedTensors as [Tensor, Tensor];
      return g.mul(slope(x, y));
    },
  });
  return ["", (x: PyTensor) => wrap(step(isFloat(x.t.dtype) ? x.t : x.t.to("float32")), made)];
}

/**
 * The derivative of `lgamma`: steps up to 6 by ψ(x) = ψ(x + 1) − 1/x, and then the asymptotic
 * series; by reflection below 0 (Abramowitz & Stegun 1964, 6.3.5, 6.3.7, 6.3.18).
 */
function digamma(x: number): number {
  if (x === 0) return Object.is(x, -0) ? Infinity : -Infinity;
  if (x < 0) {
    if (Number.isInteger(x)) return Number.NaN;
    return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  }
  let [at, result] = [x, 0];
  while (at < 10) {
    result -= 1 / at;
    at++;
  }
  const z = 1 / (at * at);
  const series =
    z *
    (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132 - (z * 691) / 32760)))));
  return result + Math.log(at) - 0.5 / at - series;
}

/** `lgamma` of Python, which raises where there is a pole; here it is infinite. */
function logGamma(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x <= 0 && Number.isInteger(x)) return Infinity;
  return lgamma(x);
}

/**
 * The x whose `erf` is y: a first guess (Giles 2012), and two steps of Newton's method on `erfc`,
 * which keeps its digits far out.
 */
function erfinv(y: number): number {
  if (!(y >= -1 && y <= 1)) return Number.NaN;
  if (y === 1 || y === -1) return y * Infinity;
  if (y === 0) return y;
  const size = Math.abs(y);
  const tail = 1 - size;
  const w = -Math.log(tail * (1 + size));
  // Winitzki's approximation, good to 2e-3.
  const a = 0.147;
  const half = 2 / (Math.PI * a) - w / 2;
  let x = Math.sqrt(Math.sqrt(half * half + w / a) - half);
  for (let step = 0; step < 4; step++) {
    const error = (erfc(x) - tail) / ((-2 / Math.sqrt(Math.PI)) * Math.exp(-x * x));
    x -= error / (1 + x * error);
  }
  return y < 0 ? -x : x;
}

/** Functions and methods, also with an underscore. */
export const SPECIAL: Table = {
  lgamma: special("Lgamma", logGamma, (x) => digammaOf(x)),
  digamma: special("Digamma", digamma, () =>
    fault("RuntimeError", "the derivative of torch.digamma is not here; nearest: torch.lgamma"),
  ),
  erfc: special("Erfc", erfc, (x) =>
    x
      .square()
      .neg()
      .exp()
      .mul(-2 / Math.sqrt(Math.PI)),
  ),
  erfinv: special("Erfinv", erfinv, (_, y) =>
    y
      .square()
      .exp()
      .mul(Math.sqrt(Math.PI) / 2),
  ),
};

const digammaOf = (x: Tensor): Tensor => {
  const [, run] = SPECIAL["digamma"]!;
  return (run as (x: { t: Tensor }) => PyTensor)({ t: x }).t;
};
