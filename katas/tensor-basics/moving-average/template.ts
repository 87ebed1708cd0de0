import type { Tensor } from "kata";

/**
 * The mean of every `width` neighbours along the last axis:
 * `out[..., t] = (x[..., t] + … + x[..., t + width - 1]) / width`.
 *
 * @param x shape [..., n]
 * @param width how many elements a mean is of, from 1 to n
 * @returns shape [..., n - width + 1]
 */
export function movingAverage(x: Tensor, width: number): Tensor {
  // BLANK_START
  // TODO: sum up everything that came before, then take differences.
  throw new Error("not implemented");
  // BLANK_END
}
