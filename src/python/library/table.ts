/** The modules that programs can import, by name; each fills its namespace when it is first imported. */
import { fillBuiltins } from "../builtins/index.ts";
import type { PyModule } from "../objects/module.ts";
import { fillCmath } from "./cmath.ts";
import { fillJson, fillJsonDecoder, fillJsonEncoder } from "./json/index.ts";
import { fillMath } from "./math.ts";
import { fillRe } from "./re/index.ts";
import { fillBase64 } from "./base64.ts";
import { fillBinascii } from "./binascii.ts";
import { fillHashlib } from "./hashlib.ts";
import { fillStruct } from "./struct.ts";
import { fillUnicodedata } from "./unicodedata.ts";
import { fillZlib } from "./zlib.ts";

export const nativeModules: Readonly<Record<string, ((module: PyModule) => void) | undefined>> = {
  builtins: fillBuiltins,
  cmath: fillCmath,
  json: fillJson,
  "json.decoder": fillJsonDecoder,
  "json.encoder": fillJsonEncoder,
  math: fillMath,
  re: fillRe,
  base64: fillBase64,
  binascii: fillBinascii,
  hashlib: fillHashlib,
  struct: fillStruct,
  unicodedata: fillUnicodedata,
  zlib: fillZlib,
};
