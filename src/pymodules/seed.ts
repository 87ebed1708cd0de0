/** Chance that begins anew: what a kata draws does not depend on what was drawn before. */
import { runtime } from "../python/objects/state.ts";
import { getAttribute } from "../python/operations/attributes.ts";
import { call } from "../python/operations/call.ts";
import { torchState } from "./torch/state.ts";

/** Modules with a generator of their own and a `seed(n)` for it, each with what is loaded before it. */
const GENERATORS = [
  ["random", "builtins"],
  ["numpy.random", "numpy"],
] as const;

/**
 * Seeds every generator of the run that is going on. Where programs name them, also those that
 * nobody has loaded yet: one that comes later would begin somewhere else than the next time.
 */
export function reseed(seed: number, areNamed: boolean): void {
  torchState().generator.manualSeed(BigInt(seed));
  const run = runtime();
  for (const [name, before] of GENERATORS) {
    const isHere = run.modules.has(name) || (areNamed && run.modules.has(before));
    if (isHere) call(getAttribute(run.load(name), "seed"), [seed]);
  }
}
