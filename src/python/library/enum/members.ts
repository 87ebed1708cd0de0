/** What an enumeration knows of its members. */
import type { PyDict } from "../../objects/dict.ts";
import type { PyList } from "../../objects/list.ts";
import type { PyObject, Value } from "../../objects/object.ts";
import type { PyType } from "../../objects/type.ts";

export interface Members {
  /** Names without aliases, in the order of definition. */
  readonly names: PyList;
  /** All names, with aliases. */
  readonly map: PyDict;
  readonly byValue: PyDict;
  /** The class that members are of beside the enumeration; `object` for none. */
  readonly dataType: PyType;
  /** What makes a member, and whether it gets the values. */
  readonly make: Value;
  readonly withValues: boolean;
  /** How a value is written in a member's repr. */
  readonly valueRepr: Value | undefined;
  /** For flags. */
  boundary: Value | undefined;
  mask: Value;
  allBits: Value;
  inOrder: boolean;
}

type EnumClass = PyType & { enumeration?: Members };

/** The members of an enumeration; `undefined` for other classes. */
export function membersOf(type: PyType): Members | undefined {
  return (type as EnumClass).enumeration;
}

export function setMembers(type: PyType, members: Members): void {
  (type as EnumClass).enumeration = members;
}

/** Attributes of a member, as they are stored. */
export interface Member extends PyObject {
  a__value_?: Value;
  a__name_?: Value;
  a__sort_order_?: Value;
  a__inverted_?: Value;
}
