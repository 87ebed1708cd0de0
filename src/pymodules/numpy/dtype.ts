/** NumPy's dtypes over the layer's, and its rules for mixing them. */
import { fault } from "../../python/fault.ts";
import { computed, maker, methods } from "../../python/objects/define.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { None, PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { PyIntObject } from "../../python/objects/scalars.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyType } from "../../python/objects/type.ts";
import { bytesOf, type DType, isFloat, promote } from "../../tensor/dtype.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { guarded } from "../torch/failure.ts";
import { tensorFrom } from "../torch/data.ts";
import { PyArray, wrapArray } from "./array.ts";

/** `array.dtype`. */
class PyNumpyDtype extends PyObject {
  readonly name: DType;
  constructor(name: DType) {
    super();
    this.name = name;
  }
}
export const numpyDtypeType: PyType = builtinType("dtype", PyNumpyDtype, { module: "numpy" });

const KINDS: Readonly<Record<DType, string>> = {
  bool: "b",
  uint32: "u",
  int32: "i",
  int64: "i",
  float16: "f",
  float32: "f",
  float64: "f",
};

methods(numpyDtypeType, {
  __repr__: (self: PyNumpyDtype) => `dtype('${self.name}')`,
  __str__: (self: PyNumpyDtype) => self.name,
  __hash__: (self: PyNumpyDtype) => Object.keys(KINDS).indexOf(self.name),
  __eq__: (self: PyNumpyDtype, other: Value) => {
    try {
      return numpyDtype(other) === self.name;
    } catch {
      return false;
    }
  },
});
computed(numpyDtypeType, {
  name: (self: PyNumpyDtype) => self.name,
  kind: (self: PyNumpyDtype) => KINDS[self.name],
  itemsize: (self: PyNumpyDtype) => bytesOf(self.name),
  type: (self: PyNumpyDtype) => scalarTypes()[self.name]!,
});

export function dtypeOf(name: DType): PyObject {
  return new PyNumpyDtype(name);
}

maker(
  numpyDtypeType,
  signed("cls, dtype", (_cls: PyType, dtype: Value) => dtypeOf(numpyDtype(dtype) ?? "float64")),
);

/** `np.float64` and its kind: they name a dtype, and convert when they are called. */
let made: Record<string, PyType> | undefined;

export function scalarTypes(): Record<string, PyType> {
  if (made !== undefined) return made;
  made = {};
  for (const name of Object.keys(KINDS) as DType[]) {
    const type = builtinType(name === "bool" ? "bool_" : name, class extends PyObject {}, {
      module: "numpy",
    });
    maker(
      type,
      signed("cls, x=0, /", (_cls: PyType, x?: Value) =>
        guarded(() => wrapArray(tensorFrom(x ?? 0, name, "float64"))),
      ),
    );
    made[name] = type;
  }
  return made;
}

const NAMES: Readonly<Record<string, DType>> = {
  bool: "bool",
  bool_: "bool",
  int: "int64",
  int_: "int64",
  int32: "int32",
  int64: "int64",
  uint32: "uint32",
  float: "float64",
  float_: "float64",
  float16: "float16",
  float32: "float32",
  float64: "float64",
  i4: "int32",
  i8: "int64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
  "?": "bool",
  single: "float32",
  double: "float64",
};

/** A dtype argument; undefined where it was left out. */
export function numpyDtype(value: Value | undefined): DType | undefined {
  if (value === undefined || value === None) return undefined;
  if (value instanceof PyNumpyDtype) return value.name;
  const name =
    typeof value === "string"
      ? value.replace(/^[<=>|]/, "")
      : value instanceof PyType
        ? value.name
        : "";
  if (Object.hasOwn(NAMES, name)) return NAMES[name];
  if (/^u?int(8|16|64)$|^complex/.test(name)) {
    fault(
      "TypeError",
      `numpy.${name} is not here; nearest is numpy.${name.startsWith("complex") ? "float64" : "int32"}`,
    );
  }
  if (typeof value === "string") fault("TypeError", `data type '${value}' not understood`);
  fault("TypeError", `Cannot interpret '${typeName(value)}' as a data type`);
}

/** The dtype of both: whole numbers beside float32 need float64. */
export function numpyPromote(a: DType, b: DType): DType {
  if (a === b) return a;
  const [x, y] = isFloat(a) ? [a, b] : [b, a];
  if (isFloat(x) && !isFloat(y) && y !== "bool") return "float64";
  return promote(a, b);
}

function category(dtype: DType): number {
  return dtype === "bool" ? 0 : isFloat(dtype) ? 2 : 1;
}

/** The dtype of an operation on arrays and numbers; numbers without dims count by their kind alone. */
export function numpyResult(values: readonly Value[]): DType {
  const strong: DType[] = [];
  const weak: DType[] = [];
  for (const value of values) {
    if (value instanceof PyArray) (value.t.ndim === 0 ? weak : strong).push(value.t.dtype);
    else if (typeof value === "boolean") weak.push("bool");
    else weak.push(value instanceof PyFloat ? "float64" : "int64");
  }
  if (strong.length === 0) return weak.reduce(numpyPromote);
  const own = strong.reduce(numpyPromote);
  const others = weak.filter((dtype) => category(dtype) > category(own));
  return others.length === 0 ? own : others.reduce(numpyPromote, own);
}

export function isNumber(value: Value): boolean {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    typeof value === "boolean" ||
    value instanceof PyFloat ||
    value instanceof PyIntObject
  );
}
