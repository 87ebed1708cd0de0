/** The modules that programs can import, by name; each fills its namespace when it is first imported. */
import { fillBuiltins } from "../builtins/index.ts";
import type { PyModule } from "../objects/module.ts";
import { fillCmath } from "./cmath.ts";
import { fillHost } from "./host.ts";
import { fillMath } from "./math.ts";
import { fillSys } from "./sys.ts";
import fnmatch from "./fnmatch.py" with { type: "text" };
import glob from "./glob.py" with { type: "text" };
import io from "./io.py" with { type: "text" };
import os from "./os.py" with { type: "text" };
import pathlib from "./pathlib.py" with { type: "text" };
import posixpath from "./posixpath.py" with { type: "text" };
import shutil from "./shutil.py" with { type: "text" };
import tempfile from "./tempfile.py" with { type: "text" };
import { written } from "./written.ts";

export const nativeModules: Readonly<Record<string, ((module: PyModule) => void) | undefined>> = {
  _host: fillHost,
  builtins: fillBuiltins,
  cmath: fillCmath,
  fnmatch: written("fnmatch", fnmatch),
  glob: written("glob", glob),
  io: written("io", io),
  math: fillMath,
  os: written("os", os),
  pathlib: written("pathlib", pathlib),
  posixpath: written("posixpath", posixpath),
  shutil: written("shutil", shutil),
  sys: fillSys,
  tempfile: written("tempfile", tempfile),
};
