import { spend } from "../budget.ts";
import { fromJs, toJs, WideStr } from "../text/wide.ts";
import { Keyed } from "./keyed.ts";
import { bag, type Keywords, type PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import { state } from "./state.ts";
import { isSubtype, lookup, type PyType } from "./type.ts";

export class PyDict extends Keyed<Value> {
  static ofEntries(entries: Iterable<readonly [Value, Value]>): PyDict {
    const dict = new PyDict();
    for (const [key, value] of entries) dict.set(key, value);
    return dict;
  }

  /** A dict of keyword arguments. */
  static ofKeywords(keywords: Keywords | undefined): PyDict {
    const dict = new PyDict();
    if (keywords !== undefined) for (const [name, value] of keywords) dict.set(fromJs(name), value);
    return dict;
  }
}

export const dictType: PyType = builtinType("dict", PyDict);

/** The attributes of an object as a dict: `__dict__`, `globals()`. What is stored in one is seen in the other. */
export class AttributeDict extends PyDict {
  readonly owner: PyObject;
  /** Entries whose keys are no strings. */
  private readonly odd: PyDict = new PyDict();

  constructor(owner: PyObject) {
    super();
    this.owner = owner;
  }

  /** Makes a dict show the attributes of an object, which gets those that the dict has: what is stored in one is seen in the other. */
  static adopt(dict: PyDict, owner: PyObject): void {
    const entries = [...dict.entries()];
    dict.clear();
    Object.setPrototypeOf(dict, AttributeDict.prototype);
    Object.assign(dict, { owner, odd: new PyDict() });
    for (const [key, value] of entries) dict.set(key, value);
  }

  override get size(): number {
    return this.names().length + this.odd.size;
  }

  override get(key: Value): Value | undefined {
    const name = nameOf(key);
    if (name === undefined) return this.odd.get(key);
    return hiddenOf(this.owner, name) ?? bag(this.owner)[`a_${name}`];
  }

  override has(key: Value): boolean {
    return this.get(key) !== undefined;
  }

  override set(key: Value, value: Value): void {
    const name = nameOf(key);
    if (name === undefined) this.odd.set(key, value);
    else storeAttribute(this.owner, name, value);
  }

  override delete(key: Value): Value | undefined {
    const name = nameOf(key);
    if (name === undefined) return this.odd.delete(key);
    const value = this.get(key);
    if (value !== undefined) dropAttribute(this.owner, name);
    return value;
  }

  override find(key: Value): Value | undefined {
    return this.has(key) ? key : undefined;
  }

  override clear(): void {
    for (const name of this.names()) dropAttribute(this.owner, name);
    this.odd.clear();
  }

  override *keys(): IterableIterator<Value> {
    for (const name of this.names()) yield fromJs(name);
    yield* this.odd.keys();
  }

  override *values(): IterableIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  override *entries(): IterableIterator<[Value, Value]> {
    for (const name of this.names()) {
      const key: Value = fromJs(name);
      yield [key, this.get(key)!];
    }
    yield* this.odd.entries();
  }

  override popLast(): [Value, Value] | undefined {
    const keys = [...this.keys()];
    spend(keys.length);
    const key = keys.at(-1);
    return key === undefined ? undefined : [key, this.delete(key)!];
  }

  override copyFrom(other: PyDict): void {
    for (const [key, value] of other.entries()) this.set(key, value);
  }

  private names(): string[] {
    return attributeNames(this.owner);
  }
}

/** The name of an attribute that a key is, as JavaScript has it. */
function nameOf(key: Value): string | undefined {
  return typeof key === "string" ? key : key instanceof WideStr ? toJs(key) : undefined;
}

/** The dict that stands for an object's attributes since a program gave it one. */
function borrowedOf(object: PyObject): PyDict | undefined {
  return (object as { borrowed?: PyDict }).borrowed;
}

/** An attribute kept away from the properties that compiled code reads: a descriptor of the class comes before it. */
function hiddenOf(object: PyObject, name: string): Value | undefined {
  return bag(object)[`h_${name}`];
}

/** The names of an object's own attributes, in order. */
export function attributeNames(object: PyObject): string[] {
  const borrowed = borrowedOf(object);
  if (borrowed !== undefined) {
    return [...borrowed.keys()].filter((key) => typeof key === "string");
  }
  const names: string[] = [];
  const properties = bag(object);
  const slotted = (object as { slotted?: boolean }).slotted === true;
  for (const key of Object.keys(properties)) {
    const hidden = key.startsWith("h_");
    if ((!hidden && !key.startsWith("a_")) || properties[key] === undefined) continue;
    const name = key.slice(2);
    if (hidden || !slotted || !isSlot(object, name)) names.push(name);
  }
  return names;
}

/** Whether a name is a slot of the object's class: no part of `__dict__`. */
function isSlot(object: PyObject, name: string): boolean {
  return object.type.mro.some((one) => one.slots?.includes(name));
}

/** What stands in the way of a method that an attribute of the instance covers. */
const COVERED = {};

/** Stores an attribute of an object's own, whatever its class says. */
export function storeAttribute(object: PyObject, name: string, value: Value): void {
  state.run?.seal?.guard(object, name);
  const borrowed = borrowedOf(object);
  if (borrowed !== undefined) {
    borrowed.set(name, value);
    return;
  }
  const inherited = lookup(object.type, name);
  const exotic = (object as { exotic?: boolean }).exotic === true;
  if (exotic || (inherited !== undefined && isDataDescriptor(inherited))) {
    bag(object)[`h_${name}`] = value;
    return;
  }
  bag(object)[`a_${name}`] = value;
  if (inherited !== undefined) (bag(object) as Record<string, unknown>)[`c_${name}`] = COVERED;
}

/** Removes an attribute of an object's own; false if there was none. */
export function dropAttribute(object: PyObject, name: string): boolean {
  state.run?.seal?.guard(object, name);
  const borrowed = borrowedOf(object);
  if (borrowed !== undefined) return borrowed.delete(name) !== undefined;
  if (hiddenOf(object, name) !== undefined) return delete bag(object)[`h_${name}`];
  if (bag(object)[`a_${name}`] === undefined) return false;
  delete bag(object)[`a_${name}`];
  if (Object.hasOwn(object, `c_${name}`)) delete bag(object)[`c_${name}`];
  return true;
}

/** Whether a class's attribute comes before an instance's own. */
export function isDataDescriptor(value: Value): boolean {
  if (typeof value !== "object") return false;
  return (
    lookup(value.type, "__set__") !== undefined || lookup(value.type, "__delete__") !== undefined
  );
}

/** Whether an object's class is a dict's. */
export function isDict(value: Value): value is PyDict {
  return typeof value === "object" && isSubtype(value.type, dictType);
}
