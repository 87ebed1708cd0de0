/** Writes JSON as CPython's encoder does. */
import { enter, leave, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { dictType, PyDict } from "../../objects/dict.ts";
import { PyFloat } from "../../objects/float.ts";
import { PyList } from "../../objects/list.ts";
import { None, type Value } from "../../objects/object.ts";
import { PyIntObject } from "../../objects/scalars.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { getAttribute } from "../../operations/attributes.ts";
import { call0 } from "../../operations/call.ts";
import { isLt } from "../../operations/compare.ts";
import { toArray } from "../../operations/iterate.ts";
import { textOf } from "../../operations/repr.ts";
import { typeName } from "../../operations/typeof.ts";
import { reprFloat } from "../../text/floats.ts";
import { integerText } from "../../text/integers.ts";
import { concatAll, fromPoints, room, type Str, sizeOf } from "../../text/wide.ts";

export interface WriteOptions {
  skipKeys: boolean;
  ensureAscii: boolean;
  checkCircular: boolean;
  allowNan: boolean;
  sortKeys: boolean;
  /** One step to the right; `undefined` writes all in one line. */
  indent: Str | undefined;
  itemSeparator: Str;
  keySeparator: Str;
  /** What stands for an object that JSON has no form for. */
  convert: (value: Value) => Value;
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** A JSON string. */
export function quoteJson(text: Str, ensureAscii: boolean): Str {
  const size = sizeOf(text);
  spend(size >>> 3);
  if (typeof text === "string") {
    if (PLAIN.test(text)) return `"${text}"`;
    room(size * 6);
    const quoted = JSON.stringify(text);
    return ensureAscii ? quoted.replaceAll(/[\x7f-\uffff]/g, escape) : quoted;
  }
  room(size * 12);
  const out: number[] = [];
  for (const point of text.points) {
    if (point > 126 && !ensureAscii) out.push(point);
    else {
      const shown = JSON.stringify(String.fromCodePoint(point)).slice(1, -1);
      for (let i = 0; i < shown.length; i++) {
        const unit = shown.charCodeAt(i);
        if (unit < 127) out.push(unit);
        else for (const char of escape(shown[i]!)) out.push(char.charCodeAt(0));
      }
    }
  }
  return concatAll(['"', fromPoints(out), '"']);
}

function escape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The text of a value. */
export function write(value: Value, options: WriteOptions): Str {
  const writer = new Writer(options);
  writer.value(value, 0);
  return writer.done();
}

class Writer {
  private readonly options: WriteOptions;
  /** What is finished, and what follows as long as it is plain. */
  private readonly parts: Str[] = [];
  private text = "";
  /** What is being written right now. */
  private readonly path: Set<Value> = new Set();
  private charged = 0;

  constructor(options: WriteOptions) {
    this.options = options;
  }

  done(): Str {
    room(this.text.length - this.charged);
    if (this.parts.length === 0) return this.text;
    return concatAll([...this.parts, this.text]);
  }

  private put(text: Str): void {
    if (typeof text === "string") this.text += text;
    else {
      this.parts.push(this.text, text);
      this.text = "";
      this.charged = 0;
    }
    const size = this.text.length;
    if (size - this.charged > 4096) {
      room(size - this.charged);
      this.charged = size;
    }
  }

  value(value: Value, depth: number): void {
    spend(1);
    if (typeof value === "string") this.put(quoteJson(value, this.options.ensureAscii));
    else {
      const simple = this.simple(value);
      if (simple !== undefined) this.put(simple);
      else this.compound(value, depth);
    }
  }

  /** What needs no more than one piece. */
  private simple(value: Value): Str | undefined {
    if (value === None) return "null";
    if (typeof value === "boolean") return value ? "true" : "false";
    if (typeof value === "number") return `${value}`;
    if (typeof value === "bigint") return integerText(value, 10, runtime().digitLimit);
    const text = textOf(value);
    if (text !== undefined) return quoteJson(text, this.options.ensureAscii);
    if (value instanceof PyIntObject) return integerText(value.int, 10, runtime().digitLimit);
    return value instanceof PyFloat ? this.float(value.v) : undefined;
  }

  private float(value: number): string {
    if (Number.isFinite(value)) return reprFloat(value);
    if (!this.options.allowNan) {
      fault("ValueError", "Out of range float values are not JSON compliant");
    }
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }

  private compound(value: Value, depth: number): void {
    enter();
    const { checkCircular } = this.options;
    if (checkCircular) {
      if (this.path.has(value)) fault("ValueError", "Circular reference detected");
      this.path.add(value);
    }
    if (value instanceof PyList || value instanceof PyTuple) this.array(value.items, depth);
    else if (value instanceof PyDict) this.object(value, depth);
    else this.value(this.options.convert(value), depth);
    if (checkCircular) this.path.delete(value);
    leave();
  }

  private line(depth: number): void {
    const { indent } = this.options;
    if (indent === undefined) return;
    this.put("\n");
    for (let i = 0; i < depth; i++) this.put(indent);
  }

  private array(items: readonly Value[], depth: number): void {
    if (items.length === 0) {
      this.put("[]");
      return;
    }
    this.put("[");
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.put(this.options.itemSeparator);
      this.line(depth + 1);
      this.value(items[i]!, depth + 1);
    }
    this.line(depth);
    this.put("]");
  }

  private object(dict: PyDict, depth: number): void {
    const entries = entriesOf(dict);
    if (entries.length === 0) {
      this.put("{}");
      return;
    }
    if (this.options.sortKeys) {
      spend(entries.length * 8);
      entries.sort(([a], [b]) => (isLt(a, b) ? -1 : isLt(b, a) ? 1 : 0));
    }
    this.put("{");
    let isFirst = true;
    for (const [key, value] of entries) {
      const name = this.key(key);
      if (name === undefined) continue;
      if (!isFirst) this.put(this.options.itemSeparator);
      isFirst = false;
      this.line(depth + 1);
      this.put(quoteJson(name, this.options.ensureAscii));
      this.put(this.options.keySeparator);
      this.value(value, depth + 1);
    }
    this.line(depth);
    this.put("}");
  }

  private key(key: Value): Str | undefined {
    if (typeof key === "string") return key;
    const text = textOf(key);
    if (text !== undefined) return text;
    if (key instanceof PyFloat) return this.float(key.v);
    const simple = this.simple(key);
    if (simple !== undefined || this.options.skipKeys) return simple;
    fault("TypeError", `keys must be str, int, float, bool or None, not ${typeName(key)}`);
  }
}

function entriesOf(dict: PyDict): [Value, Value][] {
  spend(dict.size);
  if (dict.type === dictType) return [...dict.entries()];
  return toArray(call0(getAttribute(dict, "items"))).map((pair) => {
    const items = toArray(pair);
    return [items[0]!, items[1]!];
  });
}
