/** Tensors of nested lists, and nested lists of tensors. */
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { PyList } from "../../python/objects/list.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { PyRange } from "../../python/objects/range.ts";
import { PyIntObject } from "../../python/objects/scalars.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { callSpecial } from "../../python/operations/call.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { fromValues } from "../../tensor/creation.ts";
import { castValue, type DType, fillWith, hostArray, type HostValue } from "../../tensor/dtype.ts";
import { product } from "../../tensor/shape.ts";
import { copy } from "../../tensor/elementwise.ts";
import { Tensor } from "../../tensor/index.ts";
import { room } from "./failure.ts";
import { elementOf } from "./tensor.ts";

/** What nested data holds: row-major values, their shape, and the dtype they suggest. */
export interface Nested {
  readonly values: HostValue[];
  readonly shape: number[];
  readonly kind: "bool" | "int64" | "float" | "none";
}

/** The layer's tensor in an object of `torch` or `numpy`. */
export function innerTensor(value: Value): Tensor | undefined {
  const inner = (value as { t?: unknown }).t;
  return inner instanceof Tensor ? inner : undefined;
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  if (value instanceof PyRange) return toArray(value);
  const inner = innerTensor(value);
  if (inner === undefined || inner.ndim === 0) return undefined;
  return itemsOf(nested(inner));
}

/** A tensor's values as nested lists; a bare value when it has no dims. */
export function nested(x: Tensor): Value {
  room(x.numel, 32);
  const values = x.toTypedArray() as ArrayLike<HostValue>;
  const { shape, dtype } = x;
  let at = 0;
  const build = (dim: number): Value => {
    const size = shape[dim];
    if (size === undefined) return elementOf(values[at++]!, dtype);
    const items: Value[] = [];
    for (let i = 0; i < size; i++) items.push(build(dim + 1));
    return new PyList(items);
  };
  return build(0);
}

/** Takes nested lists apart. @throws ValueError where lists of one depth differ in length */
function readData(data: Value): Nested {
  const shape: number[] = [];
  for (let one = data; ;) {
    const items = itemsOf(one);
    if (items === undefined) break;
    if (shape.length === 64) fault("ValueError", "too many dimensions 'list'");
    shape.push(items.length);
    if (items.length === 0) break;
    one = items[0]!;
  }
  const values: HostValue[] = [];
  const seen = { bool: false, int: false, float: false };
  collect(data, shape, 0, values, seen);
  const kind = seen.float ? "float" : seen.int ? "int64" : seen.bool ? "bool" : "none";
  return { values, shape, kind };
}

function collect(
  data: Value,
  shape: readonly number[],
  depth: number,
  into: HostValue[],
  seen: { bool: boolean; int: boolean; float: boolean },
): void {
  const size = shape[depth];
  if (size === undefined) {
    into.push(leafOf(data, depth, seen));
    return;
  }
  const items = itemsOf(data);
  if (items === undefined) {
    fault("TypeError", "not a sequence");
  }
  if (items.length !== size) {
    fault(
      "ValueError",
      `expected sequence of length ${size} at dim ${depth} (got ${items.length})`,
    );
  }
  for (const item of items) collect(item, shape, depth + 1, into, seen);
}

function leafOf(
  value: Value,
  depth: number,
  seen: { bool: boolean; int: boolean; float: boolean },
): HostValue {
  if (typeof value === "boolean") {
    seen.bool = true;
    return Number(value);
  }
  if (typeof value === "number" || typeof value === "bigint") {
    seen.int = true;
    return value;
  }
  if (value instanceof PyFloat) {
    seen.float = true;
    return value.v;
  }
  if (value instanceof PyIntObject) {
    seen.int = true;
    return value.int;
  }
  const inner = innerTensor(value);
  if (inner !== undefined && inner.ndim === 0) {
    const item = inner.item();
    if (typeof item === "boolean") seen.bool = true;
    else if (inner.dtype.startsWith("float")) seen.float = true;
    else seen.int = true;
    return typeof item === "boolean" ? Number(item) : item;
  }
  if (value instanceof PyList || value instanceof PyTuple) {
    // The first ones were numbers, and this is a list.
    fault("TypeError", `must be real number, not ${typeName(value)}`);
  }
  if (typeof value === "object") {
    const float = callSpecial(value, "__float__");
    if (float instanceof PyFloat) {
      seen.float = true;
      return float.v;
    }
  }
  if (depth > 0 && typeof value === "string") {
    fault("ValueError", `too many dimensions 'str'`);
  }
  if (typeof value === "string") fault("TypeError", "new(): invalid data type 'str'");
  fault(
    "RuntimeError",
    `Could not infer dtype of ${value === None ? "NoneType" : typeName(value)}`,
  );
}

/** A new tensor that holds the values; `float` says what floats become when no dtype is asked for. */
export function tensorFrom(data: Value, dtype: DType | undefined, float: DType): Tensor {
  const inner = innerTensor(data);
  if (inner !== undefined) {
    room(inner.numel);
    const own = copy(inner.detach());
    return dtype === undefined ? own : own.to(dtype);
  }
  const { values, shape, kind } = readData(data);
  const wanted = dtype ?? (kind === "float" || kind === "none" ? float : kind);
  room(values.length);
  const host = hostArray(wanted, values.length);
  for (const value of values) {
    if (typeof value === "bigint" && wanted === "int64" && BigInt.asIntN(64, value) !== value) {
      fault("RuntimeError", "Overflow when unpacking long");
    }
  }
  fillWith(host, wanted, (i) => castValue(values[i]!, wanted));
  return fromValues(wanted, host, product(shape) === values.length ? shape : [values.length]);
}
