import { Keyed } from "./keyed.ts";
import type { Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** What set and frozenset share; each key stands with `true`. */
export class PySetBase extends Keyed<true> {
  add(key: Value): void {
    this.set(key, true);
  }

  /** Takes out the member that an iteration would give first. */
  takeFirst(): Value | undefined {
    const step = this.keys().next();
    if (step.done === true) return undefined;
    this.delete(step.value);
    return step.value;
  }
}

export class PySet extends PySetBase {}
export const setType: PyType = builtinType("set", PySet);

export class PyFrozenSet extends PySetBase {}
export const frozensetType: PyType = builtinType("frozenset", PyFrozenSet);
