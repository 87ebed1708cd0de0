/** `bisect`: https://docs.python.org/3/library/bisect.html */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { PyList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { getAttribute } from "../operations/attributes.ts";
import { call, call1, callSpecial } from "../operations/call.ts";
import { isLt } from "../operations/compare.ts";
import { requireSize, subscript } from "../operations/subscript.ts";
import { checkLength } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { functions } from "./native.ts";

/** The place for a value: before those that equal it, or behind them. */
function place(
  values: Value,
  wanted: Value,
  lo: Value | undefined,
  hi: Value | undefined,
  key: Value | undefined,
  right: boolean,
): number {
  let low = lo === undefined ? 0 : requireSize(lo);
  if (low < 0) fault("ValueError", "lo must be non-negative");
  let high: number;
  if (hi === undefined || hi === None) {
    const length = callSpecial(values, "__len__");
    if (length === undefined)
      fault("TypeError", `object of type '${typeName(values)}' has no len()`);
    high = checkLength(length);
  } else high = requireSize(hi);
  const by = key === undefined || key === None ? undefined : key;
  while (low < high) {
    spend(1);
    const middle = Math.floor((low + high) / 2);
    const item = subscript(values, middle);
    const own = by === undefined ? item : call1(by, item);
    const before = right ? !isLt(wanted, own) : isLt(own, wanted);
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(
  values: Value,
  item: Value,
  lo: Value | undefined,
  hi: Value | undefined,
  key: Value | undefined,
  right: boolean,
): Value {
  const wanted = key === undefined || key === None ? item : call1(key, item);
  const at = place(values, wanted, lo, hi, key, right);
  if (values instanceof PyList && !values.type.open) {
    spend((values.items.length - at) >> 4);
    values.items.splice(at, 0, item);
  } else call(getAttribute(values, "insert"), [at, item]);
  return None;
}

export function fillBisect(module: PyModule): void {
  const finder = (right: boolean): ReturnType<typeof signed> =>
    signed(
      "a, x, lo=0, hi=None, *, key=None",
      (a: Value, x: Value, lo?: Value, hi?: Value, key?: Value) => place(a, x, lo, hi, key, right),
    );
  const inserter = (right: boolean): ReturnType<typeof signed> =>
    signed(
      "a, x, lo=0, hi=None, *, key=None",
      (a: Value, x: Value, lo?: Value, hi?: Value, key?: Value) => insert(a, x, lo, hi, key, right),
    );
  functions(module, {
    bisect_left: finder(false),
    bisect_right: finder(true),
    insort_left: inserter(false),
    insort_right: inserter(true),
  });
  module.set("bisect", module.get("bisect_right")!);
  module.set("insort", module.get("insort_right")!);
}
