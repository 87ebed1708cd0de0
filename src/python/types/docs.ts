/** What built-in classes say of themselves under `__doc__`, which no subclass inherits. */
import { None, type Value } from "../objects/object.ts";
import type { PyType } from "../objects/type.ts";

const DOCS: Readonly<Record<string, string>> = {
  bool: "bool(x) -> True or False, as x is true or false.",
  bytearray: "bytearray(source, encoding, errors) -> bytes that can be changed.",
  bytes: "bytes(source, encoding, errors) -> bytes that cannot be changed.",
  complex: "complex(real=0, imag=0) -> a complex number.",
  dict: "dict(mapping or pairs, **names) -> a new dictionary from keys to values.",
  float: "float(x=0) -> a number or a text as a floating-point number.",
  frozenset: "frozenset(iterable) -> a set that cannot be changed.",
  int: "int(x=0) -> a number as an integer; int(text, base=10) -> the integer that is written.",
  list: "list(iterable) -> a sequence that can be changed.",
  object: "object() -> the base of all classes.",
  property: "property(fget, fset, fdel, doc) -> an attribute that functions compute.",
  range: "range(stop), range(start, stop, step) -> the integers from start up to stop.",
  set: "set(iterable) -> values without order, each of them once.",
  slice: "slice(stop), slice(start, stop, step) -> what a[start:stop:step] asks for.",
  str: "str(object) -> its text; str(bytes, encoding, errors) -> the text that is encoded.",
  tuple: "tuple(iterable) -> a sequence that cannot be changed.",
  type: "type(object) -> its class; type(name, bases, dict) -> a new class.",
};

/** The text of a class, or None. */
export function docOf(type: PyType): Value {
  return type.open || type.module !== "builtins" ? None : (DOCS[type.name] ?? None);
}
