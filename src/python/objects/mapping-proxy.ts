/** A mapping that can only be read: what `__dict__` of a class is. */
import { PyDict } from "./dict.ts";
import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** The attributes of a class as a dict; only ever seen through a proxy. */
export class TypeDict extends PyDict {
  readonly owner: PyType;

  constructor(owner: PyType) {
    super();
    this.owner = owner;
  }

  override get size(): number {
    return this.owner.dict.size;
  }

  override get(key: Value): Value | undefined {
    return typeof key === "string" ? this.owner.dict.get(key) : undefined;
  }

  override has(key: Value): boolean {
    return this.get(key) !== undefined;
  }

  override find(key: Value): Value | undefined {
    return this.has(key) ? key : undefined;
  }

  override keys(): IterableIterator<Value> {
    return this.owner.dict.keys();
  }

  override values(): IterableIterator<Value> {
    return this.owner.dict.values();
  }

  override entries(): IterableIterator<[Value, Value]> {
    return this.owner.dict.entries();
  }
}

export class PyMappingProxy extends PyObject {
  readonly mapping: Value;

  constructor(mapping: Value) {
    super();
    this.mapping = mapping;
  }
}

export const mappingProxyType: PyType = builtinType("mappingproxy", PyMappingProxy, {
  final: true,
});
