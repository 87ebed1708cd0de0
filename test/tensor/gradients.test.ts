/** Every differentiable operator against differences: odd shapes, broadcasting, negative dims, strided inputs. */
import { setDefaultTimeout, test } from "bun:test";
import {
  cat,
  customFunction,
  maximum,
  minimum,
  stack,
  type Tensor,
  tensor,
  where,
} from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";
import { gradcheck, gradgradcheck } from "./gradcheck.ts";
import { put, random } from "./reference.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(60_000);

/** Random values whose distance from each other and from whole numbers is above what differences step. */
function apart(shape: number[], seed = 1): Tensor {
  const { values } = random(shape, 1, seed);
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const spaced = [...values];
  order.forEach((at, rank) => (spaced[at] = (rank - order.length / 2) * 0.15 + 0.06));
  return put({ shape, values: spaced });
}

function positive(shape: number[], seed = 1): Tensor {
  return put(random(shape, 1, seed))
    .abs()
    .add(0.6);
}

function any(shape: number[], seed = 1): Tensor {
  return put(random(shape, 1.5, seed));
}

function whole(values: number[], shape: number[]): Tensor {
  return tensor(new Int32Array(values), { shape, dtype: "int32" });
}

type Case = [name: string, fn: (...inputs: Tensor[]) => Tensor, ...inputs: (() => Tensor)[]];

const MAPS = ["exp", "sin", "cos", "tanh", "sigmoid", "erf", "gelu", "square", "neg"] as const;
const KINKED = ["abs", "relu", "sign"] as const;
const POSITIVE = ["log", "sqrt", "rsqrt", "reciprocal"] as const;
/** Stepped, flipped and transposed: [3, 4] that lies any which way. */
function strided(): Tensor {
  return any([5, 6], 9).slice(1, 0, 6, 2).flip(0).T.slice(1, 1);
}

const SMOOTH: Case[] = [
  ...MAPS.map((name): Case => [name, (x) => x[name](), () => any([3, 5])]),
  ...POSITIVE.map((name): Case => [name, (x) => x[name](), () => positive([3, 5])]),
  ["add", (a, b) => a.add(b), () => any([2, 3, 1]), () => any([4], 2)],
  ["sub", (a, b) => a.sub(b), () => any([]), () => any([2, 3], 2)],
  ["mul", (a, b) => a.mul(b), () => any([1, 3]), () => any([2, 1], 2)],
  ["mul by itself", (a) => a.mul(a).mul(a), () => any([3])],
  ["div", (a, b) => a.div(b), () => any([2, 3]), () => positive([3], 2)],
  ["div of a scalar", (a, b) => a.div(b), () => any([]), () => positive([2, 1], 2)],
  ["pow", (a, b) => a.pow(b), () => positive([2, 3]), () => any([3], 2)],
  ["pow of 3", (a) => a.pow(3), () => any([4])],
  ["pow of -1.5", (a) => a.pow(-1.5), () => positive([4])],
  [
    "where",
    (a, b) => where(tensor([true, false, true]), a, b),
    () => any([2, 3]),
    () => any([1], 2),
  ],
  ["maskedFill", (a) => a.maskedFill(tensor([[true], [false]]), 2), () => any([2, 3])],
  ["to", (a) => whole([1, 2, 3], [3]).to(a.dtype).mul(a).mul(a), () => any([3])],
  ["sum", (a) => a.square().sum(), () => any([2, 3])],
  ["sum of dims", (a) => a.square().sum([0, -1]), () => any([2, 3, 4])],
  ["mean", (a) => a.square().mean(-2, { keepdim: true }), () => any([2, 3, 2])],
  ["mean of a scalar", (a) => a.square().mean(), () => any([])],
  ["prod", (a) => a.prod(), () => positive([5])],
  ["prod of dims", (a) => a.prod([0, 2]), () => positive([2, 3, 3])],
  [
    "prod beside a zero",
    (a) => a.prod(1),
    () =>
      tensor([
        [0, 2, 3],
        [0, 0, 2],
        [1, 2, 3],
      ]),
  ],
  ["var", (a) => a.var(), () => any([5])],
  ["var of a dim", (a) => a.var(-1, { correction: 0, keepdim: true }), () => any([3, 4])],
  ["std", (a) => a.std(0), () => any([4, 3])],
  ["logsumexp", (a) => a.logsumexp([0, -1]), () => any([2, 3, 2])],
  ["softmax", (a) => a.softmax(-1), () => any([2, 4])],
  ["softmax of dim 0", (a) => a.softmax(0), () => any([3, 2])],
  ["logSoftmax", (a) => a.logSoftmax(1), () => any([2, 4])],
  ["matmul", (a, b) => a.matmul(b), () => any([3, 5]), () => any([5, 2], 2)],
  ["matmul of 1-D and 1-D", (a, b) => a.matmul(b), () => any([4]), () => any([4], 2)],
  ["matmul of 1-D and 2-D", (a, b) => a.matmul(b), () => any([4]), () => any([4, 3], 2)],
  ["matmul of 2-D and 1-D", (a, b) => a.matmul(b), () => any([3, 4]), () => any([4], 2)],
  ["matmul of 1-D and 3-D", (a, b) => a.matmul(b), () => any([4]), () => any([2, 4, 3], 2)],
  ["matmul of 3-D and 1-D", (a, b) => a.matmul(b), () => any([2, 3, 4]), () => any([4], 2)],
  [
    "matmul of a shared matrix",
    (a, b) => a.matmul(b),
    () => any([2, 2, 3, 4]),
    () => any([4, 2], 2),
  ],
  [
    "matmul of a matrix and a batch",
    (a, b) => a.matmul(b),
    () => any([3, 4]),
    () => any([2, 4, 2], 2),
  ],
  ["matmul of batches", (a, b) => a.matmul(b), () => any([2, 1, 3, 2]), () => any([3, 2, 2], 2)],
  ["matmul of views", (a, b) => a.T.matmul(b.flip(0)), () => any([4, 3]), () => any([4, 2], 2)],
  ["reshape", (a) => a.square().reshape(3, -1), () => any([2, 3])],
  ["reshape that copies", (a) => a.T.reshape(-1).slice(0, 1, 5), () => any([2, 3])],
  ["flatten", (a) => a.permute(2, 0, 1).flatten(1), () => any([2, 3, 2])],
  ["permute", (a) => a.permute(1, -1, 0).square(), () => any([2, 3, 2])],
  ["transpose", (a) => a.transpose(-1, 0).square(), () => any([2, 3, 2])],
  ["expand", (a) => a.expand(2, 3, -1).square(), () => any([1, 4])],
  ["slice", (a) => a.slice(-1, 1, 6, 2).square(), () => any([2, 7])],
  ["narrow", (a) => a.narrow(0, 1, 2).square(), () => any([4, 2])],
  ["select", (a) => a.select(1, -1).square(), () => any([2, 3])],
  ["get", (a) => a.get(1, 2).square(), () => any([2, 3, 2])],
  [
    "flip",
    (a) =>
      a
        .flip(0, -1)
        .square()
        .mul(tensor([1, 2, 3])),
    () => any([2, 3]),
  ],
  ["squeeze", (a) => a.squeeze().square(), () => any([1, 3, 1])],
  ["unsqueeze", (a) => a.unsqueeze(-1).square(), () => any([2, 3])],
  ["tril", (a) => a.tril(-1).square(), () => any([2, 3, 3])],
  ["triu", (a) => a.triu(1).square(), () => any([3, 4])],
  ["cat", (a, b) => cat([a, b, a], -1).square(), () => any([2, 1]), () => any([2, 3], 2)],
  ["stack", (a, b) => stack([a, b], 1).square(), () => any([2, 3]), () => any([2, 3], 2)],
  ["gather", (a) => a.gather(1, whole([0, 0, 2, 1, 1, 1], [2, 3])).square(), () => any([2, 4])],
  ["gather of a part", (a) => a.gather(-2, whole([2, 0], [1, 2])).square(), () => any([3, 3])],
  [
    "indexSelect",
    (a) => a.indexSelect(0, whole([2, 0, 2, 2, 2, 0], [6])).square(),
    () => any([4, 3]),
  ],
  [
    "indexSelect of the last dim",
    (a) => a.indexSelect(-1, whole([1, 1], [2])).square(),
    () => any([2, 3]),
  ],
  ["a strided input", (a) => a.mul(a.sum(0, { keepdim: true })).softmax(0), strided],
  ["a repeated input", (a) => a.square().sum(0), () => strided().select(0, 1).expand(2, 4)],
  ["softmax of rank 0", (a) => a.softmax(0).add(a.logSoftmax(-1)), () => any([])],
  ["reductions of rank 0", (a) => a.prod().add(a.logsumexp()).add(a.amax(-1)), () => any([])],
  ["var of rank 0", (a) => a.var(undefined, { correction: 0 }), () => any([])],
  ["views of rank 0", (a) => a.permute().reshape(1, 1).squeeze().expand(2, 3), () => any([])],
  ["prod of nothing", (a) => a.prod(1).add(a.sum(1)), () => any([2, 0])],
  ["indexSelect of nothing", (a) => a.indexSelect(0, whole([], [0])), () => any([3, 2])],
  ["matmul of no columns", (a, b) => a.matmul(b), () => any([2, 0]), () => any([0, 3])],
  ["rank 4", (a) => a.mul(a.sum([1, 3], { keepdim: true })), () => any([2, 1, 3, 2])],
  ["no elements", (a) => a.sum(0).square(), () => any([0, 2])],
];

const CUT: Case[] = [
  ...KINKED.map((name): Case => [name, (x) => x[name](), () => apart([3, 5])]),
  [
    "floor, ceil and round",
    (x) => x.floor().add(x.ceil()).add(x.mul(0.01).round()).add(x),
    () => apart([3]),
  ],
  ["clamp", (x) => x.clamp({ min: -0.4, max: 0.7 }), () => apart([3, 5])],
  ["clamp of one side", (x) => x.clamp({ max: 0.3 }), () => apart([7])],
  ["maximum", (a, b) => maximum(a, b), () => apart([2, 4]), () => apart([4], 3).add(0.03)],
  ["minimum", (a, b) => minimum(a, b), () => apart([2, 1]), () => apart([3], 3).add(0.03)],
  ["amax", (a) => a.amax(-1), () => apart([3, 4])],
  ["amin", (a) => a.amin([0, 2], { keepdim: true }), () => apart([2, 3, 2])],
  ["max", (a) => a.max(), () => apart([3, 4])],
  ["min", (a) => a.min(), () => apart([5])],
];

onEveryDevice((device) => {
  const some = <T>(list: T[], step: number): T[] =>
    device === "cpu" ? list : list.filter((_, at) => at % step === 0);

  for (const [name, fn, ...inputs] of some([...SMOOTH, ...CUT], 4)) {
    test(`backward() of ${name} agrees with differences`, () => {
      gradcheck(
        fn,
        inputs.map((make) => make()),
      );
    });
  }
  for (const [name, fn, ...inputs] of some(SMOOTH, 9)) {
    if (/nothing|no /.test(name)) continue;
    test(`grad() of grad() of ${name} agrees with differences`, () => {
      gradgradcheck(
        fn,
        inputs.map((make) => make()),
        device === "cpu" ? {} : { atol: 2e-2, rtol: 2e-2 },
      );
    });
  }
  test("customFunction() agrees with differences when both of its inputs broadcast nothing", () => {
    const product = customFunction({
      forward(context, a: Tensor, b: Tensor) {
        context.saveForBackward(a, b);
        return a.mul(b).exp();
      },
      backward(context, gradient) {
        const [a, b] = context.savedTensors as [Tensor, Tensor];
        const slope = gradient.mul(a.mul(b).exp());
        return [slope.mul(b), slope.mul(a)];
      },
    });
    gradcheck(product, [any([2, 3]), any([2, 3], 2)]);
    const options = device === "cpu" ? {} : { atol: 5e-2, rtol: 2e-2 };
    gradgradcheck(product, [any([3]), any([3], 2)], options);
  });
});
