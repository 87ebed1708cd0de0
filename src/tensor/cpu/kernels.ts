/**
 * The loops around lowered expressions. A program's dims are rows of columns;
 * a chunk is some rows and some columns, so that threads can share a program
 * out. What changes from run to run stands in the descriptor, in 32-bit words:
 *
 *   rows, columns, their numbers in a chunk, the addresses' step from chunk to
 *   chunk, the length of the folded dim;
 *   the sizes of the outer dims that the rows count;
 *   for each input, then the output: address, then in bytes the steps along the columns, the
 *   folded dim, and the outer dims;
 *   params.
 *
 * It is long because the loops share how operands are found, loaded and stored.
 */

import type { Reducer } from "../expr.ts";
import { type Linear, lower, type Sources } from "./lower.ts";
import {
  add,
  assemble,
  bump,
  type Code,
  doubles,
  floats,
  get,
  int,
  ints,
  lane,
  least,
  type Local,
  Locals,
  loop,
  memory,
  mul,
  op,
  set,
  shuffle,
  simd,
  storeLane,
  when,
} from "./wasm.ts";

/** How an input goes along the vector's direction: one value, neighbours, or steps. */
export type Walk = "same" | "next" | "step";

/** What a generated module depends on besides its expressions. */
export interface Form {
  /** How many dims the rows count. */
  readonly outer: number;
  readonly walks: readonly Walk[];
  /** What folds each row's columns or, with `down`, a dim that is neither rows nor columns. */
  readonly folds: readonly (Reducer | undefined)[];
  readonly down: boolean;
  /** Whether a result is written for each folded element, or one for all. */
  readonly each: boolean;
  /** The fold whose elements wait in the output, or -1. */
  readonly waits: number;
  /** Of an output's element. */
  readonly bytes: 1 | 4;
}

export const HEAD = {
  rows: 0,
  columns: 1,
  chunkRows: 2,
  chunkColumns: 3,
  chunkStep: 4,
  depth: 5,
  sizes: 6,
};

/** Words of one operand in the descriptor. */
export function operandWords(outer: number): number {
  return 3 + outer;
}

const DESCRIPTOR = get(0);
const CHUNK = get(1);
const IOTA = ints(0, 1, 2, 3);
const HIGH_HALF = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const SECOND = [4, 5, 6, 7, ...Array.from({ length: 12 }, () => 0)];
const LOW_BYTES = [0, 4, 8, 12, ...Array.from({ length: 12 }, () => 0)];

/** One folded value: where it stands, how it starts, how a vector joins it. */
interface Fold {
  start: Code;
  join(value: Code): Code;
  /** Takes in what another one folded. */
  absorb(other: Fold): Code;
  readonly state: readonly Local[];
  /** Four columns' results as one vector. */
  vector(): Code;
  /** All lanes in one, which `value` then has in its first lane. */
  total(): { before: Code; value: Code };
  /** What leaves the result as it is. */
  neutral: Code;
}

/** `linears` are what is folded, in order, and then the result. */
export function buildKernel(
  linears: readonly Linear[],
  form: Form,
  limits: { shared: boolean; pages: number },
): Uint8Array<ArrayBuffer> {
  return new Builder(linears, form).build(limits);
}

class Builder {
  readonly #locals: Locals = new Locals();
  readonly #folded: readonly Linear[];
  readonly #result: Linear;
  readonly #form: Form;
  readonly #row: Local = this.#locals.take("i32");
  readonly #column: Local = this.#locals.take("i32");
  readonly #lastRow: Local = this.#locals.take("i32");
  readonly #firstColumn: Local = this.#locals.take("i32");
  readonly #lastColumn: Local = this.#locals.take("i32");
  readonly #rest: Local = this.#locals.take("i32");
  /** How many elements the last vector of a row holds. */
  readonly #left: Local = this.#locals.take("i32");
  readonly #depth: Local = this.#locals.take("i32");
  readonly #coordinates: Local[];
  readonly #pointers: Local[];
  readonly #steps: Local[];
  readonly #down: Local[];
  /** Where the row's inputs begin, as it may be walked several times. */
  readonly #starts: Local[];
  readonly #output: Local = this.#locals.take("i32");
  readonly #params: Map<number, Local> = new Map();

  constructor(linears: readonly Linear[], form: Form) {
    this.#folded = linears.slice(0, -1);
    this.#result = linears.at(-1) as Linear;
    this.#form = form;
    const each = form.walks.map(() => 0);
    this.#coordinates = Array.from({ length: form.outer }, () => this.#locals.take("i32"));
    this.#pointers = each.map(() => this.#locals.take("i32"));
    this.#steps = each.map(() => this.#locals.take("i32"));
    this.#down = each.map(() => this.#locals.take("i32"));
    this.#starts = each.map(() => this.#locals.take("i32"));
  }

  build(limits: { shared: boolean; pages: number }): Uint8Array<ArrayBuffer> {
    const body = this.#form.down ? this.#downwards() : this.#across();
    // Taken after the body, which says what it needs of the params.
    const start = this.#start();
    const rows = [
      ...loop(op("i32.lt_u", get(this.#row), get(this.#lastRow)), [
        ...this.#locate(),
        ...body,
        ...bump(this.#row, int(1)),
      ]),
    ];
    return assemble(this.#locals, [...start, ...rows], limits);
  }

  #word(index: number): Code {
    return memory("i32.load", index * 4, DESCRIPTOR);
  }

  #operand(at: number): number {
    return HEAD.sizes + this.#form.outer + at * operandWords(this.#form.outer);
  }

  /** Which rows and columns the chunk has. */
  #start(): Code {
    const [columns, step] = [this.#word(HEAD.columns), this.#word(HEAD.chunkColumns)];
    const across = op("i32.div_u", add(add(columns, step), int(-1)), step);
    const rows = this.#word(HEAD.chunkRows);
    const first = this.#operand(this.#form.walks.length + 1);
    return [
      ...set(this.#row, mul(op("i32.div_u", CHUNK, across), rows)),
      ...set(this.#lastRow, least(add(get(this.#row), rows), this.#word(HEAD.rows))),
      ...set(this.#firstColumn, mul(op("i32.rem_u", CHUNK, across), step)),
      ...set(this.#lastColumn, least(add(get(this.#firstColumn), step), columns)),
      ...this.#steps.flatMap((local, i) => set(local, this.#word(this.#operand(i) + 1))),
      ...[...this.#params].flatMap(([param, local]) =>
        set(local, memory("v128.load32_splat", (first + param) * 4, DESCRIPTOR)),
      ),
    ];
  }

  /** Where the row's operands start. */
  #locate(): Code {
    const { outer, walks } = this.#form;
    const code = [...set(this.#rest, get(this.#row))];
    for (let dim = outer - 1; dim >= 0; dim--) {
      const coordinate = this.#coordinates[dim] ?? 0;
      const size = this.#word(HEAD.sizes + dim);
      if (dim === 0) code.push(...set(coordinate, get(this.#rest)));
      else {
        code.push(...set(coordinate, op("i32.rem_u", get(this.#rest), size)));
        code.push(...set(this.#rest, op("i32.div_u", get(this.#rest), size)));
      }
    }
    const place = (at: number): Code => {
      const base = this.#operand(at);
      return this.#coordinates.reduce<Code>(
        (sum, coordinate, dim) => add(sum, mul(get(coordinate), this.#word(base + 3 + dim))),
        this.#word(base),
      );
    };
    walks.forEach((_, i) => {
      const moved = mul(get(this.#firstColumn), get(this.#steps[i] ?? 0));
      code.push(...set(this.#starts[i] ?? 0, add(place(i), moved)));
    });
    const output = walks.length;
    const moved = mul(get(this.#firstColumn), this.#word(this.#operand(output) + 1));
    const chunk = mul(CHUNK, this.#word(HEAD.chunkStep));
    code.push(...set(this.#output, add(add(place(output), moved), chunk)));
    return [...code, ...set(this.#column, get(this.#firstColumn)), ...this.#rewind()];
  }

  /** Back to where the inputs begin. */
  #rewind(): Code {
    return this.#starts.flatMap((start, i) => set(this.#pointers[i] ?? 0, get(start)));
  }

  /** An expression at four columns, `ahead` columns on; in the `tail` there may be fewer. */
  #values(
    linear: Linear,
    folded: readonly Local[],
    ahead: number,
    tail: boolean,
  ): { code: Code; result: Local } {
    const sources: Sources = {
      input: (input, dtype) => this.#load(input, dtype === "bool", ahead, tail),
      param: (param) => {
        const local = this.#params.get(param) ?? this.#locals.take("v128");
        this.#params.set(param, local);
        return get(local);
      },
      index: (dim) => {
        const coordinate = this.#coordinates[dim];
        if (coordinate !== undefined) return simd("i32x4.splat", get(coordinate));
        const column = add(get(this.#column), int(ahead));
        return simd("i32x4.add", simd("i32x4.splat", column), IOTA);
      },
      folded: (fold) => get(folded[fold] ?? 0),
      element: () => memory("v128.load", ahead * 4, get(this.#output)),
    };
    return lower(linear, this.#locals, sources);
  }

  #load(input: number, bool: boolean, ahead: number, tail: boolean): Code {
    const pointer = get(this.#pointers[input] ?? 0);
    const walk = this.#form.walks[input] ?? "next";
    const size = bool ? 1 : 4;
    const mask = (value: Code): Code => (bool ? simd("i32x4.ne", value, ints(0)) : value);
    if (walk === "same") {
      if (!bool) return memory("v128.load32_splat", 0, pointer);
      return mask(simd("i32x4.splat", memory("i32.load8", 0, pointer)));
    }
    if (walk === "next") {
      if (!bool) return memory("v128.load", ahead * size, pointer);
      const bytes = memory("v128.load32_zero", ahead * size, pointer);
      return mask(simd("i32x4.extend_low_16", simd("i16x8.extend_low_8", bytes)));
    }
    const step = get(this.#steps[input] ?? 0);
    const one = (at: number): Code => {
      // Beyond the end there may be nothing to load, so the last one is loaded again.
      const count = tail ? least(int(at), add(get(this.#left), int(-1))) : int(at + ahead);
      return memory(bool ? "i32.load8" : "i32.load", 0, add(pointer, mul(count, step)));
    };
    const lanes = [1, 2, 3].reduce<Code>(
      (value, at) => lane("i32x4.replace", at, value, one(at)),
      simd("i32x4.splat", one(0)),
    );
    return mask(lanes);
  }

  /** Moves the inputs and the columns on by `count` columns. */
  #advance(count: number): Code {
    const code = this.#form.walks.map((walk, i): Code => {
      if (walk === "same") return [];
      const step = get(this.#steps[i] ?? 0);
      return bump(this.#pointers[i] ?? 0, mul(int(count), step));
    });
    return [...code.flat(), ...bump(this.#column, int(count))];
  }

  /** Runs `full` for vectors of four (or `wide`, several at once), and `tail` for what is left. */
  #columns(parts: { wide?: { count: number; body: Code }; full: Code; tail: Code }): Code {
    const room = (count: number): Code =>
      op("i32.le_u", add(get(this.#column), int(count)), get(this.#lastColumn));
    const { wide } = parts;
    return [
      ...(wide === undefined
        ? []
        : loop(room(wide.count), [...wide.body, ...this.#advance(wide.count)])),
      ...loop(room(4), [...parts.full, ...this.#advance(4)]),
      ...set(this.#left, op("i32.sub", get(this.#lastColumn), get(this.#column))),
      ...when(get(this.#left), parts.tail),
    ];
  }

  /** Stores four results, or the first `left` of them. */
  #store(result: Local, ahead: number, tail: boolean): Code {
    const { bytes } = this.#form;
    const value =
      bytes === 4
        ? get(result)
        : shuffle(simd("v128.and", get(result), ints(1)), get(result), LOW_BYTES);
    const to = add(get(this.#output), int(ahead * bytes));
    if (!tail) {
      return bytes === 4
        ? memory("v128.store", ahead * bytes, get(this.#output), value)
        : storeLane(4, 0, to, value);
    }
    return [0, 1, 2].flatMap((at) =>
      when(
        op("i32.lt_u", int(at), get(this.#left)),
        storeLane(bytes, at, add(get(this.#output), int(at * bytes)), value),
      ),
    );
  }

  /** Folds each row's columns, one fold after another, and writes the result. */
  #across(): Code {
    const { each, bytes } = this.#form;
    const folded: Local[] = [];
    const code: number[] = [];
    for (const linear of this.#folded) {
      code.push(...this.#foldAcross(linear, folded));
      code.push(...this.#rewind(), ...set(this.#column, get(this.#firstColumn)));
    }
    const part = (tail: boolean): Code => {
      const { code: values, result } = this.#values(this.#result, folded, 0, tail);
      return [...values, ...this.#store(result, 0, tail)];
    };
    if (each) {
      const full = [...part(false), ...bump(this.#output, int(4 * bytes))];
      return [...code, ...this.#columns({ full, tail: part(true) })];
    }
    return [...code, ...set(this.#left, int(1)), ...part(true)];
  }

  /** Folds a row's columns into a vector that joins `folded`. */
  #foldAcross(linear: Linear, folded: Local[]): Code {
    if (this.#form.folds[folded.length] === undefined) {
      const { code, result } = this.#values(linear, folded, 0, false);
      folded.push(result);
      return code;
    }
    const [first, second] = [this.#fold(folded.length), this.#fold(folded.length)];
    const waits = this.#form.waits === folded.length;
    const output = this.#locals.take("i32");
    const keep = (result: Local, ahead: number, tail: boolean): Code =>
      waits ? this.#store(result, ahead, tail) : [];
    const moved = (count: number): Code => (waits ? bump(this.#output, int(count * 4)) : []);
    const join = (fold: Fold, ahead: number): Code => {
      const { code, result } = this.#values(linear, folded, ahead, false);
      return [...code, ...fold.join(get(result)), ...keep(result, ahead, false)];
    };
    const { code, result } = this.#values(linear, folded, 0, true);
    const there = simd("i32x4.lt", IOTA, simd("i32x4.splat", get(this.#left)));
    const kept = simd("v128.bitselect", get(result), first.neutral, there);
    const body = [
      ...set(output, get(this.#output)),
      ...first.start,
      ...second.start,
      ...this.#columns({
        wide: { count: 8, body: [...join(first, 0), ...join(second, 4), ...moved(8)] },
        full: [...join(first, 0), ...moved(4)],
        tail: [...code, ...first.join(kept), ...keep(result, 0, true)],
      }),
      ...set(this.#output, get(output)),
      ...first.absorb(second),
    ];
    const { before, value } = first.total();
    const place = this.#locals.take("v128");
    const lanes = [0, 1, 2, 3].flatMap(() => [0, 1, 2, 3]);
    folded.push(place);
    return [...body, ...before, ...set(place, shuffle(value, value, lanes))];
  }

  /** Folds a dim of its own at four (or sixteen) columns at once. */
  #downwards(): Code {
    const { walks, each, bytes } = this.#form;
    const start = this.#locals.take("i32");
    const step = this.#locals.take("i32");
    const run = (count: number, tail: boolean): Code => {
      const groups = Array.from({ length: count / 4 }, (_, i) => i);
      const folded = groups.map((): Local[] => []);
      const over = (body: Code, moved: Code): Code => [
        ...set(this.#depth, this.#word(HEAD.depth)),
        ...loop(get(this.#depth), [
          ...body,
          ...walks.flatMap((_, i) => bump(this.#pointers[i] ?? 0, get(this.#down[i] ?? 0))),
          ...moved,
          ...bump(this.#depth, int(-1)),
        ]),
        ...walks.flatMap((_, i) => set(this.#pointers[i] ?? 0, get(this.#starts[i] ?? 0))),
      ];
      const code = walks.flatMap((_, i) => set(this.#starts[i] ?? 0, get(this.#pointers[i] ?? 0)));
      code.push(...set(start, get(this.#output)));
      this.#folded.forEach((linear, at) => {
        if (this.#form.folds[at] === undefined) {
          for (const i of groups) {
            const values = this.#values(linear, folded[i] ?? [], i * 4, tail);
            code.push(...values.code);
            folded[i]?.push(values.result);
          }
          return;
        }
        const folds = groups.map(() => this.#fold(at));
        const waits = this.#form.waits === at;
        const joined = folds.map((fold, i) => {
          const values = this.#values(linear, folded[i] ?? [], i * 4, tail);
          const kept = waits ? this.#store(values.result, i * 4, tail) : [];
          return [...values.code, ...fold.join(get(values.result)), ...kept];
        });
        const moved = waits ? bump(this.#output, get(step)) : [];
        code.push(...folds.flatMap((fold) => fold.start), ...over(joined.flat(), moved));
        if (waits) code.push(...set(this.#output, get(start)));
        folds.forEach((fold, i) => {
          const place = this.#locals.take("v128");
          code.push(...set(place, fold.vector()));
          folded[i]?.push(place);
        });
      });
      const written = groups.flatMap((i) => {
        const values = this.#values(this.#result, folded[i] ?? [], i * 4, tail);
        return [...values.code, ...this.#store(values.result, i * 4, tail)];
      });
      if (!each) return [...code, ...written, ...bump(this.#output, int(count * bytes))];
      return [
        ...code,
        ...over(written, bump(this.#output, get(step))),
        ...set(this.#output, add(get(start), int(count * bytes))),
      ];
    };
    return [
      ...walks.flatMap((_, i) => set(this.#down[i] ?? 0, this.#word(this.#operand(i) + 2))),
      ...set(step, this.#word(this.#operand(walks.length) + 2)),
      ...this.#columns({
        wide: { count: 16, body: run(16, false) },
        full: run(4, false),
        tail: run(4, true),
      }),
    ];
  }

  #fold(at: number): Fold {
    const reducer = this.#form.folds[at] ?? "sum";
    const float = this.#folded[at]?.values.at(-1)?.expr.dtype === "float32";
    if (!float) return intFold(this.#locals, reducer);
    return reducer === "sum" || reducer === "prod"
      ? wideFold(this.#locals, reducer)
      : floatExtremeFold(this.#locals, reducer);
  }
}

/** Sums and products of floats are kept in float64, so that long ones stay exact. */
function wideFold(locals: Locals, reducer: "sum" | "prod"): Fold {
  const [low, high, value] = [0, 0, 0].map(() => locals.take("v128")) as [Local, Local, Local];
  const lanes = reducer === "sum" ? "f64x2.add" : "f64x2.mul";
  const scalar = reducer === "sum" ? "f64.add" : "f64.mul";
  const neutral = reducer === "sum" ? 0 : 1;
  const half = (local: Local): Code =>
    op(scalar, lane("f64x2.extract", 0, get(local)), lane("f64x2.extract", 1, get(local)));
  return {
    state: [low, high],
    neutral: floats(neutral),
    start: [...set(low, doubles(neutral)), ...set(high, doubles(neutral))],
    join: (joined) => [
      ...set(value, joined),
      ...set(low, simd(lanes, get(low), simd("f64x2.promote_low", get(value)))),
      ...set(
        high,
        simd(
          lanes,
          get(high),
          simd("f64x2.promote_low", shuffle(get(value), get(value), HIGH_HALF)),
        ),
      ),
    ],
    absorb: ({ state: [otherLow = 0, otherHigh = 0] }) => [
      ...set(low, simd(lanes, get(low), get(otherLow))),
      ...set(high, simd(lanes, get(high), get(otherHigh))),
    ],
    vector: () =>
      shuffle(
        simd("f32x4.demote_zero", get(low)),
        simd("f32x4.demote_zero", get(high)),
        [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23],
      ),
    total: () => ({
      before: [],
      value: simd("f32x4.splat", op("f32.demote", op(scalar, half(low), half(high)))),
    }),
  };
}

/** The engine's own maximum takes several instructions for NaN's sake; here NaN is noted apart. */
function floatExtremeFold(locals: Locals, reducer: "max" | "min"): Fold {
  const [all, strange, value] = [0, 0, 0].map(() => locals.take("v128")) as [Local, Local, Local];
  const start = floats(reducer === "max" ? -Infinity : Infinity);
  const better = (other: Code): Code => set(all, simd(`f32x4.p${reducer}`, get(all), other));
  const join = (joined: Code): Code => [
    ...set(value, joined),
    ...better(get(value)),
    ...set(strange, simd("v128.or", get(strange), simd("f32x4.ne", get(value), get(value)))),
  ];
  // A mask of all ones is a NaN.
  const vector = (): Code => simd("v128.or", get(all), get(strange));
  return {
    state: [all, strange],
    neutral: start,
    start: [...set(all, start), ...set(strange, ints(0))],
    join,
    absorb: ({ state: [other = 0, mask = 0] }) => [
      ...better(get(other)),
      ...set(strange, simd("v128.or", get(strange), get(mask))),
    ],
    vector,
    total: () => ({
      before: [
        ...set(all, vector()),
        ...join(shuffle(get(all), get(all), HIGH_HALF)),
        ...set(all, vector()),
        ...join(shuffle(get(all), get(all), SECOND)),
      ],
      value: vector(),
    }),
  };
}

/** Folds of integers, which wrap. */
function intFold(locals: Locals, reducer: Reducer): Fold {
  const name = reducer === "sum" ? "add" : reducer === "prod" ? "mul" : reducer;
  const all = locals.take("v128");
  const join = (value: Code): Code => set(all, simd(`i32x4.${name}`, get(all), value));
  const neutral = ints({ sum: 0, prod: 1, max: -2147483648, min: 2147483647 }[reducer]);
  return {
    state: [all],
    neutral,
    start: set(all, neutral),
    join,
    absorb: ({ state: [other = 0] }) => join(get(other)),
    vector: () => get(all),
    total: () => ({
      before: [
        ...join(shuffle(get(all), get(all), HIGH_HALF)),
        ...join(shuffle(get(all), get(all), SECOND)),
      ],
      value: get(all),
    }),
  };
}
