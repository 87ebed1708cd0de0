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
import { fillBisect } from "./bisect.ts";
import { fillCmath } from "./cmath.ts";
import { fillAbstractCollections, fillCollections, fillWrappers } from "./collections/index.ts";
import { fillFunctools, fillMore } from "./functools/index.ts";
import { fillHeapq } from "./heapq.ts";
import { fillItertools } from "./itertools/index.ts";
import { fillMath } from "./math.ts";
import { fillOperator } from "./operator.ts";
import { fillGraphlib, fillQueue, fillReprlib } from "./python.ts";
import { fillJson, fillJsonDecoder, fillJsonEncoder } from "./json/index.ts";
import { fillRe } from "./re/index.ts";
import { fillSys } from "./sys.ts";
import { WRITTEN } from "./texts.ts";

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
  _collections_wrappers: fillWrappers,
  _functools_more: fillMore,
  bisect: fillBisect,
  cmath: fillCmath,
  "collections.abc": fillAbstractCollections,
  collections: fillCollections,
  functools: fillFunctools,
  graphlib: fillGraphlib,
  heapq: fillHeapq,
  itertools: fillItertools,
  math: fillMath,
  operator: fillOperator,
  queue: fillQueue,
  reprlib: fillReprlib,
  json: fillJson,
  "json.decoder": fillJsonDecoder,
  "json.encoder": fillJsonEncoder,
  re: fillRe,
  sys: fillSys,
  ...WRITTEN,
};
