/** `isinstance` and `issubclass`, with all that classes may say about them. */
import { enter, leave } from "../budget.ts";
import { fault } from "../fault.ts";
import { PyFunction } from "../objects/function.ts";
import { type Value } from "../objects/object.ts";
import { objectType, typeType } from "../objects/root.ts";
import { PyTuple } from "../objects/tuple.ts";
import { isSubtype, lookup, PyType } from "../objects/type.ts";
import { bindDescriptor, tryAttribute } from "./attributes.ts";
import { call } from "./call.ts";
import { truth } from "./truth.ts";
import { isInstance, typeOf } from "./typeof.ts";

/** `isinstance(value, type)`, where `type` may be a tuple or a union. */
export function isInstanceOf(value: Value, type: Value): boolean {
  if (typeOf(value) === type) return true;
  if (type instanceof PyType && type.type === typeType) return isRealInstance(value, type);
  if (type instanceof PyTuple) {
    enter();
    const found = type.items.some((one) => isInstanceOf(value, one));
    leave();
    return found;
  }
  const own = typeOf(type);
  const hook = lookup(own, "__instancecheck__");
  if (hook !== undefined) {
    if (hook instanceof PyFunction) return truth(hook.call([type, value]));
    return truth(call(bindDescriptor(hook, type, own), [value]));
  }
  if (!looksLikeClass(type)) {
    fault("TypeError", "isinstance() arg 2 must be a type, a tuple of types, or a union");
  }
  const claimed = tryAttribute(value, "__class__");
  return claimed !== undefined && derives(claimed, type);
}

/** `type.__instancecheck__`: by the class, or by what the value says is its class. */
export function isRealInstance(value: Value, type: PyType): boolean {
  if (isInstance(value, type)) return true;
  const own = typeOf(value);
  if (!own.open || lookup(own, "__class__") === objectType.dict.get("__class__")) {
    if ((own.proto as unknown as { exotic?: boolean }).exotic !== true) return false;
  }
  const claimed = tryAttribute(value, "__class__");
  return claimed instanceof PyType && claimed !== own && isSubtype(claimed, type);
}

/** `issubclass(type, base)`. */
export function isSubclassOf(type: Value, base: Value): boolean {
  if (base instanceof PyType && base.type === typeType && type instanceof PyType) {
    return isSubtype(type, base);
  }
  if (base instanceof PyTuple) {
    enter();
    const found = base.items.some((one) => isSubclassOf(type, one));
    leave();
    return found;
  }
  const own = typeOf(base);
  const hook = lookup(own, "__subclasscheck__");
  if (hook !== undefined) return truth(call(bindDescriptor(hook, base, own), [type]));
  return isRealSubclass(type, base);
}

/** `type.__subclasscheck__`. */
export function isRealSubclass(type: Value, base: Value): boolean {
  if (type instanceof PyType && base instanceof PyType) return isSubtype(type, base);
  if (!looksLikeClass(type)) fault("TypeError", "issubclass() arg 1 must be a class");
  if (!looksLikeClass(base)) {
    fault("TypeError", "issubclass() arg 2 must be a class, a tuple of classes, or a union");
  }
  return derives(type, base);
}

/** What has a tuple as its `__bases__` may serve as a class. */
function looksLikeClass(value: Value): boolean {
  return value instanceof PyType || tryAttribute(value, "__bases__") instanceof PyTuple;
}

function derives(type: Value, base: Value): boolean {
  if (type === base) return true;
  if (type instanceof PyType && base instanceof PyType) return isSubtype(type, base);
  const bases = tryAttribute(type, "__bases__");
  if (!(bases instanceof PyTuple)) return false;
  enter();
  const found = bases.items.some((one) => derives(one, base));
  leave();
  return found;
}
