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

declare module "../text/wide.ts" {
  /** A wide str is a value like any other: its prototype continues in that of `str`. */
  interface WideStr extends PyObject {
    /** Itself: what an instance of a class derived from `str` holds. */
    readonly str: WideStr;
  }
}
Object.setPrototypeOf(WideStr.prototype, PyStrObject.prototype);
Object.defineProperty(WideStr.prototype, "str", {
  get(this: WideStr): WideStr {
    return this;
  },
});
