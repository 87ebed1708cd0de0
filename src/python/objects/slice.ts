import { below, PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export interface PySlice extends PyObject {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}
export const PySlice: new (start: Value, stop: Value, step: Value) => PySlice = below(
  PyObject,
  class {
    declare readonly start: Value;
    declare readonly stop: Value;
    declare readonly step: Value;

    constructor(start: Value, stop: Value, step: Value) {
      this.start = start;
      this.stop = stop;
      this.step = step;
    }
  },
);
export const sliceType: PyType = builtinType("slice", PySlice, { final: true });
