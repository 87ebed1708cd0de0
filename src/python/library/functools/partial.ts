/** `functools.partial` and `functools.cmp_to_key`. */
import { stateOf } from "../../operations/reduce.ts";
import { fault } from "../../fault.ts";
import { classMethods, computed, constants, maker, methods } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { type Direct, type Keywords, None, PyObject, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { dictOf, getAttribute, setAttributeDict } from "../../operations/attributes.ts";
import { call, call2 } from "../../operations/call.ts";
import { eq, ge, gt, le, lt } from "../../operations/compare.ts";
import { parameterize } from "../../operations/generics.ts";
import { toArray } from "../../operations/iterate.ts";
import { repr, str } from "../../operations/repr.ts";
import { showing } from "../../operations/sequences.ts";
import { isCallable } from "../../operations/typeof.ts";
import { concatAll, type Str } from "../../text/wide.ts";

/** A function with some of its arguments. */
class PyPartial extends PyObject {
  func: Value = None;
  args: Value[] = [];
  keywords: Keywords = new Map();
  /** The same as programs see them, once they do: what they put there counts. */
  #shown: PyDict | undefined;
  override c0: Direct | undefined = undefined;
  override c1: Direct | undefined = undefined;
  override c2: Direct | undefined = undefined;

  /** Calls with positional arguments alone need no arrays in between. */
  quicken(): void {
    this.c0 = () => this.apply([]);
    this.c1 = (a) => this.apply([a!]);
    this.c2 = (a, b) => this.apply([a!, b!]);
  }

  get shown(): PyDict {
    return (this.#shown ??= PyDict.ofKeywords(this.keywords));
  }

  setKeywords(given: Value | undefined): void {
    this.#shown = given instanceof PyDict ? PyDict.ofKeywords(new Map()) : undefined;
    if (given instanceof PyDict) this.#shown!.copyFrom(given);
    this.keywords = new Map();
    this.settle();
  }

  /** Takes over what a program has put into its keywords. */
  settle(): void {
    if (this.#shown === undefined) return;
    const entries = [...this.#shown.entries()];
    if (entries.some(([key]) => typeof key !== "string")) return;
    this.keywords = new Map(entries as [string, Value][]);
  }

  apply(args: Value[], keywords?: Keywords): Value {
    this.settle();
    const all = this.args.length === 0 ? args : [...this.args, ...args];
    if (keywords === undefined || keywords.size === 0) {
      return call(this.func, all, this.keywords.size === 0 ? undefined : this.keywords);
    }
    return call(this.func, all, new Map([...this.keywords, ...keywords]));
  }
}

let made: PyType | undefined;

/** The class, which is made when it is first asked for. */
export function partialType(): PyType {
  return (made ??= makePartial());
}

function makePartial(): PyType {
  const type = builtinType("partial", PyPartial, { module: "functools", hasDict: true });
  maker(
    type,
    signed(
      "cls, /, *args, **kwargs",
      (cls: PyType, [func, ...args]: Value[], keywords: Keywords) => {
        if (func === undefined) fault("TypeError", "type 'partial' takes at least one argument");
        if (!isCallable(func)) fault("TypeError", "the first argument must be callable");
        const partial = new (cls.js as unknown as new () => PyPartial)();
        const inner =
          func instanceof PyPartial && func.type === type && cls === type ? func : undefined;
        partial.func = inner?.func ?? func;
        partial.args = [...(inner?.args ?? []), ...args];
        partial.keywords = new Map([...(inner?.keywords ?? []), ...keywords]);
        if (cls === type) partial.quicken();
        return partial;
      },
    ),
  );
  methods(type, {
    __call__: signed("*args, **kwargs", (self: PyPartial, args: Value[], keywords: Keywords) =>
      self.apply(args, keywords),
    ),
    __repr__: (self: PyPartial) => showing(self, "...", () => reprPartial(self)) as Value,
    __reduce__: (self: PyPartial) =>
      new PyTuple([
        self.type,
        new PyTuple([self.func]),
        new PyTuple([self.func, new PyTuple(self.args), self.shown, stateOf(self)]),
      ]),
    __setstate__: (self: PyPartial, state: Value) => {
      const [func, args, keywords, own] = state instanceof PyTuple ? state.items : [];
      const isWhole = state instanceof PyTuple && state.items.length === 4;
      const hasKeywords = keywords instanceof PyDict || keywords === None;
      if (!isWhole || !isCallable(func!) || !(args instanceof PyTuple) || !hasKeywords) {
        fault("TypeError", "invalid partial state");
      }
      self.func = func!;
      self.args = toArray(args);
      self.setKeywords(keywords);
      setAttributeDict(self, own === None ? new PyDict() : own!);
      return None;
    },
  });
  computed(type, {
    __dict__: [
      dictOf,
      (self: PyPartial, value) => {
        if (value === undefined) fault("TypeError", "cannot delete __dict__");
        setAttributeDict(self, value);
      },
    ],
    func: (self: PyPartial) => self.func,
    args: (self: PyPartial) => new PyTuple([...self.args]),
    keywords: (self: PyPartial) => self.shown,
  });
  classMethods(type, { __class_getitem__: parameterize });
  constants(type, {
    __doc__: "Create a new function with partial application of the given arguments and keywords.",
  });
  return type;
}

function reprPartial(self: PyPartial): Str {
  const { type } = self;
  // A class of a program's is named by its full name.
  const own = type.open ? getAttribute(type, "__module__") : type.module;
  const name = type.open ? type.qualname : type.name;
  const parts: Str[] = [`${String(own)}.${name}(`, repr(self.func)];
  for (const value of self.args) parts.push(", ", repr(value));
  for (const [key, value] of self.shown.entries()) parts.push(", ", str(key), "=", repr(value));
  parts.push(")");
  return concatAll(parts);
}

/** A value that is ordered by a function of two. */
class PyKey extends PyObject {
  readonly compare: Value;
  readonly object: Value;
  constructor(compare: Value, object: Value) {
    super();
    this.compare = compare;
    this.object = object;
  }
}

let keyType: PyType | undefined;

function makeKeyType(): PyType {
  const type = builtinType("KeyWrapper", PyKey, { module: "functools" });
  const order = (decide: (sign: Value, zero: Value) => Value) => (self: PyKey, other: Value) => {
    if (!(other instanceof PyKey)) fault("TypeError", "other argument must be K instance");
    return decide(call2(self.compare, self.object, other.object), 0);
  };
  methods(type, {
    __lt__: order(lt),
    __le__: order(le),
    __gt__: order(gt),
    __ge__: order(ge),
    __eq__: order(eq),
  });
  constants(type, { __hash__: None });
  computed(type, { obj: (self: PyKey) => self.object });
  return type;
}

/** What `cmp_to_key(compare)` makes of a value. */
export function keyOf(compare: Value, object: Value): Value {
  keyType ??= makeKeyType();
  return new PyKey(compare, object);
}
