/** How a value's class is known, for files that classes themselves are built of. */
import type { Value } from "./object.ts";
import type { PyType } from "./type.ts";

export const receiver: {
  fits: (value: Value, owner: PyType) => boolean;
  nameOf: (value: Value) => string;
} = { fits: () => true, nameOf: () => "object" };
