/** Making classes: the `class` statement, and `type(name, bases, namespace)`. */
import { fault } from "../fault.ts";
import { PyDict } from "../objects/dict.ts";
import { PyClassMethod, PyFunction, PyGetSet, PyStaticMethod } from "../objects/function.ts";
import { bag, type Keywords, None, PyObject, type Value } from "../objects/object.ts";
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
} from "../objects/type.ts";
import { bindDescriptor, findAttribute, getAttribute } from "./attributes.ts";
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
function resolveBases(given: readonly Value[]): Value[] {
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
function mostDerived(meta: PyType, bases: readonly Value[]): PyType {
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
  const cell = dict.get("__classcell__");
  dict.delete("__classcell__");
  const qualname = dict.get("__qualname__");
  dict.delete("__qualname__");
  const slots = slotsOf(dict);
  const Made = meta.js as unknown as new (parts: unknown) => PyType;
  const type = new Made({
    name,
    qualname: typeof qualname === "string" ? qualname : name,
    bases,
    js: instanceClass(layout),
    module:
      typeof dict.get("__module__") === "string" ? (dict.get("__module__") as string) : "builtins",
    open: true,
  });
  type.slots = slots;
  type.hasDict =
    bases.some((base) => base.hasDict) || slots === undefined || slots.includes("__dict__");
  if (slots !== undefined) addSlots(type, slots, dict);
  wrapSpecial(dict);
  for (const [key, value] of dict) type.dict.set(key, value);
  settle(type, resolutionOrder(type, meta));
  noteSubclass(type);
  if (cell instanceof Cell) cell.set(type);
  nameDescriptors(type, dict);
  initSubclass(type, keywords);
  return type;
}

function checkBase(base: Value): PyType {
  if (!(base instanceof PyType)) {
    fault("TypeError", `${typeOf(base).name}() takes at most 2 arguments`);
  }
  if (base.final) fault("TypeError", `type '${base.name}' is not an acceptable base type`);
  return base;
}

/** The base whose JavaScript class instances are of. */
function layoutBase(bases: readonly PyType[]): PyType {
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

/** The built-in class that decides how instances are made. */
function solidOf(type: PyType): PyType {
  return type.mro.find((one) => !one.open) ?? objectType;
}

/** A JavaScript class for the instances of a class. */
function instanceClass(layout: PyType): Maker {
  const Base = layout.js as unknown as new (...args: unknown[]) => PyObject;
  if (solidOf(layout) === objectType) {
    // Without arguments to pass on, instances are made twice as fast.
    return class extends (Base as new () => PyObject) {} as unknown as Maker;
  }
  return class extends Base {} as unknown as Maker;
}

function resolutionOrder(type: PyType, meta: PyType): PyType[] {
  const custom = lookup(meta, "mro");
  if (custom === undefined || custom === typeType.dict.get("mro"))
    return linearize(type, type.bases);
  return toArray(call(bindDescriptor(custom, type, meta), [])) as PyType[];
}

function slotsOf(dict: ReadonlyMap<string, Value>): string[] | undefined {
  const slots = dict.get("__slots__");
  if (slots === undefined) return undefined;
  const names = typeof slots === "string" ? [slots] : toArray(slots);
  return names.map((name) => {
    if (typeof name !== "string") {
      fault("TypeError", `__slots__ items must be strings, not '${typeOf(name).name}'`);
    }
    return name;
  });
}

/** Slots are stored as attributes; a descriptor of the class knows that there is one. */
function addSlots(type: PyType, slots: readonly string[], dict: Map<string, Value>): void {
  for (const raw of slots) {
    if (raw === "__dict__" || raw === "__weakref__") continue;
    const name =
      raw.startsWith("__") && !raw.endsWith("__") ? `_${type.name.replace(/^_+/, "")}${raw}` : raw;
    if (dict.has(raw)) {
      fault("ValueError", `'${raw}' in __slots__ conflicts with class variable`);
    }
    const key = `a_${name}`;
    dict.set(
      name,
      new PyGetSet(
        name,
        type,
        (self: PyObject) => bag(self)[key],
        (self: PyObject, value) => {
          if (value === undefined) {
            if (bag(self)[key] === undefined) fault("AttributeError", name);
            delete bag(self)[key];
          } else bag(self)[key] = value;
        },
        "member",
      ),
    );
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
    if (hook !== undefined) call(bindDescriptor(hook, value, value.type), [type, name]);
  }
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
