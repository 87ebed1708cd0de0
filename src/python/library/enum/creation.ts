/** How an enumeration is made of a class body. */
import { fault } from "../../fault.ts";
import { PyDict, storeAttribute } from "../../objects/dict.ts";
import { methods } from "../../objects/define.ts";
import { isException, PyException } from "../../objects/exception.ts";
import { bag, type Keywords, PyObject, type Value } from "../../objects/object.ts";
import { PyList } from "../../objects/list.ts";
import { builtinType, objectType } from "../../objects/root.ts";
import { PyProperty, PyStaticMethod } from "../../objects/function.ts";
import { PyTuple, tupleType } from "../../objects/tuple.ts";
import { isSubtype, lookup, PyType, setTypeAttribute } from "../../objects/type.ts";
import { and, or, sub } from "../../operations/binary.ts";
import { call } from "../../operations/call.ts";
import { makeType } from "../../operations/classes.ts";
import { equal } from "../../operations/compare.ts";
import { toArray } from "../../operations/iterate.ts";
import { repr } from "../../operations/repr.ts";
import { isInstance } from "../../operations/typeof.ts";
import { type Member, type Members, membersOf, setMembers } from "./members.ts";
import { EnumNamespace } from "./namespace.ts";
import { EnumProperty } from "./property.ts";
import { None } from "../../objects/object.ts";
import { intType } from "../../objects/scalars.ts";

/** The classes of the module, as far as they are there. */
export interface Kit {
  meta: PyType;
  base: PyType | undefined;
  repr: PyType | undefined;
  flag: PyType | undefined;
}

interface Holder {
  members: Members | undefined;
}

/** A member before it is made: its value, waiting for its class and name. */
class Pending extends PyObject {
  readonly value: Value;
  readonly kit: Kit;
  /** Where the members of the class will be, which is not there yet. */
  readonly holder: Holder;
  constructor(value: Value, kit: Kit, holder: Holder) {
    super();
    this.value = value;
    this.kit = kit;
    this.holder = holder;
  }
}
let pendingType: PyType | undefined;

function pending(value: Value, kit: Kit, holder: Holder): Pending {
  if (pendingType === undefined) {
    pendingType = builtinType("_proto_member", Pending, { module: "enum" });
    methods(pendingType, {
      __set_name__: (self: Pending, owner: Value, name: Value) => {
        setMembers(owner as PyType, self.holder.members!);
        addMember(self.kit, owner as PyType, name as string, self.value);
        return None;
      },
    });
  }
  return new Pending(value, kit, holder);
}

const isEnum = (kit: Kit, type: PyType): boolean =>
  kit.base !== undefined && isSubtype(type, kit.base);
const isFlag = (kit: Kit, type: PyType): boolean =>
  kit.flag !== undefined && isSubtype(type, kit.flag);

/** The class of the values, and the enumeration that comes last among the bases. */
export function mixins(
  kit: Kit,
  name: string,
  bases: readonly PyType[],
): [PyType, PyType | undefined] {
  if (bases.length === 0) return [objectType, kit.base];
  for (const base of bases.flatMap((one) => one.mro)) {
    if (isEnum(kit, base) && membersOf(base)!.names.items.length > 0) {
      fault("TypeError", `<enum '${name}'> cannot extend ${String(repr(base))}`);
    }
  }
  const last = bases.at(-1)!;
  if (kit.base !== undefined && !isEnum(kit, last)) {
    fault(
      "TypeError",
      "new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`",
    );
  }
  return [dataTypeOf(kit, name, bases) ?? objectType, kit.base === undefined ? undefined : last];
}

function dataTypeOf(kit: Kit, name: string, bases: readonly PyType[]): PyType | undefined {
  const found = new Set<PyType>();
  for (const chain of bases) {
    let candidate: PyType | undefined;
    for (const base of chain.mro) {
      if (base === objectType) continue;
      if (isEnum(kit, base)) {
        const { dataType } = membersOf(base)!;
        if (dataType === objectType) continue;
        found.add(dataType);
        break;
      }
      if (base.dict.has("__new__") || base.dict.has("__init__")) {
        found.add(candidate ?? base);
        break;
      }
      candidate ??= base;
    }
  }
  if (found.size > 1) {
    const list = [...found].map((one) => String(repr(one))).join(", ");
    fault("TypeError", `too many data types for '${name}': {${list}}`);
  }
  return [...found][0];
}

function valueReprOf(kit: Kit, bases: readonly PyType[]): Value | undefined {
  for (const base of bases.flatMap((one) => one.mro)) {
    if (base === objectType) continue;
    if (isEnum(kit, base)) return membersOf(base)!.valueRepr;
    const own = base.dict.get("__repr__");
    if (own !== undefined) return own;
  }
  return undefined;
}

/** What a static method holds. */
export const unwrapped = (make: Value | undefined): Value | undefined =>
  make instanceof PyStaticMethod ? make.func : make;

/** What makes the members, whether to keep it for derived enumerations, and whether it gets the values. */
function makerOf(
  kit: Kit,
  namespace: PyDict,
  dataType: PyType,
  first: PyType | undefined,
): { make: Value; save: boolean; withValues: boolean } {
  const plain = unwrapped(objectType.dict.get("__new__"))!;
  const none = unwrapped(lookup(None.type, "__new__"));
  const enums = kit.base === undefined ? undefined : unwrapped(kit.base.dict.get("__new__"));
  const own = unwrapped(namespace.get("__new__"));
  const save = first !== undefined && own !== undefined;
  let make = own;
  for (const name of ["__new_member__", "__new__"]) {
    for (const possible of first === undefined ? [dataType] : [dataType, first]) {
      if (make !== undefined) break;
      const target = unwrapped(lookup(possible, name));
      if (target !== undefined && target !== plain && target !== enums && target !== none)
        make = target;
    }
  }
  make ??= plain;
  return { make, save, withValues: first !== undefined && make !== enums && make !== plain };
}

/** `EnumType.__new__`. */
export function makeEnum(
  kit: Kit,
  meta: PyType,
  name: string,
  bases: readonly PyType[],
  given: Value,
  boundary: Value | undefined,
  keywords: Keywords | undefined,
): PyType {
  const body = given instanceof EnumNamespace ? given : undefined;
  const memberNames = body?.members ?? [];
  const bad = memberNames.filter((one) => one === "mro" || one === "");
  if (bad.length > 0) {
    fault("ValueError", `invalid enum member name(s) ${bad.map((one) => `'${one}'`).join(",")}`);
  }
  const namespace = new PyDict();
  for (const [key, value] of (given as PyDict).entries()) namespace.set(key, value);
  for (const one of [...(body?.ignored ?? []), "_ignore_", "_order_"]) namespace.delete(one);
  const order = (given as PyDict).get("_order_");
  const [dataType, first] = mixins(kit, name, bases);
  const { make, save, withValues } = makerOf(kit, namespace, dataType, first);
  const holder: Holder = { members: undefined };
  let mask: Value = 0;
  for (const one of memberNames) {
    const value = namespace.get(one)!;
    if (isInstance(value, intType)) mask = or(mask, value);
    namespace.set(one, pending(value, kit, holder));
  }
  const inherited = first === undefined ? undefined : membersOf(first);
  const members: Members = {
    names: new PyList([]),
    map: new PyDict(),
    byValue: new PyDict(),
    dataType,
    make,
    withValues,
    valueRepr: valueReprOf(kit, bases),
    boundary: boundary ?? inherited?.boundary,
    mask,
    allBits: allBitsOf(mask),
    inOrder: true,
  };
  namespace.set("_new_member_", new PyStaticMethod(make));
  namespace.set("_use_args_", withValues);
  namespace.set("_member_names_", members.names);
  namespace.set("_member_map_", members.map);
  namespace.set("_value2member_map_", members.byValue);
  namespace.set("_member_type_", dataType);
  namespace.set("_unhashable_values_", new PyList([]));
  namespace.set("_value_repr_", members.valueRepr ?? None);
  if (members.boundary !== undefined) namespace.set("_boundary_", members.boundary);
  holder.members = members;
  const type = made(meta, name, bases, namespace, keywords);
  setMembers(type, members);
  replaceMethods(kit, type, bases, first, dataType, namespace);
  if (kit.base !== undefined) {
    if (save) setTypeAttribute(type, "__new_member__", new PyStaticMethod(make));
    setTypeAttribute(type, "__new__", kit.base.dict.get("__new__"));
  }
  if (isFlag(kit, type)) settleFlags(type, members);
  if (order !== undefined && order !== None) checkOrder(members, order, isFlag(kit, type));
  return type;
}

/** The class; an error in making a member comes out as it was raised. */
function made(...parts: Parameters<typeof makeType>): PyType {
  try {
    return makeType(...parts);
  } catch (error) {
    const wrapped = isException(error, "RuntimeError") && error.cause instanceof PyException;
    throw wrapped ? error.cause : error;
  }
}

/** All bits up to the highest one. */
function allBitsOf(mask: Value): Value {
  const bits = BigInt(mask as number | bigint).toString(2).length;
  const all = mask === 0 ? 0n : (1n << BigInt(bits)) - 1n;
  return all <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(all) : all;
}

export function isSingleBit(value: Value): boolean {
  const number =
    typeof value === "number" || typeof value === "bigint"
      ? value
      : (value as { int?: number }).int;
  if (number === undefined || number === 0) return false;
  return and(number, sub(number, 1)) === 0;
}

/** One member: made, initialised, and told from an alias. */
function addMember(kit: Kit, type: PyType, name: string, value: Value): void {
  const members = membersOf(type)!;
  setTypeAttribute(type, name, undefined);
  const { dataType } = members;
  const spread = value instanceof PyTuple ? [...value.items] : [value];
  const args =
    isSubtype(tupleType, dataType) && dataType !== objectType ? [new PyTuple(spread)] : spread;
  const made = call(members.make, members.withValues ? [type, ...args] : [type]) as Member;
  if (bag(made)["a__value_"] === undefined) {
    storeAttribute(made, "_value_", valueOf(dataType, value, args, members.withValues));
  }
  const real = bag(made)["a__value_"]!;
  storeAttribute(made, "_name_", name);
  storeAttribute(made, "__objclass__", type);
  const init = lookup(type, "__init__");
  if (
    init !== undefined &&
    init !== kit.base?.dict.get("__init__") &&
    init !== objectType.dict.get("__init__")
  ) {
    call(init, [made, ...args]);
  }
  storeAttribute(made, "_sort_order_", members.names.items.length);
  const known = findByValue(members, real);
  if (known === undefined && (!isFlag(kit, type) || isSingleBit(real)))
    members.names.items.push(name);
  const member = known ?? made;
  place(type, name, member);
  members.map.set(name, member);
  try {
    if (members.byValue.get(real) === undefined) members.byValue.set(real, member);
  } catch (error) {
    // What cannot be hashed is found by comparing.
    if (!isException(error, "TypeError")) throw error;
  }
}

function valueOf(dataType: PyType, value: Value, args: Value[], strict: boolean): Value {
  if (dataType === objectType) return value;
  try {
    return call(dataType, args);
  } catch (error) {
    if (!isException(error, "Exception")) throw error;
    if (!strict) return value;
    fault("TypeError", "_value_ not set in __new__, unable to create it");
  }
}

/** The member with a value, also where the value cannot be hashed. */
export function findByValue(members: Members, value: Value): Value | undefined {
  try {
    return members.byValue.get(value);
  } catch (error) {
    if (!isException(error, "TypeError")) throw error;
    for (const [, one] of members.map.entries())
      if (equal((one as Member).a__value_!, value)) return one;
    return undefined;
  }
}

/** Sets the member as an attribute of its class, unless a property of that name has to come first. */
function place(type: PyType, name: string, member: Value): void {
  let covered = false;
  for (const base of type.mro.slice(1)) {
    const found = base.dict.get(name);
    if (found === undefined) continue;
    if (found instanceof EnumProperty || found instanceof PyProperty) {
      if (!covered && found instanceof EnumProperty) return;
      const redirect =
        found instanceof EnumProperty
          ? new EnumProperty(found.getter, found.setter, found.deleter)
          : new EnumProperty(found.get, found.set, found.delete);
      redirect.called = name;
      redirect.owned = type.name;
      setTypeAttribute(type, name, redirect);
      return;
    }
    covered = true;
  }
  setTypeAttribute(type, name, member);
}

/** The mixed-in class may not decide how members are written. */
function replaceMethods(
  kit: Kit,
  type: PyType,
  bases: readonly PyType[],
  first: PyType | undefined,
  dataType: PyType,
  body: PyDict,
): void {
  if (first === undefined) return;
  const own = (name: string): boolean => body.has(name) || type.dict.has(name);
  if (kit.repr !== undefined && bases.includes(kit.repr)) {
    if (dataType === objectType) {
      fault(
        "TypeError",
        "ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)",
      );
    }
    if (!own("__format__")) setTypeAttribute(type, "__format__", lookup(dataType, "__format__"));
    if (!own("__str__")) {
      const text = lookup(dataType, "__str__");
      const plain = text === lookup(objectType, "__str__");
      setTypeAttribute(type, "__str__", plain ? lookup(dataType, "__repr__") : text);
    }
  }
  for (const name of ["__repr__", "__str__", "__format__", "__reduce_ex__"]) {
    if (own(name)) continue;
    const found = lookup(type, name);
    if (found === lookup(dataType, name) || found === lookup(objectType, name)) {
      setTypeAttribute(type, name, lookup(first, name));
    }
  }
  if (!isFlag(kit, type)) return;
  for (const name of [
    "__or__",
    "__and__",
    "__xor__",
    "__ror__",
    "__rand__",
    "__rxor__",
    "__invert__",
  ]) {
    if (!own(name)) setTypeAttribute(type, name, kit.flag!.dict.get(name));
  }
}

function settleFlags(type: PyType, members: Members): void {
  let single: Value = 0;
  const values: Value[] = [];
  for (const [name, member] of members.map.entries()) {
    const value = (member as Member).a__value_!;
    if (isSingleBit(value)) single = or(single, value);
    if (members.names.items.includes(name)) values.push(value);
  }
  members.mask = single;
  const sorted = values.toSorted((a, b) => (Number(a) < Number(b) ? -1 : 1));
  members.inOrder = values.every((value, i) => value === sorted[i]);
  setTypeAttribute(type, "_flag_mask_", members.mask);
  setTypeAttribute(type, "_all_bits_", members.allBits);
  setTypeAttribute(type, "_boundary_", members.boundary ?? None);
}

function checkOrder(members: Members, order: Value, flags: boolean): void {
  const names =
    typeof order === "string"
      ? order.replaceAll(",", " ").split(/\s+/).filter(Boolean)
      : toArray(order).map(String);
  const wanted = names.filter((name) => {
    const member = members.map.get(name);
    if (member === undefined) return true;
    if (flags && !isSingleBit((member as Member).a__value_!)) return false;
    return members.names.items.includes(name);
  });
  const own = members.names.items as string[];
  if (wanted.length === own.length && wanted.every((name, i) => name === own[i])) return;
  fault(
    "TypeError",
    `member order does not match _order_:\n  ${String(repr(members.names))}\n  ${String(repr(new PyList(wanted)))}`,
  );
}

/** Bits of a value, lowest first. */
export function bitsOf(value: Value): Value[] {
  let rest = BigInt(value as number | bigint);
  const bits: Value[] = [];
  for (let bit = 1n; rest > 0n; bit <<= 1n) {
    if ((rest & bit) === 0n) continue;
    bits.push(bit <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bit) : bit);
    rest ^= bit;
  }
  return bits;
}
