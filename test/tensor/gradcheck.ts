/**
 * Holds gradients against central differences of the same function: in
 * float64 with PyTorch's tolerances where the device has it, else in float32.
 */

import { enableGrad, grad, noGrad, Tensor, tensor } from "../../src/tensor/index.ts";

/** How finely to differ, and how closely to agree. */
export interface GradcheckOptions {
  /** Half the distance of two points, small against the curve and large against rounding. */
  eps: number;
  atol: number;
  rtol: number;
}

const IN_FLOAT64: GradcheckOptions = { eps: 1e-6, atol: 1e-5, rtol: 1e-3 };
const IN_FLOAT32: GradcheckOptions = { eps: 2 ** -7, atol: 2e-3, rtol: 5e-3 };

/** The same way through a storage of float64. */
function widen(x: Tensor): Tensor {
  if (x.dtype !== "float32") return x;
  const whole = new Tensor(x.storage, [x.storage.length], [1], 0).to("float64");
  return new Tensor(whole.storage, x.shape, x.strides, x.offset);
}

/**
 * Compares `grad` of a random weighing of `fn`'s result with
 * (f(x + eps) − f(x − eps)) / 2eps, for every element of every input. On the
 * cpu float32 inputs become float64 ones of the same layout first.
 * @throws Error naming the first element that disagrees
 */
export function gradcheck(
  fn: (...inputs: Tensor[]) => Tensor,
  given: readonly Tensor[],
  options: Partial<GradcheckOptions> = {},
): void {
  const exact = given[0]?.device === "cpu";
  const { eps, atol, rtol } = { ...(exact ? IN_FLOAT64 : IN_FLOAT32), ...options };
  const inputs = exact ? given.map(widen) : given;
  const leaves = inputs.map((x) => x.detach().requiresGrad_());
  const out = fn(...leaves);
  if (exact && out.dtype !== "float64") {
    throw new Error(`the result is ${out.dtype} and has lost the digits that differences need`);
  }
  const weights = Float64Array.from({ length: out.numel }, (_, i) => Math.sin(i * 1.7 + 1));
  const weigh = tensor(weights, { shape: out.shape, dtype: out.dtype });
  const gradients = grad(out, leaves, { gradOutputs: weigh, allowUnused: true });
  const value = (moved: Tensor[]): number => {
    const result = [...noGrad(() => fn(...moved)).toTypedArray()];
    return result.reduce((sum, y, i) => sum + y * (weights[i] ?? 0), 0);
  };
  inputs.forEach((x, which) => {
    const values = x.toTypedArray();
    const found = gradients[which]?.toTypedArray() ?? [];
    if (found.length !== values.length) {
      throw new Error(`input ${which}: ${values.length} elements, ${found.length} gradients`);
    }
    values.forEach((own, at) => {
      const differ = (by: number): number => {
        const moved = Float64Array.from(values);
        moved[at] = own + by;
        const copies = inputs.map((one, i) =>
          i === which ? tensor(moved, { shape: one.shape, dtype: one.dtype }) : one,
        );
        return value(copies);
      };
      const expected = (differ(eps) - differ(-eps)) / (2 * eps);
      const actual = found[at] ?? Number.NaN;
      if (!(Math.abs(actual - expected) <= atol + rtol * Math.abs(expected))) {
        throw new Error(
          `input ${which}, element ${at}: the gradient is ${actual}, differences give ${expected}`,
        );
      }
    });
  });
}

/** As `gradcheck`, of the gradient that the sum of squares of `fn`'s result has for its first input. */
export function gradgradcheck(
  fn: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  options: Partial<GradcheckOptions> = {},
): void {
  const slope = (...[first, ...rest]: Tensor[]): Tensor =>
    // Differences are taken where nothing is recorded, and need this gradient all the same.
    enableGrad(() => {
      const x = first?.requiresGrad === true ? first : (first as Tensor).detach().requiresGrad_();
      const [gradient] = grad(
        fn(x, ...rest)
          .square()
          .sum(),
        x,
        { createGraph: true },
      );
      return gradient as Tensor;
    });
  gradcheck(slope, inputs, options);
}
