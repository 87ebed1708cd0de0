/** Calls. Compiled code asks an object for a direct way in, and here for one when there is none. */
import { enter, leave } from "../budget.ts";
import { fault } from "../fault.ts";
import {
  PyBoundMethod,
  PyBuiltin,
  PyClassMethod,
  PyFunction,
  PyMaker,
  PyMethodDescriptor,
  PyStaticMethod,
} from "../objects/function.ts";
import type { Direct, Keywords, Value } from "../objects/object.ts";
import { PyModule } from "../objects/module.ts";
import { None, PyObject } from "../objects/object.ts";
import { lookup, PyType, specialKey } from "../objects/type.ts";
import { objectType, typeType } from "../objects/root.ts";
import { bindDescriptor, getAttribute } from "./attributes.ts";
import { typeName, typeOf } from "./typeof.ts";

/** Calls anything. */
export function call(callee: Value, args: Value[], keywords?: Keywords): Value {
  if (callee instanceof PyFunction) return callee.call(args, keywords);
  if (callee instanceof PyBuiltin || callee instanceof PyMethodDescriptor) {
    return callee.call(args, keywords);
  }
  if (callee instanceof PyBoundMethod) {
    const func = callee.func;
    if (func instanceof PyMethodDescriptor) return func.callMethod(callee.self, args, keywords);
    return call(func, [callee.self, ...args], keywords);
  }
  if (callee instanceof PyType) return callType(callee, args, keywords);
  if (callee instanceof PyStaticMethod) return call(callee.func, args, keywords);
  const own = typeOf(callee);
  const method = lookup(own, "__call__");
  if (method === undefined) {
    fault("TypeError", `'${own.name}' object is not callable`);
  }
  if (method instanceof PyFunction) return method.call([callee, ...args], keywords);
  // An object may be its own `__call__`, without end.
  enter();
  const result = call(bindDescriptor(method, callee, own), args, keywords);
  leave();
  return result;
}

export function call0(callee: Value): Value {
  return ((callee as PyObject).c0 ?? adapt0(callee))();
}
export function call1(callee: Value, a: Value): Value {
  return ((callee as PyObject).c1 ?? adapt1(callee))(a);
}
export function call2(callee: Value, a: Value, b: Value): Value {
  return ((callee as PyObject).c2 ?? adapt2(callee))(a, b);
}

/** A way into something with so many arguments, remembered where it stays true. */
function wayIn(callee: Value, count: number): Direct | undefined {
  if (callee instanceof PyFunction || callee instanceof PyBuiltin) return callee.way(count);
  if (callee instanceof PyType) return wayIntoType(callee, count);
  return undefined;
}

export function adapt0(callee: Value): Direct {
  const way = wayIn(callee, 0);
  if (way !== undefined) return ((callee as PyObject).c0 = way);
  return () => call(callee, []);
}
export function adapt1(callee: Value): Direct {
  const way = wayIn(callee, 1);
  if (way !== undefined) return ((callee as PyObject).c1 = way);
  return (a) => call(callee, [a!]);
}
export function adapt2(callee: Value): Direct {
  const way = wayIn(callee, 2);
  if (way !== undefined) return ((callee as PyObject).c2 = way);
  return (a, b) => call(callee, [a!, b!]);
}
export function adapt3(callee: Value): Direct {
  const way = wayIn(callee, 3);
  if (way !== undefined) return ((callee as PyObject).c3 = way);
  return (a, b, c) => call(callee, [a!, b!, c!]);
}
export function adapt4(callee: Value): Direct {
  const way = wayIn(callee, 4);
  if (way !== undefined) return ((callee as PyObject).c4 = way);
  return (a, b, c, d) => call(callee, [a!, b!, c!, d!]);
}

/**
 * The way into a method for a receiver and so many arguments, where the class
 * had none ready. The attribute is looked up now, the arguments come later.
 */
export function adaptMethod(self: Value, name: string, count: number): Direct {
  const found = findMethod(self, name);
  if (found instanceof PyFunction) {
    return found.way(count + 1) ?? ((_, ...args) => found.call([self, ...args]));
  }
  if (found instanceof PyMethodDescriptor) {
    return found.methodWay(count) ?? ((_, ...args) => found.callMethod(self, args));
  }
  const held = self instanceof PyModule ? self.get(name) : undefined;
  return withoutReceiver(held ?? getAttribute(self, name), count);
}

/** Ways into something that is no method, for callers that put a receiver first: made once for each. */
interface Shifted {
  s0?: Direct;
  s1?: Direct;
  s2?: Direct;
}

/** The way into an attribute of a module, for callers that put a receiver first. */
export function withoutReceiver(callee: Value, count: number): Direct {
  const holder = callee as Shifted;
  if (typeof callee !== "object") return (_, ...args) => call(callee, args);
  if (count === 0) return (holder.s0 ??= () => call0(callee));
  if (count === 1) return (holder.s1 ??= (_, a) => call1(callee, a!));
  if (count === 2) return (holder.s2 ??= (_, a, b) => call2(callee, a!, b!));
  return (_, ...args) => call(callee, args);
}

/** The function that a method call runs with the receiver first. */
function findMethod(self: Value, name: string): Value | undefined {
  if (typeof self !== "object") {
    const found = typeOf(self).proto[`c_${name}`];
    return typeof found === "object" && found.binds === true ? found : undefined;
  }
  const own = self.type;
  if ((self as { exotic?: boolean }).exotic === true) return undefined;
  if (self instanceof PyModule || self instanceof PyType) return undefined;
  const found = own.proto[`c_${name}`];
  if (typeof found !== "object" || found.binds !== true) return undefined;
  const attributes = self as unknown as Record<string, unknown>;
  if ((attributes[`a_${name}`] ?? attributes[`h_${name}`]) !== undefined) return undefined;
  const { borrowed } = self as { borrowed?: { get(name: string): Value | undefined } };
  return borrowed?.get(name) === undefined ? found : undefined;
}

/** `o.name(…)` where the caller is the runtime: the attribute of the class alone, as for operators. */
export function callSpecial(self: Value, name: string, ...args: Value[]): Value | undefined {
  const own = typeOf(self);
  const method = own.proto[specialKey(name)];
  if (method === undefined) return undefined;
  if (method instanceof PyFunction) {
    if (args.length === 0) return (method.m0 ?? method.way(1) ?? slowMethod(method))(self);
    if (args.length === 1) {
      return (method.m1 ?? method.way(2) ?? slowMethod(method))(self, args[0]!);
    }
    return method.call([self, ...args]);
  }
  if (method instanceof PyMethodDescriptor) {
    if (args.length === 0 && method.m0 !== undefined) return method.m0(self);
    if (args.length === 1 && method.m1 !== undefined) return method.m1(self, args[0]!);
    if (args.length === 2 && method.m2 !== undefined) return method.m2(self, args[0]!, args[1]!);
    return method.callMethod(self, args);
  }
  return call(bindDescriptor(method, self, own), args);
}

function slowMethod(method: PyFunction): Direct {
  return (...args) => method.call(args);
}

/** `C(…)`: the metaclass's `__call__`, which mostly is `type.__call__`. */
function callType(type: PyType, args: Value[], keywords?: Keywords): Value {
  const meta = type.type;
  if (meta !== typeType) {
    const own = lookup(meta, "__call__");
    if (own !== undefined && own !== typeType.dict.get("__call__")) {
      return call(bindDescriptor(own, type, meta), args, keywords);
    }
  }
  return instantiate(type, args, keywords);
}

/** `type.__call__`: makes an instance and initialises it. */
export function instantiate(type: PyType, args: Value[], keywords?: Keywords): Value {
  if (type === typeType) {
    if (args.length === 1 && (keywords?.size ?? 0) === 0) return typeOf(args[0]!);
    if (args.length !== 3) fault("TypeError", "type() takes 1 or 3 arguments");
  }
  const make = lookup(type, "__new__");
  if (make === undefined) fault("TypeError", `cannot create '${type.name}' instances`);
  const maker = make instanceof PyStaticMethod ? make.func : make;
  const made =
    maker instanceof PyClassMethod
      ? call(bindDescriptor(maker, undefined, type), [type, ...args], keywords)
      : maker instanceof PyMaker
        ? maker.make([type, ...args], keywords)
        : call(maker, [type, ...args], keywords);
  const own = typeOf(made);
  if (own !== type && !own.mro.includes(type)) return made;
  const init = lookup(own, "__init__");
  if (init !== undefined && init !== objectInit()) {
    const result =
      init instanceof PyFunction
        ? init.call([made, ...args], keywords)
        : init instanceof PyMethodDescriptor
          ? init.callMethod(made, args, keywords)
          : call(bindDescriptor(init, made, own), args, keywords);
    if (result !== None) {
      fault("TypeError", `__init__() should return None, not '${typeName(result)}'`);
    }
  }
  return made;
}

function objectInit(): Value | undefined {
  return objectType.dict.get("__init__");
}

/** A direct way to an instance of a plain class: `object.__new__`, then a function as `__init__`. */
function wayIntoType(type: PyType, count: number): Direct | undefined {
  const quick = type.type === typeType ? quickConstruct(type) : undefined;
  if (quick === undefined) return undefined;
  const Made = type.js as unknown as new () => PyObject;
  const init = lookup(type, "__init__");
  if (init === objectInit()) return count === 0 ? () => new Made() : undefined;
  if (!(init instanceof PyFunction)) return undefined;
  const way = init.way(count + 1);
  if (way === undefined) return undefined;
  if (count === 0) {
    return () => {
      const made = new Made();
      const result = way(made);
      if (result !== None) notNone(result);
      return made;
    };
  }
  if (count === 1) {
    return (a) => {
      const made = new Made();
      const result = way(made, a!);
      if (result !== None) notNone(result);
      return made;
    };
  }
  if (count === 2) {
    return (a, b) => {
      const made = new Made();
      const result = way(made, a!, b!);
      if (result !== None) notNone(result);
      return made;
    };
  }
  return (...args) => {
    const made = new Made();
    const result = way(made, ...args);
    if (result !== None) notNone(result);
    return made;
  };
}

function notNone(result: Value): never {
  fault("TypeError", `__init__() should return None, not '${typeName(result)}'`);
}

/** Whether instances are made by `object.__new__` of a JavaScript class without fields. */
function quickConstruct(type: PyType): true | undefined {
  if (!type.open || lookup(type, "__new__") !== objectType.dict.get("__new__")) return undefined;
  if (type.abstract !== undefined) return undefined;
  return true;
}
