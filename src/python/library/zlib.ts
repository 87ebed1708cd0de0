/** `zlib`: the checksums. */
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { requireBytes } from "../operations/bytes.ts";
import { requireIndex } from "../operations/subscript.ts";
import { adler32, crc32 } from "../numeric/digests.ts";
import { errorClass } from "./errors.ts";
import { functions } from "./native.ts";

const zlibError = errorClass("zlib", "error", "Exception");

export function fillZlib(module: PyModule): void {
  functions(module, {
    crc32: signed("data, value=0, /", (data: Value, start?: Value) =>
      crc32(requireBytes(data), start === undefined ? 0 : Number(requireIndex(start))),
    ),
    adler32: signed("data, value=1, /", (data: Value, start?: Value) =>
      adler32(requireBytes(data), start === undefined ? 1 : Number(requireIndex(start))),
    ),
  });
  module.set("error", zlibError);
}
