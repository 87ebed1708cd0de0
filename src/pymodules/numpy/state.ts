/** What NumPy remembers during a run: how arrays are printed, and what `seterr` was told. */
import type { Value } from "../../python/objects/object.ts";
import { runtime, type Runtime } from "../../python/objects/state.ts";

export interface PrintOptions {
  readonly precision: number;
  readonly threshold: number;
  readonly edgeitems: number;
  readonly linewidth: number;
  readonly suppress: boolean;
  readonly nanstr: string;
  readonly infstr: string;
  readonly sign: string;
  readonly floatmode: string;
  readonly formatter: Value | undefined;
}

const PRINT_DEFAULTS: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: "nan",
  infstr: "inf",
  sign: "-",
  floatmode: "maxprec",
  formatter: undefined,
};

interface NumpyState {
  print: PrintOptions;
  /** What `seterr` was told, by kind of trouble. */
  errors: Record<string, string>;
}

const states: WeakMap<Runtime, NumpyState> = new WeakMap();

export function numpyState(): NumpyState {
  const run = runtime();
  let state = states.get(run);
  if (state === undefined) {
    const errors = { divide: "warn", over: "warn", under: "ignore", invalid: "warn" };
    states.set(run, (state = { print: PRINT_DEFAULTS, errors }));
  }
  return state;
}
