/** Sums, means, extremes and their kind: of all elements, or along axes. */
import { fault } from "../../../python/fault.ts";
import { PyComplex } from "../../../python/objects/complex.ts";
import { None, type Value } from "../../../python/objects/object.ts";
import { memory, PyArray, sizeOf, work } from "../array.ts";
import {
  BOOL,
  COMPLEX128,
  type Dtype,
  dtypeArgument,
  type Element,
  FLOAT16,
  FLOAT32,
  FLOAT64,
  INT64,
  partOf,
} from "../dtype.ts";
import { castElement, getElement } from "../elements.ts";
import { axesOf, axisIn, given, intOf } from "../failure.ts";
import { asArray, cast, numberOf } from "../read.ts";
import type { Table } from "../register.ts";
import { unwrapped, zeroDim } from "../scalar.ts";
import { accumulate, apply, reduce, storeResult } from "../ufuncs/run.ts";
import { maskOf, outputOf, reduceArray } from "../ufuncs/ufunc.ts";
import { UFUNCS } from "../ufuncs/table.ts";
import { expanded, inOrder, moved, raveled, reshaped } from "../views.ts";
import { broadcastTo } from "../walk.ts";

const truthy = (value: Value | undefined): boolean =>
  value !== undefined && value !== false && value !== 0 && value !== None;

type Run = Table[string];

function fold(name: string): Run {
  return [
    "a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True",
    (
      a: Value,
      axis?: Value,
      dtype?: Value,
      out?: Value,
      keep?: Value,
      initial?: Value,
      where?: Value,
    ) => reduceArray(name, asArray(a), axis, dtype, out, keep, initial, where),
  ];
}

function extreme(name: string): Run {
  return [
    "a, axis=None, out=None, keepdims=False, initial=None, where=True",
    (a: Value, axis?: Value, out?: Value, keep?: Value, initial?: Value, where?: Value) =>
      reduceArray(name, asArray(a), axis, undefined, out, keep, initial, where),
  ];
}

function truth(name: string): Run {
  return [
    "a, axis=None, out=None, keepdims=False, *, where=True",
    (a: Value, axis?: Value, out?: Value, keep?: Value, where?: Value) =>
      reduceArray(name, asArray(a), axis, undefined, out, keep, undefined, where),
  ];
}

/** How many elements each place of a fold along axes comes from. */
function countOf(
  x: PyArray,
  axes: readonly number[] | undefined,
  mask: PyArray | undefined,
  keepdims: boolean,
): PyArray {
  const own = axes ?? [...x.shape.keys()];
  if (mask === undefined) return zeroDim(sizeOf(own.map((axis) => x.shape[axis]!)), INT64);
  return reduce("add", UFUNCS["add"]!, cast(broadcastTo(mask, x.shape), INT64), {
    axes: own,
    keepdims,
  });
}

const add = UFUNCS["add"]!;
const divide = UFUNCS["divide"]!;

/** The mean along axes; float16 is summed in float32. */
function meanOf(
  x: PyArray,
  axes: readonly number[] | undefined,
  keepdims: boolean,
  asked?: Dtype,
  mask?: PyArray,
): PyArray {
  const whole = x.dtype.kind !== "f" && x.dtype.kind !== "c";
  const half = asked === undefined && x.dtype === FLOAT16;
  const dtype = asked ?? (whole ? FLOAT64 : half ? FLOAT32 : x.dtype);
  const sum = reduce("add", add, x, { axes, keepdims, dtype, where: mask });
  const count = countOf(x, axes, mask, keepdims);
  const mean = apply(
    "divide",
    divide,
    [sum, mask === undefined ? zeroDim(Number(count.data[0]), INT64) : count],
    {},
  );
  const wanted = half ? FLOAT16 : dtype;
  return mean.dtype === wanted ? mean : cast(mean, wanted);
}

/** The variance along axes: the squares of the distances from the mean, over the count less `ddof`. */
function varianceOf(
  x: PyArray,
  axes: readonly number[] | undefined,
  keepdims: boolean,
  ddof: number,
  asked?: Dtype,
  mask?: PyArray,
): PyArray {
  const whole = x.dtype.kind !== "f" && x.dtype.kind !== "c";
  const half = asked === undefined && x.dtype === FLOAT16;
  const dtype = asked ?? (whole ? FLOAT64 : half ? FLOAT32 : x.dtype);
  const sum = reduce("add", add, x, { axes, keepdims: true, dtype, where: mask });
  const count = countOf(x, axes, mask, true);
  const number = mask === undefined ? zeroDim(Number(count.data[0]), INT64) : count;
  const mean = apply("divide", divide, [sum, number], { dtype, casting: "unsafe" });
  const away = apply("subtract", UFUNCS["subtract"]!, [x, mean], {});
  const squares =
    away.dtype.kind === "c"
      ? apply("add", add, [partSquares(away, "real"), partSquares(away, "imag")])
      : apply("multiply", UFUNCS["multiply"]!, [away, away]);
  const total = reduce("add", add, squares, {
    axes,
    keepdims,
    dtype: half ? FLOAT32 : squares.dtype,
    where: mask,
  });
  const shape = total.shape;
  const left = apply("maximum", UFUNCS["maximum"]!, [
    apply("subtract", UFUNCS["subtract"]!, [
      number,
      zeroDim(ddof, Number.isInteger(ddof) ? INT64 : FLOAT64),
    ]),
    zeroDim(0, INT64),
  ]);
  const result = apply(
    "divide",
    divide,
    [total, mask === undefined ? left : reshaped(left, shape)],
    {},
  );
  const wanted = half ? FLOAT16 : partOf(asked ?? total.dtype);
  return result.dtype === wanted ? result : cast(result, wanted);
}

function partSquares(x: PyArray, part: "real" | "imag"): PyArray {
  const dtype = partOf(x.dtype);
  const data = memory(dtype, x.size);
  const flat = inOrder(x);
  for (let i = 0; i < x.size; i++) {
    const value = (flat.data[flat.offset + i] as unknown as Record<string, number>)[part]!;
    data[i] = value * value;
  }
  return new PyArray(data, dtype, x.shape);
}

function finish(result: PyArray, out: Value | undefined, name: string): Value {
  const target = outputOf(out);
  if (target === undefined) return unwrapped(result);
  storeResult(target, result, name);
  return target;
}

function spread(root: boolean): Run {
  return [
    "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True",
    (
      a: Value,
      axis?: Value,
      dtype?: Value,
      out?: Value,
      ddof?: Value,
      keep?: Value,
      where?: Value,
    ) => {
      const x = asArray(a);
      const less = given(ddof) === undefined ? 0 : Number(numberOf(ddof!)?.value ?? 0);
      const variance = varianceOf(
        x,
        axesOf(axis, x.ndim),
        truthy(keep),
        less,
        dtypeArgument(dtype),
        maskOf(where),
      );
      return finish(
        root ? apply("sqrt", UFUNCS["sqrt"]!, [variance]) : variance,
        out,
        root ? "std" : "var",
      );
    },
  ];
}

/** Whether the second comes before the first as the extreme that is looked for: nan comes first of all. */
function beats(name: string, x: Element, best: Element): boolean {
  if (typeof x === "object" || typeof best === "object") {
    const [p, q] = [x, best] as { real: number; imag: number }[];
    const order = p!.real === q!.real ? p!.imag - q!.imag : p!.real - q!.real;
    return name === "argmax" ? order > 0 : order < 0;
  }
  if (best !== best) return false;
  if (x !== x) return true;
  return name === "argmax" ? x > best : x < best;
}

function arg(name: "argmax" | "argmin"): Run {
  return [
    "a, axis=None, out=None, *, keepdims=False",
    (a: Value, axis?: Value, out?: Value, keep?: Value) => {
      const x = asArray(a);
      const own = given(axis);
      const dim = own === undefined ? undefined : axisIn(intOf(own), Math.max(x.ndim, 1));
      const line = dim === undefined || x.ndim === 0 ? raveled(x) : moved(x, dim, x.ndim - 1);
      const count = line.shape.at(-1)!;
      if (count === 0) fault("ValueError", `attempt to get ${name} of an empty sequence`);
      const flat = inOrder(line);
      const rows = x.size / count;
      const data = memory(INT64, rows);
      work(x.size);
      for (let row = 0; row < rows; row++) {
        let place = 0;
        let best = getElement(flat.data, x.dtype, flat.offset + row * count);
        for (let i = 1; i < count; i++) {
          const one = getElement(flat.data, x.dtype, flat.offset + row * count + i);
          if (beats(name, one, best)) {
            best = one;
            place = i;
          }
        }
        data[row] = BigInt(place);
      }
      let result = new PyArray(data, INT64, line.shape.slice(0, -1));
      if (truthy(keep)) {
        result =
          dim === undefined
            ? result.view(
                x.shape.map(() => 1),
                x.shape.map(() => 0),
              )
            : expanded(result, dim);
      }
      return finish(result, out, name);
    },
  ];
}

function running(name: "add" | "multiply"): Run {
  return [
    "a, axis=None, dtype=None, out=None",
    (a: Value, axis?: Value, dtype?: Value, out?: Value) => {
      const x = asArray(a);
      const own = given(axis);
      const line = own === undefined || x.ndim === 0 ? raveled(x) : x;
      const dim = own === undefined ? 0 : axisIn(intOf(own), Math.max(x.ndim, 1));
      const result = accumulate(name, UFUNCS[name]!, line, dim, dtypeArgument(dtype));
      return finish(result, out, name);
    },
  ];
}

/** Scales, rounds and scales back, as NumPy does. */
export function roundedTo(x: PyArray, decimals: number): PyArray {
  if (x.dtype === BOOL) {
    const way = decimals > 0 ? "multiply" : "divide";
    if (decimals === 0) return cast(x, FLOAT16);
    fault(
      "TypeError",
      `Cannot cast ufunc '${way}' output from dtype('float64') to dtype('bool') with casting rule 'same_kind'`,
    );
  }
  if (x.dtype.kind === "i" || x.dtype.kind === "u") {
    if (decimals >= 0) return cast(x, x.dtype, undefined);
    const scale = 10n ** BigInt(-decimals);
    const flat = inOrder(x);
    const made = new PyArray(memory(x.dtype, x.size), x.dtype, x.shape);
    for (let i = 0; i < x.size; i++) {
      const float = Number(getElement(flat.data, x.dtype, flat.offset + i)) / Number(scale);
      const floor = Math.round(float);
      const even = Math.abs(float % 1) === 0.5 && floor % 2 !== 0 ? floor - 1 : floor;
      made.data[i] = x.dtype.domain === "l" ? BigInt(even) * scale : even * Number(scale);
    }
    return made;
  }
  if (x.dtype.kind === "c") {
    const flat = inOrder(x);
    const parts = (["real", "imag"] as const).map((name) => {
      const own = memory(FLOAT64, x.size);
      for (let i = 0; i < x.size; i++) own[i] = (flat.data[flat.offset + i] as PyComplex)[name];
      return roundedTo(new PyArray(own, FLOAT64, [x.size]), decimals).data as Float64Array;
    });
    const made = new PyArray(memory(x.dtype, x.size), x.dtype, x.shape);
    for (let i = 0; i < x.size; i++) {
      const value = new PyComplex(parts[0]![i]!, parts[1]![i]!);
      made.data[i] = castElement(value, COMPLEX128, x.dtype);
    }
    return made;
  }
  if (decimals === 0) return apply("rint", UFUNCS["rint"]!, [x]);
  const scale = zeroDim(10 ** Math.abs(decimals), FLOAT64);
  const [up, down] = decimals > 0 ? ["multiply", "divide"] : ["divide", "multiply"];
  const big = apply(up!, UFUNCS[up!]!, [x, scale]);
  return apply(down!, UFUNCS[down!]!, [apply("rint", UFUNCS["rint"]!, [big]), scale]);
}

/** Functions that are methods of arrays too. */
export const REDUCTIONS: Table = {
  sum: fold("add"),
  prod: fold("multiply"),
  max: extreme("maximum"),
  min: extreme("minimum"),
  any: truth("logical_or"),
  all: truth("logical_and"),
  mean: [
    "a, axis=None, dtype=None, out=None, keepdims=False, *, where=True",
    (a: Value, axis?: Value, dtype?: Value, out?: Value, keep?: Value, where?: Value) => {
      const x = asArray(a);
      return finish(
        meanOf(x, axesOf(axis, x.ndim), truthy(keep), dtypeArgument(dtype), maskOf(where)),
        out,
        "mean",
      );
    },
  ],
  std: spread(true),
  var: spread(false),
  argmax: arg("argmax"),
  argmin: arg("argmin"),
  cumsum: running("add"),
  cumprod: running("multiply"),
  ptp: [
    "a, axis=None, out=None, keepdims=False",
    (a: Value, axis?: Value, out?: Value, keep?: Value) => {
      const x = asArray(a);
      const fold = { axes: axesOf(axis, x.ndim), keepdims: truthy(keep) };
      const [most, least] = ["maximum", "minimum"].map((name) =>
        reduce(name, UFUNCS[name]!, x, fold),
      );
      return finish(apply("subtract", UFUNCS["subtract"]!, [most!, least!]), out, "ptp");
    },
  ],
  round: [
    "a, decimals=0, out=None",
    (a: Value, decimals?: Value, out?: Value) => {
      const x = asArray(a);
      return finish(roundedTo(x, decimals === undefined ? 0 : intOf(decimals)), out, "round");
    },
  ],
  clip: [
    "a, min=None, max=None, out=None, **kwargs",
    (a: Value, min?: Value, max?: Value, out?: Value) => {
      const x = asArray(a);
      const [low, high] = [given(min), given(max)].map((one) =>
        one === undefined ? undefined : asArray(one),
      );
      if (low === undefined && high === undefined) {
        fault("ValueError", "One of max or min must be given");
      }
      let result: PyArray = x;
      if (low !== undefined) result = apply("maximum", UFUNCS["maximum"]!, [result, low]);
      if (high !== undefined) result = apply("minimum", UFUNCS["minimum"]!, [result, high]);
      const target = outputOf(out);
      if (target === undefined) return unwrapped(result);
      apply(
        "positive",
        { inputs: 1, rule: "all", texts: { b: "a", i: "a", l: "a", f: "a", c: "a" } },
        [result],
        { out: target },
      );
      return target;
    },
  ],
};
