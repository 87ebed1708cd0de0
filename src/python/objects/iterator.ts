/** Iterators. Inside, the end is `undefined` and nothing is thrown. */
import { below, PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** All iterators that are not the program's own objects. */
export abstract class PyIterator extends PyObject {
  /** What the StopIteration carried by which a program's function ended it. */
  declare result: Value | undefined;
  /** True for coroutines and asynchronous generators, which no `for` can step through; on the prototype. */
  declare awaited: boolean | undefined;

  /** The next value, or `undefined` at the end and ever after. */
  abstract next(): Value | undefined;

  /** How many values are left, where that is known. */
  lengthHint(): number | undefined {
    return undefined;
  }
}

/** Makes the class of an iterator that a program sees under this name. */
export function iteratorType(name: string, js: unknown, module = "builtins"): PyType {
  return builtinType(name, js, { module });
}

/** Over the items of a list, which may grow or shrink meanwhile. */
export interface ListIterator extends PyIterator {
  /** What it goes over, until the end was reached. */
  source: { items: Value[] } | undefined;
  at: number;
}
export const ListIterator: new (source: { items: Value[] }) => ListIterator = below(
  PyIterator,
  class {
    declare source: { items: Value[] } | undefined;
    declare at: number;

    constructor(source: { items: Value[] }) {
      this.source = source;
      this.at = 0;
    }

    next(): Value | undefined {
      if (this.source === undefined) return undefined;
      const value = this.source.items[this.at];
      if (value === undefined) this.source = undefined;
      else this.at++;
      return value;
    }

    lengthHint(): number {
      return this.source === undefined ? 0 : Math.max(0, this.source.items.length - this.at);
    }
  },
);
export const listIteratorType: PyType = iteratorType("list_iterator", ListIterator);

export type TupleIterator = ListIterator;
export const TupleIterator: new (source: { items: Value[] }) => TupleIterator = below(
  ListIterator,
  class {
    declare source: { items: Value[] } | undefined;
    declare at: number;

    constructor(source: { items: Value[] }) {
      this.source = source;
      this.at = 0;
    }
  },
);
export const tupleIteratorType: PyType = iteratorType("tuple_iterator", TupleIterator);

/** Over the characters of a string without surrogates. */
export interface StringIterator extends PyIterator {
  readonly text: string;
  at: number;
}
export const StringIterator: new (text: string) => StringIterator = below(
  PyIterator,
  class {
    declare readonly text: string;
    declare at: number;

    constructor(text: string) {
      this.text = text;
      this.at = 0;
    }

    next(): Value | undefined {
      if (this.at < this.text.length) return this.text[this.at++];
      // Past the end: the end has been seen.
      this.at = this.text.length + 1;
      return undefined;
    }

    lengthHint(): number {
      return Math.max(0, this.text.length - this.at);
    }
  },
);
export const stringIteratorType: PyType = iteratorType("str_iterator", StringIterator);

/** What a built-in function makes of a JavaScript iterator, under a class of its own. */
export class NativeIterator extends PyIterator {
  private readonly source: Iterator<Value>;

  constructor(source: Iterator<Value>) {
    super();
    this.source = source;
  }

  next(): Value | undefined {
    const step = this.source.next();
    return step.done === true ? undefined : step.value;
  }
}
export const nativeIteratorType: PyType = iteratorType("iterator", NativeIterator);
