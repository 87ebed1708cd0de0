/** The world of one kata: its modules, what each part of it may use, and what is the judge's in it. */
import { nativeModules } from "../../python/library/table.ts";
import { PyList } from "../../python/objects/list.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { bag, None, type Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { call } from "../../python/operations/call.ts";
import { compileText } from "../../python/operations/source.ts";
import type { Natives, Run } from "../../python/run.ts";
import { Sealing } from "../../python/sealing.ts";
import { openRun } from "../../python/session.ts";
import { kataFolder } from "./folder.ts";
import { reseed } from "../seed.ts";
import type { CollectOptions, PythonFile } from "./tests.ts";

/** Where the kata's folder is, as its programs see it. */
export const FOLDER = "/kata";

/** The package that the folder's files are in for one another: `from .reference import f`. */
const PACKAGE = "_kata";

/** What tests import as the solution, by whichever name. */
const SOLUTION = ["user_kata", "template"];

/** Nothing of the judge's takes longer. */
const LONG_MS = 60_000;

export class World {
  readonly run: Run;
  /** The texts that tracebacks show lines of, by path. */
  readonly texts: Map<string, string> = new Map();
  readonly #options: CollectOptions;
  readonly #seal: Sealing;
  readonly #close: () => void;
  readonly #seed: number | undefined;
  /** A file of the kata's speaks of chance. */
  readonly #drawsAtRandom: boolean;

  constructor(options: CollectOptions, natives: Natives) {
    const { solution, sealed = [], open = [], limits = {}, output, seed } = options;
    this.#options = options;
    const own: Natives =
      solution === undefined
        ? {}
        : { user_kata: (module) => this.#executeSolution(module, solution) };
    const opened = openRun({
      ...limits,
      filename: `${FOLDER}/${options.tests.name}`,
      path: [FOLDER],
      cwd: FOLDER,
      files: [
        { at: "/tmp", memory: {} },
        { at: FOLDER, system: kataFolder(open) },
      ],
      natives: { ...natives, ...own },
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
    const files = new Set(open.map(({ name }) => moduleName(name)));
    this.#seal = new Sealing({
      hidden: new Set(["pytest", "_pytest"]),
      judged: new Set(SOLUTION),
      file: (name) => this.#sealedFile(name),
      path: (path) => this.#sealedPath(path),
      isLibrary: (name) => {
        if (files.has(name)) return false;
        const given = [nativeModules, natives, own];
        return given.some((modules) => Object.hasOwn(modules, name));
      },
    });
    this.#seal.came("builtins", this.run.builtins);
    this.#seal.filled(this.run.builtins);
    this.run.seal = this.#seal;
    this.#seed = seed;
    const texts = [options.tests, ...(solution === undefined ? [] : [solution]), ...sealed];
    this.#drawsAtRandom = [
      ...texts.map(({ text }) => text),
      ...open.map(({ content }) => content),
    ].some((text) => typeof text === "string" && /\brandom\b/.test(text));
  }

  /** Does what takes no time of the programs'. Call it within the world. */
  unhurried<T>(what: () => T): T {
    const { account } = this.run;
    const begun = performance.now();
    account.forgive(LONG_MS);
    try {
      return what();
    } finally {
      account.forgive(performance.now() - begun - LONG_MS);
    }
  }

  /** What one test left to the next: chance begins anew, if it has a seed, and the streams are where they were. */
  reset(): void {
    if (this.#seed !== undefined) reseed(this.#seed, this.#drawsAtRandom);
    const sys = this.run.modules.get("sys");
    for (const name of ["stdin", "stdout", "stderr"]) {
      const first = sys?.get(`__${name}__`);
      if (first !== undefined) sys?.set(name, first);
    }
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

  /** Lets the judge's own programs find a module by its name. */
  keep(name: string, module: PyModule): void {
    this.#seal.keep(name, module);
  }

  /** Runs a file of the judge's own as a module. */
  executeSealed(module: PyModule, file: PythonFile): void {
    this.#seal.hold(module);
    // As pytest has it: an assert of the reference is none of the tests'.
    const explainAsserts = file === this.#options.tests || file.name === "conftest.py";
    this.#execute(module, file, { explainAsserts, closures: false });
  }

  #executeSolution(module: PyModule, file: PythonFile): void {
    // Tests that speak of closures look into those of the solution.
    const closures = `${file.text}${this.#options.tests.text}`.includes("closure");
    this.#execute(module, file, { closures });
  }

  #execute(
    module: PyModule,
    { name, text }: PythonFile,
    how: { explainAsserts?: boolean; closures: boolean },
  ): void {
    const path = `${FOLDER}/${name}`;
    this.texts.set(path, text);
    for (const one of ["__doc__", "__loader__", "__spec__"]) module.set(one, None);
    module.set("__package__", this.#seal.holds(module) ? PACKAGE : "");
    module.set("__file__", path);
    const { program } = compileText(text, path, "exec", how);
    this.run.execute(program, module);
  }

  #sealedFile(name: string): ((module: PyModule) => void) | undefined {
    if (name === PACKAGE) return (module) => module.set("__path__", new PyList([]));
    if (name.startsWith(`${PACKAGE}.`)) {
      const inner = name.slice(PACKAGE.length + 1);
      const known = SOLUTION.includes(inner) && this.#findSealed(inner) === undefined;
      return (module) => copy(this.run.load(known ? "user_kata" : inner), module);
    }
    const file = this.#findSealed(name);
    return file === undefined ? undefined : (module) => this.executeSealed(module, file);
  }

  #findSealed(name: string): PythonFile | undefined {
    return this.#options.sealed?.find((file) => moduleName(file.name) === name);
  }

  #sealedPath(path: string): ((module: PyModule) => void) | undefined {
    if (!path.startsWith(`${FOLDER}/`)) return undefined;
    const name = path.slice(FOLDER.length + 1);
    const file = this.#options.sealed?.find((one) => one.name === name);
    if (file !== undefined) return (module) => this.executeSealed(module, file);
    const { solution } = this.#options;
    if (solution === undefined || !SOLUTION.includes(moduleName(name))) return undefined;
    return (module) => this.#executeSolution(module, solution);
  }

  /** A function of one of pytest's own modules, called. */
  ask(module: string, name: string, ...args: Value[]): Value {
    return call(getAttribute(this.run.load(`_pytest.${module}`), name), args);
  }

  /** Whether a file, by its name, is the solution's. */
  isSolution(file: string | undefined): boolean {
    return file !== undefined && file === this.#options.solution?.name;
  }

  testsMention(words: RegExp): boolean {
    const { tests, sealed = [] } = this.#options;
    return [tests, ...sealed].some(({ text }) => words.test(text));
  }

  close(): void {
    this.#close();
  }
}

/** The name that a file is imported by. */
export function moduleName(file: string): string {
  return file.replace(/\.py$/, "");
}

function copy(from: PyModule, to: PyModule): void {
  const names = Object.keys(bag(from)).filter((key) => key.startsWith("a_"));
  for (const key of names) bag(to)[key] = bag(from)[key];
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
