/** Arguments of a function by the names of its signature, so that no function counts places. */
import { fault } from "../../../python/fault.ts";
import type { Value } from "../../../python/objects/object.ts";
import { type Parameter, shapeOf } from "../../../python/objects/signature.ts";
import { typeName } from "../../../python/operations/typeof.ts";
import type { Tensor } from "../../../tensor/index.ts";
import { given, intOf, intsOf, numberOf, PyTensor, tensorOf } from "../tensor.ts";

/** A function's signature, and what it does. */
export type Entry = readonly [signature: string, run: (...args: never[]) => Value];
export type Entries = Readonly<Record<string, Entry>>;

/** What was given to one call; what was left out is as the signature says. */
export class Given {
  readonly #what: string;
  readonly #parameters: readonly Parameter[];
  readonly #values: readonly (Value | undefined)[];

  constructor(
    what: string,
    parameters: readonly Parameter[],
    values: readonly (Value | undefined)[],
  ) {
    this.#what = what;
    this.#parameters = parameters;
    this.#values = values;
  }

  #place(name: string): number {
    return this.#parameters.findIndex((one) => one.name === name);
  }

  /** As it was given; undefined for None too. */
  value(name: string): Value | undefined {
    const value = this.#values[this.#place(name)];
    return value === undefined ? undefined : given(value);
  }

  tensor(name: string): Tensor {
    const at = this.#place(name);
    return tensorOf(this.#what, name, at + 1, this.#values[at]!);
  }

  maybe(name: string): Tensor | undefined {
    const value = this.value(name);
    if (value === undefined || value instanceof PyTensor) return value?.t;
    fault(
      "TypeError",
      `${this.#what}(): argument '${name}' (position ${this.#place(name) + 1}) must be Tensor, not ${typeName(value)}`,
    );
  }

  /** A number that may be left out altogether. */
  some(name: string): number | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : numberOf(this.#what, name, value);
  }

  number(name: string): number {
    return this.some(name) ?? Number(this.#parameters[this.#place(name)]!.default);
  }

  int(name: string): number {
    const value = this.value(name);
    if (value === undefined) return Number(this.#parameters[this.#place(name)]!.default);
    return intOf(this.#what, name, value);
  }

  flag(name: string): boolean {
    const value = this.value(name);
    return value === undefined
      ? this.#parameters[this.#place(name)]!.default === "True"
      : value !== false && value !== 0;
  }

  text(name: string): string {
    const value = this.value(name);
    const otherwise = this.#parameters[this.#place(name)]!.default ?? "";
    return value === undefined ? otherwise.replaceAll("'", "") : String(value);
  }

  /** One size for each of `rank` dims. */
  sizes(name: string, rank: number, otherwise?: readonly number[]): number[] {
    const value = this.value(name);
    const fallback = otherwise ?? [Number(this.#parameters[this.#place(name)]!.default)];
    const list = value === undefined ? fallback : intsOf(this.#what, name, [value]);
    if (list.length === 1) return Array.from({ length: rank }, () => list[0]!);
    return [...list];
  }

  ints(name: string): number[] {
    return intsOf(this.#what, name, [this.#values[this.#place(name)]!]);
  }
}

/** A function that takes its arguments by their names. */
export function named(name: string, signature: string, run: (given: Given) => Value): Entry {
  const { parameters } = shapeOf(signature);
  return [
    signature,
    (...values: readonly (Value | undefined)[]) => run(new Given(name, parameters, values)),
  ];
}
