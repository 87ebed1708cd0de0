/** Who called: what is made for a program says which module it is of. */
import type { Value } from "../objects/object.ts";
import { frameAt } from "../operations/traceback.ts";

/** The name of the module whose code called a function of the library; a stack is read for it. */
export function callerModule(): Value {
  return frameAt(0)?.globals?.get("__name__") ?? "__main__";
}
