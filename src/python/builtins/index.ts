/** The built-in names. */
import { exceptionType, exceptionTypes } from "../objects/exception.ts";
import type { PyModule } from "../objects/module.ts";
import { strType } from "../objects/scalars.ts";
import { fillAttributes } from "./attributes.ts";
import { fillClasses } from "./classes.ts";
import { fillAsynchronous } from "./asynchronous.ts";
import { fillDynamic } from "./dynamic.ts";
import { fillIteration } from "./iteration.ts";
import { fillLeaving } from "./leaving.ts";
import { fillNumbers } from "./numbers.ts";
import { fillStreams } from "./streams.ts";
import { fillText } from "./text.ts";

export function fillBuiltins(module: PyModule): void {
  for (const [name, type] of exceptionTypes()) module.set(name, type);
  for (const name of ["EnvironmentError", "IOError"]) module.set(name, exceptionType("OSError"));
  module.set("str", strType);
  fillAttributes(module);
  fillClasses(module);
  fillText(module);
  fillIteration(module);
  fillLeaving(module);
  fillDynamic(module);
  fillAsynchronous(module);
  fillNumbers(module);
  fillStreams(module);
}
