/** A value in words, on one line where it fits; loaded when first needed, it costs 2 ms. */
import type { InspectOptions } from "node:util";

export function inspect(value: unknown, options: InspectOptions = {}): string {
  return process.getBuiltinModule("node:util").inspect(value, { colors: false, ...options });
}
