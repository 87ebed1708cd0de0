/**
 * Ctrl-C while a program computes: nothing comes back to the event loop then, where signals are heard.
 * Bun's `vm` ends a script at SIGINT, wherever it is; no handler of the script's runs any more.
 */

const WORK = Symbol.for("kata.py.work");

/** What `work` returns; `undefined` when Ctrl-C ended it. */
export function untilInterrupted<T>(work: () => T): T | undefined {
  const vm = process.getBuiltinModule("node:vm");
  const place = globalThis as { [WORK]?: () => T };
  place[WORK] = work;
  try {
    return new vm.Script('globalThis[Symbol.for("kata.py.work")]()').runInThisContext({
      breakOnSigint: true,
    }) as T;
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    return undefined;
  } finally {
    delete place[WORK];
  }
}
