/** The modules that programs can import, by name; each fills its namespace when it is first imported. */
import { fillBuiltins } from "../builtins/index.ts";
import type { PyModule } from "../objects/module.ts";
import { fillCmath } from "./cmath.ts";
import { fillMath } from "./math.ts";

export const nativeModules: Readonly<Record<string, ((module: PyModule) => void) | undefined>> = {
  builtins: fillBuiltins,
  cmath: fillCmath,
  math: fillMath,
};
