/** `_live`: what `inspect` asks of the run. */
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { functions } from "./native.ts";

export function fillLive(module: PyModule): void {
  functions(module, {
    /** The source of a file that the run compiled, or None. */
    source: (filename: Value) => {
      for (const { program } of runtime().programs.values()) {
        if (program.filename === filename && program.source !== undefined) return program.source;
      }
      return None;
    },
  });
}
