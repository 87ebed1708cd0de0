/** `NamedTuple` and `TypedDict`. */
import { fault } from "../../fault.ts";
import { classMethods, maker, methods } from "../../objects/define.ts";
import { dictType, PyDict } from "../../objects/dict.ts";
import type { PyModule } from "../../objects/module.ts";
import { type Keywords, None, PyObject, type Value } from "../../objects/object.ts";
import { PyList } from "../../objects/list.ts";
import { typeType } from "../../objects/root.ts";
import { PyFrozenSet } from "../../objects/set.ts";
import { signed } from "../../objects/signature.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { lookup, type PyType, setTypeAttribute } from "../../objects/type.ts";
import { bindDescriptor, getAttribute } from "../../operations/attributes.ts";
import { call } from "../../operations/call.ts";
import { makeType } from "../../operations/classes.ts";
import { mappingEntries } from "../../operations/displays.ts";
import { toArray } from "../../operations/iterate.ts";
import { truth } from "../../operations/truth.ts";
import { update } from "../../types/dict.ts";
import { callerModule } from "../caller.ts";
import { runClass } from "../native.ts";
import { asType, PyTypingAlias } from "./alias.ts";

/** Something that may stand among the bases of a class, and for a base. */
class Stand extends PyObject {}

const PROHIBITED = new Set(
  "__new__ __init__ __slots__ __getnewargs__ _fields _field_defaults _field_types _make _replace _asdict _source".split(
    " ",
  ),
);
const SPECIAL = new Set([
  "__module__",
  "__name__",
  "__annotations__",
  "__qualname__",
  "__orig_bases__",
  "__classcell__",
  "__doc__",
]);

/** `collections.namedtuple` with annotations. */
function namedTuple(
  name: string,
  fields: readonly [string, Value][],
  defaults: readonly Value[],
  module: Value,
): PyType {
  const make = getAttribute(runtime().load("collections"), "namedtuple");
  const keywords: Keywords = new Map([
    ["defaults", new PyTuple([...defaults])],
    ["module", module],
  ]);
  const made = call(make, [name, new PyList(fields.map(([one]) => one))], keywords) as PyType;
  const annotations = new PyDict();
  for (const [one, type] of fields)
    annotations.set(one, asType(type, `field '${one}' annotation must be a type`));
  setTypeAttribute(made, "__annotations__", annotations);
  return made;
}

export function defineNamedTuple(module: PyModule): void {
  const meta = runClass(module, "NamedTupleMeta", [typeType]);
  maker(
    meta,
    signed(
      "cls, typename, bases, ns, /, **kwargs",
      (_meta: PyType, name: Value, bases: Value, namespace: Value) => {
        const body = namespace as PyDict;
        const annotations = body.get("__annotations__");
        const fields =
          annotations === undefined ? [] : ([...mappingEntries(annotations)] as [string, Value][]);
        const defaults: Value[] = [];
        const named: string[] = [];
        for (const [field] of fields) {
          const value = body.get(field);
          if (value !== undefined) {
            defaults.push(value);
            named.push(field);
          } else if (defaults.length > 0) {
            fault(
              "TypeError",
              `Non-default namedtuple field ${field} cannot follow default field${named.length > 1 ? "s" : ""} ${named.join(", ")}`,
            );
          }
        }
        const made = namedTuple(String(name), fields, defaults, body.get("__module__") ?? None);
        if (typeof body.get("__qualname__") === "string")
          made.qualname = body.get("__qualname__") as string;
        setTypeAttribute(made, "__orig_bases__", new PyTuple([module.get("NamedTuple")!]));
        const others = (bases as PyTuple).items.filter((one) => one === module.get("Generic"));
        for (const [key, value] of body.entries()) {
          const text = String(key);
          if (PROHIBITED.has(text))
            fault("AttributeError", `Cannot overwrite NamedTuple attribute ${text}`);
          if (SPECIAL.has(text) && text !== "__doc__") continue;
          if (fields.some(([one]) => one === text)) continue;
          setTypeAttribute(made, text, value);
          const hook = typeof value === "object" ? lookup(value.type, "__set_name__") : undefined;
          if (hook !== undefined)
            call(bindDescriptor(hook, value, (value as PyObject).type), [made, text]);
        }
        const cell = body.get("__classcell__") as { set?: (type: Value) => void } | undefined;
        cell?.set?.(made);
        if (others.length > 0) {
          classMethods(made, {
            __class_getitem__: signed(
              "cls, key, /",
              (cls: Value, key: Value) =>
                new PyTypingAlias("class", cls, key instanceof PyTuple ? key.items : [key]),
            ),
          });
        }
        return made;
      },
    ),
  );
  const root = makeType(meta, "_NamedTuple", [], new PyDict(), undefined);

  // `NamedTuple` is called and derived from, but is no class.
  const callable = runClass(module, "_NamedTupleFunction", []);
  methods(callable, {
    __call__: signed(
      "typename, fields=None, /, **kwargs",
      (_self: Value, name: Value, fields: Value | undefined, kwargs: Keywords) => {
        const pairs: [string, Value][] =
          fields === undefined || fields === None
            ? [...kwargs]
            : toArray(fields).map((one) => toArray(one) as [string, Value]);
        return namedTuple(String(name), pairs, [], callerModule());
      },
    ),
    __mro_entries__: (_self: Value, bases: Value) => {
      const extra = (bases as PyTuple).items.filter(
        (one) => one !== self && !(one instanceof PyTypingAlias),
      );
      if (extra.length > 0)
        fault("TypeError", "can only inherit from a NamedTuple type and Generic");
      return new PyTuple([root]);
    },
    __repr__: (_self: Value) => "<function NamedTuple>",
  });
  const self = new (callable.js as unknown as new () => Stand)();
  module.set("NamedTuple", self);
}

export function defineTypedDict(module: PyModule): void {
  const meta = runClass(module, "_TypedDictMeta", [typeType]);
  maker(
    meta,
    signed(
      "cls, name, bases, ns, /, total=True",
      (own: PyType, name: Value, bases: Value, namespace: Value, given?: Value) => {
        const total = given === undefined || truth(given);
        const body = namespace as PyDict;
        const parents = (bases as PyTuple).items as PyType[];
        const annotations = new PyDict();
        const required = new PyFrozenSet();
        const optional = new PyFrozenSet();
        for (const parent of parents) {
          const inherited = parent.dict.get("__annotations__");
          if (inherited !== undefined)
            for (const [key, value] of mappingEntries(inherited)) annotations.set(key, value);
          for (const key of toArray(parent.dict.get("__required_keys__") ?? new PyTuple([])))
            required.add(key);
          for (const key of toArray(parent.dict.get("__optional_keys__") ?? new PyTuple([])))
            optional.add(key);
        }
        const declared = body.get("__annotations__");
        for (const [key, value] of declared === undefined ? [] : mappingEntries(declared)) {
          annotations.set(
            key,
            asType(value, "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"),
          );
          const inner =
            value instanceof PyTypingAlias && value.kind === "annotated" ? value.origin : value;
          const marked = inner instanceof PyTypingAlias ? inner.name : undefined;
          if (marked === "Required" || (marked !== "NotRequired" && total)) required.add(key);
          else optional.add(key);
        }
        for (const [key] of body.entries()) {
          const text = String(key);
          const fine =
            SPECIAL.has(text) ||
            text === "__total__" ||
            text === "__parameters__" ||
            text === "__type_params__";
          if (!fine)
            fault(
              "TypeError",
              'Invalid statement in TypedDict definition; expected "field_name: field_type"',
            );
        }
        const space = new PyDict();
        for (const [key, value] of body.entries()) space.set(key, value);
        const generics = parents.filter((one) => one === module.get("Generic"));
        const made = makeType(own, String(name), [dictType, ...generics], space, undefined);
        setTypeAttribute(made, "__annotations__", annotations);
        setTypeAttribute(made, "__required_keys__", required);
        setTypeAttribute(made, "__optional_keys__", optional);
        if (!body.has("__total__")) setTypeAttribute(made, "__total__", total);
        return made;
      },
    ),
  );
  const refuse = (_self: Value, _other: Value): never =>
    fault("TypeError", "TypedDict does not support instance and class checks");
  methods(meta, {
    __init__: signed("*args, **kwargs", (_self: Value) => None),
    __call__: signed("*args, **kwargs", (_self: PyType, args: Value[], kwargs: Keywords) =>
      call(dictType, args, kwargs),
    ),
    __instancecheck__: refuse,
    __subclasscheck__: refuse,
  });
  const root = makeType(meta, "_TypedDict", [], new PyDict(), undefined);
  for (const name of ["__required_keys__", "__optional_keys__"])
    setTypeAttribute(root, name, new PyFrozenSet());
  const callable = runClass(module, "_TypedDictFunction", []);
  methods(callable, {
    __call__: signed(
      "typename, fields=None, /, *, total=True, **kwargs",
      (
        _self: Value,
        name: Value,
        fields: Value | undefined,
        total: Value | undefined,
        kwargs: Keywords,
      ) => {
        const annotations = new PyDict();
        if (fields !== undefined && fields !== None) update(annotations, fields);
        else for (const [key, value] of kwargs) annotations.set(key, value);
        const body = new PyDict();
        body.set("__annotations__", annotations);
        body.set("__module__", callerModule());
        return call(meta, [name, new PyTuple([]), body], new Map([["total", total ?? true]]));
      },
    ),
    __mro_entries__: (_self: Value, _bases: Value) => new PyTuple([root]),
    __repr__: (_self: Value) => "<function TypedDict>",
  });
  module.set("TypedDict", new (callable.js as unknown as new () => Stand)());
}
