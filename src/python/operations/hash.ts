import { enter, leave, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { hashFloat, hashInt } from "../numeric/hashes.ts";
import { PyFloat, floatType } from "../objects/float.ts";
import { None, type Value } from "../objects/object.ts";
import { objectType } from "../objects/root.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { type Str, sizeOf } from "../text/wide.ts";
import { PyTuple, tupleType } from "../objects/tuple.ts";
import { call } from "./call.ts";
import { bindDescriptor } from "./attributes.ts";
import { shownName, typeOf } from "./typeof.ts";

/** `hash(value)`: an int of at most 61 bits. Throws TypeError for what cannot be hashed. */
export function hash(value: Value): number | bigint {
  if (typeof value === "number" || typeof value === "bigint") return hashInt(value);
  if (typeof value === "string") return hashText(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value.type === tupleType) return hashTuple((value as PyTuple).items);
  if (value.type === floatType && !Number.isNaN((value as PyFloat).v)) {
    return hashFloat((value as PyFloat).v);
  }
  const own = typeOf(value);
  const method = lookup(own, "__hash__");
  if (method === undefined || method === None) unhashable(own);
  const result = call(bindDescriptor(method, value, own), []);
  if (typeof result === "number") return result;
  if (typeof result === "boolean") return result ? 1 : 0;
  if (typeof result === "bigint") return hashInt(result);
  const int = (result as { int?: number | bigint }).int;
  if (int === undefined) fault("TypeError", "__hash__ method should return an integer");
  return hashInt(int);
}

function unhashable(type: PyType): never {
  fault("TypeError", `unhashable type: '${shownName(type)}'`);
}

/** FNV-1a over the characters (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hashText(text: string): number {
  if (text.length > 64) spend(text.length >>> 3);
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h === -1 ? -2 : h;
}

/** The same of a str in any form. */
export function hashStr(text: Str): number {
  if (typeof text === "string") return hashText(text);
  spend(sizeOf(text) >>> 3);
  let h = 0x811c9dc5;
  for (const point of text.points) h = Math.imul(h ^ point, 0x01000193);
  return h === -1 ? -2 : h;
}

/** Folds the hashes of items, whose order counts. */
export function hashTuple(items: readonly Value[]): number {
  enter();
  spend(items.length);
  let h = 0x345678;
  for (const item of items) h = (Math.imul(h ^ fold(hash(item)), 0x9e3779b1) + 0x52c1) | 0;
  leave();
  return h === -1 ? -2 : h;
}

/** 32 bits of a hash. */
export function fold(code: number | bigint): number {
  if (typeof code === "number") return (code | 0) ^ (Math.floor(code / 0x100000000) | 0);
  return Number(BigInt.asIntN(32, code ^ (code >> 32n)));
}

/** Whether objects of a class are equal to themselves alone. */
export function isIdentityHashed(type: PyType): boolean {
  return (
    type.proto["c___hash__"] === objectType.proto["c___hash__"] &&
    type.proto["c___eq__"] === objectType.proto["c___eq__"]
  );
}
