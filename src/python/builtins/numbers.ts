/** The classes of numbers, and the built-in functions about numbers. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { complexType } from "../objects/complex.ts";
import { bytearrayType, bytesType } from "../objects/bytes.ts";
import { floatType } from "../objects/float.ts";
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { boolType, intType } from "../objects/scalars.ts";
import { type Native, type Signed, signed } from "../objects/signature.ts";
import { add, divmod, pow } from "../operations/binary.ts";
import { callSpecial } from "../operations/call.ts";
import { iterate } from "../operations/iterate.ts";
import { textOf } from "../operations/repr.ts";
import { requireIndex } from "../operations/subscript.ts";
import { isInstance, typeName, typeOf } from "../operations/typeof.ts";
import { abs } from "../operations/unary.ts";
import { integerText } from "../text/integers.ts";

/** `pow(base, exp, mod)`. */
function power(base: Value, exponent: Value, modulus?: Value): Value {
  if (modulus === undefined || modulus === None) return pow(base, exponent);
  const first = typeOf(base);
  const second = typeOf(exponent);
  const result = callSpecial(base, "__pow__", exponent, modulus);
  if (result !== undefined && result !== NotImplemented) return result;
  if (second !== first) {
    const reflected =
      isInstance(exponent, intType) ||
      isInstance(exponent, floatType) ||
      isInstance(exponent, complexType)
        ? callSpecial(exponent, "__rpow__", base, modulus)
        : undefined;
    if (reflected !== undefined && reflected !== NotImplemented) return reflected;
  }
  if (isInstance(modulus, floatType)) {
    fault("TypeError", "pow() 3rd argument not allowed unless all arguments are integers");
  }
  if (isInstance(modulus, complexType)) fault("ValueError", "complex modulo");
  fault(
    "TypeError",
    `unsupported operand type(s) for ** or pow(): '${typeName(base)}', '${typeName(exponent)}', '${typeName(modulus)}'`,
  );
}

function round(value: Value, ndigits?: Value): Value {
  const result =
    ndigits === undefined || ndigits === None
      ? callSpecial(value, "__round__")
      : callSpecial(value, "__round__", ndigits);
  if (result !== undefined) return result;
  fault("TypeError", `type ${typeName(value)} doesn't define __round__ method`);
}

/** The text of an int in a base of a power of two, with its prefix. */
function withPrefix(value: Value, base: number, prefix: string): string {
  const text = integerText(requireIndex(value), base);
  return text.startsWith("-") ? `-${prefix}${text.slice(1)}` : prefix + text;
}

function sum(iterable: Value, start?: Value): Value {
  let total: Value = start ?? 0;
  if (textOf(total) !== undefined) {
    fault("TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
  }
  if (isInstance(total, bytesType)) {
    fault("TypeError", "sum() can't sum bytes [use b''.join(seq) instead]");
  }
  if (isInstance(total, bytearrayType)) {
    fault("TypeError", "sum() can't sum bytearray [use b''.join(seq) instead]");
  }
  const iterator = iterate(iterable);
  for (let value = iterator.next(); value !== undefined; value = iterator.next()) {
    spend(1);
    total = add(total, value);
  }
  return total;
}

export function fillNumbers(module: PyModule): void {
  for (const type of [intType, boolType, floatType, complexType]) module.set(type.name, type);
  const define = (name: string, what: Native | Signed): void => {
    module.set(name, new PyBuiltin(name, what, module));
  };
  define("abs", abs);
  define("divmod", divmod);
  define("pow", signed("base, exp, mod=None", power));
  define("round", signed("number, ndigits=None", round));
  define("bin", (number: Value) => withPrefix(number, 2, "0b"));
  define("oct", (number: Value) => withPrefix(number, 8, "0o"));
  define("hex", (number: Value) => withPrefix(number, 16, "0x"));
  define("sum", signed("iterable, /, start=0", sum));
}
