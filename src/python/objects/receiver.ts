/** How methods know a value's class, which they may not import: classes are built of methods. */
import type { Value } from "./object.ts";
import type { PyType } from "./type.ts";

/** Filled in by operations/typeof.ts; this file imports nothing, so that it is there before all others. */
export const receiver: {
  /** Whether a value may be the receiver of a class's methods. */
  fits: (value: Value, owner: PyType) => boolean;
  /** The name of a value's class. */
  nameOf: (value: Value) => string;
  /** Throws TypeError where a class's `__new__` may not make an instance of what it was given. */
  checkMaker: (owner: PyType, given: Value | undefined) => void;
} = { fits: () => true, nameOf: () => "object", checkMaker: () => {} };
