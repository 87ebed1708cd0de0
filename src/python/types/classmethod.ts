/** `classmethod` and `staticmethod`. */
import { computed, maker, members, methods } from "../objects/define.ts";
import {
  bindMethod,
  classMethodType,
  PyClassMethod,
  PyStaticMethod,
  staticMethodType,
} from "../objects/function.ts";
import { type Keywords, None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import type { PyType } from "../objects/type.ts";
import { storeAttribute } from "../objects/dict.ts";
import {
  bindDescriptor,
  dictOf,
  tryAttribute,
  setAttributeDict,
} from "../operations/attributes.ts";
import { call } from "../operations/call.ts";
import { repr } from "../operations/repr.ts";
import { truth } from "../operations/truth.ts";
import { typeOf } from "../operations/typeof.ts";

/** What both take over from the function they wrap. */
const WRAPPED = ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"];

for (const [type, name] of [
  [classMethodType, "classmethod"],
  [staticMethodType, "staticmethod"],
] as const) {
  maker(
    type,
    signed(
      "cls, function, /",
      (cls: PyType, func: Value) =>
        new (cls.js as unknown as new (func: Value) => PyClassMethod)(func),
    ),
  );
  methods(type, {
    __init__: signed("function, /", (self: PyClassMethod | PyStaticMethod, func: Value) => {
      self.func = func;
      for (const one of WRAPPED) {
        const value = tryAttribute(func, one);
        if (value !== undefined) storeAttribute(self, one, value);
      }
      return None;
    }),
    __repr__: (self: PyClassMethod | PyStaticMethod) => `<${name}(${String(repr(self.func))})>`,
  });
  members(type, {
    __func__: (self: PyClassMethod | PyStaticMethod) => self.func,
    __wrapped__: (self: PyClassMethod | PyStaticMethod) => self.func,
  });
  computed(type, {
    __dict__: [(self: PyClassMethod | PyStaticMethod) => dictOf(self), setAttributeDict],
    __isabstractmethod__: (self: PyClassMethod | PyStaticMethod) =>
      truth(tryAttribute(self.func, "__isabstractmethod__") ?? false),
  });
}

methods(classMethodType, {
  __get__: signed(
    "instance, owner=None, /",
    (self: PyClassMethod, instance: Value, owner?: Value) => {
      const own = owner === undefined || owner === None ? typeOf(instance) : owner;
      return typeof own === "object" && own.type !== undefined
        ? bindDescriptor(self, undefined, own as PyType)
        : bindMethod(own, self.func);
    },
  ),
});

methods(staticMethodType, {
  __get__: signed("instance, owner=None, /", (self: PyStaticMethod) => self.func),
  __call__: signed("*args, **kwargs", (self: PyStaticMethod, args: Value[], kwargs: Keywords) =>
    call(self.func, args, kwargs),
  ),
});
