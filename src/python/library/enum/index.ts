/** `enum`: https://docs.python.org/3/library/enum.html */
import { callerModule } from "../caller.ts";
import { late } from "../late.ts";
import { fault } from "../../fault.ts";
import { classMethods, computed, maker, methods } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { exceptionType, makeException, PyException, raising } from "../../objects/exception.ts";
import { PyBuiltin, PyStaticMethod } from "../../objects/function.ts";
import { ListIterator } from "../../objects/iterator.ts";
import { PyList } from "../../objects/list.ts";
import { PyMappingProxy } from "../../objects/mapping-proxy.ts";
import type { PyModule } from "../../objects/module.ts";
import { type Keywords, None, type Value } from "../../objects/object.ts";
import { objectType, typeType } from "../../objects/root.ts";
import { intType, strType } from "../../objects/scalars.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { PyType, setTypeAttribute } from "../../objects/type.ts";
import {
  dictOf,
  findAttribute,
  genericDelete,
  genericSet,
  getAttribute,
} from "../../operations/attributes.ts";
import { add } from "../../operations/binary.ts";
import { call } from "../../operations/call.ts";
import { mappingEntries } from "../../operations/displays.ts";
import { formatted } from "../../operations/format.ts";
import { hash } from "../../operations/hash.ts";
import { toArray } from "../../operations/iterate.ts";
import { repr, str } from "../../operations/repr.ts";
import { isInstance, typeName } from "../../operations/typeof.ts";
import { functions, runClass, values } from "../native.ts";
import {
  unwrapped,
  bitsOf,
  findByValue,
  isSingleBit,
  type Kit,
  makeEnum,
  mixins,
} from "./creation.ts";
import { defineFlag, nextFlag, numericRepr } from "./flags.ts";
import { type Member, membersOf, type Members } from "./members.ts";
import { EnumNamespace, isDunder, markerTypes } from "./namespace.ts";
import { EnumProperty, enumPropertyType } from "./property.ts";

/** A static method of the classes of this module. */
const generator = (
  native: (name: Value, start: Value, count: Value, last: Value) => Value,
): PyStaticMethod =>
  new PyStaticMethod(
    new PyBuiltin("_generate_next_value_", signed("name, start, count, last_values", native)),
  );

/** Names of the part that is written in Python. */
const MORE =
  "_simple_enum _test_simple_enum _iter_bits_lsb _is_descriptor _is_dunder _is_sunder _is_private _reduce_ex_by_global_name _make_class_unpicklable".split(
    " ",
  );
const PUBLIC =
  "EnumType EnumMeta Enum IntEnum StrEnum Flag IntFlag ReprEnum auto unique property verify member nonmember FlagBoundary STRICT CONFORM EJECT KEEP global_flag_repr global_enum_repr global_str global_enum EnumCheck CONTINUOUS NAMED_FLAGS UNIQUE".split(
    " ",
  );

export function fillEnum(module: PyModule): void {
  late(module, "_enum_more", MORE);
  module.set("__all__", new PyList(PUBLIC));
  const meta = runClass(module, "EnumType", [typeType]);
  module.set("EnumMeta", meta);
  const kit: Kit = { meta, base: undefined, repr: undefined, flag: undefined };
  defineMeta(kit);
  const make = (
    name: string,
    bases: PyType[],
    body: Readonly<Record<string, Value>>,
    boundary?: Value,
  ): PyType => {
    const first = bases.at(-1);
    const generate =
      body["_generate_next_value_"] ??
      (first === undefined ? undefined : findAttribute(first, "_generate_next_value_"));
    const namespace = new EnumNamespace(
      name,
      generate instanceof PyStaticMethod ? generate.func : generate,
    );
    namespace.set("__module__", "enum");
    for (const key in body) namespace.set(key, body[key]!);
    const type = makeEnum(kit, meta, name, bases, namespace, boundary, undefined);
    module.set(name, type);
    return type;
  };
  const { auto, member, nonmember } = markerTypes();
  kit.base = make("Enum", [], {
    _generate_next_value_: generator(nextValue),
    name: named("name", (self: Member) => self.a__name_),
    value: named("value", (self: Member) => self.a__value_),
  });
  defineBase(kit.base, kit);
  kit.repr = make("ReprEnum", [kit.base], {});
  make("IntEnum", [intType, kit.repr], {});
  const text = make("StrEnum", [strType, kit.repr], {
    _generate_next_value_: generator((name) => String(name).toLowerCase()),
    __new__: new PyStaticMethod(new PyBuiltin("__new__", signed("cls, /, *values", makeText))),
  });
  const boundary = make("FlagBoundary", [text], {
    STRICT: "strict",
    CONFORM: "conform",
    EJECT: "eject",
    KEEP: "keep",
  });
  const limits = membersOf(boundary)!.map;
  for (const [name, one] of limits.entries()) module.set(String(name), one);
  const flag = make(
    "Flag",
    [kit.base],
    { _generate_next_value_: generator(nextFlag), _numeric_repr_: numericRepr },
    limits.get("CONFORM"),
  );
  defineFlag(flag);
  kit.flag = flag;
  make("IntFlag", [intType, kit.repr, flag], {}, limits.get("KEEP"));
  const check = make("EnumCheck", [text], {
    CONTINUOUS: "no skipped integer values",
    NAMED_FLAGS: "multi-flag aliases may not contain unnamed flags",
    UNIQUE: "one name per value",
  });
  for (const [name, one] of membersOf(check)!.map.entries()) module.set(String(name), one);
  values(module, { auto, member, nonmember, property: enumPropertyType() });
  functions(module, {
    unique: (type: Value) => unique(type as PyType),
    verify: signed(
      "*checks",
      (checks: Value[]) => new PyBuiltin("verify", (type: Value) => verify(type as PyType, checks)),
    ),
    global_enum: signed("cls, update_str=False", (type: Value) => type),
    show_flag_values: (value: Value) => new PyList(bitsOf(asInt(value))),
  });
}

const asInt = (value: Value): Value => (value as { int?: number | bigint }).int ?? value;

function named(name: string, read: (self: Member) => Value | undefined): EnumProperty {
  enumPropertyType();
  const made = new EnumProperty(undefined, undefined, undefined, read as never);
  made.called = name;
  made.owned = "Enum";
  return made;
}

/** The value that `auto()` gives: one more than the last number. */
function nextValue(_name: Value, start: Value, _count: Value, last: Value): Value {
  const before = toArray(last).findLast(
    (value) => isInstance(value, intType) || typeName(value) === "float",
  );
  return before === undefined ? start : add(before, 1);
}

function makeText(cls: Value, given: Value[]): Value {
  if (given.length > 3)
    fault("TypeError", `too many arguments for str(): ${String(repr(new PyTuple(given)))}`);
  const words = ["", "encoding must be a string, not ", "errors must be a string, not "];
  given.forEach((one, i) => {
    if (i === 0 && given.length > 1) return;
    if (isInstance(one, strType)) return;
    fault(
      "TypeError",
      i === 0 ? `${String(repr(one))} is not a string` : `${words[i]}${String(repr(one))}`,
    );
  });
  const value = call(strType, given);
  const made = call(getAttribute(strType, "__new__"), [cls, value]) as Member;
  made.a__value_ = value;
  return made;
}

function defineMeta(kit: Kit): void {
  const { meta } = kit;
  const own = (type: PyType): Members => membersOf(type)!;
  maker(
    meta,
    signed(
      "cls, name, bases, namespace, /, *, boundary=None, _simple=False, **kwargs",
      (
        cls: PyType,
        name: Value,
        bases: Value,
        namespace: Value,
        boundary: Value | undefined,
        _simple: Value | undefined,
        kwargs: Keywords,
      ) =>
        makeEnum(
          kit,
          cls,
          String(name),
          (bases as PyTuple).items as PyType[],
          namespace,
          boundary,
          kwargs,
        ),
    ),
  );
  classMethods(meta, {
    __prepare__: signed(
      "metacls, cls, bases, **kwargs",
      (_meta: Value, name: Value, bases: Value) => {
        const [, first] = mixins(kit, String(name), (bases as PyTuple).items as PyType[]);
        const generate =
          first === undefined ? undefined : findAttribute(first, "_generate_next_value_");
        return new EnumNamespace(String(name), generate);
      },
    ),
  });
  methods(meta, {
    __init__: signed("*args, **kwargs", (_self: Value) => None),
    __call__: signed(
      "value, names=None, *values, module=None, qualname=None, type=None, start=1, boundary=None",
      (
        cls: PyType,
        value: Value,
        names: Value | undefined,
        more: Value[],
        module?: Value,
        qualname?: Value,
        type?: Value,
        start?: Value,
        boundary?: Value,
      ) => {
        if (names === undefined || names === None) {
          const known = members0(cls, value);
          return known ?? call(getAttribute(cls, "__new__"), [cls, value]);
        }
        if (more.length > 0)
          fault(
            "TypeError",
            `EnumType.__call__() takes from 2 to 3 positional arguments but ${3 + more.length} were given`,
          );
        return functional(kit, cls, String(value), names, {
          module,
          qualname,
          type,
          start,
          boundary,
        });
      },
    ),
    __bool__: (_self: Value) => true,
    __contains__: (self: PyType, value: Value) => {
      if (!isInstance(value, kit.base!)) {
        fault(
          "TypeError",
          `unsupported operand type(s) for 'in': '${typeQualname(value)}' and '${self.type.qualname}'`,
        );
      }
      return isInstance(value, self) && own(self).map.has((value as Member).a__name_!);
    },
    __getitem__: (self: PyType, name: Value) => {
      const found = own(self).map.get(name);
      if (found !== undefined) return found;
      throw raising(makeException(exceptionType("KeyError"), [name]));
    },
    __iter__: (self: PyType) => {
      const { names, map } = own(self);
      return new ListIterator({ items: names.items.map((name) => map.get(name)!) });
    },
    __reversed__: (self: PyType) => {
      const { names, map } = own(self);
      return new ListIterator({ items: names.items.map((name) => map.get(name)!).toReversed() });
    },
    __len__: (self: PyType) => own(self).names.items.length,
    __repr__: (self: PyType) => {
      const word = kit.flag !== undefined && self.mro.includes(kit.flag) ? "flag" : "enum";
      return `<${word} '${self.name}'>`;
    },
    __getattr__: (self: PyType, name: Value) => {
      const text = String(name);
      const found = isDunder(text) ? undefined : own(self)?.map.get(text);
      return found ?? fault("AttributeError", text);
    },
    __setattr__: (self: PyType, name: Value, value: Value) => {
      if (membersOf(self)?.map.has(name) === true)
        fault("AttributeError", `cannot reassign member ${String(repr(name))}`);
      genericSet(self, String(name), value);
      return None;
    },
    __delattr__: (self: PyType, name: Value) => {
      if (membersOf(self)?.map.has(name) === true) {
        fault("AttributeError", `'${self.name}' cannot delete member ${String(repr(name))}.`);
      }
      genericDelete(self, String(name));
      return None;
    },
    __dir__: (self: PyType) => {
      const base =
        "__class__ __contains__ __doc__ __getitem__ __iter__ __len__ __members__ __module__ __name__ __qualname__";
      const names = new Set([...base.split(" "), ...(own(self).names.items as string[])]);
      names.add("__init_subclass__");
      const { dataType, make } = own(self);
      if (make !== unwrapped(objectType.dict.get("__new__"))) names.add("__new__");
      if (dataType !== objectType)
        for (const name of toArray(call(getAttribute(typeType, "__dir__"), [dataType])))
          names.add(String(name));
      return new PyList([...names].toSorted());
    },
  });
  computed(meta, { __members__: (self: PyType) => new PyMappingProxy(own(self).map) });
}

const typeQualname = (value: Value): string =>
  typeof value === "object" ? value.type.qualname : typeName(value);

/** A member by its value, where nothing has to be asked. */
function members0(cls: PyType, value: Value): Value | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  return membersOf(cls)?.byValue.get(value);
}

interface Extra {
  module: Value | undefined;
  qualname: Value | undefined;
  type: Value | undefined;
  start: Value | undefined;
  boundary: Value | undefined;
}

/** `Enum("Color", "RED GREEN")`. */
function functional(kit: Kit, cls: PyType, name: string, given: Value, extra: Extra): Value {
  const bases = extra.type instanceof PyType ? [extra.type, cls] : [cls];
  const [, first] = mixins(kit, name, bases);
  const generate = findAttribute(first!, "_generate_next_value_");
  const namespace = new EnumNamespace(name, generate);
  const start = extra.start ?? 1;
  const add1 = (names: readonly string[]): void => {
    const last: Value[] = [];
    names.forEach((one, i) => {
      const value = call(generate!, [one, start, i, new PyList([...last])]);
      last.push(value);
      namespace.set(one, value);
    });
  };
  if (typeof given === "string") add1(given.replaceAll(",", " ").split(/\s+/).filter(Boolean));
  else if (given instanceof PyDict)
    for (const [key, value] of mappingEntries(given)) namespace.set(key, value);
  else {
    const items = toArray(given);
    if (typeof items[0] === "string") add1(items as string[]);
    else {
      for (const item of items) {
        const [key, value] = toArray(item);
        namespace.set(key!, value!);
      }
    }
  }
  namespace.set(
    "__module__",
    extra.module === undefined || extra.module === None ? callerModule() : extra.module,
  );
  if (extra.qualname !== undefined && extra.qualname !== None)
    namespace.set("__qualname__", extra.qualname);
  const boundary = extra.boundary === None ? undefined : extra.boundary;
  return makeEnum(kit, cls.type, name, bases, namespace, boundary, undefined);
}

function defineBase(base: PyType, kit: Kit): void {
  setTypeAttribute(
    base,
    "__new__",
    new PyStaticMethod(
      new PyBuiltin("__new__", (cls: Value, value: Value) => memberFor(kit, cls as PyType, value)),
    ),
  );
  methods(base, {
    __init__: signed("*args, **kwds", (_self: Value) => None),
    __repr__: (self: Member) => {
      const { valueRepr } = membersOf(self.type)!;
      const value =
        valueRepr === undefined ? repr(self.a__value_!) : call(valueRepr, [self.a__value_!]);
      return `<${self.type.name}.${String(self.a__name_)}: ${String(value)}>`;
    },
    __str__: (self: Member) => `${self.type.name}.${String(self.a__name_)}`,
    __format__: (self: Member, spec: Value) =>
      formatted(str(self) as Value, -1, spec as string) as Value,
    __hash__: (self: Member) => hash(self.a__name_!),
    __reduce_ex__: (self: Member, _protocol: Value) =>
      new PyTuple([self.type, new PyTuple([self.a__value_!])]),
    __dir__: (self: Member) => {
      const { dataType, map } = membersOf(self.type)!;
      const names = new Set(
        dataType === objectType
          ? "__class__ __doc__ __eq__ __hash__ __module__ name value".split(" ")
          : (toArray(call(getAttribute(objectType, "__dir__"), [self])) as string[]),
      );
      for (const name of toArray(dictOf(self) ?? new PyDict()) as string[])
        if (!name.startsWith("_") && !map.has(name)) names.add(name);
      for (const one of self.type.mro) {
        for (const [name, value] of one.dict.entries()) {
          if (name.startsWith("_")) continue;
          const isReader = value instanceof EnumProperty && value.getter !== undefined;
          const isHidden = value instanceof EnumProperty && map.has(name);
          if (isReader || !isHidden) names.add(name);
          else names.delete(name);
        }
      }
      return new PyList([...names].toSorted());
    },
  });
  classMethods(base, {
    _missing_: (_cls: Value, _value: Value) => None,
  });
}

/** `Color(value)`. */
function memberFor(kit: Kit, cls: PyType, value: Value): Value {
  if (typeof value === "object" && value.type === cls) return value;
  const members = membersOf(cls)!;
  const known = findByValue(members, value);
  if (known !== undefined) return known;
  const invalid = (): PyException =>
    makeException(exceptionType("ValueError"), [
      `${String(repr(value))} is not a valid ${cls.qualname}`,
    ]);
  let result: Value;
  try {
    result = call(getAttribute(cls, "_missing_"), [value]);
  } catch (error) {
    if (error instanceof PyException && !error.type.mro.includes(exceptionType("ValueError")))
      error.context = raising(invalid());
    throw error;
  }
  if (isInstance(result, cls)) return result;
  const eject = kit.flag !== undefined && cls.mro.includes(kit.flag) && isInstance(result, intType);
  if (eject && members.boundary !== undefined && (members.boundary as Member).a__value_ === "eject")
    return result;
  if (result === None) throw raising(invalid());
  const wrong = makeException(exceptionType("TypeError"), [
    `error in ${cls.name}._missing_: returned ${String(repr(result))} instead of None or a valid member`,
  ]);
  wrong.context = raising(invalid());
  throw raising(wrong);
}

/** `@unique`: no aliases. */
function unique(type: PyType): Value {
  const aliases: string[] = [];
  for (const [name, one] of membersOf(type)!.map.entries()) {
    const real = (one as Member).a__name_;
    if (name !== real) aliases.push(`${String(name)} -> ${String(real)}`);
  }
  if (aliases.length > 0) {
    fault("ValueError", `duplicate values found in ${String(repr(type))}: ${aliases.join(", ")}`);
  }
  return type;
}

/** `@verify(…)`. */
function verify(type: PyType, checks: readonly Value[]): Value {
  const members = membersOf(type)!;
  const flags = members.boundary !== undefined;
  for (const check of checks) {
    const name = (check as Member).a__name_;
    if (name === "UNIQUE") {
      const aliases: string[] = [];
      for (const [key, one] of members.map.entries()) {
        if (key !== (one as Member).a__name_)
          aliases.push(`${String(key)} -> ${String((one as Member).a__name_)}`);
      }
      if (aliases.length > 0)
        fault("ValueError", `aliases found in ${String(repr(type))}: ${aliases.join(", ")}`);
    }
    const numbers = members.names.items.map((one) =>
      Number(asInt((members.map.get(one) as Member).a__value_!)),
    );
    if (name === "CONTINUOUS" && numbers.length > 1) {
      const low = Math.min(...numbers);
      const high = Math.max(...numbers);
      const missing: string[] = [];
      if (flags) {
        for (let i = low; i < high; i *= 2) if (!numbers.includes(i)) missing.push(String(i));
      } else for (let i = low + 1; i < high; i++) if (!numbers.includes(i)) missing.push(String(i));
      if (missing.length > 0) {
        fault(
          "ValueError",
          `invalid ${flags ? "flag" : "enum"} '${type.name}': missing values ${missing.join(", ")}`,
        );
      }
    }
    if (name === "NAMED_FLAGS") checkNamed(type, members);
  }
  return type;
}

function checkNamed(type: PyType, members: Members): void {
  const known = new Set(
    members.names.items.map((one) => (members.map.get(one) as Member).a__value_),
  );
  const missing = new Set<Value>();
  const names: Value[] = [];
  for (const [name, one] of members.map.entries()) {
    const value = (one as Member).a__value_!;
    if (isSingleBit(value) || value === 0) continue;
    const lost = bitsOf(asInt(value)).filter((bit) => !known.has(bit));
    if (lost.length > 0) names.push(name);
    for (const bit of lost) missing.add(bit);
  }
  if (names.length === 0) return;
  const total = [...missing].reduce<number>((sum, bit) => sum + Number(bit), 0);
  const what =
    names.length === 1
      ? `alias ${String(repr(names[0]!))} is missing`
      : `aliases ${names.map((one) => String(repr(one))).join(", ")} are missing`;
  const value =
    missing.size === 1 ? `value ${total}` : `combined values of 0x${total.toString(16)}`;
  fault(
    "ValueError",
    `invalid Flag '${type.name}': ${what} ${value} [use enum.show_flag_values(value) for details]`,
  );
}
