/** The methods of `list[int]` and `int | str`. */
import { fault } from "../fault.ts";
import { classMethods, computed, maker, members, methods } from "../objects/define.ts";
import { dictType } from "../objects/dict.ts";
import { genericAliasType, PyGenericAlias, PyUnion, unionType } from "../objects/generic.ts";
import { bag, type Keywords, NotImplemented, PyObject, type Value } from "../objects/object.ts";
import { listType, PyList } from "../objects/list.ts";
import { mappingProxyType } from "../objects/mapping-proxy.ts";
import { frozensetType, setType } from "../objects/set.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple, tupleType } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { genericAttribute, getAttribute, missingAttribute } from "../operations/attributes.ts";
import { call } from "../operations/call.ts";
import { equal, equalItems } from "../operations/compare.ts";
import {
  parameterize,
  parametersOf,
  substitute,
  typeText,
  unionClasses,
  unionOf,
  unite,
} from "../operations/generics.ts";
import { fold, hash, hashTuple } from "../operations/hash.ts";
import { isInstanceOf, isSubclassOf } from "../operations/instances.ts";
import { iter } from "../operations/iterate.ts";
import { attributeNames } from "../objects/dict.ts";

for (const type of [listType, dictType, tupleType, setType, frozensetType, mappingProxyType]) {
  classMethods(type, {
    __class_getitem__: signed("cls, key, /", (cls: Value, key: Value) => parameterize(cls, key)),
  });
}

maker(
  genericAliasType,
  signed("cls, origin, args, /", (cls: PyType, origin: Value, args: Value) =>
    cls === genericAliasType
      ? parameterize(origin, args)
      : new (cls.js as unknown as new (origin: Value, args: Value[]) => PyObject)(
          origin,
          args instanceof PyTuple ? args.items : [args],
        ),
  ),
);

/** What is the alias's own; all else is asked of its origin. */
const OWN = new Set([
  "__origin__",
  "__args__",
  "__parameters__",
  "__unpacked__",
  "__typing_unpacked_tuple_args__",
  "__mro_entries__",
  "__reduce__",
  "__reduce_ex__",
  "__copy__",
  "__deepcopy__",
  "__class__",
]);

function parameters(self: PyGenericAlias): readonly Value[] {
  return (self.parameters ??= parametersOf(self.args));
}

methods(genericAliasType, {
  __repr__: (self: PyGenericAlias) => {
    const star = self.starred ? "*" : "";
    const args = self.args.length === 0 ? "()" : self.args.map(typeText).join(", ");
    return `${star}${typeText(self.origin)}[${args}]`;
  },
  __call__: signed("*args, **kwargs", (self: PyGenericAlias, args: Value[], kwargs: Keywords) => {
    const made = call(self.origin, args, kwargs);
    if (made instanceof PyObject && made.type.hasDict) bag(made)["a___orig_class__"] = self;
    return made;
  }),
  __getitem__: (self: PyGenericAlias, key: Value) =>
    new PyGenericAlias(
      self.origin,
      substitute(self, self.args, parameters(self), key),
      self.starred,
    ),
  __mro_entries__: (self: PyGenericAlias, _bases: Value) => new PyTuple([self.origin]),
  __eq__: (self: PyGenericAlias, other: Value) => {
    if (!(other instanceof PyGenericAlias)) return NotImplemented;
    return (
      self.starred === other.starred &&
      equal(self.origin, other.origin) &&
      equalItems(self.args, other.args)
    );
  },
  __hash__: (self: PyGenericAlias) => fold(hash(self.origin)) ^ hashTuple(self.args),
  __or__: (self: Value, other: Value) => unite(self, other),
  __ror__: (self: Value, other: Value) => unite(other, self),
  __iter__: (self: PyGenericAlias) =>
    iter(new PyList([new PyGenericAlias(self.origin, self.args, true)])),
  __instancecheck__: (_self: Value, _value: Value) =>
    fault("TypeError", "isinstance() argument 2 cannot be a parameterized generic"),
  __subclasscheck__: (_self: Value, _type: Value) =>
    fault("TypeError", "issubclass() argument 2 cannot be a parameterized generic"),
  __getattribute__: (self: PyGenericAlias, given: Value) => {
    const name = String(given);
    if (
      !OWN.has(name) &&
      (!name.startsWith("__") || lookup(genericAliasType, name) === undefined)
    ) {
      return getAttribute(self.origin, name);
    }
    return genericAttribute(self, genericAliasType, name) ?? missingAttribute(self, name);
  },
  __dir__: (self: PyGenericAlias) => new PyList(attributeNames(self)),
});

members(genericAliasType, {
  __origin__: (self: PyGenericAlias) => self.origin,
  __args__: (self: PyGenericAlias) => new PyTuple([...self.args]),
  __unpacked__: (self: PyGenericAlias) => self.starred,
});
computed(genericAliasType, {
  __parameters__: (self: PyGenericAlias) => new PyTuple([...parameters(self)]),
});

methods(unionType, {
  __repr__: (self: PyUnion) => self.args.map(typeText).join(" | "),
  __or__: (self: Value, other: Value) => unite(self, other),
  __ror__: (self: Value, other: Value) => unite(other, self),
  __eq__: (self: PyUnion, other: Value) => {
    if (!(other instanceof PyUnion)) return NotImplemented;
    const within = (a: readonly Value[], b: readonly Value[]): boolean =>
      a.every((one) => b.some((two) => equal(one, two)));
    return within(self.args, other.args) && within(other.args, self.args);
  },
  __hash__: (self: PyUnion) =>
    self.args.reduce<number>((sum, one) => sum ^ fold(hash(one)), 1927868237),
  __getitem__: (self: PyUnion, key: Value) =>
    unionOf(substitute(self, self.args, parametersOf(self.args), key)),
  __instancecheck__: (self: PyUnion, value: Value) =>
    unionClasses(self, "isinstance() argument 2").some((one) => isInstanceOf(value, one)),
  __subclasscheck__: (self: PyUnion, type: Value) =>
    unionClasses(self, "issubclass() argument 2").some((one) => isSubclassOf(type, one)),
});
members(unionType, {
  __args__: (self: PyUnion) => new PyTuple([...self.args]),
});
computed(unionType, {
  __parameters__: (self: PyUnion) => new PyTuple(parametersOf(self.args)),
});
