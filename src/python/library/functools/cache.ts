/** `functools.lru_cache`. */
import { allocate } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { computed, constants, methods } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { PyBoundMethod } from "../../objects/function.ts";
import { type Direct, type Keywords, None, PyObject, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { dictOf, setAttributeDict } from "../../operations/attributes.ts";
import { call } from "../../operations/call.ts";
import { typeOf } from "../../operations/typeof.ts";

/** A function that remembers results. */
class PyCached extends PyObject {
  readonly func: Value;
  /** `Infinity`: nothing is forgotten. */
  readonly most: number;
  readonly typed: boolean;
  /** The class of what `cache_info()` gives. */
  readonly info: PyType;
  results: PyDict = new PyDict();
  hits = 0;
  misses = 0;
  override c0: Direct;
  override c1: Direct;
  override c2: Direct;
  override c3: Direct;
  override c4: Direct;

  constructor(func: Value, most: number, typed: boolean, info: PyType) {
    super();
    this.info = info;
    this.func = func;
    this.most = most;
    this.typed = typed;
    this.c0 = () => this.ask([]);
    this.c1 = (a) => this.ask([a!]);
    this.c2 = (a, b) => this.ask([a!, b!]);
    this.c3 = (a, b, c) => this.ask([a!, b!, c!]);
    this.c4 = (a, b, c, d) => this.ask([a!, b!, c!, d!]);
  }

  ask(args: Value[], keywords?: Keywords): Value {
    if (this.most === 0) {
      this.misses++;
      return call(this.func, args, keywords);
    }
    const key = this.keyOf(args, keywords);
    const known = this.results.get(key);
    if (known !== undefined) {
      this.hits++;
      if (this.most !== Infinity) {
        this.results.delete(key);
        this.results.set(key, known);
      }
      return known;
    }
    this.misses++;
    const result = call(this.func, args, keywords);
    allocate(64);
    // The call may have come to the same key by itself, or to others.
    if (this.most !== Infinity && this.results.size >= this.most && !this.results.has(key)) {
      const oldest = this.results.keys().next();
      if (oldest.done !== true) this.results.delete(oldest.value);
    }
    this.results.set(key, result);
    return result;
  }

  private keyOf(args: readonly Value[], keywords: Keywords | undefined): Value {
    if (args.length === 1 && !this.typed && (keywords === undefined || keywords.size === 0)) {
      const only = args[0]!;
      if (typeof only === "number" || typeof only === "string" || typeof only === "bigint")
        return only;
    }
    const parts = [...args];
    if (keywords !== undefined && keywords.size > 0) {
      // The class stands between positional and named arguments; no program has it as one.
      parts.push(cachedType());
      for (const [name, value] of keywords) parts.push(name, value);
    }
    if (this.typed) {
      parts.push(...args.map(typeOf));
      for (const value of keywords?.values() ?? []) parts.push(typeOf(value));
    }
    return new PyTuple(parts);
  }
}

let made: PyType | undefined;

function cachedType(): PyType {
  if (made !== undefined) return made;
  made = builtinType("_lru_cache_wrapper", PyCached, { module: "functools", hasDict: true });
  methods(made, {
    __call__: signed("*args, **kwargs", (self: PyCached, args: Value[], keywords: Keywords) =>
      self.ask(args, keywords),
    ),
    __get__: signed("instance, owner=None, /", (self: PyCached, instance: Value) =>
      instance === None ? self : new PyBoundMethod(instance, self),
    ),
    cache_clear: (self: PyCached) => {
      self.results = new PyDict();
      self.hits = self.misses = 0;
      return None;
    },
    cache_info: (self: PyCached) =>
      call(self.info, [
        self.hits,
        self.misses,
        self.most === Infinity ? None : self.most,
        self.results.size,
      ]),
    cache_parameters: (self: PyCached) => {
      const parameters = new PyDict();
      parameters.set("maxsize", self.most === Infinity ? None : self.most);
      parameters.set("typed", self.typed);
      return parameters;
    },
    __copy__: (self: PyCached) => self,
    __deepcopy__: (self: PyCached, _memo: Value) => self,
  });
  computed(made, { __dict__: [dictOf, setAttributeDict] });
  constants(made, { __doc__: "A function that remembers its results." });
  return made;
}

/** Makes a function remember its results. */
export function cached(func: Value, maxsize: Value, typed: boolean, info: PyType): Value {
  if (maxsize !== None && typeof maxsize !== "number") {
    fault("TypeError", "Expected first argument to be an integer, a callable, or None");
  }
  cachedType();
  const most = typeof maxsize === "number" ? Math.max(0, maxsize) : Infinity;
  return new PyCached(func, most, typed, info);
}
