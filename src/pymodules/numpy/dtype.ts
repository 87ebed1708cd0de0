/** NumPy's dtypes: what an element is, how elements are stored, and which dtype holds two others (rules of NumPy 1.24). */
import { listOf } from "./lists.ts";
import { fault } from "../../python/fault.ts";
import { PyComplex } from "../../python/objects/complex.ts";
import { PyObject, None, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { PyType } from "../../python/objects/type.ts";
import { typeName } from "../../python/operations/typeof.ts";

/** An element: an int as a number while that is exact, else a bigint; 0 or 1 for a bool. */
export type Element = number | bigint | PyComplex;

/** Memory of one dtype: a typed array, or for complex numbers a list of them. */
export interface Data {
  readonly length: number;
  [at: number]: Element;
}

/** What arithmetic of a dtype is done with: booleans, small ints, 64-bit ints, floats, complex numbers. */
export type Domain = "b" | "i" | "l" | "f" | "c";

/** `numpy.dtype`: there is one object for each. */
export class Dtype extends PyObject {
  readonly name: string;
  readonly kind: "b" | "i" | "u" | "f" | "c";
  /** Bytes of an element. */
  readonly size: number;
  /** The letter of array interfaces. */
  readonly char: string;
  readonly domain: Domain;
  /** Where it stands among the others. */
  readonly num: number;
  private readonly memory: (length: number) => Data;

  constructor(
    name: string,
    kind: Dtype["kind"],
    size: number,
    char: string,
    num: number,
    memory: (length: number) => Data,
  ) {
    super();
    this.name = name;
    this.kind = kind;
    this.size = size;
    this.char = char;
    this.num = num;
    this.memory = memory;
    this.domain = kind === "b" || kind === "f" || kind === "c" ? kind : size === 8 ? "l" : "i";
  }

  /** New memory, all zero. */
  make(length: number): Data {
    return this.memory(length);
  }

  /** As array interfaces write it: `<f8`. */
  get str(): string {
    const order = this.size === 1 ? "|" : "<";
    return `${order}${this.kind}${this.size}`;
  }
}

export const dtypeType: PyType = builtinType("dtype", Dtype, { module: "numpy", final: true });

const ZERO = new PyComplex(0, 0);
const complexMemory = (length: number): Data => listOf<Element>(length, ZERO);

export const BOOL: Dtype = new Dtype("bool", "b", 1, "?", 0, (n) => new Uint8Array(n));
export const INT8: Dtype = new Dtype("int8", "i", 1, "b", 1, (n) => new Int8Array(n));
const UINT8: Dtype = new Dtype("uint8", "u", 1, "B", 2, (n) => new Uint8Array(n));
const INT16: Dtype = new Dtype("int16", "i", 2, "h", 3, (n) => new Int16Array(n));
const UINT16: Dtype = new Dtype("uint16", "u", 2, "H", 4, (n) => new Uint16Array(n));
const INT32: Dtype = new Dtype("int32", "i", 4, "i", 5, (n) => new Int32Array(n));
const UINT32: Dtype = new Dtype("uint32", "u", 4, "I", 6, (n) => new Uint32Array(n));
export const INT64: Dtype = new Dtype("int64", "i", 8, "l", 7, (n) => new BigInt64Array(n));
export const UINT64: Dtype = new Dtype("uint64", "u", 8, "L", 8, (n) => new BigUint64Array(n));
export const FLOAT16: Dtype = new Dtype("float16", "f", 2, "e", 23, (n) => new Float16Array(n));
export const FLOAT32: Dtype = new Dtype("float32", "f", 4, "f", 11, (n) => new Float32Array(n));
export const FLOAT64: Dtype = new Dtype("float64", "f", 8, "d", 12, (n) => new Float64Array(n));
export const COMPLEX64: Dtype = new Dtype("complex64", "c", 8, "F", 14, complexMemory);
export const COMPLEX128: Dtype = new Dtype("complex128", "c", 16, "D", 15, complexMemory);

export const DTYPES: readonly Dtype[] = [
  BOOL,
  INT8,
  UINT8,
  INT16,
  UINT16,
  INT32,
  UINT32,
  INT64,
  UINT64,
  FLOAT16,
  FLOAT32,
  FLOAT64,
  COMPLEX64,
  COMPLEX128,
];

/** Other names of dtypes, as strings and as attributes of the module. */
export const OTHER_NAMES: Readonly<Record<string, Dtype>> = {
  bool_: BOOL,
  bool8: BOOL,
  byte: INT8,
  ubyte: UINT8,
  short: INT16,
  ushort: UINT16,
  intc: INT32,
  uintc: UINT32,
  int_: INT64,
  intp: INT64,
  int0: INT64,
  longlong: INT64,
  uint: UINT64,
  uintp: UINT64,
  ulonglong: UINT64,
  half: FLOAT16,
  single: FLOAT32,
  double: FLOAT64,
  float_: FLOAT64,
  csingle: COMPLEX64,
  singlecomplex: COMPLEX64,
  cdouble: COMPLEX128,
  cfloat: COMPLEX128,
  complex_: COMPLEX128,
};

/** Names that only strings have. */
const TEXTS: Readonly<Record<string, Dtype>> = {
  "?": BOOL,
  int: INT64,
  float: FLOAT64,
  complex: COMPLEX128,
  p: INT64,
  P: UINT64,
  q: INT64,
  Q: UINT64,
  b1: BOOL,
};

let texts: Map<string, Dtype> | undefined;

function namedDtype(text: string): Dtype | undefined {
  if (texts === undefined) {
    texts = new Map([...Object.entries(OTHER_NAMES), ...Object.entries(TEXTS)]);
    for (const dtype of DTYPES) {
      texts.set(dtype.name, dtype);
      texts.set(dtype.char, dtype);
      texts.set(`${dtype.kind}${dtype.size}`, dtype);
    }
  }
  return texts.get(/^[<=|]/.test(text) ? text.slice(1) : text);
}

/** What of NumPy's dtypes is not here, and what comes nearest. */
const MISSING: Readonly<Record<string, string>> = {
  object: "lists of Python, or an array of numbers",
  object_: "lists of Python, or an array of numbers",
  O: "lists of Python, or an array of numbers",
  str: "lists of str",
  str_: "lists of str",
  U: "lists of str",
  S: "lists of bytes",
  bytes: "lists of bytes",
  bytes_: "lists of bytes",
  datetime64: "the module datetime",
  timedelta64: "the module datetime",
  longdouble: "numpy.float64",
  float128: "numpy.float64",
  clongdouble: "numpy.complex128",
  complex256: "numpy.complex128",
  void: "one array for each field",
};

export function missingDtype(name: string): never {
  fault(
    "NotImplementedError",
    `arrays of dtype '${name}' are not here; nearest: ${MISSING[name] ?? MISSING[name[0]!]}`,
  );
}

/** The dtype that a class of scalars stands for; filled in by scalar.ts. */
export const dtypeOfType: Map<PyType, Dtype> = new Map();

/** A dtype argument; `undefined` where it was left out or None. */
export function dtypeArgument(value: Value | undefined): Dtype | undefined {
  if (value === undefined || value === None) return undefined;
  if (value instanceof Dtype) return value;
  if (value instanceof PyType) {
    const own = dtypeOfType.get(value);
    if (own !== undefined) return own;
    if (value.module === "builtins") {
      const named = { int: INT64, float: FLOAT64, bool: BOOL, complex: COMPLEX128 }[value.name];
      if (named !== undefined) return named;
      if (Object.hasOwn(MISSING, value.name)) missingDtype(value.name);
    }
    if (value.module === "numpy") {
      const abstract = {
        floating: FLOAT64,
        inexact: FLOAT64,
        number: FLOAT64,
        integer: INT64,
        signedinteger: INT64,
        unsignedinteger: UINT64,
        complexfloating: COMPLEX128,
      }[value.name];
      if (abstract !== undefined) return abstract;
    }
    missingDtype("object");
  }
  if (typeof value === "string") {
    const found = namedDtype(value);
    if (found !== undefined) return found;
    if (value.startsWith(">") && namedDtype(value.slice(1)) !== undefined) {
      fault(
        "NotImplementedError",
        `numbers of the other byte order ('${value}') are not here; nearest: '<${value.slice(1)}'`,
      );
    }
    const bare = value.replace(/^[<>=|]/, "");
    if (
      Object.hasOwn(MISSING, bare) ||
      /^[USOMmV]\d*(\[\w+\])?$/.test(bare) ||
      bare.includes(",")
    ) {
      missingDtype(/^[USOMmV]\d/.test(bare) ? bare[0]! : bare.includes(",") ? "void" : bare);
    }
    fault("TypeError", `data type '${value}' not understood`);
  }
  const inner = (value as { dtype?: unknown }).dtype;
  if (inner instanceof Dtype) return inner;
  if (value instanceof PyObject && /^(list|dict)$/.test(value.type.name)) missingDtype("void");
  fault("TypeError", `Cannot interpret '${reprOf(value)}' as a data type`);
}

function reprOf(value: Value): string {
  return typeof value === "object" ? typeName(value) : String(value);
}

const FLOATS: readonly Dtype[] = [FLOAT16, FLOAT32, FLOAT64];

/** The float dtype that holds a dtype of whole numbers, at least float16. */
export function floatFor(dtype: Dtype): Dtype {
  if (dtype.kind === "f" || dtype.kind === "c") return dtype;
  return dtype.size === 1 ? FLOAT16 : dtype.size === 2 ? FLOAT32 : FLOAT64;
}

function larger(a: Dtype, b: Dtype): Dtype {
  return a.size >= b.size ? a : b;
}

const SIGNED: Readonly<Record<number, Dtype>> = { 1: INT8, 2: INT16, 4: INT32, 8: INT64 };

function signedOf(dtype: Dtype): Dtype {
  return SIGNED[dtype.size]!;
}

/** The real dtype of the parts of a complex one. */
export function partOf(dtype: Dtype): Dtype {
  return dtype === COMPLEX64 ? FLOAT32 : dtype === COMPLEX128 ? FLOAT64 : dtype;
}

/** The complex dtype whose parts hold a dtype. */
function complexFor(dtype: Dtype): Dtype {
  if (dtype.kind === "c") return dtype;
  const float = floatFor(dtype);
  return float === FLOAT64 ? COMPLEX128 : COMPLEX64;
}

/** The smallest dtype that holds both, `numpy.promote_types`. */
export function promoteTypes(a: Dtype, b: Dtype): Dtype {
  if (a === b || b === BOOL) return a;
  if (a === BOOL) return b;
  if (a.kind === b.kind) return larger(a, b);
  if (a.kind === "c" || b.kind === "c") {
    return complexFor(promoteTypes(partOf(a), partOf(b)));
  }
  if (a.kind === "f" || b.kind === "f")
    return FLOATS[Math.max(FLOATS.indexOf(floatFor(a)), FLOATS.indexOf(floatFor(b)))]!;
  const [signed, unsigned] = a.kind === "i" ? [a, b] : [b, a];
  if (signed.size > unsigned.size) return signed;
  return SIGNED[unsigned.size * 2] ?? FLOAT64;
}

/** An operand as promotion sees it: a scalar, or an array without dims, counts by its value. */
export interface Operand {
  readonly dtype: Dtype;
  readonly scalar: boolean;
  /** Of a scalar. */
  readonly value?: Element;
}

/** Bool, whole numbers, and all others. */
export function rankOf(dtype: Dtype): number {
  return dtype.kind === "b" ? 0 : dtype.kind === "i" || dtype.kind === "u" ? 1 : 2;
}

/** The smallest dtype that holds a value; `small` where the signed dtype of that size holds it too. */
function smallest(operand: Operand): { dtype: Dtype; small: boolean } {
  const { dtype, value } = operand;
  if (dtype.kind === "b" || value === undefined) return { dtype, small: false };
  if (dtype.kind === "c") {
    const { real, imag } = value as PyComplex;
    return { dtype: fits(real, 3.4e38) && fits(imag, 3.4e38) ? COMPLEX64 : dtype, small: false };
  }
  if (dtype.kind === "f") {
    const x = Number(value);
    if (fits(x, 65000)) return { dtype: FLOAT16, small: false };
    return {
      dtype: dtype.size > 4 && !fits(x, 3.4e38) ? FLOAT64 : dtype.size > 2 ? FLOAT32 : dtype,
      small: false,
    };
  }
  const x = value as number | bigint;
  if (x < 0) {
    const own = x >= -128 ? INT8 : x >= -32768 ? INT16 : x >= -2147483648 ? INT32 : INT64;
    return { dtype: own, small: false };
  }
  const own = x <= 255 ? UINT8 : x <= 65535 ? UINT16 : x <= 4294967295 ? UINT32 : UINT64;
  return { dtype: own, small: x < 2n ** BigInt(own.size * 8 - 1) };
}

function fits(x: number, most: number): boolean {
  return !Number.isFinite(x) || (x > -most && x < most);
}

/** `numpy.min_scalar_type` of a scalar. */
export function minScalarType(operand: Operand): Dtype {
  return smallest(operand).dtype;
}

/** `numpy.result_type`: where arrays are of no lower kind than scalars, the scalars count by their values. */
export function resultType(operands: readonly Operand[]): Dtype {
  const strong = operands.filter((one) => !one.scalar);
  const weak = operands.filter((one) => one.scalar);
  const rank = (list: readonly Operand[]): number =>
    Math.max(...list.map((one) => rankOf(one.dtype)));
  if (weak.length === 0 || strong.length === 0 || rank(weak) > rank(strong)) {
    return operands.map((one) => one.dtype).reduce(promoteTypes);
  }
  let result = strong.map((one) => one.dtype).reduce(promoteTypes);
  for (const one of weak) {
    const { dtype, small } = smallest(one);
    result = promoteTypes(result, small && result.kind === "i" ? signedOf(dtype) : dtype);
  }
  return result;
}

/** Whether every value of one dtype is one of the other: casting "safe". */
export function safelyCasts(from: Dtype, to: Dtype): boolean {
  return promoteTypes(from, to) === to;
}

const KIND_ORDER = "buifc";

/** `numpy.can_cast` between dtypes. */
export function canCast(from: Dtype, to: Dtype, casting = "safe"): boolean {
  switch (casting) {
    case "no":
    case "equiv":
      return from === to;
    case "safe":
      return safelyCasts(from, to);
    case "same_kind":
      return (
        safelyCasts(from, to) ||
        (KIND_ORDER.indexOf(from.kind) <= KIND_ORDER.indexOf(to.kind) && to.kind !== "b")
      );
    case "unsafe":
      return true;
    default:
      fault(
        "ValueError",
        `casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe' (got '${casting}')`,
      );
  }
}
