/** `aiter` and `anext`. */
import { fault } from "../fault.ts";
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { lookup } from "../objects/type.ts";
import { asyncNextOr } from "../operations/asynchronous.ts";
import { callSpecial } from "../operations/call.ts";
import { typeName, typeOf } from "../operations/typeof.ts";

function asyncIterator(value: Value): Value {
  const iterator = callSpecial(value, "__aiter__");
  if (iterator === undefined)
    fault("TypeError", `'${typeName(value)}' object is not an async iterable`);
  if (lookup(typeOf(iterator), "__anext__") === undefined) {
    fault("TypeError", `aiter() returned not an async iterator of type '${typeName(iterator)}'`);
  }
  return iterator;
}

function asyncNextOf(iterator: Value, otherwise?: Value): Value {
  if (lookup(typeOf(iterator), "__anext__") === undefined) {
    fault("TypeError", `'${typeName(iterator)}' object is not an async iterator`);
  }
  if (otherwise !== undefined) return asyncNextOr(iterator, otherwise);
  return callSpecial(iterator, "__anext__")!;
}

/** Puts these functions into the module of built-in names. */
export function fillAsynchronous(module: PyModule): void {
  module.set("aiter", new PyBuiltin("aiter", asyncIterator, module));
  module.set(
    "anext",
    new PyBuiltin("anext", signed("iterator, default=None, /", asyncNextOf), module),
  );
}
