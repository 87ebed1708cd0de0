/** `x[…]` and `x[…] = value` with every kind of index, as torch reads them. */
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { PyList } from "../../python/objects/list.ts";
import { Ellipsis, None, type Value } from "../../python/objects/object.ts";
import { PyRange } from "../../python/objects/range.ts";
import { PySlice } from "../../python/objects/slice.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { extentOf, indexOf } from "../../python/operations/subscript.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { assign } from "../../tensor/autograd/inplace.ts";
import { putAt } from "../../tensor/advanced.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { index as indexAt, scatterAdd } from "../../tensor/functional/index.ts";
import { broadcastPair, product } from "../../tensor/shape.ts";
import { arange, Tensor, tensor } from "../../tensor/index.ts";
import * as views from "../../tensor/views.ts";
import { innerTensor, tensorFrom } from "./data.ts";
import { C_NAMES } from "./dtype.ts";
import { room } from "./failure.ts";

/** What an index comes to: a view, and for each of its dims the places to take, where there are any. */
interface Parts {
  readonly view: Tensor;
  readonly places: readonly (Tensor | undefined)[];
}

/** A slice with a negative step: torch refuses it, NumPy turns the dim around. */
export type Steps = "forward" | "both";

function itemsOf(key: Value): readonly Value[] {
  if (key instanceof PyTuple) return key.items;
  if (!(key instanceof PyList) || key.items.length >= 32) return [key];
  const mixed = key.items.some(
    (one) =>
      one === None ||
      one === Ellipsis ||
      one instanceof PySlice ||
      one instanceof PyList ||
      one instanceof PyTuple ||
      innerTensor(one) !== undefined,
  );
  return mixed ? key.items : [key];
}

/** How many dims an index uses up. */
function span(item: Value): number {
  if (item === None || item === Ellipsis || typeof item === "boolean") return 0;
  const inner = innerTensor(item);
  return inner?.dtype === "bool" ? inner.ndim : 1;
}

function partsOf(x: Tensor, key: Value, steps: Steps): Parts {
  const items = itemsOf(key);
  const used = items.reduce<number>((sum, item) => sum + span(item), 0);
  if (used > x.ndim) {
    if (x.ndim === 0 && items.length === 1 && items[0] instanceof PySlice) {
      fault("IndexError", "slice() cannot be applied to a 0-dim tensor.");
    }
    const [only] = items;
    if (
      x.ndim === 0 &&
      items.length === 1 &&
      (typeof only === "number" || typeof only === "bigint")
    ) {
      fault(
        "IndexError",
        "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number",
      );
    }
    fault(
      "IndexError",
      steps === "both"
        ? `too many indices for array: array is ${x.ndim}-dimensional, but ${used} were indexed`
        : `too many indices for tensor of dimension ${x.ndim}`,
    );
  }
  if (items.filter((item) => item === Ellipsis).length > 1) {
    fault("IndexError", "an index can only have a single ellipsis ('...')");
  }
  let view = x;
  let dim = 0;
  const places: (Tensor | undefined)[] = [];
  /** The dim of `x` that is looked at, for messages. */
  let own = 0;
  const put = (index: Tensor): void => {
    places[dim] = index;
    dim += index.dtype === "bool" ? index.ndim : 1;
    own += index.dtype === "bool" ? index.ndim : 1;
  };
  for (const item of items) {
    if (item === None) {
      view = views.unsqueeze(view, dim++);
      continue;
    }
    if (item === Ellipsis) {
      dim += x.ndim - used;
      own += x.ndim - used;
      continue;
    }
    if (item instanceof PySlice) {
      view = sliced(view, dim++, item, steps);
      own++;
      continue;
    }
    if (typeof item === "boolean") {
      view = views.unsqueeze(view, dim);
      places[dim++] = tensor(item ? [0] : new Int32Array(0), { dtype: "int64" });
      continue;
    }
    const inner = innerTensor(item);
    if (inner !== undefined && isFloat(inner.dtype)) {
      fault("IndexError", "tensors used as indices must be long, byte or bool tensors");
    }
    if (inner !== undefined && (inner.dtype === "bool" || inner.ndim > 0)) {
      if (inner.dtype === "bool") checkMask(view, dim, inner);
      if (inner.dtype === "bool" && inner.ndim === 0) {
        view = views.unsqueeze(view, dim);
        const some = inner.item() === true;
        places[dim++] = tensor(some ? [0] : new Int32Array(0), { dtype: "int64" });
      } else put(inner);
      continue;
    }
    if (item instanceof PyList || item instanceof PyTuple || item instanceof PyRange) {
      const list = tensorFrom(item, undefined, "float32");
      const index = list.numel === 0 ? list.to("int64") : list;
      if (isFloat(index.dtype)) {
        fault("IndexError", "tensors used as indices must be long, byte or bool tensors");
      }
      if (index.dtype === "bool") checkMask(view, dim, index);
      put(index);
      continue;
    }
    const at = item instanceof PyFloat ? undefined : indexOf(item);
    if (at === undefined) {
      fault(
        typeof item === "string" ? "TypeError" : "IndexError",
        `only integers, slices (\`:\`), ellipsis (\`...\`), None and long or byte Variables are valid indices (got ${typeName(item)})`,
      );
    }
    const size = view.shape[dim]!;
    const index = Number(at);
    if (index < -size || index >= size) {
      outOfBounds(index, own, size, steps);
    }
    view = views.select(view, dim, index);
    own++;
  }
  return { view, places: Array.from(view.shape, (_, i) => places[i]) };
}

function sliced(x: Tensor, dim: number, slice: PySlice, steps: Steps): Tensor {
  const size = x.shape[dim]!;
  const { start, step, count } = extentOf(slice, size);
  if (step < 0) {
    if (steps === "forward") fault("ValueError", "step must be greater than zero");
    // The last place that is taken comes first when the dim is turned around.
    const from = size - 1 - start;
    return views.slice(views.flip(x, [dim]), dim, from, from + (count - 1) * -step + 1, -step);
  }
  if (start === 0 && step === 1 && count === size) return x;
  return views.slice(x, dim, start, start + Math.max(count - 1, -1) * step + 1, step);
}

function checkMask(x: Tensor, dim: number, mask: Tensor): void {
  mask.shape.forEach((size, d) => {
    if (size === x.shape[dim + d]) return;
    fault(
      "IndexError",
      `The shape of the mask [${mask.shape.join(", ")}] at index ${d} does not match the shape of the indexed tensor [${x.shape.slice(dim).join(", ")}] at index ${d}`,
    );
  });
}

/** Places in front, where the layer wants them, and where their dims go in the result. */
interface Gathering {
  readonly moved: Tensor;
  readonly indices: readonly Tensor[];
  /** How many dims the places make, and the dim that they begin at in the result. */
  readonly made: number;
  readonly at: number;
}

function gathering({ view, places }: Parts, steps: Steps): Gathering | undefined {
  const dims: number[] = [];
  const indices: Tensor[] = [];
  let made: number[] = [];
  places.forEach((index, dim) => {
    if (index === undefined) return;
    indices.push(index);
    const wide = index.dtype === "bool" ? index.ndim : 1;
    for (let d = 0; d < wide; d++) dims.push(dim + d);
    if (index.dtype !== "bool") checkPlaces(index, view.shape[dim]!, dim, steps);
    const shape = index.dtype === "bool" ? [count(index)] : index.shape;
    made = combined(made, shape, places);
  });
  if (indices.length === 0) return undefined;
  const rest = [...view.shape.keys()].filter((dim) => !dims.includes(dim));
  const adjacent = dims.every((dim, i) => i === 0 || dim === dims[i - 1]! + 1);
  room(product(made) * product(rest.map((dim) => view.shape[dim]!)));
  return {
    moved: views.permute(view, [...dims, ...rest]),
    indices,
    made: made.length,
    at: adjacent ? dims[0]! : 0,
  };
}

function count(mask: Tensor): number {
  return Number(mask.to("int64").sum().item());
}

function combined(
  a: readonly number[],
  b: readonly number[],
  places: readonly (Tensor | undefined)[],
): number[] {
  try {
    return broadcastPair("index", a, b);
  } catch {
    const shapes = places.flatMap((one) =>
      one === undefined
        ? []
        : [`[${(one.dtype === "bool" ? [count(one)] : one.shape).join(", ")}]`],
    );
    fault(
      "IndexError",
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${shapes.join(", ")}`,
    );
  }
}

function outOfBounds(index: number, dim: number, size: number, steps: Steps): never {
  const what = steps === "both" ? "axis" : "dimension";
  fault("IndexError", `index ${index} is out of bounds for ${what} ${dim} with size ${size}`);
}

function checkPlaces(index: Tensor, size: number, dim: number, steps: Steps): void {
  const values = index.toTypedArray() as ArrayLike<number | bigint>;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= -size && value < size) continue;
    outOfBounds(Number(value), dim, size, steps);
  }
}

/** The dims that places made, brought from the front to where they belong, or back. */
function settle(x: Tensor, { made, at }: Gathering, back = false): Tensor {
  if (at === 0) return x;
  const all = [...x.shape.keys()];
  const order = [...all.slice(made, made + at), ...all.slice(0, made), ...all.slice(made + at)];
  return views.permute(x, back ? all.map((dim) => order.indexOf(dim)) : order);
}

/** `x[key]`: a view where no index names several places. */
export function getItem(
  x: Tensor,
  key: Value,
  steps: Steps = "forward",
): { result: Tensor; made: string } {
  const parts = partsOf(x, key, steps);
  const gather = gathering(parts, steps);
  if (gather === undefined) {
    // Every index gives another object over the same memory.
    const same = parts.view === x;
    return { result: same ? views.reshape(x, x.shape) : parts.view, made: lastStep(key) };
  }
  return { result: settle(indexAt(gather.moved, ...gather.indices), gather), made: "Index" };
}

/** What PyTorch calls the last of the steps that make a view. */
function lastStep(key: Value): string {
  const last = itemsOf(key).findLast((item) => item !== Ellipsis);
  if (last === undefined) return "Alias";
  if (last === None) return "Unsqueeze";
  return last instanceof PySlice ? "Slice" : "Select";
}

/** `x[key] = value`. */
export function setItem(x: Tensor, key: Value, value: Value, steps: Steps = "forward"): void {
  const parts = partsOf(x, key, steps);
  const gather = gathering(parts, steps);
  const bare =
    typeof value === "boolean" || typeof value === "number" || typeof value === "bigint"
      ? value
      : value instanceof PyFloat
        ? value.v
        : undefined;
  const source =
    bare ??
    innerTensor(value) ??
    (steps === "both" ? tensorFrom(value, undefined, "float64") : undefined);
  if (source === undefined) {
    fault("TypeError", `can't assign a ${typeName(value)} to a torch.${C_NAMES[x.dtype]}Tensor`);
  }
  const shape = gather === undefined ? parts.view.shape : shapeOf(gather);
  const fitting = source instanceof Tensor ? fitted(source, shape, gather !== undefined) : source;
  if (gather === undefined) {
    assign("copy_", parts.view, fitting);
    return;
  }
  // One value under one mask is filled in, whatever its dtype.
  const filling =
    source instanceof Tensor &&
    source.numel === 1 &&
    gather.indices.length === 1 &&
    gather.indices[0]!.dtype === "bool";
  if (steps === "forward" && !filling && source instanceof Tensor && source.dtype !== x.dtype) {
    fault(
      "RuntimeError",
      `Index put requires the source and destination dtypes match, got ${C_NAMES[x.dtype]} for the destination and ${C_NAMES[source.dtype]} for the source.`,
    );
  }
  const rows =
    fitting instanceof Tensor ? settle(views.expand(fitting, shape), gather, true) : fitting;
  assign("copy_", gather.moved, putAt("index_put_", gather.moved, gather.indices, rows));
}

/** `x[key] += value`, every time that a place is named. */
export function addItem(x: Tensor, key: Value, value: Value): void {
  const source = innerTensor(value);
  if (source === undefined) {
    fault(
      "TypeError",
      `index_put_(): argument 'values' (position 2) must be Tensor, not ${typeName(value)}`,
    );
  }
  // Every element of x has a number; those that the key names are read through it.
  const numbers = arange(0, x.numel, 1, { dtype: "int32" }).reshape(x.shape);
  const places = getItem(numbers, key).result;
  const rows = views.expand(fitted(source, places.shape, true), places.shape);
  const flat = scatterAdd(
    x.reshape(x.numel),
    0,
    places.reshape(places.numel).to("int64"),
    rows.reshape(places.numel).to(x.dtype),
  );
  assign("index_put_", x, flat.reshape(x.shape));
}

/** The shape that reading through the same index would give. */
function shapeOf(gather: Gathering): readonly number[] {
  const { moved, indices } = gather;
  const made = indices
    .map((one) => (one.dtype === "bool" ? [count(one)] : one.shape))
    .reduce<readonly number[]>((a, b) => broadcastPair("index", a, b), []);
  const used = indices.reduce((sum, one) => sum + (one.dtype === "bool" ? one.ndim : 1), 0);
  const rest = moved.shape.slice(used);
  return [...rest.slice(0, gather.at), ...made, ...rest.slice(gather.at)];
}

function fitted(source: Tensor, shape: readonly number[], places: boolean): Tensor {
  let result = source;
  // Leading dims of size 1 do not count.
  while (result.ndim > shape.length && result.shape[0] === 1) result = views.select(result, 0, 0);
  const fits =
    result.ndim <= shape.length &&
    result.shape.every((size, d) => {
      const target = shape[shape.length - result.ndim + d];
      return size === 1 || size === target;
    });
  if (fits) return result;
  const dims = `[${source.shape.join(", ")}]`;
  if (places) {
    fault(
      "RuntimeError",
      `shape mismatch: value tensor of shape ${dims} cannot be broadcast to indexing result of shape [${shape.join(", ")}]`,
    );
  }
  if (result.ndim > shape.length) {
    fault(
      "RuntimeError",
      `expand(torch.${C_NAMES[source.dtype]}Tensor{${dims}}, size=[${shape.join(", ")}]): the number of sizes provided (${shape.length}) must be greater or equal to the number of dimensions in the tensor (${result.ndim})`,
    );
  }
  const wrong = result.shape.findLastIndex((size, d) => {
    const target = shape[shape.length - result.ndim + d];
    return size !== 1 && size !== target;
  });
  const at = shape.length - result.ndim + wrong;
  fault(
    "RuntimeError",
    `The expanded size of the tensor (${shape[at]}) must match the existing size (${result.shape[wrong]}) at non-singleton dimension ${at}.  Target sizes: [${shape.join(", ")}].  Tensor sizes: [${source.shape.join(", ")}]`,
  );
}
