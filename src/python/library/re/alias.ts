/** `re.Pattern[str]`, as annotations write it; and no `re.Pattern()`. */
import { fault } from "../../fault.ts";
import { classMethods, maker } from "../../objects/define.ts";
import type { Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import type { PyType } from "../../objects/type.ts";

/** Lets a class be subscripted, and nobody make instances of it. */
export function aliases(type: PyType): void {
  maker(
    type,
    signed("*args, **kwargs", () =>
      fault("TypeError", `cannot create '${type.module}.${type.name}' instances`),
    ),
  );
  classMethods(type, { __class_getitem__: (cls: Value, _item: Value) => cls });
}
