/** Coroutines, and what can be awaited of them. */
import { exceptionType, makeException, type PyException, raising } from "./exception.ts";
import { Resumable } from "./generator.ts";
import { PyIterator } from "./iterator.ts";
import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** What calling an `async def` gives. */
export class PyCoroutine extends Resumable {
  /** Goes on; once it has ended nobody may wait for it again. */
  override resume(sent: Value, thrown: PyException | undefined): Value | undefined {
    if (this.phase === "closed") {
      throw raising(
        makeException(exceptionType("RuntimeError"), ["cannot reuse already awaited coroutine"]),
      );
    }
    return super.resume(sent, thrown);
  }
}
PyCoroutine.prototype.awaited = true;
export const coroutineType: PyType = builtinType("coroutine", PyCoroutine, { final: true });

/** What a coroutine's `__await__` gives. */
export class CoroutineWrapper extends PyIterator {
  readonly coroutine: PyCoroutine;

  constructor(coroutine: PyCoroutine) {
    super();
    this.coroutine = coroutine;
  }

  next(): Value | undefined {
    return this.coroutine.next();
  }
}
export const coroutineWrapperType: PyType = builtinType("coroutine_wrapper", CoroutineWrapper, {
  final: true,
});

const ENDS = ["StopIteration", "StopAsyncIteration"];

/** What calling an `async def` with `yield` gives. */
export class PyAsyncGenerator extends Resumable {
  /** Somebody waits for its next value. */
  busy = false;

  override get what(): string {
    return "async generator";
  }

  protected override get forbidden(): readonly string[] {
    return ENDS;
  }
}
PyAsyncGenerator.prototype.awaited = true;
export const asyncGeneratorType: PyType = builtinType("async_generator", PyAsyncGenerator, {
  final: true,
});

/** A value that an asynchronous generator yields, as apart from what it waits for. */
export class Yielded extends PyObject {
  readonly value: Value;

  constructor(value: Value) {
    super();
    this.value = value;
  }
}

/** One step of an asynchronous generator, to be awaited: `__anext__()`, `asend()`, `athrow()`, `aclose()`. */
export class AsyncStep extends Resumable {
  override get what(): string {
    return "coroutine";
  }

  override resume(sent: Value, thrown: PyException | undefined): Value | undefined {
    if (this.phase === "closed") {
      throw raising(
        makeException(exceptionType("RuntimeError"), [`cannot reuse already awaited ${this.name}`]),
      );
    }
    return super.resume(sent, thrown);
  }
}
export const asyncStepType: PyType = builtinType("async_generator_asend", AsyncStep, {
  final: true,
});
