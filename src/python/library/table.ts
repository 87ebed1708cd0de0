/** The modules that programs can import, by name; each fills its namespace when it is first imported. */
import { fillBuiltins } from "../builtins/index.ts";
import type { PyModule } from "../objects/module.ts";
import { fillAbc } from "./abc.ts";
import { fillCopy } from "./copy.ts";
import { fillCopyreg } from "./copyreg.ts";
import { fillDataclasses } from "./dataclasses/index.ts";
import { fillTypes } from "./types.ts";
import { fillTyping } from "./typing/index.ts";
import { fillFuture } from "./future.ts";
import { fillEnum } from "./enum/index.ts";
import { fillCmath } from "./cmath.ts";
import { fillMath } from "./math.ts";

export const nativeModules: Readonly<Record<string, ((module: PyModule) => void) | undefined>> = {
  __future__: fillFuture,
  abc: fillAbc,
  builtins: fillBuiltins,
  copy: fillCopy,
  copyreg: fillCopyreg,
  dataclasses: fillDataclasses,
  enum: fillEnum,
  types: fillTypes,
  typing: fillTyping,
  cmath: fillCmath,
  math: fillMath,
};
