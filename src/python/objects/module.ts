/** Modules; a module's global variables are its attributes, `a_name`. */
import { PyObject, type Value } from "./object.ts";
import { bag } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export class PyModule extends PyObject {
  /** On the prototype: false for classes derived from it, which may look attributes up in ways of their own. */
  declare readonly isModule: boolean;

  constructor(name: string) {
    super();
    bag(this)["a___name__"] = name;
  }

  get(name: string): Value | undefined {
    return bag(this)[`a_${name}`];
  }

  set(name: string, value: Value): void {
    bag(this)[`a_${name}`] = value;
  }
}

(PyModule.prototype as { isModule: boolean }).isModule = true;

export const moduleType: PyType = builtinType("module", PyModule, { hasDict: true });
