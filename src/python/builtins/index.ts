/** The built-in names. */
import { PyBuiltin } from "../objects/function.ts";
import { exceptionTypes } from "../objects/exception.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { str } from "../operations/repr.ts";
import { objectType, typeType } from "../objects/root.ts";
import { listType } from "../objects/list.ts";
import { dictType } from "../objects/dict.ts";
import { intType, strType } from "../objects/scalars.ts";
import { rangeType } from "../objects/range.ts";
import { superType } from "../operations/frames.ts";
import { callSpecial } from "../operations/call.ts";
import { iterate } from "../operations/iterate.ts";
import { add } from "../operations/binary.ts";

export function fillBuiltins(module: PyModule): void {
  for (const [name, type] of exceptionTypes()) module.set(name, type);
  for (const type of [
    objectType,
    typeType,
    listType,
    dictType,
    intType,
    strType,
    rangeType,
    superType,
  ])
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
  module.set("len", new PyBuiltin("len", (x: Value) => callSpecial(x, "__len__")!));
  module.set(
    "sum",
    new PyBuiltin("sum", (x: Value) => {
      let t: Value = 0;
      const it = iterate(x);
      let v;
      while ((v = it.next()) !== undefined) t = add(t, v);
      return t;
    }),
  );
}
