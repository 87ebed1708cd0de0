/** `functools`: https://docs.python.org/3/library/functools.html */
import { spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { PyBuiltin } from "../../objects/function.ts";
import { PyList } from "../../objects/list.ts";
import type { PyModule } from "../../objects/module.ts";
import { None, type Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { findAttribute, getAttribute, setAttribute } from "../../operations/attributes.ts";
import { call, call2 } from "../../operations/call.ts";
import { isIterable, iterate, toArray } from "../../operations/iterate.ts";
import { truth } from "../../operations/truth.ts";
import { isCallable } from "../../operations/typeof.ts";
import { makeNamed } from "../collections/named.ts";
import { functions, values } from "../native.ts";
import { late } from "../late.ts";
import { written } from "../written.ts";
import { cached } from "./cache.ts";
import moreSource from "./more.py" with { type: "file" };
import { keyOf, partialType } from "./partial.ts";

const MORE = [
  "cached_property",
  "partialmethod",
  "total_ordering",
  "singledispatch",
  "singledispatchmethod",
];
const ASSIGNED = ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"];
const UPDATED = ["__dict__"];

/** Makes a wrapper look like the function within. */
function updateWrapper(wrapper: Value, wrapped: Value, assigned: Value[], updated: Value[]): Value {
  for (const name of assigned) {
    const value = findAttribute(wrapped, String(name));
    if (value !== undefined) setAttribute(wrapper, String(name), value);
  }
  for (const name of updated) {
    const theirs = findAttribute(wrapped, String(name));
    const own = getAttribute(wrapper, String(name));
    if (theirs !== undefined) call(getAttribute(own, "update"), [theirs]);
  }
  setAttribute(wrapper, "__wrapped__", wrapped);
  return wrapper;
}

function reduce(func: Value, iterable: Value, initial?: Value): Value {
  if (!isIterable(iterable)) fault("TypeError", "reduce() arg 2 must support iteration");
  const iterator = iterate(iterable);
  let total = initial ?? iterator.next();
  if (total === undefined) fault("TypeError", "reduce() of empty iterable with no initial value");
  let value: Value | undefined;
  while ((value = iterator.next()) !== undefined) {
    spend(1);
    total = call2(func, total, value);
  }
  return total;
}

export function fillFunctools(module: PyModule): void {
  const info = makeNamed("CacheInfo", ["hits", "misses", "maxsize", "currsize"], [], "functools");
  const remember = (func: Value, maxsize: Value, typed: boolean): Value => {
    const made = cached(func, maxsize, typed, info);
    return updateWrapper(made, func, ASSIGNED, UPDATED);
  };
  values(module, {
    partial: partialType(),
    WRAPPER_ASSIGNMENTS: new PyTuple(ASSIGNED),
    WRAPPER_UPDATES: new PyTuple(UPDATED),
    _CacheInfo: info,
    __all__: new PyList([
      ..."update_wrapper wraps WRAPPER_ASSIGNMENTS WRAPPER_UPDATES cmp_to_key cache lru_cache reduce partial".split(
        " ",
      ),
      ...MORE,
    ]),
  });
  const wrapperParts = (
    assigned: Value | undefined,
    updated: Value | undefined,
  ): [Value[], Value[]] => [
    assigned === undefined ? ASSIGNED : toArray(assigned),
    updated === undefined ? UPDATED : toArray(updated),
  ];
  functions(module, {
    reduce: signed("function, iterable, initial=None, /", reduce),
    update_wrapper: signed(
      "wrapper, wrapped, assigned=None, updated=None",
      (wrapper: Value, wrapped: Value, assigned?: Value, updated?: Value) =>
        updateWrapper(wrapper, wrapped, ...wrapperParts(assigned, updated)),
    ),
    wraps: signed(
      "wrapped, assigned=None, updated=None",
      (wrapped: Value, assigned?: Value, updated?: Value) => {
        const parts = wrapperParts(assigned, updated);
        return new PyBuiltin(
          "wraps",
          (wrapper: Value) => updateWrapper(wrapper, wrapped, ...parts),
          module,
        );
      },
    ),
    cmp_to_key: signed(
      "mycmp",
      (compare: Value) =>
        new PyBuiltin(
          "K",
          signed("obj", (object: Value) => keyOf(compare, object)),
          module,
        ),
    ),
    cache: (func: Value) => remember(func, None, false),
    lru_cache: signed("maxsize=128, typed=False", (maxsize?: Value, typed?: Value) => {
      const byType = typed !== undefined && truth(typed);
      if (maxsize !== undefined && isCallable(maxsize)) return remember(maxsize, 128, byType);
      if (maxsize !== undefined && maxsize !== None && typeof maxsize !== "number") {
        fault("TypeError", "Expected first argument to be an integer, a callable, or None");
      }
      return new PyBuiltin(
        "decorating_function",
        (func: Value) => remember(func, maxsize ?? 128, byType),
        module,
      );
    }),
  });
  late(module, "_functools_more", MORE);
}

export const fillMore: (module: PyModule) => void = written("functools/more.py", moreSource);
