/** Built-in functions that know where they are called: `locals()`, `globals()`, `vars()`, `dir()`, `eval`, `exec`, `super()`. */
import { fault } from "../fault.ts";
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { PyObject, type Value } from "../objects/object.ts";
import { builtinType, objectType } from "../objects/root.ts";
import { isSubtype, lookupAfter, PyType } from "../objects/type.ts";
import { bindDescriptor, dictOf, tryAttribute } from "./attributes.ts";
import { call } from "./call.ts";
import { typeOf } from "./typeof.ts";

/** What a function of that kind does; its arguments, the globals, and the locals if not in a module. */
export type FrameFunction = (
  args: Value[],
  globals: PyModule,
  locals: (() => Value) | undefined,
) => Value;

/** What such functions do when they are called by name, by the function itself. */
export const frameFunctions: WeakMap<PyBuiltin, FrameFunction> = new WeakMap();

/** A call of something that has the name of such a function. */
export function frameCall(
  callee: Value,
  args: Value[],
  globals: PyModule,
  locals: (() => Value) | undefined,
): Value {
  const own = callee instanceof PyBuiltin ? frameFunctions.get(callee) : undefined;
  return own === undefined ? call(callee, args) : own(args, globals, locals);
}

/** The locals of a frame: those of a module are its globals. */
export function localsOf(globals: PyModule, locals: (() => Value) | undefined): Value {
  return locals === undefined ? dictOf(globals)! : locals();
}

/** What `super` objects are by their class. */
class SuperBase extends PyObject {}
(SuperBase.prototype as { exotic?: boolean }).exotic = true;
export const superType: PyType = builtinType("super", SuperBase);

/** What stands in the way of the methods that every object has: a `super` has them from elsewhere. */
const COVERED = {};

/** `super(type, object)`. */
export class PySuper extends SuperBase {
  readonly start: PyType;
  /** The instance, or the class. */
  readonly object: Value | undefined;
  /** The class whose MRO is followed. */
  readonly own: PyType | undefined;

  constructor(start: PyType, object: Value | undefined, own: PyType | undefined) {
    super();
    this.start = start;
    this.object = object;
    this.own = own;
    if (!covered) coverMethods();
  }

  find(name: string): Value | undefined {
    if (this.own === undefined || name === "__class__") return undefined;
    const value = lookupAfter(this.own, this.start, name);
    if (value === undefined) return undefined;
    const instance = this.object === this.own ? undefined : this.object;
    return bindDescriptor(value, instance, this.own);
  }
}
let covered = false;

function coverMethods(): void {
  covered = true;
  const proto = PySuper.prototype as unknown as Record<string, unknown>;
  for (const name of objectType.dict.keys()) proto[`c_${name}`] = COVERED;
}

/** `super()`: the class around the function, and its first argument. */
export function superCall(callee: Value, type: Value | undefined, self: Value | undefined): Value {
  if (callee !== superType) return call(callee, []);
  if (self === undefined) fault("RuntimeError", "super(): no arguments");
  if (type === undefined) fault("RuntimeError", "super(): __class__ cell not found");
  return makeSuper(type as PyType, self);
}

export function makeSuper(start: PyType, object: Value): PySuper {
  if (object instanceof PyType && isSubtype(object, start))
    return new PySuper(start, object, object);
  const own = typeOf(object);
  if (isSubtype(own, start)) return new PySuper(start, object, own);
  const claimed = tryAttribute(object, "__class__");
  if (claimed instanceof PyType && claimed !== own && isSubtype(claimed, start)) {
    return new PySuper(start, object, claimed);
  }
  fault("TypeError", "super(type, obj): obj must be an instance or subtype of type");
}
