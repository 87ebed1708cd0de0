/** Functions of `torch` that make tensors. */
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import type { Value } from "../../python/objects/object.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { castValue, type DType, fillWith, hostArray, isFloat } from "../../tensor/dtype.ts";
import { fromValues } from "../../tensor/creation.ts";
import * as layer from "../../tensor/index.ts";
import { product } from "../../tensor/shape.ts";
import { innerTensor, tensorFrom } from "./data.ts";
import { dtypeArgument } from "./dtype.ts";
import { checkDevice } from "./device.ts";
import { room } from "./failure.ts";
import { torchState } from "./state.ts";
import {
  dtypeOfScalar,
  given,
  intOf,
  intsOf,
  isTrueNumber,
  numberOf,
  PyTensor,
  scalarOf,
  tensorOf,
  wrap,
} from "./tensor.ts";

const OPTIONS =
  "out=None, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False";
const LIKE =
  "input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None";
type Table = Readonly<Record<string, readonly [string, (...args: never[]) => Value]>>;

/** A leaf that gathers its gradient, where that was asked for. */
export function asLeaf(t: layer.Tensor, requires: Value | undefined): PyTensor {
  if (requires === true) {
    if (!isFloat(t.dtype)) {
      fault(
        "RuntimeError",
        "Only Tensors of floating point and complex dtype can require gradients",
      );
    }
    t.requiresGrad_();
  }
  return wrap(t);
}

/** Sizes of a new tensor. */
export function sizesOf(what: string, values: readonly Value[], named?: Value): number[] {
  const sizes = intsOf(what, "size", named === undefined ? values : [named]);
  const negative = sizes.find((size) => size < 0);
  if (negative !== undefined) {
    fault(
      "RuntimeError",
      `Trying to create tensor with negative dimension ${negative}: [${sizes.join(", ")}]`,
    );
  }
  room(product(sizes));
  return sizes;
}

/** What stands in the list of arguments of a function that makes a tensor of some shape. */
function filled(
  what: string,
  make: (shape: number[], dtype: DType) => layer.Tensor,
): readonly [string, (...args: never[]) => Value] {
  return [
    `*sizes, size=None, ${OPTIONS}`,
    (
      sizes: Value[],
      size?: Value,
      _out?: Value,
      dtype?: Value,
      _layout?: Value,
      device?: Value,
      _pin?: Value,
      grad?: Value,
    ) => {
      checkDevice(device);
      const wanted = dtypeArgument(what, dtype) ?? torchState().defaultDtype;
      return asLeaf(make(sizesOf(what, sizes, size), wanted), grad);
    },
  ];
}

function like(
  what: string,
  make: (x: layer.Tensor, dtype: DType) => layer.Tensor,
): readonly [string, (...args: never[]) => Value] {
  return [
    LIKE,
    (input: Value, dtype?: Value, _layout?: Value, device?: Value, grad?: Value) => {
      checkDevice(device);
      const x = tensorOf(what, "input", 1, input);
      room(x.numel);
      return asLeaf(make(x, dtypeArgument(what, dtype) ?? x.dtype), grad);
    },
  ];
}

function needRandom(what: string, dtype: DType): DType {
  if (isFloat(dtype)) return dtype;
  const names: Record<string, string> = { int64: "Long", int32: "Int", bool: "Bool" };
  fault("RuntimeError", `"${what}" not implemented for '${names[dtype] ?? dtype}'`);
}

/** Even numbers from the run's generator. */
export function uniforms(shape: readonly number[], dtype: DType, low = 0, high = 1): layer.Tensor {
  const { generator } = torchState();
  const values = hostArray(needRandom("uniform_", dtype), product(shape));
  const round = dtype === "float32" ? Math.fround : (x: number): number => x;
  const width = round(round(high) - round(low));
  fillWith(values, dtype, () => round(round(generator.uniform(dtype) * width) + round(low)));
  return fromValues(dtype, values, shape);
}

/** Normal numbers from the run's generator. */
export function normals(shape: readonly number[], dtype: DType, mean = 0, std = 1): layer.Tensor {
  const count = product(shape);
  const drawn = torchState().generator.normals(
    count,
    needRandom("normal_kernel_cpu", dtype),
    mean,
    std,
  );
  const values = hostArray(dtype, count);
  fillWith(values, dtype, (i) => drawn[i]!);
  return fromValues(dtype, values, shape);
}

/** Whole numbers from `low`, below `high`. */
export function integers(
  shape: readonly number[],
  dtype: DType,
  low: number,
  high: number,
): layer.Tensor {
  const { generator } = torchState();
  const values = hostArray(dtype, product(shape));
  fillWith(values, dtype, () => generator.below(high - low) + low);
  return fromValues(dtype, values, shape);
}

function randint(what: string, low: number, high: number): void {
  if (low < high) return;
  fault(
    "RuntimeError",
    `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`,
  );
}

function full(shape: number[], value: Value, dtype: DType | undefined): layer.Tensor {
  const scalar = scalarOf(value);
  if (scalar === undefined) {
    fault(
      "TypeError",
      `full(): argument 'fill_value' (position 2) must be Number, not ${typeName(value)}`,
    );
  }
  const own =
    value instanceof PyTensor
      ? value.t.dtype
      : value instanceof PyFloat
        ? torchState().defaultDtype
        : dtypeOfScalar(value);
  return layer.full(shape, scalar, { dtype: dtype ?? own });
}

/** Counted in doubles and rounded once. */
function arange(values: readonly Value[], dtype: DType | undefined): layer.Tensor {
  const numbers = values.map((one) => numberOf("arange", "end", one));
  const [start = 0, end = 0, step = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
  if (step === 0) fault("RuntimeError", "step must be nonzero");
  if (![start, end, step].every(Number.isFinite)) {
    fault("RuntimeError", `unsupported range: ${start} -> ${end}`);
  }
  if ((end - start) * step < 0)
    fault("RuntimeError", "upper bound and larger bound inconsistent with step sign");
  const float = values.some(
    (one) => one instanceof PyFloat || (one instanceof PyTensor && isFloat(one.t.dtype)),
  );
  const wanted = dtype ?? (float ? torchState().defaultDtype : "int64");
  const count = Math.ceil((end - start) / step);
  room(count);
  const host = hostArray(wanted, count);
  fillWith(host, wanted, (i) => castValue(start + i * step, wanted));
  return fromValues(wanted, host, [count]);
}

function spaced(
  what: string,
  start: Value,
  end: Value,
  steps: Value,
  dtype: Value | undefined,
  value: (x: number) => number,
): layer.Tensor {
  const count = intOf(what, "steps", steps);
  if (count < 0) fault("RuntimeError", "number of steps must be non-negative");
  room(count);
  const wanted = dtypeArgument(what, dtype) ?? torchState().defaultDtype;
  const round = wanted === "float32" ? Math.fround : (x: number): number => x;
  const [from, to] = [round(numberOf(what, "start", start)), round(numberOf(what, "end", end))];
  const step = count > 1 ? round(round(to - from) / (count - 1)) : 0;
  const host = hostArray(wanted, count);
  // From both ends, as torch does.
  fillWith(host, wanted, (i) =>
    castValue(
      value(
        count === 1
          ? from
          : i < Math.floor(count / 2)
            ? round(from + round(step * i))
            : round(to - round(step * (count - i - 1))),
      ),
      wanted,
    ),
  );
  return fromValues(wanted, host, [count]);
}

const SPACE =
  "start, end, steps, *, out=None, dtype=None, layout=None, device=None, requires_grad=False";

export const CREATION: Table = {
  tensor: [
    "data, *, dtype=None, device=None, requires_grad=False, pin_memory=False",
    (data: Value, dtype?: Value, device?: Value, grad?: Value) => {
      checkDevice(device);
      return asLeaf(
        tensorFrom(data, dtypeArgument("tensor", dtype), torchState().defaultDtype),
        grad,
      );
    },
  ],
  as_tensor: [
    "data, dtype=None, device=None",
    (data: Value, dtype?: Value, device?: Value) => {
      checkDevice(device);
      const wanted = dtypeArgument("as_tensor", dtype);
      if (data instanceof PyTensor && (wanted === undefined || wanted === data.t.dtype))
        return data;
      const inner = innerTensor(data);
      if (inner !== undefined && !(data instanceof PyTensor))
        return wrap(wanted === undefined ? inner : inner.to(wanted));
      return wrap(tensorFrom(data, wanted, torchState().defaultDtype));
    },
  ],
  from_numpy: [
    "ndarray",
    (array: Value) => {
      const inner = array instanceof PyTensor ? undefined : innerTensor(array);
      if (inner !== undefined) return wrap(inner);
      fault("TypeError", `expected np.ndarray (got ${typeName(array)})`);
    },
  ],
  zeros: filled("zeros", (shape, dtype) => layer.zeros(shape, { dtype })),
  ones: filled("ones", (shape, dtype) => layer.ones(shape, { dtype })),
  empty: filled("empty", (shape, dtype) => layer.zeros(shape, { dtype })),
  rand: filled("rand", (shape, dtype) => uniforms(shape, dtype)),
  randn: filled("randn", (shape, dtype) => normals(shape, dtype)),
  zeros_like: like("zeros_like", (x, dtype) => layer.zeros(x.shape, { dtype })),
  ones_like: like("ones_like", (x, dtype) => layer.ones(x.shape, { dtype })),
  empty_like: like("empty_like", (x, dtype) => layer.zeros(x.shape, { dtype })),
  rand_like: like("rand_like", (x, dtype) => uniforms(x.shape, dtype)),
  randn_like: like("randn_like", (x, dtype) => normals(x.shape, dtype)),
  full_like: [
    "input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False",
    (input: Value, value: Value, dtype?: Value, _layout?: Value, device?: Value, grad?: Value) => {
      checkDevice(device);
      const x = tensorOf("full_like", "input", 1, input);
      room(x.numel);
      return asLeaf(full([...x.shape], value, dtypeArgument("full_like", dtype) ?? x.dtype), grad);
    },
  ],
  full: [
    "size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False",
    (
      size: Value,
      value: Value,
      _out?: Value,
      dtype?: Value,
      _layout?: Value,
      device?: Value,
      grad?: Value,
    ) => {
      checkDevice(device);
      if (typeof size === "number") {
        fault("TypeError", "full(): argument 'size' (position 1) must be tuple of ints, not int");
      }
      return asLeaf(full(sizesOf("full", [size]), value, dtypeArgument("full", dtype)), grad);
    },
  ],
  eye: [
    "n, m=None, *, out=None, dtype=None, layout=None, device=None, requires_grad=False",
    (
      n: Value,
      m?: Value,
      _out?: Value,
      dtype?: Value,
      _layout?: Value,
      _device?: Value,
      grad?: Value,
    ) => {
      const columns = given(m);
      const shape = sizesOf("eye", columns === undefined ? [n, n] : [n, columns]);
      return asLeaf(
        layer.eye(shape[0]!, shape[1]!, {
          dtype: dtypeArgument("eye", dtype) ?? torchState().defaultDtype,
        }),
        grad,
      );
    },
  ],
  arange: [
    "*values, start=None, end=None, step=None, out=None, dtype=None, layout=None, device=None, requires_grad=False",
    (
      values: Value[],
      start?: Value,
      end?: Value,
      step?: Value,
      _out?: Value,
      dtype?: Value,
      _layout?: Value,
      _device?: Value,
      grad?: Value,
    ) => {
      const all = [...values];
      if (end !== undefined) {
        if (all.length === 0) all.push(start ?? 0);
        all.push(end);
      }
      if (step !== undefined) {
        if (all.length === 1) all.unshift(0);
        all.push(step);
      }
      if (all.length === 0)
        fault("TypeError", 'arange() missing 1 required positional arguments: "end"');
      const limits = all.length > 3 ? all.slice(0, 3) : all;
      return asLeaf(arange(limits, dtypeArgument("arange", dtype)), grad);
    },
  ],
  linspace: [
    SPACE,
    (
      start: Value,
      end: Value,
      steps: Value,
      _out?: Value,
      dtype?: Value,
      _layout?: Value,
      _device?: Value,
      grad?: Value,
    ) =>
      asLeaf(
        spaced("linspace", start, end, steps, dtype, (x) => x),
        grad,
      ),
  ],
  logspace: [
    "start, end, steps, base=10.0, *, out=None, dtype=None, device=None, requires_grad=False",
    (
      start: Value,
      end: Value,
      steps: Value,
      base?: Value,
      _out?: Value,
      dtype?: Value,
      _device?: Value,
      grad?: Value,
    ) => {
      const b = base === undefined ? 10 : numberOf("logspace", "base", base);
      return asLeaf(
        spaced("logspace", start, end, steps, dtype, (x) => b ** x),
        grad,
      );
    },
  ],
  randint: [
    "*values, low=None, high=None, size=None, generator=None, out=None, dtype=None, device=None, requires_grad=False",
    (
      values: Value[],
      low?: Value,
      high?: Value,
      size?: Value,
      _generator?: Value,
      _out?: Value,
      dtype?: Value,
    ) => {
      const all = [...values];
      const shape = size ?? all.pop();
      if (shape === undefined) fault("TypeError", 'randint() missing 1 required argument: "size"');
      const to = high ?? all.pop();
      const from = low ?? all.pop() ?? 0;
      if (to === undefined) fault("TypeError", 'randint() missing 1 required argument: "high"');
      const [a, b] = [intOf("randint", "low", from), intOf("randint", "high", to)];
      randint("randint", a, b);
      return wrap(
        integers(sizesOf("randint", [shape]), dtypeArgument("randint", dtype) ?? "int64", a, b),
      );
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
      randint("randint_like", a, b);
      return wrap(integers(x.shape, dtypeArgument("randint_like", dtype) ?? x.dtype, a, b));
    },
  ],
  randperm: [
    "n, *, generator=None, out=None, dtype=None, device=None, requires_grad=False",
    (n: Value, _generator?: Value, _out?: Value, dtype?: Value) => {
      const count = intOf("randperm", "n", n);
      if (count < 0) fault("RuntimeError", `n must be non-negative, got${count}`);
      room(count);
      const order = torchState().generator.permutation(count);
      return wrap(
        layer
          .tensor(Int32Array.from(order), { dtype: "int32" })
          .to(dtypeArgument("randperm", dtype) ?? "int64"),
      );
    },
  ],
  normal: [
    "mean, std=1.0, size=None, *, generator=None",
    (mean: Value, std?: Value, size?: Value) => {
      if (isTrueNumber(mean) && (std === undefined || isTrueNumber(std))) {
        if (size === undefined)
          fault("TypeError", 'normal() missing 1 required positional arguments: "size"');
        return wrap(
          normals(
            sizesOf("normal", [size]),
            torchState().defaultDtype,
            numberOf("normal", "mean", mean),
            std === undefined ? 1 : numberOf("normal", "std", std),
          ),
        );
      }
      const of = (mean instanceof PyTensor ? mean : (std as PyTensor)).t;
      const drawn = normals(of.shape, of.dtype);
      const scaled =
        std === undefined
          ? drawn
          : drawn.mul(std instanceof PyTensor ? std.t : numberOf("normal", "std", std));
      return wrap(scaled.add(mean instanceof PyTensor ? mean.t : numberOf("normal", "mean", mean)));
    },
  ],
  bernoulli: [
    "input, p=None, *, generator=None",
    (input: Value, p?: Value) => {
      const x = tensorOf("bernoulli", "input", 1, input);
      const { generator } = torchState();
      const chances = given(p) === undefined ? (x.toTypedArray() as ArrayLike<number>) : undefined;
      const fixed = chances === undefined ? numberOf("bernoulli", "p", p!) : 0;
      const values = hostArray(x.dtype, x.numel);
      const bits = chances === undefined || x.dtype === "float64" ? "float64" : "float32";
      fillWith(values, x.dtype, (i) =>
        Number(generator.uniform(bits) < Number(chances?.[i] ?? fixed)),
      );
      return wrap(fromValues(x.dtype, values, x.shape));
    },
  ],
  multinomial: [
    "input, num_samples, replacement=False, *, generator=None",
    (input: Value, count: Value, replacement?: Value) => {
      const x = tensorOf("multinomial", "input", 1, input);
      return wrap(multinomial(x, intOf("multinomial", "num_samples", count), replacement === true));
    },
  ],
};

/** Places drawn with chances in the proportion of weights, each row by itself. */
function multinomial(x: layer.Tensor, count: number, replacement: boolean): layer.Tensor {
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
  const { generator } = torchState();
  const weights = Float64Array.from(x.toTypedArray() as ArrayLike<number>);
  if (!weights.every((w) => w >= 0 && w < Infinity)) {
    fault("RuntimeError", "probability tensor contains either `inf`, `nan` or element < 0");
  }
  const rows = x.ndim === 1 ? 1 : x.shape[0]!;
  room(rows * count);
  const out = new Int32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    const left = weights.slice(row * size, (row + 1) * size);
    for (let i = 0; i < count; i++) {
      let total = 0;
      for (const w of left) total += w;
      if (total <= 0)
        fault("RuntimeError", "invalid multinomial distribution (sum of probabilities <= 0)");
      const goal = generator.uniform("float64") * total;
      let sum = 0;
      let at = left.findIndex((w) => (sum += w) > goal);
      if (at < 0) at = left.findLastIndex((w) => w > 0);
      out[row * count + i] = at;
      if (!replacement) left[at] = 0;
    }
  }
  return layer
    .tensor(out, { dtype: "int32" })
    .to("int64")
    .reshape(x.ndim === 1 ? [count] : [rows, count]);
}
