/** The methods of `memoryview`: one dimension, any of struct's single letters. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { bufferOf, type ByteSource, PyBytes } from "../objects/bytes.ts";
import { computed, maker, methods } from "../objects/define.ts";
import { PyFloat } from "../objects/float.ts";
import { NativeIterator } from "../objects/iterator.ts";
import { PyList } from "../objects/list.ts";
import { memoryviewType, PyMemoryView } from "../objects/memoryview.ts";
import { None, NotImplemented, type PyObject, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { requireByte } from "../operations/bytes.ts";
import { equal } from "../operations/compare.ts";
import { hash } from "../operations/hash.ts";
import { realOf } from "../operations/numbers.ts";
import { textOf } from "../operations/repr.ts";
import { extentOf, indexOf, requireIndex } from "../operations/subscript.ts";
import { typeName } from "../operations/typeof.ts";
import {
  pack,
  parseFormat,
  type StructFormat,
  type StructValue,
  unpack,
} from "../numeric/struct.ts";
import { addressOf } from "./object.ts";
import { hexMethod } from "./bytes.ts";

maker(
  memoryviewType,
  signed("cls, /, object", (_cls: PyType, object: Value) => {
    const data = bufferOf(object);
    if (data === undefined) {
      fault("TypeError", `memoryview: a bytes-like object is required, not '${typeName(object)}'`);
    }
    if (object instanceof PyMemoryView)
      return derived(object, { start: 0, step: 1, count: object.count });
    const isReadOnly = object instanceof PyBytes;
    const { letter, itemSize = 1 } = object as PyObject & ByteSource;
    const extent = { start: 0, step: 1, count: data.length / itemSize };
    return new PyMemoryView(object as PyObject, isReadOnly, extent, letter, itemSize);
  }),
);

/** A view of some of a view's items. */
function derived(
  view: PyMemoryView,
  extent: { start: number; step: number; count: number },
): PyMemoryView {
  return new PyMemoryView(
    view.object!,
    view.isReadOnly,
    {
      start: view.start + extent.start * view.step * view.itemSize,
      step: view.step * extent.step,
      count: extent.count,
    },
    view.format,
    view.itemSize,
  );
}

/** Its bytes, unless it was released. */
function open(view: PyMemoryView): Uint8Array {
  if (view.object === undefined) {
    fault("ValueError", "operation forbidden on released memoryview object");
  }
  const data = view.byteView();
  if (data.length < view.count * view.itemSize) {
    fault("IndexError", "memoryview: what it shows has become shorter");
  }
  return data;
}

/** How its items are packed. */
function formatOf(view: PyMemoryView): StructFormat {
  if (view.format === "w") fault("NotImplementedError", "memoryview: format w not supported");
  return parseFormat(view.format);
}

function itemAt(view: PyMemoryView, data: Uint8Array, index: number): Value {
  if (view.format === "B") return data[index]!;
  const value = unpack(formatOf(view), data, index * view.itemSize)[0]!;
  return toValue(value, view.format);
}

/** What struct gives, as a value. */
function toValue(value: StructValue, format: string): Value {
  if (value instanceof Uint8Array) return new PyBytes(value);
  return typeof value === "number" && "efd".includes(format) ? new PyFloat(value) : value;
}

function itemsOf(view: PyMemoryView): Value[] {
  const data = open(view);
  spend(view.count);
  allocate(view.count * 8);
  return Array.from({ length: view.count }, (_, i) => itemAt(view, data, i));
}

function writable(view: PyMemoryView): void {
  open(view);
  if (view.isReadOnly) fault("TypeError", "cannot modify read-only memory");
}

function placeIn(view: PyMemoryView, key: Value): number {
  const index = indexOf(key) ?? fault("TypeError", "memoryview: invalid slice key");
  if (BigInt.asIntN(64, BigInt(index)) !== BigInt(index)) {
    fault("IndexError", `cannot fit '${typeName(key)}' into an index-sized integer`);
  }
  const at = Number(index) < 0 ? Number(index) + view.count : Number(index);
  if (at < 0 || at >= view.count) fault("IndexError", "index out of bounds on dimension 1");
  return at;
}

/** Writes bytes to consecutive items. */
function put(view: PyMemoryView, first: number, step: number, bytes: Uint8Array): void {
  const data = bufferOf(view.object!)!;
  const width = view.itemSize;
  spend(bytes.length >>> 2);
  for (let i = 0; i * width < bytes.length; i++) {
    const at = view.start + (first + i * step) * view.step * width;
    for (let k = 0; k < width; k++) data[at + k] = bytes[i * width + k]!;
  }
}

function packed(view: PyMemoryView, value: Value): Uint8Array {
  if (view.format === "B") {
    if (typeof value !== "number" && typeof value !== "boolean" && typeof value !== "bigint") {
      fault("TypeError", "memoryview: invalid type for format 'B'");
    }
    if (Number(value) < 0 || Number(value) > 255)
      fault("ValueError", "memoryview: invalid value for format 'B'");
    return Uint8Array.of(requireByte(value));
  }
  const item = "efd".includes(view.format) ? realOf(value) : requireIndex(value);
  return pack(formatOf(view), [item]);
}

methods(memoryviewType, {
  __len__: (self: PyMemoryView) => {
    open(self);
    return self.count;
  },
  __getitem__: (self: PyMemoryView, key: Value) => {
    const data = open(self);
    if (key instanceof PySlice) return derived(self, extentOf(key, self.count));
    if (key instanceof PyTuple)
      fault("NotImplementedError", "multi-dimensional sub-views are not implemented");
    return itemAt(self, data, placeIn(self, key));
  },
  __setitem__: (self: PyMemoryView, key: Value, value: Value) => {
    writable(self);
    if (!(key instanceof PySlice)) {
      put(self, placeIn(self, key), 1, packed(self, value));
      return None;
    }
    const { start, step, count } = extentOf(key, self.count);
    const bytes =
      bufferOf(value) ??
      fault("TypeError", `a bytes-like object is required, not '${typeName(value)}'`);
    if (bytes.length !== count * self.itemSize) {
      fault("ValueError", "memoryview assignment: lvalue and rvalue have different structures");
    }
    put(self, start, step, bytes.slice());
    return None;
  },
  __delitem__: (self: PyMemoryView, _key: Value) => {
    writable(self);
    fault("TypeError", "cannot delete memory");
  },
  __iter__: (self: PyMemoryView) => new NativeIterator(itemsOf(self)[Symbol.iterator]()),
  __contains__: (self: PyMemoryView, value: Value) =>
    itemsOf(self).some((one) => equal(one, value)),
  __eq__: (self: PyMemoryView, other: Value) => {
    const right = bufferOf(other);
    if (right === undefined || self.object === undefined)
      return self === other ? true : NotImplemented;
    if (other instanceof PyMemoryView && other.format !== self.format) {
      const mine = itemsOf(self);
      const theirs = itemsOf(other);
      return mine.length === theirs.length && mine.every((one, i) => equal(one, theirs[i]!));
    }
    spend(right.length >>> 6);
    return Buffer.compare(open(self), right) === 0;
  },
  __hash__: (self: PyMemoryView) => {
    const data = open(self);
    if (!self.isReadOnly) fault("ValueError", "cannot hash writable memoryview object");
    return hash(new PyBytes(data));
  },
  __repr__: (self: PyMemoryView) =>
    `<${self.object === undefined ? "released memory" : "memory"} at ${addressOf(self)}>`,
  __enter__: (self: PyMemoryView) => {
    open(self);
    return self;
  },
  __exit__: signed("*args", (self: PyMemoryView, _args: Value[]) => release(self)),
  release: (self: PyMemoryView) => release(self),
  tobytes: signed("order='C'", (self: PyMemoryView, _order?: Value) => new PyBytes(copyOf(self))),
  tolist: (self: PyMemoryView) => new PyList(itemsOf(self)),
  hex: hexMethod,
  toreadonly: (self: PyMemoryView) => {
    open(self);
    const { start, step, count } = self;
    return new PyMemoryView(self.object!, true, { start, step, count }, self.format, self.itemSize);
  },
  cast: signed("format", (self: PyMemoryView, format: Value) => {
    const letter = textOf(format);
    const data = open(self);
    if (typeof letter !== "string" || !/^@?[cbB?hHiIlLqQnNefd]$/.test(letter)) {
      fault(
        "ValueError",
        "memoryview: destination format must be a native single character format prefixed with an optional '@'",
      );
    }
    const code = letter.at(-1)!;
    const width = "lLnN".includes(code) ? 8 : parseFormat(`=${code}`).size;
    if (self.step !== 1)
      fault("TypeError", "memoryview: casts are restricted to C-contiguous views");
    if (data.length % width !== 0)
      fault("TypeError", "memoryview: length is not a multiple of itemsize");
    const native = code === "l" || code === "n" ? "q" : code === "L" || code === "N" ? "Q" : code;
    const extent = { start: self.start, step: 1, count: data.length / width };
    return new PyMemoryView(self.object!, self.isReadOnly, extent, native, width);
  }),
});

function copyOf(view: PyMemoryView): Uint8Array {
  const data = open(view);
  allocate(data.length);
  spend(data.length >>> 6);
  return data.slice();
}

function release(view: PyMemoryView): Value {
  view.object = undefined;
  return None;
}

computed(memoryviewType, {
  obj: (self: PyMemoryView) => {
    open(self);
    return self.object;
  },
  nbytes: (self: PyMemoryView) => open(self).length,
  itemsize: (self: PyMemoryView) => self.itemSize,
  format: (self: PyMemoryView) => self.format,
  readonly: (self: PyMemoryView) => self.isReadOnly,
  ndim: () => 1,
  shape: (self: PyMemoryView) => new PyTuple([self.count]),
  strides: (self: PyMemoryView) => new PyTuple([self.step * self.itemSize]),
  suboffsets: () => new PyTuple([]),
  contiguous: (self: PyMemoryView) => self.step === 1,
  c_contiguous: (self: PyMemoryView) => self.step === 1,
  f_contiguous: (self: PyMemoryView) => self.step === 1,
});
