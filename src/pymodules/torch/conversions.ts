/** Tensors of another dtype, and as values of Python. */
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { type Value } from "../../python/objects/object.ts";
import { PyType } from "../../python/objects/type.ts";
import { truncate } from "../../python/text/floats.ts";
import type { DType } from "../../tensor/dtype.ts";
import { copy } from "../../tensor/elementwise.ts";
import { checkDevice } from "./device.ts";
import { PyDtype, dtypeArgument } from "./dtype.ts";
import { room } from "./failure.ts";
import type { Table } from "./register.ts";
import { PyTensor, elementOf, wrap } from "./tensor.ts";

export function single(x: PyTensor): Value {
  if (x.t.numel !== 1)
    fault("ValueError", "only one element tensors can be converted to Python scalars");
  return elementOf((x.t.toTypedArray() as ArrayLike<number | bigint>)[0]!, x.t.dtype);
}

export function truth(x: PyTensor): boolean {
  if (x.t.numel === 0) {
    fault("RuntimeError", "Boolean value of Tensor with no values is ambiguous");
  }
  if (x.t.numel > 1) {
    fault("RuntimeError", "Boolean value of Tensor with more than one value is ambiguous");
  }
  const value = single(x);
  return value instanceof PyFloat ? value.v !== 0 : value !== 0 && value !== 0n && value !== false;
}

export function whole(x: PyTensor): Value {
  const value = single(x);
  if (value instanceof PyFloat) return truncate(value.v);
  return typeof value === "boolean" ? Number(value) : value;
}

export function converted(x: PyTensor, dtype: DType, again = false): PyTensor {
  if (x.t.dtype === dtype && !again) return x;
  room(x.t.numel);
  return wrap(x.t.dtype === dtype ? copy(x.t) : x.t.to(dtype), "ToCopy");
}

/** `x.to(dtype)`, `x.to("cpu")`, `x.to(other)`, in any order. */
export function to(
  x: PyTensor,
  args: Value[],
  dtype?: Value,
  device?: Value,
  again?: Value,
): PyTensor {
  let wanted = dtypeArgument("to", dtype);
  checkDevice(device);
  for (const one of args) {
    if (one instanceof PyTensor) wanted = one.t.dtype;
    else if (one instanceof PyDtype) wanted = one.name;
    else if (one instanceof PyType) wanted = dtypeArgument("to", one);
    else if (typeof one !== "boolean") checkDevice(one);
  }
  return converted(x, wanted ?? x.t.dtype, again === true);
}

export const cast = (dtype: DType): Table[string] => [
  "memory_format=None",
  (x: PyTensor) => converted(x, dtype),
];
