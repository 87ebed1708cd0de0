/** `property`, and the descriptors that built-in classes and slots are made of. */
import { fault } from "../fault.ts";
import { computed, maker, members, methods } from "../objects/define.ts";
import {
  getSetType,
  memberType,
  type PyGetSet,
  PyProperty,
  propertyType,
} from "../objects/function.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { type PyType } from "../objects/type.ts";
import {
  findAttribute,
  lacksAccessor,
  missingAttribute,
  setAttribute,
} from "../operations/attributes.ts";
import { call, call1, call2 } from "../operations/call.ts";
import { truth } from "../operations/truth.ts";
import { isInstance, typeName, typeOf } from "../operations/typeof.ts";

const given = (value: Value | undefined): Value | undefined => (value === None ? undefined : value);

maker(
  propertyType,
  signed(
    "cls, /, *args, **kwargs",
    (cls: PyType, _args: Value[], _kwargs: unknown) =>
      new (cls.js as unknown as new () => PyProperty)(),
  ),
);

methods(propertyType, {
  __init__: signed(
    "fget=None, fset=None, fdel=None, doc=None",
    (self: PyProperty, get?: Value, set?: Value, del?: Value, doc?: Value) => {
      self.get = given(get);
      self.set = given(set);
      self.delete = given(del);
      self.doc = given(doc);
      self.copiesDoc = self.doc === undefined && self.get !== undefined;
      if (self.copiesDoc) self.doc = given(findAttribute(self.get!, "__doc__"));
      // A property of a derived class keeps its text as an attribute of its own.
      if (self.type.open && self.doc !== undefined && self.type.hasDict)
        setAttribute(self, "__doc__", self.doc);
      return None;
    },
  ),
  __get__: signed("instance, owner=None, /", (self: PyProperty, instance: Value) => {
    if (instance === None) return self;
    if (self.get === undefined) lacksAccessor(self, typeOf(instance), "getter");
    return call1(self.get, instance);
  }),
  __set__: (self: PyProperty, instance: Value, value: Value) => {
    if (self.set === undefined) lacksAccessor(self, typeOf(instance), "setter");
    return call2(self.set, instance, value);
  },
  __delete__: (self: PyProperty, instance: Value) => {
    if (self.delete === undefined) lacksAccessor(self, typeOf(instance), "deleter");
    return call1(self.delete, instance);
  },
  __set_name__: (self: PyProperty, _owner: Value, name: Value) => {
    self.name = name;
    return None;
  },
  getter: (self: PyProperty, get: Value) =>
    copy(self, given(get) ?? self.get, self.set, self.delete),
  setter: (self: PyProperty, set: Value) =>
    copy(self, self.get, given(set) ?? self.set, self.delete),
  deleter: (self: PyProperty, del: Value) =>
    copy(self, self.get, self.set, given(del) ?? self.delete),
});

function copy(
  self: PyProperty,
  get: Value | undefined,
  set: Value | undefined,
  del: Value | undefined,
): Value {
  const doc = self.copiesDoc && get !== undefined ? None : (self.doc ?? None);
  const made = call(self.type, [get ?? None, set ?? None, del ?? None, doc]);
  if (made instanceof PyProperty) made.name = self.name;
  return made;
}

members(propertyType, {
  fget: (self: PyProperty) => self.get ?? None,
  fset: (self: PyProperty) => self.set ?? None,
  fdel: (self: PyProperty) => self.delete ?? None,
});
computed(propertyType, {
  __doc__: [
    (self: PyProperty) => self.doc ?? None,
    (self: PyProperty, value) => {
      self.doc = given(value);
    },
  ],
  __isabstractmethod__: (self: PyProperty) =>
    [self.get, self.set, self.delete].some(
      (one) => one !== undefined && truth(findAttribute(one, "__isabstractmethod__") ?? false),
    ),
});

for (const [type, word] of [
  [getSetType, "attribute"],
  [memberType, "member"],
] as const) {
  methods(type, {
    __get__: signed("instance, owner=None, /", (self: PyGetSet, instance: Value) => {
      if (instance === None) return self;
      check(self, instance);
      return self.get(instance as never) ?? missingAttribute(instance, self.name);
    }),
    __set__: (self: PyGetSet, instance: Value, value: Value) => {
      check(self, instance);
      if (self.set === undefined) refuse(self, instance);
      self.set(instance as never, value);
      return None;
    },
    __delete__: (self: PyGetSet, instance: Value) => {
      check(self, instance);
      if (self.set === undefined) refuse(self, instance);
      self.set(instance as never, undefined);
      return None;
    },
    __repr__: (self: PyGetSet) => `<${word} '${self.name}' of '${self.owner.name}' objects>`,
  });
  computed(type, {
    __name__: (self: PyGetSet) => self.name,
    __qualname__: (self: PyGetSet) => `${self.owner.qualname}.${self.name}`,
    __objclass__: (self: PyGetSet) => self.owner,
    __doc__: (_self: Value) => None,
  });
}

function check(self: PyGetSet, instance: Value): void {
  if (isInstance(instance, self.owner)) return;
  fault(
    "TypeError",
    `descriptor '${self.name}' for '${self.owner.name}' objects doesn't apply to a '${typeName(instance)}' object`,
  );
}

function refuse(self: PyGetSet, instance: Value): never {
  if (self.type === memberType) fault("AttributeError", "readonly attribute");
  fault(
    "AttributeError",
    `attribute '${self.name}' of '${typeName(instance)}' objects is not writable`,
  );
}
