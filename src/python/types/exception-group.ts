/** The methods of exception groups. */
import { fault } from "../fault.ts";
import { classMethods, computed, maker, methods } from "../objects/define.ts";
import {
  exceptionType,
  makeException,
  PyException,
  type PyExceptionGroup,
} from "../objects/exception.ts";
import { type Keywords, None, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import { isSubtype, lookup, type PyType } from "../objects/type.ts";
import { call } from "../operations/call.ts";
import { conditionOf, fillGroup, split } from "../operations/groups.ts";
import { toArray } from "../operations/iterate.ts";
import { str, textOf } from "../operations/repr.ts";
import { truth } from "../operations/truth.ts";
import { typeName, typeOf } from "../operations/typeof.ts";
import { concatAll } from "../text/wide.ts";

const base = exceptionType("BaseExceptionGroup");
const group = exceptionType("ExceptionGroup");

function exceptionsOf(given: Value): PyException[] {
  const isSequence =
    given instanceof PyList ||
    given instanceof PyTuple ||
    (typeof given === "string" ? true : lookup(typeOf(given), "__getitem__") !== undefined);
  if (!isSequence) fault("TypeError", "second argument (exceptions) must be a sequence");
  const items = toArray(given);
  if (items.length === 0)
    fault("ValueError", "second argument (exceptions) must be a non-empty sequence");
  return items.map((one, i) => {
    if (one instanceof PyException) return one;
    return fault("ValueError", `Item ${i} of second argument (exceptions) is not an exception`);
  });
}

/** The class that a group gets: an ExceptionGroup where it was asked for no other and holds no bare BaseException. */
function classFor(cls: PyType, exceptions: readonly PyException[]): PyType {
  const plain = exceptions.every((one) => isSubtype(one.type, exceptionType("Exception")));
  if (cls === base) return plain ? group : base;
  if (plain) return cls;
  if (cls === group) fault("TypeError", "Cannot nest BaseExceptions in an ExceptionGroup");
  if (isSubtype(cls, exceptionType("Exception"))) {
    fault("TypeError", `Cannot nest BaseExceptions in '${cls.name}'`);
  }
  return cls;
}

maker(
  base,
  signed("cls, /, *args, **kwargs", (cls: PyType, args: Value[], _kwargs: Keywords) => {
    if (args.length !== 2) {
      fault(
        "TypeError",
        `BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`,
      );
    }
    const [message, given] = args as [Value, Value];
    if (textOf(message) === undefined) {
      fault(
        "TypeError",
        `BaseExceptionGroup.__new__() argument 1 must be str, not ${typeName(message)}`,
      );
    }
    const exceptions = exceptionsOf(given);
    return fillGroup(makeException(classFor(cls, exceptions), args), message, exceptions);
  }),
);

methods(base, {
  __str__: (self: PyExceptionGroup) => {
    const count = self.exceptions.items.length;
    const plural = count === 1 ? "" : "s";
    return concatAll([str(self.message), ` (${count} sub-exception${plural})`]) as Value;
  },
  derive: (self: PyExceptionGroup, exceptions: Value) => call(base, [self.message, exceptions]),
  split: (self: PyExceptionGroup, condition: Value) => {
    const [match, rest] = split(self, conditionOf(condition, truth));
    return new PyTuple([match ?? None, rest ?? None]);
  },
  subgroup: (self: PyExceptionGroup, condition: Value) =>
    split(self, conditionOf(condition, truth), false)[0] ?? None,
});

computed(base, {
  message: (self: PyExceptionGroup) => self.message,
  exceptions: (self: PyExceptionGroup) => self.exceptions,
});

classMethods(base, {
  __class_getitem__: (cls: Value, _item: Value) => cls,
});
