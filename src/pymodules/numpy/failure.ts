/** Raising what NumPy raises: its own exceptions by name, and what several functions say alike. */
import { fault } from "../../python/fault.ts";
import { raising, type PyException } from "../../python/objects/exception.ts";
import type { Value } from "../../python/objects/object.ts";
import { runtime } from "../../python/objects/state.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { call } from "../../python/operations/call.ts";
import { indexOf } from "../../python/operations/subscript.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { None } from "../../python/objects/object.ts";
import { PyList } from "../../python/objects/list.ts";
import { PyArray } from "./array.ts";
import { elements } from "./views.ts";
import { PyTuple } from "../../python/objects/tuple.ts";

/** Throws an exception of `numpy._errors`. */
export function throwOwn(name: string, ...args: Value[]): never {
  const type = getAttribute(runtime().load("numpy._errors"), name);
  throw raising(call(type, args) as PyException);
}

/** An axis from the front. @throws AxisError */
export function axisIn(axis: number, ndim: number, prefix?: string): number {
  if (axis >= -ndim && axis < ndim) return axis < 0 ? axis + ndim : axis;
  return throwOwn("AxisError", axis, ndim, ...(prefix === undefined ? [] : [prefix]));
}

/** A whole number. @throws TypeError */
export function intOf(value: Value): number {
  if (typeof value === "number") return value;
  const index = indexOf(value);
  if (index === undefined) {
    fault("TypeError", `'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  return Number(index);
}

/** Whole numbers: one, or several in a tuple or list. */
export function intsOf(value: Value): number[] {
  if (value instanceof PyTuple || value instanceof PyList) return value.items.map(intOf);
  if (value instanceof PyArray && value.ndim === 1) return elements(value).map(Number);
  return [intOf(value)];
}

/** An argument that was given and is not None. */
export function given(value: Value | undefined): Value | undefined {
  return value === None ? undefined : value;
}

/** The axes that an argument names, from the front; `undefined` for all. */
export function axesOf(value: Value | undefined, ndim: number): number[] | undefined {
  const own = given(value);
  if (own === undefined) return undefined;
  // What has no axes may be folded along the first or the last.
  if (ndim === 0 && (own === 0 || own === -1)) return [];
  if (!(own instanceof PyTuple)) return [axisIn(intOf(own), ndim)];
  const axes = own.items.map((one) => axisIn(intOf(one), ndim));
  if (new Set(axes).size < axes.length) fault("ValueError", "duplicate value in 'axis'");
  return axes;
}
