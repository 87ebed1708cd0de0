/** The world of one kata: its modules, what each part of it may use, and what is the judge's in it. */
import type { Program } from "../../python/compiler/compile.ts";
import { memoryFiles } from "../../python/host/files/memory.ts";
import { readOnly } from "../../python/host/files/read-only.ts";
import { PyModule } from "../../python/objects/module.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { call } from "../../python/operations/call.ts";
import { compileText } from "../../python/operations/source.ts";
import type { Run } from "../../python/run.ts";
import { openRun } from "../../python/session.ts";
import { reseed } from "../seed.ts";
import type { CollectOptions, PythonFile } from "./tests.ts";

/** Where the kata's folder is, as its programs see it. */
export const FOLDER = "/kata";

export class World {
  readonly run: Run;
  /** The texts that tracebacks show lines of, by path. */
  readonly texts: Map<string, string> = new Map();
  readonly #close: () => void;
  readonly #seed: number | undefined;

  constructor(
    options: CollectOptions,
    natives: Readonly<Record<string, (module: PyModule) => void>>,
  ) {
    const { solution, open = [], limits = {}, output, seed } = options;
    const memory = Object.fromEntries(open.map(({ name, content }) => [`/${name}`, content]));
    const opened = openRun({
      ...limits,
      filename: `${FOLDER}/${options.tests.name}`,
      path: [FOLDER],
      cwd: FOLDER,
      files: [
        { at: "/tmp", memory: {} },
        { at: FOLDER, system: readOnly(memoryFiles(memory)) },
      ],
      natives: {
        ...natives,
        ...(solution === undefined
          ? {}
          : { user_kata: (module) => this.execute(module, solution, false) }),
      },
      ...(seed === undefined ? {} : { random: seed }),
      ...(output === undefined
        ? {}
        : {
            stdout: (text) => output("stdout", text),
            stderr: (text) => output("stderr", text),
          }),
    });
    this.run = opened.run;
    this.#close = () => opened.close();
    this.#seed = seed;
  }

  /** Lets chance begin anew, if it has a seed. Call it within the world. */
  reseed(): void {
    if (this.#seed !== undefined) reseed(this.#seed);
  }

  /** Does a part of the work, with a budget of its own; what it throws is thrown on once all is sound again. */
  part<T>(what: () => T): T {
    const { run } = this;
    run.account.renew();
    let done = false;
    try {
      return run.enter(() => {
        const result = what();
        run.flush();
        run.account.check();
        done = true;
        return result;
      });
    } catch (error) {
      throw run.account.over ?? error;
    } finally {
      if (!done) run.abandon();
    }
  }

  /** Runs a file's text as a module. */
  execute(module: PyModule, { name, text }: PythonFile, explainAsserts: boolean): Program {
    const path = `${FOLDER}/${name}`;
    this.texts.set(path, text);
    for (const one of ["__doc__", "__loader__", "__spec__"]) module.set(one, None);
    module.set("__package__", "");
    module.set("__file__", path);
    const { program } = compileText(text, path, "exec", { explainAsserts });
    this.run.execute(program, module);
    return program;
  }

  /** A function of one of pytest's own modules, called. */
  ask(module: string, name: string, ...args: Value[]): Value {
    return call(getAttribute(this.run.load(`_pytest.${module}`), name), args);
  }

  close(): void {
    this.#close();
  }
}

/** A method of an object, called. */
export function callMethod(object: Value, name: string, ...args: Value[]): Value {
  return call(getAttribute(object, name), args);
}

/** A value of TypeScript's as Python's: arrays as tuples. */
export function toPython(value: unknown): Value {
  if (Array.isArray(value)) return new PyTuple(value.map(toPython));
  return value as string | number | boolean;
}
