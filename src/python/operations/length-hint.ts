/** How long something says it is, or may be (PEP 424). */
import { fault } from "../fault.ts";
import { isException } from "../objects/exception.ts";
import { NotImplemented, type Value } from "../objects/object.ts";
import { callSpecial } from "./call.ts";
import { checkLength } from "./truth.ts";
import { typeName } from "./typeof.ts";

/** `operator.length_hint(object, otherwise)`; lists and tuples ask it of what they are made of. */
export function lengthHint(object: Value, otherwise?: Value): Value {
  const given = otherwise ?? 0;
  if (typeof given !== "number")
    fault("TypeError", `'${typeName(given)}' object cannot be interpreted as an integer`);
  const length = unlessTypeError(object, "__len__");
  if (length !== undefined) return checkLength(length);
  const hint = unlessTypeError(object, "__length_hint__");
  if (hint === undefined || hint === NotImplemented) return given;
  if (typeof hint !== "number") {
    fault("TypeError", `__length_hint__ must be an integer, not ${typeName(hint)}`);
  }
  if (hint < 0) fault("ValueError", "__length_hint__() should return >= 0");
  return hint;
}

function unlessTypeError(object: Value, method: string): Value | undefined {
  try {
    return callSpecial(object, method);
  } catch (error) {
    if (isException(error, "TypeError")) return undefined;
    throw error;
  }
}
