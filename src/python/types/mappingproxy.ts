/** `mappingproxy`: every question goes to the mapping behind it. */
import { fault } from "../fault.ts";
import { computed, maker, methods } from "../objects/define.ts";
import { mappingProxyType, PyMappingProxy } from "../objects/mapping-proxy.ts";
import { PyDict } from "../objects/dict.ts";
import { type Keywords, None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { lookup } from "../objects/type.ts";
import { getAttribute } from "../operations/attributes.ts";
import { or } from "../operations/binary.ts";
import { call, callSpecial } from "../operations/call.ts";
import { eq } from "../operations/compare.ts";
import { contains, mappingEntries } from "../operations/displays.ts";
import { hash } from "../operations/hash.ts";
import { iter } from "../operations/iterate.ts";
import { repr, str } from "../operations/repr.ts";
import { subscript } from "../operations/subscript.ts";
import { typeName, typeOf } from "../operations/typeof.ts";

const behind = (value: Value): Value => (value instanceof PyMappingProxy ? value.mapping : value);

maker(
  mappingProxyType,
  signed("cls, mapping", (_cls: Value, mapping: Value) => {
    const own = typeOf(mapping);
    if (lookup(own, "__getitem__") === undefined || own.name === "list" || own.name === "tuple") {
      fault("TypeError", `mappingproxy() argument must be a mapping, not ${typeName(mapping)}`);
    }
    return new PyMappingProxy(mapping);
  }),
);

const passed = (name: string): ReturnType<typeof signed> =>
  signed("*args, **kwargs", (self: PyMappingProxy, args: Value[], kwargs: Keywords) =>
    call(getAttribute(self.mapping, name), args, kwargs),
  );

/** A dict of its own, so that nothing of a class can be changed through it. */
function copyOf(mapping: Value): Value {
  const dict = new PyDict();
  for (const [key, value] of mappingEntries(mapping)) dict.set(key, value);
  return dict;
}

methods(mappingProxyType, {
  __getitem__: (self: PyMappingProxy, key: Value) => subscript(self.mapping, key),
  __contains__: (self: PyMappingProxy, key: Value) => contains(self.mapping, key),
  __iter__: (self: PyMappingProxy) => iter(self.mapping),
  __len__: (self: PyMappingProxy) => callSpecial(self.mapping, "__len__")!,
  __reversed__: (self: PyMappingProxy) => callSpecial(self.mapping, "__reversed__")!,
  __repr__: (self: PyMappingProxy) => `mappingproxy(${String(repr(self.mapping))})`,
  __str__: (self: PyMappingProxy) => str(self.mapping) as Value,
  __eq__: (self: PyMappingProxy, other: Value) => eq(self.mapping, behind(other)),
  __hash__: (self: PyMappingProxy) => hash(self.mapping),
  __or__: (self: PyMappingProxy, other: Value) => or(copyOf(self.mapping), behind(other)),
  __ror__: (self: PyMappingProxy, other: Value) => or(behind(other), copyOf(self.mapping)),
  __ior__: (self: PyMappingProxy, _other: Value) =>
    fault("TypeError", `'|=' is not supported by ${typeName(self)}; use '|' instead`),
  get: passed("get"),
  keys: passed("keys"),
  values: passed("values"),
  items: passed("items"),
  copy: (self: PyMappingProxy) => copyOf(self.mapping),
});
computed(mappingProxyType, { __doc__: (_self: Value) => None });
