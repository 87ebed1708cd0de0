import { methods, maker } from "../objects/define.ts";
import { PyDict, dictType } from "../objects/dict.ts";
import { PyList, listType } from "../objects/list.ts";
import { None, type Value } from "../objects/object.ts";
import { NativeIterator } from "../objects/iterator.ts";
import { signed } from "../objects/signature.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import { extentOf, takeExtent, placeOf } from "../operations/subscript.ts";
import { toArray } from "../operations/iterate.ts";
import { repr } from "../operations/repr.ts";
import { PyRange, rangeType } from "../objects/range.ts";
import { isLt } from "../operations/compare.ts";
void isLt;
methods(listType, {
  append: (self: PyList, x: Value) => {
    self.items.push(x);
    return None;
  },
  pop: signed("index=-1, /", (self: PyList, index?: Value) => {
    if (index === undefined) return self.items.pop()!;
    return self.items.splice(placeOf(index, self.items.length, "list"), 1)[0]!;
  }),
  __getitem__: (self: PyList, key: Value) =>
    key instanceof PySlice
      ? new PyList(takeExtent(self.items, extentOf(key, self.items.length)))
      : self.items[placeOf(key, self.items.length, "list")]!,
  __mul__: (self: PyList, n: Value) => {
    const out: Value[] = [];
    for (let i = 0; i < Number(n); i++) for (const x of self.items) out.push(x);
    return new PyList(out);
  },
  __len__: (self: PyList) => self.items.length,
  __repr__: (self: PyList) => `[${self.items.map((x) => String(repr(x))).join(", ")}]`,
});
maker(
  listType,
  signed("cls, x=(), /", (_cls: Value, x?: Value) => new PyList(x === undefined ? [] : toArray(x))),
);
methods(dictType, {
  get: signed(
    "key, default=None, /",
    (self: PyDict, key: Value, d?: Value) => self.get(key) ?? d ?? None,
  ),
  items: (self: PyDict) =>
    new NativeIterator(
      (function* () {
        for (const [k, v] of self.entries()) yield new PyTuple([k, v]);
      })(),
    ),
  __iter__: (self: PyDict) => new NativeIterator(self.keys() as Iterator<Value>),
  __repr__: (self: PyDict) =>
    `{${[...self.entries()].map(([k, v]) => `${String(repr(k))}: ${String(repr(v))}`).join(", ")}}`,
});
maker(
  rangeType,
  signed("cls, a, b=None, c=None, /", (_cls: Value, a: Value, b?: Value, c?: Value) =>
    b === undefined
      ? new PyRange(0, a as number, 1)
      : new PyRange(a as number, b as number, (c ?? 1) as number),
  ),
);
