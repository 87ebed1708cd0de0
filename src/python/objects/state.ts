/** What is going on right now in this thread: the run, and the exception being handled. A run puts back what it found. */
import type { Account } from "../account.ts";
import type { Program } from "../compiler/compile.ts";
import type { Plain } from "../host/plain.ts";
import type { Profiler } from "../profile.ts";
import type { Explainer } from "../operations/asserts.ts";
import type { Loaded } from "../operations/traceback.ts";
import type { PyException } from "./exception.ts";
import type { Resumable } from "./generator.ts";
import type { PyList } from "./list.ts";
import type { PyModule } from "./module.ts";
import type { PyObject, Value } from "./object.ts";
import type { Seal } from "./seal.ts";

/** What objects and built-ins ask of the run they are in. */
export interface Runtime {
  /** The module table: what is imported, by full name. */
  readonly modules: Map<string, PyModule>;
  /** Modules whose source is running still. */
  readonly loading: ReadonlySet<PyModule>;
  /** Programs that ran, by the name their frames have in JavaScript's stacks. */
  readonly programs: ReadonlyMap<string, Loaded>;
  /** The built-in names, which a program may change for itself. */
  readonly builtins: PyModule;
  /** As many decimal digits an int's text may have; 0 is no limit (`sys.set_int_max_str_digits`). */
  digitLimit: number;
  /** Imports a module by its full name; throws ImportError. */
  load(name: string): PyModule;
  /** The classes that a program derived from a built-in class: seen by this run alone. */
  readonly subclasses: Map<PyObject, PyObject[]>;
  /** Whether the library has a module of this name. */
  hasModule(name: string): boolean;
  /** Runs a program; an expression's value comes back. */
  execute(program: Program, globals: PyModule, builtins?: PyModule, namespace?: Value): Value;
  /** A number for an object, stable during the run. */
  id(object: Value): number;
  /** Writes to standard output or error. */
  write(stream: "stdout" | "stderr", text: string): void;
  /** The families of effects that were granted: `fs`, `env`, … */
  granted(): readonly string[];
  /** Hands on what was written and waits in a buffer. */
  flush(): void;
  /**
   * Does an effect of the host (see host/host.ts for their table) and gives its result; throws the Python
   * exception that its failure stands for.
   */
  perform(effect: string, ...args: readonly Plain[]): Plain;
  /** Measures time and calls, where that is asked for. */
  readonly profiler: Profiler | undefined;
  /** What a judge keeps from the programs that it judges here; only where there is one. */
  readonly seal: Seal | undefined;
  /** Makes the messages of failed `assert`s, in programs that tell their parts. */
  readonly explainer: Explainer | undefined;
  /** What is left of the budget. */
  readonly account: Account;
  /** `sys.argv`. */
  readonly argv: PyList;
  /** `sys.path`. */
  readonly path: PyList;
  /** Where relative paths begin. */
  cwd: string;
}

export interface State {
  /** The exception that an `except` or `finally` is handling. */
  handling: PyException | undefined;
  /** What was being handled where the innermost running generator was resumed, and the depth of its calls. */
  outer: PyException | undefined;
  depth: number;
  run: Runtime | undefined;
  /** The generator or coroutine that was resumed last and has not stopped yet. */
  running: Resumable | undefined;
  /** Containers whose repr is being made: within itself one is shown as dots. */
  readonly showing: Set<Value>;
}

export const state: State = {
  handling: undefined,
  outer: undefined,
  depth: 0,
  run: undefined,
  running: undefined,
  showing: new Set(),
};

/** The run; built-ins that need it are only reached inside of one. */
export function runtime(): Runtime {
  if (state.run === undefined) throw new Error("no program is running");
  return state.run;
}

/** The module of a name as `sys.modules` has it for whoever asks. */
export function moduleNamed(name: string): PyModule | undefined {
  const { modules, seal } = runtime();
  return modules.get(name) ?? seal?.modules(name)?.get(name);
}
