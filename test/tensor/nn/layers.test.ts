import { beforeAll, expect, test } from "bun:test";
import {
  convTranspose1d,
  convTranspose2d,
  groupNorm,
  nn,
  optim,
  randn,
  zeros,
} from "../../../src/tensor/index.ts";
import { use } from "../devices.ts";

beforeAll(() => use("cpu"));

test("GroupNorm is groupNorm() with weights of its own", () => {
  const layer = new nn.GroupNorm(2, 4);
  const x = randn([3, 4, 5]);
  expect(layer.forward(x).toArray()).toEqual(
    groupNorm(x, 2, { weight: layer.weight, bias: layer.bias }).toArray(),
  );
  expect(layer.namedParameters().map(([name]) => name)).toEqual(["weight", "bias"]);
  expect(() => new nn.GroupNorm(3, 4)).toThrow("GroupNorm: 4 channels do not make 3 groups");
});

test("ConvTranspose1d and ConvTranspose2d have weights of [inputs, outputs/groups, …kernel]", () => {
  const line = new nn.ConvTranspose1d(4, 6, 3, { stride: 2, groups: 2 });
  expect(line.weight.shape).toEqual([4, 3, 3]);
  const x = randn([2, 4, 5]);
  const { weight, bias } = line;
  expect(line.forward(x).toArray()).toEqual(
    convTranspose1d(x, weight, { bias, stride: 2, groups: 2 }).toArray(),
  );
  const image = new nn.ConvTranspose2d(2, 3, [2, 3], { bias: false });
  const y = randn([1, 2, 4, 4]);
  expect(image.forward(y).toArray()).toEqual(convTranspose2d(y, image.weight).toArray());
  expect(image.forward(y).shape).toEqual([1, 3, 5, 6]);
  expect(image.parameters()).toHaveLength(1);
  expect(() => new nn.ConvTranspose1d(3, 4, 2, { groups: 2 })).toThrow(
    "ConvTranspose1d: 3 inputs and 4 outputs do not make 2 groups",
  );
  expect(() => new nn.Conv2d(2, 2, [1, 2, 3])).toThrow(
    "Conv2d: kernel must be a whole number from 1, or a list of 2, got [1, 2, 3]",
  );
});

test("Conv2d keeps the size when padding is same", () => {
  const layer = new nn.Conv2d(1, 2, 3, { padding: "same" });
  expect(layer.forward(randn([1, 1, 5, 7])).shape).toEqual([1, 2, 5, 7]);
  expect(() =>
    new nn.Conv2d(1, 1, 3, { padding: "same", stride: 2 }).forward(zeros([1, 1, 4, 4])),
  ).toThrow('conv2d: padding "same" needs a stride of 1, got [2, 2]');
});

test("RNNCell is tanh, or relu, of both sums", () => {
  for (const activation of ["tanh", "relu"] as const) {
    const cell = new nn.RNNCell(3, 2, { activation });
    const [x, h] = [randn([4, 3]), randn([4, 2])];
    const sum = x.matmul(cell.weightIh.T).add(cell.biasIh);
    const state = h.matmul(cell.weightHh.T).add(cell.biasHh);
    const expected = sum.add(state)[activation]();
    expect(cell.forward(x, h).allclose(expected)).toBe(true);
  }
  expect(() => new nn.RNNCell(1, 1, { activation: "sin" as never })).toThrow(
    'RNNCell: activation must be "tanh" or "relu", got "sin"',
  );
});

test("exponentialDecay() and linearDecay() move a learning rate by their formula", () => {
  const fall = optim.exponentialDecay(0.5);
  expect([0, 1, 3].map(fall)).toEqual([1, 0.5, 0.125]);
  const line = optim.linearDecay(4, 0.2);
  expect([0, 2, 4, 9].map(line)).toEqual([1, 0.6, expect.closeTo(0.2), expect.closeTo(0.2)]);
});
