/** The methods of exceptions. */
import { computed, maker, methods } from "../objects/define.ts";
import { exceptionType, PyException, type PyStopIteration } from "../objects/exception.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { toArray } from "../operations/iterate.ts";
import { repr, str } from "../operations/repr.ts";

const base = exceptionType("BaseException");

maker(
  base,
  signed(
    "cls, /, *args, **kwargs",
    (cls: PyType, args: Value[], _kwargs: unknown) =>
      new (cls.js as unknown as new (args: Value[]) => PyException)(args),
  ),
);

methods(base, {
  __init__: signed("*args, **kwargs", (self: PyException, args: Value[], _kwargs: unknown) => {
    self.args = new PyTuple(args);
    return None;
  }),
  __str__: (self: PyException) => {
    const { items } = self.args;
    if (items.length === 0) return "";
    return (items.length === 1 ? str(items[0]!) : repr(self.args)) as Value;
  },
  __repr__: (self: PyException) => {
    const { items } = self.args;
    const text = items.length === 1 ? `(${String(repr(items[0]!))})` : String(repr(self.args));
    return `${self.type.name}${text}`;
  },
  with_traceback: (self: PyException, traceback: Value) => {
    self.traceback = traceback;
    return self;
  },
});

computed(base, {
  args: [
    (self: PyException) => self.args,
    (self: PyException, value) => {
      self.args = new PyTuple(toArray(value!));
    },
  ],
  __cause__: [
    (self: PyException) => self.cause ?? None,
    (self: PyException, value) => {
      self.cause = value;
      self.suppress = true;
    },
  ],
  __context__: [
    (self: PyException) => self.context ?? None,
    (self: PyException, value) => {
      self.context = value instanceof PyException ? value : undefined;
    },
  ],
  __suppress_context__: [
    (self: PyException) => self.suppress,
    (self: PyException, value) => {
      self.suppress = value === true;
    },
  ],
  __traceback__: [
    (self: PyException) => self.traceback ?? None,
    (self: PyException, value) => {
      self.traceback = value;
    },
  ],
});

computed(exceptionType("StopIteration"), {
  value: (self: PyStopIteration) => self.value ?? None,
});
methods(exceptionType("KeyError"), {
  __str__: (self: PyException) => {
    const { items } = self.args;
    return (items.length === 1 ? repr(items[0]!) : str(self.args)) as Value;
  },
});
