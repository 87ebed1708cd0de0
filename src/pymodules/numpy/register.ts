/** How tables of functions become those of a module and methods of arrays. */
import { methods } from "../../python/objects/define.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { arrayType, PyArray } from "./array.ts";

import { scalarMethods, scalarOf, unwrapped, zeroDim } from "./scalar.ts";

/** A function: its signature, and what it does. */
export type Entry = readonly [signature: string, run: (...args: never[]) => Value];
export type Table = Readonly<Record<string, Entry>>;

/** Puts functions into a module. */
export function functions(module: PyModule, table: Table): void {
  for (const name in table) {
    const [signature, run] = table[name]!;
    module.set(name, new PyBuiltin(name, signed(signature, run)));
  }
}

/** Puts functions whose first argument is an array on arrays as methods, and on scalars. */
export function arrayMethods(table: Table): void {
  for (const name in table) {
    const [signature, run] = table[name]!;
    const what = signed(signature.replace(/^\w+(?:, \/)?(?:, |$)/, ""), run);
    methods(arrayType, { [name]: what });
    scalarMethods({
      [name]: signed(what.signature, ((self: Value, ...rest: Value[]) => {
        const scalar = scalarOf(self)!;
        const result = (run as (...args: Value[]) => Value)(
          zeroDim(scalar.value, scalar.dtype),
          ...rest,
        );
        return result instanceof PyArray ? unwrapped(result) : result;
      }) as never),
    });
  }
}
