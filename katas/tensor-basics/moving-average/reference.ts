import { cat, type Tensor, zerosLike } from "kata";

/**
 * The mean of every `width` neighbours along the last axis:
 * `out[..., t] = (x[..., t] + … + x[..., t + width - 1]) / width`.
 *
 * @param x shape [..., n]
 * @param width how many elements a mean is of, from 1 to n
 * @returns shape [..., n - width + 1]
 */
export function movingAverage(x: Tensor, width: number): Tensor {
  const sums = x.cumsum(-1);
  const before = cat([zerosLike(sums.narrow(-1, 0, 1)), sums], -1);
  const count = before.shape.at(-1)! - width;
  return before
    .narrow(-1, width, count)
    .sub(before.narrow(-1, 0, count))
    .div(width);
}
