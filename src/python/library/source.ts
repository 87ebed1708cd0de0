/** Library modules that are written in Python. */
import { compileSource, type Program } from "../compiler/compile.ts";
import type { PyModule } from "../objects/module.ts";
import { runtime } from "../objects/state.ts";

/** What fills a module by running a source in it. The program is compiled once. */
export function fromSource(file: string, source: string): (module: PyModule) => void {
  let program: Program | undefined;
  return (module) => {
    program ??= compileSource(source, `<library ${file}>`);
    runtime().execute(program, module);
  };
}
