/** `Flag`: members that can be joined by `|`. */
import { fault } from "../../fault.ts";
import { classMethods, methods } from "../../objects/define.ts";
import { storeAttribute } from "../../objects/dict.ts";
import { PyBuiltin, PyStaticMethod } from "../../objects/function.ts";
import { bag, None, NotImplemented, PyObject, type Value } from "../../objects/object.ts";
import { PyList } from "../../objects/list.ts";
import { objectType } from "../../objects/root.ts";
import { intType } from "../../objects/scalars.ts";
import type { PyType } from "../../objects/type.ts";
import { ListIterator } from "../../objects/iterator.ts";
import { add, and, or, xor } from "../../operations/binary.ts";
import { call, call1 } from "../../operations/call.ts";
import { isGt, isLe } from "../../operations/compare.ts";
import { toArray } from "../../operations/iterate.ts";
import { repr } from "../../operations/repr.ts";
import { invert } from "../../operations/unary.ts";
import { isInstance, typeOf } from "../../operations/typeof.ts";
import { bitsOf } from "./creation.ts";
import { type Member, type Members, membersOf } from "./members.ts";
import { getAttribute } from "../../operations/attributes.ts";

const asInt = (value: Value): number | bigint =>
  typeof value === "object"
    ? (value as unknown as { int: number | bigint }).int
    : (value as number | bigint);

const lengthOf = (value: Value): number => BigInt(asInt(value)).toString(2).replace("-", "").length;

/** `0b0 0101`: the sign bit, then the digits. */
function binaryText(value: Value, bits = 0): string {
  const number = BigInt(asInt(value));
  const width = Math.max(bits, number === 0n ? 1 : lengthOf(value));
  const digits = BigInt.asUintN(width, number).toString(2).padStart(width, "0");
  return `0b${number < 0n ? 1 : 0} ${digits}`;
}

/** The canonical members in a value, lowest first or as they were defined. */
function parts(members: Members, value: Value): Member[] {
  const found = bitsOf(and(value, members.mask)).map((bit) => members.byValue.get(bit) as Member);
  if (members.inOrder) return found;
  return found.toSorted((a, b) => Number(a.a__sort_order_) - Number(b.a__sort_order_));
}

/** `Flag._missing_`: the member that a value without one of its own stands for. */
function composite(cls: PyType, given: Value): Value {
  if (!isInstance(given, intType))
    fault("ValueError", `${String(repr(given))} is not a valid ${cls.qualname}`);
  const members = membersOf(cls)!;
  const { mask, allBits, boundary } = members;
  const limit = boundary === undefined ? "strict" : String((boundary as Member).a__value_);
  let value: Value = asInt(given);
  const within = isLe(invert(allBits), value) && isLe(value, allBits);
  if (!within || and(value, xor(allBits, mask)) !== 0) {
    if (limit === "strict") {
      const bits = Math.max(value === 0 ? 0 : lengthOf(value), mask === 0 ? 0 : lengthOf(mask));
      fault(
        "ValueError",
        `${String(repr(cls))} invalid value ${String(repr(value))}\n    given ${binaryText(value, bits)}\n  allowed ${binaryText(mask, bits)}`,
      );
    }
    if (limit === "conform") value = and(value, mask);
    else if (limit === "eject") return value;
    else if (isGt(0, value)) {
      const room = add(allBits, 1);
      const own = 2n ** BigInt(lengthOf(value));
      const more: Value = own <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(own) : own;
      value = add(isGt(room, more) ? room : more, value);
    }
  }
  let negative: Value | undefined;
  if (isGt(0, value)) {
    negative = value;
    value = add(add(allBits, 1), value);
  }
  const unknown = and(value, invert(mask));
  if (unknown !== 0 && limit !== "keep") {
    fault(
      "ValueError",
      `${cls.name}(${String(repr(value))}) -->  unknown values ${String(repr(unknown))} [${binaryText(unknown)}]`,
    );
  }
  const known = members.byValue.get(value);
  if (known !== undefined) return known;
  const made =
    members.dataType === objectType
      ? new (cls.js as unknown as new () => PyObject)()
      : (call(getAttribute(members.dataType, "__new__"), [cls, value]) as PyObject);
  if (bag(made)["a__value_"] === undefined) storeAttribute(made, "_value_", value);
  const names = parts(members, value).map((one) => String(one.a__name_));
  if (names.length > 0 && unknown !== 0) {
    names.push(String(call1(getAttribute(cls, "_numeric_repr_"), unknown)));
  }
  storeAttribute(made, "_name_", names.length === 0 ? None : names.join("|"));
  if (unknown === 0) {
    members.byValue.set(value, made);
    if (negative !== undefined) members.byValue.set(negative, made);
  }
  return made;
}

/** The value of the other operand, where it fits. */
function operand(self: Member, other: Value): Value | undefined {
  if (isInstance(other, self.type)) return (other as Member).a__value_!;
  const { dataType } = membersOf(self.type)!;
  return dataType !== objectType && isInstance(other, dataType) ? other : undefined;
}

const operator =
  (operate: (a: Value, b: Value) => Value) =>
  (self: Member, other: Value): Value => {
    const value = operand(self, other);
    return value === undefined ? NotImplemented : call1(self.type, operate(self.a__value_!, value));
  };

export function defineFlag(flag: PyType): void {
  methods(flag, {
    __or__: operator(or),
    __and__: operator(and),
    __xor__: operator(xor),
    __ror__: operator(or),
    __rand__: operator(and),
    __rxor__: operator(xor),
    __invert__: (self: Member) => {
      if (self.a__inverted_ !== undefined) return self.a__inverted_;
      const members = membersOf(self.type)!;
      const keep =
        members.boundary !== undefined && (members.boundary as Member).a__value_ === "keep";
      const value = keep ? invert(self.a__value_!) : xor(members.mask, self.a__value_!);
      const made = call1(self.type, value);
      self.a__inverted_ = made;
      if (isInstance(made, self.type)) (made as Member).a__inverted_ = self;
      return made;
    },
    __contains__: (self: Member, other: Value) => {
      if (!isInstance(other, self.type)) {
        fault(
          "TypeError",
          `unsupported operand type(s) for 'in': '${typeOf(other).qualname}' and '${self.type.qualname}'`,
        );
      }
      const value = (other as Member).a__value_!;
      return and(value, self.a__value_!) === value;
    },
    __iter__: (self: Member) =>
      new ListIterator({ items: parts(membersOf(self.type)!, self.a__value_!) }),
    __len__: (self: Member) => bitsOf(asInt(self.a__value_!)).length,
    __bool__: (self: Member) => asInt(self.a__value_!) !== 0,
    __repr__: (self: Member) => {
      const { valueRepr } = membersOf(self.type)!;
      const value =
        valueRepr === undefined ? repr(self.a__value_!) : call1(valueRepr, self.a__value_!);
      const name = self.a__name_ === None ? "" : `.${String(self.a__name_)}`;
      return `<${self.type.name}${name}: ${String(value)}>`;
    },
    __str__: (self: Member) =>
      self.a__name_ === None
        ? `${self.type.name}(${String(repr(self.a__value_!))})`
        : `${self.type.name}.${String(self.a__name_)}`,
  });
  classMethods(flag, {
    _missing_: (cls: PyType, value: Value) => composite(cls, value),
    _iter_member_: (cls: PyType, value: Value) => new PyList(parts(membersOf(cls)!, value)),
  });
}

/** The next power of two, for `auto()`. */
export function nextFlag(_name: Value, start: Value, count: Value, last: Value): Value {
  if (count === 0) return start === None ? 1 : start;
  let most: Value | undefined;
  for (const value of toArray(last)) if (most === undefined || isGt(value, most)) most = value;
  if (!isInstance(most!, intType)) fault("TypeError", `invalid flag value ${String(repr(most!))}`);
  const next = most === 0 ? 1n : 1n << BigInt(lengthOf(most!));
  return next <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(next) : next;
}

export const numericRepr: PyStaticMethod = new PyStaticMethod(
  new PyBuiltin("repr", (value: Value) => repr(value) as Value),
);
