/** Modules that are written in Python: compiled when they are first imported, for all runs. */
import { compileSource, type Program } from "../compiler/compile.ts";
import type { PyModule } from "../objects/module.ts";
import { runtime } from "../objects/state.ts";

const programs = new Map<string, Program>();

/** What fills a module by running its source. */
export function written(name: string, source: string): (module: PyModule) => void {
  return (module) => {
    let program = programs.get(name);
    if (program === undefined) {
      program = compileSource(source, `<frozen ${name}>`);
      programs.set(name, program);
    }
    runtime().execute(program, module);
  };
}
