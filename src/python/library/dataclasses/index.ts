/** `dataclasses`: https://docs.python.org/3/library/dataclasses.html */
import { enter, leave, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { PyDict } from "../../objects/dict.ts";
import { exceptionType, type PyException, raising } from "../../objects/exception.ts";
import { PyBuiltin, PyMember } from "../../objects/function.ts";
import { PyModule } from "../../objects/module.ts";
import { bag, type Keywords, None, PyObject, type Value } from "../../objects/object.ts";
import { PyList } from "../../objects/list.ts";
import { signed } from "../../objects/signature.ts";
import { moduleNamed, runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { lookup, PyType, setTypeAttribute } from "../../objects/type.ts";
import { findAttribute, getAttribute, tryAttribute } from "../../operations/attributes.ts";
import { call } from "../../operations/call.ts";
import { buildClass } from "../../operations/classes.ts";
import { mappingEntries } from "../../operations/displays.ts";
import { typeText } from "../../operations/generics.ts";
import { toArray } from "../../operations/iterate.ts";
import { repr } from "../../operations/repr.ts";
import { truth } from "../../operations/truth.ts";
import { typeOf } from "../../operations/typeof.ts";
import { noteAbstract } from "../abc.ts";
import { deepCopy } from "../copy.ts";
import { functions, runClass, values } from "../native.ts";
import { kindOf, kinds, makeField, PyField, PyInitVar } from "./fields.ts";
import { equality, freezers, hashing, initializer, ordering, representation } from "./generate.ts";

/** What `@dataclass(…)` was given. */
interface Options {
  init: boolean;
  repr: boolean;
  eq: boolean;
  order: boolean;
  unsafe_hash: boolean;
  frozen: boolean;
  match_args: boolean;
  kw_only: boolean;
  slots: boolean;
  weakref_slot: boolean;
}
const DEFAULTS: Options = {
  init: true,
  repr: true,
  eq: true,
  order: false,
  unsafe_hash: false,
  frozen: false,
  match_args: true,
  kw_only: false,
  slots: false,
  weakref_slot: false,
};
const FLAGS = Object.keys(DEFAULTS)
  .map((name) => `${name}=${DEFAULTS[name as keyof Options] ? "True" : "False"}`)
  .join(", ");

function optionsOf(given: readonly (Value | undefined)[]): Options {
  const options = { ...DEFAULTS };
  Object.keys(DEFAULTS).forEach((name, i) => {
    const value = given[i];
    if (value !== undefined) options[name as keyof Options] = truth(value);
  });
  return options;
}

type DataClass = PyType & { dataFields?: Map<string, PyField>; frozenData?: boolean };

/** The fields of a data class, `ClassVar`s and `InitVar`s too; `undefined` for other classes. */
function allFields(type: PyType): Map<string, PyField> | undefined {
  return (
    type.mro.find((one) => (one as DataClass).dataFields !== undefined) as DataClass | undefined
  )?.dataFields;
}

function ownFields(type: PyType, options: Options): PyField[] {
  const annotations = type.dict.get("__annotations__");
  const found: PyField[] = [];
  let keywordOnly = options.kw_only;
  let sawMarker = false;
  const entries = annotations === undefined ? [] : [...mappingEntries(annotations)];
  for (const [key, annotation] of entries) {
    const name = String(key);
    if (isMarker(annotation)) {
      if (sawMarker)
        fault("TypeError", `'${name}' is KW_ONLY, but KW_ONLY has already been specified`);
      sawMarker = true;
      keywordOnly = true;
      continue;
    }
    found.push(fieldOf(type, name, annotation, keywordOnly));
  }
  for (const field of found) {
    if (!(type.dict.get(field.name!) instanceof PyField)) continue;
    setTypeAttribute(type, field.name!, field.default);
  }
  for (const [name, value] of type.dict) {
    if (value instanceof PyField && !entries.some(([key]) => key === name)) {
      fault("TypeError", `'${name}' is a field but has no type annotation`);
    }
  }
  return found;
}

function isMarker(annotation: Value): boolean {
  if (annotation === kinds().keywordOnly) return true;
  return typeof annotation === "string" && /^(?:\w+\.)?KW_ONLY$/.test(annotation.slice(0, 200));
}

function fieldOf(type: PyType, name: string, annotation: Value, keywordOnly: boolean): PyField {
  const given = tryAttribute(type, name);
  const plain = given instanceof PyMember ? undefined : given;
  const field = given instanceof PyField ? given : makeField(plain, undefined);
  field.name = name;
  field.annotation = annotation;
  field.kind = kindOf(annotation, moduleOf(type));
  if (field.kind !== "_FIELD" && field.factory !== undefined) {
    fault("TypeError", `field ${name} cannot have a default factory`);
  }
  if (field.kind === "_FIELD_CLASSVAR") {
    if (field.keywordOnly !== undefined)
      fault("TypeError", `field ${name} is a ClassVar but specifies kw_only`);
  } else field.keywordOnly ??= keywordOnly;
  const inner = field.default;
  if (
    field.kind === "_FIELD" &&
    inner !== undefined &&
    typeof inner === "object" &&
    lookup(inner.type, "__hash__") === None
  ) {
    fault(
      "ValueError",
      `mutable default ${String(repr(inner.type))} for field ${name} is not allowed: use default_factory`,
    );
  }
  return field;
}

function moduleOf(type: PyType): PyModule {
  const name = type.dict.get("__module__");
  return (typeof name === "string" ? moduleNamed(name) : undefined) ?? runtime().builtins;
}

/** Sets a method unless the class has its own; says whether it was there. */
function setNew(type: PyType, name: string, make: () => Value): boolean {
  if (type.dict.has(name)) return true;
  setTypeAttribute(type, name, make());
  return false;
}

function process(type: PyType, options: Options, frozenError: PyType): Value {
  const data = type as DataClass;
  const globals = moduleOf(type);
  const fields = new Map<string, PyField>();
  let anyFrozen = false;
  let hasBases = false;
  for (const base of type.mro.slice(1).toReversed()) {
    const inherited = (base as DataClass).dataFields;
    if (inherited === undefined) continue;
    hasBases = true;
    for (const [name, field] of inherited) fields.set(name, field);
    anyFrozen ||= (base as DataClass).frozenData === true;
  }
  for (const field of ownFields(type, options)) fields.set(field.name!, field);
  if (hasBases) {
    if (anyFrozen && !options.frozen)
      fault("TypeError", "cannot inherit non-frozen dataclass from a frozen one");
    if (!anyFrozen && options.frozen)
      fault("TypeError", "cannot inherit frozen dataclass from a non-frozen one");
  }
  const explicitHash = type.dict.get("__hash__");
  const hasHash = explicitHash !== undefined && !(explicitHash === None && type.dict.has("__eq__"));
  if (options.order && !options.eq) fault("ValueError", "eq must be true if order is true");
  data.dataFields = fields;
  data.frozenData = options.frozen;
  const table = new PyDict();
  for (const [name, field] of fields) table.set(name, field);
  setTypeAttribute(type, "__dataclass_fields__", table);
  setTypeAttribute(type, "__dataclass_params__", paramsOf(options));
  const all = [...fields.values()];
  const real = all.filter((one) => one.kind === "_FIELD");
  const given = all.filter((one) => one.kind !== "_FIELD_CLASSVAR");
  const compared = real.filter((one) => one.compare);
  if (options.init) {
    const postInit = lookup(type, "__post_init__") !== undefined;
    const made = initializer(type, globals, given, options, postInit);
    annotate(
      made,
      given.filter((one) => one.init),
    );
    setNew(type, "__init__", () => made);
  }
  if (options.repr)
    setNew(type, "__repr__", () =>
      representation(
        type,
        globals,
        real.filter((one) => one.repr),
      ),
    );
  if (options.eq) setNew(type, "__eq__", () => equality(type, globals, compared));
  if (options.order) {
    for (const name of ["__lt__", "__le__", "__gt__", "__ge__"] as const) {
      if (setNew(type, name, () => ordering(type, globals, compared, name))) {
        fault(
          "TypeError",
          `Cannot overwrite attribute ${name} in class ${type.name}. Consider using functools.total_ordering`,
        );
      }
    }
  }
  if (options.frozen) {
    const refuse = (verb: string, name: Value): never => {
      const error = call(frozenError, [`cannot ${verb} field ${String(repr(name))}`]);
      throw raising(error as PyException);
    };
    const [set, remove] = freezers(type, globals, real, refuse);
    for (const [name, method] of [
      ["__setattr__", set],
      ["__delattr__", remove],
    ] as const) {
      if (setNew(type, name, () => method))
        fault("TypeError", `Cannot overwrite attribute ${name} in class ${type.name}`);
    }
  }
  settleHash(type, options, hasHash, () =>
    hashing(
      type,
      globals,
      real.filter((one) => (one.hash === None ? one.compare : truth(one.hash))),
    ),
  );
  if (type.dict.get("__doc__") === None)
    setTypeAttribute(type, "__doc__", `${type.name}${signatureOf(given)}`);
  if (options.match_args) {
    const names = given
      .filter((one) => one.init && one.keywordOnly !== true)
      .map((one) => one.name!);
    setNew(type, "__match_args__", () => new PyTuple(names));
  }
  if (options.weakref_slot && !options.slots)
    fault("TypeError", "weakref_slot is True but slots is False");
  if (type.dict.has("__abstractmethods__")) noteAbstract(type);
  return options.slots ? withSlots(type, real, options) : type;
}

function annotate(func: Value, fields: readonly PyField[]): void {
  (func as { annotations?: () => Value }).annotations = () => {
    const dict = new PyDict();
    for (const one of fields) {
      dict.set(
        one.name!,
        one.annotation instanceof PyInitVar ? one.annotation.annotation : one.annotation!,
      );
    }
    dict.set("return", None);
    return dict;
  };
}

/** As `inspect.signature` would write it. */
function signatureOf(fields: readonly PyField[]): string {
  const taken = fields.filter((one) => one.init);
  const text = (one: PyField): string => {
    const annotation =
      typeof one.annotation === "string"
        ? String(repr(one.annotation))
        : typeText(one.annotation!).replaceAll("typing.", "");
    const value = one.factory === undefined ? one.default : kinds().factory;
    return `${one.name}: ${annotation}${value === undefined ? "" : ` = ${String(repr(value))}`}`;
  };
  const positional = taken.filter((one) => one.keywordOnly !== true).map(text);
  const keywordOnly = taken.filter((one) => one.keywordOnly === true).map(text);
  return `(${[...positional, ...(keywordOnly.length > 0 ? ["*", ...keywordOnly] : [])].join(", ")})`;
}

function settleHash(type: PyType, options: Options, explicit: boolean, make: () => Value): void {
  const { unsafe_hash: unsafe, eq, frozen } = options;
  if (unsafe) {
    if (explicit) fault("TypeError", `Cannot overwrite attribute __hash__ in class ${type.name}`);
    setTypeAttribute(type, "__hash__", make());
  } else if (eq && !explicit) setTypeAttribute(type, "__hash__", frozen ? make() : None);
}

class Params extends PyObject {}

function paramsOf(options: Options): Value {
  const holder = call(runtime().load("types").get("SimpleNamespace") ?? None, []) as Params;
  for (const [name, value] of Object.entries(options)) bag(holder)[`a_${name}`] = value as boolean;
  return holder;
}

/** `slots=True`: the class is made again, with slots for its fields. */
function withSlots(type: PyType, fields: readonly PyField[], options: Options): Value {
  if (type.dict.has("__slots__")) fault("TypeError", `${type.name} already specifies __slots__`);
  const inherited = new Set(type.mro.slice(1).flatMap((one) => one.slots ?? []));
  const names = fields.map((one) => one.name!).filter((name) => !inherited.has(name));
  if (options.weakref_slot && !type.bases.some((base) => base.weak)) names.push("__weakref__");
  const namespace = new PyDict();
  for (const [name, value] of type.dict) {
    if (name !== "__dict__" && name !== "__weakref__" && !fields.some((one) => one.name === name))
      namespace.set(name, value);
  }
  namespace.set("__slots__", new PyTuple(names));
  namespace.set("__qualname__", type.qualname);
  const made = call(type.type, [type.name, new PyTuple([...type.bases]), namespace]) as DataClass;
  made.dataFields = (type as DataClass).dataFields!;
  made.frozenData = options.frozen;
  return made;
}

/** The fields of a class or of an instance. */
function fieldsOf(value: Value): PyField[] {
  const type = value instanceof PyType ? value : typeOf(value);
  const all = allFields(type);
  if (all === undefined) fault("TypeError", "must be called with a dataclass type or instance");
  return [...all.values()].filter((one) => one.kind === "_FIELD");
}

const isInstanceOfData = (value: Value): boolean =>
  typeof value === "object" && !(value instanceof PyType) && allFields(value.type) !== undefined;

/** `asdict` and `astuple`, down into containers. */
function convert(value: Value, make: (pairs: [string, Value][]) => Value): Value {
  spend(1);
  enter();
  let result: Value;
  if (isInstanceOfData(value)) {
    result = make(
      fieldsOf(value).map((one) => [one.name!, convert(getAttribute(value, one.name!), make)]),
    );
  } else if (value instanceof PyTuple || value instanceof PyList) {
    const items = value.items.map((one) => convert(one, make));
    const named = value instanceof PyTuple && findAttribute(value.type, "_fields") !== undefined;
    if (named) result = call(value.type, items);
    else if (value.type.open) result = call(value.type, [new PyList(items)]);
    else result = value instanceof PyTuple ? new PyTuple(items) : new PyList(items);
  } else if (value instanceof PyDict) {
    const pairs = [...value.entries()].map(([key, item]): [Value, Value] => [
      convert(key, make),
      convert(item, make),
    ]);
    if (value.type.open || findAttribute(value.type, "default_factory") !== undefined) {
      const list = new PyList(pairs.map((pair) => new PyTuple(pair)));
      const factory = findAttribute(value, "default_factory");
      result = call(value.type, factory === undefined ? [list] : [factory, list]);
    } else {
      const dict = new PyDict();
      for (const [key, item] of pairs) dict.set(key, item);
      result = dict;
    }
  } else result = deepCopy(value);
  leave();
  return result;
}

function replace(object: Value, changes: Keywords): Value {
  if (!isInstanceOfData(object))
    fault("TypeError", "replace() should be called on dataclass instances");
  const all = allFields(typeOf(object))!;
  const keywords: Keywords = new Map(changes);
  for (const [name, field] of all) {
    if (field.kind === "_FIELD_CLASSVAR") continue;
    if (!field.init) {
      if (changes.has(name)) {
        fault(
          "ValueError",
          `field ${name} is declared with init=False, it cannot be specified with replace()`,
        );
      }
      continue;
    }
    if (keywords.has(name)) continue;
    if (field.kind === "_FIELD_INITVAR" && field.default === undefined) {
      fault("ValueError", `InitVar ${String(repr(name))} must be specified with replace()`);
    }
    if (field.kind !== "_FIELD_INITVAR") keywords.set(name, getAttribute(object, name));
  }
  return call(typeOf(object), [], keywords);
}

/** Name, annotation and perhaps a default, as `make_dataclass` gets them. */
function fieldParts(item: Value): Value[] {
  const parts = toArray(item);
  if (parts.length !== 2 && parts.length !== 3)
    fault("TypeError", `Invalid field: ${String(repr(item))}`);
  return parts;
}

export function fillDataclasses(module: PyModule): void {
  const { field, initVar, missing, keywordOnly } = kinds();
  const attributeError = exceptionType("AttributeError");
  const frozenError = runClass(module, "FrozenInstanceError", [attributeError]);
  values(module, { Field: field, InitVar: initVar, MISSING: missing, KW_ONLY: keywordOnly });
  const decorate = (type: Value, options: Options): Value => {
    if (!(type instanceof PyType)) fault("TypeError", `${String(repr(type))} is not a class`);
    return process(type, options, frozenError);
  };
  functions(module, {
    dataclass: signed(
      `cls=None, /, *, ${FLAGS}`,
      (type: Value | undefined, ...given: (Value | undefined)[]) => {
        const options = optionsOf(given);
        if (type === undefined || type === None)
          return new PyBuiltin("wrap", (one: Value) => decorate(one, options));
        return decorate(type, options);
      },
    ),
    field: signed(
      "*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING",
      (
        given?: Value,
        factory?: Value,
        init?: Value,
        show?: Value,
        hash?: Value,
        compare?: Value,
        metadata?: Value,
        kwOnly?: Value,
      ) =>
        makeField(given, factory, {
          init: init === undefined || truth(init),
          repr: show === undefined || truth(show),
          hash,
          compare: compare === undefined || truth(compare),
          metadata,
          keywordOnly: kwOnly === undefined || kwOnly === missing ? undefined : truth(kwOnly),
        }),
    ),
    fields: (value: Value) => new PyTuple(fieldsOf(value)),
    is_dataclass: (value: Value) =>
      allFields(value instanceof PyType ? value : typeOf(value)) !== undefined,
    asdict: signed("obj, *, dict_factory=dict", (value: Value, factory?: Value) => {
      if (!isInstanceOfData(value))
        fault("TypeError", "asdict() should be called on dataclass instances");
      return convert(value, (pairs) => {
        if (factory !== undefined)
          return call(factory, [new PyList(pairs.map((pair) => new PyTuple(pair)))]);
        const dict = new PyDict();
        for (const [name, item] of pairs) dict.set(name, item);
        return dict;
      });
    }),
    astuple: signed("obj, *, tuple_factory=tuple", (value: Value, factory?: Value) => {
      if (!isInstanceOfData(value))
        fault("TypeError", "astuple() should be called on dataclass instances");
      return convert(value, (pairs) => {
        const items = pairs.map(([, item]) => item);
        return factory === undefined ? new PyTuple(items) : call(factory, [new PyList(items)]);
      });
    }),
    replace: signed("obj, /, **changes", (object: Value, changes: Keywords) =>
      replace(object, changes),
    ),
    make_dataclass: signed(
      `cls_name, fields, *, bases=(), namespace=None, ${FLAGS}`,
      (
        name: Value,
        given: Value,
        bases: Value | undefined,
        namespace: Value | undefined,
        ...flags: (Value | undefined)[]
      ) => {
        const annotations = new PyDict();
        const defaults = new PyDict();
        for (const item of toArray(given)) {
          const [one, annotation, value] =
            typeof item === "string" ? [item, "typing.Any"] : fieldParts(item);
          if (typeof one !== "string" || !/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(one)) {
            fault("TypeError", `Field names must be valid identifiers: ${String(repr(one!))}`);
          }
          if (annotations.has(one))
            fault("TypeError", `Field name duplicated: ${String(repr(one))}`);
          annotations.set(one, annotation ?? None);
          if (value !== undefined) defaults.set(one, value);
        }
        const body = (space: Value): void => {
          const dict = space as PyDict;
          if (namespace !== undefined && namespace !== None)
            for (const [key, value] of mappingEntries(namespace)) dict.set(key, value);
          for (const [key, value] of defaults.entries()) dict.set(key, value);
          dict.set("__annotations__", annotations);
          dict.set("__module__", "types");
        };
        const type = buildClass(
          String(name),
          bases === undefined ? [] : toArray(bases),
          undefined,
          body,
          undefined,
        );
        return decorate(type, optionsOf(flags));
      },
    ),
  });
}
