/** Generators and coroutines: the compiled function's JavaScript generator, with what Python adds. */
import { DEPTH, meter, watcher } from "../budget.ts";
import { fault } from "../fault.ts";
import {
  exceptionType,
  inContext,
  isException,
  makeException,
  PyException,
  raising,
} from "./exception.ts";
import type { Code } from "./function.ts";
import { PyIterator } from "./iterator.ts";
import { None, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import { state } from "./state.ts";
import type { PyType } from "./type.ts";

/** What compiled generator functions are in JavaScript. */
export type Body = Generator<Value, Value, Value>;

const ENDS = ["StopIteration"];

/** What goes on and stops: generators, coroutines, asynchronous generators. */
export abstract class Resumable extends PyIterator {
  readonly code: Code;
  readonly body: Body;
  phase: "created" | "suspended" | "running" | "closed" = "created";
  /** What the generator itself was handling where it yielded. */
  private handling: PyException | undefined = undefined;
  name: string;
  qualname: string;
  /** What `yield from` goes on with right now. */
  delegate: Value | undefined = undefined;
  /** What the last `return` gave. */
  override result: Value = None;

  constructor(code: Code, body: Body) {
    super();
    this.code = code;
    this.body = body;
    this.name = code.name;
    this.qualname = code.qualname;
  }

  /** The next value, `undefined` at the end, with what was returned in `result`. */
  next(): Value | undefined {
    return this.resume(None, undefined);
  }

  /** Goes on with a value sent or an exception thrown. */
  resume(sent: Value, thrown: PyException | undefined): Value | undefined {
    if (this.phase === "closed") {
      if (thrown !== undefined) throw thrown;
      this.result = None;
      return undefined;
    }
    if (this.phase === "running") fault("ValueError", `${this.what} already executing`);
    const { handling, outer, depth: around, running } = state;
    const depth = meter[DEPTH]!;
    if (--meter[DEPTH]! < 0) watcher.depth();
    state.outer = handling;
    state.running = this;
    state.depth = meter[DEPTH]!;
    if (this.handling !== undefined) {
      state.handling = this.handling;
      if (thrown !== undefined) inContext(thrown, this.handling);
    }
    this.phase = "running";
    try {
      const step = thrown === undefined ? this.body.next(sent) : this.body.throw(thrown);
      if (step.done !== true) {
        this.phase = "suspended";
        return step.value;
      }
      this.phase = "closed";
      this.result = step.value;
      return undefined;
    } catch (error) {
      this.phase = "closed";
      throw this.leaving(error);
    } finally {
      meter[DEPTH] = depth;
      this.handling = state.handling === handling ? undefined : state.handling;
      state.handling = handling;
      state.outer = outer;
      state.running = running;
      state.depth = around;
    }
  }

  /** What messages call it. */
  get what(): string {
    return this.type.name;
  }

  /** PEP 479: exceptions that mean an end may not leave it. */
  protected get forbidden(): readonly string[] {
    return ENDS;
  }

  private leaving(error: unknown): unknown {
    const name = this.forbidden.find((one) => isException(error, one));
    if (name === undefined) return error;
    const wrapped = raising(
      makeException(exceptionType("RuntimeError"), [`${this.what} raised ${name}`]),
    );
    wrapped.cause = wrapped.context = error as PyException;
    wrapped.suppress = true;
    return wrapped;
  }

  /** `send`, from the outside: the end is StopIteration. */
  send(value: Value): Value {
    if (this.phase === "created" && value !== None) {
      fault("TypeError", `can't send non-None value to a just-started ${this.what}`);
    }
    return this.resume(value, undefined) ?? this.stop();
  }

  throwInto(thrown: PyException): Value {
    return this.resume(None, thrown) ?? this.stop();
  }

  /** Throws the StopIteration that carries what was returned. */
  stop(): never {
    const args = this.result === None ? [] : [this.result];
    throw raising(makeException(exceptionType("StopIteration"), args));
  }

  close(): void {
    if (this.phase === "created") this.phase = "closed";
    if (this.phase === "closed") return;
    try {
      const value = this.resume(None, raising(makeException(exceptionType("GeneratorExit"), [])));
      if (value === undefined) return;
    } catch (error) {
      if (isException(error, "GeneratorExit") || isException(error, "StopIteration")) return;
      throw error;
    }
    fault("RuntimeError", `${this.what} ignored GeneratorExit`);
  }
}

export class PyGenerator extends Resumable {
  /** `types.coroutine` was applied to its function: it can be awaited. */
  get awaitable(): boolean {
    return this.code.awaitable === true;
  }
}
export const generatorType: PyType = builtinType("generator", PyGenerator, { final: true });
