/** `torch.nn.functional`. */
import { PyBuiltin } from "../../../python/objects/function.ts";
import type { PyModule } from "../../../python/objects/module.ts";
import type { Value } from "../../../python/objects/object.ts";
import { signed } from "../../../python/objects/signature.ts";
import { runtime } from "../../../python/objects/state.ts";
import { throwAttributeError } from "../../../python/operations/attributes.ts";
import { plainFunctions } from "../register.ts";
import { ACTIVATIONS, SOFTMAX } from "./activations.ts";
import { CONVOLUTIONS } from "./convolution.ts";
import { LAYERS } from "./layers.ts";
import { LOSSES } from "./losses.ts";
import { NORMALIZING } from "./normalizing.ts";

const TABLES = [ACTIVATIONS, SOFTMAX, LAYERS, CONVOLUTIONS, NORMALIZING, LOSSES];

/** Fills `torch.nn.functional`; what is made of others is loaded when it is asked for. */
export function fillFunctional(module: PyModule): void {
  for (const table of TABLES) plainFunctions(module, table);
  const missing = (name: Value): Value => {
    const text = String(name);
    const found = text.startsWith("_")
      ? undefined
      : runtime().load("torch.nn._functional").get(text);
    if (found !== undefined) {
      module.set(text, found);
      return found;
    }
    throwAttributeError(module, text, `module 'torch.nn.functional' has no attribute '${text}'`);
  };
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", missing)));
}
