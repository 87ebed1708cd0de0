/** `framework`: `assert_shape` and `assert_close` for tests in Python, which are those of `kata/testing`. */
import { allocate } from "../python/budget.ts";
import { toPlain } from "../python/exchange.ts";
import { fault } from "../python/fault.ts";
import { PyComplex } from "../python/objects/complex.ts";
import { exceptionType, makeException, raising } from "../python/objects/exception.ts";
import { PyBuiltin } from "../python/objects/function.ts";
import { PyList } from "../python/objects/list.ts";
import type { PyModule } from "../python/objects/module.ts";
import { None, type PyObject, type Value } from "../python/objects/object.ts";
import { signed } from "../python/objects/signature.ts";
import { PyTuple } from "../python/objects/tuple.ts";
import { assertions } from "../python/operations/asserts.ts";
import { getAttribute } from "../python/operations/attributes.ts";
import { repr, str } from "../python/operations/repr.ts";
import { indexOf } from "../python/operations/subscript.ts";
import { isCallable, typeName } from "../python/operations/typeof.ts";
import type { NestedArray, Tensor } from "../tensor/index.ts";
import { isDType } from "../tensor/dtype.ts";
import {
  AssertionError,
  assertClose,
  assertShape,
  type CloseOptions,
  type TensorValue,
} from "../testing/index.ts";
import { PyArray } from "./numpy/array.ts";
import { FLOAT64, INT64 } from "./numpy/dtype.ts";
import { asArray, cast } from "./numpy/read.ts";
import { scalarOf } from "./numpy/scalar.ts";
import { innerTensor } from "./torch/data.ts";
import { work } from "./torch/failure.ts";
import { PyTensor } from "./torch/tensor.ts";

/** What an assertion about tensors compared. */
export interface Comparison {
  readonly expected: string;
  readonly received: string;
  readonly tensors: readonly TensorValue[];
  /** Row-major index of the first element that differs. */
  readonly first_difference?: readonly number[];
}

const comparisons = new WeakMap<PyObject, Comparison>();

/** What the assertion that raised an exception had compared; `undefined` of other exceptions. */
export function comparisonOf(exception: PyObject): Comparison | undefined {
  return comparisons.get(exception);
}

/** Fills `framework`, whose assertions are counted as `assert` is. */
export function fillFramework(module: PyModule): void {
  const functions = {
    assert_shape: signed(
      'tensor, expected_shape, name="tensor"',
      (tensor: Value, shape: Value, name: Value = "tensor") => {
        assertions.count++;
        const given = partsOf(tensor)?.[0] ?? new Stranger();
        const sizes = sizesOf(shape);
        return asserted(() => assertShape(given, sizes, String(str(name))), tensor);
      },
    ),
    assert_close: signed(
      'a, b, rtol=1e-5, *args, atol=1e-8, name="tensor"',
      (
        a: Value,
        b: Value,
        rtol: Value = None,
        rest: Value[] = [],
        ...named: (Value | undefined)[]
      ) => {
        assertions.count++;
        const { atol, name } = placed(rest, named);
        const expected = partsOf(b) ?? numbersOf(b);
        if (expected === undefined) {
          fault("TypeError", `assert_close() expected a tensor or numbers, got ${typeName(b)}`);
        }
        const actual = partsOf(a) ?? numbersOf(a) ?? [new Stranger()];
        const options = {
          ...(name === undefined ? {} : { name: String(str(name)) }),
          ...tolerance("rtol", rtol),
          ...tolerance("atol", atol),
        };
        return asserted(() => compare(actual, expected, options), a);
      },
    ),
  };
  for (const [name, made] of Object.entries(functions)) module.set(name, new PyBuiltin(name, made));
}

/** After `rtol`, some write the name and some `atol` and the name: a text is the name. */
function placed(
  rest: readonly Value[],
  [atol, name]: readonly (Value | undefined)[],
): { atol: Value; name: Value | undefined } {
  const given = typeof rest[0] === "string" ? [undefined, ...rest] : rest;
  if (given.length > 2) {
    fault("TypeError", "assert_close() takes at most a, b, rtol, atol and name");
  }
  const twice = given.findIndex((one, at) => one !== undefined && [atol, name][at] !== undefined);
  if (twice >= 0) {
    const which = ["atol", "name"][twice];
    fault("TypeError", `assert_close() got multiple values for argument '${which}'`);
  }
  return { atol: atol ?? given[0] ?? None, name: name ?? given[1] };
}

/** What no tensor is: the layer prints it as an object. */
class Stranger {}

/** Something to compare; of complex numbers the real and the imaginary part. */
type Parts = readonly [real: unknown, imaginary?: Tensor];

/** A tensor, or an array or scalar of NumPy's, as the layer has it. */
function partsOf(value: Value): readonly [real: Tensor, imaginary?: Tensor] | undefined {
  if (value instanceof PyTensor) return [value.t];
  const isScalar = value instanceof PyComplex || scalarOf(value) !== undefined;
  if (!isScalar && !(value instanceof PyArray)) return undefined;
  const array = asArray(value);
  if (array.dtype.kind !== "c") return [tensorOf(array)];
  const part = (name: string): Tensor => tensorOf(asArray(getAttribute(array, name)));
  return [part("real"), part("imag")];
}

/** A copy of an array's elements, in a dtype that the layer has. */
function tensorOf(array: PyArray): Tensor {
  const { name, kind } = array.dtype;
  const whole = kind === "i" || kind === "u";
  const dtype = isDType(name) ? array.dtype : whole && name !== "uint64" ? INT64 : FLOAT64;
  const tensor = innerTensor(cast(array, dtype));
  if (tensor === undefined) fault("TypeError", `cannot compare arrays of ${name}`);
  return tensor;
}

function compare(actual: Parts, expected: Parts, options: CloseOptions): void {
  const [got, gotImaginary] = actual;
  const [want, wantImaginary] = expected;
  assertClose(got, want as Tensor | NestedArray, options);
  const some = gotImaginary ?? wantImaginary;
  if (some === undefined) return;
  const none = some.mul(0);
  const name = `${options.name ?? "tensor"}.imag`;
  assertClose(gotImaginary ?? none, wantImaginary ?? none, { ...options, name });
}

/** Runs an assertion; what it throws comes out as Python's AssertionError. */
function asserted(assertion: () => void, actual: Value): Value {
  if (actual instanceof PyTensor) work(actual.t.numel);
  else if (actual instanceof PyArray) work(actual.size);
  try {
    assertion();
    return None;
  } catch (error) {
    if (!(error instanceof AssertionError)) {
      fault("ValueError", error instanceof Error ? error.message : String(error));
    }
    const named = (text: string): string =>
      text.replace("an object of class Stranger", () => notATensor(actual));
    const { expected, tensors, first_difference } = error;
    const message = named(error.message);
    allocate(message.length);
    const exception = makeException(exceptionType("AssertionError"), [message]);
    comparisons.set(exception, {
      expected,
      received: named(error.received),
      tensors,
      ...(first_difference === undefined ? {} : { first_difference }),
    });
    throw raising(exception);
  }
}

function notATensor(value: Value): string {
  if (value === None) return "None (does the function return its result?)";
  if (isCallable(value)) return `${shown(value)} itself (is it called?)`;
  if (value instanceof PyList || value instanceof PyTuple) {
    return `a ${typeName(value)} of ${value.items.length}, not a tensor`;
  }
  return `${shown(value)} (${typeName(value)}), not a tensor`;
}

function shown(value: Value): string {
  const text = String(repr(value));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function sizesOf(shape: Value): number[] {
  if (shape instanceof PyTuple || shape instanceof PyList) {
    const sizes = shape.items.map(indexOf);
    if (sizes.every((size) => size !== undefined)) return sizes.map(Number);
  }
  fault("TypeError", `assert_shape() expected a tuple of sizes, got ${shown(shape)}`);
}

/** Numbers, and lists of them in lists, as the layer takes them. */
function numbersOf(value: Value): readonly [NestedArray] | undefined {
  const plain = toPlain(value);
  const isNumbers = (one: unknown): one is NestedArray =>
    typeof one === "number" ||
    typeof one === "boolean" ||
    typeof one === "bigint" ||
    (Array.isArray(one) && one.every(isNumbers));
  return isNumbers(plain) ? [plain] : undefined;
}

function tolerance(name: "rtol" | "atol", value: Value): { rtol?: number; atol?: number } {
  if (value === None) return {};
  const number = numbersOf(value)?.[0] ?? partsOf(value)?.[0].item();
  if (typeof number !== "number") {
    fault("TypeError", `assert_close() expected ${name} to be a number, got ${typeName(value)}`);
  }
  return { [name]: number };
}
