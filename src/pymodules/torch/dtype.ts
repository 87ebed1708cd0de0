/** `torch.dtype`: the layer's element types under PyTorch's names, and how they mix. */
import { PyObject, type Value } from "../../python/objects/object.ts";
import { computed, methods } from "../../python/objects/define.ts";
import { builtinType } from "../../python/objects/root.ts";
import type { PyType } from "../../python/objects/type.ts";
import { fault } from "../../python/fault.ts";
import { type DType, isFloat, promote } from "../../tensor/dtype.ts";
import { typeName } from "../../python/operations/typeof.ts";

/** An element type as programs see it. */
export class PyDtype extends PyObject {
  readonly name: DType;
  constructor(name: DType) {
    super();
    this.name = name;
  }
}

export const dtypeType: PyType = builtinType("dtype", PyDtype, { module: "torch", final: true });
methods(dtypeType, {
  __repr__: (self: PyDtype) => `torch.${self.name}`,
  __reduce__: (self: PyDtype) => self.name,
});
computed(dtypeType, {
  is_floating_point: (self: PyDtype) => isFloat(self.name),
  is_complex: () => false,
  is_signed: (self: PyDtype) => self.name !== "bool",
});

const made = new Map<DType, PyDtype>();

/** The one object for a dtype. */
export function dtypeObject(name: DType): PyDtype {
  let dtype = made.get(name);
  if (dtype === undefined) made.set(name, (dtype = new PyDtype(name)));
  return dtype;
}

/** The names that `torch` has for dtypes. */
export const DTYPE_NAMES: Readonly<Record<string, DType>> = {
  bool: "bool",
  int32: "int32",
  int: "int32",
  int64: "int64",
  long: "int64",
  float16: "float16",
  half: "float16",
  float32: "float32",
  float: "float32",
  float64: "float64",
  double: "float64",
};

/** PyTorch's names of dtypes that the layer lacks, and what comes nearest. */
export const MISSING_DTYPES: Readonly<Record<string, string>> = {
  uint8: "int32",
  int8: "int32",
  int16: "int32",
  short: "int32",
  bfloat16: "float32",
  complex64: "float32 with a last dim of 2",
  complex128: "float64 with a last dim of 2",
  cfloat: "float32 with a last dim of 2",
};

/** The words of PyTorch's messages for a dtype. */
export const C_NAMES: Readonly<Record<DType, string>> = {
  bool: "Bool",
  uint32: "UInt32",
  int32: "Int",
  int64: "Long",
  float16: "Half",
  float32: "Float",
  float64: "Double",
};

/** A dtype argument; undefined where it was left out. */
export function dtypeArgument(what: string, value: Value | undefined): DType | undefined {
  if (value === undefined) return undefined;
  if (value instanceof PyDtype) return value.name;
  if (typeof value === "object" && typeName(value) === "NoneType") return undefined;
  const named = (value as { name?: unknown }).name;
  if (named === "float") return "float64";
  if (named === "int") return "int64";
  if (named === "bool") return "bool";
  fault("TypeError", `${what}(): argument 'dtype' must be torch.dtype, not ${typeName(value)}`);
}

/** What takes part in a promotion: a dtype, and how strongly: 2 with dims, 1 without, 0 a bare number. */
export interface Participant {
  readonly dtype: DType;
  readonly strength: 0 | 1 | 2;
}

function category(dtype: DType): number {
  return dtype === "bool" ? 0 : isFloat(dtype) ? 2 : 1;
}

/**
 * The dtype that operands are brought to: those without dims, and bare numbers,
 * count only where their category (bool, whole, float) is higher
 * (https://pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc).
 */
export function resultType(operands: readonly Participant[]): DType {
  let result: DType | undefined;
  for (const strength of [2, 1, 0] as const) {
    const own = operands.filter((one) => one.strength === strength).map((one) => one.dtype);
    if (own.length === 0) continue;
    const dtype = own.reduce(promote);
    if (result === undefined || category(dtype) > category(result)) {
      // A higher category of a weaker kind takes part with its own dtype.
      result = result === undefined ? dtype : promote(result, dtype);
    }
  }
  return result ?? "float32";
}
