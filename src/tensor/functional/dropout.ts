import { where } from "../elementwise.ts";
import { rand } from "../random.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Zeroes each element with chance `p` and multiplies the rest by `1 / (1 − p)`,
 * any shape; x itself when not training (Srivastava et al. 2014). Which ones
 * follows from `manualSeed`, the same on every device.
 */
export function dropout(x: Tensor, p: number = 0.5, training: boolean = true): Tensor {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`dropout: p must be in [0, 1], got ${p}`);
  if (p === 0 || !training) return x;
  return where(rand(x.shape).ge(p), x.mul(p === 1 ? 0 : 1 / (1 - p)), 0);
}
