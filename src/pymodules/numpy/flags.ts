/** `array.flags`: how an array's memory lies, and whether it may be written. */
import { fault } from "../../python/fault.ts";
import { computed, methods } from "../../python/objects/define.ts";
import { PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import type { PyType } from "../../python/objects/type.ts";
import { isColumnMajor, isRowMajor, type PyArray } from "./array.ts";

export class PyFlags extends PyObject {
  readonly x: PyArray;
  constructor(x: PyArray) {
    super();
    this.x = x;
  }
}
const flagsType: PyType = builtinType("flagsobj", PyFlags, { module: "numpy.core.multiarray" });

const FLAGS: Readonly<Record<string, (x: PyArray) => boolean>> = {
  c_contiguous: isRowMajor,
  f_contiguous: isColumnMajor,
  owndata: (x) => x.base === undefined,
  writeable: (x) => x.writeable,
  aligned: () => true,
  writebackifcopy: () => false,
};

const OTHERS: Readonly<Record<string, string>> = {
  C: "c_contiguous",
  CONTIGUOUS: "c_contiguous",
  F: "f_contiguous",
  FORTRAN: "f_contiguous",
  O: "owndata",
  W: "writeable",
  A: "aligned",
};

computed(flagsType, {
  ...Object.fromEntries(
    Object.entries(FLAGS).map(([name, read]) => [name, (self: PyFlags) => read(self.x)]),
  ),
  contiguous: (self: PyFlags) => isRowMajor(self.x),
  forc: (self: PyFlags) => isRowMajor(self.x) || isColumnMajor(self.x),
  fnc: (self: PyFlags) => isColumnMajor(self.x) && !isRowMajor(self.x),
  writeable: [
    (self: PyFlags) => self.x.writeable,
    (self: PyFlags, value: Value | undefined) => {
      if (value === true && self.x.base?.writeable === false) {
        fault("ValueError", "cannot set WRITEABLE flag to True of this array");
      }
      self.x.writeable = value === true || value === 1;
    },
  ],
});
methods(flagsType, {
  __getitem__: (self: PyFlags, key: Value) => {
    const text = String(key);
    const name = Object.hasOwn(OTHERS, text) ? OTHERS[text]! : text.toLowerCase();
    return Object.hasOwn(FLAGS, name) ? FLAGS[name]!(self.x) : fault("KeyError", "Unknown flag");
  },
  __setitem__: (self: PyFlags, key: Value, value: Value) => {
    if (key !== "W" && key !== "WRITEABLE") fault("KeyError", "Unknown flag");
    self.x.writeable = value === true;
    return self;
  },
  __repr__: (self: PyFlags) =>
    Object.entries(FLAGS)
      .map(([name, read]) => `  ${name.toUpperCase()} : ${read(self.x) ? "True" : "False"}\n`)
      .join(""),
});
