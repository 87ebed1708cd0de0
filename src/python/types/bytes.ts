/** The methods of `bytes` and `bytearray`. What searches and splits text does it here too, on text of the same bytes. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { bufferOf, bytearrayType, bytesType, PyByteArray, PyBytes } from "../objects/bytes.ts";
import { classMethods, constants, maker, methods, staticMethods } from "../objects/define.ts";
import { iteratorType, PyIterator } from "../objects/iterator.ts";
import { PyList } from "../objects/list.ts";
import { None, NotImplemented, type PyObject, type Value } from "../objects/object.ts";
import { type Native, signed, type Signed } from "../objects/signature.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { bound, requireText, size, times } from "../operations/arguments.ts";
import {
  bytesFrom,
  bytesOfItems,
  fromLatin,
  latin,
  requireByte,
  requireBytes,
  soughtBytes,
} from "../operations/bytes.ts";
import { findAttribute } from "../operations/attributes.ts";
import { call } from "../operations/call.ts";
import { decide, type Order } from "../operations/compare.ts";
import { hashText } from "../operations/hash.ts";
import { iterate, ObjectIterator } from "../operations/iterate.ts";
import { percentBytes } from "../operations/percent.ts";
import { textOf } from "../operations/repr.ts";
import { extentOf, indexOf, placeOf, takeExtent } from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName, typeOf } from "../operations/typeof.ts";
import * as cases from "../text/bytes.ts";
import { decode } from "../text/decode.ts";
import { center, expandtabs, ljust, rjust, zfill } from "../text/pad.ts";
import { lengthHint } from "../operations/length-hint.ts";
import { reprBytes } from "../text/quote.ts";
import * as search from "../text/search.ts";
import * as pieces from "../text/split.ts";
import type { Str } from "../text/wide.ts";
import { hexlify } from "../numeric/codecs.ts";

type Bytes = PyBytes | PyByteArray;

/** Puts all methods that both classes have into one of them; what they make is of this class. */
function fill(type: PyType, wrap: (data: Uint8Array) => Value): void {
  const what = type === bytesType ? "bytes" : "bytearray";
  const make = (text: Str): Value => wrap(fromLatin(text as string));
  const list = (texts: readonly Str[]): Value => new PyList(texts.map(make));
  const own = (self: Bytes): string => latin(self.data);
  const arg = (value: Value): string => latin(requireBytes(value));

  const searching = (
    find: (text: Str, part: Str, start?: number, end?: number) => number,
    checked = false,
  ): Signed =>
    signed(
      "sub, start=None, end=None, /",
      (self: Bytes, part: Value, start?: Value, end?: Value) => {
        const at = find(own(self), latin(soughtBytes(part)), bound(start), bound(end));
        return at < 0 && checked ? fault("ValueError", "subsection not found") : at;
      },
    );
  const edge = (
    name: string,
    test: (text: Str, part: Str, start?: number, end?: number) => boolean,
  ): Signed =>
    signed(
      "affix, start=None, end=None, /",
      (self: Bytes, affix: Value, start?: Value, end?: Value) => {
        const text = own(self);
        const from = bound(start);
        const to = bound(end);
        if (affix instanceof PyTuple) {
          return affix.items.some((one) => test(text, arg(one), from, to));
        }
        const one =
          bufferOf(affix) ??
          fault(
            "TypeError",
            `${name} first arg must be bytes or a tuple of bytes, not ${typeName(affix)}`,
          );
        return test(text, latin(one), from, to);
      },
    );
  const padding = (name: string, pad: (text: Str, width: number, fill?: Str) => Str): Signed =>
    signed("width, fillchar=b' ', /", (self: Bytes, width: Value, fill?: Value) => {
      const char = fill === undefined ? undefined : bufferOf(fill);
      if (fill !== undefined && char?.length !== 1) {
        fault(
          "TypeError",
          `${name}() argument 2 must be a byte string of length 1, not ${typeName(fill)}`,
        );
      }
      return make(pad(own(self), size(width, 0), char === undefined ? " " : latin(char)));
    });
  const stripping = (ends: pieces.Ends): Signed =>
    signed("bytes=None, /", (self: Bytes, chars?: Value) => {
      const set = chars === undefined || chars === None ? cases.BLANK : arg(chars);
      const made = set === "" ? own(self) : String(pieces.strip(own(self), set, ends));
      return self.type === bytesType && made.length === self.data.length ? self : make(made);
    });
  const splitting = (
    split: typeof pieces.split,
    blank: (text: string, most: number) => string[],
  ): Signed =>
    signed("sep=None, maxsplit=-1", (self: Bytes, separator?: Value, most?: Value) => {
      const limit = most === undefined ? -1 : size(most, -1);
      if (separator === undefined || separator === None) return list(blank(own(self), limit));
      return list(split(own(self), arg(separator), limit));
    });
  const parting =
    (part: (text: Str, separator: Str) => Str[]): Native =>
    (self: Bytes, separator: Value) =>
      new PyTuple(part(own(self), arg(separator)).map(make));
  // Bytes know bytes alone; what else compares with them does it from its side.
  const comparable = (other: Value): Uint8Array | undefined =>
    type === bytesType && !(other instanceof PyBytes) ? undefined : bufferOf(other);
  const ordering =
    (order: Order): Native =>
    (self: Bytes, other: Value) => {
      const right = comparable(other);
      return right === undefined ? NotImplemented : decide(order, compareBytes(self.data, right));
    };
  const whole =
    (change: (data: Uint8Array) => Uint8Array): Native =>
    (self: Bytes) =>
      wrap(change(self.data));
  const question =
    (ask: (data: Uint8Array) => boolean): Native =>
    (self: Bytes) =>
      ask(self.data);
  const repeated = (self: Bytes, count: Value): Value => {
    const number = times(count);
    if (number === undefined) return NotImplemented;
    return wrap(repeatBytes(self.data, number));
  };

  methods(type, {
    capitalize: whole(cases.capitalize),
    lower: whole(cases.lower),
    upper: whole(cases.upper),
    swapcase: whole(cases.swapcase),
    title: whole(cases.title),
    isalnum: question(cases.isAlnum),
    isalpha: question(cases.isAlpha),
    isascii: question(cases.isAscii),
    isdigit: question(cases.isDigit),
    islower: question(cases.isLower),
    isspace: question(cases.isSpace),
    istitle: question(cases.isTitle),
    isupper: question(cases.isUpper),
    find: searching(search.find),
    rfind: searching(search.rfind),
    index: searching(search.find, true),
    rindex: searching(search.rfind, true),
    count: searching(search.count),
    startswith: edge("startswith", search.startsWith),
    endswith: edge("endswith", search.endsWith),
    center: padding("center", center),
    ljust: padding("ljust", ljust),
    rjust: padding("rjust", rjust),
    zfill: (self: Bytes, width: Value) => make(zfill(own(self), size(width, 0))),
    expandtabs: signed("tabsize=8", (self: Bytes, width?: Value) =>
      make(expandtabs(own(self), size(width, 8))),
    ),
    strip: stripping("both"),
    lstrip: stripping("left"),
    rstrip: stripping("right"),
    split: splitting(pieces.split, cases.splitBlank),
    rsplit: splitting(pieces.rsplit, cases.rsplitBlank),
    splitlines: signed("keepends=False", (self: Bytes, keep?: Value) =>
      list(cases.splitlines(own(self), keep !== undefined && truth(keep))),
    ),
    partition: parting(pieces.partition),
    rpartition: parting(pieces.rpartition),
    removeprefix: (self: Bytes, prefix: Value) => make(pieces.removePrefix(own(self), arg(prefix))),
    removesuffix: (self: Bytes, suffix: Value) => make(pieces.removeSuffix(own(self), arg(suffix))),
    replace: signed("old, new, count=-1, /", (self: Bytes, old: Value, by: Value, most?: Value) =>
      make(pieces.replace(own(self), arg(old), arg(by), size(most, -1))),
    ),
    join: (self: Bytes, parts: Value) => wrap(joinBytes(self.data, parts)),
    translate: signed("table, /, delete=b''", (self: Bytes, table: Value, gone?: Value) =>
      wrap(translate(self.data, table, gone === undefined ? undefined : requireBytes(gone))),
    ),
    decode: signed(
      "encoding='utf-8', errors='strict'",
      (self: Bytes, encoding?: Value, errors?: Value) =>
        decode(
          self.data,
          encoding === undefined
            ? undefined
            : String(requireText(encoding, "decode() argument 'encoding' ")),
          errors === undefined
            ? undefined
            : String(requireText(errors, "decode() argument 'errors' ")),
        ),
    ),
    hex: hexMethod,
    __contains__: (self: Bytes, part: Value) => {
      if (bufferOf(part) === undefined && indexOf(part) === undefined) {
        fault("TypeError", `a bytes-like object is required, not '${typeName(part)}'`);
      }
      return search.contains(own(self), latin(soughtBytes(part)));
    },
    __len__: (self: Bytes) => self.data.length,
    __iter__: (self: Bytes) =>
      type === bytesType ? new BytesIterator(self) : new ByteArrayIterator(self),
    __getitem__: (self: Bytes, key: Value) => {
      const { data } = self;
      if (key instanceof PySlice) return wrap(sliceBytes(data, key));
      return data[placeIn(key, data.length, what)]!;
    },
    __add__: (self: Bytes, other: Value) => {
      const right = bufferOf(other);
      if (right !== undefined) return wrap(concatBytes([self.data, right]));
      if (typeOf(other).open && lookup(typeOf(other), "__radd__") !== undefined)
        return NotImplemented;
      return fault("TypeError", `can't concat ${typeName(other)} to ${what}`);
    },
    __mul__: repeated,
    __rmul__: repeated,
    __mod__: (self: Bytes, values: Value) => make(percentBytes(own(self), values)),
    __rmod__: (_self: Bytes, _format: Value) => NotImplemented,
    __eq__: (self: Bytes, other: Value) => {
      const right = comparable(other);
      return right === undefined ? NotImplemented : sameBytes(self.data, right);
    },
    __ne__: (self: Bytes, other: Value) => {
      const right = comparable(other);
      return right === undefined ? NotImplemented : !sameBytes(self.data, right);
    },
    __lt__: ordering("__lt__"),
    __le__: ordering("__le__"),
    __gt__: ordering("__gt__"),
    __ge__: ordering("__ge__"),
    __repr__: (self: Bytes) =>
      type === bytesType
        ? reprBytes(self.data)
        : `${self.type.name}(${reprBytes(self.data, true)})`,
    __str__: (self: Bytes) =>
      type === bytesType
        ? reprBytes(self.data)
        : `${self.type.name}(${reprBytes(self.data, true)})`,
    __reduce_ex__: (self: Bytes, _protocol: Value) =>
      new PyTuple([
        self.type,
        new PyTuple([new PyBytes(self.data.slice())]),
        findAttribute(self, "__dict__") ?? None,
      ]),
    __sizeof__: (self: Bytes) => 33 + self.data.length,
  });
  classMethods(type, {
    fromhex: (cls: PyType, text: Value) => {
      const data = cases.fromHex(requireText(text, "fromhex() argument "));
      return cls === type ? wrap(data) : call(cls, [new PyBytes(data)]);
    },
  });
  staticMethods(type, {
    maketrans: (from: Value, to: Value) =>
      new PyBytes(makeTable(requireBytes(from), requireBytes(to))),
  });
}

/** `hex(sep, bytes_per_sep)` of anything with bytes. */
export const hexMethod: Signed = signed(
  "sep=None, bytes_per_sep=1",
  (self: Bytes, separator?: Value, each?: Value) => {
    const data = bufferOf(self as PyObject)!;
    if (separator === undefined) return hexlify(data);
    const text = textOf(separator) ?? latin(requireBytes(separator));
    if (String(text).length !== 1) fault("ValueError", "sep must be length 1.");
    if (/[^\0-\x7f]/.test(String(text))) fault("ValueError", "sep must be ASCII.");
    return hexlify(data, String(text), each === undefined ? 1 : size(each, 1));
  },
);

function placeIn(key: Value, length: number, what: "bytes" | "bytearray"): number {
  if (what === "bytearray") return placeOf(key, length, "bytearray");
  const index = indexOf(key);
  if (index === undefined)
    fault("TypeError", `byte indices must be integers or slices, not ${typeName(key)}`);
  if (typeof index === "bigint")
    fault("IndexError", "cannot fit 'int' into an index-sized integer");
  const at = index < 0 ? index + length : index;
  if (at < 0 || at >= length) fault("IndexError", "index out of range");
  return at;
}

/** The bytes that a slice takes. */
function sliceBytes(data: Uint8Array, key: PySlice): Uint8Array {
  const extent = extentOf(key, data.length);
  allocate(extent.count);
  spend(extent.count >>> 4);
  if (extent.step === 1) return data.slice(extent.start, extent.start + extent.count);
  const taken = new Uint8Array(extent.count);
  for (let i = 0, at = extent.start; i < extent.count; i++, at += extent.step) taken[i] = data[at]!;
  return taken;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  spend(Math.min(a.length, b.length) >>> 6);
  return Buffer.compare(a, b);
}

function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  allocate(length);
  spend(parts.length + (length >>> 6));
  if (length > 0x7fffffff) fault("MemoryError");
  const data = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}

function repeatBytes(data: Uint8Array, count: number): Uint8Array {
  if (count <= 0 || data.length === 0) return new Uint8Array(0);
  const length = data.length * count;
  if (length > 2 ** 53) fault("OverflowError", "repeated bytes are too long");
  allocate(length);
  spend(length >>> 6);
  if (length > 0x7fffffff) fault("MemoryError");
  const repeated = new Uint8Array(length);
  repeated.set(data);
  for (let done = data.length; done < length; done *= 2) repeated.copyWithin(done, 0, done);
  return repeated;
}

function joinBytes(separator: Uint8Array, parts: Value): Uint8Array {
  const all: Uint8Array[] = [];
  const type = typeOf(parts);
  if (lookup(type, "__iter__") === undefined && lookup(type, "__getitem__") === undefined) {
    fault("TypeError", "can only join an iterable");
  }
  const iterator = iterate(parts);
  if (typeof parts === "object" && parts.type.open)
    lengthHint(iterator instanceof ObjectIterator ? iterator.object : iterator);
  let item: Value | undefined;
  for (let i = 0; (item = iterator.next()) !== undefined; i++) {
    spend(1);
    if (i > 0) all.push(separator);
    all.push(
      bufferOf(item) ??
        fault(
          "TypeError",
          `sequence item ${i}: expected a bytes-like object, ${typeName(item)} found`,
        ),
    );
  }
  return concatBytes(all);
}

function translate(data: Uint8Array, table: Value, gone: Uint8Array | undefined): Uint8Array {
  const to = table === None ? undefined : requireBytes(table);
  if (to !== undefined && to.length !== 256) {
    fault("ValueError", "translation table must be 256 characters long");
  }
  spend(data.length);
  allocate(data.length);
  const dropped = new Set(gone ?? []);
  const kept = dropped.size === 0 ? data.slice() : data.filter((byte) => !dropped.has(byte));
  if (to !== undefined) for (let i = 0; i < kept.length; i++) kept[i] = to[kept[i]!]!;
  return kept;
}

function makeTable(from: Uint8Array, to: Uint8Array): Uint8Array {
  if (from.length !== to.length) fault("ValueError", "maketrans arguments must have same length");
  const table = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0; i < from.length; i++) table[from[i]!] = to[i]!;
  return table;
}

/** Over the bytes as ints. */
class BytesIterator extends PyIterator {
  private source: Bytes | undefined;
  private at = 0;

  constructor(source: Bytes) {
    super();
    this.source = source;
  }

  next(): Value | undefined {
    const byte = this.source?.data[this.at];
    if (byte === undefined) this.source = undefined;
    else this.at++;
    return byte;
  }

  override lengthHint(): number {
    return Math.max(0, (this.source?.data.length ?? 0) - this.at);
  }
}
iteratorType("bytes_iterator", BytesIterator);
class ByteArrayIterator extends BytesIterator {}
iteratorType("bytearray_iterator", ByteArrayIterator);

fill(bytesType, (data) => new PyBytes(data));
maker(
  bytesType,
  signed(
    "cls, /, source=b'', encoding='utf-8', errors='strict'",
    (cls: PyType, source?: Value, encoding?: Value, errors?: Value) => {
      if (
        cls === bytesType &&
        source instanceof PyBytes &&
        source.type === bytesType &&
        encoding === undefined
      ) {
        return source;
      }
      return new (cls.js as unknown as new (data: Uint8Array) => PyBytes)(
        bytesFrom("bytes", source, encoding, errors),
      );
    },
  ),
);
methods(bytesType, {
  __hash__: (self: PyBytes) => hashText(latin(self.data)),
  __bytes__: (self: PyBytes) => (self.type === bytesType ? self : new PyBytes(self.data)),
  __getnewargs__: (self: PyBytes) => new PyTuple([new PyBytes(self.data)]),
});

fill(bytearrayType, (data) => new PyByteArray(data));
maker(
  bytearrayType,
  signed(
    "cls, /, *args, **kwargs",
    (cls: PyType, _args: Value[], _kwargs: Map<string, Value>) =>
      new (cls.js as unknown as new (data: Uint8Array) => PyByteArray)(new Uint8Array(0)),
  ),
);
const alterations: Readonly<Record<string, Native | Signed>> = {
  __init__: signed(
    "source=b'', encoding='utf-8', errors='strict'",
    (self: PyByteArray, source?: Value, encoding?: Value, errors?: Value) => {
      self.data = bytesFrom("bytearray", source, encoding, errors);
      return None;
    },
  ),
  __setitem__: (self: PyByteArray, key: Value, value: Value) => {
    if (key instanceof PySlice) storeSlice(self, key, value);
    else self.data[placeOf(key, self.size, "bytearray")] = requireByte(value);
    return None;
  },
  __delitem__: (self: PyByteArray, key: Value) => {
    if (key instanceof PySlice) {
      const { start, step, count } = extentOf(key, self.size);
      const gone = new Set(Array.from({ length: count }, (_, i) => start + i * step));
      spend(self.size);
      self.data = self.data.filter((_, i) => !gone.has(i));
    } else remove(self, placeOf(key, self.size, "bytearray"));
    return None;
  },
  __iadd__: (self: PyByteArray, other: Value) => {
    const more =
      bufferOf(other) ?? fault("TypeError", `can't concat ${typeName(other)} to bytearray`);
    extend(self, more);
    return self;
  },
  __imul__: (self: PyByteArray, count: Value) => {
    const number =
      times(count) ??
      fault("TypeError", `can't multiply sequence by non-int of type '${typeName(count)}'`);
    self.data = repeatBytes(self.data, number);
    return self;
  },
  append: (self: PyByteArray, value: Value) => {
    self.push(requireByte(value));
    return None;
  },
  clear: (self: PyByteArray) => {
    self.data = new Uint8Array(0);
    return None;
  },
  copy: (self: PyByteArray) => new PyByteArray(concatBytes([self.data])),
  extend: (self: PyByteArray, values: Value) => {
    if (textOf(values) !== undefined)
      fault("TypeError", "expected iterable of integers; got: 'str'");
    const type = typeOf(values);
    if (lookup(type, "__iter__") === undefined && bufferOf(values) === undefined) {
      fault("TypeError", `can't extend bytearray with ${type.name}`);
    }
    extend(self, bufferOf(values) ?? bytesOfItems(values));
    return None;
  },
  insert: (self: PyByteArray, index: Value, value: Value) => {
    const length = self.size;
    const wanted = size(index, 0);
    const byte = requireByte(value);
    const at = wanted < 0 ? Math.max(0, wanted + length) : Math.min(wanted, length);
    spend((length - at) >>> 6);
    self.resize(length + 1);
    self.data.copyWithin(at + 1, at, length);
    self.data[at] = byte;
    return None;
  },
  pop: signed("index=-1, /", (self: PyByteArray, index?: Value) => {
    if (self.size === 0) fault("IndexError", "pop from empty bytearray");
    const wanted = size(index, -1);
    const at = wanted < 0 ? wanted + self.size : wanted;
    if (at < 0 || at >= self.size) fault("IndexError", "pop index out of range");
    return remove(self, at);
  }),
  remove: (self: PyByteArray, value: Value) => {
    const at = self.data.indexOf(requireByte(value));
    spend(self.size >>> 6);
    if (at < 0) fault("ValueError", "value not found in bytearray");
    remove(self, at);
    return None;
  },
  reverse: (self: PyByteArray) => {
    spend(self.size >>> 4);
    self.data.reverse();
    return None;
  },
};
methods(bytearrayType, alterations);
constants(bytearrayType, { __hash__: None });

function remove(self: PyByteArray, at: number): number {
  const { data } = self;
  const byte = data[at]!;
  spend((data.length - at) >>> 6);
  data.copyWithin(at, at + 1);
  self.resize(data.length - 1);
  return byte;
}

function extend(self: PyByteArray, more: Uint8Array): void {
  const from = self.size;
  // What is added may be the array itself.
  const added = more.slice();
  spend(added.length >>> 6);
  self.resize(from + added.length);
  self.data.set(added, from);
}

function storeSlice(self: PyByteArray, key: PySlice, value: Value): void {
  if (typeof value === "number") {
    fault("TypeError", "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
  }
  const more = (bufferOf(value) ?? bytesOfItems(value)).slice();
  const { data } = self;
  const extent = extentOf(key, data.length);
  const { start, step, count } = extent;
  if (step === 1) {
    self.data = concatBytes([
      data.subarray(0, start),
      more,
      data.subarray(Math.max(start, start + count)),
    ]);
    return;
  }
  if (more.length !== count) {
    if (more.length === 0) {
      const gone = new Set(takeExtent(Array.from(data.keys()), extent));
      self.data = data.filter((_, i) => !gone.has(i));
      return;
    }
    fault(
      "ValueError",
      `attempt to assign bytes of size ${more.length} to extended slice of size ${count}`,
    );
  }
  for (let i = 0, at = start; i < count; i++, at += step) data[at] = more[i]!;
}
