/** Holds gradients against central differences of the same function. */

import { enableGrad, grad, noGrad, type Tensor, tensor } from "../../src/tensor/index.ts";

/** How finely to differ, and how closely to agree. */
export interface GradcheckOptions {
  /** Half the distance of two points, small against the curve and large against float32's rounding. */
  eps?: number;
  atol?: number;
  rtol?: number;
}

/**
 * Compares `grad` of a random weighing of `fn`'s result with
 * (f(x + eps) − f(x − eps)) / 2eps, summed in float64, for every element of
 * every input. @throws Error naming the first element that disagrees
 */
export function gradcheck(
  fn: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  { eps = 2 ** -7, atol = 2e-3, rtol = 5e-3 }: GradcheckOptions = {},
): void {
  const leaves = inputs.map((x) => x.detach().requiresGrad_());
  const out = fn(...leaves);
  const weights = Float32Array.from({ length: out.numel }, (_, i) => Math.sin(i * 1.7 + 1));
  const weigh = tensor(weights, { shape: out.shape });
  const gradients = grad(out, leaves, { gradOutputs: weigh, allowUnused: true });
  const value = (given: Tensor[]): number => {
    const result = [...noGrad(() => fn(...given)).toTypedArray()];
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
        const moved = Float32Array.from(values);
        moved[at] = own + by;
        const copies = inputs.map((one, i) =>
          i === which ? tensor(moved, { shape: one.shape }) : one,
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
  options: GradcheckOptions = {},
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
