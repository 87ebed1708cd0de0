/** `List[int]`, `Union[int, str]`, `Box[T]`: a class or a form with arguments. */
import { fault } from "../../fault.ts";
import { PyUnion } from "../../objects/generic.ts";
import { Ellipsis, None, PyObject, type Value } from "../../objects/object.ts";
import { PyList } from "../../objects/list.ts";
import { noneType } from "../../objects/root.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { PyType } from "../../objects/type.ts";
import { PyParamSpec } from "../../objects/type-variables.ts";
import { equal } from "../../operations/compare.ts";
import { parametersOf, typeText } from "../../operations/generics.ts";
import { repr } from "../../operations/repr.ts";
import { typeOf } from "../../operations/typeof.ts";

/** `Any`, `Union`, `ClassVar` and the like. */
export class PySpecialForm extends PyObject {
  readonly name: string;
  /** What `[…]` gives, where it may follow. */
  readonly item: ((self: PySpecialForm, key: Value) => Value) | undefined;

  constructor(name: string, item?: (self: PySpecialForm, key: Value) => Value) {
    super();
    this.name = name;
    this.item = item;
  }
}

/** `typing.List` without arguments. */
export class PySpecialAlias extends PyObject {
  readonly name: string;
  /** The class it stands for, found when it is asked for. */
  readonly find: () => PyType;
  /** How many arguments it takes; -1 for any. */
  readonly count: number;

  constructor(name: string, find: () => PyType, count: number) {
    super();
    this.name = name;
    this.find = find;
    this.count = count;
  }
}

export type AliasKind =
  "class" | "union" | "literal" | "callable" | "annotated" | "form" | "unpack";

export class PyTypingAlias extends PyObject {
  readonly kind: AliasKind;
  readonly origin: Value;
  readonly args: readonly Value[];
  /** The name in `typing`; `undefined` for the program's own classes. */
  readonly name: string | undefined;
  readonly metadata: readonly Value[];
  parameters: readonly Value[] | undefined = undefined;

  constructor(
    kind: AliasKind,
    origin: Value,
    args: readonly Value[],
    name?: string,
    metadata: readonly Value[] = [],
  ) {
    super();
    this.kind = kind;
    this.origin = origin;
    this.args = args;
    this.name = name;
    this.metadata = metadata;
  }
}

export class PyForwardRef extends PyObject {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
}

export class PyNewType extends PyObject {
  readonly name: string;
  readonly supertype: Value;
  module: Value = "__main__";
  constructor(name: string, supertype: Value) {
    super();
    this.name = name;
    this.supertype = supertype;
  }
}

export const itemsOf = (key: Value): readonly Value[] =>
  key instanceof PyTuple ? key.items : [key];

/** An argument: a text becomes a reference, None its class; what is no type is refused. */
export function asType(value: Value, message: string): Value {
  if (value === None) return noneType;
  if (typeof value === "string") return new PyForwardRef(value);
  const alone = ["Any", "LiteralString", "NoReturn", "Never", "Self", "TypeAlias"];
  if (value instanceof PySpecialForm && !alone.includes(value.name)) {
    fault("TypeError", `Plain typing.${value.name} is not valid as type argument`);
  }
  if (value instanceof PyTuple) fault("TypeError", `${message} Got ${short(value)}.`);
  return value;
}

function short(value: Value): string {
  const text = String(repr(value));
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

const GENERIC = "Parameters to generic types must be types.";
export const genericArgument = (value: Value): Value => asType(value, GENERIC);

/** `Union[…]`: flat, without doubles. */
export function makeUnion(
  given: readonly Value[],
  message = "Union[arg, ...]: each arg must be a type.",
): Value {
  const args: Value[] = [];
  const add = (value: Value): void => {
    if (value instanceof PyUnion || (value instanceof PyTypingAlias && value.kind === "union")) {
      for (const one of value.args) add(one);
    } else if (!args.some((one) => same(one, value))) args.push(value);
  };
  for (const one of given) add(asType(one, message));
  return args.length === 1 ? args[0]! : new PyTypingAlias("union", forms.union!, args, "Union");
}

const same = (a: Value, b: Value): boolean =>
  a === b || (!(a instanceof PyType) && !(b instanceof PyType) && equal(a, b));

/** Forms that others are made of; set by the module. */
export const forms: { union: PySpecialForm | undefined } = { union: undefined };

/** `Literal[…]`: flat; the same value of the same class only once. */
export function makeLiteral(self: Value, key: Value): Value {
  const args: Value[] = [];
  for (const one of itemsOf(key)) {
    const values = one instanceof PyTypingAlias && one.kind === "literal" ? one.args : [one];
    for (const value of values) {
      if (!args.some((two) => typeOf(two) === typeOf(value) && equal(two, value))) args.push(value);
    }
  }
  return new PyTypingAlias("literal", self, args, "Literal");
}

/** `Callable[[int], str]`: the parameters flat, the result last. */
export function makeCallable(origin: PyType, key: Value): Value {
  if (!(key instanceof PyTuple) || key.items.length !== 2) {
    fault("TypeError", "Callable must be used as Callable[[arg, ...], result].");
  }
  const [given, result] = key.items as [Value, Value];
  const last = asType(result, "Callable[args, result]: result must be a type.");
  if (given === Ellipsis)
    return new PyTypingAlias("callable", origin, [Ellipsis, last], "Callable");
  if (given instanceof PyList || given instanceof PyTuple) {
    const args = given.items.map((one) =>
      asType(one, "Callable[[arg, ...], result]: each arg must be a type."),
    );
    return new PyTypingAlias("callable", origin, [...args, last], "Callable");
  }
  const isParameters =
    given instanceof PyParamSpec ||
    (given instanceof PyTypingAlias && given.name === "Concatenate");
  if (!isParameters) {
    fault(
      "TypeError",
      `Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got ${String(repr(given))}`,
    );
  }
  return new PyTypingAlias("callable", origin, [given, last], "Callable");
}

export function parametersIn(self: PyTypingAlias): readonly Value[] {
  return (self.parameters ??= self.kind === "literal" ? [] : parametersOf(self.args));
}

/** An argument as the text of an alias shows it. */
const text = (value: Value): string => (value === noneType ? "NoneType" : typeText(value));

/** As `repr` shows it. */
export function aliasText(self: PyTypingAlias): string {
  const { args } = self;
  switch (self.kind) {
    case "union": {
      const others = args.filter((one) => one !== noneType);
      if (args.length === 2 && others.length === 1) return `typing.Optional[${text(others[0]!)}]`;
      return `typing.Union[${args.map(text).join(", ")}]`;
    }
    case "literal":
      return `typing.Literal[${args.map((one) => String(repr(one))).join(", ")}]`;
    case "callable": {
      const result = text(args.at(-1)!);
      const [first] = args;
      if (
        args.length === 2 &&
        (first === Ellipsis ||
          first instanceof PyParamSpec ||
          (first instanceof PyTypingAlias && first.name === "Concatenate"))
      ) {
        return `typing.Callable[${text(first)}, ${result}]`;
      }
      return `typing.Callable[[${args.slice(0, -1).map(text).join(", ")}], ${result}]`;
    }
    case "annotated":
      return `typing.Annotated[${[text(self.origin), ...self.metadata.map((one) => String(repr(one)))].join(", ")}]`;
    case "unpack":
      return `*${text(args[0]!)}`;
    default: {
      const name = self.name === undefined ? text(self.origin) : `typing.${self.name}`;
      return `${name}[${args.length === 0 ? "()" : args.map(text).join(", ")}]`;
    }
  }
}
