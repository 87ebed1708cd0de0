/** What the objects of `typing` can do. */
import { callerModule } from "../caller.ts";
import { fault } from "../../fault.ts";
import { computed, maker, members, methods } from "../../objects/define.ts";
import { PyUnion } from "../../objects/generic.ts";
import { type Keywords, None, NotImplemented, PyObject, type Value } from "../../objects/object.ts";
import { ListIterator } from "../../objects/iterator.ts";
import { PyList } from "../../objects/list.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { isSubtype, PyType } from "../../objects/type.ts";
import {
  paramSpecType,
  PyParamSpec,
  PyTypeAlias,
  PyTypeVar,
  PyTypeVarTuple,
  settled,
  typeAliasType,
  typeVarTupleType,
  typeVarType,
} from "../../objects/type-variables.ts";
import {
  genericAttribute,
  getAttribute,
  missingAttribute,
  setAttribute,
} from "../../operations/attributes.ts";
import { call } from "../../operations/call.ts";
import { equal, equalItems } from "../../operations/compare.ts";
import { substitute } from "../../operations/generics.ts";
import { fold, hash, hashText, hashTuple } from "../../operations/hash.ts";
import { isSubclassOf } from "../../operations/instances.ts";
import { repr } from "../../operations/repr.ts";
import { truth } from "../../operations/truth.ts";
import { typeName } from "../../operations/typeof.ts";
import { lazy } from "../lazy.ts";
import {
  aliasText,
  asType,
  genericArgument,
  itemsOf,
  makeCallable,
  makeUnion,
  parametersIn,
  PyForwardRef,
  PyParamSpecKwargs,
  PyParamSpecPart,
  PyNewType,
  PySpecialAlias,
  PySpecialForm,
  PyTypingAlias,
} from "./alias.ts";

function ofCaller<T extends { module: Value | undefined }>(made: T): T {
  made.module = callerModule();
  return made;
}

const MODULE = { module: "typing", final: true };
const united = {
  __or__: (self: Value, other: Value) => makeUnion([self, other]),
  __ror__: (self: Value, other: Value) => makeUnion([other, self]),
};
const generic = (): Value => getAttribute(runtime().load("typing"), "Generic");

/** Whether two lists hold the same things in any order; 1 is not the same as True. */
function sameArguments(a: readonly Value[], b: readonly Value[]): boolean {
  const within = (x: readonly Value[], y: readonly Value[]): boolean =>
    x.every((one) => y.some((two) => typeName(one) === typeName(two) && equal(one, two)));
  return within(a, b) && within(b, a);
}

function same(a: PyTypingAlias, b: Value): Value {
  if (b instanceof PyUnion && a.kind === "union") return sameArguments(a.args, b.args);
  if (!(b instanceof PyTypingAlias)) return NotImplemented;
  if (a.kind !== b.kind || !equal(a.origin, b.origin)) return false;
  if (a.kind === "union" || a.kind === "literal") {
    return sameArguments(a.args, b.args);
  }
  return equalItems(a.args, b.args) && equalItems(a.metadata, b.metadata);
}

function item(self: PyTypingAlias, key: Value): Value {
  const given = new PyTuple(itemsOf(key).map(genericArgument));
  const args = substitute(self, self.args, parametersIn(self), given);
  if (self.kind === "union") return makeUnion(args);
  if (self.kind === "annotated")
    return new PyTypingAlias("annotated", args[0]!, args, "Annotated", self.metadata);
  const flat =
    self.kind === "callable" && args[0] instanceof PyList
      ? [...args[0].items, ...args.slice(1)]
      : args;
  return new PyTypingAlias(self.kind, self.origin, flat, self.name);
}

/** Gives the classes of this module's objects their methods; the same for all runs. */
export const typingTypes: () => {
  parts: readonly [PyType, PyType];
  alias: PyType;
  form: PyType;
  forward: PyType;
  newType: PyType;
} = lazy(() => {
  const form = builtinType("_SpecialForm", PySpecialForm, MODULE);
  const special = builtinType("_SpecialGenericAlias", PySpecialAlias, MODULE);
  const alias = builtinType("_GenericAlias", PyTypingAlias, MODULE);
  const forward = builtinType("ForwardRef", PyForwardRef, MODULE);
  const newType = builtinType("NewType", PyNewType, { module: "typing" });
  defineForm(form);
  defineSpecial(special);
  defineAlias(alias);
  maker(
    forward,
    signed(
      "cls, arg, is_argument=True, module=None, *, is_class=False",
      (_cls: Value, text: Value) => {
        if (typeof text !== "string")
          fault("TypeError", `Forward reference must be a string -- got ${String(repr(text))}`);
        return new PyForwardRef(text);
      },
    ),
  );
  methods(forward, {
    __repr__: (self: PyForwardRef) => `ForwardRef(${String(repr(self.text))})`,
    __eq__: (self: PyForwardRef, other: Value) =>
      other instanceof PyForwardRef ? self.text === other.text : NotImplemented,
    __hash__: (self: PyForwardRef) => hashText(self.text),
    ...united,
  });
  members(forward, {
    __forward_arg__: (self: PyForwardRef) => self.text,
    __forward_evaluated__: (_self: Value) => false,
  });
  maker(
    newType,
    signed("cls, name, tp", (_cls: Value, name: Value, type: Value) =>
      ofCaller(new PyNewType(String(name), type)),
    ),
  );
  methods(newType, {
    __call__: (_self: PyNewType, value: Value) => value,
    __repr__: (self: PyNewType) => `${String(self.module)}.${self.name}`,
    __mro_entries__: (self: PyNewType, _bases: Value) =>
      fault(
        "TypeError",
        `Cannot subclass an instance of NewType. Perhaps you were looking for: \`Sub = NewType('Sub', ${self.name})\``,
      ),
    ...united,
  });
  members(newType, {
    __supertype__: (self: PyNewType) => self.supertype,
    __name__: (self: PyNewType) => self.name,
    __qualname__: (self: PyNewType) => self.name,
    __module__: (self: PyNewType) => self.module,
  });
  defineVariables();
  const parts = [
    builtinType("ParamSpecArgs", PyParamSpecPart, MODULE),
    builtinType("ParamSpecKwargs", PyParamSpecKwargs, MODULE),
  ] as const;
  for (const [i, type] of parts.entries()) {
    maker(
      type,
      signed("cls, origin", (_cls: Value, origin: Value) =>
        i === 0 ? new PyParamSpecPart(origin, "args") : new PyParamSpecKwargs(origin, "kwargs"),
      ),
    );
    members(type, { __origin__: (self: PyParamSpecPart) => self.origin });
    methods(type, {
      __repr__: (self: PyParamSpecPart) =>
        `${(self.origin as { name?: string }).name ?? String(repr(self.origin))}.${self.word}`,
      __eq__: (self: PyParamSpecPart, other: Value) =>
        other instanceof PyParamSpecPart && other.type === type
          ? self.origin === other.origin
          : NotImplemented,
      __hash__: (self: PyParamSpecPart) => fold(hash(self.origin)),
      __mro_entries__: (_self: Value, _bases: Value) =>
        fault("TypeError", `Cannot subclass an instance of ${type.name}`),
    });
  }
  return { parts, alias, form, forward, newType };
});

function defineForm(form: PyType): void {
  const cannot =
    (what: string) =>
    (self: PySpecialForm): never =>
      fault("TypeError", `Cannot ${what} typing.${self.name}`);
  methods(form, {
    __repr__: (self: PySpecialForm) => `typing.${self.name}`,
    __getitem__: (self: PySpecialForm, key: Value) =>
      self.item === undefined
        ? fault("TypeError", `typing.${self.name} is not subscriptable`)
        : self.item(self, key),
    __call__: signed("*args, **kwargs", cannot("instantiate")),
    __mro_entries__: (self: PySpecialForm, _bases: Value) => cannot("subclass")(self),
    __instancecheck__: (self: PySpecialForm, _value: Value) =>
      fault("TypeError", `typing.${self.name} cannot be used with isinstance()`),
    __subclasscheck__: (self: PySpecialForm, _type: Value) =>
      fault("TypeError", `typing.${self.name} cannot be used with issubclass()`),
    ...united,
  });
  members(form, {
    _name: (self: PySpecialForm) => self.name,
    __name__: (self: PySpecialForm) => self.name,
  });
}

function defineSpecial(special: PyType): void {
  methods(special, {
    __repr__: (self: PySpecialAlias) => `typing.${self.name}`,
    __getitem__: (self: PySpecialAlias, key: Value) => {
      if (self.name === "Callable") return makeCallable(self.find(), key);
      const items = itemsOf(key);
      if (self.count >= 0 && items.length !== self.count) {
        const words = items.length > self.count ? "many" : "few";
        fault(
          "TypeError",
          `Too ${words} arguments for typing.${self.name}; actual ${items.length}, expected ${self.count}`,
        );
      }
      return new PyTypingAlias("class", self.find(), items.map(genericArgument), self.name);
    },
    __call__: signed("*args, **kwargs", (self: PySpecialAlias, args: Value[], kwargs: Keywords) => {
      if (["Counter", "DefaultDict", "OrderedDict", "ChainMap", "Deque"].includes(self.name))
        return call(self.find(), args, kwargs);
      return fault(
        "TypeError",
        `Type ${self.name} cannot be instantiated; use ${self.find().name}() instead`,
      );
    }),
    __mro_entries__: (self: PySpecialAlias, bases: Value) => entries(self, self.find(), bases),
    __instancecheck__: (self: PySpecialAlias, value: Value) =>
      isSubclassOf(
        typeof value === "object" ? value.type : call(runtime().builtins.get("type")!, [value]),
        self.find(),
      ),
    __subclasscheck__: (self: PySpecialAlias, type: Value) => isSubclassOf(type, self.find()),
    __getattr__: (self: PySpecialAlias, name: Value) => getAttribute(self.find(), String(name)),
    ...united,
  });
  members(special, {
    __origin__: (self: PySpecialAlias) => self.find(),
    __parameters__: (_self: Value) => new PyTuple([]),
    __name__: (self: PySpecialAlias) => self.name,
    __qualname__: (self: PySpecialAlias) => self.name,
    __module__: (_self: Value) => "typing",
  });
}

/** The classes that an alias stands for among the bases of a class. */
function entries(self: Value, origin: PyType, bases: Value): Value {
  const all = (bases as PyTuple).items;
  const found: Value[] = all.includes(origin) ? [] : [origin];
  const later = all.slice(all.indexOf(self) + 1);
  const root = generic() as PyType;
  const covered = later.some(
    (one) =>
      one instanceof PyTypingAlias ||
      one instanceof PySpecialAlias ||
      (one instanceof PyType && isSubtype(one, root)),
  );
  if (!covered) found.push(root);
  return new PyTuple(found);
}

function defineAlias(alias: PyType): void {
  methods(alias, {
    __repr__: aliasText,
    __eq__: same,
    __hash__: (self: PyTypingAlias) => {
      if (self.kind === "union" || self.kind === "literal") {
        return self.args.reduce<number>((sum, one) => sum ^ fold(hash(one)), 7);
      }
      return fold(hash(self.origin)) ^ hashTuple([...self.args, ...self.metadata]);
    },
    __getitem__: item,
    __call__: signed("*args, **kwargs", (self: PyTypingAlias, args: Value[], kwargs: Keywords) => {
      if (self.origin instanceof PySpecialForm)
        fault("TypeError", `Cannot instantiate ${String(repr(self.origin))}`);
      if (self.name !== undefined && self.kind === "class") {
        fault(
          "TypeError",
          `Type ${self.name} cannot be instantiated; use ${(self.origin as PyType).name}() instead`,
        );
      }
      const made = call(self.origin, args, kwargs);
      if (made instanceof PyObject && made.type.hasDict && !(made instanceof PyType))
        setAttribute(made, "__orig_class__", self);
      return made;
    }),
    __mro_entries__: (self: PyTypingAlias, bases: Value) => {
      if (self.origin instanceof PySpecialForm)
        fault("TypeError", `Cannot subclass ${String(repr(self))}`);
      if (self.name !== undefined && self.kind !== "annotated")
        return entries(self, self.origin as PyType, bases);
      const all = (bases as PyTuple).items;
      const typing = runtime().load("typing");
      if (self.origin === typing.get("Generic")) {
        if (all.includes(typing.get("Protocol")!)) return new PyTuple([]);
        const later = all.slice(all.indexOf(self) + 1);
        if (later.some((one) => one instanceof PyTypingAlias)) return new PyTuple([]);
      }
      return new PyTuple([self.origin]);
    },
    __instancecheck__: (self: PyTypingAlias, value: Value) => {
      if (self.kind === "union")
        return self.args.some((one) =>
          truth(call(runtime().builtins.get("isinstance")!, [value, one])),
        );
      return fault(
        "TypeError",
        "Subscripted generics cannot be used with class and instance checks",
      );
    },
    __subclasscheck__: (self: PyTypingAlias, type: Value) => {
      if (self.kind === "union") return self.args.some((one) => isSubclassOf(type, one));
      return fault(
        "TypeError",
        "Subscripted generics cannot be used with class and instance checks",
      );
    },
    __iter__: (self: PyTypingAlias) =>
      new ListIterator({ items: [new PyTypingAlias("unpack", self, [self], "Unpack")] }),
    __getattribute__: (self: PyTypingAlias, given: Value) => {
      const name = String(given);
      const own = genericAttribute(self, alias, name);
      if (own !== undefined) return own;
      const dunder = name.startsWith("__") && name.endsWith("__");
      if (!dunder && self.origin instanceof PyObject) return getAttribute(self.origin, name);
      return missingAttribute(self, name);
    },
    ...united,
  });
  members(alias, {
    __origin__: (self: PyTypingAlias) => self.origin,
    __args__: (self: PyTypingAlias) => new PyTuple([...self.args]),
    _name: (self: PyTypingAlias) => self.name ?? None,
  });
  computed(alias, {
    __parameters__: (self: PyTypingAlias) => new PyTuple([...parametersIn(self)]),
    __metadata__: (self: PyTypingAlias) =>
      self.kind === "annotated" ? new PyTuple([...self.metadata]) : undefined,
    __name__: (self: PyTypingAlias) => self.name,
    __module__: (self: PyTypingAlias) =>
      self.name === undefined ? getAttribute(self.origin, "__module__") : "typing",
    __typing_unpacked_parameter__: (self: PyTypingAlias) =>
      self.kind === "unpack" ? true : undefined,
  });
}

const flag = (value: Value | undefined): boolean => value !== undefined && truth(value);

function defineVariables(): void {
  const prefix = (self: PyTypeVar): string =>
    self.inferred ? "" : self.covariant ? "+" : self.contravariant ? "-" : "~";
  for (const type of [typeVarType, paramSpecType, typeVarTupleType]) {
    methods(type, {
      __repr__: (self: PyTypeVar) =>
        `${self instanceof PyTypeVarTuple ? "" : prefix(self)}${self.name}`,
      __typing_subst__: (_self: Value, value: Value) => value,
      __mro_entries__: (_self: Value, _bases: Value) =>
        fault("TypeError", `Cannot subclass an instance of ${type.name}`),
      ...united,
    });
    members(type, {
      __name__: (self: PyTypeVar) => self.name,
      __covariant__: (self: PyTypeVar) => self.covariant,
      __contravariant__: (self: PyTypeVar) => self.contravariant,
      __infer_variance__: (self: PyTypeVar) => self.inferred,
      __module__: (self: PyTypeVar) => self.module ?? "__main__",
    });
    computed(type, {
      __bound__: (self: PyTypeVar) => (self.bound = settled(self.bound) ?? None),
      __constraints__: (self: PyTypeVar) => new PyTuple([...self.constraints]),
    });
  }
  maker(
    typeVarType,
    signed(
      "cls, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False",
      (
        _cls: Value,
        name: Value,
        constraints: Value[],
        bound?: Value,
        co?: Value,
        contra?: Value,
        inferred?: Value,
      ) => {
        if (flag(co) && flag(contra)) fault("ValueError", "Bivariant types are not supported.");
        if (constraints.length > 0 && bound !== undefined && bound !== None) {
          fault("TypeError", "Constraints cannot be combined with bound=...");
        }
        if (constraints.length === 1) fault("TypeError", "A single constraint is not allowed");
        const made = new PyTypeVar(String(name));
        made.module = callerModule();
        made.constraints = constraints.map((one) =>
          asType(one, "TypeVar(name, constraint, ...): constraints must be types."),
        );
        if (bound !== undefined && bound !== None)
          made.bound = asType(bound, "Bound must be a type.");
        made.covariant = flag(co);
        made.contravariant = flag(contra);
        made.inferred = flag(inferred);
        return made;
      },
    ),
  );
  maker(
    paramSpecType,
    signed(
      "cls, name, *, bound=None, covariant=False, contravariant=False",
      (_cls: Value, name: Value) => ofCaller(new PyParamSpec(String(name))),
    ),
  );
  computed(paramSpecType, {
    args: (self: PyParamSpec) => new PyParamSpecPart(self, "args"),
    kwargs: (self: PyParamSpec) => new PyParamSpecKwargs(self, "kwargs"),
  });
  maker(
    typeVarTupleType,
    signed("cls, name", (_cls: Value, name: Value) => ofCaller(new PyTypeVarTuple(String(name)))),
  );
  methods(typeVarTupleType, {
    __iter__: (self: PyTypeVarTuple) =>
      new ListIterator({ items: [new PyTypingAlias("unpack", self, [self], "Unpack")] }),
  });
  maker(
    typeAliasType,
    signed(
      "cls, name, value, *, type_params=()",
      (_cls: Value, name: Value, value: Value, parameters?: Value) =>
        ofCaller(
          new PyTypeAlias(
            String(name),
            value,
            parameters instanceof PyTuple ? parameters.items : [],
          ),
        ),
    ),
  );
  methods(typeAliasType, {
    __repr__: (self: PyTypeAlias) => self.name,
    __getitem__: (self: PyTypeAlias, key: Value) => {
      if (self.parameters.length === 0)
        fault("TypeError", "Only generic type aliases are subscriptable");
      return new PyTypingAlias("class", self, itemsOf(key), undefined);
    },
    ...united,
  });
  computed(typeAliasType, {
    __value__: (self: PyTypeAlias) => (self.value = settled(self.value)),
    __type_params__: [
      (self: PyTypeAlias) => new PyTuple([...self.parameters]),
      (self: PyTypeAlias, value) => {
        self.parameters = itemsOf(value!);
      },
    ],
    __parameters__: (self: PyTypeAlias) => new PyTuple([...self.parameters]),
    __name__: (self: PyTypeAlias) => self.name,
    __module__: (self: PyTypeAlias) => self.module ?? "__main__",
  });
}
