/** A run: budgets, modules and output of one program, put in place while it goes on and taken away after. */
import { BYTES, DEPTH, meter, setWatcher, STEPS, type Watcher } from "./budget.ts";
import { table } from "./runtime.ts";
import { markAt } from "./compiler/positions.ts";
import type { Program } from "./compiler/compile.ts";
import { createHost, deny, type Host } from "./host/host.ts";
import type { Plain } from "./host/plain.ts";
import { LimitError } from "./limit.ts";
import { exceptionType, makeException, PyException, raising } from "./objects/exception.ts";
import { PyModule } from "./objects/module.ts";
import { bag, type PyObject, type Value } from "./objects/object.ts";
import { type Runtime, state } from "./objects/state.ts";
import { DIGIT_LIMIT } from "./text/integers.ts";
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

const LOOK = 65_536;

export class Run implements Runtime, Watcher {
  readonly modules: Map<string, PyModule> = new Map();
  readonly builtins: PyModule;
  readonly subclasses: Map<PyObject, PyObject[]> = new Map();
  digitLimit: number = DIGIT_LIMIT;
  /** Programs that ran, by the name their frames have in JavaScript's stacks. */
  readonly programs: Map<string, Program> = new Map();
  readonly budget: Budget;
  private stepsLeft: number;
  private readonly until: number;
  private written = 0;
  private readonly ids: Map<Value, number> = new Map();
  private readonly sink: (stream: "stdout" | "stderr", text: string) => void;
  private effects: Host["effects"] | undefined;
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
    const before = { handling: state.handling, run: state.run, meter: meter.slice() };
    const watcher = setWatcher(this);
    state.handling = undefined;
    state.run = this;
    meter[STEPS] = 0;
    meter[DEPTH] = this.budget.depth;
    meter[BYTES] = Math.min(this.budget.bytes, 0x7fffffff);
    try {
      return what();
    } finally {
      setWatcher(watcher);
      state.handling = before.handling;
      state.run = before.run;
      meter.set(before.meter);
    }
  }

  /** Runs a program in a module's namespace; an expression's value comes back. */
  execute(program: Program, globals: PyModule): Value {
    this.programs.set(program.url, program);
    const load = new Function("R", "G", "B", program.code) as (
      runtime: unknown,
      globals: PyModule,
      builtins: PyModule,
    ) => Value;
    return load(table, globals, this.builtins);
  }

  load(name: string): PyModule {
    const known = this.modules.get(name);
    if (known !== undefined) return known;
    const make = nativeModules[name];
    if (make === undefined) {
      const exception = makeException(exceptionType("ModuleNotFoundError"), [
        `No module named '${name}'`,
      ]);
      bag(exception)["a_name"] = name;
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

  perform(effect: string, ...args: readonly Plain[]): Plain {
    this.effects ??= createHost({ clock: "system", random: "system" }).effects;
    return (this.effects.get(effect) ?? deny(effect)).run(args, Date.now()) as Plain;
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

  /** Where in the source an exception was raised. */
  frames(exception: PyException): { file: string; line: number; name: string }[] {
    const found: { file: string; line: number; name: string }[] = [];
    const stack = exception.trace?.stack ?? "";
    for (const line of stack.split("\n")) {
      const at = /(python-\d+):(\d+):(\d+)\)?$/.exec(line);
      const program = at === null ? undefined : this.programs.get(at[1]!);
      if (program === undefined) continue;
      const mark = markAt(program.positions, Number(at![2]), Number(at![3]));
      if (mark !== undefined)
        found.push({ file: program.filename, line: mark.place.lineno, name: mark.frame });
    }
    return found.reverse();
  }
}
