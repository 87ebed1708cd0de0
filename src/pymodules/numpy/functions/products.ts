/** Products of arrays: dot, matmul and their kind, and einsum. */
import { spend } from "../../../python/budget.ts";
import { fault } from "../../../python/fault.ts";
import { PyList } from "../../../python/objects/list.ts";
import { NotImplemented, type Value } from "../../../python/objects/object.ts";
import { PyTuple } from "../../../python/objects/tuple.ts";
import { memory, PyArray, shapeText, sizeOf, work } from "../array.ts";
import { BOOL, type Data, type Dtype, type Element, promoteTypes } from "../dtype.ts";
import { castElement, getElement, setElement } from "../elements.ts";
import { axisIn, intOf, intsOf } from "../failure.ts";
import { asArray, cast, copyInto, operandOf } from "../read.ts";
import type { Table } from "../register.ts";
import { unwrapped } from "../scalar.ts";
import { apply } from "../ufuncs/run.ts";
import { single } from "../ufuncs/kernels.ts";
import { UFUNCS } from "../ufuncs/table.ts";
import { outputOf } from "../ufuncs/ufunc.ts";
import { expanded, inOrder, permuted, raveled, reshaped } from "../views.ts";
import { broadcastShapes, broadcastTo } from "../walk.ts";
import { einsumCall } from "./einsum.ts";

type Product = (
  o: Data,
  place: number,
  x: Data,
  from: number,
  y: Data,
  start: number,
  rows: number,
  inner: number,
  columns: number,
) => void;

/** Multiplications of floats between two looks at the budget, some 30 ms; what shares a column is computed together. */
const AT_ONCE = 2 ** 26;

const products: Map<Dtype, Product> = new Map();

/** The product for one dtype, so that the engine meets one kind of memory in it: four columns at once. */
function floatProduct(dtype: Dtype): Product {
  let product = products.get(dtype);
  if (product === undefined) {
    // oxlint-disable-next-line typescript/no-implied-eval -- the text stands here
    product = new Function(
      "o, place, x, from, y, start, rows, inner, columns",
      `let j = 0;
      for (; j + 3 < columns; j += 4) {
        const p = start + j * inner, q = p + inner, r = q + inner, s = r + inner;
        for (let i = 0; i < rows; i++) {
          const left = from + i * inner;
          let a = 0, b = 0, c = 0, d = 0;
          for (let k = 0; k < inner; k++) {
            const v = x[left + k];
            a += v * y[p + k]; b += v * y[q + k]; c += v * y[r + k]; d += v * y[s + k];
          }
          const to = place + i * columns + j;
          o[to] = a; o[to + 1] = b; o[to + 2] = c; o[to + 3] = d;
        }
      }
      for (; j < columns; j++) {
        const right = start + j * inner;
        for (let i = 0; i < rows; i++) {
          const left = from + i * inner;
          let sum = 0;
          for (let k = 0; k < inner; k++) sum += x[left + k] * y[right + k];
          o[place + i * columns + j] = sum;
        }
      }`,
    ) as Product;
    products.set(dtype, product);
  }
  return product;
}

/** Rows of the first by columns of the second, into memory of one dtype; all three in C's order, the second turned. */
function multiplyInto(
  out: PyArray,
  place: number,
  a: PyArray,
  from: number,
  b: PyArray,
  start: number,
  [rows, inner, columns]: readonly [number, number, number],
): void {
  const { dtype } = out;
  const row = inner * columns;
  if (dtype.kind === "f") {
    const product = floatProduct(dtype);
    const most = Math.max(1, Math.floor(AT_ONCE / Math.max(1, row)));
    for (let i = 0; i < rows; i += most) {
      const some = Math.min(most, rows - i);
      work(some * row);
      const [to, left] = [place + i * columns, from + i * inner];
      product(out.data, to, a.data, left, b.data, start, some, inner, columns);
    }
    return;
  }
  const multiply = single(UFUNCS["multiply"]!.texts, dtype, dtype);
  const add = single(UFUNCS["add"]!.texts, dtype, dtype);
  const zero = castElement(0, BOOL, dtype);
  for (let i = 0; i < rows; i++) {
    spend(1 + row);
    for (let j = 0; j < columns; j++) {
      let sum: Element = zero;
      for (let k = 0; k < inner; k++) {
        sum = add(
          sum,
          multiply(
            getElement(a.data, dtype, from + i * inner + k),
            getElement(b.data, dtype, start + j * inner + k),
          ),
        );
      }
      setElement(out.data, dtype, place + i * columns + j, sum);
    }
  }
}

/** The product of the last two axes, the others broadcast. */
export function matrixProduct(a: PyArray, b: PyArray, dtype: Dtype): PyArray {
  const [rows, inner] = a.shape.slice(-2) as [number, number];
  const columns = b.shape.at(-1)!;
  const batch = broadcastShapes([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  const shape = [...batch, rows, columns];
  const out = new PyArray(memory(dtype, sizeOf(shape)), dtype, shape);
  const left = packed(a, dtype, batch, false);
  const right = packed(b, dtype, batch, true);
  for (let i = 0; i < sizeOf(batch); i++) {
    multiplyInto(
      out,
      i * rows * columns,
      left,
      left.offset + (left.ndim === 2 ? 0 : i * rows * inner),
      right,
      right.offset + (right.ndim === 2 ? 0 : i * inner * columns),
      [rows, inner, columns],
    );
  }
  return out;
}

/** In C's order and the dtype; of a batch where it has one. */
function packed(x: PyArray, dtype: Dtype, batch: readonly number[], turned: boolean): PyArray {
  const own = turned ? swapped(x) : x;
  const wide = x.ndim === 2 ? own : broadcastTo(own, [...batch, ...own.shape.slice(-2)]);
  return wide.dtype === dtype ? inOrder(wide) : cast(wide, dtype);
}

function swapped(x: PyArray): PyArray {
  const axes = [...x.shape.keys()];
  axes.push(...axes.splice(-2).reverse());
  return permuted(x, axes);
}

/** `a @ b`. */
function matmul(a: PyArray, b: PyArray): PyArray {
  const scalar = [a, b].findIndex((one) => one.ndim === 0);
  if (scalar >= 0) {
    fault(
      "ValueError",
      `matmul: Input operand ${scalar} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)`,
    );
  }
  const x = a.ndim === 1 ? expanded(a, 0) : a;
  const y = b.ndim === 1 ? expanded(b, 1) : b;
  const [inner, other] = [x.shape.at(-1)!, y.shape.at(-2)!];
  if (inner !== other) {
    fault(
      "ValueError",
      `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${other} is different from ${inner})`,
    );
  }
  const product = matrixProduct(x, y, commonDtype([a, b]));
  const drop = new Set<number>();
  if (a.ndim === 1) drop.add(product.ndim - 2);
  if (b.ndim === 1) drop.add(product.ndim - 1);
  const keep = (_: number, d: number): boolean => !drop.has(d);
  return product.view(product.shape.filter(keep), product.strides.filter(keep));
}

export function commonDtype(arrays: readonly PyArray[]): Dtype {
  return arrays.map((one) => one.dtype).reduce(promoteTypes);
}

/** `numpy.dot`. */
function dot(a: PyArray, b: PyArray): PyArray {
  if (a.ndim === 0 || b.ndim === 0) {
    const dtype = promoteTypes(a.dtype, b.dtype);
    return apply("multiply", UFUNCS["multiply"]!, [cast(a, dtype), cast(b, dtype)]);
  }
  const other = b.ndim === 1 ? 0 : b.ndim - 2;
  if (a.shape.at(-1) !== b.shape[other]) {
    fault(
      "ValueError",
      `shapes ${shapeText(a.shape)} and ${shapeText(b.shape)} not aligned: ${a.shape.at(-1)} (dim ${a.ndim - 1}) != ${b.shape[other]} (dim ${other})`,
    );
  }
  return contracted(a, b, [a.ndim - 1], [other]);
}

/** Sums of products along pairs of axes: the others of the first, then those of the second. */
function contracted(
  a: PyArray,
  b: PyArray,
  axesA: readonly number[],
  axesB: readonly number[],
): PyArray {
  const restA = [...a.shape.keys()].filter((d) => !axesA.includes(d));
  const restB = [...b.shape.keys()].filter((d) => !axesB.includes(d));
  const sizes = (x: PyArray, axes: readonly number[]): number[] => axes.map((d) => x.shape[d]!);
  const [rows, inner, columns] = [sizes(a, restA), sizes(a, axesA), sizes(b, restB)].map(
    sizeOf,
  ) as [number, number, number];
  const x = reshaped(permuted(a, [...restA, ...axesA]), [rows, inner]);
  const y = reshaped(permuted(b, [...axesB, ...restB]), [inner, columns]);
  const product = matrixProduct(x, y, commonDtype([a, b]));
  return reshaped(product, [...sizes(a, restA), ...sizes(b, restB)]);
}

/** What `@` gives; NotImplemented where the other one has to know. */
export function matmulOperator(a: Value, b: Value): Value {
  const [x, y] = [operandOf(a), operandOf(b)];
  return x === undefined || y === undefined ? NotImplemented : unwrapped(matmul(x, y));
}

function conjugated(x: PyArray): PyArray {
  return x.dtype.kind === "c" ? apply("conjugate", UFUNCS["conjugate"]!, [x]) : x;
}

function tensordotAxes(axes: Value | undefined, a: PyArray, b: PyArray): [number[], number[]] {
  const own = axes ?? 2;
  if (own instanceof PyTuple || own instanceof PyList) {
    const [p, q] = own.items.map(intsOf) as [number[], number[]];
    return [p.map((d) => axisIn(d, a.ndim)), q.map((d) => axisIn(d, b.ndim))];
  }
  const count = intOf(own);
  return [
    Array.from({ length: count }, (_, i) => a.ndim - count + i),
    Array.from({ length: count }, (_, i) => i),
  ];
}

export const PRODUCT_METHODS: Table = {
  dot: [
    "a, b, out=None",
    (a: Value, b: Value, out?: Value) => {
      const result = dot(asArray(a), asArray(b));
      const target = outputOf(out);
      if (target === undefined) return unwrapped(result);
      copyInto(target, result);
      return target;
    },
  ],
};

export const PRODUCTS: Table = {
  matmul: [
    "x1, x2, /, out=None, **kwargs",
    (a: Value, b: Value, out?: Value) => {
      const result = matmul(asArray(a), asArray(b));
      const target = outputOf(out);
      if (target === undefined) return unwrapped(result);
      copyInto(target, result);
      return target;
    },
  ],
  inner: [
    "a, b, /",
    (a: Value, b: Value) => {
      const [x, y] = [asArray(a), asArray(b)];
      if (x.ndim === 0 || y.ndim === 0) return unwrapped(dot(x, y));
      if (x.shape.at(-1) !== y.shape.at(-1)) {
        fault(
          "ValueError",
          `shapes ${shapeText(x.shape)} and ${shapeText(y.shape)} not aligned: ${x.shape.at(-1)} (dim ${x.ndim - 1}) != ${y.shape.at(-1)} (dim ${y.ndim - 1})`,
        );
      }
      return unwrapped(contracted(x, y, [x.ndim - 1], [y.ndim - 1]));
    },
  ],
  outer: [
    "a, b, out=None",
    (a: Value, b: Value) => {
      const [x, y] = [raveled(asArray(a)), raveled(asArray(b))];
      return apply("multiply", UFUNCS["multiply"]!, [expanded(x, 1), expanded(y, 0)]);
    },
  ],
  vdot: [
    "a, b, /",
    (a: Value, b: Value) => {
      const [x, y] = [raveled(asArray(a)), raveled(asArray(b))];
      if (x.size !== y.size)
        fault(
          "ValueError",
          `cannot reshape array of size ${y.size} into shape ${shapeText(x.shape)}`,
        );
      return unwrapped(dot(conjugated(x), y));
    },
  ],
  tensordot: [
    "a, b, axes=2",
    (a: Value, b: Value, axes?: Value) => {
      const [x, y] = [asArray(a), asArray(b)];
      const [p, q] = tensordotAxes(axes, x, y);
      const same = p.length === q.length && p.every((d, i) => x.shape[d] === y.shape[q[i]!]);
      if (!same) fault("ValueError", "shape-mismatch for sum");
      return contracted(x, y, p, q);
    },
  ],
  einsum: [
    "*operands, **kwargs",
    (args: Value[], keywords: Map<string, Value>) => einsumCall(args, keywords),
  ],
};
