/** Modules of which a part, written in Python, is compiled only when it is asked for. */
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { throwAttributeError } from "../operations/attributes.ts";

/**
 * Leaves some names of a module to another one, which is loaded when one of them is first asked for;
 * so are submodules.
 */
export function late(
  module: PyModule,
  from: string,
  names: readonly string[],
  submodules: readonly string[] = [],
): void {
  const find = (name: Value): Value => {
    if (submodules.includes(String(name))) {
      return runtime().load(`${String(module.get("__name__"))}.${String(name)}`);
    }
    if (!names.includes(String(name))) {
      const own = String(module.get("__name__"));
      throwAttributeError(
        module,
        String(name),
        `module '${own}' has no attribute '${String(name)}'`,
      );
    }
    const other = runtime().load(from);
    for (const one of names) module.set(one, other.get(one)!);
    return module.get(String(name))!;
  };
  module.set("__getattr__", new PyBuiltin("__getattr__", find, module));
}
