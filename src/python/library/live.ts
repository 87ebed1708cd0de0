/** `_live`: what `inspect` asks of the run. */
import { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { functions } from "./native.ts";

export function fillLive(module: PyModule): void {
  functions(module, {
    /** The source of a file that the run compiled, or None. */
    source: (filename: Value) => {
      const { programs, seal } = runtime();
      for (const { program, globals } of programs.values()) {
        if (seal?.holds(globals) === true && !seal.asked()) continue;
        if (program.filename === filename && program.source !== undefined) return program.source;
      }
      return None;
    },
    /** Runs a file that the judge alone has in a module; False where there is none. */
    execute: (path: Value, module: Value) =>
      typeof path === "string" &&
      module instanceof PyModule &&
      runtime().seal?.execute(path, module) === true,
  });
}
