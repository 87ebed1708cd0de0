/** `binascii`. */
import { fault } from "../fault.ts";
import { bufferOf, PyBytes } from "../objects/bytes.ts";
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { type Native, signed, type Signed } from "../objects/signature.ts";
import type { PyType } from "../objects/type.ts";
import { size } from "../operations/arguments.ts";
import { fromLatin, latin, requireBytes } from "../operations/bytes.ts";
import { textOf } from "../operations/repr.ts";
import { requireIndex } from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { decodeBase64, encodeBase64, hexlify, unhexlify } from "../numeric/codecs.ts";
import { crc32, crcHqx } from "../numeric/digests.ts";
import { errorClass, raisingAs } from "./errors.ts";
import { functions } from "./native.ts";

export const binasciiError: PyType = errorClass("binascii", "Error", "ValueError");
const incomplete = errorClass("binascii", "Incomplete", "Exception");

/** Bytes, or a str of ASCII, as the decoders take them. */
export function asciiBytes(value: Value): Uint8Array {
  const text = textOf(value);
  if (text === undefined) {
    return (
      bufferOf(value) ??
      fault(
        "TypeError",
        `argument should be bytes, buffer or ASCII string, not '${typeName(value)}'`,
      )
    );
  }
  if (typeof text !== "string" || /[^\0-\x7f]/.test(text)) {
    fault("ValueError", "string argument should contain only ASCII characters");
  }
  return fromLatin(text);
}

const hex: Signed = signed(
  "data, sep=None, bytes_per_sep=1",
  (data: Value, separator?: Value, each?: Value) => {
    const bytes = requireBytes(data);
    if (separator === undefined) return new PyBytes(fromLatin(hexlify(bytes)));
    const text = textOf(separator) ?? latin(requireBytes(separator));
    if (String(text).length !== 1) fault("ValueError", "sep must be length 1.");
    return new PyBytes(fromLatin(hexlify(bytes, String(text), size(each, 1))));
  },
);
const unhex: Native = raisingAs(
  binasciiError,
  (data: Value) => new PyBytes(unhexlify(asciiBytes(data))),
);

const checksum: Signed = signed("data, crc=0, /", (data: Value, start?: Value) =>
  crc32(requireBytes(data), start === undefined ? 0 : Number(requireIndex(start))),
);

export function fillBinascii(module: PyModule): void {
  functions(module, {
    hexlify: hex,
    b2a_hex: hex,
    unhexlify: unhex,
    a2b_hex: unhex,
    b2a_base64: signed("data, /, *, newline=True", (data: Value, newline?: Value) => {
      const text = latin(encodeBase64(requireBytes(data)));
      return new PyBytes(fromLatin(newline === undefined || truth(newline) ? `${text}\n` : text));
    }),
    a2b_base64: signed(
      "data, /, *, strict_mode=False",
      raisingAs(
        binasciiError,
        (data: Value, strict?: Value) =>
          new PyBytes(decodeBase64(asciiBytes(data), strict !== undefined && truth(strict))),
      ),
    ),
    crc32: checksum,
    crc_hqx: (data: Value, start: Value) => crcHqx(requireBytes(data), Number(requireIndex(start))),
  });
  module.set("Error", binasciiError);
  module.set("Incomplete", incomplete);
}
