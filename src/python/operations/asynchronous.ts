/** What `await`, `async for` and asynchronous generators are made of: https://peps.python.org/pep-0492/, pep-0525 */
import { DEPTH, meter } from "../budget.ts";
import { fault } from "../fault.ts";
import { AsyncStep, PyAsyncGenerator, PyCoroutine, Yielded } from "../objects/coroutine.ts";
import {
  exceptionType,
  isException,
  makeException,
  type PyException,
  raising,
} from "../objects/exception.ts";
import type { Body } from "../objects/generator.ts";
import { PyGenerator } from "../objects/generator.ts";
import { PyIterator } from "../objects/iterator.ts";
import { None, type Value } from "../objects/object.ts";
import { lookup } from "../objects/type.ts";
import { bindDescriptor } from "./attributes.ts";
import { call } from "./call.ts";
import { delegateGenerator, delegateObject } from "./iterate.ts";
import { typeName, typeOf } from "./typeof.ts";

/** `await value`; `from` is the method that gave the value, for messages. */
export function awaiting(value: Value, from?: string): Body {
  if (value instanceof PyCoroutine) {
    if (value.phase === "running" || value.phase === "suspended") {
      fault("RuntimeError", "coroutine is being awaited already");
    }
    return delegateGenerator(value);
  }
  if (value instanceof AsyncStep || (value instanceof PyGenerator && value.awaitable)) {
    return delegateGenerator(value);
  }
  return awaitObject(value, from);
}

function awaitObject(value: Value, from: string | undefined): Body {
  const own = typeOf(value);
  const method = lookup(own, "__await__");
  if (method === undefined) {
    if (from === undefined)
      fault("TypeError", `object ${own.name} can't be used in 'await' expression`);
    const statement = from === "__anext__" ? "async for" : "async with";
    fault(
      "TypeError",
      `'${statement}' received an object from ${from} that does not implement __await__: ${own.name}`,
    );
  }
  const iterator = call(bindDescriptor(method, value, own), []);
  if (iterator instanceof PyCoroutine || (iterator instanceof PyGenerator && iterator.awaitable)) {
    fault("TypeError", "__await__() returned a coroutine");
  }
  if (iterator instanceof PyGenerator) return delegateGenerator(iterator);
  if (lookup(typeOf(iterator), "__next__") === undefined) {
    fault("TypeError", `__await__() returned non-iterator of type '${typeName(iterator)}'`);
  }
  return iterator instanceof PyIterator && !iterator.type.open
    ? drain(iterator)
    : delegateObject(iterator);
}

function* drain(iterator: PyIterator): Body {
  for (;;) {
    const value = iterator.next();
    if (value === undefined) return None;
    yield value;
  }
}

/** What `async for` steps through. */
export function asyncIterate(value: Value): Value {
  if (value instanceof PyAsyncGenerator) return value;
  const own = typeOf(value);
  const method = lookup(own, "__aiter__");
  if (method === undefined) {
    fault("TypeError", `'async for' requires an object with __aiter__ method, got ${own.name}`);
  }
  const iterator = call(bindDescriptor(method, value, own), []);
  if (lookup(typeOf(iterator), "__anext__") === undefined) {
    fault(
      "TypeError",
      `'async for' received an object from __aiter__ that does not implement __anext__: ${typeName(iterator)}`,
    );
  }
  return iterator;
}

/** The next value of an asynchronous iterator; `undefined` at the end. */
export function* asyncNext(iterator: Value): Generator<Value, Value | undefined, Value> {
  const depth = meter[DEPTH]!;
  try {
    if (iterator instanceof PyAsyncGenerator) return yield* step(iterator, None, undefined);
    const own = typeOf(iterator);
    const method = lookup(own, "__anext__")!;
    const next = call(bindDescriptor(method, iterator, own), []);
    return yield* awaiting(next, "__anext__");
  } catch (error) {
    if (isException(error, "StopAsyncIteration", depth)) return undefined;
    throw error;
  }
}

/** What an asynchronous generator's body yields for a `yield` of the program. */
export function asyncYield(value: Value): Value {
  return new Yielded(value);
}

/** Goes on with an asynchronous generator until it yields; throws StopAsyncIteration at its end. */
function* step(generator: PyAsyncGenerator, sent: Value, thrown: PyException | undefined): Body {
  occupy(generator, "anext");
  try {
    const value = yield* run(generator, sent, thrown);
    if (value === undefined) ended();
    return value;
  } finally {
    generator.busy = false;
  }
}

function occupy(generator: PyAsyncGenerator, method: string): void {
  if (generator.busy) {
    fault("RuntimeError", `${method}(): asynchronous generator is already running`);
  }
  generator.busy = true;
}

function ended(): never {
  throw raising(makeException(exceptionType("StopAsyncIteration"), []));
}

function* run(
  generator: PyAsyncGenerator,
  sent: Value,
  thrown: PyException | undefined,
): Generator<Value, Value | undefined, Value> {
  let value = generator.resume(sent, thrown);
  while (value !== undefined && !(value instanceof Yielded)) {
    let answer: Value;
    try {
      answer = yield value;
    } catch (error) {
      value = generator.resume(None, error as PyException);
      continue;
    }
    value = generator.resume(answer, undefined);
  }
  return value?.value;
}

function awaitable(generator: PyAsyncGenerator, name: string, body: Body): AsyncStep {
  return new AsyncStep({ ...generator.code, name, qualname: name }, body);
}

/** `__anext__()` and `asend(value)`. */
export function asyncSend(generator: PyAsyncGenerator, sent: Value): AsyncStep {
  return awaitable(
    generator,
    "__anext__()/asend()",
    (function* (): Body {
      if (generator.phase === "created" && sent !== None) {
        fault("TypeError", "can't send non-None value to a just-started async generator");
      }
      return yield* step(generator, sent, undefined);
    })(),
  );
}

/** `athrow(exception)`. */
export function asyncThrow(generator: PyAsyncGenerator, thrown: () => PyException): AsyncStep {
  return awaitable(
    generator,
    "aclose()/athrow()",
    (function* (): Body {
      if (generator.phase === "closed") ended();
      occupy(generator, "athrow");
      try {
        const value = yield* run(generator, None, thrown());
        if (value === undefined) ended();
        return value;
      } finally {
        generator.busy = false;
      }
    })(),
  );
}

/** `aclose()`. */
export function asyncClose(generator: PyAsyncGenerator): AsyncStep {
  return awaitable(
    generator,
    "aclose()/athrow()",
    (function* (): Body {
      if (generator.phase === "created") generator.phase = "closed";
      if (generator.phase === "closed") return None;
      occupy(generator, "aclose");
      const depth = meter[DEPTH]!;
      try {
        const exit = raising(makeException(exceptionType("GeneratorExit"), []));
        const value = yield* run(generator, None, exit);
        if (value === undefined) return None;
      } catch (error) {
        const isEnd =
          isException(error, "GeneratorExit", depth) ||
          isException(error, "StopAsyncIteration", depth);
        if (isEnd) return None;
        throw error;
      } finally {
        generator.busy = false;
      }
      return fault("RuntimeError", "async generator ignored GeneratorExit");
    })(),
  );
}

/** `anext(iterator, default)`: the default once it has ended. */
export function asyncNextOr(iterator: Value, otherwise: Value): AsyncStep {
  const code = {
    name: "anext",
    qualname: "anext",
    filename: "",
    line: 0,
    parameters: [],
    positionalOnly: 0,
    positional: 0,
    keywordOnly: 0,
    args: false,
    kwargs: false,
    kind: "coroutine" as const,
    doc: undefined,
    locals: [],
    free: [],
  };
  return new AsyncStep(
    code,
    (function* (): Body {
      return (yield* asyncNext(iterator)) ?? otherwise;
    })(),
  );
}
