/** The built-in names. */
import { PyBuiltin } from "../objects/function.ts";
import { exceptionTypes } from "../objects/exception.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { str } from "../operations/repr.ts";
import { intType, strType } from "../objects/scalars.ts";
import { fillAttributes } from "./attributes.ts";
import { fillClasses } from "./classes.ts";
import { fillAsynchronous } from "./asynchronous.ts";
import { fillDynamic } from "./dynamic.ts";
import { fillIteration } from "./iteration.ts";

export function fillBuiltins(module: PyModule): void {
  for (const [name, type] of exceptionTypes()) module.set(name, type);
  for (const type of [intType, strType]) module.set(type.name, type);
  fillAttributes(module);
  fillClasses(module);
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
  fillDynamic(module);
  fillAsynchronous(module);
}
