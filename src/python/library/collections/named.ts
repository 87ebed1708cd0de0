/** `collections.namedtuple`: tuples whose items are attributes too. */
import { fault } from "../../fault.ts";
import { callerModule } from "../caller.ts";
import { PyDict } from "../../objects/dict.ts";
import {
  type Code,
  PyBuiltin,
  PyClassMethod,
  PyFunction,
  getSetType,
  PyGetSet,
  PyMethodDescriptor,
  PyStaticMethod,
} from "../../objects/function.ts";
import type { PyModule } from "../../objects/module.ts";
import { bag, type Direct, type Keywords, None, type Value } from "../../objects/object.ts";
import { computed, methods } from "../../objects/define.ts";
import { builtinType, typeType } from "../../objects/root.ts";
import { type Native, type Signed, signed } from "../../objects/signature.ts";
import { state } from "../../objects/state.ts";
import { PyTuple, tupleType } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { makeType } from "../../operations/classes.ts";
import { toArray } from "../../operations/iterate.ts";
import { repr, str, textOf } from "../../operations/repr.ts";
import { showing } from "../../operations/sequences.ts";
import { truth } from "../../operations/truth.ts";
import { KEYWORDS } from "../../syntax/tokens.ts";
import { isIdentifier } from "../../text/case.ts";
import { concatAll, type Str } from "../../text/wide.ts";

/** `namedtuple(typename, field_names, *, rename, defaults, module)`. */
export const namedtuple: Signed = signed(
  "typename, field_names, *, rename=False, defaults=None, module=None",
  (typename: Value, given: Value, rename?: Value, defaults?: Value, module?: Value) => {
    const name = String(str(typename));
    const names = fieldNames(given).map((field) => String(str(field)));
    const fields = rename !== undefined && truth(rename) ? renamed(names) : names;
    checkNames(name, fields);
    const values = defaults === undefined || defaults === None ? [] : toArray(defaults);
    if (values.length > fields.length)
      fault("TypeError", "Got more default values than field names");
    return makeNamed(
      name,
      fields,
      values,
      module === undefined || module === None ? callerModule() : module,
    );
  },
);

function fieldNames(given: Value): Value[] {
  const text = textOf(given);
  if (text === undefined) return toArray(given);
  return String(text)
    .replaceAll(",", " ")
    .split(/\s+/)
    .filter((name) => name !== "");
}

function renamed(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, i) => {
    const bad = !isIdentifier(name) || KEYWORDS.has(name) || name.startsWith("_") || seen.has(name);
    seen.add(name);
    return bad ? `_${i}` : name;
  });
}

function checkNames(name: string, fields: readonly string[]): void {
  for (const one of [name, ...fields]) {
    if (!isIdentifier(one)) {
      fault(
        "ValueError",
        `Type names and field names must be valid identifiers: ${String(repr(one))}`,
      );
    }
    if (KEYWORDS.has(one)) {
      fault("ValueError", `Type names and field names cannot be a keyword: ${String(repr(one))}`);
    }
  }
  const seen = new Set<string>();
  for (const field of fields) {
    // Names that were made by renaming begin so, and no others may.
    if (field.startsWith("_") && !/^_\d+$/.test(field)) {
      fault("ValueError", `Field names cannot start with an underscore: ${String(repr(field))}`);
    }
    if (seen.has(field))
      fault("ValueError", `Encountered duplicate field name: ${String(repr(field))}`);
    seen.add(field);
  }
}

/** A field of named tuples; what it is for can be said in its `__doc__`. */
class PyTupleField extends PyGetSet {
  readonly index: number;
  doc: Value;

  constructor(field: string, type: PyType, index: number) {
    super(field, type, (self: PyTuple) => self.items[index], refuse);
    this.index = index;
    this.doc = `Alias for field number ${index}`;
  }
}

let fieldType: PyType | undefined;

function makeFieldType(): PyType {
  const type = builtinType("_tuplegetter", PyTupleField, {
    base: getSetType,
    module: "collections",
    final: true,
  });
  methods(type, {
    __repr__: (self: PyTupleField) => `_tuplegetter(${self.index}, ${String(repr(self.doc))})`,
    __reduce__: (self: PyTupleField) => new PyTuple([type, new PyTuple([self.index, self.doc])]),
  });
  computed(type, {
    __doc__: [
      (self: PyTupleField) => self.doc,
      (self: PyTupleField, doc) => {
        self.doc = doc ?? None;
      },
    ],
  });
  return type;
}

type TupleMaker = new (items: Value[]) => PyTuple;

/** The class of a named tuple; `typing.NamedTuple` asks for it too. */
export function makeNamed(
  name: string,
  fields: readonly string[],
  defaults: readonly Value[],
  module: Value,
): PyType {
  fieldType ??= makeFieldType();
  const texts: Value[] = [...fields];
  const namespace = new PyDict();
  const put = (key: string, value: Value): void => namespace.set(key, value);
  put("__module__", module);
  put("__doc__", `${name}(${fields.join(", ")})`);
  put("__slots__", new PyTuple([]));
  put("_fields", new PyTuple(texts));
  put("__match_args__", new PyTuple(texts));
  const fieldDefaults = new PyDict();
  const first = fields.length - defaults.length;
  defaults.forEach((value, i) => fieldDefaults.set(fields[first + i]!, value));
  put("_field_defaults", fieldDefaults);
  const make = maker(name, fields, defaults);
  put("__new__", new PyStaticMethod(make));
  const type = makeType(typeType, name, [tupleType], namespace, undefined);
  const define = (key: string, value: Value): void => {
    type.dict.set(key, value);
    type.proto[`c_${key}`] = value;
  };
  const method = (key: string, what: Native | Signed): void =>
    define(key, new PyMethodDescriptor(key, type, what));
  fields.forEach((field, i) => {
    const reader = new PyTupleField(field, type, i);
    define(field, reader);
    // What compiled code reads first; a class below may have something else of this name.
    Object.defineProperty(type.proto, `a_${field}`, {
      get(this: PyTuple) {
        return bag(this)[`c_${field}`] === reader ? this.items[i] : undefined;
      },
    });
  });
  const made = (cls: PyType, items: Value[]): Value => {
    if (items.length !== fields.length) {
      fault("TypeError", `Expected ${fields.length} arguments, got ${items.length}`);
    }
    return new (cls.js as unknown as TupleMaker)(items);
  };
  define(
    "_make",
    new PyClassMethod(
      new PyBuiltin("_make", (cls: PyType, iterable: Value) => made(cls, toArray(iterable))),
    ),
  );
  method(
    "_replace",
    signed("/, **kwds", (self: PyTuple, keywords: Keywords) => {
      const items = fields.map((field, i) => keywords.get(field) ?? self.items[i]!);
      const odd = [...keywords.keys()].filter((key) => !fields.includes(key));
      if (odd.length > 0) {
        fault(
          "ValueError",
          `Got unexpected field names: [${odd.map((key) => String(repr(key))).join(", ")}]`,
        );
      }
      return made(self.type, items);
    }),
  );
  method("_asdict", (self: PyTuple) => {
    const dict = new PyDict();
    fields.forEach((field, i) => dict.set(field, self.items[i]!));
    return dict;
  });
  method(
    "__repr__",
    (self: PyTuple) => showing(self, "...", () => reprNamed(self, fields)) as Value,
  );
  method("__getnewargs__", (self: PyTuple) => new PyTuple([...self.items]));
  quicken(type, fields.length);
  return type;
}

const refuse = (): never => fault("AttributeError", "can't set attribute");

/** `__new__`, with the fields as its parameters. */
function maker(name: string, fields: readonly string[], defaults: readonly Value[]): PyFunction {
  const code: Code = {
    name: "__new__",
    qualname: `${name}.__new__`,
    filename: "<namedtuple>",
    line: 1,
    parameters: ["_cls", ...fields],
    positionalOnly: 0,
    positional: fields.length + 1,
    keywordOnly: 0,
    args: false,
    kwargs: false,
    kind: "function",
    doc: `Create new instance of ${name}(${fields.join(", ")})`,
    locals: [],
    free: [],
  };
  const native: Direct = (cls, ...items) =>
    new ((cls as PyType).js as unknown as TupleMaker)(items);
  const globals = state.run!.modules.get("collections") as PyModule;
  return new PyFunction(code, native, globals, defaults.length === 0 ? undefined : [...defaults]);
}

/** Direct ways to instances, which a class below does not inherit. */
function quicken(type: PyType, count: number): void {
  const Made = type.js as unknown as TupleMaker;
  if (count === 1) type.c1 = (a) => new Made([a!]);
  if (count === 2) type.c2 = (a, b) => new Made([a!, b!]);
  if (count === 3) type.c3 = (a, b, c) => new Made([a!, b!, c!]);
  if (count === 4) type.c4 = (a, b, c, d) => new Made([a!, b!, c!, d!]);
}

function reprNamed(self: PyTuple, fields: readonly string[]): Str {
  const parts: Str[] = [`${self.type.name}(`];
  fields.forEach((field, i) =>
    parts.push(i === 0 ? `${field}=` : `, ${field}=`, repr(self.items[i]!)),
  );
  parts.push(")");
  return concatAll(parts);
}
