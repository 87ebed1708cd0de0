/** Classes. A class's attributes live in its `dict`, and are mirrored on the prototype of its instances as `c_name`. */
import { fault } from "../fault.ts";
import { type Bag, bag, type Direct, type Keywords, PyObject, type Value } from "./object.ts";

/** What makes a JavaScript object of a class. */
export type Maker = new (...args: never[]) => PyObject;

/** What a class is made of. */
export interface TypeParts {
  name: string;
  bases: PyType[];
  /** The JavaScript class of its instances. */
  js: Maker;
  module?: string;
  qualname?: string;
  /** Whether a program may derive from it. */
  final?: boolean;
  /** Whether a program may change its attributes. */
  open?: boolean;
}

export class PyType extends PyObject {
  name: string;
  qualname: string;
  module: string;
  bases: PyType[];
  mro: PyType[];
  js: Maker;
  private readonly mirror: Bag;
  private readonly attributes: Map<string, Value> = new Map();
  /** Definitions that wait until somebody looks: see {@link later}. */
  waiting: (() => void)[] | undefined = [];
  readonly final: boolean;
  /** A class that a program made: it can be changed. */
  readonly open: boolean;
  /** Whether instances have attributes of their own. */
  hasDict = false;
  /** Names of methods that are still to be defined: there are no instances until then. */
  abstract: string[] | undefined = undefined;
  /** Whether instances can be referred to weakly. */
  weak = false;
  /** The slots of this class alone, as they are stored. */
  slots: string[] | undefined;
  /** Classes that a program derived from this one. */
  readonly derived: PyType[] = [];
  /** How `type.__call__` makes an instance; see call.ts. */
  construct: ((type: PyType, args: Value[], keywords: Keywords | undefined) => Value) | undefined;
  override c0: Direct | undefined = undefined;
  override c1: Direct | undefined = undefined;
  override c2: Direct | undefined = undefined;
  override c3: Direct | undefined = undefined;
  override c4: Direct | undefined = undefined;

  constructor(parts: TypeParts) {
    super();
    this.name = parts.name;
    this.qualname = parts.qualname ?? parts.name;
    this.module = parts.module ?? "builtins";
    this.bases = parts.bases;
    this.js = parts.js;
    this.mirror = parts.js.prototype as unknown as Bag;
    this.final = parts.final ?? false;
    this.open = parts.open ?? false;
    this.hasDict = parts.bases.some((base) => base.hasDict);
    this.mro = [this];
    (this.mirror as { type: unknown }).type = this;
  }

  /** Its own attributes. */
  get dict(): Map<string, Value> {
    if (this.waiting !== undefined) define(this, this.mirror);
    return this.attributes;
  }

  /** The prototype of its instances, with all attributes as `c_name`. */
  get proto(): Bag {
    if (this.waiting !== undefined) define(this, this.mirror);
    return this.mirror;
  }
}

/**
 * Defines attributes of a built-in class when somebody first looks into it, or into a class below:
 * there are a thousand methods, of which a short program needs a dozen.
 */
export function later(type: PyType, definition: () => void): void {
  if (type.waiting === undefined) definition();
  else type.waiting.push(definition);
}

/** Does what waits, for the classes above first. */
function define(type: PyType, mirror: Bag): void {
  const { waiting, c0, c1, c2, c3, c4 } = type;
  type.waiting = undefined;
  for (const base of type.bases) if (base.waiting !== undefined) void base.proto;
  // JavaScript's classes may stand in one another where Python's do not.
  const above = (Object.getPrototypeOf(mirror) as { type?: PyType }).type;
  if (above?.waiting !== undefined) void above.proto;
  try {
    for (const definition of waiting!) definition();
  } catch (error) {
    // The stack may have ended: who looks next begins again.
    type.waiting = waiting;
    throw error;
  }
  // A constructor that is defined now takes no ways in away.
  Object.assign(type, { c0, c1, c2, c3, c4 });
}

/** C3 linearisation (https://www.python.org/download/releases/2.3/mro/). */
export function linearize(type: PyType, bases: readonly PyType[]): PyType[] {
  const lists = [...bases.map((base) => [...base.mro]), [...bases]].filter((l) => l.length > 0);
  const mro: PyType[] = [type];
  let open = lists;
  while (open.length > 0) {
    const head = open.map((l) => l[0]!).find((c) => !open.some((l) => l.indexOf(c, 1) > 0));
    if (head === undefined) {
      const names = [...new Set(open.map((l) => l[0]!))].map((c) => c.name).join(", ");
      fault(
        "TypeError",
        `Cannot create a consistent method resolution\norder (MRO) for bases ${names}`,
      );
    }
    mro.push(head);
    open = open.map((l) => (l[0] === head ? l.slice(1) : l)).filter((l) => l.length > 0);
  }
  return mro;
}

/** The attribute of a class or of one of its bases, unbound. */
export function lookup(type: PyType, name: string): Value | undefined {
  return type.proto[`c_${name}`];
}

const specialKeys = new Map<string, string>();

/**
 * The property of a special method, by a name that the runtime itself gives: a text that is joined anew
 * would be looked up among all texts each time.
 */
export function specialKey(name: string): string {
  let key = specialKeys.get(name);
  if (key === undefined) specialKeys.set(name, (key = `c_${name}`));
  return key;
}

/** The same, by the classes' own tables, starting behind `after` in the MRO of `type`. */
export function lookupAfter(type: PyType, after: PyType, name: string): Value | undefined {
  const mro = type.mro;
  for (let i = mro.indexOf(after) + 1; i < mro.length; i++) {
    const value = mro[i]!.dict.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Sets an attribute of a class, or removes it. */
export function setTypeAttribute(type: PyType, name: string, value: Value | undefined): void {
  if (value === undefined) type.dict.delete(name);
  else type.dict.set(name, value);
  mirror(type, name);
}

/** Brings `c_name` of a class and of all below it up to date. */
function mirror(type: PyType, name: string): void {
  const key = `c_${name}`;
  const proto = type.proto;
  const own = type.dict.get(name);
  if (own !== undefined) proto[key] = own;
  else {
    // Deleting what is not there would cost the prototype its shape.
    if (Object.hasOwn(proto, key)) delete proto[key];
    if (type.bases.length > 1) mirrorInherited(type, name);
  }
  if (WAYS_IN.has(name)) forgetWaysIn(type);
  if (name === "__setattr__" || name === "__getattribute__") judge(type);
  for (const below of type.derived) if (!below.dict.has(name)) mirror(below, name);
}

/** Where a class has several bases, the prototypes form one chain and what it gets wrong is copied. */
function mirrorInherited(type: PyType, name: string): void {
  const key = `c_${name}`;
  const right = lookupAfter(type, type, name);
  if (right !== type.proto[key]) {
    if (right === undefined) delete type.proto[key];
    else type.proto[key] = right;
  }
}

const WAYS_IN = new Set(["__init__", "__new__", "__call__"]);

function forgetWaysIn(type: PyType): void {
  type.c0 = type.c1 = type.c2 = type.c3 = type.c4 = undefined;
}

/** Decides whether stores to instances are plain. */
function judge(type: PyType): void {
  const proto = type.proto as unknown as { plain: boolean; exotic: boolean };
  const root = type.mro.at(-1)!;
  proto.exotic = lookup(type, "__getattribute__") !== root.dict.get("__getattribute__");
  proto.plain =
    type.hasDict &&
    !proto.exotic &&
    // What is stored in a class goes to its dict.
    !(type.proto instanceof PyType) &&
    lookup(type, "__setattr__") === root.dict.get("__setattr__");
  if (type.slots !== undefined && type.slots.length > 0)
    (proto as { slotted?: boolean }).slotted = true;
}

/** Puts a class in its place: MRO, mirrors of all it inherits, ways in. */
export function settle(type: PyType, mro: PyType[] = linearize(type, type.bases)): void {
  type.mro = mro;
  for (const base of type.bases) {
    if (base.waiting !== undefined) void base.proto;
    if (base.open) base.derived.push(type);
  }
  if (type.bases.length > 1) {
    const names = new Set(mro.slice(1).flatMap((one) => [...one.dict.keys()]));
    for (const name of names) if (!type.dict.has(name)) mirrorInherited(type, name);
  }
  for (const [name, value] of type.dict) type.proto[`c_${name}`] = value;
  judge(type);
}

/** Takes a class out of the lists of its bases, before it gets others. */
export function unsettle(type: PyType): void {
  for (const base of type.bases) {
    const at = base.derived.indexOf(type);
    if (at >= 0) base.derived.splice(at, 1);
  }
  for (const key of Object.keys(type.proto)) {
    if (key.startsWith("c_")) delete type.proto[key];
  }
  forgetWaysIn(type);
}

/** Whether `type` is `base` or below it. */
export function isSubtype(type: PyType, base: PyType): boolean {
  return type === base || type.mro.includes(base);
}

/** Whether an object has this attribute of its own. */
export function ownAttribute(object: PyObject, name: string): Value | undefined {
  const { borrowed } = object as { borrowed?: { get(name: string): Value | undefined } };
  const own = bag(object);
  return own[`a_${name}`] ?? own[`h_${name}`] ?? borrowed?.get(name);
}
