/**
 * The largest `|H(w)|²` of a kernel's Fourier transform on N points,
 * `H(w) = sum over i of kernel[i] exp(-2 pi sqrt(-1) w i / N)`, where N is the smallest
 * power of two that is at least twice the kernel's length.
 *
 * @param kernel any length and sign
 * @returns at least 1e-10, also for an empty kernel
 */
export function computeLipschitz(kernel: ArrayLike<number>): number {
  // BLANK_START
  // TODO: for every frequency, how much does the kernel stretch it?
  throw new Error("not implemented");
  // BLANK_END
}
