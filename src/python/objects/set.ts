import { Keyed } from "./keyed.ts";
import type { Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** What set and frozenset share; each key stands with `true`. */
export class PySetBase extends Keyed<true> {
  add(key: Value): void {
    this.set(key, true);
  }
}

export class PySet extends PySetBase {}
export const setType: PyType = builtinType("set", PySet);

export class PyFrozenSet extends PySetBase {}
export const frozensetType: PyType = builtinType("frozenset", PyFrozenSet);
