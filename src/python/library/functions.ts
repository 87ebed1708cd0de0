/** How native modules get their functions. */
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import type { Native, Signed } from "../objects/signature.ts";

/** Puts functions into a module, by name. */
export function functions(
  module: PyModule,
  table: Readonly<Record<string, Native | Signed>>,
): void {
  for (const name in table) module.set(name, new PyBuiltin(name, table[name]!, module));
}
