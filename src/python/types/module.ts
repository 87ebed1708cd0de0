/** Modules. */
import { computed, maker, methods } from "../objects/define.ts";
import { moduleType, PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { attributeNames } from "../objects/dict.ts";
import { signed } from "../objects/signature.ts";
import type { PyType } from "../objects/type.ts";
import { dictOf } from "../operations/attributes.ts";
import { call } from "../operations/call.ts";
import { repr } from "../operations/repr.ts";

maker(
  moduleType,
  signed(
    "cls, name=None, doc=None",
    (cls: PyType, name?: Value) =>
      new (cls.js as unknown as new (name: string) => PyModule)(String(name ?? "")),
  ),
);

methods(moduleType, {
  __init__: signed("name, doc=None", (self: PyModule, name: Value, doc?: Value) => {
    self.set("__name__", name);
    self.set("__doc__", doc ?? None);
    self.set("__package__", None);
    self.set("__loader__", None);
    self.set("__spec__", None);
    return None;
  }),
  __repr__: (self: PyModule) => {
    const name = String(repr(self.get("__name__") ?? "?"));
    const file = self.get("__file__");
    if (typeof file === "string") return `<module ${name} from ${String(repr(file))}>`;
    return self.get("__loader__") === None || name === "'__main__'"
      ? `<module ${name}>`
      : `<module ${name} (built-in)>`;
  },
  __dir__: (self: PyModule) => {
    const own = self.get("__dir__");
    return own === undefined ? new PyList(attributeNames(self)) : call(own, []);
  },
});

computed(moduleType, { __dict__: (self: PyModule) => dictOf(self) });
