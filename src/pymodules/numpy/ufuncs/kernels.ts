/** Loops over elements, compiled from the text of what is done with one, for the dtypes they meet. */
import type { Data, Domain, Dtype, Element } from "../dtype.ts";
import { safelyCasts } from "../dtype.ts";
import { wordsOf } from "../elements.ts";
import { ARITHMETIC } from "./arithmetic.ts";

/** What is done with elements `a` and `b`, as JavaScript, for each domain of arithmetic it is there for. */
export type Texts = Readonly<Partial<Record<Domain, string>>>;

/** Runs over so many elements, from places, in steps; the output is the last of the three lists. */
export type Kernel = (
  count: number,
  data: readonly Data[],
  at: readonly number[],
  steps: readonly number[],
) => void;

const names = Object.keys(ARITHMETIC);
const values = Object.values(ARITHMETIC);

/** Whole numbers of at most 16 bits are exact in float32, and of 8 in float16. */
function exactIn(from: Dtype, to: Dtype): boolean {
  return from.kind !== "c" && safelyCasts(from, to);
}

/** The text that reads an element of memory `name`. */
function read(name: string, dtype: Dtype, at: string): string {
  if (dtype.domain !== "l") return `${name}[${at}]`;
  return `${dtype.kind === "u" ? "getU64" : "get64"}(${name}, ${name}w, ${at})`;
}

function rounded(text: string, to: Dtype): string {
  return to.size === 4 ? `Math.fround(${text})` : to.size === 2 ? `Math.f16round(${text})` : text;
}

/** The text that makes of an element of one dtype one of another. */
function converted(text: string, from: Dtype, to: Dtype, letter: string): string {
  if (from === to) return text;
  if (to.domain === "f" && from.domain !== "c") {
    const number = from.domain === "l" ? `Number(${text})` : text;
    return exactIn(from, to) ? number : rounded(number, to);
  }
  if (to.domain === "b") {
    if (from.domain !== "c") return `(${text} != 0 ? 1 : 0)`;
  } else if (to.domain === "l") {
    if (from.domain === "f") return `${to.kind === "u" ? "truncatedU64" : "truncated"}(${text})`;
    if (from.domain === "b" || (from.domain === "i" && safelyCasts(from, to))) return text;
  } else if (to.domain === "i") {
    if (to.name === "int32" && from.domain === "f") return `cut32(${text})`;
    if (to.name === "int32" && from.domain === "l") return `low32(${text}) | 0`;
    if (from.domain === "b" || (from.domain === "i" && safelyCasts(from, to))) return text;
  } else if (to.domain === "c" && from.domain !== "c") {
    if (to.size === 16) return `new PyComplex(Number(${text}), 0)`;
  }
  return `castElement(${text}, d_${letter}, d_${letter}2)`;
}

function write(name: string, dtype: Dtype, at: string, text: string): string {
  if (dtype.domain === "l") return `set64(${name}, ${name}w, ${at}, ${text});`;
  if (dtype.name === "complex64") {
    return `{ const z = ${text}; ${name}[${at}] = new PyComplex(Math.fround(z.real), Math.fround(z.imag)); }`;
  }
  return `${name}[${at}] = ${text};`;
}

/** A text that gives true or false, as an element. */
function asElement(text: string, result: Dtype): string {
  return result.domain === "b" ? `(${text}) ? 1 : 0` : text;
}

function compile(body: string, dtypes: Readonly<Record<string, Dtype>>): Kernel {
  const own = Object.keys(dtypes);
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is this file's and the ufuncs' own; no program's gets into it
  const make = new Function(...names, ...own, `"use strict"; return ${body};`);
  return make(...values, ...Object.values(dtypes)) as Kernel;
}

const kernels: Map<string, unknown> = new Map();

function cached<T>(key: string, make: () => T): T {
  let kernel = kernels.get(key) as T | undefined;
  if (kernel === undefined) kernels.set(key, (kernel = make()));
  return kernel;
}

const LETTERS = ["a", "b", "c"] as const;

const ids: WeakMap<Texts, number> = new WeakMap();
let nextId = 0;

function idOf(texts: Texts): number {
  let id = ids.get(texts);
  if (id === undefined) ids.set(texts, (id = nextId++));
  return id;
}

const wordsLine = (name: string, dtype: Dtype): string =>
  dtype.domain === "l" ? `const ${name}w = wordsOf(${name});` : "";

/** The loop that computes each element of the output. */
export function elementwise(
  texts: Texts,
  inputs: readonly Dtype[],
  loop: Dtype,
  result: Dtype,
  output: Dtype,
): Kernel {
  const key = `e${idOf(texts)} ${inputs.map((one) => one.char).join("")} ${loop.char}${result.char}${output.char}`;
  return cached(key, () => {
    const dtypes: Record<string, Dtype> = { d_o: result, d_o2: output };
    let head = "";
    let reads = "";
    let advance = "";
    inputs.forEach((dtype, i) => {
      const letter = LETTERS[i]!;
      const name = letter.toUpperCase();
      dtypes[`d_${letter}`] = dtype;
      dtypes[`d_${letter}2`] = loop;
      head += `const ${name} = data[${i}]; let ${letter}o = at[${i}]; const ${letter}s = steps[${i}]; ${wordsLine(name, dtype)}\n`;
      reads += `const ${letter} = ${converted(read(name, dtype, `${letter}o`), dtype, loop, letter)};\n`;
      advance += `${letter}o += ${letter}s; `;
    });
    const n = inputs.length;
    // What is stored in another dtype is first what the operation gives.
    const own = asElement(textOf(texts, loop), result);
    const exact = result === output ? `(${own})` : oneOf(own, result, texts === IDENTITY);
    const value = converted(exact, result, output, "o");
    const body = `(count, data, at, steps) => {
      ${head}const O = data[${n}]; let oo = at[${n}]; const os = steps[${n}]; ${wordsLine("O", output)}
      for (let i = 0; i < count; i++) {
        ${reads}${write("O", output, "oo", value)}
        ${advance}oo += os;
      }
    }`;
    const helpers = { wordsOf: wordsOf as never, wrap64: wrap64 as never, d_wide: UINT_WIDE };
    return compile(body, { ...dtypes, ...helpers });
  });
}

/** The text for a dtype; sizes that it names are filled in. */
function textOf(texts: Texts, loop: Dtype): string {
  const text = texts[loop.domain]!;
  return text.replaceAll("SIZE", String(loop.size)).replaceAll("BITS", String(loop.size * 8));
}

/** What is kept between steps of a fold is the dtype's. */
function keptAs(text: string, loop: Dtype): string {
  if (loop.domain === "f") return rounded(text, loop);
  if (loop.domain === "b") return `((${text}) ? 1 : 0)`;
  if (loop.domain === "l") return `wrap64(${text}, ${loop.kind === "u"})`;
  if (loop.domain === "i") return loop.name === "uint32" ? `((${text}) >>> 0)` : `((${text}) | 0)`;
  return text;
}

function wrap64(value: number | bigint, unsigned: boolean): number | bigint {
  if (typeof value === "number" && !(unsigned && value < 0)) return value;
  const big = BigInt(value);
  const wrapped = unsigned ? BigInt.asUintN(64, big) : BigInt.asIntN(64, big);
  const number = Number(wrapped);
  return Number.isSafeInteger(number) ? number : wrapped;
}

/**
 * Folds a run of elements of the first memory into the second: into one element
 * where its step is 0, else into one of its own each. Every value is `a`, every element `b`.
 */
export function folding(texts: Texts, input: Dtype, loop: Dtype): Kernel {
  return cached(`f${idOf(texts)} ${input.char}${loop.char}`, () => {
    const element = converted(read("A", input, "ao"), input, loop, "a");
    const next = keptAs(textOf(texts, loop), loop);
    const body = `(count, data, at, steps) => {
      const A = data[0]; let ao = at[0]; const as = steps[0]; ${wordsLine("A", input)}
      const O = data[1]; let oo = at[1]; const os = steps[1]; ${wordsLine("O", loop)}
      if (os === 0) {
        let a = ${read("O", loop, "oo")};
        for (let i = 0; i < count; i++, ao += as) {
          const b = ${element};
          a = ${next};
        }
        ${write("O", loop, "oo", "a")}
        return;
      }
      for (let i = 0; i < count; i++, ao += as, oo += os) {
        const a = ${read("O", loop, "oo")};
        const b = ${element};
        ${write("O", loop, "oo", next)}
      }
    }`;
    return compile(body, {
      d_a: input,
      d_a2: loop,
      wordsOf: wordsOf as never,
      wrap64: wrap64 as never,
    });
  });
}

/** The running fold along a run: each element of the output takes in one more. */
export function scanning(texts: Texts, input: Dtype, loop: Dtype): Kernel {
  return cached(`s${idOf(texts)} ${input.char}${loop.char}`, () => {
    const element = converted(read("A", input, "ao"), input, loop, "a");
    const body = `(count, data, at, steps) => {
      const A = data[0]; let ao = at[0]; const as = steps[0]; ${wordsLine("A", input)}
      const O = data[1]; let oo = at[1]; const os = steps[1]; ${wordsLine("O", loop)}
      let a = ${element};
      ${write("O", loop, "oo", "a")}
      for (let i = 1; i < count; i++) {
        ao += as; oo += os;
        const b = ${element};
        a = ${keptAs(textOf(texts, loop), loop)};
        ${write("O", loop, "oo", "a")}
      }
    }`;
    return compile(body, {
      d_a: input,
      d_a2: loop,
      wordsOf: wordsOf as never,
      wrap64: wrap64 as never,
    });
  });
}

/**
 * Adds a run of floats in pairs (as NumPy does: eight sums side by side for up to
 * 128 elements, longer runs in halves), so that sums have its last digits too.
 */
export function pairwise(
  input: Dtype,
  loop: Dtype,
): (data: Data, at: number, step: number, count: number) => number {
  return cached(`p ${input.char}${loop.char}`, () => {
    const element = (at: string): string => converted(read("A", input, at), input, loop, "a");
    const sum = (text: string): string => rounded(text, loop);
    const eight = (make: (i: number) => string): string =>
      Array.from({ length: 8 }, (_, i) => make(i)).join("\n");
    const body = `(A, at, step, count) => {
      ${wordsLine("A", input)}
      const fold = (at, count) => {
        if (count < 8) {
          let sum = 0;
          for (let i = 0; i < count; i++, at += step) sum = ${sum(`sum + ${element("at")}`)};
          return sum;
        }
        if (count <= 128) {
          ${eight((i) => `let r${i} = ${element(`at + ${i} * step`)};`)}
          let i = 8;
          for (; i < count - (count % 8); i += 8) {
            ${eight((j) => `r${j} = ${sum(`r${j} + ${element(`at + (i + ${j}) * step`)}`)};`)}
          }
          let sum = ${sum(`${sum(`${sum("r0 + r1")} + ${sum("r2 + r3")}`)} + ${sum(`${sum("r4 + r5")} + ${sum("r6 + r7")}`)}`)};
          for (; i < count; i++) sum = ${sum(`sum + ${element("at + i * step")}`)};
          return sum;
        }
        let half = Math.floor(count / 2);
        half -= half % 8;
        return ${sum("fold(at, half) + fold(at + half * step, count - half)")};
      };
      return fold(at, count);
    }`;
    return compile(body, { d_a: input, d_a2: loop, wordsOf: wordsOf as never }) as never;
  });
}

/** The same for single elements that are the loop's already: `(a, b) => result`. */
export function single(
  texts: Texts,
  loop: Dtype,
  result: Dtype,
): (a: Element, b: Element) => Element {
  return cached(`1${idOf(texts)} ${loop.char}${result.char}`, () => {
    const text = asElement(textOf(texts, loop), result);
    const kept = result === loop ? keptAs(text, loop) : text;
    const small =
      result.domain === "i" && result === loop ? `castElement(${kept}, d_x, d_r)` : kept;
    return compile(
      `(a, b) => ${result.domain === "b" ? `((${textOf(texts, loop)}) ? 1 : 0)` : small}`,
      {
        wrap64: wrap64 as never,
        d_x: UINT_WIDE,
        d_r: result,
      },
    ) as never;
  });
}

/** Stands for an int of 32 bits before it is cut to its own. */
const UINT_WIDE = { domain: "i", name: "wide" } as unknown as Dtype;

/** The text of an element as its dtype holds it. */
function oneOf(text: string, dtype: Dtype, already: boolean): string {
  if (already || dtype.domain === "b" || dtype.domain === "c") return `(${text})`;
  if (dtype.domain !== "i") return `(${keptAs(text, dtype)})`;
  return `castElement(${text}, d_wide, d_o)`;
}

const IDENTITY: Texts = { b: "a", i: "a", l: "a", f: "a", c: "a" };

/** The loop that copies elements from one dtype to another. */
export function copying(from: Dtype, to: Dtype): Kernel {
  if (from === to && from.domain === "l") return copyWords;
  return elementwise(IDENTITY, [from], from, from, to);
}

/**
 * Copies single elements between places: the elements of one memory lie at
 * `bases` from `start`, those of the other at `starts`. `into` says that the first is written.
 */
export type Transfer = (
  from: Data,
  to: Data,
  bases: Float64Array,
  start: number,
  starts: Float64Array,
) => void;

export function transferring(from: Dtype, to: Dtype, into: boolean): Transfer {
  return cached(`t${from.char}${to.char}${into}`, () => {
    const [read1, write1] = into
      ? ["starts[i]", "start + bases[i]"]
      : ["start + bases[i]", "starts[i]"];
    const element = converted(read("A", from, read1), from, to, "a");
    const body = `(A, O, bases, start, starts) => {
      ${wordsLine("A", from)}${wordsLine("O", to)}
      for (let i = 0; i < bases.length; i++) { ${write("O", to, write1, element)} }
    }`;
    return compile(body, { d_a: from, d_a2: to, wordsOf: wordsOf as never }) as never;
  });
}

/** Copies those elements of a run where a third memory is not 0. */
export function masking(from: Dtype, to: Dtype): Kernel {
  return cached(`m${from.char}${to.char}`, () => {
    const element = converted(read("A", from, "ao"), from, to, "a");
    const body = `(count, data, at, steps) => {
      const A = data[0], O = data[1], M = data[2];
      let ao = at[0], oo = at[1], mo = at[2];
      const as = steps[0], os = steps[1], ms = steps[2];
      ${wordsLine("A", from)}${wordsLine("O", to)}
      for (let i = 0; i < count; i++, ao += as, oo += os, mo += ms) {
        if (M[mo] != 0) { ${write("O", to, "oo", element)} }
      }
    }`;
    return compile(body, { d_a: from, d_a2: to, wordsOf: wordsOf as never });
  });
}

const copyWords: Kernel = (count, [from, to], [start, place], [step, stride]) => {
  const [a, b] = [wordsOf(from!), wordsOf(to!)];
  let [at, into] = [2 * start!, 2 * place!];
  for (let i = 0; i < count; i++) {
    b[into] = a[at]!;
    b[into + 1] = a[at + 1]!;
    at += 2 * step!;
    into += 2 * stride!;
  }
};
