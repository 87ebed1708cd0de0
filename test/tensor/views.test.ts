import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { arange, cat, stack, tensor, type Tensor, zeros } from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

onEveryDevice(() => {
  const cube = (): Tensor => arange(24).reshape(2, 3, 4);
  const int = (values: number[] | number[][]): Tensor => tensor(values, { dtype: "int32" });

  describe("views", () => {
    test("views share their storage when they move no data", () => {
      const x = cube();
      const views = [
        x.permute(2, 0, 1),
        x.transpose(0, -1),
        x.flip(0, 2),
        x.narrow(1, 1, 2),
        x.slice(2, 1, -1, 2),
        x.select(1, -1),
        x.get(1, 2),
        x.unsqueeze(0),
        x.reshape(6, -1),
        x.flatten(1),
        x.unsqueeze(1).squeeze(),
        x.get(0).unsqueeze(0).expand(5, 3, 4),
      ];
      for (const view of views) expect(view.storage).toBe(x.storage);
    });
    test("reshape() keeps the order when the input is contiguous, split and joined", () => {
      expect(cube().reshape(4, 6).get(3).toArray()).toEqual([18, 19, 20, 21, 22, 23]);
      expect([...cube().reshape([-1]).shape]).toEqual([24]);
      expect([...cube().reshape(2, -1, 2).shape]).toEqual([2, 6, 2]);
      expect(cube().permute(1, 0, 2).reshape(3, 8).get(1).toArray()).toEqual([
        4, 5, 6, 7, 16, 17, 18, 19,
      ]);
      expect(cube().narrow(0, 1, 1).reshape(12).storage.length).toBe(24);
      expect(arange(24).reshape(4, 6).slice(1, 0, 5).reshape(5, 4).get(1).toArray()).toEqual([
        4, 6, 7, 8,
      ]);
      expect([...zeros([0, 3]).reshape(3, 0, 5).shape]).toEqual([3, 0, 5]);
      expect(() => cube().reshape(5, -1)).toThrow(
        "shape [2, 3, 4] has 24 elements and cannot become [5, -1]",
      );
      expect(() => cube().reshape(-1, -1)).toThrow(
        "size of dim 1 must be a whole number from 0, got -1",
      );
      expect(() => cube().reshape(7)).toThrow("cannot become [7]");
    });
    test("permute(), transpose() and T walk the other way when strides change", () => {
      expect(cube().permute(2, 0, 1).get(1).toArray()).toEqual([
        [1, 5, 9],
        [13, 17, 21],
      ]);
      expect(cube().transpose(0, 1).get(2, 1).toArray()).toEqual([20, 21, 22, 23]);
      expect(arange(6).reshape(2, 3).T.toArray()).toEqual([
        [0, 3],
        [1, 4],
        [2, 5],
      ]);
      expect(() => cube().T).toThrow("T: needs 2 dims");
      expect(() => cube().permute(0, 1, 1)).toThrow("must name each dim");
    });
    test("slice() follows Python's rules when ends are negative, large or crossed", () => {
      const x = arange(7);
      expect(x.slice(0, 2).toArray()).toEqual([2, 3, 4, 5, 6]);
      expect(x.slice(0, -3, -1).toArray()).toEqual([4, 5]);
      expect(x.slice(0, 0, 100, 3).toArray()).toEqual([0, 3, 6]);
      expect(x.slice(0, 5, 2).toArray()).toEqual([]);
      expect(x.slice(0, -100, 2).toArray()).toEqual([0, 1]);
      expect(() => x.slice(0, 0, 7, 0)).toThrow("step must be a whole number from 1");
      expect(() => x.slice(0, 0.5)).toThrow("whole numbers");
    });
    test("narrow(), select() and get() name the shape when out of range", () => {
      expect(cube().narrow(2, -2, 2).get(0, 0).toArray()).toEqual([2, 3]);
      expect(() => cube().narrow(1, 2, 2)).toThrow(
        "narrow: 2 elements from 2 are not all in dim 1 of shape [2, 3, 4]",
      );
      expect(() => cube().select(0, 2)).toThrow(
        "select: index 2 is outside dim 0 of shape [2, 3, 4]",
      );
      expect(() => cube().get(0, -4)).toThrow("get: index -4 is outside dim 1");
      expect(() => cube().get(0, 0, 0, 0)).toThrow("4 indices for shape [2, 3, 4]");
    });
    test("expand() repeats when sizes are 1, and only then", () => {
      expect(
        tensor([[1], [2]])
          .expand(2, 3)
          .toArray(),
      ).toEqual([
        [1, 1, 1],
        [2, 2, 2],
      ]);
      expect([...tensor([1, 2]).expand(3, -1).shape]).toEqual([3, 2]);
      expect(
        tensor([[1], [2]])
          .expand(2, 3)
          .sum()
          .item(),
      ).toBe(9);
      expect(() => zeros([2, 3]).expand(4, 3)).toThrow(
        "dim 0 is 2, and only a dim of size 1 repeats",
      );
      expect(() => zeros([2, 3]).expand(3)).toThrow("it has 2 dims and 1 are asked for");
    });
    test("squeeze(), unsqueeze() and flatten() change dims when asked", () => {
      expect([...zeros([1, 2, 1]).squeeze().shape]).toEqual([2]);
      expect([...zeros([1, 2, 1]).squeeze(0).shape]).toEqual([2, 1]);
      expect([...zeros([1, 2, 1]).squeeze(1).shape]).toEqual([1, 2, 1]);
      expect([...zeros([2]).unsqueeze(-1).shape]).toEqual([2, 1]);
      expect([...cube().flatten(0, 1).shape]).toEqual([6, 4]);
      expect([...tensor(1).flatten().shape]).toEqual([1]);
      expect(() => cube().flatten(2, 1)).toThrow("comes after");
    });
    test("views of views read right when they are flipped, stepped and joined", () => {
      const view = cube().flip(2).slice(2, 0, 4, 2).transpose(0, 1).get(1);
      expect(view.toArray()).toEqual([
        [7, 5],
        [19, 17],
      ]);
      expect(view.reshape(4).toArray()).toEqual([7, 5, 19, 17]);
      expect(view.flip(0, 1).add(0.5).toArray()).toEqual([
        [17.5, 19.5],
        [5.5, 7.5],
      ]);
    });
  });

  describe("indexing", () => {
    test("indexSelect() picks slices when the index repeats", () => {
      expect(
        arange(6)
          .reshape(2, 3)
          .indexSelect(1, int([2, 0, 2]))
          .toArray(),
      ).toEqual([
        [2, 0, 2],
        [5, 3, 5],
      ]);
      expect(
        cube()
          .permute(2, 1, 0)
          .flip(0)
          .indexSelect(0, int([0]))
          .toArray(),
      ).toEqual([
        [
          [3, 15],
          [7, 19],
          [11, 23],
        ],
      ]);
      expect([...arange(3).indexSelect(0, int([])).shape]).toEqual([0]);
      expect(() =>
        arange(3)
          .indexSelect(0, int([3]))
          .toArray(),
      ).toThrow("index 3 is outside a dim of size 3");
      expect(() =>
        arange(3)
          .indexSelect(0, int([-1]))
          .toArray(),
      ).toThrow("index -1 is outside");
      expect(() => arange(3).indexSelect(0, tensor([1]))).toThrow(
        "index must be an int32 tensor, got a float32 tensor",
      );
    });
    test("gather() picks elements when the index is smaller and strided", () => {
      const x = arange(6).reshape(2, 3);
      expect(x.gather(1, int([[2], [0]])).toArray()).toEqual([[2], [3]]);
      expect(
        x
          .gather(
            0,
            int([
              [0, 1],
              [1, 0],
            ]).T,
          )
          .toArray(),
      ).toEqual([
        [0, 4],
        [3, 1],
      ]);
      expect(x.T.gather(0, int([[2, 1]])).toArray()).toEqual([[2, 4]]);
      expect(() => x.gather(1, int([0]))).toThrow("as many dims");
      expect(() => x.gather(1, int([[0], [0], [0]]))).toThrow(
        "gather: shapes [2, 3] and [3, 1] disagree",
      );
    });
    test("tril() and triu() keep their side when the diagonal moves", () => {
      const x = arange(1, 10).reshape(3, 3);
      expect(x.tril().toArray()).toEqual([
        [1, 0, 0],
        [4, 5, 0],
        [7, 8, 9],
      ]);
      expect(x.triu(1).toArray()).toEqual([
        [0, 2, 3],
        [0, 0, 6],
        [0, 0, 0],
      ]);
      expect(x.tril(-1).sum().item()).toBe(4 + 7 + 8);
      expect(zeros([2, 2, 3]).eq(0).triu().get(1).toArray()).toEqual([
        [true, true, true],
        [false, true, true],
      ]);
      expect(() => zeros([3]).tril()).toThrow("at least 2 dims");
    });
    test("maskedFill() keeps the dtype when the mask broadcasts", () => {
      const x = arange(4).reshape(2, 2);
      expect(x.maskedFill(tensor([true, false]), -Infinity).toArray()).toEqual([
        [-Infinity, 1],
        [-Infinity, 3],
      ]);
      expect(int([1, 2]).maskedFill(tensor([true, false]), 9).dtype).toBe("int32");
      // @ts-expect-error -- a mask of numbers
      expect(() => x.maskedFill(tensor([1, 0]), 0)).toThrow(
        "mask must be a bool tensor, got float32",
      );
      expect(() => int([1]).maskedFill(tensor([true]), 0.5)).toThrow("cannot hold 0.5");
    });
    test("cat() and stack() join when inputs are views and dtypes differ", () => {
      const x = arange(6).reshape(2, 3);
      expect(
        cat([x.T, x.T.flip(0)], 1)
          .get(0)
          .toArray(),
      ).toEqual([0, 3, 2, 5]);
      expect(cat([x, zeros([0, 3])]).numel).toBe(6);
      expect(cat([int([1]), tensor([0.5]), tensor([true])]).toArray()).toEqual([1, 0.5, 1]);
      expect(stack([tensor([1, 2]), tensor([3, 4])], -1).toArray()).toEqual([
        [1, 3],
        [2, 4],
      ]);
      expect(stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2]);
      expect(() => cat([x, zeros([2, 4])])).toThrow(
        "cat: shapes [2, 3] and [2, 4] disagree: dim 1 of the first is 3",
      );
      expect(() => cat([])).toThrow("at least one");
      expect(() => stack([x, zeros([2])])).toThrow("stack: shapes [2, 3] and [2]");
    });
  });

  describe("reading", () => {
    test("toArray() and toTypedArray() are row-major when the tensor is a view", () => {
      expect(arange(4).reshape(2, 2).T.toTypedArray()).toEqual(new Float32Array([0, 2, 1, 3]));
      expect(tensor([true, false]).toTypedArray()).toEqual(new Uint8Array([1, 0]));
      expect(int([1, -2]).toTypedArray()).toEqual(new Int32Array([1, -2]));
      expect(zeros([2, 0]).toArray()).toEqual([[], []]);
      expect(tensor(3).toArray()).toBe(3);
    });
    test("toTypedArray() is a copy when the caller changes it", () => {
      const x = tensor([1, 2]);
      x.toTypedArray()[0] = 9;
      expect(x.toArray()).toEqual([1, 2]);
      const source = new Float32Array([1, 2]);
      const y = tensor(source);
      source[0] = 9;
      expect(y.toArray()).toEqual([1, 2]);
    });
    test("data() gives the same as toTypedArray() when awaited", async () => {
      expect(await arange(6).reshape(2, 3).T.data()).toEqual(new Float32Array([0, 3, 1, 4, 2, 5]));
      expect(await zeros([0]).data()).toEqual(new Float32Array(0));
      const all = await Promise.all([tensor([1]).data(), tensor([true]).data(), int([3]).data()]);
      expect(all).toEqual([new Float32Array([1]), new Uint8Array([1]), new Int32Array([3])]);
    });
    test("item() wants one element when asked", () => {
      expect(tensor([[true]]).item()).toBe(true);
      expect(arange(5).select(0, 3).item()).toBe(3);
      expect(() => tensor([1, 2]).item()).toThrow("item: needs exactly one element, got shape [2]");
    });
    test("dispose() makes later reads an error when it was called", () => {
      const x = tensor([1]);
      x.dispose();
      x.dispose();
      expect(() => x.item()).toThrow("disposed");
      expect(() => x.add(1)).toThrow("disposed");
    });
  });
});
