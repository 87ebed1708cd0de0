/** `super`. */
import { fault } from "../fault.ts";
import { maker, members, methods } from "../objects/define.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PyType } from "../objects/type.ts";
import { genericAttribute, missingAttribute } from "../operations/attributes.ts";
import { makeSuper, PySuper, superType } from "../operations/frames.ts";
import { typeName } from "../operations/typeof.ts";

maker(
  superType,
  signed("cls, type=None, object=None, /", (cls: PyType, type?: Value, object?: Value) => {
    if (type === undefined) fault("RuntimeError", "super(): no arguments");
    if (!(type instanceof PyType)) {
      fault("TypeError", `super() argument 1 must be a type, not ${typeName(type)}`);
    }
    const made =
      object === undefined || object === None
        ? new PySuper(type, undefined, undefined)
        : makeSuper(type, object);
    return ofClass(cls, made);
  }),
);

/** The same, as an instance of a class that a program derived. */
function ofClass(cls: PyType, made: PySuper): Value {
  return cls === superType ? made : Object.setPrototypeOf(made, cls.proto);
}

methods(superType, {
  __init__: signed("type=None, object=None, /", () => None),
  __getattribute__: (self: PySuper, name: Value) =>
    PySuper.prototype.find.call(self, String(name)) ??
    genericAttribute(self, superType, String(name)) ??
    missingAttribute(self, String(name)),
  __get__: signed("instance, owner=None, /", (self: PySuper, instance: Value) =>
    instance === None || self.object !== undefined
      ? self
      : ofClass(self.type, makeSuper(self.start, instance)),
  ),
  __repr__: (self: PySuper) =>
    self.own === undefined
      ? `<super: <class '${self.start.name}'>, NULL>`
      : `<super: <class '${self.start.name}'>, <${self.own.name} object>>`,
});

members(superType, {
  __thisclass__: (self: PySuper) => self.start,
  __self__: (self: PySuper) => self.object ?? None,
  __self_class__: (self: PySuper) => self.own ?? None,
});
