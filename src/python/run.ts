/** A run: budgets, modules and output of one program, put in place while it goes on and taken away after. */
import { BYTES, DEPTH, enter, leave, meter, setWatcher, STEPS, type Watcher } from "./budget.ts";
import { table } from "./runtime.ts";
import type { Program } from "./compiler/compile.ts";
import { callsGoing, type Loaded } from "./operations/traceback.ts";
import { LimitError } from "./limit.ts";
import { exceptionType, makeException, raising, setField } from "./objects/exception.ts";
import { PyModule } from "./objects/module.ts";
import type { PyObject, Value } from "./objects/object.ts";
import { type Runtime, state } from "./objects/state.ts";
import { nativeModules } from "./library/table.ts";
import "./types/index.ts";

/** What a run may use. */
export interface Budget {
  steps: number;
  timeMs: number;
  bytes: number;
  output: number;
  depth: number;
}

/** A program as JavaScript's function: of the runtime's table, the globals, the built-in names, and a namespace. */
type Start = (table: unknown, globals: PyModule, builtins: PyModule, namespace: Value | undefined) => Value;

const LOOK = 65_536;

export class Run implements Runtime, Watcher {
  readonly modules: Map<string, PyModule> = new Map();
  readonly builtins: PyModule;
  readonly subclasses: Map<PyObject, PyObject[]> = new Map();
  /** Programs that ran, by the name their frames have in JavaScript's stacks. */
  readonly programs: Map<string, Loaded> = new Map();
  readonly budget: Budget;
  private readonly starts: WeakMap<Program, Start> = new WeakMap();
  private stepsLeft: number;
  private readonly until: number;
  private written = 0;
  private readonly ids: Map<Value, number> = new Map();
  private readonly sink: (stream: "stdout" | "stderr", text: string) => void;
  /** What ended the run, so that nothing goes on after it. */
  private over: LimitError | undefined;

  constructor(budget: Budget, sink: (stream: "stdout" | "stderr", text: string) => void) {
    this.budget = budget;
    this.stepsLeft = budget.steps;
    this.until = performance.now() + budget.timeMs;
    this.sink = sink;
    this.builtins = this.enter(() => this.load("builtins"));
  }

  /** Does something inside of this run: its budget counts, its modules are seen. */
  enter<T>(what: () => T): T {
    const before = { ...state, meter: meter.slice(), limit: Error.stackTraceLimit };
    const watcher = setWatcher(this);
    state.handling = state.outer = undefined;
    state.run = this;
    // Tracebacks are made of JavaScript's stacks, where a call takes up to three frames.
    Error.stackTraceLimit = this.budget.depth * 4;
    meter[STEPS] = 0;
    meter[DEPTH] = this.budget.depth;
    meter[BYTES] = Math.min(this.budget.bytes, 0x7fffffff);
    try {
      return what();
    } finally {
      setWatcher(watcher);
      state.handling = before.handling;
      state.outer = before.outer;
      state.depth = before.depth;
      state.run = before.run;
      Error.stackTraceLimit = before.limit;
      meter.set(before.meter);
    }
  }

  /** Runs a program in a module's namespace, or with its names in one apart; an expression's value comes back. */
  execute(program: Program, globals: PyModule, builtins: PyModule = this.builtins, namespace?: Value): Value {
    this.programs.set(program.url, { program, globals });
    let start = this.starts.get(program);
    if (start === undefined) {
      start = new Function("R", "G", "B", "ns", program.code) as Start;
      this.starts.set(program, start);
    }
    enter();
    const value = start(table, globals, builtins, namespace);
    leave();
    return value;
  }

  load(name: string): PyModule {
    const known = this.modules.get(name);
    if (known !== undefined) return known;
    const make = nativeModules[name];
    if (make === undefined) {
      const exception = makeException(exceptionType("ModuleNotFoundError"), [
        `No module named '${name}'`,
      ]);
      setField(exception, "name", name);
      throw raising(exception);
    }
    const module = new PyModule(name);
    this.modules.set(name, module);
    make(module);
    return module;
  }

  id(object: Value): number {
    let id = this.ids.get(object);
    if (id === undefined) this.ids.set(object, (id = this.ids.size + 1));
    return id;
  }

  write(stream: "stdout" | "stderr", text: string): void {
    if (this.over !== undefined) throw this.over;
    this.written += text.length;
    if (this.written > this.budget.output)
      this.end("output", `more than ${this.budget.output} characters of output`);
    this.sink(stream, text);
  }

  steps(steps: number): void {
    if (this.over !== undefined) throw this.over;
    // What was handed out is spent, and what is asked for now with it.
    const asked = Math.max(steps, 1);
    if (asked > this.stepsLeft) this.end("steps", `more than ${this.budget.steps} steps`);
    if (performance.now() > this.until) this.end("time", `longer than ${this.budget.timeMs} ms`);
    const next = Math.min(LOOK, this.stepsLeft - asked);
    this.stepsLeft -= asked + next;
    meter[STEPS] = next;
  }

  depth(): void {
    // What catches exceptions natively may have lost count: the stack itself knows.
    const calls = callsGoing(this.budget.depth * 2);
    if (calls < this.budget.depth) {
      meter[DEPTH] = this.budget.depth - calls;
      return;
    }
    meter[DEPTH] = 50;
    const exception = raising(
      makeException(exceptionType("RecursionError"), ["maximum recursion depth exceeded"]),
    );
    meter[DEPTH] = 0;
    throw exception;
  }

  bytes(bytes: number): void {
    if (this.over !== undefined) throw this.over;
    this.end("memory", `more than ${this.budget.bytes} bytes asked for (${bytes} at once)`);
  }

  private end(what: LimitError["what"], message: string): never {
    this.over = new LimitError(what, message);
    throw this.over;
  }
}
