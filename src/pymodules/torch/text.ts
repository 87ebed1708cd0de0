/** Modules that are Python text of ours: compiled when they are first imported, and once for all runs. */
import { compileSource, type Program } from "../../python/compiler/compile.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { runtime } from "../../python/objects/state.ts";

const programs = new Map<string, Program>();

/** What fills a module with a text's names. */
export function textModule(name: string, text: string): (module: PyModule) => void {
  return (module) => {
    let program = programs.get(name);
    if (program === undefined) {
      program = compileSource(text, `<${name}>`);
      programs.set(name, program);
    }
    runtime().execute(program, module);
  };
}
