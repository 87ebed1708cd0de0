/** Modules; a module's global variables are its attributes, `a_name`. */
import { PyObject, type Value } from "./object.ts";
import { bag } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export class PyModule extends PyObject {
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

export const moduleType: PyType = builtinType("module", PyModule, { hasDict: true });
