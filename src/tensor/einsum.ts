/** Sums of products by the names of their indices, as matrix products where they are ones. */

import { describe, formatShape, product } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** A tensor and the name of each of its dims. */
interface Named {
  readonly x: Tensor;
  readonly names: readonly string[];
}

interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[] | undefined;
}

const ELLIPSIS = "...";

/**
 * The sum of products that `equation` describes: `einsum("ij,jk->ik", a, b)` is
 * a matrix product, [i, j] and [j, k] to [i, k]. An index that is twice in one
 * term is its diagonal; one that is not on the right is summed over; `...`
 * broadcasts. Without "->" the indices that stand once remain, in
 * alphabetical order, as in PyTorch. Indices are letters; where a term has
 * spaces between its indices they are words: `"batch query d, batch key d -> batch query key"`.
 * @throws RangeError naming the term, the shape and the index that disagree
 */
export function einsum(equation: string, ...tensors: Tensor[]): Tensor {
  const { inputs, output } = parse(equation);
  if (inputs.length !== tensors.length) {
    throw wrong(equation, `describes ${inputs.length} tensors, but got ${tensors.length}`);
  }
  const operands = tensors.map((x, i) => nameDims(equation, x, inputs[i] ?? [], i));
  const sizes = commonSizes(equation, operands);
  const rest = [...sizes.keys()].filter((name) => name.startsWith(ELLIPSIS));
  // Dims of `...` are counted from the last one, so that they broadcast.
  rest.sort((a, b) => Number(b.slice(3)) - Number(a.slice(3)));
  const result = (output ?? implicitOutput(inputs)).flatMap((name) =>
    name === ELLIPSIS ? rest : [name],
  );
  const missing = result.find((name) => !sizes.has(name));
  if (missing !== undefined) {
    throw wrong(equation, `has "${missing}" on the right, but not on the left`);
  }
  return contract(operands.map(diagonals), result, sizes);
}

function wrong(equation: string, what: string): RangeError {
  return new RangeError(`einsum: equation "${equation}" ${what}`);
}

function parse(equation: unknown): Equation {
  if (typeof equation !== "string") {
    throw new TypeError(`einsum: equation must be a string, got ${describe(equation)}`);
  }
  const [left = "", right, more] = equation.split("->");
  if (more !== undefined) throw wrong(equation, 'has more than one "->"');
  const terms = left.split(",").map((term) => term.trim());
  const sides = right === undefined ? terms : [...terms, right.trim()];
  const words = sides.some((side) => /[A-Za-z0-9_.]\s+[A-Za-z0-9_.]/.test(side));
  const token = words ? /\.\.\.|[A-Za-z_][A-Za-z0-9_]*/g : /\.\.\.|[A-Za-z]/g;
  const read = (term: string): string[] => {
    const rest = term.replaceAll(token, "").trim();
    if (rest !== "") {
      throw wrong(
        equation,
        `has ${JSON.stringify(rest[0])} in term "${term}", which is no index; indices are letters, or words between spaces`,
      );
    }
    const names = term.match(token) ?? [];
    if (names.filter((name) => name === ELLIPSIS).length > 1) {
      throw wrong(equation, `has "..." twice in term "${term}"`);
    }
    return names;
  };
  const output = right === undefined ? undefined : read(right.trim());
  const twice = output?.find((name, i) => output.indexOf(name) !== i);
  if (twice !== undefined) throw wrong(equation, `has "${twice}" twice on the right`);
  return { inputs: terms.map(read), output };
}

/** `...` and then every index that stands once in all terms, in alphabetical order. */
function implicitOutput(inputs: Equation["inputs"]): string[] {
  const all = inputs.flat();
  const once = all.filter((name) => all.indexOf(name) === all.lastIndexOf(name));
  const names = once.filter((name) => name !== ELLIPSIS).sort();
  return all.includes(ELLIPSIS) ? [ELLIPSIS, ...names] : names;
}

/** A name for each dim; the dims of `...` are called by their distance from its end. */
function nameDims(equation: string, x: Tensor, term: readonly string[], i: number): Named {
  if (!(x instanceof Tensor)) {
    throw new TypeError(`einsum: operand ${i} must be a tensor, got ${describe(x)}`);
  }
  const at = term.indexOf(ELLIPSIS);
  const count = x.ndim - term.length + (at < 0 ? 0 : 1);
  if (at < 0 ? count !== 0 : count < 0) {
    const indices = `${term.length - (at < 0 ? 0 : 1)} ${at < 0 ? "indices" : "indices or more"}`;
    throw wrong(
      equation,
      `names ${indices} ("${term.join(" ")}") for operand ${i}, which has shape ${formatShape(x.shape)}`,
    );
  }
  if (at < 0) return { x, names: term };
  const rest = Array.from({ length: count }, (_, dim) => `${ELLIPSIS}${count - 1 - dim}`);
  return { x, names: term.toSpliced(at, 1, ...rest) };
}

function commonSizes(equation: string, operands: readonly Named[]): Map<string, number> {
  const sizes = new Map<string, number>();
  operands.forEach(({ x, names }, i) => {
    names.forEach((name, dim) => {
      const size = x.shape[dim] ?? 1;
      const known = sizes.get(name);
      const broadcasts = name.startsWith(ELLIPSIS) && (size === 1 || known === 1);
      if (known !== undefined && known !== size && !broadcasts) {
        throw wrong(
          equation,
          `has index "${name.startsWith(ELLIPSIS) ? ELLIPSIS : name}" of size ${known}, but dim ${dim} of operand ${i}, of shape ${formatShape(x.shape)}, is ${size}`,
        );
      }
      sizes.set(name, known === undefined || known === 1 ? size : known);
    });
  });
  return sizes;
}

/** Leaves each name once: of two dims of one name, the places where both indices are the same. */
function diagonals({ x, names }: Named): Named {
  const second = names.findIndex((name, dim) => names.indexOf(name) !== dim);
  if (second < 0) return { x, names };
  const first = names.indexOf(names[second] ?? "");
  const others = [...names.keys()].filter((dim) => dim !== first && dim !== second);
  const size = x.shape[first] ?? 0;
  const flat = x
    .permute(...others, first, second)
    .reshape(...others.map((dim) => x.shape[dim] ?? 1), size * size);
  // Element [i, i] of a square is each (size + 1)th one.
  return diagonals({
    x: flat.slice(-1, 0, Infinity, size + 1),
    names: [...others, first].map((dim) => names[dim] ?? ""),
  });
}

/** Multiplies two operands at a time, those first whose product is smallest. */
function contract(
  operands: readonly Named[],
  result: readonly string[],
  sizes: ReadonlyMap<string, number>,
): Tensor {
  let left = [...operands];
  while (left.length > 1) {
    let best: { a: Named; b: Named; needed: Set<string>; size: number } | undefined;
    for (const [i, a] of left.entries()) {
      for (const b of left.slice(i + 1)) {
        const others = left.filter((one) => one !== a && one !== b);
        const needed = new Set([...result, ...others.flatMap(({ names }) => names)]);
        const kept = new Set([...a.names, ...b.names].filter((name) => needed.has(name)));
        const size = product([...kept].map((name) => sizes.get(name) ?? 1));
        if (best === undefined || size < best.size) best = { a, b, needed, size };
      }
    }
    if (best === undefined) break;
    const { a, b, needed } = best;
    left = [...left.filter((one) => one !== a && one !== b), multiply(a, b, needed, sizes)];
  }
  const [last] = left;
  if (last === undefined) throw new RangeError("einsum: needs at least one tensor");
  const { x, names } = sumAway(last, new Set(result));
  return x.permute(result.map((name) => names.indexOf(name)));
}

function sumAway({ x, names }: Named, keep: ReadonlySet<string>): Named {
  const dims = [...names.keys()].filter((dim) => !keep.has(names[dim] ?? ""));
  if (dims.length === 0) return { x, names };
  return { x: x.sum(dims), names: names.filter((name) => keep.has(name)) };
}

function multiply(
  a: Named,
  b: Named,
  needed: ReadonlySet<string>,
  sizes: ReadonlyMap<string, number>,
): Named {
  const left = sumAway(a, new Set([...needed, ...b.names]));
  const right = sumAway(b, new Set([...needed, ...a.names]));
  const shared = left.names.filter((name) => right.names.includes(name));
  const sizeOf = (name: string): number => sizes.get(name) ?? 1;
  const batch = shared.filter((name) => needed.has(name));
  const inner = shared.filter((name) => !needed.has(name));
  const rows = left.names.filter((name) => !shared.includes(name));
  const columns = right.names.filter((name) => !shared.includes(name));
  // Dims in this order; one that is absent, or broadcasts, has size 1.
  const line = ({ x, names }: Named, order: readonly string[]): Tensor => {
    const own = order.filter((name) => names.includes(name));
    const there = x.permute(own.map((name) => names.indexOf(name)));
    let at = 0;
    return there.reshape(order.map((name) => (own.includes(name) ? (there.shape[at++] ?? 1) : 1)));
  };
  const names = [...batch, ...rows, ...columns];
  if (inner.length === 0) return { x: line(left, names).mul(line(right, names)), names };
  const matrix = (one: Named, parts: readonly (readonly string[])[]): Tensor => {
    const order = [...batch, ...parts.flat()];
    const whole = line(one, order);
    const full = whole.expand(
      order.map((name, dim) => (batch.includes(name) ? (whole.shape[dim] ?? 1) : sizeOf(name))),
    );
    return full.reshape([
      ...whole.shape.slice(0, batch.length),
      ...parts.map((part) => product(part.map(sizeOf))),
    ]);
  };
  const out = matrix(left, [rows, inner]).matmul(matrix(right, [inner, columns]));
  return {
    x: out.reshape([...out.shape.slice(0, batch.length), ...[...rows, ...columns].map(sizeOf)]),
    names,
  };
}
