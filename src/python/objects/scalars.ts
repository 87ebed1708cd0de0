/** The classes of what JavaScript's primitives stand for, and the objects of classes derived from them. */
import { PyObject } from "./object.ts";
import { builtinType } from "./root.ts";
import { PyType } from "./type.ts";
import { WideStr } from "../text/wide.ts";

/** An instance of a class derived from `int`. */
export class PyIntObject extends PyObject {
  readonly int: number | bigint;
  constructor(int: number | bigint) {
    super();
    this.int = int;
  }
}

/** An instance of a class derived from `str`. */
export class PyStrObject extends PyObject {
  readonly str: string | WideStr;
  constructor(str: string | WideStr) {
    super();
    this.str = str;
  }
}

export const intType: PyType = builtinType("int", PyIntObject);
export const boolType: PyType = builtinType("bool", class extends PyIntObject {}, {
  base: intType,
  final: true,
});
export const strType: PyType = builtinType("str", PyStrObject);
Object.defineProperty(WideStr.prototype, "type", { value: strType });
