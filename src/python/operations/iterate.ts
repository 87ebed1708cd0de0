/** Iteration: `iter`, `next`, unpacking. */
import { allocate, DEPTH, meter, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import {
  exceptionType,
  fieldOf,
  isException,
  makeException,
  type PyException,
  raising,
} from "../objects/exception.ts";
import { dictType, type PyDict } from "../objects/dict.ts";
import { KeyIterator } from "../objects/views.ts";
import { PyGenerator, Resumable } from "../objects/generator.ts";
import {
  iteratorType,
  ListIterator,
  PyIterator,
  StringIterator,
  TupleIterator,
} from "../objects/iterator.ts";
import { PyList, listType } from "../objects/list.ts";
import { None, NotImplemented, PyObject, type Value } from "../objects/object.ts";
import { LongRangeIterator, PyRange, RangeIterator } from "../objects/range.ts";
import { PyTuple, tupleType } from "../objects/tuple.ts";
import { state } from "../objects/state.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { call, callSpecial } from "./call.ts";
import { subscript } from "./subscript.ts";
import { bindDescriptor } from "./attributes.ts";
import { lengthHint } from "./length-hint.ts";
import { typeName, typeOf } from "./typeof.ts";
import { isEq } from "./compare.ts";

/** A program's own iterator. */
export class ObjectIterator extends PyIterator {
  readonly object: Value;
  private readonly step: () => Value;

  constructor(object: Value) {
    super();
    this.object = object;
    const own = typeOf(object);
    const method = lookup(own, "__next__")!;
    const direct = (method as PyObject).m0;
    this.step =
      direct === undefined
        ? () => call(bindDescriptor(method, object, own), [])
        : () => direct(object);
  }

  next(): Value | undefined {
    spend(1);
    const depth = meter[DEPTH]!;
    try {
      return this.step();
    } catch (error) {
      if (isException(error, "StopIteration", depth)) return undefined;
      throw error;
    }
  }
}

/** By `__getitem__` with 0, 1, 2 … until IndexError. */
export class SequenceIterator extends PyIterator {
  private object: Value | undefined;
  private at = 0;

  constructor(object: Value) {
    super();
    this.object = object;
  }

  next(): Value | undefined {
    if (this.object === undefined) return undefined;
    spend(1);
    const depth = meter[DEPTH]!;
    try {
      const item = subscript(this.object, this.at);
      // What an item raises is not its end: it is asked for again.
      this.at++;
      return item;
    } catch (error) {
      const isEnd =
        isException(error, "IndexError", depth) || isException(error, "StopIteration", depth);
      if (!isEnd) throw error;
      this.object = undefined;
      return undefined;
    }
  }

  /** How many are left by the object's own `__len__`; NotImplemented where it has none. */
  left(): Value {
    if (this.object === undefined) return 0;
    const length = callSpecial(this.object, "__len__");
    return length === undefined ? NotImplemented : Math.max(0, Number(length) - this.at);
  }
}
export const sequenceIteratorType: PyType = iteratorType("iterator", SequenceIterator);

/** `iter(f, sentinel)`. */
export class CallIterator extends PyIterator {
  private callee: Value | undefined;
  private readonly sentinel: Value;

  constructor(callee: Value, sentinel: Value) {
    super();
    this.callee = callee;
    this.sentinel = sentinel;
  }

  next(): Value | undefined {
    if (this.callee === undefined) return undefined;
    spend(1);
    let value: Value;
    const depth = meter[DEPTH]!;
    try {
      value = call(this.callee, []);
    } catch (error) {
      if (!isException(error, "StopIteration", depth)) throw error;
      this.callee = undefined;
      return undefined;
    }
    if (!isEq(value, this.sentinel)) return value;
    this.callee = undefined;
    return undefined;
  }
}
export const callIteratorType: PyType = iteratorType("callable_iterator", CallIterator);

/** What a `for` steps through. Throws TypeError for what is not iterable. */
export function iterate(value: Value): PyIterator {
  if (value instanceof PyIterator && !value.type.open && !value.awaited) return value;
  if (typeof value === "string") return new StringIterator(value);
  if (typeof value === "object" && !value.type.open) {
    if (value.type === listType) return new ListIterator(value as PyList);
    if (value.type === tupleType) return new TupleIterator(value as PyTuple);
    if (value instanceof PyRange) return iterateRange(value);
    if (value.type === dictType) return new KeyIterator(value as PyDict);
  }
  return iterateSlowly(value);
}

/** Over the ints of a range. */
export function iterateRange(range: PyRange): PyIterator {
  const { start, length, step } = range;
  return range.exact
    ? new RangeIterator(start as number, length as number, step as number)
    : new LongRangeIterator(start, length, step);
}

function iterateSlowly(value: Value): PyIterator {
  const own = typeOf(value);
  const method = lookup(own, "__iter__");
  if (method === None) notIterable(own);
  if (method === undefined) {
    if (lookup(own, "__getitem__") === undefined) notIterable(own);
    return new SequenceIterator(value);
  }
  const iterator = callSpecial(value, "__iter__")!;
  if (iterator instanceof PyIterator && !iterator.type.open && !iterator.awaited) return iterator;
  if (lookup(typeOf(iterator), "__next__") === undefined) {
    fault("TypeError", `iter() returned non-iterator of type '${typeName(iterator)}'`);
  }
  return new ObjectIterator(iterator);
}

/** Whether `iter` finds something to call, without calling it. */
export function isIterable(value: Value): boolean {
  const own = typeOf(value);
  const method = lookup(own, "__iter__");
  return method === undefined ? lookup(own, "__getitem__") !== undefined : method !== None;
}

function notIterable(type: PyType): never {
  fault("TypeError", `'${type.name}' object is not iterable`);
}

/** `iter(value)` as a program gets it: its own iterators come back as they are. */
export function iter(value: Value): Value {
  const iterator = iterate(value);
  return iterator instanceof ObjectIterator ? iterator.object : iterator;
}

/** `*value` in a display. */
export function starItems(value: Value): Value[] {
  if (!isIterable(value)) {
    fault("TypeError", `Value after * must be an iterable, not ${typeName(value)}`);
  }
  return toArray(value);
}

/** All values, in an array that is the caller's own. */
export function toArray(value: Value): Value[] {
  if (
    typeof value === "object" &&
    !value.type.open &&
    (value instanceof PyList || value instanceof PyTuple)
  ) {
    spend(value.items.length >> 2);
    allocate(value.items.length * 8);
    return value.items.slice();
  }
  const iterator = iterate(value);
  // Classes of the program are asked, and may refuse.
  if (typeof value === "object" && value.type.open) lengthHint(value);
  return collect(iterator);
}

/** Items from which on an array does not grow in place, since for a moment it is there twice then. */
const PART = 1 << 20;

/** All that comes, in an array. What is known to come is asked for at once, before any of it is there. */
export function collect(iterator: PyIterator): Value[] {
  const known = iterator.lengthHint() ?? 0;
  if (known > 0) allocate(known * 8);
  const parts: Value[][] = [];
  let part: Value[] = [];
  let item: Value | undefined;
  for (let count = 1; (item = iterator.next()) !== undefined; count++) {
    spend(1);
    if (count > known) allocate(8);
    part.push(item);
    if (part.length === PART) {
      parts.push(part);
      part = [];
    }
  }
  if (parts.length === 0) return part;
  allocate(parts.length * PART * 8);
  return part.concat.apply([], [...parts, part]);
}

/** `a, b = value`: exactly so many values. */
export function unpack(value: Value, count: number): readonly Value[] {
  if (typeof value === "object" && (value.type === tupleType || value.type === listType)) {
    const items = (value as PyTuple).items;
    if (items.length === count) return items;
    if (items.length < count) tooFew(count, items.length, "");
    tooMany(count);
  }
  const iterator = unpackable(value);
  const values: Value[] = [];
  let item: Value | undefined;
  while (values.length < count && (item = iterator.next()) !== undefined) values.push(item);
  if (values.length < count) tooFew(count, values.length, "");
  if (iterator.next() !== undefined) tooMany(count);
  return values;
}

/** `a, *b, c = value`: the values before the star, a list, and those behind it. */
export function unpackStar(value: Value, before: number, after: number): Value[] {
  const values = collect(unpackable(value));
  if (values.length < before + after) tooFew(before + after, values.length, "at least ");
  const end = values.length - after;
  return [...values.slice(0, before), new PyList(values.slice(before, end)), ...values.slice(end)];
}

function unpackable(value: Value): PyIterator {
  if (!isIterable(value)) {
    fault("TypeError", `cannot unpack non-iterable ${typeName(value)} object`);
  }
  return iterate(value);
}

function tooFew(wanted: number, got: number, atLeast: string): never {
  fault("ValueError", `not enough values to unpack (expected ${atLeast}${wanted}, got ${got})`);
}

function tooMany(wanted: number): never {
  fault("ValueError", `too many values to unpack (expected ${wanted})`);
}

/** Throws the StopIteration of an iterator that has ended. */
export function stopIteration(value?: Value): never {
  const args = value === undefined || value === None ? [] : [value];
  throw raising(makeException(exceptionType("StopIteration"), args));
}

/** `yield from`: passes sends, throws and closes on. Its value is what the inner generator returns. */
export function* delegate(value: Value): Generator<Value, Value, Value> {
  const inner = iterate(value);
  if (inner instanceof PyGenerator) return yield* delegateGenerator(inner);
  const object = inner instanceof ObjectIterator ? inner.object : undefined;
  const outer = state.running;
  if (outer !== undefined) outer.delegate = object ?? inner;
  try {
    if (object !== undefined) return yield* delegateObject(object);
    for (;;) {
      const item = inner.next();
      if (item === undefined) return inner.result ?? None;
      if ((yield item) !== None) {
        fault("AttributeError", `'${typeName(inner)}' object has no attribute 'send'`);
      }
    }
  } finally {
    if (outer !== undefined) outer.delegate = undefined;
  }
}

/** What a StopIteration carries. */
function resultOf(error: PyException): Value {
  return fieldOf(error, "value") ?? error.args.items[0] ?? None;
}

/** The same for what compiled code runs. */
export function* delegateGenerator(inner: Resumable): Generator<Value, Value, Value> {
  const outer = state.running;
  if (outer !== undefined) outer.delegate = inner;
  try {
    let value = inner.next();
    while (value !== undefined) {
      let sent: Value;
      try {
        sent = yield value;
      } catch (error) {
        if (isException(error, "GeneratorExit")) {
          inner.close();
          throw error;
        }
        value = inner.resume(None, error as never);
        continue;
      }
      value = inner.resume(sent, undefined);
    }
    return inner.result;
  } finally {
    if (outer !== undefined) outer.delegate = undefined;
  }
}

/** The same for an iterator of the program. */
export function* delegateObject(object: Value): Generator<Value, Value, Value> {
  const step = (method: string, ...args: Value[]): Value => {
    const own = typeOf(object);
    const found = lookup(own, method);
    if (found === undefined) {
      fault("AttributeError", `'${own.name}' object has no attribute '${method}'`);
    }
    return call(bindDescriptor(found, object, own), args);
  };
  try {
    let value = step("__next__");
    for (;;) {
      let sent: Value;
      try {
        sent = yield value;
      } catch (error) {
        const thrown = error as PyObject;
        if (isException(error, "GeneratorExit")) {
          if (lookup(typeOf(object), "close") !== undefined) step("close");
          throw error;
        }
        if (lookup(typeOf(object), "throw") === undefined) throw error;
        value = step("throw", thrown);
        continue;
      }
      value = sent === None ? step("__next__") : step("send", sent);
    }
  } catch (error) {
    if (isException(error, "StopIteration")) return resultOf(error);
    throw error;
  }
}
