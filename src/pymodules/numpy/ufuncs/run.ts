/** Running ufuncs over arrays: element by element, folded along axes, and folded as they go. */
import { listOf } from "../lists.ts";
import { fault } from "../../../python/fault.ts";
import { isRowMajor, PyArray, memory, rowMajor, shapeText, sizeOf, work } from "../array.ts";
import {
  BOOL,
  canCast,
  type Data,
  type Dtype,
  type Element,
  FLOAT64,
  INT64,
  type Operand,
} from "../dtype.ts";
import { castElement, getElement, setElement } from "../elements.ts";
import { throwOwn } from "../failure.ts";
import { cast, copyInto } from "../read.ts";
import { broadcastShapes, planned, stretched, strideLike, walk } from "../walk.ts";
import { zeroDim } from "../scalar.ts";
import { at as placeOnAxis, sliced } from "../views.ts";
import {
  elementwise,
  folding,
  type Kernel,
  masking,
  pairwise,
  scanning,
  single,
} from "./kernels.ts";
import { foldDtype, resolve, type Spec } from "./table.ts";

/** How a ufunc is called. */
export interface Call {
  readonly out?: PyArray | undefined;
  readonly where?: PyArray | undefined;
  readonly dtype?: Dtype | undefined;
  readonly casting?: string | undefined;
}

/** An array as promotion sees it. */
export function operand(x: PyArray): Operand {
  return x.shape.length === 0
    ? { dtype: x.dtype, scalar: true, value: getElement(x.data, x.dtype, x.offset) }
    : { dtype: x.dtype, scalar: false };
}

/** How NumPy's messages name the class of a dtype. */
function typeText(dtype: Dtype): string {
  return `<class 'numpy.dtype[${dtype === BOOL ? "bool_" : dtype.name}]'>`;
}

function noLoop(name: string, spec: Spec, inputs: readonly PyArray[]): never {
  if (spec.rule === "numbers" && (name === "subtract" || name === "negative")) {
    fault(
      "TypeError",
      name === "subtract"
        ? "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead."
        : "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.",
    );
  }
  if (spec.rule === "numbers") {
    const types = inputs.map((one) => typeText(one.dtype)).join(", ");
    fault(
      "TypeError",
      `ufunc '${name}' did not contain a loop with signature matching types ${types} -> None`,
    );
  }
  if (inputs.some((one) => one.dtype.kind === "c") && spec.rule === "floats") {
    fault(
      "NotImplementedError",
      `numpy.${name} of complex numbers is not here; nearest: numpy.exp, numpy.log, numpy.sqrt of them`,
    );
  }
  fault(
    "TypeError",
    `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
}

function refuseCast(name: string, what: string, from: Dtype, to: Dtype, casting: string): never {
  fault(
    "TypeError",
    `Cannot cast ufunc '${name}' ${what} from dtype('${from.name}') to dtype('${to.name}') with casting rule '${casting}'`,
  );
}

/** Whether two arrays show the same memory in different ways. */
function overlaps(a: PyArray, b: PyArray): boolean {
  if (a.data !== b.data) return false;
  const same =
    a.offset === b.offset &&
    a.shape.length === b.shape.length &&
    a.shape.every((size, axis) => size === b.shape[axis] && a.strides[axis] === b.strides[axis]);
  return !same;
}

/** The elements of a ufunc's results, one for each of the operands' broadcast shape. */
export function apply(
  name: string,
  spec: Spec,
  given: readonly PyArray[],
  call: Call = {},
): PyArray {
  const { out, where, dtype, casting = "same_kind" } = call;
  const found = resolve(spec, given.map(operand), dtype);
  if (found === undefined) noLoop(name, spec, given);
  const { loop, result } = found;
  let inputs = given;
  if (dtype !== undefined && spec.result === "bool" && dtype !== BOOL) {
    fault(
      "TypeError",
      `No loop matching the specified signature and casting was found for ufunc ${name}`,
    );
  }
  if (dtype !== undefined) {
    given.forEach((one, i) => {
      if (!canCast(one.dtype, loop, casting))
        refuseCast(name, `input${given.length > 1 ? ` ${i}` : ""}`, one.dtype, loop, casting);
    });
  }
  if (out !== undefined && !canCast(result, out.dtype, casting)) {
    refuseCast(name, "output", result, out.dtype, casting);
  }
  const all = [
    ...given,
    ...(out === undefined ? [] : [out]),
    ...(where === undefined ? [] : [where]),
  ];
  const shape = broadcastShapes(all.map((one) => one.shape));
  if (out !== undefined) {
    checkOutput(out, shape, given);
    inputs = given.map((one) => (overlaps(one, out) ? cast(one, one.dtype) : one));
  }
  // One element is cast once, and not at each step.
  inputs = inputs.map((one) =>
    one.dtype !== loop && one.shape.length === 0
      ? zeroDim(castElement(getElement(one.data, one.dtype, one.offset), one.dtype, loop), loop)
      : one,
  );
  const target =
    out ?? new PyArray(memory(result, sizeOf(shape)), result, shape, strideLike(shape, inputs), 0);
  if (where !== undefined) {
    copyWhere(target, apply(name, spec, given, { dtype, casting }), where);
    return target;
  }
  work(sizeOf(shape));
  const kernel = elementwise(
    spec.texts,
    inputs.map((one) => one.dtype),
    loop,
    result,
    target.dtype,
  );
  const both = [...inputs, target];
  const data = both.map((one) => one.data);
  const plan = planned(
    shape,
    both.map((one) => stretched(one, shape)),
  );
  walk(
    plan,
    both.map((one) => one.offset),
    (count, at) => kernel(count, data, at, plan.steps),
  );
  return target;
}

function checkOutput(out: PyArray, shape: readonly number[], inputs: readonly PyArray[]): void {
  needWriteable(out, "output array is read-only");
  if (out.shape.length === shape.length && out.shape.every((size, axis) => size === shape[axis]))
    return;
  const wide = broadcastShapes(inputs.map((one) => one.shape));
  fault(
    "ValueError",
    `non-broadcastable output operand with shape ${shapeText(out.shape)} doesn't match the broadcast shape ${shapeText(wide)}`,
  );
}

/** @throws ValueError where an array may not be written */
export function needWriteable(x: PyArray, message = "assignment destination is read-only"): void {
  if (!x.writeable) fault("ValueError", message);
}

/** Copies elements where a mask is true. */
export function copyWhere(into: PyArray, from: PyArray, mask: PyArray): void {
  const kernel = masking(from.dtype, into.dtype);
  const shape = into.shape;
  const ways = [stretched(from, shape), stretched(into, shape), stretched(mask, shape)];
  const plan = planned(shape, ways);
  const data = [from.data, into.data, mask.data];
  work(into.size);
  walk(plan, [from.offset, into.offset, mask.offset], (count, at) => {
    kernel(count, data, at, plan.steps);
  });
}

/** How a fold is asked for. */
export interface Fold extends Call {
  /** From the front; all of them where left out. */
  readonly axes?: readonly number[] | undefined;
  readonly keepdims?: boolean;
  readonly initial?: Element | undefined;
}

/** The fold of all elements that lie in order, for the folds that are asked for most; `undefined` for others. */
export function foldAll(
  name: string,
  spec: Spec,
  x: PyArray,
): { value: Element; dtype: Dtype } | undefined {
  const { dtype, size } = x;
  const known = name === "add" || name === "multiply" || name === "maximum" || name === "minimum";
  if (!known || dtype.kind === "c" || size === 0 || !isRowMajor(x)) return undefined;
  const loop = foldDtype(name, dtype);
  work(size);
  if (name === "add" && loop.kind === "f") {
    const sum = pairwise(dtype, loop)(x.data, x.offset, 1, size);
    return { value: castElement(0 + sum, FLOAT64, loop), dtype: loop };
  }
  const out = loop.make(1);
  const first = spec.identity ?? castElement(getElement(x.data, dtype, x.offset), dtype, loop);
  setElement(out, loop, 0, first);
  folding(spec.texts, dtype, loop)(size, [x.data, out], [x.offset, 0], [1, 0]);
  return { value: getElement(out, loop, 0), dtype: loop };
}

/** Folds an array along axes. */
export function reduce(name: string, spec: Spec, x: PyArray, fold: Fold = {}): PyArray {
  const axes = fold.axes ?? [...x.shape.keys()];
  const dtype = fold.dtype ?? foldDtype(name, x.dtype);
  const truth = spec.result === "bool" && name.startsWith("logical");
  const found = truth ? { loop: BOOL } : resolve(spec, [{ dtype, scalar: false }]);
  if (found === undefined) noLoop(name, spec, [x, x]);
  const { loop } = found;
  if (!truth && spec.result === "bool" && loop !== BOOL) {
    const types = [loop, loop].map(typeText).join(", ");
    fault(
      "TypeError",
      `The resolved dtypes are not compatible with ${name}.reduce. Resolved (${types})`,
    );
  }
  if (axes.length > 1 && spec.reorderable !== true) {
    fault(
      "ValueError",
      `reduction operation '${name}' is not reorderable, so at most one axis may be specified`,
    );
  }
  const dropped = new Set(axes);
  const kept = x.shape.filter((_, axis) => !dropped.has(axis));
  const wide = x.shape.map((size, axis) => (dropped.has(axis) ? 1 : size));
  const output = new PyArray(memory(loop, sizeOf(kept)), loop, wide, keptStrides(x, dropped), 0);
  const identity = fold.initial ?? spec.identity;
  let source = x;
  if (fold.where !== undefined) {
    if (identity === undefined) {
      fault(
        "ValueError",
        `reduction operation '${name}' does not have an identity, so to use a where mask one has to specify 'initial'`,
      );
    }
    const shape = broadcastShapes([x.shape, fold.where.shape]);
    source = new PyArray(memory(loop, sizeOf(shape)), loop, shape);
    fillWith(source, castElement(identity, loop, loop));
    copyWhere(source, x, fold.where);
  }
  const empty = axes.some((axis) => x.shape[axis] === 0);
  if (identity !== undefined && (fold.initial !== undefined || spec.identity !== undefined)) {
    fillWith(
      output,
      loop.kind === "f" || loop.kind === "c"
        ? castElement(Number(identity), FLOAT64, loop)
        : castElement(identity, INT64, loop),
    );
  } else {
    if (empty && sizeOf(kept) > 0) {
      fault("ValueError", `zero-size array to reduction operation ${name} which has no identity`);
    }
    if (!empty) {
      const first = x.view(wide, x.strides);
      copyInto(output, first);
      // Larger and smaller ones take the first one twice; the others begin behind it.
      if (!/^(maximum|minimum|fmax|fmin|lcm|logical|bitwise)/.test(name) && axes.length === 1) {
        source = sliced(x, axes[0]!, 1, x.shape[axes[0]!]! - 1);
      }
    }
  }
  if (!source.shape.includes(0)) foldInto(name, spec, source, output, loop);
  const shaped = fold.keepdims === true ? output : dropAxes(output, dropped);
  if (fold.out === undefined) return shaped;
  storeResult(fold.out, shaped, name);
  return fold.out;
}

/** Stores a fold's result in the array that was given for it. */
export function storeResult(out: PyArray, result: PyArray, name: string): void {
  const fits =
    out.ndim === result.ndim && out.shape.every((size, axis) => size === result.shape[axis]);
  if (!fits) {
    fault(
      "ValueError",
      out.ndim !== result.ndim
        ? `output parameter for reduction operation ${name} has the wrong number of dimensions (must be ${result.ndim})`
        : `output parameter for reduction operation ${name} has a non-reduction dimension not equal to the input one.`,
    );
  }
  needWriteable(out, "output array is read-only");
  if (!canCast(result.dtype, out.dtype, "same_kind")) {
    refuseCast(name, "output", result.dtype, out.dtype, "same_kind");
  }
  copyInto(out, result);
}

/** The order that the kept axes have in the array's memory, for what is left of it. */
function keptStrides(x: PyArray, dropped: ReadonlySet<number>): number[] {
  const kept = [...x.shape.keys()].filter((axis) => !dropped.has(axis));
  const shape = kept.map((axis) => x.shape[axis]!);
  const part = x.view(
    shape,
    kept.map((axis) => x.strides[axis]!),
  );
  const own = x.size === 0 ? rowMajor(shape) : strideLike(shape, [part]);
  const strides = listOf<number>(x.ndim, 0);
  kept.forEach((axis, i) => (strides[axis] = own[i]!));
  return strides;
}

function dropAxes(x: PyArray, dropped: ReadonlySet<number>): PyArray {
  const keep = (_: number, axis: number): boolean => !dropped.has(axis);
  return new PyArray(x.data, x.dtype, x.shape.filter(keep), x.strides.filter(keep), x.offset);
}

function fillWith(x: PyArray, value: Element): void {
  const one = zeroDim(value, x.dtype);
  copyInto(x, one);
}

function foldInto(name: string, spec: Spec, x: PyArray, output: PyArray, loop: Dtype): void {
  work(x.size);
  const kernel = folding(spec.texts, x.dtype, loop);
  const ways = [x.strides, stretched(output, x.shape)];
  const plan = planned(x.shape, ways);
  const data = [x.data, output.data];
  const [step, to] = plan.steps as [number, number];
  if (name === "add" && loop.kind === "f" && to === 0) {
    const sum = pairwise(x.dtype, loop);
    walk(plan, [x.offset, output.offset], (count, [at, place]) => {
      output.data[place!] = (output.data[place!] as number) + sum(x.data, at!, step, count);
    });
    return;
  }
  walk(plan, [x.offset, output.offset], (count, at) => kernel(count, data, at, plan.steps));
}

/** The running fold along an axis. */
export function accumulate(
  name: string,
  spec: Spec,
  x: PyArray,
  axis: number,
  dtype?: Dtype,
): PyArray {
  const wanted = dtype ?? foldDtype(name, x.dtype);
  const truth = spec.result === "bool" && name.startsWith("logical");
  const found = truth ? { loop: BOOL } : resolve(spec, [{ dtype: wanted, scalar: false }]);
  if (found === undefined) noLoop(name, spec, [x, x]);
  const { loop } = found;
  const output = new PyArray(memory(loop, x.size), loop, x.shape, strideLike(x.shape, [x]), 0);
  const count = x.shape[axis]!;
  if (x.size === 0) return output;
  work(x.size);
  const kernel = scanning(spec.texts, x.dtype, loop);
  const data = [x.data, output.data];
  const own = [x.strides[axis]!, output.strides[axis]!];
  const [rows, places] = [placeOnAxis(x, axis, 0), placeOnAxis(output, axis, 0)];
  const plan = planned(rows.shape, [rows.strides, places.strides]);
  walk(plan, [rows.offset, places.offset], (lines, at) => {
    for (let i = 0; i < lines; i++) {
      kernel(
        count,
        data,
        at.map((one, j) => one + i * plan.steps[j]!),
        own,
      );
    }
  });
  return output;
}

interface Loops {
  readonly loop: Dtype;
  readonly result: Dtype;
}

/** What single elements of two dtypes meet in: their values do not count where there is no array. */
const resolved: Map<Spec, Map<number, Single>> = new Map();

interface Single extends Loops {
  readonly run: (a: Element, b: Element) => Element;
}

function remember(spec: Spec, key: number, found: Single): void {
  let own = resolved.get(spec);
  if (own === undefined) resolved.set(spec, (own = new Map()));
  own.set(key, found);
}

/**
 * The most common call without detours: two arrays of one dtype and one shape
 * in C's order, or one of them and a number of no higher kind that its dtype
 * is not changed by. `undefined` for all others.
 */
export function applyPlainly(
  spec: Spec,
  a: PyArray,
  b: PyArray | undefined,
  value: Element | undefined,
  turned: boolean,
): PyArray | undefined {
  const { dtype, shape } = a;
  if (dtype.kind === "c" || shape.length === 0 || !isRowMajor(a)) return undefined;
  if (b !== undefined && (b.dtype !== dtype || !isRowMajor(b) || !sameShape(shape, b.shape)))
    return undefined;
  const key = dtype.num * 32 + dtype.num;
  let found = arrays.get(spec)?.get(key);
  if (found === undefined) {
    const one: Operand = { dtype, scalar: false };
    const loops = resolve(spec, [one, one]);
    if (loops === undefined) return undefined;
    const kernel = elementwise(spec.texts, [dtype, dtype], loops.loop, loops.result, loops.result);
    found = { ...loops, kernel, scratch: memory(dtype, 1) };
    let own = arrays.get(spec);
    if (own === undefined) arrays.set(spec, (own = new Map()));
    own.set(key, found);
  }
  const size = a.data.length === 1 ? 1 : sizeOf(shape);
  const target = new PyArray(
    memory(found.result, size),
    found.result,
    shape,
    a.strides.length === 1 ? ONE : rowMajor(shape),
    0,
  );
  if (size === 0) return target;
  const step = value === undefined ? 1 : 0;
  if (value !== undefined) setElement(found.scratch, dtype, 0, value);
  const other = value === undefined ? b!.data : found.scratch;
  const at = value === undefined ? b!.offset : 0;
  if (turned) found.kernel(size, [other, a.data, target.data], [at, a.offset, 0], [step, 1, 1]);
  else found.kernel(size, [a.data, other, target.data], [a.offset, at, 0], [1, step, 1]);
  return target;
}

const ONE: readonly number[] = [1];

interface Plain extends Loops {
  readonly kernel: Kernel;
  /** For the number. */
  readonly scratch: Data;
}
const arrays: Map<Spec, Map<number, Plain>> = new Map();

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A ufunc of two single elements; `undefined` where there is no loop for their dtypes. */
export function applySingle(
  name: string,
  spec: Spec,
  a: { value: Element; dtype: Dtype },
  b: { value: Element; dtype: Dtype } | undefined,
): { value: Element; dtype: Dtype } {
  const key = a.dtype.num * 32 + (b?.dtype.num ?? 31);
  let found = resolved.get(spec)?.get(key);
  if (found === undefined) {
    const operands = [a, ...(b === undefined ? [] : [b])];
    const loops = resolve(
      spec,
      operands.map((one) => ({ ...one, scalar: true })),
    );
    if (loops === undefined) {
      noLoop(
        name,
        spec,
        operands.map((one) => zeroDim(one.value, one.dtype)),
      );
    }
    found = { ...loops, run: single(spec.texts, loops.loop, loops.result) };
    remember(spec, key, found);
  }
  const { loop, result, run } = found;
  const x = castElement(a.value, a.dtype, loop);
  const y = b === undefined ? 0 : castElement(b.value, b.dtype, loop);
  return { value: run(x, y), dtype: result };
}

/** Applies a fold at places of an array one after another, so that a place named twice is folded twice. */
export function foldAt(
  spec: Spec,
  x: PyArray,
  places: readonly number[],
  values: PyArray | undefined,
): void {
  const { data, dtype } = x;
  const found = resolve(spec, [
    { dtype, scalar: false },
    ...(values === undefined ? [] : [operand(values)]),
  ]);
  if (found === undefined) throwOwn("TooHardError", "ufunc.at has no loop for these dtypes");
  const { loop, result } = found;
  const run = single(spec.texts, loop, result);
  work(places.length * 2);
  places.forEach((place, i) => {
    const a = castElement(getElement(data, dtype, place), dtype, loop);
    const b =
      values === undefined
        ? 0
        : castElement(getElement(values.data, values.dtype, values.offset + i), values.dtype, loop);
    setElement(data, dtype, place, castElement(run(a, b), result, dtype));
  });
}
