/** Chance that begins anew: what a kata draws does not depend on what was drawn before. */
import type { Value } from "../python/objects/object.ts";
import { runtime } from "../python/objects/state.ts";
import { getAttribute } from "../python/operations/attributes.ts";
import { call } from "../python/operations/call.ts";
import { torchState } from "./torch/state.ts";

/** Modules with a generator of their own, and a `seed(n)` for it. */
const GENERATORS = ["random", "numpy.random"];

/** Seeds every generator of the run that is going on. */
export function reseed(seed: number): void {
  torchState().generator.manualSeed(BigInt(seed));
  for (const name of GENERATORS) {
    const module: Value | undefined = runtime().modules.get(name);
    if (module !== undefined) call(getAttribute(module, "seed"), [seed]);
  }
}
