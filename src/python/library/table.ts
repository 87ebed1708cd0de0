/** The modules that programs can import, by name; each fills its namespace when it is first imported. */
import { fillBuiltins } from "../builtins/index.ts";
import type { PyModule } from "../objects/module.ts";
import { fillAbc } from "./abc.ts";
import { fillEnum } from "./enum/index.ts";
import { fillCmath } from "./cmath.ts";
import { fillMath } from "./math.ts";

export const nativeModules: Readonly<Record<string, ((module: PyModule) => void) | undefined>> = {
  abc: fillAbc,
  builtins: fillBuiltins,
  enum: fillEnum,
  cmath: fillCmath,
  math: fillMath,
};
