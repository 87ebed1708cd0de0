/** The built-in names. */
import { PyBuiltin } from "../objects/function.ts";
import { exceptionTypes } from "../objects/exception.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { str } from "../operations/repr.ts";
import { objectType, typeType } from "../objects/root.ts";
import { intType, strType } from "../objects/scalars.ts";
import { fillIteration } from "./iteration.ts";
import { superType } from "../operations/frames.ts";

export function fillBuiltins(module: PyModule): void {
  for (const [name, type] of exceptionTypes()) module.set(name, type);
  for (const type of [objectType, typeType, intType, strType, superType])
    module.set(type.name, type);
  module.set(
    "print",
    new PyBuiltin(
      "print",
      signed("*args, sep=' ', end='\\n'", (args: Value[], sep?: Value, end?: Value) => {
        runtime().write(
          "stdout",
          args.map((a) => String(str(a))).join(String(sep ?? " ")) + String(end ?? "\n"),
        );
        return None;
      }),
    ),
  );
  fillIteration(module);
}
