/** `typing`: https://docs.python.org/3/library/typing.html */
import { fault } from "../../fault.ts";
import { dictType, PyDict } from "../../objects/dict.ts";
import {
  PyBuiltin,
  PyClassMethod,
  PyFunction,
  PyProperty,
  PyStaticMethod,
} from "../../objects/function.ts";
import { PyGenericAlias, PyUnion } from "../../objects/generic.ts";
import { PyModule } from "../../objects/module.ts";
import { Ellipsis, None, type PyObject, type Value } from "../../objects/object.ts";
import { listType, PyList } from "../../objects/list.ts";
import { noneType, typeType } from "../../objects/root.ts";
import { bytesType } from "../../objects/bytes.ts";
import { strType } from "../../objects/scalars.ts";
import { frozensetType, setType } from "../../objects/set.ts";
import { signed } from "../../objects/signature.ts";
import { moduleNamed, runtime } from "../../objects/state.ts";
import { PyTuple, tupleType } from "../../objects/tuple.ts";
import { PyType, setTypeAttribute } from "../../objects/type.ts";
import {
  paramSpecType,
  PyParamSpec,
  PyTypeVar,
  typeAliasType,
  typeVarTupleType,
  typeVarType,
} from "../../objects/type-variables.ts";
import { dictOf, findAttribute, getAttribute, setAttribute } from "../../operations/attributes.ts";
import { call } from "../../operations/call.ts";
import { mappingEntries } from "../../operations/displays.ts";
import { isRealInstance } from "../../operations/instances.ts";
import { unionOf } from "../../operations/generics.ts";
import { repr } from "../../operations/repr.ts";
import { typeOf } from "../../operations/typeof.ts";
import { methods } from "../../objects/define.ts";
import { functions, runClass, values } from "../native.ts";
import {
  asType,
  forms,
  itemsOf,
  makeLiteral,
  makeUnion,
  PyForwardRef,
  PySpecialAlias,
  PySpecialForm,
  PyTypingAlias,
} from "./alias.ts";
import { typingTypes } from "./methods.ts";
import { defineGeneric } from "./protocols.ts";
import { defineNamedTuple, defineTypedDict } from "./records.ts";

/** Names that stand for classes of other modules: `name count module.class`. */
const ALIASES = `Hashable 0 collections.abc.Hashable|Awaitable 1 collections.abc.Awaitable|Coroutine 3 collections.abc.Coroutine|AsyncIterable 1 collections.abc.AsyncIterable|AsyncIterator 1 collections.abc.AsyncIterator|Iterable 1 collections.abc.Iterable|Iterator 1 collections.abc.Iterator|Reversible 1 collections.abc.Reversible|Sized 0 collections.abc.Sized|Container 1 collections.abc.Container|Collection 1 collections.abc.Collection|Callable 2 collections.abc.Callable|AbstractSet 1 collections.abc.Set|MutableSet 1 collections.abc.MutableSet|Mapping 2 collections.abc.Mapping|MutableMapping 2 collections.abc.MutableMapping|Sequence 1 collections.abc.Sequence|MutableSequence 1 collections.abc.MutableSequence|ByteString 0 collections.abc.ByteString|MappingView 1 collections.abc.MappingView|KeysView 1 collections.abc.KeysView|ItemsView 2 collections.abc.ItemsView|ValuesView 1 collections.abc.ValuesView|ContextManager 1 contextlib.AbstractContextManager|AsyncContextManager 1 contextlib.AbstractAsyncContextManager|Deque 1 collections.deque|DefaultDict 2 collections.defaultdict|OrderedDict 2 collections.OrderedDict|Counter 1 collections.Counter|ChainMap 2 collections.ChainMap|Generator 3 collections.abc.Generator|AsyncGenerator 2 collections.abc.AsyncGenerator|Pattern 1 re.Pattern|Match 1 re.Match`;

const BUILT_IN: readonly [string, PyType, number][] = [
  ["List", listType, 1],
  ["Dict", dictType, 2],
  ["Set", setType, 1],
  ["FrozenSet", frozensetType, 1],
  ["Tuple", tupleType, -1],
  ["Type", typeType, 1],
];

/** Protocols of one method each, with what the method gives. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  SupportsInt: "__int__",
  SupportsFloat: "__float__",
  SupportsComplex: "__complex__",
  SupportsBytes: "__bytes__",
  SupportsIndex: "__index__",
  SupportsAbs: "__abs__",
  SupportsRound: "__round__",
};

function single(
  self: PySpecialForm,
  key: Value,
  message = `typing.${self.name} accepts only single type.`,
): Value {
  return asType(
    key instanceof PyTuple ? fault("TypeError", `${message} Got ${String(repr(key))}.`) : key,
    message,
  );
}

function defineForms(module: PyModule): void {
  const set = (name: string, item?: (self: PySpecialForm, key: Value) => Value): PySpecialForm => {
    const form = new PySpecialForm(name, item);
    module.set(name, form);
    return form;
  };
  for (const name of ["NoReturn", "Never", "Self", "LiteralString", "TypeAlias"]) set(name);
  for (const name of ["ClassVar", "Final", "TypeGuard", "Required", "NotRequired"]) {
    set(name, (self, key) => new PyTypingAlias("form", self, [single(self, key)], name));
  }
  set("Unpack", (self, key) => new PyTypingAlias("unpack", self, [single(self, key)], "Unpack"));
  forms.union = set("Union", (_self, key) => {
    if (key instanceof PyTuple && key.items.length === 0)
      fault("TypeError", "Cannot take a Union of no types.");
    return makeUnion(itemsOf(key));
  });
  set("Optional", (_self, key) =>
    makeUnion([asType(key, "Optional[t] requires a single type."), noneType]),
  );
  set("Literal", (self, key) => makeLiteral(self, key));
  set("Concatenate", (self, key) => {
    const items = itemsOf(key);
    const last = items.at(-1);
    if (!(last instanceof PyParamSpec) && last !== Ellipsis) {
      fault(
        "TypeError",
        "The last parameter to Concatenate should be a ParamSpec variable or ellipsis.",
      );
    }
    return new PyTypingAlias(
      "form",
      self,
      items.map((one) =>
        one === Ellipsis ? one : asType(one, "Concatenate[arg, ...]: each arg must be a type."),
      ),
      "Concatenate",
    );
  });
  set("Annotated", (_self, key) => {
    const items = itemsOf(key);
    if (items.length < 2) {
      fault(
        "TypeError",
        "Annotated[...] should be used with at least two arguments (a type and an annotation).",
      );
    }
    const origin = asType(items[0]!, "Annotated[t, ...]: t must be a type.");
    const inner =
      origin instanceof PyTypingAlias && origin.kind === "annotated" ? origin : undefined;
    const type = inner?.origin ?? origin;
    return new PyTypingAlias("annotated", type, [type], "Annotated", [
      ...(inner?.metadata ?? []),
      ...items.slice(1),
    ]);
  });
}

/** The attributes of these stand for a class that is found by `module.name`. */
function finder(path: string): () => PyType {
  const dot = path.lastIndexOf(".");
  return () => getAttribute(runtime().load(path.slice(0, dot)), path.slice(dot + 1)) as PyType;
}

export function fillTyping(module: PyModule): void {
  typingTypes();
  const meta = runClass(module, "_AnyMeta", [typeType]);
  methods(meta, {
    __repr__: (self: PyType) => (self.name === "Any" ? "typing.Any" : `<class '${self.name}'>`),
    __instancecheck__: (self: PyType, value: Value) =>
      self === any
        ? fault("TypeError", "typing.Any cannot be used with isinstance()")
        : isRealInstance(value, self),
  });
  const any: PyType = runClass(module, "Any", [], { meta });
  methods(any, {
    __init__: signed("*args, **kwargs", (self: PyObject) =>
      self.type === any ? fault("TypeError", "Any cannot be instantiated") : None,
    ),
  });
  defineForms(module);
  for (const entry of ALIASES.split("|")) {
    const [name, count, path] = entry.split(" ") as [string, string, string];
    module.set(name, new PySpecialAlias(name, finder(path), Number(count)));
  }
  for (const [name, type, count] of BUILT_IN)
    module.set(name, new PySpecialAlias(name, () => type, count));
  const { newType, forward, alias, parts } = typingTypes();
  values(module, {
    ForwardRef: forward,
    NewType: newType,
    ParamSpec: paramSpecType,
    ParamSpecArgs: parts[0],
    ParamSpecKwargs: parts[1],
    TYPE_CHECKING: false,
    Text: strType,
    TypeAliasType: typeAliasType,
    TypeVar: typeVarType,
    TypeVarTuple: typeVarTupleType,
    _GenericAlias: alias,
  });
  const anyStr = new PyTypeVar("AnyStr");
  anyStr.constraints = [bytesType, strType];
  anyStr.module = "typing";
  module.set("AnyStr", anyStr);
  for (const name of ["T", "KT", "VT"]) {
    const made = new PyTypeVar(name);
    made.module = "typing";
    module.set(name, made);
  }
  const { generic, protocol } = defineGeneric(module);
  for (const [name, method] of Object.entries(PROTOCOLS)) {
    const type = runClass(module, name, [protocol], {
      meta: protocol.type,
      attributes: { __slots__: new PyTuple([]), __orig_bases__: new PyTuple([protocol]) },
    });
    setTypeAttribute(type, method, new PyBuiltin(method, (_self: Value) => None));
    setTypeAttribute(type, "_is_runtime_protocol", true);
  }
  defineNamedTuple(module);
  defineTypedDict(module);
  for (const name of ["IO", "TextIO", "BinaryIO"]) {
    runClass(module, name, [name === "IO" ? generic : module.get("IO")!], {
      attributes: {
        __orig_bases__: new PyTuple([
          name === "IO" ? new PyTypingAlias("class", generic, [anyStr]) : module.get("IO")!,
        ]),
      },
    });
  }
  defineFunctions(module);
}

function defineFunctions(module: PyModule): void {
  const overloads = new Map<string, Value[]>();
  const mark = (value: Value, name: string): Value => {
    try {
      setAttribute(value, name, true);
    } catch {
      // What has no attributes of its own is left as it is.
    }
    return value;
  };
  functions(module, {
    cast: signed("typ, val", (_type: Value, value: Value) => value),
    assert_type: signed("val, typ, /", (value: Value, _type: Value) => value),
    assert_never: signed("arg, /", (value: Value) => {
      const text = String(repr(value));
      return fault(
        "AssertionError",
        `Expected code to be unreachable, but got: ${text.length > 100 ? `${text.slice(0, 100)}...` : text}`,
      );
    }),
    reveal_type: signed("obj, /", (value: Value) => {
      runtime().write("stderr", `Runtime type is '${typeOf(value).name}'\n`);
      return value;
    }),
    final: (value: Value) => mark(value, "__final__"),
    override: (value: Value) => mark(value, "__override__"),
    no_type_check: (value: Value) => mark(value, "__no_type_check__"),
    no_type_check_decorator: (value: Value) => value,
    runtime_checkable: (type: Value) => {
      if (!(type instanceof PyType) || findAttribute(type, "_is_protocol") !== true) {
        fault(
          "TypeError",
          `@runtime_checkable can be only applied to protocol classes, got ${String(repr(type))}`,
        );
      }
      setTypeAttribute(type, "_is_runtime_protocol", true);
      return type;
    },
    dataclass_transform: signed(
      "**kwargs",
      () => new PyBuiltin("decorator", (value: Value) => value),
    ),
    overload: (func: Value) => {
      const key = `${String(findAttribute(func, "__module__"))}.${String(findAttribute(func, "__qualname__"))}`;
      overloads.set(key, [...(overloads.get(key) ?? []), func]);
      return getAttribute(module, "_overload_dummy");
    },
    _overload_dummy: signed("*args, **kwds", () =>
      fault(
        "NotImplementedError",
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module should always be followed by an implementation that is not @overload-ed.",
      ),
    ),
    get_overloads: (func: Value) =>
      new PyList([
        ...(overloads.get(
          `${String(findAttribute(func, "__module__"))}.${String(findAttribute(func, "__qualname__"))}`,
        ) ?? []),
      ]),
    clear_overloads: signed("", () => {
      overloads.clear();
      return None;
    }),
    get_origin: (value: Value) => {
      if (value instanceof PyTypingAlias) {
        if (value.kind === "annotated") return module.get("Annotated")!;
        if (value.kind === "unpack") return module.get("Unpack")!;
        return value.origin;
      }
      if (value instanceof PySpecialAlias) return value.find();
      if (value instanceof PyGenericAlias) return value.origin;
      if (value instanceof PyUnion) return (value as PyObject).type;
      return value === module.get("Generic") ? value : None;
    },
    get_args: (value: Value) => {
      if (value instanceof PyTypingAlias) {
        if (value.kind === "annotated") return new PyTuple([value.origin, ...value.metadata]);
        if (
          value.kind === "callable" &&
          !(
            value.args.length === 2 &&
            (value.args[0] === Ellipsis ||
              value.args[0] instanceof PyParamSpec ||
              (value.args[0] instanceof PyTypingAlias && value.args[0].name === "Concatenate"))
          )
        ) {
          return new PyTuple([new PyList(value.args.slice(0, -1)), value.args.at(-1)!]);
        }
        return new PyTuple([...value.args]);
      }
      if (value instanceof PyGenericAlias || value instanceof PyUnion)
        return new PyTuple([...value.args]);
      return new PyTuple([]);
    },
    is_typeddict: (value: Value) =>
      value instanceof PyType && value.type === module.get("_TypedDictMeta"),
    get_type_hints: signed(
      "obj, globalns=None, localns=None, include_extras=False",
      (object: Value, globals?: Value, locals?: Value, extras?: Value) =>
        typeHints(
          object,
          globals === None ? undefined : globals,
          locals === None ? undefined : locals,
          extras === true,
        ),
    ),
  });
}

/** The annotations of a class, a function or a module, with texts evaluated. */
function typeHints(
  object: Value,
  globals: Value | undefined,
  locals: Value | undefined,
  extras: boolean,
): Value {
  const hints = new PyDict();
  const finish = (value: Value): Value => (extras ? value : stripped(value));
  if (object instanceof PyType) {
    for (const base of object.mro.toReversed()) {
      const annotations = base.dict.get("__annotations__");
      if (annotations === undefined) continue;
      const name = base.dict.get("__module__");
      const own = typeof name === "string" ? moduleNamed(name) : undefined;
      const space = globals ?? (own === undefined ? new PyDict() : dictOf(own)!);
      for (const [key, value] of mappingEntries(annotations)) {
        hints.set(key, finish(evaluated(value, space, locals ?? classSpace(base))));
      }
    }
    return hints;
  }
  let inner: Value = object;
  for (
    let wrapped = findAttribute(inner, "__wrapped__");
    wrapped !== undefined;
    wrapped = findAttribute(inner, "__wrapped__")
  )
    inner = wrapped;
  const annotations = findAttribute(object, "__annotations__");
  if (annotations === undefined || annotations === None) {
    const callable = object instanceof PyBuiltin || object instanceof PyModule;
    if (callable) return hints;
    fault("TypeError", `${String(repr(object))} is not a module, class, method, or function.`);
  }
  const func = methodFunction(inner);
  const space =
    globals ??
    (func === undefined
      ? object instanceof PyModule
        ? dictOf(object)!
        : new PyDict()
      : dictOf(func.globals)!);
  for (const [key, value] of mappingEntries(annotations))
    hints.set(key, finish(evaluated(value, space, locals)));
  return hints;
}

function methodFunction(value: Value): PyFunction | undefined {
  if (value instanceof PyFunction) return value;
  const func =
    value instanceof PyStaticMethod || value instanceof PyClassMethod
      ? value.func
      : value instanceof PyProperty
        ? value.get
        : findAttribute(value, "__func__");
  return func instanceof PyFunction ? func : undefined;
}

/** What a class's own names are, for annotations in it. */
function classSpace(type: PyType): Value {
  const space = new PyDict();
  for (const [name, value] of type.dict) space.set(name, value);
  const parameters = type.dict.get("__type_params__");
  if (parameters instanceof PyTuple)
    for (const one of parameters.items) if (one instanceof PyTypeVar) space.set(one.name, one);
  return space;
}

/** An annotation with its texts evaluated, also within brackets. */
function evaluated(value: Value, globals: Value, locals: Value | undefined): Value {
  if (value === None) return noneType;
  if (typeof value === "string") return evaluated(new PyForwardRef(value), globals, locals);
  if (value instanceof PyForwardRef) {
    const evaluate = getAttribute(runtime().builtins, "eval");
    const result = call(
      evaluate,
      locals === undefined ? [value.text, globals] : [value.text, globals, locals],
    );
    return evaluated(asType(result, "Forward references must evaluate to types."), globals, locals);
  }
  const each = (args: readonly Value[]): Value[] =>
    args.map((one) =>
      typeof one === "string" && !(value instanceof PyGenericAlias)
        ? one
        : evaluated(one, globals, locals),
    );
  if (value instanceof PyTypingAlias && value.kind !== "literal") {
    const args = each(value.args);
    if (value.kind === "union") return makeUnion(args);
    if (value.kind === "annotated")
      return new PyTypingAlias("annotated", args[0]!, args, "Annotated", value.metadata);
    return new PyTypingAlias(value.kind, value.origin, args, value.name, value.metadata);
  }
  if (value instanceof PyGenericAlias)
    return new PyGenericAlias(value.origin, each(value.args), value.starred);
  if (value instanceof PyUnion) return unionOf(each(value.args));
  return value;
}

/** Without `Annotated`, `Required` and `NotRequired`. */
function stripped(value: Value): Value {
  if (value instanceof PyTypingAlias) {
    if (value.kind === "annotated") return stripped(value.origin);
    if (value.name === "Required" || value.name === "NotRequired") return stripped(value.args[0]!);
    if (value.kind === "literal" || value.kind === "unpack") return value;
    const args = value.args.map(stripped);
    if (args.every((one, i) => one === value.args[i])) return value;
    return value.kind === "union"
      ? makeUnion(args)
      : new PyTypingAlias(value.kind, value.origin, args, value.name);
  }
  if (value instanceof PyGenericAlias) {
    const args = value.args.map(stripped);
    return args.every((one, i) => one === value.args[i])
      ? value
      : new PyGenericAlias(value.origin, args);
  }
  return value instanceof PyUnion ? unionOf(value.args.map(stripped)) : value;
}
