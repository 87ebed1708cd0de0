/** What `keys()`, `values()` and `items()` of a dict give, and the iterators over dicts and sets. */
import { fault } from "../fault.ts";
import type { PyDict } from "./dict.ts";
import { iteratorType, PyIterator } from "./iterator.ts";
import type { Keyed } from "./keyed.ts";
import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import { PyTuple } from "./tuple.ts";
import type { PyType } from "./type.ts";

abstract class DictView extends PyObject {
  readonly dict: PyDict;
  constructor(dict: PyDict) {
    super();
    this.dict = dict;
  }
}
export class KeysView extends DictView {}
export const keysViewType: PyType = builtinType("dict_keys", KeysView, { final: true });
export class ValuesView extends DictView {}
export const valuesViewType: PyType = builtinType("dict_values", ValuesView, { final: true });
export class ItemsView extends DictView {}
export const itemsViewType: PyType = builtinType("dict_items", ItemsView, { final: true });

/** Over a dict or set that may not gain or lose keys meanwhile. */
export abstract class KeyedIterator<S> extends PyIterator {
  private keyed: Keyed<unknown> | undefined;
  private source: Iterator<S>;
  private readonly size: number;
  private left: number;

  constructor(keyed: Keyed<unknown>, source: Iterator<S>) {
    super();
    this.keyed = keyed;
    this.source = source;
    this.left = this.size = keyed.size;
  }

  /** What a program is given for a step of the source. */
  protected abstract shown(step: S): Value;
  /** What the messages call the container. */
  protected abstract get what(): string;

  next(): Value | undefined {
    if (this.keyed === undefined) return undefined;
    if (this.keyed.size !== this.size) {
      this.left = 0;
      fault("RuntimeError", `${this.what} changed size during iteration`);
    }
    const step = this.source.next();
    if (step.done === true) {
      this.keyed = undefined;
      this.left = 0;
      return undefined;
    }
    if (this.left-- <= 0)
      fault("RuntimeError", `${this.what.toLowerCase()} keys changed during iteration`);
    return this.shown(step.value);
  }

  /** The values that are left; it goes on to give them. */
  rest(): Value[] {
    const steps: S[] = [];
    if (this.keyed?.size !== this.size) return [];
    for (let step = this.source.next(); step.done !== true; step = this.source.next())
      steps.push(step.value);
    this.source = steps.values();
    return steps.map((step) => this.shown(step));
  }

  override lengthHint(): number {
    return this.keyed?.size === this.size ? this.left : 0;
  }
}

export class KeyIterator extends KeyedIterator<Value> {
  constructor(dict: PyDict, source: Iterator<Value> = dict.keys()) {
    super(dict, source);
  }
  protected shown(key: Value): Value {
    return key;
  }
  protected get what(): string {
    return "dictionary";
  }
}
export const keyIteratorType: PyType = iteratorType("dict_keyiterator", KeyIterator);

export class ValueIterator extends KeyIterator {
  constructor(dict: PyDict, source: Iterator<Value> = dict.values()) {
    super(dict, source);
  }
}
export const valueIteratorType: PyType = iteratorType("dict_valueiterator", ValueIterator);

export class ItemIterator extends KeyedIterator<[Value, Value]> {
  constructor(dict: PyDict, source: Iterator<[Value, Value]> = dict.entries()) {
    super(dict, source);
  }
  protected shown(entry: [Value, Value]): Value {
    return new PyTuple(entry);
  }
  protected get what(): string {
    return "dictionary";
  }
}
export const itemIteratorType: PyType = iteratorType("dict_itemiterator", ItemIterator);

export class ReverseKeyIterator extends KeyIterator {}
export const reverseKeyIteratorType: PyType = iteratorType(
  "dict_reversekeyiterator",
  ReverseKeyIterator,
);
export class ReverseValueIterator extends ValueIterator {}
export const reverseValueIteratorType: PyType = iteratorType(
  "dict_reversevalueiterator",
  ReverseValueIterator,
);
export class ReverseItemIterator extends ItemIterator {}
export const reverseItemIteratorType: PyType = iteratorType(
  "dict_reverseitemiterator",
  ReverseItemIterator,
);

export class SetIterator extends KeyedIterator<Value> {
  constructor(set: Keyed<true>) {
    super(set, set.keys());
  }
  protected shown(key: Value): Value {
    return key;
  }
  protected get what(): string {
    return "Set";
  }
}
export const setIteratorType: PyType = iteratorType("set_iterator", SetIterator);
