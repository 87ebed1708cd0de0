/** The methods of coroutines and of asynchronous generators. */
import {
  AsyncStep,
  asyncGeneratorType,
  asyncStepType,
  coroutineType,
  CoroutineWrapper,
  coroutineWrapperType,
  PyAsyncGenerator,
  PyCoroutine,
} from "../objects/coroutine.ts";
import { computed, methods } from "../objects/define.ts";
import type { Resumable } from "../objects/generator.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import type { PyType } from "../objects/type.ts";
import { asyncClose, asyncSend, asyncThrow } from "../operations/asynchronous.ts";
import { resumableState, thrownBy } from "./generator.ts";
import { addressOf } from "./object.ts";

function resumption(type: PyType): void {
  methods(type, {
    send: (self: Resumable, value: Value) => self.send(value),
    throw: signed(
      "type, value=None, traceback=None, /",
      (self: Resumable, kind: Value, value?: Value, traceback?: Value) =>
        self.throwInto(thrownBy(kind, value, traceback)),
    ),
    close: (self: Resumable) => {
      self.close();
      return None;
    },
  });
}
resumption(coroutineType);
resumption(asyncStepType);

methods(coroutineType, {
  __await__: (self: PyCoroutine) => new CoroutineWrapper(self),
  __repr__: (self: PyCoroutine) => `<coroutine object ${self.qualname} at ${addressOf(self)}>`,
  __del__: (_self: PyCoroutine) => None,
});

methods(coroutineWrapperType, {
  __iter__: (self: CoroutineWrapper) => self,
  __next__: (self: CoroutineWrapper) => self.next() ?? self.coroutine.stop(),
  send: (self: CoroutineWrapper, value: Value) => self.coroutine.send(value),
  throw: signed(
    "type, value=None, traceback=None, /",
    (self: CoroutineWrapper, kind: Value, value?: Value, traceback?: Value) =>
      self.coroutine.throwInto(thrownBy(kind, value, traceback)),
  ),
  close: (self: CoroutineWrapper) => {
    self.coroutine.close();
    return None;
  },
});

methods(asyncStepType, {
  __await__: (self: AsyncStep) => self,
  __iter__: (self: AsyncStep) => self,
  __next__: (self: AsyncStep) => self.next() ?? self.stop(),
});

methods(asyncGeneratorType, {
  __aiter__: (self: PyAsyncGenerator) => self,
  __anext__: (self: PyAsyncGenerator) => asyncSend(self, None),
  asend: (self: PyAsyncGenerator, value: Value) => asyncSend(self, value),
  athrow: signed(
    "type, value=None, traceback=None, /",
    (self: PyAsyncGenerator, kind: Value, value?: Value, traceback?: Value) =>
      asyncThrow(self, () => thrownBy(kind, value, traceback)),
  ),
  aclose: (self: PyAsyncGenerator) => asyncClose(self),
  __repr__: (self: PyAsyncGenerator) =>
    `<async_generator object ${self.qualname} at ${addressOf(self)}>`,
});

resumableState(coroutineType, "cr", "await");
resumableState(asyncGeneratorType, "ag", "await");
computed(coroutineType, { cr_origin: (_self: PyCoroutine) => None });
