/** Reading, storing and removing attributes, with descriptors (https://docs.python.org/3/howto/descriptor.html). */
import { DEPTH, meter } from "../budget.ts";
import { fault } from "../fault.ts";
import {
  attributeNames,
  AttributeDict,
  dropAttribute,
  isDataDescriptor,
  PyDict,
  storeAttribute,
} from "../objects/dict.ts";
import {
  exceptionType,
  fieldOf,
  isException,
  makeException,
  PyException,
  raising,
  setField,
} from "../objects/exception.ts";
import {
  bindMethod,
  PyClassMethod,
  PyClassMethodDescriptor,
  PyFunction,
  PyGetSet,
  PyMember,
  PyMethodDescriptor,
  PyProperty,
  PyStaticMethod,
} from "../objects/function.ts";
import { PyModule } from "../objects/module.ts";
import { None, type PyObject, type Value } from "../objects/object.ts";
import { objectType, typeType } from "../objects/root.ts";
import { state } from "../objects/state.ts";
import { lookup, ownAttribute, PyType, setTypeAttribute } from "../objects/type.ts";
import { call, call1, call2 } from "./call.ts";
import { repr } from "./repr.ts";
import { typeName, typeOf } from "./typeof.ts";
import { fromJs } from "../text/wide.ts";

/** `o.name`; throws AttributeError. */
export function getAttribute(object: Value, name: string): Value {
  return findAttribute(object, name) ?? missingAttribute(object, name);
}

/** `o.name`, or `undefined` if there is none; other errors go through. */
export function findAttribute(object: Value, name: string): Value | undefined {
  const own = typeOf(object);
  const hook = lookup(own, "__getattribute__");
  if (hook !== objectType.dict.get("__getattribute__")) {
    if (hook instanceof PyFunction)
      return guarded(own, object, name, () => call2(hook, object, name));
    if (!(hook instanceof PyMethodDescriptor)) {
      return guarded(own, object, name, () => call(bindDescriptor(hook!, object, own), [name]));
    }
    if (hook.owner !== typeType) return hook.callMethod(object, [name]);
  }
  const fallback = lookup(own, "__getattr__");
  if (fallback === undefined) return genericAttribute(object, own, name);
  let value: Value | undefined;
  try {
    value = genericAttribute(object, own, name);
  } catch (error) {
    if (!isException(error, "AttributeError")) throw error;
  }
  return value ?? askFallback(fallback, object, own, name);
}

/** Calls `__getattr__`. The AttributeError that it raises learns of what: hints are made of that. */
function askFallback(fallback: Value, object: Value, own: PyType, name: string): Value {
  try {
    return call(bindDescriptor(fallback, object, own), [name]);
  } catch (error) {
    if (
      isException(error, "AttributeError") &&
      fieldOf(error, "name") === undefined &&
      fieldOf(error, "obj") === undefined
    ) {
      setField(error, "name", name);
      setField(error, "obj", object);
    }
    throw error;
  }
}

/** The same, where an AttributeError on the way means that there is none. */
export function tryAttribute(object: Value, name: string): Value | undefined {
  try {
    return findAttribute(object, name);
  } catch (error) {
    if (isException(error, "AttributeError")) return undefined;
    throw error;
  }
}

/** Runs a `__getattribute__`, and `__getattr__` after an AttributeError. */
function guarded(own: PyType, object: Value, name: string, read: () => Value): Value | undefined {
  const depth = meter[DEPTH]!;
  try {
    return read();
  } catch (error) {
    if (!isException(error, "AttributeError", depth)) throw error;
    const fallback = lookup(own, "__getattr__");
    if (fallback === undefined) throw error;
    return askFallback(fallback, object, own, name);
  }
}

/** `object.__getattribute__`, with `undefined` for what is not there. */
export function genericAttribute(object: Value, own: PyType, name: string): Value | undefined {
  if (object instanceof PyType) return typeAttribute(object, own, name);
  const inherited = lookup(own, name);
  if (typeof object === "object") {
    if (inherited === undefined || !isDataDescriptor(inherited) || !isReadable(inherited)) {
      const value = ownAttribute(object, name);
      if (value !== undefined) return value;
      if (inherited === undefined) return moduleFallback(object, name);
    }
  } else if (inherited === undefined) return undefined;
  return bindDescriptor(inherited, object, own);
}

/** Whether a data descriptor has a say when the attribute is read. */
function isReadable(descriptor: Value): boolean {
  return lookup(typeOf(descriptor), "__get__") !== undefined;
}

/** PEP 562: a module's own `__getattr__`. */
function moduleFallback(object: PyObject, name: string): Value | undefined {
  if (!(object instanceof PyModule)) return undefined;
  const hook = object.get("__getattr__");
  return hook === undefined || name.startsWith("__") ? undefined : call1(hook, name);
}

/** Attributes of classes: the metaclass's data descriptors, the MRO, then the rest of the metaclass. */
function typeAttribute(type: PyType, meta: PyType, name: string): Value | undefined {
  const ofMeta = lookup(meta, name);
  if (ofMeta !== undefined && isDataDescriptor(ofMeta) && isReadable(ofMeta)) {
    return bindDescriptor(ofMeta, type, meta);
  }
  const own = lookup(type, name);
  if (own !== undefined) return bindDescriptor(own, undefined, type);
  return ofMeta === undefined ? undefined : bindDescriptor(ofMeta, type, meta);
}

/** What reading a class's attribute gives: through an instance, or through the class itself. */
export function bindDescriptor(value: Value, object: Value | undefined, own: PyType): Value {
  if (typeof value !== "object") return value;
  if (value instanceof PyFunction || value instanceof PyMethodDescriptor) {
    if (value instanceof PyClassMethodDescriptor) return bindMethod(own, value);
    return object === undefined ? value : bindMethod(object, value);
  }
  if (value instanceof PyProperty && !value.type.open) {
    if (object === undefined) return value;
    if (value.get === undefined) lacksAccessor(value, own, "getter");
    return call1(value.get, object);
  }
  if (value instanceof PyGetSet) {
    if (object === undefined) return value.ofClass(own);
    const got = value.get(object as never);
    if (got === undefined) missingAttribute(object, value.name);
    return got;
  }
  if (value instanceof PyStaticMethod) return value.func;
  if (value instanceof PyClassMethod) {
    const func = value.func;
    if (func instanceof PyFunction || !(typeof func === "object" && lookup(func.type, "__get__"))) {
      return bindMethod(own, func);
    }
    return bindDescriptor(func, own, own.type);
  }
  const get = lookup(value.type, "__get__");
  if (get === undefined) return value;
  return call(bindDescriptor(get, value, value.type), [object ?? None, own]);
}

/** `o.name = value`. */
export function setAttribute(object: Value, name: string, value: Value): void {
  const own = typeOf(object);
  const hook = lookup(own, "__setattr__")!;
  if (hook instanceof PyFunction) {
    call(hook, [object, name, value]);
    return;
  }
  if (hook !== objectType.dict.get("__setattr__") && hook !== typeType.dict.get("__setattr__")) {
    call(bindDescriptor(hook, object, own), [name, value]);
    return;
  }
  genericSet(object, name, value);
}

/** `object.__setattr__` and `type.__setattr__`. */
export function genericSet(object: Value, name: string, value: Value): void {
  const own = typeOf(object);
  const inherited = lookup(own, name);
  if (inherited !== undefined && isDataDescriptor(inherited)) {
    setDescriptor(inherited, object, value);
    return;
  }
  if (object instanceof PyType) {
    if (!object.open) {
      fault("TypeError", `cannot set '${name}' attribute of immutable type '${object.name}'`);
    }
    state.run?.seal?.guard(object, name);
    setTypeAttribute(object, name, value);
    return;
  }
  if (typeof object !== "object" || !own.hasDict) refuseStore(object, name, inherited);
  storeAttribute(object, name, value);
}

function refuseStore(object: Value, name: string, inherited: Value | undefined): never {
  const type = typeOf(object).name;
  if (inherited === undefined) missingAttribute(object, name);
  throwAttributeError(object, name, `'${type}' object attribute '${name}' is read-only`);
}

function setDescriptor(descriptor: Value, object: Value, value: Value): void {
  const own = typeOf(object);
  if (descriptor instanceof PyProperty && !descriptor.type.open) {
    if (descriptor.set === undefined) lacksAccessor(descriptor, own, "setter");
    call2(descriptor.set, object, value);
    return;
  }
  if (descriptor instanceof PyGetSet) {
    if (descriptor.set === undefined) readOnly(descriptor, own);
    descriptor.set(object as never, value);
    return;
  }
  const type = typeOf(descriptor);
  const set = lookup(type, "__set__");
  if (set === undefined) fault("AttributeError", "__set__");
  call(bindDescriptor(set, descriptor, type), [object, value]);
}

/** Throws the AttributeError of a property that cannot be read, set or deleted. */
export function lacksAccessor(
  property: PyProperty,
  own: PyType,
  what: "getter" | "setter" | "deleter",
): never {
  const name = property.name === undefined ? "" : ` ${String(repr(property.name))}`;
  fault("AttributeError", `property${name} of ${String(repr(own.qualname))} object has no ${what}`);
}

function readOnly(descriptor: PyGetSet, own: PyType): never {
  if (descriptor instanceof PyMember) fault("AttributeError", "readonly attribute");
  fault(
    "AttributeError",
    `attribute '${descriptor.name}' of '${own.name}' objects is not writable`,
  );
}

/** `del o.name`. */
export function deleteAttribute(object: Value, name: string): void {
  const own = typeOf(object);
  const hook = lookup(own, "__delattr__")!;
  if (hook instanceof PyFunction) {
    call(hook, [object, name]);
    return;
  }
  if (hook !== objectType.dict.get("__delattr__") && hook !== typeType.dict.get("__delattr__")) {
    call(bindDescriptor(hook, object, own), [name]);
    return;
  }
  genericDelete(object, name);
}

/** `object.__delattr__` and `type.__delattr__`. */
export function genericDelete(object: Value, name: string): void {
  const own = typeOf(object);
  const inherited = lookup(own, name);
  if (inherited !== undefined && isDataDescriptor(inherited)) {
    deleteDescriptor(inherited, object);
    return;
  }
  if (object instanceof PyType) {
    if (!object.open) {
      fault("TypeError", `cannot set '${name}' attribute of immutable type '${object.name}'`);
    }
    if (!object.dict.has(name)) missingAttribute(object, name);
    state.run?.seal?.guard(object, name);
    setTypeAttribute(object, name, undefined);
    return;
  }
  if (typeof object !== "object" || !dropAttribute(object, name)) {
    if (inherited !== undefined) refuseStore(object, name, inherited);
    missingAttribute(object, name);
  }
}

function deleteDescriptor(descriptor: Value, object: Value): void {
  const own = typeOf(object);
  if (descriptor instanceof PyProperty && !descriptor.type.open) {
    if (descriptor.delete === undefined) lacksAccessor(descriptor, own, "deleter");
    call1(descriptor.delete, object);
    return;
  }
  if (descriptor instanceof PyGetSet) {
    if (descriptor.set === undefined) readOnly(descriptor, own);
    descriptor.set(object as never, undefined);
    return;
  }
  const type = typeOf(descriptor);
  const remove = lookup(type, "__delete__");
  if (remove === undefined) fault("AttributeError", "__delete__");
  call(bindDescriptor(remove, descriptor, type), [object]);
}

/** `o.__dict__`, for what has one. */
export function dictOf(object: Value): PyDict | undefined {
  if (typeof object !== "object" || !object.type.hasDict) return undefined;
  const holder = object as { attributeDict?: PyDict };
  return (holder.attributeDict ??= new AttributeDict(object));
}

/** `o.__dict__ = value`: from now on that dict holds the attributes, whoever else has it. */
export function setAttributeDict(object: PyObject, value: Value | undefined): void {
  if (value !== undefined && !(value instanceof PyDict)) {
    fault("TypeError", `__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`);
  }
  const holder = object as { attributeDict?: PyDict; borrowed?: PyDict; plain?: boolean };
  const dict = value ?? new PyDict();
  if (dict === holder.attributeDict) return;
  for (const name of attributeNames(object)) dropAttribute(object, name);
  holder.attributeDict = holder.borrowed = dict;
  holder.plain = false;
}

/** Throws the AttributeError for an attribute that is not there. */
export function missingAttribute(object: Value, name: string): never {
  throwAttributeError(object, name, missingMessage(object, name));
}

function missingMessage(object: Value, name: string): string {
  if (object instanceof PyModule) {
    const called = object.get("__name__");
    const half = state.run?.loading.has(object) === true;
    const why = half ? " (most likely due to a circular import)" : "";
    const what = `${half ? "partially initialized " : ""}module`;
    return `${what} ${typeof called === "string" ? `'${called}'` : "?"} has no attribute '${name}'${why}`;
  }
  if (object instanceof PyType) return `type object '${object.name}' has no attribute '${name}'`;
  return `'${typeName(object)}' object has no attribute '${name}'`;
}

/** An AttributeError that knows its object and name, from which hints are made. */
export function throwAttributeError(object: Value, name: string, message: string): never {
  const exception: PyException = makeException(exceptionType("AttributeError"), [fromJs(message)]);
  setField(exception, "name", fromJs(name));
  setField(exception, "obj", object);
  throw raising(exception);
}
