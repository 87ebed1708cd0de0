/** What torch's recorded answers do not show: views, identities, edges. */
import { beforeAll, expect, test } from "bun:test";
import * as kata from "../../../src/tensor/index.ts";
import { manualSeed, randn, tensor, zeros } from "../../../src/tensor/index.ts";
import { use } from "../devices.ts";
import { gradcheck } from "../gradcheck.ts";

beforeAll(() => use("cpu"));

test("diagonal(), split(), chunk(), unbind() and movedim() are views: what is written is seen", () => {
  const x = zeros([3, 3]);
  x.diagonal(1).fill_(2);
  x.split(2)[1]?.select(0, 0).narrow(0, 0, 1).fill_(7);
  x.unbind(1)[0]?.narrow(0, 0, 1).fill_(5);
  x.movedim(0, 1).get(2).narrow(0, 2, 1).fill_(9);
  expect(x.toArray()).toEqual([
    [5, 2, 0],
    [0, 0, 2],
    [7, 0, 9],
  ]);
  const w = zeros([2, 2], { requiresGrad: true });
  const y = w.mul(1);
  y.diagonal().copy_(tensor([3, 4]));
  y.sum().backward();
  expect(w.grad?.toArray()).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test("qr() gives orthonormal columns and a triangle whose product is the matrix, in batches", () => {
  manualSeed(7);
  const x = randn([3, 5, 4]);
  const { q, r } = kata.qr(x);
  expect(q.matmul(r).allclose(x, { rtol: 1e-4, atol: 1e-5 })).toBe(true);
  expect(
    q
      .transpose(-1, -2)
      .matmul(q)
      .allclose(kata.eye(4).expand(3, 4, 4), { atol: 1e-5 }),
  ).toBe(true);
  expect(r.tril(-1).abs().max().item()).toBe(0);
  gradcheck((one) => kata.qr(one).r, [randn([3, 2])]);
  expect(() => kata.qr(zeros([2, 3]))).toThrow("qr: needs shape [..., m, n] with m from n");
});

test("complexMul() and complexAbs() are those of complex numbers, also at 0", () => {
  const [a, b] = [tensor([[3, 4]]), tensor([[1, -2]])];
  expect(kata.complexMul(a, b).toArray()).toEqual([[11, -2]]);
  expect(kata.complexAbs(a).toArray()).toEqual([5]);
  const zero = zeros([1, 2], { requiresGrad: true });
  kata.complexAbs(zero).sum().backward();
  expect(zero.grad?.toArray()).toEqual([[0, 0]]);
  expect(() => kata.fft(zeros([4]))).toThrow("fft: complex numbers need a last dim of 2");
});

test("fft() of a shifted impulse is a wave, and energy stays under ortho", () => {
  const impulse = zeros([360]);
  impulse.set(1, 1);
  const wave = kata.rfft(impulse);
  const angle = (-2 * Math.PI * 7) / 360;
  expect(wave.get(7, 0).item()).toBeCloseTo(Math.cos(angle), 6);
  expect(wave.get(7, 1).item()).toBeCloseTo(Math.sin(angle), 6);
  const x = randn([1031, 2]);
  const energy = kata.fft(x, { norm: "ortho" }).square().sum().item() as number;
  expect(energy / (x.square().sum().item() as number)).toBeCloseTo(1, 5);
});

test("transforms of lengths with factors, primes and large primes undo one another", () => {
  for (const n of [1, 2, 31, 33, 128, 210, 289, 509, 1000]) {
    const x = randn([2, n]);
    expect(kata.irfft(kata.rfft(x), { n }).allclose(x, { atol: 1e-5 })).toBe(true);
  }
  gradcheck((one) => kata.rfft(one, { n: 263 }), [randn([1, 5])]);
});

test("fullLike(), varMean() and unravelIndex() have the shapes of what they are given", () => {
  const x = tensor([[1, 2, 6]]);
  expect(kata.fullLike(x.to("int32"), 4).toArray()).toEqual([[4, 4, 4]]);
  expect(kata.fullLike(x.to("int32"), 4).dtype).toBe("int32");
  const { variance, mean } = kata.varMean(x, 1, { keepdim: true, correction: 0 });
  expect([variance.toArray(), mean.toArray()]).toEqual([[[expect.closeTo(14 / 3)]], [[3]]]);
  const places = kata.unravelIndex(tensor([5, -1], { dtype: "int32" }), [2, 3]);
  expect(places.toArray()).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("adaptive pools are exact when parts are even, and equal the plain pools then", () => {
  const x = randn([1, 2, 12]);
  expect(kata.adaptiveMaxPool1d(x, 4).toArray()).toEqual(kata.maxPool1d(x, 3).toArray());
  expect(kata.adaptiveAvgPool1d(x, 1).allclose(x.mean(-1, { keepdim: true }))).toBe(true);
  expect(() => kata.adaptiveAvgPool2d(x.get(0), 2)).toThrow(
    "adaptiveAvgPool2d: needs shape [N, C, H, W] or [C, H, W], got [2, 12]",
  );
});

test("unfold() and fold() are each the gradient of the other", () => {
  const options = { stride: 2, padding: 1, dilation: [2, 1] };
  const x = randn([1, 2, 6, 7], { requiresGrad: true });
  const columns = kata.unfold(x, [2, 3], options);
  const g = randn([...columns.shape]);
  columns.backward(g);
  expect(x.grad?.allclose(kata.fold(g, [6, 7], [2, 3], options))).toBe(true);
});

test("tensors without elements, and without dims, are handled where torch handles them", () => {
  const empty = zeros([0, 3]);
  expect(empty.nonzero().shape).toEqual([0, 2]);
  expect(empty.maskedSelect(empty.gt(0)).shape).toEqual([0]);
  expect(empty.unique().values.shape).toEqual([0]);
  expect(empty.split(2).map(({ shape }) => shape)).toEqual([[0, 3]]);
  expect(empty.roll(1, 0).shape).toEqual([0, 3]);
  expect(empty.tile(2, 2).shape).toEqual([0, 6]);
  expect(empty.equal(zeros([0, 3]))).toBe(true);
  expect(empty.norm({ dim: 0 }).toArray()).toEqual([0, 0, 0]);
  const scalar = tensor(4);
  expect(scalar.roll(1).item()).toBe(4);
  expect(scalar.tile(2).toArray()).toEqual([4, 4]);
  expect(scalar.nonzero().shape).toEqual([1, 0]);
  expect(scalar.cummax(0).indices.item()).toBe(0);
  expect(scalar.max(0).values.item()).toBe(4);
  expect(scalar.quantile(0.5, 0).item()).toBe(4);
  expect(tensor([], { dtype: "int32" }).bincount({ minlength: 2 }).toArray()).toEqual([0, 0]);
});

test("elementary functions and transforms are exact to float64's last digits in float64", () => {
  const x = kata.linspace(-3, 3, 41, { dtype: "float64" });
  const near = x.mul(0.33);
  const hold = (
    name: "expm1" | "sinh" | "cosh" | "atan" | "asinh" | "log1p" | "asin" | "acos" | "atanh",
    at: kata.Tensor,
  ): void => {
    const points = at.toTypedArray() as Float64Array;
    (at[name]().toTypedArray() as Float64Array).forEach((value, i) => {
      const expected = Math[name](points[i] ?? 0);
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-15 * Math.abs(expected));
    });
  };
  for (const name of ["expm1", "sinh", "cosh", "atan", "asinh"] as const) hold(name, x);
  for (const name of ["log1p", "asin", "acos", "atanh"] as const) hold(name, near);
  const signal = randn([2, 263], { dtype: "float64" });
  const back = kata.irfft(kata.rfft(signal), { n: 263 });
  expect(back.sub(signal).abs().max().item()).toBeLessThan(1e-13);
});
