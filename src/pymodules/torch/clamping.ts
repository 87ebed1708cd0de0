/** Elements held between bounds, or replaced under a mask. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { isFloat } from "../../tensor/dtype.ts";
import * as each from "../../tensor/elementwise.ts";
import { apply, broadcast, operandOf } from "./arithmetic.ts";
import { PyTensor, given, isTrueNumber, scalarOf, tensorOf, wrap } from "./tensor.ts";

/** A bound: a number, or a tensor. */
function clampTo(x: PyTensor, min: Value | undefined, max: Value | undefined): PyTensor {
  const [low, high] = [given(min), given(max)];
  if (low === undefined && high === undefined) {
    fault("RuntimeError", "torch.clamp: At least one of 'min' or 'max' must not be None");
  }
  if (x.t.dtype === "bool" && operandOf(low ?? high!)?.dtype === "bool") {
    const kernel = low === undefined ? "clamp_max" : high === undefined ? "clamp_min" : "clamp";
    fault("RuntimeError", `"${kernel}_cpu" not implemented for 'Bool'`);
  }
  let result: PyTensor = x;
  if (low !== undefined)
    result = apply(
      { name: "clamp", made: "Clamp", compute: ({ a, b }) => each.arithmetic("maximum", a, b) },
      result,
      low,
    );
  if (high !== undefined)
    result = apply(
      { name: "clamp", made: "Clamp", compute: ({ a, b }) => each.arithmetic("minimum", a, b) },
      result,
      high,
    );
  return wrap(result.t, [low, high].some((one) => one instanceof PyTensor) ? "Clamp0" : "Clamp1");
}

export function clamp(x: PyTensor, min?: Value, max?: Value): PyTensor {
  const [low, high] = [given(min), given(max)];
  const numbers = [low, high].every((one) => one === undefined || isTrueNumber(one));
  if (!numbers || (low === undefined && high === undefined) || !isFloat(x.t.dtype)) {
    return clampTo(x, min, max);
  }
  const bounds: { min?: number; max?: number } = {};
  if (low !== undefined) bounds.min = Number(scalarOf(low));
  if (high !== undefined) bounds.max = Number(scalarOf(high));
  return wrap(x.t.clamp(bounds), "Clamp1");
}

export const MASK = "mask, value";

export function maskedFill(x: PyTensor, mask: Value, value: Value): PyTensor {
  const m = tensorOf("masked_fill", "mask", 2, mask);
  if (m.dtype !== "bool") {
    fault(
      "RuntimeError",
      `masked_fill only supports boolean masks, but got mask with dtype ${m.dtype}`,
    );
  }
  const shape = broadcast(x.t.shape, m.shape);
  const scalar = scalarOf(value);
  if (scalar === undefined) {
    fault(
      "TypeError",
      `masked_fill(): argument 'value' (position 2) must be Tensor, not ${typeName(value)}`,
    );
  }
  if (value instanceof PyTensor) {
    return wrap(
      each.choose("masked_fill", m, value.t.to(x.t.dtype).reshape([]), x.t),
      "MaskedFill1",
    );
  }
  const { dtype } = x.t;
  const whole =
    dtype === "bool"
      ? Boolean(scalar)
      : !isFloat(dtype) && typeof scalar === "number"
        ? Math.trunc(scalar)
        : scalar;
  const base = x.t.shape.length === shape.length ? x.t : x.t.expand(shape);
  return wrap(base.maskedFill(m, whole), "MaskedFill");
}
