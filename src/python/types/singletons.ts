/** `None`, `NotImplemented` and `...`. */
import { fault } from "../fault.ts";
import { maker, methods } from "../objects/define.ts";
import { Ellipsis, type Keywords, None, NotImplemented, type Value } from "../objects/object.ts";
import { ellipsisType, noneType, notImplementedType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";

for (const [type, name, only, called] of [
  [noneType, "None", None, "NoneType"],
  [notImplementedType, "NotImplemented", NotImplemented, "NotImplementedType"],
  [ellipsisType, "Ellipsis", Ellipsis, "EllipsisType"],
] as const) {
  maker(
    type,
    signed("cls, /, *args, **kwargs", (_cls: Value, args: Value[], kwargs: Keywords) => {
      if (args.length > 0 || kwargs.size > 0) fault("TypeError", `${called} takes no arguments`);
      return only;
    }),
  );
  methods(type, { __repr__: (_self: Value) => name });
}
methods(noneType, { __bool__: (_self: Value) => false });
for (const [type, name] of [
  [notImplementedType, "NotImplemented"],
  [ellipsisType, "Ellipsis"],
] as const) {
  methods(type, { __reduce__: (_self: Value) => name });
}
