/** `collections.deque`: a ring of places, so that both ends are cheap. */
import { allocate, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { classMethods, computed, constants, maker, methods } from "../../objects/define.ts";
import { filled } from "../../objects/arrays.ts";
import { iteratorType, PyIterator } from "../../objects/iterator.ts";
import { None, NotImplemented, PyObject, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { dictOf } from "../../operations/attributes.ts";
import type { PyType } from "../../objects/type.ts";
import { equal, equalItems, type Order, orderItems } from "../../operations/compare.ts";
import { parameterize } from "../../operations/generics.ts";
import { isIterable, iterate } from "../../operations/iterate.ts";
import { repr } from "../../operations/repr.ts";
import { repeated, reserveItems, searchBound, showing } from "../../operations/sequences.ts";
import { indexOf, requireIndex, requireSize } from "../../operations/subscript.ts";
import { typeName } from "../../operations/typeof.ts";
import { concatAll, type Str } from "../../text/wide.ts";
import { iteration } from "../../types/iterators.ts";

class PyDeque extends PyObject {
  /** As many places as a power of two; those in use begin at `head`. */
  private ring: (Value | undefined)[] = filled(8, undefined);
  private head = 0;
  size = 0;
  most: number = Infinity;
  /** Grows with each change of the size. */
  changes = 0;

  at(index: number): Value | undefined {
    return index < this.size ? this.ring[(this.head + index) & (this.ring.length - 1)] : undefined;
  }

  put(index: number, value: Value): void {
    this.ring[(this.head + index) & (this.ring.length - 1)] = value;
  }

  push(value: Value): void {
    if (this.size >= this.most) {
      if (this.most === 0) return;
      this.shift();
    }
    if (this.size === this.ring.length) this.grow();
    this.ring[(this.head + this.size) & (this.ring.length - 1)] = value;
    this.size++;
    this.changes++;
  }

  unshift(value: Value): void {
    if (this.size >= this.most) {
      if (this.most === 0) return;
      this.pop();
    }
    if (this.size === this.ring.length) this.grow();
    this.head = (this.head - 1) & (this.ring.length - 1);
    this.ring[this.head] = value;
    this.size++;
    this.changes++;
  }

  pop(): Value | undefined {
    if (this.size === 0) return undefined;
    const place = (this.head + --this.size) & (this.ring.length - 1);
    const value = this.ring[place];
    this.ring[place] = undefined;
    this.changes++;
    return value;
  }

  shift(): Value | undefined {
    if (this.size === 0) return undefined;
    const value = this.ring[this.head];
    this.ring[this.head] = undefined;
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.size--;
    this.changes++;
    return value;
  }

  /** All values, in an array of their own. */
  toArray(): Value[] {
    reserveItems(this.size);
    const values: Value[] = [];
    for (let i = 0; i < this.size; i++) values.push(this.at(i)!);
    return values;
  }

  /** Takes other values, of which so many stay as there is room for. */
  fill(values: readonly Value[]): void {
    const kept = values.length > this.most ? values.slice(values.length - this.most) : values;
    let places = 8;
    while (places < kept.length) places *= 2;
    const ring = filled<Value | undefined>(places, undefined);
    for (let i = 0; i < kept.length; i++) ring[i] = kept[i];
    this.ring = ring;
    this.head = 0;
    this.size = kept.length;
    this.changes++;
  }

  private grow(): void {
    const places = this.ring.length;
    allocate(places * 8);
    spend(places >> 2);
    const ring: (Value | undefined)[] = [];
    for (let i = 0; i < places; i++) ring.push(this.ring[(this.head + i) & (places - 1)]);
    for (let i = 0; i < places; i++) ring.push(undefined);
    this.ring = ring;
    this.head = 0;
  }
}

class DequeIterator extends PyIterator {
  private readonly deque: PyDeque;
  private readonly changes: number;
  private readonly back: boolean;
  private done: number;

  constructor(deque: PyDeque, back: boolean, done: number) {
    super();
    this.done = done;
    this.deque = deque;
    this.changes = deque.changes;
    this.back = back;
  }

  next(): Value | undefined {
    const { deque } = this;
    if (this.done > deque.size && this.changes === deque.changes) return undefined;
    if (this.changes !== deque.changes) {
      this.done = Infinity;
      fault("RuntimeError", "deque mutated during iteration");
    }
    const value = deque.at(this.back ? deque.size - 1 - this.done : this.done);
    this.done = value === undefined ? Infinity : this.done + 1;
    return value;
  }

  override lengthHint(): number {
    return Math.max(0, this.deque.size - this.done);
  }
}

class ForwardIterator extends DequeIterator {
  constructor(deque: PyDeque, from = 0) {
    super(deque, false, from);
  }
}

class BackwardIterator extends DequeIterator {
  constructor(deque: PyDeque, from = 0) {
    super(deque, true, from);
  }
}

let made: PyType | undefined;

/** The class, which is made when it is first asked for. */
export function dequeType(): PyType {
  return (made ??= makeDeque());
}

function makeDeque(): PyType {
  const type = builtinType("deque", PyDeque, { module: "collections" });
  for (const [name, Made] of [
    ["_deque_iterator", ForwardIterator],
    ["_deque_reverse_iterator", BackwardIterator],
  ] as const) {
    const made = iteration(iteratorType(name, Made, "_collections"), true);
    // Copies are made so: of a deque, from a place on. Keywords are taken and count for nothing.
    maker(
      made,
      signed("cls, deque, index=0, /, **kwargs", (_cls: PyType, deque: Value, index?: Value) => {
        if (!(deque instanceof PyDeque))
          fault("TypeError", `argument 1 must be collections.deque, not ${typeName(deque)}`);
        const from = index === undefined ? 0 : Number(requireIndex(index));
        return new Made(deque, Math.max(0, Math.min(from, deque.size)));
      }),
    );
  }
  maker(
    type,
    signed(
      "cls, /, *args, **kwargs",
      (cls: PyType) => new (cls.js as unknown as new () => PyDeque)(),
    ),
  );
  const order = (name: Order) => (self: PyDeque, other: Value) =>
    other instanceof PyDeque ? orderItems(self.toArray(), other.toArray(), name) : NotImplemented;
  const times = (self: PyDeque, count: Value): Value => {
    const copy = likeOf(self);
    return multiply(copy, self.toArray(), count) ? copy : NotImplemented;
  };
  methods(type, {
    __init__: signed(
      "iterable=(), maxlen=None",
      (self: PyDeque, iterable?: Value, most?: Value) => {
        self.most = most === undefined || most === None ? Infinity : maximum(most);
        self.fill([]);
        if (iterable !== undefined) extend(self, iterable, (value) => self.push(value));
        return None;
      },
    ),
    __repr__: (self: PyDeque) => showing(self, "[...]", () => reprDeque(self)) as Value,
    __len__: (self: PyDeque) => self.size,
    __bool__: (self: PyDeque) => self.size > 0,
    __iter__: (self: PyDeque) => new ForwardIterator(self),
    __reversed__: (self: PyDeque) => new BackwardIterator(self),
    __contains__: (self: PyDeque, value: Value) => find(self, value, 0, Infinity, "iteration") >= 0,
    __eq__: (self: PyDeque, other: Value) =>
      other instanceof PyDeque ? equalItems(self.toArray(), other.toArray()) : NotImplemented,
    __lt__: order("__lt__"),
    __le__: order("__le__"),
    __gt__: order("__gt__"),
    __ge__: order("__ge__"),
    __getitem__: (self: PyDeque, key: Value) => self.at(placeIn(self, key))!,
    __setitem__: (self: PyDeque, key: Value, value: Value) => {
      self.put(placeIn(self, key), value);
      return None;
    },
    __delitem__: (self: PyDeque, key: Value) => {
      removeAt(self, placeIn(self, key));
      return None;
    },
    __add__: (self: PyDeque, other: Value) => {
      if (!(other instanceof PyDeque)) return NotImplemented;
      const copy = likeOf(self);
      copy.fill([...self.toArray(), ...other.toArray()]);
      return copy;
    },
    __iadd__: (self: PyDeque, other: Value) => {
      extend(self, other, (value) => self.push(value));
      return self;
    },
    __mul__: times,
    __rmul__: times,
    __imul__: (self: PyDeque, count: Value) =>
      multiply(self, self.toArray(), count) ? self : NotImplemented,
    append: (self: PyDeque, value: Value) => {
      allocate(8);
      self.push(value);
      return None;
    },
    appendleft: (self: PyDeque, value: Value) => {
      allocate(8);
      self.unshift(value);
      return None;
    },
    pop: (self: PyDeque) => self.pop() ?? fault("IndexError", "pop from an empty deque"),
    popleft: (self: PyDeque) => self.shift() ?? fault("IndexError", "pop from an empty deque"),
    clear: (self: PyDeque) => {
      self.fill([]);
      return None;
    },
    copy: copyOf,
    __copy__: copyOf,
    extend: (self: PyDeque, iterable: Value) => {
      extend(self, iterable, (value) => self.push(value));
      return None;
    },
    extendleft: (self: PyDeque, iterable: Value) => {
      extend(self, iterable, (value) => self.unshift(value));
      return None;
    },
    count: (self: PyDeque, value: Value) => {
      let count = 0;
      for (let at = 0; (at = find(self, value, at, Infinity, "iteration")) >= 0; at++) count++;
      return count;
    },
    index: signed(
      "value, start=0, stop=9223372036854775807, /",
      (self: PyDeque, value: Value, start?: Value, stop?: Value) => {
        const from = searchBound(start, self.size, 0);
        const at = find(self, value, from, searchBound(stop, self.size, Infinity), "iteration");
        if (at < 0) fault("ValueError", `${String(repr(value))} is not in deque`);
        return at;
      },
    ),
    insert: (self: PyDeque, index: Value, value: Value) => {
      const at = requireSize(index);
      if (self.size >= self.most) fault("IndexError", "deque already at its maximum size");
      const values = self.toArray();
      values.splice(at < 0 ? Math.max(0, at + values.length) : at, 0, value);
      self.fill(values);
      return None;
    },
    remove: (self: PyDeque, value: Value) => {
      const at = find(self, value, 0, Infinity, "remove().");
      if (at < 0) fault("ValueError", `${String(repr(value))} is not in deque`);
      removeAt(self, at);
      return None;
    },
    reverse: (self: PyDeque) => {
      self.fill(self.toArray().reverse());
      return None;
    },
    rotate: signed("n=1, /", (self: PyDeque, n?: Value) => {
      rotate(self, n === undefined ? 1 : requireSize(n));
      return None;
    }),
    __reduce__: (self: PyDeque) => {
      const args = self.most === Infinity ? [] : [new PyTuple([]), self.most];
      return new PyTuple([
        self.type,
        new PyTuple(args),
        dictOf(self) ?? None,
        new ForwardIterator(self),
      ]);
    },
    __sizeof__: (self: PyDeque) => 100 + 8 * self.size,
  });
  constants(type, {
    __hash__: None,
    __doc__: "A list-like sequence optimized for data accesses near its endpoints.",
  });
  computed(type, { maxlen: (self: PyDeque) => (self.most === Infinity ? None : self.most) });
  classMethods(type, { __class_getitem__: parameterize });
  type.weak = true;
  type.c0 = () => new PyDeque();
  return type;
}

function maximum(most: Value): number {
  const size = requireIndexOrNone(most);
  if (size < 0) fault("ValueError", "maxlen must be non-negative");
  return Number(size);
}

function requireIndexOrNone(value: Value): number | bigint {
  if (typeof value === "object" && indexOf(value) === undefined)
    fault("TypeError", "an integer is required");
  return requireIndex(value);
}

/** An empty deque of the same class and maximum. */
function likeOf(deque: PyDeque): PyDeque {
  const copy = new (deque.type.js as unknown as new () => PyDeque)();
  copy.most = deque.most;
  return copy;
}

function copyOf(self: PyDeque): Value {
  const copy = likeOf(self);
  copy.fill(self.toArray());
  return copy;
}

function extend(deque: PyDeque, iterable: Value, add: (value: Value) => void): void {
  if (!isIterable(iterable)) fault("TypeError", `'${typeName(iterable)}' object is not iterable`);
  if (iterable === deque) {
    for (const value of deque.toArray()) add(value);
    return;
  }
  const iterator = iterate(iterable);
  let value: Value | undefined;
  while ((value = iterator.next()) !== undefined) {
    spend(1);
    add(value);
  }
}

/** Repeats values into a deque, of which no more are made than stay. */
function multiply(deque: PyDeque, values: Value[], count: Value): boolean {
  const times = indexOf(count);
  if (times === undefined) return false;
  const enough =
    deque.most === Infinity || values.length === 0
      ? Infinity
      : Math.ceil(deque.most / values.length) + 1;
  deque.fill(repeated(values, times > enough ? enough : times)!);
  return true;
}

function placeIn(deque: PyDeque, key: Value): number {
  const index = indexOf(key);
  if (index === undefined) {
    fault("TypeError", `sequence index must be integer, not '${typeName(key)}'`);
  }
  if (typeof index === "bigint")
    fault("IndexError", "cannot fit 'int' into an index-sized integer");
  const at = index < 0 ? index + deque.size : index;
  if (at < 0 || at >= deque.size) fault("IndexError", "deque index out of range");
  return at;
}

function find(deque: PyDeque, value: Value, start: number, stop: number, what: string): number {
  const { changes } = deque;
  for (let i = start; i < stop && i < deque.size; i++) {
    spend(1);
    const same = equal(deque.at(i)!, value);
    if (deque.changes !== changes) {
      fault(what === "iteration" ? "RuntimeError" : "IndexError", `deque mutated during ${what}`);
    }
    if (same) return i;
  }
  return -1;
}

function removeAt(deque: PyDeque, at: number): void {
  if (at === 0) deque.shift();
  else if (at === deque.size - 1) deque.pop();
  else {
    const values = deque.toArray();
    values.splice(at, 1);
    deque.fill(values);
  }
}

function rotate(deque: PyDeque, n: number): void {
  const { size } = deque;
  if (size < 2) return;
  const by = ((n % size) + size) % size;
  const most = deque.most;
  deque.most = Infinity;
  if (by <= size - by) {
    spend(by);
    for (let i = 0; i < by; i++) deque.unshift(deque.pop()!);
  } else {
    spend(size - by);
    for (let i = by; i < size; i++) deque.push(deque.shift()!);
  }
  deque.most = most;
}

function reprDeque(deque: PyDeque): Str {
  const parts: Str[] = [`${deque.type.name}([`];
  for (let i = 0; i < deque.size; i++) {
    spend(2);
    if (i > 0) parts.push(", ");
    parts.push(repr(deque.at(i)!));
  }
  parts.push(deque.most === Infinity ? "])" : `], maxlen=${deque.most})`);
  return concatAll(parts);
}
