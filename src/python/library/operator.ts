/** `operator`: https://docs.python.org/3/library/operator.html */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { maker, methods } from "../objects/define.ts";
import type { PyModule } from "../objects/module.ts";
import { type Direct, type Keywords, None, PyObject, type Value } from "../objects/object.ts";
import { builtinType } from "../objects/root.ts";
import { signed, type Native, type Signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { getAttribute } from "../operations/attributes.ts";
import * as binary from "../operations/binary.ts";
import { call, callSpecial } from "../operations/call.ts";
import * as compare from "../operations/compare.ts";
import { contains, isSame } from "../operations/displays.ts";
import { iterate } from "../operations/iterate.ts";
import { lengthHint } from "../operations/length-hint.ts";
import { repr } from "../operations/repr.ts";
import {
  deleteSubscript,
  requireIndex,
  storeSubscript,
  subscript,
} from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import * as unary from "../operations/unary.ts";
import { concatAll, type Str } from "../text/wide.ts";
import { functions, values } from "./native.ts";

/** `itemgetter`, `attrgetter`, `methodcaller`: what they were made of, and what they do. */
class PyGetter extends PyObject {
  readonly args: readonly Value[];
  readonly keywords: Keywords;
  readonly get: Direct;
  override c1: Direct;

  constructor(args: readonly Value[], keywords: Keywords, get: Direct) {
    super();
    this.args = args;
    this.keywords = keywords;
    this.get = get;
    this.c1 = get;
  }
}

let types: Record<string, PyType> | undefined;

function getter(name: string, make: (args: Value[], keywords: Keywords) => Direct): PyType {
  const type = builtinType(name, class extends PyGetter {}, { module: "operator" });
  maker(
    type,
    signed("cls, /, *args, **kwargs", (cls: PyType, args: Value[], keywords: Keywords) => {
      if (args.length === 0) {
        if (name === "methodcaller") {
          fault("TypeError", "methodcaller needs at least one argument, the method name");
        }
        fault("TypeError", `${name} expected 1 argument, got 0`);
      }
      if (name !== "methodcaller" && keywords.size > 0) {
        fault("TypeError", `${name}() takes no keyword arguments`);
      }
      const Made = cls.js as unknown as new (
        args: Value[],
        keywords: Keywords,
        get: Direct,
      ) => PyGetter;
      return new Made(args, keywords, make(args, keywords));
    }),
  );
  methods(type, {
    __call__: signed("*args, **kwargs", (self: PyGetter, args: Value[], keywords: Keywords) => {
      if (keywords.size > 0) fault("TypeError", `${name}() takes no keyword arguments`);
      if (args.length !== 1) fault("TypeError", `${name} expected 1 argument, got ${args.length}`);
      return self.get(args[0]!);
    }),
    __repr__: (self: PyGetter) => {
      const parts: Str[] = [`operator.${name}(`];
      self.args.forEach((arg, i) => parts.push(i === 0 ? "" : ", ", repr(arg)));
      for (const [key, value] of self.keywords) parts.push(`, ${key}=`, repr(value));
      return concatAll([...parts, ")"]) as Value;
    },
    __reduce__: (self: PyGetter) => new PyTuple([self.type, new PyTuple([...self.args])]),
  });
  return type;
}

function followed(path: Value): Direct {
  if (typeof path !== "string") fault("TypeError", "attribute name must be a string");
  const names = path.split(".");
  return (object) => names.reduce((at, name) => getAttribute(at, name), object!);
}

function getters(): Record<string, PyType> {
  const several = (each: Direct[]): Direct =>
    each.length === 1 ? each[0]! : (object) => new PyTuple(each.map((get) => get(object!)));
  return {
    itemgetter: getter("itemgetter", (keys) =>
      several(keys.map((key) => (object) => subscript(object!, key))),
    ),
    attrgetter: getter("attrgetter", (paths) => several(paths.map(followed))),
    methodcaller: getter("methodcaller", ([name, ...args], keywords) => {
      if (typeof name !== "string") fault("TypeError", "method name must be a string");
      return (object) => call(getAttribute(object!, name), args, keywords);
    }),
  };
}

const two =
  (operate: (a: Value, b: Value) => Value): Native =>
  (a: Value, b: Value) =>
    operate(a, b);

const one =
  (operate: (a: Value) => Value): Native =>
  (a: Value) =>
    operate(a);

function countOf(container: Value, value: Value): Value {
  const iterator = iterate(container);
  let count = 0;
  let item: Value | undefined;
  while ((item = iterator.next()) !== undefined) {
    spend(1);
    if (compare.equal(item, value)) count++;
  }
  return count;
}

function indexIn(container: Value, value: Value): Value {
  const iterator = iterate(container);
  let item: Value | undefined;
  for (let i = 0; (item = iterator.next()) !== undefined; i++) {
    spend(1);
    if (compare.equal(item, value)) return i;
  }
  return fault("ValueError", "sequence.index(x): x not in sequence");
}

function joinSequences(join: (a: Value, b: Value) => Value): Native {
  return (a: Value, b: Value) => {
    if (callSpecialExists(a, "__getitem__")) return join(a, b);
    return fault("TypeError", `'${typeName(a)}' object can't be concatenated`);
  };
}

function callSpecialExists(value: Value, name: string): boolean {
  return (
    typeof value === "string" ||
    (typeof value === "object" && value.type.proto[`c_${name}`] !== undefined)
  );
}

const BINARY = {
  add: binary.add,
  sub: binary.sub,
  mul: binary.mul,
  truediv: binary.truediv,
  floordiv: binary.floordiv,
  mod: binary.mod,
  pow: binary.pow,
  matmul: binary.matmul,
  lshift: binary.lshift,
  rshift: binary.rshift,
  and_: binary.and,
  or_: binary.or,
  xor: binary.xor,
  iadd: binary.iadd,
  isub: binary.isub,
  imul: binary.imul,
  itruediv: binary.itruediv,
  ifloordiv: binary.ifloordiv,
  imod: binary.imod,
  ipow: binary.ipow,
  imatmul: binary.imatmul,
  ilshift: binary.ilshift,
  irshift: binary.irshift,
  iand: binary.iand,
  ior: binary.ior,
  ixor: binary.ixor,
  lt: compare.lt,
  le: compare.le,
  gt: compare.gt,
  ge: compare.ge,
  eq: compare.eq,
  ne: compare.ne,
  getitem: subscript,
  contains,
  is_: isSame,
  is_not: (a: Value, b: Value) => !isSame(a, b),
} as const;

const UNARY = {
  neg: unary.neg,
  pos: unary.pos,
  invert: unary.invert,
  truth,
  not_: (a: Value) => !truth(a),
  index: requireIndex,
  abs: (a: Value) =>
    callSpecial(a, "__abs__") ?? fault("TypeError", `bad operand type for abs(): '${typeName(a)}'`),
} as const;

export function fillOperator(module: PyModule): void {
  types ??= getters();
  values(module, types);
  const table: Record<string, Native | Signed> = {
    setitem: (object: Value, key: Value, value: Value) => {
      storeSubscript(object, key, value);
      return None;
    },
    delitem: (object: Value, key: Value) => {
      deleteSubscript(object, key);
      return None;
    },
    concat: joinSequences(binary.add),
    iconcat: joinSequences(binary.iadd),
    countOf,
    indexOf: indexIn,
    length_hint: signed("obj, default=0, /", lengthHint),
    call: signed("obj, /, *args, **kwargs", (object: Value, args: Value[], keywords: Keywords) =>
      call(object, args, keywords),
    ),
  };
  for (const [name, operate] of Object.entries(BINARY)) table[name] = two(operate);
  for (const [name, operate] of Object.entries(UNARY)) table[name] = one(operate);
  table["inv"] = table["invert"]!;
  functions(module, table);
  for (const name of Object.keys(table)) {
    const bare = name.replace(/_$/, "");
    if (!/^(truth|countOf|indexOf|length_hint|is|is_not)$/.test(bare)) {
      module.set(`__${bare}__`, module.get(name)!);
    }
  }
}
