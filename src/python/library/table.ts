/** The modules that programs can import, by name; each fills its namespace when it is first imported. */
import { fillBuiltins } from "../builtins/index.ts";
import type { PyModule } from "../objects/module.ts";
import { fillCmath } from "./cmath.ts";
import { fillHost } from "./host.ts";
import { fillMath } from "./math.ts";
import { fillSys } from "./sys.ts";
import io from "./io.py" with { type: "text" };
import { written } from "./written.ts";

export const nativeModules: Readonly<Record<string, ((module: PyModule) => void) | undefined>> = {
  _host: fillHost,
  builtins: fillBuiltins,
  cmath: fillCmath,
  io: written("io", io),
  math: fillMath,
  sys: fillSys,
};
