/**
 * Shapes as patterns, in the language of einops (Rogozhnikov, "Einops: clear
 * and reliable tensor manipulations with Einstein-like notation", ICLR 2022).
 * Everything is composed of views and reductions, so it runs wherever they do.
 */

import { type Axis, ELLIPSIS, type Group, parsePattern, patternError } from "./einops-pattern.ts";
import { stack } from "./indexing.ts";
import { describe, formatShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** What `reduce` does with the axes that are not on the right. */
export type Reduction = "sum" | "mean" | "max" | "min" | "prod";
/** Sizes of named axes that the shape alone does not tell. */
export type AxisSizes = Readonly<Record<string, number>>;

/** A pattern that is being applied to one tensor. */
interface Job {
  readonly operator: "rearrange" | "reduce" | "repeat";
  readonly pattern: string;
  readonly sizes: Map<string, number>;
}

/**
 * Splits, joins and reorders dims by name: `rearrange(x, "b (h w) c -> b c h w", { h: 8 })`
 * turns [b, h·w, c] into [b, c, h, w]. A list of tensors is stacked first.
 * @throws RangeError that points at the place in the pattern
 */
export function rearrange(
  x: Tensor | readonly Tensor[],
  pattern: string,
  sizes: AxisSizes = {},
): Tensor {
  return apply("rearrange", x, pattern, sizes);
}

/**
 * Folds the axes that are only on the left: `reduce(x, "b (h 2) (w 2) c -> b h w c", "max")`
 * is 2×2 max pooling, [b, h·2, w·2, c] to [b, h, w, c].
 * @throws RangeError that points at the place in the pattern
 */
export function reduce(
  x: Tensor | readonly Tensor[],
  pattern: string,
  reduction: Reduction,
  sizes: AxisSizes = {},
): Tensor {
  if (!["sum", "mean", "max", "min", "prod"].includes(reduction)) {
    throw new TypeError(
      `reduce: reduction must be "sum", "mean", "max", "min" or "prod", got ${describe(reduction)}`,
    );
  }
  return apply("reduce", x, pattern, sizes, reduction);
}

/**
 * Repeats along axes that are only on the right: `repeat(x, "h w -> h (w n)", { n: 2 })`
 * turns [h, w] into [h, w·2]. An axis may also be a number: `"h w -> h w 3"`.
 * @throws RangeError that points at the place in the pattern
 */
export function repeat(
  x: Tensor | readonly Tensor[],
  pattern: string,
  sizes: AxisSizes = {},
): Tensor {
  return apply("repeat", x, pattern, sizes);
}

function apply(
  operator: Job["operator"],
  given: Tensor | readonly Tensor[],
  pattern: string,
  sizes: AxisSizes,
  reduction?: Reduction,
): Tensor {
  const x = given instanceof Tensor ? given : stack(given);
  const { left, right } = parsePattern(operator, pattern);
  const job: Job = { operator, pattern, sizes: readSizes(operator, sizes) };
  const named = left.groups.length - (left.ellipsis ? 1 : 0);
  const rest = x.ndim - named;
  if (left.ellipsis ? rest < 0 : rest !== 0) {
    const wanted = `${named} dim${named === 1 ? "" : "s"}${left.ellipsis ? " or more" : ""}`;
    const what = `the left side describes ${wanted}, but the tensor has shape ${formatShape(x.shape)}`;
    throw patternError(operator, pattern, 0, what);
  }
  const from = spread(left.groups, rest);
  const to = spread(right.groups, rest);
  checkAxes(job, from, to);
  from.forEach((group, dim) => measure(job, group, x.shape[dim] ?? 1, dim, x));
  return carryOut(job, x, from, to, reduction);
}

function readSizes(operator: string, sizes: AxisSizes): Map<string, number> {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 0) {
      throw new RangeError(
        `${operator}: size of "${name}" must be a whole number from 0, got ${describe(size)}`,
      );
    }
  }
  return new Map(Object.entries(sizes));
}

/** The groups with `...` replaced by as many axes as it stands for. */
function spread(groups: readonly Group[], dims: number): Group[] {
  const rest = (at: number): Axis[] =>
    Array.from({ length: dims }, (_, dim) => ({ name: `${ELLIPSIS}${dim}`, at }));
  return groups.flatMap((group): Group[] => {
    if (!group.axes.some(({ name }) => name === ELLIPSIS)) return [group];
    if (!group.joined) return rest(group.at).map((axis) => ({ ...group, axes: [axis] }));
    const axes = group.axes.flatMap((axis) => (axis.name === ELLIPSIS ? rest(axis.at) : [axis]));
    return [{ ...group, axes }];
  });
}

function axesOf(groups: readonly Group[]): Axis[] {
  return groups.flatMap(({ axes }) => axes);
}

/** Each operator lets axes stand alone on one side or on none. */
function checkAxes({ operator, pattern, sizes }: Job, from: Group[], to: Group[]): void {
  const left = axesOf(from);
  const right = axesOf(to);
  const names = (axes: Axis[]): Set<string> => new Set(axes.map(({ name }) => name));
  const [known, wanted] = [names(left), names(right)];
  for (const { name, size, at } of left) {
    if (operator === "reduce" || wanted.has(name)) continue;
    const what =
      size === undefined
        ? `axis "${name.startsWith(ELLIPSIS) ? ELLIPSIS : name}" is not on the right; reduce() can fold it`
        : `an axis of ${size} without a name cannot be found again on the right; name it`;
    throw patternError(operator, pattern, at, what);
  }
  for (const { name, size, at } of right) {
    if (known.has(name)) continue;
    if (operator !== "repeat") {
      const what =
        size === undefined
          ? `axis "${name}" is not on the left; repeat() can add it`
          : `an axis of ${size} is not on the left; repeat() can add it`;
      throw patternError(operator, pattern, at, what);
    }
    if (size === undefined && !sizes.has(name)) {
      const what = `axis "${name}" is new and needs a size: { ${name}: … }`;
      throw patternError(operator, pattern, at, what);
    }
  }
  for (const name of sizes.keys()) {
    if (known.has(name) || wanted.has(name)) continue;
    throw new RangeError(
      `${operator}: a size is given for "${name}", but pattern "${pattern}" has no such axis`,
    );
  }
}

/** Finds the sizes of a group's axes, of which one may be unknown. */
function measure(
  { operator, pattern, sizes }: Job,
  group: Group,
  total: number,
  dim: number,
  x: Tensor,
): void {
  let product = 1;
  let unknown: Axis | undefined;
  for (const axis of group.axes) {
    const size = axis.size ?? sizes.get(axis.name);
    if (size !== undefined) {
      product *= size;
      sizes.set(axis.name, size);
    } else if (unknown === undefined) {
      unknown = axis;
    } else {
      const what = `the sizes of "${unknown.name}" and "${axis.name}" cannot both be worked out; give one`;
      throw patternError(operator, pattern, axis.at, what);
    }
  }
  const where = `dim ${dim} of shape ${formatShape(x.shape)}`;
  if (unknown === undefined ? product !== total : product === 0 || total % product !== 0) {
    const what =
      unknown === undefined
        ? `${where} is ${total}, but the pattern makes it ${product}`
        : `${where} is ${total}, which is not a multiple of ${product}`;
    throw patternError(operator, pattern, group.at, what);
  }
  if (unknown !== undefined) sizes.set(unknown.name, total / product);
}

function carryOut(
  { sizes }: Job,
  x: Tensor,
  from: Group[],
  to: Group[],
  reduction: Reduction | undefined,
): Tensor {
  const sizeOf = ({ name, size }: Axis): number => size ?? sizes.get(name) ?? 1;
  const left = axesOf(from);
  const right = axesOf(to);
  const wanted = new Set(right.map(({ name }) => name));
  let result = x.reshape(left.map(sizeOf));
  const folded = [...left.keys()].filter((dim) => !wanted.has(left[dim]?.name ?? ""));
  if (reduction !== undefined && folded.length > 0) result = fold(result, reduction, folded);
  const kept = left.filter(({ name }) => wanted.has(name)).map(({ name }) => name);
  const order = right.map(({ name }) => kept.indexOf(name));
  result = result.permute(order.filter((dim) => dim >= 0));
  order.forEach((dim, at) => {
    if (dim < 0) result = result.unsqueeze(at);
  });
  // Only axes that repeat() adds change here; the others have their size already.
  if (order.includes(-1)) result = result.expand(right.map(sizeOf));
  return result.reshape(to.map(({ axes }) => axes.reduce((all, axis) => all * sizeOf(axis), 1)));
}

function fold(x: Tensor, reduction: Reduction, dims: readonly number[]): Tensor {
  switch (reduction) {
    case "max":
      return x.amax(dims);
    case "min":
      return x.amin(dims);
    default:
      return x[reduction](dims);
  }
}
