/** `torch.nn` and what lies below it. */
import { PyBuiltin } from "../../python/objects/function.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { runtime } from "../../python/objects/state.ts";
import { throwAttributeError } from "../../python/operations/attributes.ts";
import { attributeNames } from "../../python/objects/dict.ts";
import { parameterType } from "./tensor.ts";

/** Names that the texts import for themselves. */
const FOREIGN = new Set(["torch", "math", "Tensor", "F", "init"]);

/** Names of one module in another, but for those that begin with an underscore. */
function share(from: string, into: PyModule): void {
  const module = runtime().load(from);
  for (const name of attributeNames(module)) {
    const value = name.startsWith("_") || FOREIGN.has(name) ? undefined : module.get(name);
    if (value !== undefined) into.set(name, value);
  }
}

/** Fills `torch.nn`. */
export function fillNn(module: PyModule): void {
  module.set("__path__", "torch.nn");
  const lazily = (name: Value): Value => {
    if (name === "utils") return runtime().load("torch.nn.utils");
    return throwAttributeError(
      module,
      String(name),
      `module 'torch.nn' has no attribute '${String(name)}'`,
    );
  };
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", lazily)));
  for (const part of ["parameter", "functional", "init"]) {
    module.set(part, runtime().load(`torch.nn.${part}`));
  }
  share("torch.nn._module", module);
  share("torch.nn._layers", module);
}

/** Fills `torch.nn.parameter`. */
export function fillParameter(module: PyModule): void {
  module.set("Parameter", parameterType);
}
