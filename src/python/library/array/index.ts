/** `array`: https://docs.python.org/3/library/array.html */
import { allocate, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { bufferOf, PyByteArray, PyBytes } from "../../objects/bytes.ts";
import { computed, constants, maker, methods } from "../../objects/define.ts";
import { iteratorType, PyIterator } from "../../objects/iterator.ts";
import { PyList } from "../../objects/list.ts";
import type { PyModule } from "../../objects/module.ts";
import { type Keywords, None, NotImplemented, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { PySlice } from "../../objects/slice.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { isSubtype, PyType } from "../../objects/type.ts";
import { dictOf, getAttribute } from "../../operations/attributes.ts";
import { requireBytes } from "../../operations/bytes.ts";
import { call } from "../../operations/call.ts";
import { decide, equal, ge, gt, le, lt, type Order } from "../../operations/compare.ts";
import { iterate } from "../../operations/iterate.ts";
import { derived } from "../../operations/numbers.ts";
import { repr, textOf } from "../../operations/repr.ts";
import { repetitions, reprItems, reserveItems, searchBound } from "../../operations/sequences.ts";
import { extentOf, indexOf, requireSize } from "../../operations/subscript.ts";
import { typeName } from "../../operations/typeof.ts";
import { decode } from "../../text/decode.ts";
import { concatAll, fromPoints, sizeOf, type Str, toPoints } from "../../text/wide.ts";
import { iteration } from "../../types/iterators.ts";
import { lazy } from "../lazy.ts";
import { functions } from "../native.ts";
import { type Cells, type Kind, KINDS, newCells, PyArray, toCell } from "./cells.ts";

const CODES = KINDS.map((one) => one.code).join("");
const ORDERS = { __lt__: lt, __le__: le, __gt__: gt, __ge__: ge };

/** Over the items of an array, which may grow or shrink meanwhile. */
class ArrayIterator extends PyIterator {
  readonly array: PyArray;
  at = 0;
  constructor(array: PyArray) {
    super();
    this.array = array;
  }
  next(): Value | undefined {
    return this.at < this.array.size ? this.array.at(this.at++) : undefined;
  }
}

const iteratorClass = lazy(() => {
  const type = iteration(iteratorType("arrayiterator", ArrayIterator, "array"));
  methods(type, {
    __reduce__: (self: ArrayIterator) =>
      new PyTuple([runtime().builtins.get("iter")!, new PyTuple([self.array]), self.at]),
    __setstate__: (self: ArrayIterator, state: Value) => {
      self.at = Math.min(Math.max(0, requireSize(state)), self.array.size);
      return None;
    },
  });
  return type;
});

function like(self: PyArray, cells: Cells): PyArray {
  return new PyArray(self.kind, cells);
}

function kindOf(code: Value | undefined): Kind {
  const text = code === undefined ? undefined : textOf(code);
  if (text === undefined || sizeOf(text) !== 1) {
    fault("TypeError", `array() argument 1 must be a unicode character, not ${typeName(code!)}`);
  }
  return (
    KINDS.find((one) => one.code === text) ??
    fault("ValueError", "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
  );
}

/** `array(typecode, initializer)`. */
function make(cls: PyType, args: Value[], keywords: Keywords): Value {
  if (keywords.size > 0 && !cls.open)
    fault("TypeError", "array.array() takes no keyword arguments");
  if (args.length === 0) fault("TypeError", "array() takes at least 1 argument (0 given)");
  if (args.length > 2)
    fault("TypeError", `array() takes at most 2 arguments (${args.length} given)`);
  const kind = kindOf(args[0]);
  const made = derived(cls, kind) as PyArray;
  const initial = args[1];
  if (initial === undefined) return made;
  const text = textOf(initial);
  const isText = kind.code === "u";
  if (!isText && text !== undefined)
    fault("TypeError", `cannot use a str to initialize an array with typecode '${kind.code}'`);
  if (!isText && initial instanceof PyArray && initial.kind.code === "u") {
    fault(
      "TypeError",
      `cannot use a unicode array to initialize an array with typecode '${kind.code}'`,
    );
  }
  if (text !== undefined) appendText(made, text);
  else if (initial instanceof PyBytes || initial instanceof PyByteArray)
    appendBytes(made, initial.data);
  else if (initial instanceof PyArray && initial.kind === kind) made.splice(0, 0, initial.cells);
  else appendAll(made, initial);
  return made;
}

function appendText(self: PyArray, text: Str): void {
  allocate(sizeOf(text) * 4);
  spend(sizeOf(text) >> 2);
  self.splice(self.size, 0, toPoints(text) as unknown as Cells);
}

function appendBytes(self: PyArray, data: Uint8Array): void {
  const { width } = self.kind;
  if (data.length % width !== 0) fault("ValueError", "bytes length not a multiple of item size");
  allocate(data.length);
  self.splice(self.size, 0, self.kind.make(data.slice().buffer as ArrayBuffer));
}

function appendAll(self: PyArray, iterable: Value): void {
  const iterator = iterate(iterable);
  for (let item = iterator.next(); item !== undefined; item = iterator.next()) {
    spend(1);
    self.push(toCell(self.kind, item));
  }
}

function extend(self: PyArray, other: Value): void {
  if (!(other instanceof PyArray)) appendAll(self, other);
  else if (other.kind !== self.kind) fault("TypeError", "can only extend with array of same kind");
  else self.splice(self.size, 0, other.cells);
}

function place(self: PyArray, key: Value, verb = "index"): number {
  const index = indexOf(key);
  if (index === undefined) fault("TypeError", "array indices must be integers");
  if (typeof index === "bigint")
    fault("IndexError", "cannot fit 'int' into an index-sized integer");
  const at = index < 0 ? index + self.size : index;
  if (at < 0 || at >= self.size) fault("IndexError", `array ${verb} out of range`);
  return at;
}

function itemsOf(self: PyArray): Value[] {
  reserveItems(self.size);
  spend(self.size);
  return Array.from({ length: self.size }, (_, i) => self.at(i));
}

function find(self: PyArray, value: Value, start = 0, stop = Infinity): number {
  for (let i = start; i < stop && i < self.size; i++) {
    spend(1);
    if (equal(self.at(i), value)) return i;
  }
  return -1;
}

function slice(self: PyArray, key: PySlice): PyArray {
  const { start, step, count } = extentOf(key, self.size);
  const taken = newCells(self.kind, count);
  const { cells } = self;
  if (step === 1) taken.set(cells.subarray(start, start + count));
  else {
    spend(count);
    for (let i = 0; i < count; i++) taken[i] = cells[start + i * step]!;
  }
  return like(self, taken);
}

function storeSlice(self: PyArray, key: PySlice, value: Value): void {
  if (!(value instanceof PyArray))
    fault("TypeError", `can only assign array (not "${typeName(value)}") to array slice`);
  if (value.kind !== self.kind) fault("TypeError", "bad argument type for built-in operation");
  const { start, step, count } = extentOf(key, self.size);
  if (step === 1) {
    self.splice(start, count, value.cells);
    return;
  }
  if (value.size !== count) {
    fault(
      "ValueError",
      `attempt to assign array of size ${value.size} to extended slice of size ${count}`,
    );
  }
  spend(count);
  allocate(count * self.kind.width);
  const cells = value.cells.slice();
  for (let i = 0; i < count; i++) self.put(start + i * step, cells[i]!);
}

function deleteSlice(self: PyArray, key: PySlice): void {
  const { start, step, count } = extentOf(key, self.size);
  if (count === 0) return;
  if (step === 1) {
    self.splice(start, count, self.kind.make(0));
    return;
  }
  spend(self.size);
  const by = Math.abs(step);
  const first = step > 0 ? start : start + (count - 1) * step;
  const { cells } = self;
  let to = first;
  for (let from = first, skipped = 0; from < self.size; from++) {
    if (skipped < count && from === first + skipped * by) skipped++;
    else cells[to++] = cells[from]!;
  }
  self.size = to;
}

function times(self: PyArray, count: Value): PyArray | undefined {
  const wanted = repetitions(count);
  if (wanted === undefined) return undefined;
  const repeats = Math.max(0, wanted);
  const cells = newCells(self.kind, self.size * repeats);
  spend(repeats);
  if (self.size > 0) for (let i = 0; i < repeats; i++) cells.set(self.cells, i * self.size);
  return like(self, cells);
}

function product(self: PyArray, count: Value): Value {
  return times(self, count) ?? NotImplemented;
}

function order(name: Order): (self: PyArray, other: Value) => Value {
  return (self, other) => {
    if (!(other instanceof PyArray)) return NotImplemented;
    for (let i = 0; i < self.size && i < other.size; i++) {
      spend(1);
      const [x, y] = [self.at(i), other.at(i)];
      if (!equal(x, y)) return ORDERS[name](x, y);
    }
    return decide(name, self.size - other.size);
  };
}

function isSame(self: PyArray, other: PyArray): boolean {
  if (self.size !== other.size) return false;
  for (let i = 0; i < self.size; i++) {
    spend(1);
    if (!equal(self.at(i), other.at(i))) return false;
  }
  return true;
}

/** Turns the bytes of each item around. */
function swap(data: Uint8Array, width: number): void {
  spend(data.length >> 2);
  for (let at = 0; at < data.length; at += width) data.subarray(at, at + width).reverse();
}

function textIn(self: PyArray, name: string): Str {
  if (self.kind.code !== "u")
    fault("ValueError", `${name}() may only be called on unicode type arrays`);
  allocate(self.size * 2);
  spend(self.size >> 2);
  return fromPoints(self.cells as unknown as Uint32Array);
}

function bytesIn(self: PyArray): PyBytes {
  allocate(self.size * self.kind.width);
  spend(self.size >> 3);
  return new PyBytes(self.byteView().slice());
}

function removeOne(self: PyArray, at: number): void {
  self.splice(at, 1, self.kind.make(0));
}

const UTF16 = 18;
const UTF32 = 20;

/** What a pickle names to make an array again: from bytes, as another machine may have written them. */
function reconstruct(cls: PyType, code: Value, format: Value, bytes: Value): Value {
  if (!(cls instanceof PyType)) {
    fault("TypeError", `first argument must be a type object, not ${typeName(cls)}`);
  }
  if (!isSubtype(cls, arrayType())) {
    fault("TypeError", `${cls.name} is not a subtype of array.array`);
  }
  const number = requireSize(format);
  const kind = kindOf(code);
  if (!(bytes instanceof PyBytes))
    fault("TypeError", `fourth argument should be bytes, not ${typeName(bytes)}`);
  if (number < 0 || number > UTF32 + 1)
    fault("ValueError", "third argument must be a valid machine format code.");
  if (number === UTF16 || number === UTF16 + 1) {
    const text = decode(bytes.data, number === UTF16 ? "utf-16-le" : "utf-16-be");
    return make(cls, [code, text as Value], new Map());
  }
  const little = number < 2 ? number : number & ~1;
  const from = KINDS.find((one) => one.format === little)!;
  const read = new PyArray(from);
  appendBytes(read, bytes.data);
  if (little !== number) swap(read.byteView(), from.width);
  if (from.code === "u") return make(cls, [code, textIn(read, "fromunicode") as Value], new Map());
  const made = derived(cls, kind) as PyArray;
  if (from.format === kind.format) made.splice(0, 0, read.cells);
  else appendAll(made, read);
  return made;
}

const arrayType = lazy(() => {
  const type = builtinType("array", PyArray, { module: "array" });
  maker(type, signed("cls, /, *args, **kwargs", make));
  methods(type, {
    __repr__: (self: PyArray) => {
      const head = `${self.type.name}('${self.kind.code}'`;
      if (self.size === 0) return `${head})`;
      const shown =
        self.kind.code === "u"
          ? repr(textIn(self, "tounicode") as Value)
          : reprItems(itemsOf(self), "[", "]");
      return concatAll([`${head}, `, shown, ")"]) as Value;
    },
    __len__: (self: PyArray) => self.size,
    __iter__: (self: PyArray) => {
      iteratorClass();
      return new ArrayIterator(self);
    },
    __contains__: (self: PyArray, value: Value) => find(self, value) >= 0,
    __eq__: (self: PyArray, other: Value) =>
      other instanceof PyArray ? isSame(self, other) : NotImplemented,
    __lt__: order("__lt__"),
    __le__: order("__le__"),
    __gt__: order("__gt__"),
    __ge__: order("__ge__"),
    __add__: (self: PyArray, other: Value) => {
      if (!(other instanceof PyArray))
        fault("TypeError", `can only append array (not "${typeName(other)}") to array`);
      if (other.kind !== self.kind) fault("TypeError", "bad argument type for built-in operation");
      const cells = newCells(self.kind, self.size + other.size);
      cells.set(self.cells);
      cells.set(other.cells, self.size);
      return like(self, cells);
    },
    __iadd__: (self: PyArray, other: Value) => {
      if (!(other instanceof PyArray))
        fault("TypeError", `can only extend array with array (not "${typeName(other)}")`);
      extend(self, other);
      return self;
    },
    __mul__: product,
    __rmul__: product,
    __imul__: (self: PyArray, count: Value) => {
      const made = times(self, count);
      if (made === undefined) return NotImplemented;
      self.splice(0, self.size, made.cells);
      return self;
    },
    __getitem__: (self: PyArray, key: Value) =>
      key instanceof PySlice ? slice(self, key) : self.at(place(self, key)),
    __setitem__: (self: PyArray, key: Value, value: Value) => {
      if (key instanceof PySlice) storeSlice(self, key, value);
      else self.put(place(self, key, "assignment index"), toCell(self.kind, value));
      return None;
    },
    __delitem__: (self: PyArray, key: Value) => {
      if (key instanceof PySlice) deleteSlice(self, key);
      else removeOne(self, place(self, key, "assignment index"));
      return None;
    },
    append: (self: PyArray, value: Value) => {
      self.push(toCell(self.kind, value));
      return None;
    },
    extend: (self: PyArray, iterable: Value) => {
      extend(self, iterable);
      return None;
    },
    insert: (self: PyArray, index: Value, value: Value) => {
      const wanted = requireSize(index);
      const cells = self.kind.make(1);
      cells[0] = toCell(self.kind, value);
      const at = wanted < 0 ? Math.max(0, wanted + self.size) : Math.min(wanted, self.size);
      self.splice(at, 0, cells);
      return None;
    },
    pop: signed("i=-1, /", (self: PyArray, index?: Value) => {
      const wanted = index === undefined ? -1 : requireSize(index);
      if (self.size === 0) fault("IndexError", "pop from empty array");
      const at = wanted < 0 ? wanted + self.size : wanted;
      if (at < 0 || at >= self.size) fault("IndexError", "pop index out of range");
      const value = self.at(at);
      removeOne(self, at);
      return value;
    }),
    remove: (self: PyArray, value: Value) => {
      const at = find(self, value);
      if (at < 0) fault("ValueError", "array.remove(x): x not in array");
      removeOne(self, at);
      return None;
    },
    index: signed(
      "v, start=0, stop=9223372036854775807, /",
      (self: PyArray, value: Value, start?: Value, stop?: Value) => {
        const from = searchBound(start, self.size, 0);
        const at = find(self, value, from, searchBound(stop, self.size, Infinity));
        return at < 0 ? fault("ValueError", "array.index(x): x not in array") : at;
      },
    ),
    count: (self: PyArray, value: Value) => {
      let count = 0;
      for (let at = find(self, value); at >= 0; at = find(self, value, at + 1)) count++;
      return count;
    },
    reverse: (self: PyArray) => {
      spend(self.size >> 2);
      self.cells.reverse();
      return None;
    },
    byteswap: (self: PyArray) => {
      swap(self.byteView(), self.kind.width);
      return None;
    },
    frombytes: (self: PyArray, buffer: Value) => {
      appendBytes(self, requireBytes(buffer));
      return None;
    },
    tobytes: bytesIn,
    fromlist: (self: PyArray, list: Value) => {
      if (!(list instanceof PyList)) fault("TypeError", "arg must be list");
      const more = new PyArray(self.kind);
      appendAll(more, list);
      self.splice(self.size, 0, more.cells);
      return None;
    },
    tolist: (self: PyArray) => new PyList(itemsOf(self)),
    fromunicode: (self: PyArray, text: Value) => {
      const given = textOf(text);
      if (given === undefined)
        fault("TypeError", `fromunicode() argument must be str, not ${typeName(text)}`);
      if (self.kind.code !== "u")
        fault("ValueError", "fromunicode() may only be called on unicode type arrays");
      appendText(self, given);
      return None;
    },
    tounicode: (self: PyArray) => textIn(self, "tounicode") as Value,
    tofile: (self: PyArray, file: Value) => {
      if (self.size > 0) call(getAttribute(file, "write"), [bytesIn(self)]);
      return None;
    },
    fromfile: (self: PyArray, file: Value, count: Value) => {
      const read = getAttribute(file, "read");
      const wanted = requireSize(count) * self.kind.width;
      if (wanted < 0) fault("ValueError", "negative count");
      const data = bufferOf(call(read, [wanted]));
      if (data === undefined) fault("TypeError", "read() didn't return bytes");
      appendBytes(self, data);
      if (data.length !== wanted) fault("EOFError", "read() didn't return enough bytes");
      return None;
    },
    buffer_info: (self: PyArray) => new PyTuple([runtime().id(self), self.size]),
    __copy__: (self: PyArray) => slice(self, new PySlice(None, None, None)),
    __deepcopy__: (self: PyArray, _memo: Value) => slice(self, new PySlice(None, None, None)),
    __reduce_ex__: (self: PyArray, protocol: Value) => {
      const { code, format } = self.kind;
      const state = dictOf(self) ?? None;
      if (requireSize(protocol) < 3) {
        const items = new PyList(itemsOf(self));
        return new PyTuple([self.type, new PyTuple([code, items]), state]);
      }
      const maker = getAttribute(runtime().load("array"), "_array_reconstructor");
      return new PyTuple([maker, new PyTuple([self.type, code, format, bytesIn(self)]), state]);
    },
    __sizeof__: (self: PyArray) => 64 + self.size * self.kind.width,
  });
  computed(type, {
    typecode: (self: PyArray) => self.kind.code,
    itemsize: (self: PyArray) => self.kind.width,
  });
  constants(type, { __hash__: None });
  type.weak = true;
  return type;
});

export function fillArray(module: PyModule): void {
  module.set("array", arrayType());
  module.set("ArrayType", arrayType());
  module.set("typecodes", CODES);
  functions(module, { _array_reconstructor: reconstruct });
}
