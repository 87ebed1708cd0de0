/** What `torch` remembers during one run: its generator, the default dtype, how to print. */
import { runtime } from "../../python/objects/state.ts";
import type { DType } from "../../tensor/dtype.ts";
import { Generator } from "./generator.ts";
import { PRINT_DEFAULTS, type PrintOptions } from "./print.ts";

export interface TorchState {
  readonly generator: Generator;
  defaultDtype: DType;
  print: PrintOptions;
}

const states = new WeakMap<object, TorchState>();

/** The state of the run that is going on. */
export function torchState(): TorchState {
  const run = runtime();
  let state = states.get(run);
  if (state === undefined) {
    state = { generator: new Generator(), defaultDtype: "float32", print: PRINT_DEFAULTS };
    states.set(run, state);
  }
  return state;
}
