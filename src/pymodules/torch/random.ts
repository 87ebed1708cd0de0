/** Functions and methods that draw numbers, from the run's generator or one of the caller's. */
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import type { Value } from "../../python/objects/object.ts";
import { type DType, fillWith, hostArray, isFloat } from "../../tensor/dtype.ts";
import { fromValues } from "../../tensor/creation.ts";
import * as layer from "../../tensor/index.ts";
import { product } from "../../tensor/shape.ts";
import { asLeaf, type Creation, filled, like, sizesOf } from "./creation.ts";
import { checkDevice } from "./device.ts";
import { C_NAMES, dtypeArgument } from "./dtype.ts";
import { room } from "./failure.ts";
import type { Generator } from "./generator.ts";
import { generatorOf } from "./generator-object.ts";
import { type Table, writeInto } from "./register.ts";
import { torchState } from "./state.ts";
import { given, intOf, isTrueNumber, numberOf, PyTensor, tensorOf, wrap } from "./tensor.ts";

function needRandom(what: string, dtype: DType): DType {
  if (isFloat(dtype)) return dtype;
  const names: Record<string, string> = { int64: "Long", int32: "Int", bool: "Bool" };
  fault("RuntimeError", `"${what}" not implemented for '${names[dtype] ?? dtype}'`);
}

/** Even numbers from `low`, below `high`. */
function uniforms(
  generator: Generator,
  shape: readonly number[],
  dtype: DType,
  low = 0,
  high = 1,
): layer.Tensor {
  const values = hostArray(needRandom("check_uniform_bounds", dtype), product(shape));
  const round = dtype === "float32" ? Math.fround : (x: number): number => x;
  const width = round(round(high) - round(low));
  // Rounded once: PyTorch multiplies and adds in one step.
  fillWith(values, dtype, () => round(generator.uniform(dtype) * width + round(low)));
  return fromValues(dtype, values, shape);
}

/** Normal numbers. */
function normals(
  generator: Generator,
  shape: readonly number[],
  dtype: DType,
  mean = 0,
  std = 1,
): layer.Tensor {
  if (std < 0) {
    fault("RuntimeError", `normal expects std >= 0.0, but found std ${String(std)}`);
  }
  const count = product(shape);
  const drawn = generator.normals(count, needRandom("normal_kernel_cpu", dtype), mean, std);
  const values = hostArray(dtype, count);
  fillWith(values, dtype, (i) => drawn[i]!);
  return fromValues(dtype, values, shape);
}

/** What a formula makes of even numbers. */
function drawnBy(
  generator: Generator,
  x: layer.Tensor,
  formula: (uniform: number) => number,
): layer.Tensor {
  const values = hostArray(x.dtype, x.numel);
  fillWith(values, x.dtype, () => formula(generator.uniform("float64")));
  return fromValues(x.dtype, values, x.shape);
}

/** Whole numbers of all that a dtype can hold exactly, from 0. */
function anyIntegers(generator: Generator, x: layer.Tensor): layer.Tensor {
  const values = hostArray(x.dtype, x.numel);
  const next: Readonly<Partial<Record<DType, () => number | bigint>>> = {
    bool: () => generator.word() & 1,
    int32: () => generator.word() & 0x7fffffff,
    int64: () => generator.long() & (2n ** 63n - 1n),
    float16: () => generator.word() % (2 ** 11 + 1),
    float32: () => generator.word() % (2 ** 24 + 1),
    float64: () => Number(generator.long() % (2n ** 53n + 1n)),
  };
  fillWith(values, x.dtype, next[x.dtype]!);
  return fromValues(x.dtype, values, x.shape);
}

/** Whole numbers from `low`, below `high`. */
function integers(
  generator: Generator,
  shape: readonly number[],
  dtype: DType,
  low: number,
  high: number,
): layer.Tensor {
  const values = hostArray(dtype, product(shape));
  fillWith(values, dtype, () => generator.below(high - low) + low);
  return fromValues(dtype, values, shape);
}

function needRange(low: number, high: number): void {
  if (low < high) return;
  fault(
    "RuntimeError",
    `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`,
  );
}

/** 1 with the chance that `p` says, or each element of x itself. */
function chances(generator: Generator, x: layer.Tensor, p: Value | undefined): layer.Tensor {
  const of = given(p) === undefined ? x : p instanceof PyTensor ? p.t.expand(x.shape) : undefined;
  const each = of?.toTypedArray() as ArrayLike<number> | undefined;
  const fixed = each === undefined ? numberOf("bernoulli", "p", p!) : 0;
  const values = hostArray(x.dtype, x.numel);
  const bits = of === undefined || of.dtype === "float64" ? "float64" : "float32";
  fillWith(values, x.dtype, (i) => Number(generator.uniform(bits) < Number(each?.[i] ?? fixed)));
  return fromValues(x.dtype, values, x.shape);
}

/** The places that come first when each waits an exponential time, divided by its weight. */
function byRaces(generator: Generator, x: layer.Tensor, count: number): layer.Tensor {
  const waits = drawnBy(generator, x, (u) => -Math.log(1 - u));
  return layer.topk(x.div(waits), count, -1).indices.to("int64");
}

/** Places drawn with chances in the proportion of weights, each row by itself. */
function multinomial(
  generator: Generator,
  x: layer.Tensor,
  count: number,
  replacement: boolean,
): layer.Tensor {
  if (!isFloat(x.dtype)) {
    fault(
      "RuntimeError",
      `multinomial only supports floating-point dtypes for input, got: ${x.dtype === "int64" ? "Long" : "Int"}`,
    );
  }
  if (x.ndim === 0 || x.ndim > 2) fault("RuntimeError", "prob_dist must be 1 or 2 dim");
  const size = x.shape.at(-1)!;
  if (count <= 0) fault("RuntimeError", "cannot sample n_sample <= 0 samples");
  if (!replacement && count > size)
    fault(
      "RuntimeError",
      "cannot sample n_sample > prob_dist.size(-1) samples without replacement",
    );
  const weights = Float64Array.from(x.toTypedArray() as ArrayLike<number>);
  if (!weights.every((w) => w >= 0 && w < Infinity)) {
    fault("RuntimeError", "probability tensor contains either `inf`, `nan` or element < 0");
  }
  const totals = x.detach().sum(-1);
  if (totals.le(0).any().item() === true) {
    fault("RuntimeError", "invalid multinomial distribution (sum of probabilities <= 0)");
  }
  if (!replacement) return byRaces(generator, x, count);
  const rows = x.ndim === 1 ? 1 : x.shape[0]!;
  room(rows * count);
  const out = new Int32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    const left = weights.slice(row * size, (row + 1) * size);
    for (let i = 0; i < count; i++) {
      let total = 0;
      for (const w of left) total += w;
      const goal = generator.uniform("float64") * total;
      let sum = 0;
      let at = left.findIndex((w) => (sum += w) > goal);
      if (at < 0) at = left.findLastIndex((w) => w > 0);
      out[row * count + i] = at;
    }
  }
  return layer
    .tensor(out, { dtype: "int32" })
    .to("int64")
    .reshape(x.ndim === 1 ? [count] : [rows, count]);
}

export const RANDOM: Creation = {
  rand: filled("rand", (shape, dtype, draw) => uniforms(draw, shape, dtype)),
  randn: filled("randn", (shape, dtype, draw) => normals(draw, shape, dtype)),
  rand_like: like("rand_like", (x, dtype, draw) => uniforms(draw, x.shape, dtype)),
  randn_like: like("randn_like", (x, dtype, draw) => normals(draw, x.shape, dtype)),
  randint: [
    "*values, low=None, high=None, size=None, generator=None, out=None, dtype=None, device=None, requires_grad=False",
    (
      values: Value[],
      low?: Value,
      high?: Value,
      size?: Value,
      generator?: Value,
      _out?: Value,
      dtype?: Value,
      device?: Value,
      grad?: Value,
    ) => {
      checkDevice(device);
      const all = [...values];
      const shape = size ?? all.pop();
      if (shape === undefined) fault("TypeError", 'randint() missing 1 required argument: "size"');
      const to = high ?? all.pop();
      const from = low ?? all.pop() ?? 0;
      if (to === undefined) fault("TypeError", 'randint() missing 1 required argument: "high"');
      const [a, b] = [intOf("randint", "low", from), intOf("randint", "high", to)];
      needRange(a, b);
      const wanted = dtypeArgument("randint", dtype) ?? "int64";
      const draw = generatorOf(generator);
      return asLeaf(integers(draw, sizesOf("randint", [shape]), wanted, a, b), grad);
    },
  ],
  randint_like: [
    "input, low, high=None, *, dtype=None",
    (input: Value, low: Value, high?: Value, dtype?: Value) => {
      const x = tensorOf("randint_like", "input", 1, input);
      const [a, b] =
        given(high) === undefined
          ? [0, intOf("randint_like", "high", low)]
          : [intOf("randint_like", "low", low), intOf("randint_like", "high", high!)];
      needRange(a, b);
      const wanted = dtypeArgument("randint_like", dtype) ?? x.dtype;
      return wrap(integers(torchState().generator, x.shape, wanted, a, b));
    },
  ],
  randperm: [
    "n, *, generator=None, out=None, dtype=None, device=None, requires_grad=False",
    (n: Value, generator?: Value, _out?: Value, dtype?: Value) => {
      const count = intOf("randperm", "n", n);
      if (count < 0) fault("RuntimeError", `n must be non-negative, got${count}`);
      room(count);
      const order = generatorOf(generator).permutation(count);
      return wrap(
        layer
          .tensor(Int32Array.from(order), { dtype: "int32" })
          .to(dtypeArgument("randperm", dtype) ?? "int64"),
      );
    },
  ],
  normal: [
    "mean, std=1.0, size=None, *, generator=None, out=None, dtype=None",
    (mean: Value, std?: Value, size?: Value, generator?: Value, _out?: Value, dtype?: Value) => {
      const draw = generatorOf(generator);
      if (isTrueNumber(mean) && (std === undefined || isTrueNumber(std))) {
        if (size === undefined)
          fault("TypeError", 'normal() missing 1 required positional arguments: "size"');
        return wrap(
          normals(
            draw,
            sizesOf("normal", [size]),
            dtypeArgument("normal", dtype) ?? torchState().defaultDtype,
            numberOf("normal", "mean", mean),
            std === undefined ? 1 : numberOf("normal", "std", std),
          ),
        );
      }
      const of = (mean instanceof PyTensor ? mean : (std as PyTensor)).t;
      const drawn = normals(draw, of.shape, of.dtype);
      const scaled =
        std === undefined
          ? drawn
          : drawn.mul(std instanceof PyTensor ? std.t.detach() : numberOf("normal", "std", std));
      return wrap(
        scaled.add(mean instanceof PyTensor ? mean.t.detach() : numberOf("normal", "mean", mean)),
      );
    },
  ],
  bernoulli: [
    "input, p=None, *, generator=None, out=None",
    (input: Value, p?: Value, generator?: Value) =>
      wrap(chances(generatorOf(generator), tensorOf("bernoulli", "input", 1, input), p)),
  ],
  multinomial: [
    "input, num_samples, replacement=False, *, generator=None, out=None",
    (input: Value, count: Value, replacement?: Value, generator?: Value) => {
      const x = tensorOf("multinomial", "input", 1, input);
      const draws = intOf("multinomial", "num_samples", count);
      return wrap(multinomial(generatorOf(generator), x, draws, replacement === true));
    },
  ],
};

const numberOr = (
  what: string,
  name: string,
  value: Value | undefined,
  otherwise: number,
): number => (value === undefined ? otherwise : numberOf(what, name, value));

type Draw = (generator: Generator, x: layer.Tensor, a: number, b: number) => layer.Tensor;

/** A method that fills a tensor with numbers drawn by a formula of two numbers. */
function filling(
  name: string,
  a: [string, number],
  b: [string, number] | undefined,
  run: Draw,
): Table[string] {
  const second = b === undefined ? "" : `, ${b[0]}=${b[1]}`;
  return [
    `${a[0]}=${a[1]}${second}, *, generator=None`,
    (x: PyTensor, ...rest: (Value | undefined)[]) => {
      const generator = generatorOf(rest[b === undefined ? 1 : 2]);
      if (!isFloat(x.t.dtype)) {
        fault("RuntimeError", `"${name}cpu" not implemented for '${C_NAMES[x.t.dtype]}'`);
      }
      const [first, other] = [
        numberOr(name, a[0], rest[0], a[1]),
        b === undefined ? 0 : numberOr(name, b[0], rest[1], b[1]),
      ];
      return written(x, name, () => run(generator, x.t, first, other));
    },
  ];
}

function written(x: PyTensor, name: string, values: () => layer.Tensor): PyTensor {
  const made = `${name[0]!.toUpperCase()}${name.slice(1, -1)}`;
  return writeInto(x, name, () => wrap(values().to(x.t.dtype), made));
}

export const RANDOM_METHODS: Table = {
  uniform_: [
    "from=0.0, to=1.0, *, generator=None",
    (x: PyTensor, low?: Value, high?: Value, generator?: Value) => {
      const [a, b] = [numberOr("uniform_", "from", low, 0), numberOr("uniform_", "to", high, 1)];
      if (a > b) {
        fault(
          "RuntimeError",
          `uniform_ expects to return a [from, to) range, but found from=${a} > to=${b}`,
        );
      }
      return written(x, "uniform_", () =>
        uniforms(generatorOf(generator), x.t.shape, x.t.dtype, a, b),
      );
    },
  ],
  normal_: [
    "mean=0.0, std=1.0, *, generator=None",
    (x: PyTensor, mean?: Value, std?: Value, generator?: Value) => {
      const [m, s] = [numberOr("normal_", "mean", mean, 0), numberOr("normal_", "std", std, 1)];
      return written(x, "normal_", () =>
        normals(generatorOf(generator), x.t.shape, x.t.dtype, m, s),
      );
    },
  ],
  exponential_: filling("exponential_", ["lambd", 1], undefined, (generator, x, rate) =>
    drawnBy(generator, x, (u) => (-1 / rate) * Math.log(1 - u)),
  ),
  cauchy_: filling("cauchy_", ["median", 0], ["sigma", 1], (generator, x, median, sigma) =>
    drawnBy(generator, x, (u) => median + sigma * Math.tan(Math.PI * (u - 0.5))),
  ),
  log_normal_: filling("log_normal_", ["mean", 1], ["std", 2], (generator, x, mean, std) => {
    const values = hostArray(x.dtype, x.numel);
    fillWith(values, x.dtype, () => Math.exp(generator.normal() * std + mean));
    return fromValues(x.dtype, values, x.shape);
  }),
  geometric_: [
    "p, *, generator=None",
    (x: PyTensor, p: Value, generator?: Value) => {
      const chance = numberOf("geometric_", "p", p);
      return written(x, "geometric_", () =>
        drawnBy(generatorOf(generator), x.t, (u) => Math.ceil(Math.log(u) / Math.log(1 - chance))),
      );
    },
  ],
  random_: [
    "from=None, to=None, *, generator=None",
    (x: PyTensor, low?: Value, high?: Value, generator?: Value) => {
      const draw = generatorOf(generator);
      const [first, second] = [given(low), given(high)];
      if (first === undefined && second === undefined) {
        return written(x, "random_", () => anyIntegers(draw, x.t));
      }
      const [a, b] =
        second === undefined
          ? [0, intOf("random_", "to", first!)]
          : [intOf("random_", "from", first ?? 0), intOf("random_", "to", second)];
      needRange(a, b);
      return written(x, "random_", () => integers(draw, x.t.shape, x.t.dtype, a, b));
    },
  ],
  bernoulli_: [
    "p=0.5, *, generator=None",
    (x: PyTensor, p?: Value, generator?: Value) =>
      written(x, "bernoulli_", () =>
        chances(generatorOf(generator), x.t.detach(), p ?? new PyFloat(0.5)),
      ),
  ],
  bernoulli: [
    "p=None, *, generator=None",
    (x: PyTensor, p?: Value, generator?: Value) => wrap(chances(generatorOf(generator), x.t, p)),
  ],
  multinomial: [
    "num_samples, replacement=False, *, generator=None",
    (x: PyTensor, count: Value, again?: Value, generator?: Value) => {
      const draws = intOf("multinomial", "num_samples", count);
      return wrap(multinomial(generatorOf(generator), x.t, draws, again === true));
    },
  ],
};
