/** The methods of `slice`. */
import { fault } from "../fault.ts";
import { computed, constants, maker, methods } from "../objects/define.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PySlice, sliceType } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import { equalItems, type Order, orderItems } from "../operations/compare.ts";
import { reprItems } from "../operations/sequences.ts";
import { requireIndex } from "../operations/subscript.ts";
import { sliceBounds } from "./range.ts";

maker(
  sliceType,
  signed("cls, start, stop=None, step=None, /", (_cls: Value, a: Value, b?: Value, c?: Value) =>
    b === undefined ? new PySlice(None, a, None) : new PySlice(a, b, c ?? None),
  ),
);

const partsOf = ({ start, stop, step }: PySlice): Value[] => [start, stop, step];
const order = (name: Order) => (self: PySlice, other: Value) =>
  other instanceof PySlice ? orderItems(partsOf(self), partsOf(other), name) : NotImplemented;

methods(sliceType, {
  __repr__: (self: PySlice) => reprItems(partsOf(self), "slice(", ")") as Value,
  __eq__: (self: PySlice, other: Value) =>
    other instanceof PySlice ? equalItems(partsOf(self), partsOf(other)) : NotImplemented,
  __lt__: order("__lt__"),
  __le__: order("__le__"),
  __gt__: order("__gt__"),
  __ge__: order("__ge__"),
  __reduce__: (self: PySlice) => new PyTuple([self.type, new PyTuple(partsOf(self))]),
  indices: (self: PySlice, length: Value) => {
    const size = requireIndex(length);
    if (size < 0) fault("ValueError", "length should not be negative");
    const { start, stop, step } = sliceBounds(self, size);
    return new PyTuple([start, stop, step]);
  },
});
constants(sliceType, { __hash__: None });
computed(sliceType, {
  start: (self: PySlice) => self.start,
  stop: (self: PySlice) => self.stop,
  step: (self: PySlice) => self.step,
});
