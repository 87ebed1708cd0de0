/** `enum.property`: read through a member it is computed, through the class it is the member of that name. */
import { fault } from "../../fault.ts";
import { computed, maker, methods } from "../../objects/define.ts";
import { PyGetSet } from "../../objects/function.ts";
import { None, type Value } from "../../objects/object.ts";
import { builtinType, objectType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import type { PyType } from "../../objects/type.ts";
import { findAttribute } from "../../operations/attributes.ts";
import { call1, call2 } from "../../operations/call.ts";
import { truth } from "../../operations/truth.ts";
import { repr } from "../../operations/repr.ts";
import { membersOf } from "./members.ts";

export class EnumProperty extends PyGetSet {
  getter: Value | undefined;
  setter: Value | undefined;
  deleter: Value | undefined;
  /** As `__set_name__` told. */
  called = "";
  owned = "";
  abstract = false;

  constructor(
    getter?: Value,
    setter?: Value,
    deleter?: Value,
    read?: (self: never) => Value | undefined,
  ) {
    super(
      "",
      objectType,
      read ??
        ((self: Value): Value => {
          if (this.getter === undefined) {
            fault(
              "AttributeError",
              `${String(repr((self as { type: PyType }).type))} member has no attribute '${this.called}'`,
            );
          }
          return call1(this.getter, self);
        }),
      (self: Value, value: Value | undefined) => {
        const func = value === undefined ? this.deleter : this.setter;
        const verb = value === undefined ? "delete" : "set";
        if (func === undefined) {
          fault(
            "AttributeError",
            `<enum '${this.owned}'> cannot ${verb} attribute '${this.called}'`,
          );
        }
        if (value === undefined) call1(func, self);
        else call2(func, self, value);
      },
    );
    this.getter = getter;
    this.setter = setter;
    this.deleter = deleter;
  }

  isAbstract(): boolean {
    return (
      this.abstract ||
      [this.getter, this.setter, this.deleter].some(
        (one) => one !== undefined && truth(findAttribute(one, "__isabstractmethod__") ?? false),
      )
    );
  }

  override ofClass(own: PyType): Value {
    const members = membersOf(own);
    if (members === undefined && this.isAbstract()) return this;
    return members?.map.get(this.called) ?? missingMember(own, this.called);
  }
}

function missingMember(own: PyType, name: string): never {
  fault("AttributeError", `${String(repr(own))} has no attribute '${name}'`);
}

let made: PyType | undefined;

/** The class of these; the same for all runs, and made when it is first asked for. */
export function enumPropertyType(): PyType {
  if (made !== undefined) return made;
  made = builtinType("property", EnumProperty, { module: "enum" });
  const given = (value?: Value): Value | undefined => (value === None ? undefined : value);
  maker(
    made,
    signed(
      "cls, fget=None, fset=None, fdel=None, doc=None",
      (cls: PyType, get?: Value, set?: Value, del?: Value) =>
        new (cls.js as unknown as typeof EnumProperty)(given(get), given(set), given(del)),
    ),
  );
  methods(made, {
    __init__: signed("fget=None, fset=None, fdel=None, doc=None", (_self: Value) => None),
    __get__: signed(
      "instance, owner=None, /",
      (self: EnumProperty, instance: Value, owner?: Value) =>
        instance === None ? self.ofClass(owner as PyType) : self.get(instance as never)!,
    ),
    __set__: (self: EnumProperty, instance: Value, value: Value) => {
      self.set!(instance as never, value);
      return None;
    },
    __delete__: (self: EnumProperty, instance: Value) => {
      self.set!(instance as never, undefined);
      return None;
    },
    __set_name__: (self: EnumProperty, owner: Value, name: Value) => {
      self.called = String(name);
      self.owned = (owner as PyType).name;
      return None;
    },
    getter: (self: EnumProperty, func: Value) => new EnumProperty(func, self.setter, self.deleter),
    setter: (self: EnumProperty, func: Value) => new EnumProperty(self.getter, func, self.deleter),
    deleter: (self: EnumProperty, func: Value) => new EnumProperty(self.getter, self.setter, func),
  });
  computed(made, {
    fget: (self: EnumProperty) => self.getter ?? None,
    fset: (self: EnumProperty) => self.setter ?? None,
    fdel: (self: EnumProperty) => self.deleter ?? None,
    name: (self: EnumProperty) => self.called,
    __isabstractmethod__: [
      (self: EnumProperty) => self.isAbstract(),
      (self: EnumProperty, value) => {
        self.abstract = value === true;
      },
    ],
  });
  return made;
}
