/**
 * The largest `|H(w)|²` of a kernel's Fourier transform on N points,
 * `H(w) = sum over i of kernel[i] exp(-2 pi sqrt(-1) w i / N)`, where N is the smallest
 * power of two that is at least twice the kernel's length.
 *
 * @param kernel any length and sign
 * @returns at least 1e-10, also for an empty kernel
 */
export function computeLipschitz(kernel: ArrayLike<number>): number {
  const n = 2 ** Math.ceil(Math.log2(2 * kernel.length));
  let largest = 1e-10;
  for (let w = 0; w <= n / 2; w++) {
    let [cosines, sines] = [0, 0];
    for (let i = 0; i < kernel.length; i++) {
      const angle = (2 * Math.PI * ((w * i) % n)) / n;
      cosines += kernel[i]! * Math.cos(angle);
      sines += kernel[i]! * Math.sin(angle);
    }
    largest = Math.max(largest, cosines * cosines + sines * sines);
  }
  return largest;
}
