/** Making classes: the `class` statement, and `type(name, bases, namespace)`. */
import { fault } from "../fault.ts";
import { PyDict } from "../objects/dict.ts";
import {
  PyClassMethod,
  PyFunction,
  PyGetSet,
  PyMember,
  PyStaticMethod,
} from "../objects/function.ts";
import { bag, below, type Keywords, None, PyObject, type Value } from "../objects/object.ts";
import { objectType, typeType } from "../objects/root.ts";
import { state } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import {
  isSubtype,
  linearize,
  lookup,
  lookupAfter,
  type Maker,
  PyType,
  settle,
  unsettle,
} from "../objects/type.ts";
import {
  bindDescriptor,
  dictOf,
  findAttribute,
  getAttribute,
  setAttributeDict,
} from "./attributes.ts";
import { exceptionType, isException, makeException, raising } from "../objects/exception.ts";
import { call } from "./call.ts";
import { mappingEntries } from "./displays.ts";
import { toArray } from "./iterate.ts";
import { typeOf } from "./typeof.ts";

/** Where a class body leaves the class for `super()` and `__class__`. */
class Cell extends PyObject {
  readonly set: (type: Value) => void;
  constructor(set: (type: Value) => void) {
    super();
    this.set = set;
  }
}

/** `class name(bases, **keywords): body`. */
export function buildClass(
  name: string,
  given: Value[],
  keywords: Keywords | undefined,
  body: (namespace: Value) => void,
  setCell: ((type: Value) => void) | undefined,
): Value {
  const bases = resolveBases(given);
  const rest: Keywords = new Map(keywords ?? []);
  const wanted = rest.get("metaclass");
  rest.delete("metaclass");
  const first = bases[0];
  let meta = wanted ?? (first === undefined ? typeType : typeOf(first));
  if (meta instanceof PyType) meta = mostDerived(meta, bases);
  const prepare = findAttribute(meta, "__prepare__");
  const tuple = new PyTuple(bases);
  const namespace =
    meta === typeType || prepare === undefined ? new PyDict() : call(prepare, [name, tuple], rest);
  body(namespace);
  if (bases.length !== given.length || bases.some((b, i) => b !== given[i])) {
    put(namespace, "__orig_bases__", new PyTuple(given));
  }
  if (setCell !== undefined) put(namespace, "__classcell__", new Cell(setCell));
  return call(meta, [name, tuple, namespace], rest.size === 0 ? undefined : rest);
}

function put(namespace: Value, name: string, value: Value): void {
  if (namespace instanceof PyDict) namespace.set(name, value);
  else call(getAttribute(namespace, "__setitem__"), [name, value]);
}

/** PEP 560: what is no class among the bases may stand for some. */
export function resolveBases(given: readonly Value[]): Value[] {
  return given.flatMap((base) => {
    if (base instanceof PyType) return [base];
    const entries = lookup(typeOf(base), "__mro_entries__");
    if (entries === undefined) return [base];
    const found = call(bindDescriptor(entries, base, typeOf(base)), [new PyTuple([...given])]);
    if (!(found instanceof PyTuple)) fault("TypeError", "__mro_entries__ must return a tuple");
    return found.items;
  });
}

/** The metaclass that derives from those of all bases. */
export function mostDerived(meta: PyType, bases: readonly Value[]): PyType {
  let winner = meta;
  for (const base of bases) {
    const own = typeOf(base);
    if (isSubtype(winner, own)) continue;
    if (isSubtype(own, winner)) winner = own;
    else {
      fault(
        "TypeError",
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
      );
    }
  }
  return winner;
}

/** `type.__new__(meta, name, bases, namespace, **keywords)`. */
export function makeType(
  meta: PyType,
  name: string,
  given: readonly Value[],
  namespace: Value,
  keywords: Keywords | undefined,
): PyType {
  const bases = given.length === 0 ? [objectType] : given.map(checkBase);
  const layout = layoutBase(bases);
  const dict = new Map<string, Value>();
  for (const [key, value] of mappingEntries(namespace))
    if (typeof key === "string") dict.set(key, value);
  if (!dict.has("__module__")) dict.set("__module__", "__main__");
  const cell = dict.get("__classcell__");
  dict.delete("__classcell__");
  const qualname = dict.get("__qualname__");
  if (qualname !== undefined && typeof qualname !== "string") {
    fault("TypeError", `type __qualname__ must be a str, not ${typeOf(qualname).name}`);
  }
  dict.delete("__qualname__");
  const slots = slotsOf(name, bases, dict);
  const Made = meta.js as unknown as new (parts: unknown) => PyType;
  const js = instanceClass(layout);
  const proto = js.prototype as Partial<
    Record<"isFloat" | "isItems" | "isList" | "isModule", boolean>
  >;
  if (layout !== objectType) proto.isFloat = proto.isItems = proto.isList = proto.isModule = false;
  const type = new Made({
    name,
    qualname: typeof qualname === "string" ? qualname : name,
    bases,
    js,
    module:
      typeof dict.get("__module__") === "string" ? (dict.get("__module__") as string) : "builtins",
    open: true,
  });
  const inheritsDict = bases.some((base) => base.hasDict);
  const inheritsWeak = bases.some((base) => base.weak);
  type.hasDict = inheritsDict || slots === undefined || slots.includes("__dict__");
  type.weak = inheritsWeak || slots === undefined || slots.includes("__weakref__");
  if (slots !== undefined) addSlots(type, slots, dict);
  if (type.hasDict && !inheritsDict) {
    dict.set("__dict__", new PyGetSet("__dict__", type, dictOf, setAttributeDict));
  }
  if (type.weak && !inheritsWeak) {
    dict.set("__weakref__", new PyGetSet("__weakref__", type, (_self: Value) => None));
  }
  if (!dict.has("__doc__")) dict.set("__doc__", None);
  wrapSpecial(dict);
  for (const [key, value] of dict) type.dict.set(key, value);
  settle(type, resolutionOrder(type, meta));
  noteSubclass(type);
  if (cell instanceof Cell) cell.set(type);
  nameDescriptors(type, dict);
  initSubclass(type, keywords);
  return type;
}

function checkBase(base: Value, at: number, bases: readonly Value[]): PyType {
  if (!(base instanceof PyType)) {
    if (lookup(typeOf(base), "__mro_entries__") !== undefined) {
      fault("TypeError", "type() doesn't support MRO entry resolution; use types.new_class()");
    }
    fault("TypeError", "bases must be types");
  }
  if (bases.indexOf(base) !== at) fault("TypeError", `duplicate base class ${base.name}`);
  if (base.final) fault("TypeError", `type '${base.name}' is not an acceptable base type`);
  return base;
}

/** The base that decides the layout, and whose JavaScript class instances are of. */
export function layoutBase(bases: readonly PyType[]): PyType {
  let best = bases[0]!;
  for (const base of bases.slice(1)) {
    const solid = solidOf(base);
    const current = solidOf(best);
    if (solid === current || isSubtype(current, solid)) continue;
    if (isSubtype(solid, current)) best = base;
    else fault("TypeError", "multiple bases have instance lay-out conflict");
  }
  return best;
}

/** The class that decides how instances are laid out: a built-in one with fields, or one with slots. */
function solidOf(type: PyType): PyType {
  return (
    type.mro.find((one) => (one.open ? (one.slots?.length ?? 0) > 0 : !isPlainException(one))) ??
    objectType
  );
}

/** Exceptions with fields of their own. */
const FIELDS = new Set(
  "BaseException BaseExceptionGroup StopIteration SystemExit ImportError OSError SyntaxError UnicodeError UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError AttributeError NameError".split(
    " ",
  ),
);

function isPlainException(type: PyType): boolean {
  return isSubtype(type, exceptionType("BaseException")) && !FIELDS.has(type.name);
}

/** A JavaScript class for the instances of a class. */
function instanceClass(layout: PyType): Maker {
  const Base = layout.js as unknown as new (...args: unknown[]) => PyObject;
  if (layout.mro.every((one) => one.open || one === objectType)) {
    return below(Base, class {}) as Maker;
  }
  return class extends Base {} as unknown as Maker;
}

/** Whether instances of one class cannot become instances of another. */
export function differsInLayout(from: PyType, to: PyType): boolean {
  const slots = (type: PyType): string =>
    type.mro.flatMap((one) => (one.slots ?? []).toSorted()).join(" ");
  const builtIn = (type: PyType): PyType | undefined =>
    type.mro.find((one) => !one.open && !isPlainException(one));
  return builtIn(from) !== builtIn(to) || from.hasDict !== to.hasDict || slots(from) !== slots(to);
}

/** `cls.__bases__ = bases`: the order of classes is found anew, here and below. */
export function setBases(type: PyType, given: readonly Value[]): void {
  const bases = given.map(checkBase);
  for (const base of bases) {
    if (isSubtype(base, type) || descends(base, type))
      fault("TypeError", "a __bases__ item causes an inheritance cycle");
  }
  const layout = layoutBase(bases);
  const before = layoutBase(type.bases);
  if (solidOf(layout) !== solidOf(before) || layout.hasDict !== before.hasDict) {
    fault(
      "TypeError",
      `__bases__ assignment: '${layout.name}' object layout differs from '${before.name}'`,
    );
  }
  const old = type.bases;
  const table = state.run?.subclasses;
  for (const base of old)
    table?.set(
      base,
      (table.get(base) ?? []).filter((one) => one !== type),
    );
  unsettle(type);
  type.bases = bases;
  Object.setPrototypeOf(type.proto, layout.proto);
  Object.setPrototypeOf(type.js, layout.js);
  settle(type, resolutionOrder(type, type.type));
  noteSubclass(type);
  for (const below of type.derived.slice()) resettle(below);
}

/** By the bases alone: while a program's `mro()` runs, what it will give is not known yet. */
function descends(type: PyType, from: PyType): boolean {
  const above = new Set([type]);
  for (const one of above) for (const base of one.bases) above.add(base);
  return above.has(from);
}

function resettle(type: PyType): void {
  unsettle(type);
  settle(type, resolutionOrder(type, type.type));
  for (const below of type.derived.slice()) resettle(below);
}

function resolutionOrder(type: PyType, meta: PyType): PyType[] {
  const custom = lookup(meta, "mro");
  if (custom === undefined || custom === typeType.dict.get("mro"))
    return linearize(type, type.bases);
  return toArray(call(bindDescriptor(custom, type, meta), [])) as PyType[];
}

/** The names that `__slots__` asks for, mangled. */
function slotsOf(
  type: string,
  bases: readonly PyType[],
  dict: ReadonlyMap<string, Value>,
): string[] | undefined {
  const slots = dict.get("__slots__");
  if (slots === undefined) return undefined;
  const names = typeof slots === "string" ? [slots] : toArray(slots);
  if (names.length > 0) {
    const sized = bases.find((base) => isSized(base));
    if (sized !== undefined) {
      fault("TypeError", `nonempty __slots__ not supported for subtype of '${sized.name}'`);
    }
  }
  const taken: string[] = [];
  for (const name of names) {
    if (typeof name !== "string") {
      fault("TypeError", `__slots__ items must be strings, not '${typeOf(name).name}'`);
    }
    if (!IDENTIFIER.test(name)) fault("TypeError", "__slots__ must be identifiers");
    if (name === "__dict__" && (taken.includes(name) || bases.some((base) => base.hasDict))) {
      fault("TypeError", "__dict__ slot disallowed: we already got one");
    }
    if (name === "__weakref__" && (taken.includes(name) || bases.some((base) => base.weak))) {
      fault(
        "TypeError",
        "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0",
      );
    }
    const own = mangled(type, name);
    if (dict.has(own) && own !== "__qualname__" && own !== "__classcell__") {
      fault("ValueError", `'${name}' in __slots__ conflicts with class variable`);
    }
    taken.push(own);
  }
  return taken;
}

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** Built-in classes whose instances have no fixed size in CPython. */
function isSized(type: PyType): boolean {
  const { name } = solidOf(type);
  return (
    !solidOf(type).open &&
    (name === "int" || name === "tuple" || name === "bytes" || name === "type")
  );
}

function mangled(type: string, name: string): string {
  const plain = type.replace(/^_+/, "");
  return name.startsWith("__") && !name.endsWith("__") && plain !== "" ? `_${plain}${name}` : name;
}

/** Slots are stored as attributes; a descriptor of the class knows that there is one. */
function addSlots(type: PyType, slots: readonly string[], dict: Map<string, Value>): void {
  type.slots = [];
  for (const name of slots) {
    if (name === "__dict__" || name === "__weakref__") continue;
    type.slots.push(name);
    const key = `a_${name}`;
    const read = (self: PyObject): Value | undefined => bag(self)[key];
    const write = (self: PyObject, value: Value | undefined): void => {
      if (value !== undefined) bag(self)[key] = value;
      else if (bag(self)[key] === undefined) fault("AttributeError", name);
      else delete bag(self)[key];
    };
    dict.set(name, new PyMember(name, type, read, write));
  }
}

/** Functions of these names become static or class methods by themselves. */
function wrapSpecial(dict: Map<string, Value>): void {
  const make = dict.get("__new__");
  if (make instanceof PyFunction) dict.set("__new__", new PyStaticMethod(make));
  for (const name of ["__init_subclass__", "__class_getitem__"]) {
    const func = dict.get(name);
    if (func instanceof PyFunction) dict.set(name, new PyClassMethod(func));
  }
  if (dict.has("__eq__") && !dict.has("__hash__")) dict.set("__hash__", None);
}

function noteSubclass(type: PyType): void {
  const table = state.run?.subclasses;
  if (table === undefined) return;
  for (const base of type.bases) {
    const known = table.get(base);
    if (known === undefined) table.set(base, [type]);
    else known.push(type);
  }
}

function nameDescriptors(type: PyType, dict: ReadonlyMap<string, Value>): void {
  for (const [name, value] of dict) {
    if (typeof value !== "object") continue;
    const hook = lookup(value.type, "__set_name__");
    if (hook === undefined) continue;
    try {
      call(bindDescriptor(hook, value, value.type), [type, name]);
    } catch (error) {
      throw unnamed(error, value.type.name, name, type.name);
    }
  }
}

/** What an error in `__set_name__` becomes. */
function unnamed(error: unknown, kind: string, name: string, type: string): unknown {
  if (!isException(error, "Exception")) return error;
  const message = `Error calling __set_name__ on '${kind}' instance '${name}' in '${type}'`;
  const wrapped = raising(makeException(exceptionType("RuntimeError"), [message]));
  wrapped.cause = wrapped.context = error;
  wrapped.suppress = true;
  return wrapped;
}

function initSubclass(type: PyType, keywords: Keywords | undefined): void {
  const hook = lookupAfter(type, type, "__init_subclass__");
  if (hook === undefined || hook === objectType.dict.get("__init_subclass__")) {
    if (keywords !== undefined && keywords.size > 0) {
      fault("TypeError", `${type.name}.__init_subclass__() takes no keyword arguments`);
    }
    return;
  }
  call(bindDescriptor(hook, undefined, type), [], keywords);
}
