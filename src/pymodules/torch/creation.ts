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
import type { Generator } from "./generator.ts";
import { generatorOf } from "./generator-object.ts";
import { torchState } from "./state.ts";
import {
  dtypeOfScalar,
  given,
  intOf,
  intsOf,
  numberOf,
  PyTensor,
  scalarOf,
  tensorOf,
  wrap,
} from "./tensor.ts";

const OPTIONS =
  "out=None, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False, memory_format=None, names=None";
const LIKE =
  "input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None";
export type Creation = Readonly<Record<string, readonly [string, (...args: never[]) => Value]>>;

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
  const [first] = values;
  const bare = named === undefined && values.length === 1 ? first : undefined;
  if (typeof bare === "string" || bare instanceof PyFloat) {
    fault(
      "TypeError",
      `${what}(): argument 'size' (position 1) must be tuple of SymInts, not ${typeName(bare)}`,
    );
  }
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
export function filled(
  what: string,
  make: (shape: number[], dtype: DType, draw: Generator) => layer.Tensor,
): readonly [string, (...args: never[]) => Value] {
  return [
    `*sizes, size=None, generator=None, ${OPTIONS}`,
    (
      sizes: Value[],
      size?: Value,
      generator?: Value,
      _out?: Value,
      dtype?: Value,
      _layout?: Value,
      device?: Value,
      _pin?: Value,
      grad?: Value,
    ) => {
      checkDevice(device);
      const wanted = dtypeArgument(what, dtype) ?? torchState().defaultDtype;
      return asLeaf(make(sizesOf(what, sizes, size), wanted, generatorOf(generator)), grad);
    },
  ];
}

export function like(
  what: string,
  make: (x: layer.Tensor, dtype: DType, draw: Generator) => layer.Tensor,
): readonly [string, (...args: never[]) => Value] {
  return [
    LIKE,
    (input: Value, dtype?: Value, _layout?: Value, device?: Value, grad?: Value) => {
      checkDevice(device);
      const x = tensorOf(what, "input", 1, input);
      room(x.numel);
      return asLeaf(make(x, dtypeArgument(what, dtype) ?? x.dtype, torchState().generator), grad);
    },
  ];
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

export const CREATION: Creation = {
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
  zeros_like: like("zeros_like", (x, dtype) => layer.zeros(x.shape, { dtype })),
  ones_like: like("ones_like", (x, dtype) => layer.ones(x.shape, { dtype })),
  empty_like: like("empty_like", (x, dtype) => layer.zeros(x.shape, { dtype })),
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
        fault(
          "TypeError",
          "full(): argument 'size' (position 1) must be tuple of SymInts, not int",
        );
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
      const rows = intOf("eye", "n", n);
      if (rows < 0) fault("RuntimeError", `n must be greater or equal to 0, got ${rows}`);
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
};
