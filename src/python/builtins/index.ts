/** The built-in names. */
import { fillText } from "./text.ts";
import { PyBuiltin } from "../objects/function.ts";
import { exceptionTypes } from "../objects/exception.ts";
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { listType } from "../objects/list.ts";
import { dictType } from "../objects/dict.ts";
import { strType } from "../objects/scalars.ts";
import { rangeType } from "../objects/range.ts";
import { fillAttributes } from "./attributes.ts";
import { fillClasses } from "./classes.ts";
import { callSpecial } from "../operations/call.ts";
import { fillNumbers } from "./numbers.ts";

export function fillBuiltins(module: PyModule): void {
  for (const [name, type] of exceptionTypes()) module.set(name, type);
  for (const type of [listType, dictType, strType, rangeType]) module.set(type.name, type);
  fillAttributes(module);
  fillClasses(module);
  fillText(module);
  module.set("len", new PyBuiltin("len", (x: Value) => callSpecial(x, "__len__")!));
  fillNumbers(module);
}
