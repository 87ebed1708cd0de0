/** `torch.Tensor`: an object around a tensor of the layer, which an in-place method may exchange. */
import { PyFloat } from "../../python/objects/float.ts";
import { PyObject, None, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { computed, methods } from "../../python/objects/define.ts";
import { PyTuple, tupleType } from "../../python/objects/tuple.ts";
import { PyList } from "../../python/objects/list.ts";
import { PyIntObject } from "../../python/objects/scalars.ts";
import type { PyType } from "../../python/objects/type.ts";
import { fault } from "../../python/fault.ts";
import { indexOf } from "../../python/operations/subscript.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { repr } from "../../python/operations/repr.ts";
import { canonical } from "../../python/text/integers.ts";
import { type DType, type HostValue, isFloat, type Scalar } from "../../tensor/dtype.ts";
import { nodeOf } from "../../tensor/autograd/graph.ts";
import { Tensor } from "../../tensor/index.ts";

export class PyTensor extends PyObject {
  t: Tensor;
  /** What made it, as PyTorch names the step: `Add` of `AddBackward0`. */
  made: string | undefined;
  /** The object that `grad` gives, while it stands for the layer's. */
  gradObject: PyTensor | undefined = undefined;

  constructor(t: Tensor, made?: string) {
    super();
    this.t = t;
    this.made = made;
  }
}

/** Named as `torch.nn.Parameter`: a leaf that modules list. */
export class PyParameter extends PyTensor {}

export const tensorType: PyType = builtinType("Tensor", PyTensor, {
  module: "torch",
  hasDict: true,
});
export const parameterType: PyType = builtinType("Parameter", PyParameter, {
  module: "torch.nn.parameter",
  base: tensorType,
});

/** A result; `made` names the step, with its number, for `grad_fn`. */
export function wrap(t: Tensor, made?: string): PyTensor {
  return new PyTensor(t, made);
}

/** Whether gradients are recorded through a tensor. */
export function requiresGrad(x: PyTensor): boolean {
  return nodeOf(x.t) !== undefined;
}

/** `torch.Size`. */
class PySize extends PyTuple {}
const sizeType: PyType = builtinType("Size", PySize, { module: "torch", base: tupleType });
methods(sizeType, {
  __repr__: (self: PySize) => `torch.Size([${self.items.join(", ")}])`,
  numel: (self: PySize) => self.items.reduce<number>((a, b) => a * (b as number), 1),
});
export { sizeType };

export function sizeOf(shape: readonly number[]): PyTuple {
  return new PySize([...shape]);
}

/** Values and places under names: `torch.return_types.max`. */
class PyPicked extends PyTuple {
  readonly operator: string;
  constructor(operator: string, items: Value[]) {
    super(items);
    this.operator = operator;
  }
}
const pickedType: PyType = builtinType("return_types", PyPicked, {
  module: "torch",
  base: tupleType,
});
methods(pickedType, {
  __repr__: (self: PyPicked) =>
    `torch.return_types.${self.operator}(\nvalues=${String(repr(self.items[0]!))},\nindices=${String(repr(self.items[1]!))})`,
});
computed(pickedType, {
  values: (self: PyPicked) => self.items[0]!,
  indices: (self: PyPicked) => self.items[1]!,
});

export function picked(operator: string, values: PyTensor, indices: PyTensor): PyTuple {
  return new PyPicked(operator, [values, indices]);
}

/** An argument that was given and is not None. */
export function given(value: Value | undefined): Value | undefined {
  return value === None ? undefined : value;
}

/** A Python number or a tensor's one element as a scalar of the layer; `undefined` for anything else. */
export function scalarOf(value: Value): Scalar | undefined {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
    return value;
  }
  if (value instanceof PyFloat) return value.v;
  if (value instanceof PyIntObject) return value.int;
  if (value instanceof PyTensor && value.t.numel === 1) return value.t.item();
  return undefined;
}

/** The dtype that a bare number has by itself. */
export function dtypeOfScalar(value: Value): DType {
  if (typeof value === "boolean") return "bool";
  return value instanceof PyFloat ? "float32" : "int64";
}

export function isTrueNumber(value: Value): boolean {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    typeof value === "boolean" ||
    value instanceof PyFloat ||
    value instanceof PyIntObject
  );
}

/** A number argument. */
export function numberOf(what: string, name: string, value: Value): number {
  const scalar = scalarOf(value);
  if (scalar !== undefined) return Number(scalar);
  fault("TypeError", `${what}(): argument '${name}' must be Number, not ${typeName(value)}`);
}

/** A whole number argument. */
export function intOf(what: string, name: string, value: Value): number {
  if (typeof value === "number") return value;
  const index = value instanceof PyFloat ? undefined : indexOf(value);
  if (index === undefined) {
    fault("TypeError", `${what}(): argument '${name}' must be int, not ${typeName(value)}`);
  }
  return Number(index);
}

/** A tensor argument. */
export function tensorOf(what: string, name: string, place: number, value: Value): Tensor {
  if (value instanceof PyTensor) return value.t;
  fault(
    "TypeError",
    `${what}(): argument '${name}' (position ${place}) must be Tensor, not ${typeName(value)}`,
  );
}

/** Sizes or dims, written one by one or as one tuple or list. */
export function intsOf(what: string, name: string, values: readonly Value[]): number[] {
  const [first] = values;
  const list =
    values.length === 1 && (first instanceof PyTuple || first instanceof PyList)
      ? first.items
      : values;
  return list.map((value) => {
    const index = value instanceof PyFloat ? undefined : indexOf(value);
    if (index !== undefined) return Number(index);
    fault(
      "TypeError",
      `${what}(): argument '${name}' must be tuple of ints, but found element of type ${typeName(value)} at pos ${list.indexOf(value) + 1}`,
    );
  });
}

/** One dim or several; undefined for None. */
export function dimsOf(what: string, value: Value | undefined): number[] | undefined {
  const dim = given(value);
  if (dim === undefined) return undefined;
  return intsOf(what, "dim", [dim]);
}

/** Tensors of a list or tuple. */
export function tensorsOf(what: string, name: string, value: Value): Tensor[] {
  if (value instanceof PyTensor || !(typeof value === "object")) {
    fault(
      "TypeError",
      `${what}(): argument '${name}' (position 1) must be tuple of Tensors, not ${typeName(value)}`,
    );
  }
  return toArray(value).map((one, at) => {
    if (one instanceof PyTensor) return one.t;
    fault("TypeError", `expected Tensor as element ${at} in argument 0, but got ${typeName(one)}`);
  });
}

/** An element as Python has it. */
export function elementOf(value: HostValue, dtype: DType): Value {
  if (dtype === "bool") return Number(value) !== 0;
  if (isFloat(dtype)) return new PyFloat(Number(value));
  return typeof value === "bigint" ? canonical(value) : value;
}

/** Whether two lists of sizes are the same. */
export function sameSizes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, dim) => size === b[dim]);
}
