/** `numpy._fft`: Fourier transforms of lines of complex numbers (J. W. Cooley, J. W. Tukey 1965; other lengths by L. Bluestein 1970). */
import { spend } from "../../python/budget.ts";
import { PyComplex } from "../../python/objects/complex.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { memory, PyArray } from "./array.ts";
import { COMPLEX128 } from "./dtype.ts";
import { asArray } from "./read.ts";
import { functions } from "./register.ts";
import { inOrder } from "./views.ts";

/** Of a length that is a power of two, in place. */
function powerOfTwo(re: Float64Array, im: Float64Array, sign: number): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j]!, re[i]!];
    [im[i], im[j]] = [im[j]!, im[i]!];
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const angle = (sign * 2 * Math.PI * k) / size;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let at = k; at < n; at += size) {
        const to = at + half;
        const x = re[to]! * c - im[to]! * s;
        const y = re[to]! * s + im[to]! * c;
        re[to] = re[at]! - x;
        im[to] = im[at]! - y;
        re[at]! += x;
        im[at]! += y;
      }
    }
  }
}

function transform(re: Float64Array, im: Float64Array, sign: number): void {
  const n = re.length;
  spend(1 + Math.ceil((n * Math.log2(n + 1)) / 2));
  if ((n & (n - 1)) === 0) {
    powerOfTwo(re, im, sign);
    return;
  }
  const wide = 2 ** Math.ceil(Math.log2(2 * n - 1));
  spend(wide * 3);
  const [ar, ai, br, bi] = Array.from({ length: 4 }, () => new Float64Array(wide)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [cos, sin] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const angle = (sign * Math.PI * ((i * i) % (2 * n))) / n;
    cos[i] = Math.cos(angle);
    sin[i] = Math.sin(angle);
    ar[i] = re[i]! * cos[i]! - im[i]! * sin[i]!;
    ai[i] = re[i]! * sin[i]! + im[i]! * cos[i]!;
    br[i] = cos[i]!;
    bi[i] = -sin[i]!;
    if (i > 0) {
      br[wide - i] = cos[i]!;
      bi[wide - i] = -sin[i]!;
    }
  }
  powerOfTwo(ar, ai, 1);
  powerOfTwo(br, bi, 1);
  for (let i = 0; i < wide; i++) {
    const x = ar[i]! * br[i]! - ai[i]! * bi[i]!;
    ai[i] = ar[i]! * bi[i]! + ai[i]! * br[i]!;
    ar[i] = x;
  }
  powerOfTwo(ar, ai, -1);
  for (let i = 0; i < n; i++) {
    re[i] = (ar[i]! * cos[i]! - ai[i]! * sin[i]!) / wide;
    im[i] = (ar[i]! * sin[i]! + ai[i]! * cos[i]!) / wide;
  }
}

/** Fills `numpy._fft`. */
export function fillFftNative(module: PyModule): void {
  functions(module, {
    transform: [
      "a, inverse",
      (a: Value, inverse: Value) => {
        const x = inOrder(asArray(a, COMPLEX128));
        const n = x.shape.at(-1)!;
        const data = memory(COMPLEX128, x.size);
        for (let at = 0; at < x.size; at += n) {
          const [re, im] = [new Float64Array(n), new Float64Array(n)];
          for (let i = 0; i < n; i++) {
            const z = x.data[x.offset + at + i] as PyComplex;
            re[i] = z.real;
            im[i] = z.imag;
          }
          transform(re, im, inverse === true ? 1 : -1);
          for (let i = 0; i < n; i++) data[at + i] = new PyComplex(re[i]!, im[i]!);
        }
        return new PyArray(data, COMPLEX128, x.shape);
      },
    ],
  });
}
