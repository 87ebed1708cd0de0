/** The modules that programs can import, by name; each fills its namespace when it is first imported. */
import { fillBuiltins } from "../builtins/index.ts";
import type { PyModule } from "../objects/module.ts";
import { fillArray } from "./array/index.ts";
import { fillAbc } from "./abc.ts";
import { fillAstTree } from "./ast/tree.ts";
import { CONTROL } from "./control/index.ts";
import { fillCopy } from "./copy.ts";
import { fillCopyreg } from "./copyreg.ts";
import { fillDataclasses } from "./dataclasses/index.ts";
import { fillTypes } from "./types.ts";
import { fillTyping } from "./typing/index.ts";
import { fillFuture } from "./future.ts";
import { fillLive } from "./live.ts";
import { fillEnum } from "./enum/index.ts";
import { fillBisect } from "./bisect.ts";
import { fillCmath } from "./cmath.ts";
import { fillDatetime } from "./datetime/index.ts";
import { fillDecimal } from "./decimal/index.ts";
import { fillFractions, fillFractionTools } from "./fractions.ts";
import { fillMath } from "./math.ts";
import { fillRandom } from "./random.ts";
import { fillTime } from "./time.ts";
import { fillAbstractCollections, fillCollections, fillWrappers } from "./collections/index.ts";
import { fillFunctools, fillMore } from "./functools/index.ts";
import { fillHost } from "./host.ts";
import { fillHeapq } from "./heapq.ts";
import { fillItertools } from "./itertools/index.ts";
import { fillSys } from "./sys.ts";
import { fillOperator } from "./operator.ts";
import { fillJson, fillJsonDecoder, fillJsonEncoder } from "./json/index.ts";
import { fillEntities, fillHtml } from "./html/index.ts";
import { fillStringHelpers } from "./_string.ts";
import { fillRe } from "./re/index.ts";
import { fillBase64 } from "./base64.ts";
import { fillBinascii } from "./binascii.ts";
import { fillHashlib } from "./hashlib.ts";
import { fillStruct } from "./struct.ts";
import { fillUnicodedata } from "./unicodedata.ts";
import { fillZlib } from "./zlib.ts";
import { fillZones } from "./zones.ts";
import { PRIVATE } from "./private.ts";
import { WRITTEN } from "./texts.ts";

export const nativeModules: Readonly<Record<string, ((module: PyModule) => void) | undefined>> = {
  ...CONTROL,
  __future__: fillFuture,
  _host: fillHost,
  _live: fillLive,
  _ast_tree: fillAstTree,
  abc: fillAbc,
  array: fillArray,
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
  datetime: fillDatetime,
  decimal: fillDecimal,
  _fractions: fillFractionTools,
  fractions: fillFractions,
  math: fillMath,
  random: fillRandom,
  time: fillTime,
  "collections.abc": fillAbstractCollections,
  collections: fillCollections,
  functools: fillFunctools,
  heapq: fillHeapq,
  itertools: fillItertools,
  sys: fillSys,
  operator: fillOperator,
  json: fillJson,
  "json.decoder": fillJsonDecoder,
  "json.encoder": fillJsonEncoder,
  re: fillRe,
  _string: fillStringHelpers,
  html: fillHtml,
  "html.entities": fillEntities,
  base64: fillBase64,
  binascii: fillBinascii,
  hashlib: fillHashlib,
  struct: fillStruct,
  unicodedata: fillUnicodedata,
  zlib: fillZlib,
  _zones: fillZones,
  ...WRITTEN,
  ...PRIVATE,
};
