/** Modules that the host hands in, as a program sees them. */
import { argumentOf, fromPlain, requirePlain } from "./exchange.ts";
import { CallbackError } from "./host/failure.ts";
import { ABSENT } from "./host/host.ts";
import type { Callback } from "./host/log.ts";
import type { Plain } from "./host/plain.ts";
import { PyDict } from "./objects/dict.ts";
import { PyBuiltin } from "./objects/function.ts";
import { PyList } from "./objects/list.ts";
import type { PyModule } from "./objects/module.ts";
import type { Keywords, Value } from "./objects/object.ts";
import { type Signed, signed } from "./objects/signature.ts";
import { call } from "./operations/call.ts";
import { asException } from "./operations/handlers.ts";
import { str } from "./operations/repr.ts";

/** Does an effect that may call back. */
type Perform = (effect: string, args: readonly Plain[], callbacks: readonly Callback[]) => Plain;

/** Fills a module with what the effect `modules.import` said of it. */
export function fillInjected(
  module: PyModule,
  name: string,
  contents: Plain,
  perform: Perform,
): void {
  const { functions, values } = contents as {
    functions: Readonly<Record<string, string | null>>;
    values: Readonly<Record<string, Plain>>;
  };
  for (const [key, value] of Object.entries(values)) module.set(key, fromPlain(value));
  for (const [key, signature] of Object.entries(functions)) {
    const effect = `${name}.${key}`;
    const make = signature === null ? anyArguments : declared;
    module.set(key, new PyBuiltin(key, make(effect, signature ?? "", perform)));
  }
}

/** Positional arguments, then the keywords as a record, if there are any. */
function anyArguments(effect: string, _signature: string, perform: Perform): Signed {
  return signed("*args, **kwargs", (args: Value[], keywords: Keywords) => {
    const given = keywords.size === 0 ? args : [...args, PyDict.ofKeywords(keywords)];
    return ask(effect, given, perform);
  });
}

function declared(effect: string, signature: string, perform: Perform): Signed {
  return signed(signature, (...args: (Value | Value[] | Keywords | undefined)[]) => {
    const given = args.map((one) => {
      if (one instanceof Map) return PyDict.ofKeywords(one);
      return Array.isArray(one) ? new PyList(one) : one;
    });
    return ask(effect, given, perform);
  });
}

function ask(effect: string, args: readonly (Value | undefined)[], perform: Perform): Value {
  const functions: Value[] = [];
  const given = args.map((one) => {
    return one === undefined ? ABSENT : argumentOf(one, functions, `${effect}()`);
  });
  const callbacks = functions.map(
    (one): Callback =>
      (more) =>
        callBack(effect, one, more),
  );
  return fromPlain(perform(effect, given, callbacks));
}

/** A function of the program, called by its host. */
function callBack(effect: string, callee: Value, args: readonly Plain[]): Plain {
  try {
    return requirePlain(call(callee, args.map(fromPlain)), `a callback of ${effect}()`);
  } catch (error) {
    const exception = asException(error);
    if (exception === undefined) throw error;
    throw new CallbackError(exception.type.name, String(str(exception)), exception);
  }
}
