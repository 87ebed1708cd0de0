/** Writing in place and through views: every alias sees it, and so do gradients. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { arange, noGrad, ones, type Tensor, tensor, zeros } from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";

function ints(values: number[]): Tensor {
  return tensor(values, { dtype: "int32" });
}

/** Each in-place method, and the same without writing. */
const METHODS: Record<string, [write: (x: Tensor) => Tensor, pure: (x: Tensor) => Tensor]> = {
  add_: [(x) => x.add_(2), (x) => x.add(2)],
  sub_: [(x) => x.sub_(0.5), (x) => x.sub(0.5)],
  mul_: [(x) => x.mul_(-3), (x) => x.mul(-3)],
  div_: [(x) => x.div_(4), (x) => x.div(4)],
  copy_: [(x) => x.copy_(arange(3)), (x) => arange(3).expand(x.shape).mul(1)],
  fill_: [(x) => x.fill_(7), (x) => x.mul(0).add(7)],
  zero_: [(x) => x.zero_(), (x) => x.mul(0)],
  clamp_: [(x) => x.clamp_({ min: 2, max: 6 }), (x) => x.clamp({ min: 2, max: 6 })],
  maskedFill_: [(x) => x.maskedFill_(x.gt(4), -1), (x) => x.maskedFill(x.gt(4), -1)],
  lerp_: [(x) => x.lerp_(10, 0.5), (x) => x.lerp(10, 0.5)],
  nanToNum_: [(x) => x.nanToNum_(), (x) => x.nanToNum()],
  indexAdd_: [
    (x) => x.indexAdd_(0, ints([1, 0]), ones([2, 3])),
    (x) => x.indexAdd(0, ints([1, 0]), ones([2, 3])),
  ],
  indexCopy_: [
    (x) => x.indexCopy_(1, ints([2]), ones([3, 1])),
    (x) => x.indexCopy(1, ints([2]), ones([3, 1])),
  ],
  indexFill_: [(x) => x.indexFill_(0, ints([1]), 9), (x) => x.indexFill(0, ints([1]), 9)],
  indexPut_: [(x) => x.indexPut_([ints([2, 0])], 5), (x) => x.indexPut([ints([2, 0])], 5)],
  scatter_: [
    (x) => x.scatter_(1, ints([0]).reshape(1, 1), 8),
    (x) => x.scatter(1, ints([0]).reshape(1, 1), 8),
  ],
  scatterAdd_: [
    (x) => x.scatterAdd_(0, ints([0, 0]).reshape(2, 1), ones([2, 1])),
    (x) => x.scatterAdd(0, ints([0, 0]).reshape(2, 1), ones([2, 1])),
  ],
};

/** Ways from [4, 6] to a view of [3, 3], whatever the strides. */
const VIEWS: Record<string, (base: Tensor) => Tensor> = {
  narrow: (x) => x.narrow(0, 1, 3).narrow(1, 2, 3),
  transposed: (x) => x.T.narrow(0, 1, 3).narrow(1, 0, 3),
  stepped: (x) => x.slice(1, 1, 6, 2).slice(0, 0, 3),
  flipped: (x) => x.flip(0, 1).narrow(0, 0, 3).slice(1, 0, Infinity, 2),
};

onEveryDevice(() => {
  describe("methods with an underscore", () => {
    for (const [name, [write, pure]] of Object.entries(METHODS)) {
      test(`${name}() changes its part of every alias, returns itself, and leaves the rest`, () => {
        for (const [kind, view] of Object.entries(VIEWS)) {
          const base = arange(24).reshape(4, 6);
          const expected = base.add(0);
          // The same view of a copy, written by a plain assignment.
          view(expected).copy_(pure(view(base.add(0))));
          const alias = view(base);
          const early = base.sum(1).add(0);
          const sums = base.add(0).sum(1).toArray();
          expect(write(alias)).toBe(alias);
          expect({ kind, all: base.toArray() }).toEqual({ kind, all: expected.toArray() });
          expect(early.toArray()).toEqual(sums);
        }
      });
      test(`${name}() is an error through expand, and on a leaf outside noGrad`, () => {
        expect(() => write(ones([1, 3]).expand(3, 3))).toThrow(
          `${name}: more than one element of the tensor is the same place in memory`,
        );
        const leaf = ones([3, 3], { requiresGrad: true });
        expect(() => write(leaf)).toThrow(`${name}: a leaf tensor that requires grad`);
        expect(() => write(leaf.T)).toThrow(`${name}: a view of a leaf tensor that requires grad`);
        expect(noGrad(() => write(leaf))).toBe(leaf);
      });
    }

    test("through a slice of a permute of an expand is an error that names the method", () => {
      const x = ones([2, 1, 3]).expand(2, 4, 3).permute(2, 1, 0).slice(0, 1);
      expect(() => x.add_(1)).toThrow("add_: more than one element");
      expect(() => x.set(0, 0, 5)).not.toThrow();
      expect(() => x.set(ints([0]), 5)).toThrow("set: more than one element");
    });
    test("keep the dtype, or say what they cannot keep", () => {
      expect(() => ints([1, 2]).lerp_(4, 0.5)).toThrow(
        "lerp_: the result is float32 and cannot be kept in a tensor of int32; use lerp",
      );
      expect(() => ones([3]).lerp_(ones([2, 3]), 0.5)).toThrow(
        "lerp_: shape [2, 3] does not fit into shape [3]",
      );
    });
    test("give the gradients of the operators they stand for", () => {
      for (const [name, [write, pure]] of Object.entries(METHODS)) {
        // Nothing of what was there before is left.
        if (["copy_", "fill_", "zero_"].includes(name)) continue;
        const slope = (f: (x: Tensor) => Tensor): unknown => {
          const x = arange(9).reshape(3, 3).requiresGrad_();
          f(x.mul(1)).mul(arange(9).reshape(3, 3)).sum().backward();
          return x.grad?.toArray();
        };
        expect({ name, grad: slope(write) }).toEqual({ name, grad: slope(pure) });
      }
    });
    test("are an error in backward when they overwrote what a gradient needs", () => {
      for (const [name, [write]] of Object.entries(METHODS)) {
        const x = ones([3, 3], { requiresGrad: true });
        const y = x.mul(2);
        const z = y.square().sum();
        write(y.T);
        expect(() => z.backward(), name).toThrow("modified by an inplace operation");
      }
    });
  });

  describe("set()", () => {
    test("takes numbers, places and masks, as index() reads them", () => {
      const x = zeros([3, 4]);
      x.set(1, 2, 5);
      x.set(ints([0, -1]), tensor([1, 2, 3, 4]));
      x.set(1, ints([0, 1]), tensor([8, 9]));
      expect(x.toArray()).toEqual([
        [1, 2, 3, 4],
        [8, 9, 5, 0],
        [1, 2, 3, 4],
      ]);
      x.set(x.gt(4), -1);
      x.set(x.eq(3), tensor([30, 31]));
      x.set(ints([0, 1]), ints([3, 3]), 7);
      expect(x.toArray()).toEqual([
        [1, 2, 30, 7],
        [-1, -1, -1, 7],
        [1, 2, 31, 4],
      ]);
      expect(x.index(x.lt(0)).toArray()).toEqual([-1, -1, -1]);
      x.set(tensor([true, false, false]), 0);
      expect(x.get(0).toArray()).toEqual([0, 0, 0, 0]);
      x.T.set(ints([1]), tensor([6, 6, 6]));
      expect(x.select(1, 1).toArray()).toEqual([6, 6, 6]);
    });
    test("of several writes to one place keeps the last, and of none does nothing", () => {
      const x = zeros([3]);
      x.set(ints([1, 1, 1]), tensor([4, 5, 6]));
      x.set(tensor([false, false, false]), 9);
      x.set(ints([]), 9);
      expect(x.toArray()).toEqual([0, 6, 0]);
    });
    test("passes gradients to what was written, and none to what was overwritten", () => {
      const w = ones([3], { requiresGrad: true });
      const v = tensor([2, 3], { requiresGrad: true });
      const x = w.mul(4);
      x.set(ints([2, 0]), v);
      x.mul(tensor([10, 20, 30]))
        .sum()
        .backward();
      expect(w.grad?.toArray()).toEqual([0, 80, 0]);
      expect(v.grad?.toArray()).toEqual([30, 10]);
    });
    test("says what is wrong with an index, by its own name", () => {
      const x = zeros([3, 4]);
      expect(() => x.set(ints([3]), 1)).toThrow("set: index 3 is outside dim 0 of shape [3, 4]");
      expect(() => x.set(ones([3]), 1)).toThrow(
        "set: index must be an int32 tensor, got a float32",
      );
      expect(() => x.set(tensor([true, false]), 1)).toThrow("set: shapes [3, 4] and [2] disagree");
      expect(() => x.set(ints([0, 1]), ones([3, 4]))).toThrow("set: shapes [2, 4] and [3, 4]");
      expect(() => x.set("a" as never, 1)).toThrow("set: an index must be a number or a tensor");
      expect(() => x.set(ints([0]), ints([0]), ints([0]), 1)).toThrow(
        "set: 3 indices for shape [3, 4], which has 2 dims",
      );
    });
  });
});

test("index() and set() agree with plain loops when places and shapes are random", () => {
  const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(shape, fc.array(fc.nat(99), { maxLength: 5 }), fc.nat(9), (sizes, picks, seed) => {
      const [rows = 1, ...rest] = sizes;
      const width = rest.reduce((a, b) => a * b, 1);
      const places = picks.map((pick) => (pick % (2 * rows)) - rows);
      const x = arange(rows * width).reshape(sizes);
      const whole = Array.from({ length: rows }, (_, i) =>
        Array.from({ length: width }, (_, j) => i * width + j),
      );
      const read = x.index(ints(places)).reshape(places.length, width).toArray();
      expect(read).toEqual(places.map((at) => whole.at(at) as number[]));
      const values = Array.from({ length: places.length * width }, (_, i) => -i - seed - 1);
      x.set(ints(places), tensor(values, { shape: [places.length, ...rest] }));
      places.forEach((at, i) => {
        whole[at < 0 ? at + rows : at] = values.slice(i * width, (i + 1) * width);
      });
      expect(x.reshape(rows, width).toArray()).toEqual(whole);
    }),
    { numRuns: 100, seed: 3 },
  );
});
