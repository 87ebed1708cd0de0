/** A run: budget, modules, host and output of one program, put in place while it goes on and taken away after. */
import type { Account } from "./account.ts";
import { enter, leave, meter, setWatcher } from "./budget.ts";
import type { Program } from "./compiler/compile.ts";
import { HostFailure } from "./host/failure.ts";
import type { Callback, EventLog } from "./host/log.ts";
import type { Plain } from "./host/plain.ts";
import { loadModule } from "./importing.ts";
import { nativeModules } from "./library/table.ts";
import { PyList } from "./objects/list.ts";
import { PyModule } from "./objects/module.ts";
import { None, type PyObject, type Value } from "./objects/object.ts";
import type { Seal } from "./objects/seal.ts";
import { type Runtime, state } from "./objects/state.ts";
import { hostException } from "./operations/host.ts";
import type { Explainer } from "./operations/asserts.ts";
import type { Loaded } from "./operations/traceback.ts";
import { NO_TRACKER, type Profiler, type Spot, type Tracker } from "./profile.ts";
import { table } from "./runtime.ts";
import type { Spans } from "./telemetry.ts";
import { DIGIT_LIMIT } from "./text/integers.ts";
import "./types/index.ts";

/** Characters of output that wait for more, so that each does not become an effect of its own. */
const BUFFER = 8192;

/** How a run begins. */
export interface Setting {
  readonly account: Account;
  readonly log: EventLog;
  readonly argv: readonly string[];
  readonly path: readonly string[];
  readonly cwd: string;
  /** Hands on each line of output as soon as it is whole. */
  readonly lines: boolean;
  /** Modules made of this room's own objects, beside the library's. */
  readonly natives: Natives;
  readonly profiler: Profiler | undefined;
  readonly spans: Spans | undefined;
}

/** What fills each module when it is first imported, by full names. */
export type Natives = Readonly<Record<string, (module: PyModule) => void>>;

/** A program as JavaScript's function: of the runtime's table, the globals, the built-in names, and a namespace. */
type Start = (
  table: unknown,
  globals: PyModule,
  builtins: PyModule,
  namespace: Value | undefined,
) => Value;

/** Programs as functions, for all runs: what the engine has learned of one, the next run has. */
const starts = new WeakMap<Program, Start>();

export class Run implements Runtime {
  readonly modules: Map<string, PyModule> = new Map();
  readonly builtins: PyModule;
  readonly loading: Set<PyModule> = new Set();
  readonly subclasses: Map<PyObject, PyObject[]> = new Map();
  readonly account: Account;
  readonly argv: PyList;
  readonly path: PyList;
  seal: Seal | undefined = undefined;
  explainer: Explainer | undefined = undefined;
  cwd: string;
  digitLimit: number = DIGIT_LIMIT;
  /** Programs that ran, by the name their frames have in JavaScript's stacks. */
  readonly programs: Map<string, Loaded> = new Map();
  readonly natives: Natives;
  readonly #log: EventLog;
  readonly profiler: Profiler | undefined;
  readonly #spans: Spans | undefined;
  readonly #lines: boolean;
  readonly #ids: Map<Value, number> = new Map();
  #waiting: { stream: "stdout" | "stderr"; text: string } = { stream: "stdout", text: "" };
  #granted: readonly string[] | undefined;
  /** Takes this run away again, while something goes on inside of it. */
  #leave: (() => void) | undefined;

  constructor(setting: Setting) {
    this.account = setting.account;
    this.natives = setting.natives;
    this.#log = setting.log;
    this.#lines = setting.lines;
    this.profiler = setting.profiler;
    this.#spans = setting.spans;
    this.argv = new PyList([...setting.argv]);
    this.path = new PyList([...setting.path]);
    this.cwd = setting.cwd;
    this.builtins = this.enter(() => this.load("builtins"));
  }

  /** Does something inside of this run: its budget counts, its modules are seen. */
  enter<T>(what: () => T): T {
    if (state.run === this) return what();
    const before = { ...state, limit: Error.stackTraceLimit };
    const { run } = before;
    const free = meter.slice();
    run?.account.keep();
    this.account.take();
    const watcher = setWatcher(this.account);
    state.run = this;
    state.handling = state.outer = state.running = undefined;
    // Tracebacks are made of JavaScript's stacks, where a call takes up to three frames.
    // Where the host has fixed how long they are, they are long enough.
    const frames = Math.max(this.account.budget.depth, 1000) * 4;
    const isShort = Error.stackTraceLimit < frames;
    if (isShort) Error.stackTraceLimit = frames;
    const leave = (): void => {
      this.#leave = undefined;
      this.account.keep();
      if (run === undefined) meter.set(free);
      else run.account.take();
      setWatcher(watcher);
      state.run = run;
      state.handling = before.handling;
      state.running = before.running;
      state.outer = before.outer;
      state.depth = before.depth;
      if (isShort) Error.stackTraceLimit = before.limit;
    };
    this.#leave = leave;
    try {
      return what();
    } finally {
      leave();
    }
  }

  /** What went on was ended from outside, with none of its handlers: puts back what it would have put back. */
  abandon(): void {
    this.#leave?.();
    this.account.unwind();
    this.#log.abandon();
    state.showing.clear();
  }

  hasModule(name: string): boolean {
    return Object.hasOwn(nativeModules, name);
  }

  /** Runs a program in a module's namespace, or with its names in one apart; an expression's value comes back. */
  execute(
    program: Program,
    globals: PyModule,
    builtins: PyModule = this.builtins,
    namespace?: Value,
  ): Value {
    this.programs.set(program.url, { program, globals });
    let start = starts.get(program);
    if (start === undefined) {
      // The text is the compiler's: names and values of programs stand in it quoted.
      // oxlint-disable-next-line typescript/no-implied-eval
      start = new Function("R", "G", "B", "ns", program.code) as Start;
      starts.set(program, start);
    }
    const { spots } = program;
    const own =
      spots === undefined ? table : { ...table, track: () => this.#track(program, spots) };
    enter();
    const value = start(own, globals, builtins, namespace);
    leave();
    return value ?? None;
  }

  #track(program: Program, spots: readonly Spot[]): Tracker {
    return this.profiler?.track(program.filename, spots) ?? NO_TRACKER;
  }

  load(name: string): PyModule {
    return loadModule(this, name);
  }

  id(object: Value): number {
    let id = this.#ids.get(object);
    if (id === undefined) this.#ids.set(object, (id = this.#ids.size + 1));
    return id;
  }

  write(stream: "stdout" | "stderr", text: string): void {
    this.account.write(text.length);
    if (this.#waiting.stream !== stream) {
      this.flush();
      this.#waiting.stream = stream;
    }
    this.#waiting.text += text;
    const { length } = this.#waiting.text;
    if (length >= BUFFER || (this.#lines && text.includes("\n"))) this.flush();
  }

  flush(): void {
    const { stream, text } = this.#waiting;
    if (text === "") return;
    this.account.check();
    this.#waiting.text = "";
    this.#effect(`${stream}.write`, [text], []);
  }

  /** What still waited when a limit ended the run: the host gets it, the log does not, for no effect follows. */
  rest(): { stream: "stdout" | "stderr"; text: string } {
    const rest = { ...this.#waiting };
    this.#waiting.text = "";
    return rest;
  }

  perform(effect: string, ...args: readonly Plain[]): Plain {
    return this.performWith(effect, args, []);
  }

  performWith(effect: string, args: readonly Plain[], callbacks: readonly Callback[]): Plain {
    this.flush();
    return this.#effect(effect, args, callbacks);
  }

  /** The families of effects that this run has; a replay has those of the first run. */
  granted(): readonly string[] {
    this.#granted ??= this.perform("modules.grants") as readonly string[];
    return this.#granted;
  }

  #effect(effect: string, args: readonly Plain[], callbacks: readonly Callback[]): Plain {
    const { account } = this;
    account.check();
    const start = performance.now();
    let inside = 0;
    const timed = callbacks.map((callback): Callback => (given) => {
      const begun = performance.now();
      try {
        return this.enter(() => callback(given));
      } finally {
        inside += performance.now() - begun;
      }
    });
    let failed: string | undefined;
    try {
      return this.#log.performWith(effect, args, timed);
    } catch (error) {
      failed = error instanceof Error ? error.message : String(error);
      if (!(error instanceof HostFailure)) return account.abort(error);
      throw error.raised?.exception ?? hostException(error.failure);
    } finally {
      this.#spans?.effect(effect, start, failed, this.profiler?.depth ?? 0);
      // Who sleeps takes time of the program's own.
      const own = effect === "clock.sleep" ? 0 : performance.now() - start - inside;
      account.forgive(own);
      if (account.leftMs < 0) account.late();
    }
  }
}
