/** What modules written in TypeScript are made of: functions, and classes that belong to one run. */
import { PyDict } from "../objects/dict.ts";
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { type Keywords, None, type Value } from "../objects/object.ts";
import type { Native, Signed } from "../objects/signature.ts";
import { typeType } from "../objects/root.ts";
import type { PyType } from "../objects/type.ts";
import { makeType } from "../operations/classes.ts";

/** Puts functions into a module, by name. */
export function functions(
  module: PyModule,
  table: Readonly<Record<string, Native | Signed>>,
): void {
  for (const name in table) module.set(name, new PyBuiltin(name, table[name]!, module));
}

/** Puts values into a module. */
export function values(module: PyModule, table: Readonly<Record<string, Value>>): void {
  for (const name in table) module.set(name, table[name]!);
}

/** Makes a class as a program would: it can be changed and derived from, and belongs to this run. */
export function runClass(
  module: PyModule,
  name: string,
  bases: readonly Value[],
  options: {
    meta?: PyType;
    attributes?: Readonly<Record<string, Value>>;
    keywords?: Keywords;
  } = {},
): PyType {
  const namespace = new PyDict();
  namespace.set("__module__", module.get("__name__") ?? None);
  for (const [key, value] of Object.entries(options.attributes ?? {})) namespace.set(key, value);
  const type = makeType(options.meta ?? typeType, name, bases, namespace, options.keywords);
  module.set(name, type);
  return type;
}
