/** The methods of generators. */
import { fault } from "../fault.ts";
import { PyCode } from "../objects/code.ts";
import { computed, methods } from "../objects/define.ts";
import { placed, PyException } from "../objects/exception.ts";
import { generatorType, PyGenerator, type Resumable } from "../objects/generator.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PyFrame, PyTraceback } from "../objects/traceback.ts";
import { PyType } from "../objects/type.ts";
import { call } from "../operations/call.ts";
import { toException } from "../operations/handlers.ts";
import { setTraceback } from "../operations/traceback.ts";
import { typeName } from "../operations/typeof.ts";
import { addressOf } from "./object.ts";

/** What `throw(type, value, traceback)` throws. */
export function thrownBy(
  kind: Value,
  value: Value | undefined,
  traceback: Value | undefined,
): PyException {
  const exception = made(kind, value ?? None);
  if (traceback !== undefined && traceback !== None) {
    if (!(traceback instanceof PyTraceback)) {
      fault("TypeError", "throw() third argument must be a traceback object");
    }
    setTraceback(exception, traceback);
  }
  return placed(exception);
}

function made(kind: Value, value: Value): PyException {
  if (kind instanceof PyException) {
    if (value !== None) fault("TypeError", "instance exception may not have a separate value");
    return kind;
  }
  if (kind instanceof PyType && kind.js.prototype instanceof PyException) {
    if (value instanceof PyException && value.type.mro.includes(kind)) return value;
    const args =
      value === None
        ? []
        : typeName(value) === "tuple"
          ? [...(value as { items?: Value[] }).items!]
          : [value];
    try {
      return toException(args.length === 0 ? kind : call(kind, args));
    } catch (error) {
      // What goes wrong with making it is thrown in its place.
      if (error instanceof PyException) return error;
      throw error;
    }
  }
  fault(
    "TypeError",
    `exceptions must be classes or instances deriving from BaseException, not ${typeName(kind)}`,
  );
}

generatorType.weak = true;
methods(generatorType, {
  __iter__: (self: PyGenerator) => self,
  __next__: (self: PyGenerator) => self.next() ?? self.stop(),
  send: (self: PyGenerator, value: Value) => self.send(value),
  throw: signed(
    "type, value=None, traceback=None, /",
    (self: PyGenerator, kind: Value, value?: Value, traceback?: Value) =>
      self.throwInto(thrownBy(kind, value, traceback)),
  ),
  close: (self: PyGenerator) => {
    self.close();
    return None;
  },
  __del__: (_self: PyGenerator) => None,
  __repr__: (self: PyGenerator) => `<generator object ${self.qualname} at ${addressOf(self)}>`,
});

const text = (
  field: "name" | "qualname",
): [get: (self: Resumable) => Value, set: (self: Resumable, value: Value | undefined) => void] => [
  (self) => self[field],
  (self, value) => {
    if (typeof value !== "string")
      fault("TypeError", `__${field}__ must be set to a string object`);
    self[field] = value;
  },
];

/** The frame of what has not ended; where in it that goes on is not known. */
function frameOf({ phase, code }: Resumable): Value {
  if (phase === "closed") return None;
  return new PyFrame(code, code.line, undefined, undefined, code.locals);
}

/** What generators, coroutines and asynchronous generators tell of themselves. */
export function resumableState(type: PyType, prefix: string, waitsFor: string): void {
  computed(type, {
    __name__: text("name"),
    __qualname__: text("qualname"),
    [`${prefix}_running`]: (self: Resumable) => self.phase === "running",
    [`${prefix}_suspended`]: (self: Resumable) => self.phase === "suspended",
    [`${prefix}_${waitsFor}`]: (self: Resumable) =>
      self.phase === "suspended" ? (self.delegate ?? None) : None,
    [`${prefix}_code`]: (self: Resumable) => new PyCode(self.code),
    [`${prefix}_frame`]: frameOf,
  });
}
resumableState(generatorType, "gi", "yieldfrom");
