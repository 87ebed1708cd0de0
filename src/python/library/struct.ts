/** `struct`. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { bufferOf, PyBytes } from "../objects/bytes.ts";
import { computed, maker, methods } from "../objects/define.ts";
import { PyFloat } from "../objects/float.ts";
import { NativeIterator } from "../objects/iterator.ts";
import { PyMemoryView } from "../objects/memoryview.ts";
import type { PyModule } from "../objects/module.ts";
import { None, PyObject, type Value } from "../objects/object.ts";
import { builtinType } from "../objects/root.ts";
import { type Native, signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { size } from "../operations/arguments.ts";
import { latin, requireBytes } from "../operations/bytes.ts";
import { realOf } from "../operations/numbers.ts";
import { textOf } from "../operations/repr.ts";
import { indexOf } from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { encode } from "../text/encode.ts";
import { LibraryFault } from "../numeric/library-fault.ts";
import {
  pack,
  parseFormat,
  resolveOffset,
  type StructFormat,
  type StructValue,
  unpack,
  unpackWhole,
} from "../numeric/struct.ts";
import { errorClass, raisingAs } from "./errors.ts";
import { functions } from "./native.ts";

const structError = errorClass("struct", "error", "Exception");

/** Formats that were read; they depend on nothing else. */
const formats = new Map<string, StructFormat>();

function formatOf(value: Value): StructFormat {
  const text =
    textOf(value) ?? (bufferOf(value) === undefined ? undefined : latin(bufferOf(value)!));
  if (text === undefined) {
    fault("TypeError", `Struct() argument 1 must be a str or bytes object, not ${typeName(value)}`);
  }
  const key = latin(encode(text, "ascii"));
  let format = formats.get(key);
  if (format === undefined) {
    format = parseFormat(key);
    if (formats.size > 100) formats.clear();
    if (key.length < 64) formats.set(key, format);
  }
  return format;
}

/** Values as the items of a format take them. */
function packed(format: StructFormat, values: readonly Value[]): Uint8Array {
  return pack(
    format,
    values.map((value, i): StructValue => {
      const code = format.items[i]?.code;
      if (code === undefined) return 0;
      if (code === "?") return truth(value);
      const buffer = bufferOf(value);
      if (buffer !== undefined) return buffer;
      if ("csp".includes(code)) return 0;
      if ("efd".includes(code)) {
        const isNumber =
          typeof value !== "object" || value instanceof PyFloat || indexOf(value) !== undefined;
        if (!isNumber || textOf(value) !== undefined)
          throw new LibraryFault("struct.error", "required argument is not a float");
        return realOf(value);
      }
      const index = textOf(value) === undefined ? indexOf(value) : undefined;
      if (index === undefined)
        throw new LibraryFault("struct.error", "required argument is not an integer");
      return index;
    }),
  );
}

function unpacked(format: StructFormat, values: readonly StructValue[]): PyTuple {
  return new PyTuple(
    values.map((value, i): Value => {
      if (value instanceof Uint8Array) return new PyBytes(value);
      return "efd".includes(format.items[i]!.code) ? new PyFloat(Number(value)) : value;
    }),
  );
}

function packInto(
  format: StructFormat,
  target: Value,
  offset: Value,
  values: readonly Value[],
): Value {
  const data = bufferOf(target);
  if (
    data === undefined ||
    target instanceof PyBytes ||
    (target instanceof PyMemoryView && target.isReadOnly)
  ) {
    fault(
      "TypeError",
      `pack_into() argument 2 must be read-write bytes-like object, not ${typeName(target)}`,
    );
  }
  const at = resolveOffset(format, data.length, size(offset, 0), true);
  data.set(packed(format, values), at);
  return None;
}

function unpackFrom(format: StructFormat, source: Value, offset: Value | undefined): Value {
  const data = requireBytes(source);
  return unpacked(
    format,
    unpack(format, data, resolveOffset(format, data.length, size(offset, 0), false)),
  );
}

function iterUnpack(format: StructFormat, source: Value): Value {
  const data = requireBytes(source);
  if (format.size === 0)
    throw new LibraryFault("struct.error", "cannot iteratively unpack with a struct of length 0");
  if (data.length % format.size !== 0) {
    throw new LibraryFault(
      "struct.error",
      `iterative unpacking requires a buffer of a multiple of ${format.size} bytes`,
    );
  }
  return new NativeIterator(
    (function* (): Generator<Value> {
      for (let at = 0; at < data.length; at += format.size) {
        spend(1);
        yield unpacked(format, unpack(format, data, at));
      }
    })(),
  );
}

class PyStruct extends PyObject {
  readonly source: Value;
  readonly format: StructFormat;
  constructor(source: Value, format: StructFormat) {
    super();
    this.source = source;
    this.format = format;
  }
}
const structType = builtinType("Struct", PyStruct, { module: "_struct" });
const raised = <T extends Native>(work: T): T => raisingAs(structError, work);

maker(
  structType,
  signed(
    "cls, /, format",
    raised(
      (cls: PyType, format: Value) =>
        new (cls.js as unknown as new (source: Value, format: StructFormat) => PyStruct)(
          textOf(format) ?? latin(requireBytes(format)),
          formatOf(format),
        ),
    ),
  ),
);
methods(structType, {
  pack: signed(
    "*args",
    raised((self: PyStruct, values: Value[]) => new PyBytes(packed(self.format, values))),
  ),
  unpack: raised((self: PyStruct, data: Value) =>
    unpacked(self.format, unpackWhole(self.format, requireBytes(data))),
  ),
  pack_into: signed(
    "buffer, offset, /, *args",
    raised((self: PyStruct, target: Value, offset: Value, values: Value[]) =>
      packInto(self.format, target, offset, values),
    ),
  ),
  unpack_from: signed(
    "buffer, offset=0",
    raised((self: PyStruct, source: Value, offset?: Value) =>
      unpackFrom(self.format, source, offset),
    ),
  ),
  iter_unpack: raised((self: PyStruct, source: Value) => iterUnpack(self.format, source)),
});
computed(structType, {
  format: (self: PyStruct) => self.source,
  size: (self: PyStruct) => self.format.size,
});

export function fillStruct(module: PyModule): void {
  functions(module, {
    calcsize: raised((format: Value) => formatOf(format).size),
    pack: signed(
      "format, /, *args",
      raised((format: Value, values: Value[]) => new PyBytes(packed(formatOf(format), values))),
    ),
    unpack: raised((format: Value, data: Value) => {
      const read = formatOf(format);
      return unpacked(read, unpackWhole(read, requireBytes(data)));
    }),
    pack_into: signed(
      "format, buffer, offset, /, *args",
      raised((format: Value, target: Value, offset: Value, values: Value[]) =>
        packInto(formatOf(format), target, offset, values),
      ),
    ),
    unpack_from: signed(
      "format, /, buffer, offset=0",
      raised((format: Value, source: Value, offset?: Value) =>
        unpackFrom(formatOf(format), source, offset),
      ),
    ),
    iter_unpack: raised((format: Value, source: Value) => iterUnpack(formatOf(format), source)),
  });
  module.set("Struct", structType);
  module.set("error", structError);
}
