/** `array`: numbers of one kind, side by side in bytes that grow. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { bufferOf, type ByteSource, PyByteArray, PyBytes } from "../objects/bytes.ts";
import { computed, maker, methods } from "../objects/define.ts";
import { PyFloat } from "../objects/float.ts";
import { iteratorType, PyIterator } from "../objects/iterator.ts";
import { PyList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { None, NotImplemented, PyObject, type Value } from "../objects/object.ts";
import { builtinType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import { type PyType, setTypeAttribute } from "../objects/type.ts";
import { times } from "../operations/arguments.ts";
import { requireBytes } from "../operations/bytes.ts";
import { call1 } from "../operations/call.ts";
import { equal, equalItems, orderItems } from "../operations/compare.ts";
import { findAttribute, getAttribute } from "../operations/attributes.ts";
import { iterate, toArray } from "../operations/iterate.ts";
import { realOf } from "../operations/numbers.ts";
import { repr, textOf } from "../operations/repr.ts";
import { extentOf, indexOf, placeOf, requireIndex } from "../operations/subscript.ts";
import { typeName } from "../operations/typeof.ts";
import { canonical } from "../numeric/sizes.ts";
import { chr, concatAll, pointAt, sizeOf, type Str, toPoints } from "../text/wide.ts";

/** How the items of a code lie in memory, and what they are in Python. */
interface Kind {
  readonly code: string;
  readonly width: number;
  read(view: DataView, at: number): Value;
  write(view: DataView, at: number, value: Value): void;
}

const CODES = "bBuhHiIlLqQfd";
const WIDTHS = [1, 1, 4, 2, 2, 4, 4, 8, 8, 8, 8, 4, 8];

/** The bounds that C's argument parser names when an int does not fit, innermost last. */
const NAMED: Readonly<Record<string, readonly [name: string, bits: number, isSigned: boolean][]>> =
  {
    b: [
      ["signed short integer", 16, true],
      ["signed char", 8, true],
    ],
    B: [["unsigned byte integer", 8, false]],
    h: [["signed short integer", 16, true]],
    H: [
      ["signed integer", 32, true],
      ["unsigned short", 16, false],
    ],
    i: [["signed integer", 32, true]],
    I: [["unsigned int", 32, false]],
    l: [],
    L: [],
    q: [],
    Q: [],
  };

/** An int that fits a code; throws OverflowError as C's argument parser does. */
function fitting(code: string, value: Value): bigint {
  const int = BigInt(requireIndex(value));
  if ("ILQ".includes(code)) {
    const kind = code === "Q" ? "negative int to unsigned" : "negative value to unsigned int";
    if (int < 0n) fault("OverflowError", `can't convert ${kind}`);
  }
  const isUnsigned = "ILQ".includes(code);
  const whole = isUnsigned ? BigInt.asUintN(64, int) : BigInt.asIntN(64, int);
  if (whole !== int) {
    if ("qQ".includes(code)) fault("OverflowError", "int too big to convert");
    const target = isUnsigned ? "unsigned long" : "long";
    fault("OverflowError", `Python int too large to convert to C ${target}`);
  }
  for (const [name, bits, isSigned] of NAMED[code]!) {
    const least = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
    const most = 2n ** BigInt(isSigned ? bits - 1 : bits) - 1n;
    if (int < least) fault("OverflowError", `${name} is less than minimum`);
    if (int > most) fault("OverflowError", `${name} is greater than maximum`);
  }
  return int;
}

function integerKind(code: string, width: number): Kind {
  const isSigned = code === code.toLowerCase();
  const bits = width * 8;
  return {
    code,
    width,
    read: (view, at) => {
      if (width === 1) return isSigned ? view.getInt8(at) : view.getUint8(at);
      if (width === 2) return isSigned ? view.getInt16(at, true) : view.getUint16(at, true);
      if (width === 4) return isSigned ? view.getInt32(at, true) : view.getUint32(at, true);
      return canonical(isSigned ? view.getBigInt64(at, true) : view.getBigUint64(at, true));
    },
    write: (view, at, value) => {
      const low = isSigned ? -(2 ** (bits - 1)) : 0;
      const small = typeof value === "number" && value >= low && value < low + 2 ** bits;
      const int = small ? value : fitting(code, value);
      if (width === 1) view.setUint8(at, Number(int));
      else if (width === 2) view.setUint16(at, Number(int), true);
      else if (width === 4) view.setUint32(at, Number(int), true);
      else view.setBigInt64(at, BigInt(int), true);
    },
  };
}

function kindOf(code: string): Kind | undefined {
  const at = CODES.indexOf(code);
  if (at < 0) return undefined;
  const width = WIDTHS[at]!;
  if (code === "u") {
    return {
      code,
      width,
      read: (view, i) => {
        const point = view.getUint32(i, true);
        return point > 0x10ffff
          ? fault(
              "ValueError",
              `character U+${point.toString(16)} is not in range [U+0000; U+10ffff]`,
            )
          : chr(point);
      },
      write: (view, i, value) => {
        const text = textOf(value);
        if (text === undefined || sizeOf(text) !== 1) {
          fault("TypeError", "array item must be unicode character");
        }
        view.setUint32(i, pointAt(text, 0), true);
      },
    };
  }
  if (code === "f" || code === "d") {
    const isSingle = code === "f";
    return {
      code,
      width,
      read: (view, i) =>
        new PyFloat(isSingle ? view.getFloat32(i, true) : view.getFloat64(i, true)),
      write: (view, i, value) => {
        const real = realOf(value);
        if (isSingle) view.setFloat32(i, real, true);
        else view.setFloat64(i, real, true);
      },
    };
  }
  return integerKind(code, width);
}

class PyArray extends PyObject implements ByteSource {
  readonly kind: Kind;
  readonly store: PyByteArray;

  constructor(kind: Kind, bytes: Uint8Array = new Uint8Array(0)) {
    super();
    this.kind = kind;
    this.store = new PyByteArray(bytes);
  }

  byteView(): Uint8Array {
    return this.store.data;
  }

  get letter(): string {
    return this.kind.code === "u" ? "w" : this.kind.code;
  }

  get itemSize(): number {
    return this.kind.width;
  }

  get length(): number {
    return this.store.size / this.kind.width;
  }

  at(index: number): Value {
    return this.kind.read(viewOf(this.store.data), index * this.kind.width);
  }

  put(index: number, value: Value): void {
    this.kind.write(viewOf(this.store.data), index * this.kind.width, value);
  }

  push(value: Value): void {
    // First elsewhere: a value that does not fit leaves the array as it was.
    const item = encoded(this.kind, value);
    this.store.resize(this.store.size + item.length);
    this.store.data.set(item, this.store.size - item.length);
  }

  values(): Value[] {
    const { length } = this;
    spend(length);
    allocate(length * 8);
    return Array.from({ length }, (_, i) => this.at(i));
  }
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

function encoded(kind: Kind, value: Value): Uint8Array {
  const item = new Uint8Array(kind.width);
  kind.write(viewOf(item), 0, value);
  return item;
}

class ArrayIterator extends PyIterator {
  private source: PyArray | undefined;
  private index = 0;

  constructor(source: PyArray) {
    super();
    this.source = source;
  }

  next(): Value | undefined {
    if (this.source === undefined) return undefined;
    if (this.index < this.source.length) return this.source.at(this.index++);
    this.source = undefined;
    return undefined;
  }
}
iteratorType("arrayiterator", ArrayIterator, "array");

const arrayType: PyType = builtinType("array", PyArray, { module: "array" });

/** Another array of the same kind, of these bytes. */
function like(self: PyArray, bytes: Uint8Array): PyArray {
  return new PyArray(self.kind, bytes);
}

function copied(self: PyArray): Uint8Array {
  allocate(self.store.size);
  spend(self.store.size >>> 6);
  return self.store.data.slice();
}

function addBytes(self: PyArray, bytes: Uint8Array): void {
  if (bytes.length % self.kind.width !== 0) {
    fault("ValueError", "bytes length not a multiple of item size");
  }
  const more = bytes.slice();
  const { size } = self.store;
  spend(more.length >>> 6);
  self.store.resize(size + more.length);
  self.store.data.set(more, size);
}

function addText(self: PyArray, text: Str): void {
  spend(sizeOf(text));
  addBytes(self, new Uint8Array(toPoints(text).slice().buffer));
}

function extend(self: PyArray, source: Value): Value {
  if (source instanceof PyArray) {
    if (source.kind.code !== self.kind.code) {
      fault("TypeError", "can only extend with array of same kind");
    }
    addBytes(self, source.store.data);
    return None;
  }
  const items = iterate(source);
  for (let item = items.next(); item !== undefined; item = items.next()) {
    spend(1);
    self.push(item);
  }
  return None;
}

maker(
  arrayType,
  signed("cls, *args, **kwargs", (cls: PyType, args: Value[], kwargs: Map<string, Value>) => {
    if (kwargs.size > 0 && !cls.open) {
      fault("TypeError", "array.array() takes no keyword arguments");
    }
    if (args.length < 1 || args.length > 2) {
      const bound = args.length < 1 ? "at least 1 argument" : "at most 2 arguments";
      fault("TypeError", `array() takes ${bound} (${args.length} given)`);
    }
    const code = textOf(args[0]!);
    if (code === undefined || sizeOf(code) !== 1) {
      const given = typeName(args[0]!);
      fault("TypeError", `array() argument 1 must be a unicode character, not ${given}`);
    }
    const kind = kindOf(String(code));
    const source = args[1];
    if (kind?.code !== "u" && source !== undefined) {
      const isUnicode = source instanceof PyArray && source.kind.code === "u";
      const what = textOf(source) === undefined ? isUnicode && "unicode array" : "str";
      if (what !== false) {
        fault(
          "TypeError",
          `cannot use a ${what} to initialize an array with typecode '${String(code)}'`,
        );
      }
    }
    if (kind === undefined) {
      fault("ValueError", "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    }
    const made = new (cls.js as unknown as new (kind: Kind) => PyArray)(kind);
    if (source === undefined || source === None) return made;
    const text = textOf(source);
    if (text !== undefined) addText(made, text);
    else if (source instanceof PyBytes || source instanceof PyByteArray) {
      addBytes(made, source.data);
    } else if (source instanceof PyArray && source.kind.code !== kind.code) {
      for (const item of source.values()) made.push(item);
    } else extend(made, source);
    return made;
  }),
);

/** The place of an item. */
function placeIn(self: PyArray, key: Value, what = "array"): number {
  if (indexOf(key) === undefined) fault("TypeError", "array indices must be integers");
  return placeOf(key, self.length, what);
}

/** Items by their numbers, as bytes. */
function picked(self: PyArray, slice: PySlice): Uint8Array {
  const { start, step, count } = extentOf(slice, self.length);
  const { width } = self.kind;
  const data = self.store.data;
  allocate(count * width);
  spend(count);
  if (step === 1) return data.slice(start * width, (start + count) * width);
  const out = new Uint8Array(count * width);
  for (let i = 0; i < count; i++) {
    const at = (start + i * step) * width;
    out.set(data.subarray(at, at + width), i * width);
  }
  return out;
}

/** Puts bytes in the place of others. */
function splice(self: PyArray, start: number, end: number, bytes: Uint8Array): void {
  const { store } = self;
  const before = store.size;
  const tail = store.data.slice(end);
  spend((before + bytes.length) >>> 6);
  const size = start + bytes.length + tail.length;
  if (size > before) store.resize(size);
  store.data.set(bytes, start);
  store.data.set(tail, start + bytes.length);
  if (size < before) store.resize(size);
}

function storeSlice(self: PyArray, key: PySlice, value: Value): void {
  if (!(value instanceof PyArray)) {
    fault("TypeError", `can only assign array (not "${typeName(value)}") to array slice`);
  }
  if (value.kind.code !== self.kind.code) {
    fault("TypeError", "bad argument type for built-in operation");
  }
  const { start, step, count } = extentOf(key, self.length);
  const { width } = self.kind;
  const bytes = copied(value);
  if (step === 1) {
    splice(self, start * width, (start + count) * width, bytes);
    return;
  }
  if (value.length !== count) {
    fault(
      "ValueError",
      `attempt to assign array of size ${value.length} to extended slice of size ${count}`,
    );
  }
  spend(count);
  for (let i = 0; i < count; i++) {
    self.store.data.set(bytes.subarray(i * width, (i + 1) * width), (start + i * step) * width);
  }
}

function dropSlice(self: PyArray, key: PySlice): void {
  const { start, step, count } = extentOf(key, self.length);
  const { width } = self.kind;
  if (step === 1) {
    splice(self, start * width, (start + count) * width, new Uint8Array(0));
    return;
  }
  spend(self.length);
  const gone = new Set(Array.from({ length: count }, (_, i) => start + i * step));
  const kept = Array.from({ length: self.length }, (_, i) => i).filter((i) => !gone.has(i));
  const { data } = self.store;
  for (const [to, from] of kept.entries()) {
    data.copyWithin(to * width, from * width, (from + 1) * width);
  }
  self.store.resize(kept.length * width);
}

function find(self: PyArray, value: Value, from = 0, to: number = self.length): number {
  for (let i = from; i < to && i < self.length; i++) {
    spend(1);
    if (equal(self.at(i), value)) return i;
  }
  return -1;
}

function repeated(self: PyArray, count: number): Uint8Array {
  const { size, data } = self.store;
  const total = size * Math.max(0, count);
  allocate(total);
  spend(total >>> 6);
  const out = new Uint8Array(total);
  for (let at = 0; at < total; at += size) out.set(data, at);
  return out;
}

function multiply(self: PyArray, count: Value): Value {
  const number = times(count);
  return number === undefined ? NotImplemented : like(self, repeated(self, number));
}

const order =
  (which: "__lt__" | "__le__" | "__gt__" | "__ge__") =>
  (self: PyArray, other: Value): Value =>
    other instanceof PyArray ? orderItems(self.values(), other.values(), which) : NotImplemented;

/** An end of a range to search, as `list.index` takes it. */
function clamped(value: Value | undefined, length: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  const at = Number(requireIndex(value));
  return at < 0 ? Math.max(0, at + length) : at;
}

function requireUnicode(self: PyArray, method: string): void {
  if (self.kind.code !== "u") {
    fault("ValueError", `${method}() may only be called on unicode type arrays`);
  }
}

function textIn(self: PyArray): Str {
  return concatAll(self.values().map((one) => textOf(one)!));
}

methods(arrayType, {
  __len__: (self: PyArray) => self.length,
  __getitem__: (self: PyArray, key: Value) =>
    key instanceof PySlice ? like(self, picked(self, key)) : self.at(placeIn(self, key)),
  __setitem__: (self: PyArray, key: Value, value: Value) => {
    if (key instanceof PySlice) storeSlice(self, key, value);
    else self.put(placeIn(self, key, "array assignment"), value);
    return None;
  },
  __delitem__: (self: PyArray, key: Value) => {
    if (key instanceof PySlice) dropSlice(self, key);
    else {
      const at = placeIn(self, key, "array assignment") * self.kind.width;
      splice(self, at, at + self.kind.width, new Uint8Array(0));
    }
    return None;
  },
  __iter__: (self: PyArray) => new ArrayIterator(self),
  __contains__: (self: PyArray, value: Value) => find(self, value) >= 0,
  __add__: (self: PyArray, other: Value) => {
    if (!(other instanceof PyArray)) {
      fault("TypeError", `can only append array (not "${typeName(other)}") to array`);
    }
    if (other.kind.code !== self.kind.code) {
      fault("TypeError", "bad argument type for built-in operation");
    }
    const made = like(self, copied(self));
    addBytes(made, other.store.data);
    return made;
  },
  __iadd__: (self: PyArray, other: Value) => {
    if (!(other instanceof PyArray)) {
      fault("TypeError", `can only extend array with array (not "${typeName(other)}")`);
    }
    extend(self, other);
    return self;
  },
  __mul__: multiply,
  __rmul__: multiply,
  __imul__: (self: PyArray, count: Value) => {
    const number = times(count);
    if (number === undefined) return NotImplemented;
    self.store.data = repeated(self, number);
    return self;
  },
  __eq__: (self: PyArray, other: Value) =>
    other instanceof PyArray ? equalItems(self.values(), other.values()) : NotImplemented,
  __ne__: (self: PyArray, other: Value) =>
    other instanceof PyArray ? !equalItems(self.values(), other.values()) : NotImplemented,
  __lt__: order("__lt__"),
  __le__: order("__le__"),
  __gt__: order("__gt__"),
  __ge__: order("__ge__"),
  __repr__: (self: PyArray) => {
    const head = `${self.type.name}('${self.kind.code}'`;
    if (self.length === 0) return `${head})`;
    const shown = self.kind.code === "u" ? textIn(self) : new PyList(self.values());
    return concatAll([`${head}, `, repr(shown), ")"]);
  },
  __copy__: (self: PyArray) => like(self, copied(self)),
  __deepcopy__: (self: PyArray, _memo: Value) => like(self, copied(self)),
  __reduce_ex__: (self: PyArray, _protocol: Value) => {
    const items = self.kind.code === "u" ? textIn(self) : new PyList(self.values());
    const dict = findAttribute(self, "__dict__") ?? None;
    return new PyTuple([self.type, new PyTuple([self.kind.code, items]), dict]);
  },
  append: (self: PyArray, value: Value) => {
    self.push(value);
    return None;
  },
  buffer_info: (self: PyArray) => new PyTuple([0, self.length]),
  byteswap: (self: PyArray) => {
    const { data } = self.store;
    const { width } = self.kind;
    spend(self.length);
    for (let at = 0; at < data.length; at += width) data.subarray(at, at + width).reverse();
    return None;
  },
  count: (self: PyArray, value: Value) => self.values().filter((one) => equal(one, value)).length,
  extend,
  frombytes: (self: PyArray, bytes: Value) => {
    addBytes(self, requireBytes(bytes));
    return None;
  },
  fromfile: (self: PyArray, file: Value, count: Value) => {
    const wanted = Number(requireIndex(count)) * self.kind.width;
    const read = call1(getAttribute(file, "read"), wanted);
    const bytes = bufferOf(read) ?? fault("TypeError", "read() didn't return bytes");
    addBytes(self, bytes);
    if (bytes.length !== wanted) fault("EOFError", "read() didn't return enough bytes");
    return None;
  },
  fromlist: (self: PyArray, list: Value) => {
    if (!(list instanceof PyList)) fault("TypeError", "arg must be list");
    const made = like(self, new Uint8Array(0));
    for (const item of toArray(list)) made.push(item);
    addBytes(self, made.store.data);
    return None;
  },
  fromunicode: (self: PyArray, text: Value) => {
    const given = textOf(text);
    if (given === undefined) {
      fault("TypeError", `fromunicode() argument must be str, not ${typeName(text)}`);
    }
    requireUnicode(self, "fromunicode");
    addText(self, given);
    return None;
  },
  index: signed(
    "value, start=0, stop=None, /",
    (self: PyArray, value: Value, start?: Value, stop?: Value) => {
      const { length } = self;
      const at = find(self, value, clamped(start, length, 0), clamped(stop, length, length));
      return at < 0 ? fault("ValueError", "array.index(x): x not in array") : at;
    },
  ),
  insert: (self: PyArray, place: Value, value: Value) => {
    const at = Math.min(clamped(place, self.length, 0), self.length) * self.kind.width;
    splice(self, at, at, encoded(self.kind, value));
    return None;
  },
  pop: signed("index=-1, /", (self: PyArray, index: Value = -1) => {
    const wanted = requireIndex(index);
    if (self.length === 0) fault("IndexError", "pop from empty array");
    const at = placeOf(wanted, self.length, "pop");
    const value = self.at(at);
    const { width } = self.kind;
    splice(self, at * width, (at + 1) * width, new Uint8Array(0));
    return value;
  }),
  remove: (self: PyArray, value: Value) => {
    const at = find(self, value);
    if (at < 0) fault("ValueError", "array.remove(x): x not in array");
    const { width } = self.kind;
    splice(self, at * width, (at + 1) * width, new Uint8Array(0));
    return None;
  },
  reverse: (self: PyArray) => {
    const made = like(self, new Uint8Array(0));
    for (const item of self.values().toReversed()) made.push(item);
    self.store.data.set(made.store.data);
    return None;
  },
  tobytes: (self: PyArray) => new PyBytes(copied(self)),
  tofile: (self: PyArray, file: Value) => {
    call1(getAttribute(file, "write"), new PyBytes(copied(self)));
    return None;
  },
  tolist: (self: PyArray) => new PyList(self.values()),
  tounicode: (self: PyArray) => {
    requireUnicode(self, "tounicode");
    return textIn(self);
  },
});

setTypeAttribute(arrayType, "__hash__", None);

computed(arrayType, {
  itemsize: (self: PyArray) => self.kind.width,
  typecode: (self: PyArray) => self.kind.code,
});

/** Fills the module. */
export function fillArray(module: PyModule): void {
  module.set("array", arrayType);
  module.set("ArrayType", arrayType);
  module.set("typecodes", CODES);
}
