/** `base64`. */
import { fault } from "../fault.ts";
import { bufferOf, PyBytes } from "../objects/bytes.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { type Native, signed } from "../objects/signature.ts";
import { size } from "../operations/arguments.ts";
import { fromLatin, latin, requireBytes } from "../operations/bytes.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import * as codecs from "../numeric/codecs.ts";
import { asciiBytes, binasciiError } from "./binascii.ts";
import { raisingAs } from "./errors.ts";
import { functions } from "./native.ts";

const flag = (value: Value | undefined): boolean => value !== undefined && truth(value);
const bytes = (data: Uint8Array): PyBytes => new PyBytes(data);

/** The two letters that stand for + and /. */
function letters(value: Value): string {
  const text = latin(asciiBytes(value));
  if (text.length !== 2) fault("AssertionError", bytes(fromLatin(text)));
  return text;
}

const encode = signed("s, altchars=None", (data: Value, alternative?: Value) =>
  bytes(
    alternative === undefined || alternative === None
      ? codecs.encodeBase64(requireBytes(data))
      : codecs.encodeBase64(requireBytes(data), letters(alternative)),
  ),
);
const decode = signed(
  "s, altchars=None, validate=False",
  raisingAs(binasciiError, (data: Value, alternative?: Value, validate?: Value) => {
    const source = asciiBytes(data);
    const pair = alternative === undefined || alternative === None ? "+/" : letters(alternative);
    if (flag(validate)) {
      const [plus, slash] = pair;
      const text = latin(source).replaceAll(plus!, "+").replaceAll(slash!, "/");
      return bytes(codecs.decodeBase64(fromLatin(text), true));
    }
    return bytes(codecs.decodeBase64(source, false, pair));
  }),
);

/** `encodebytes`: 57 bytes a line. */
function lines(data: Value): Value {
  const source = bufferOf(data);
  if (source === undefined) {
    fault("TypeError", `expected bytes-like object, not ${typeName(data)}`);
  }
  let text = "";
  for (let at = 0; at < source.length; at += 57) {
    text += `${latin(codecs.encodeBase64(source.subarray(at, at + 57)))}\n`;
  }
  return bytes(fromLatin(text));
}

const thirtyTwo = (hex: boolean): Native =>
  raisingAs(binasciiError, (data: Value, fold?: Value, map01?: Value) => {
    const letter = map01 === undefined || map01 === None ? undefined : latin(asciiBytes(map01));
    return bytes(codecs.decodeBase32(asciiBytes(data), flag(fold), hex, letter));
  });

export function fillBase64(module: PyModule): void {
  functions(module, {
    b64encode: encode,
    b64decode: decode,
    standard_b64encode: (data: Value) => bytes(codecs.encodeBase64(requireBytes(data))),
    standard_b64decode: raisingAs(binasciiError, (data: Value) =>
      bytes(codecs.decodeBase64(asciiBytes(data))),
    ),
    urlsafe_b64encode: (data: Value) => bytes(codecs.encodeBase64(requireBytes(data), "-_")),
    urlsafe_b64decode: raisingAs(binasciiError, (data: Value) =>
      bytes(
        codecs.decodeBase64(
          fromLatin(latin(asciiBytes(data)).replaceAll("-", "+").replaceAll("_", "/")),
        ),
      ),
    ),
    encodebytes: lines,
    decodebytes: raisingAs(binasciiError, (data: Value) =>
      bytes(codecs.decodeBase64(requireBytes(data))),
    ),
    b32encode: (data: Value) => bytes(codecs.encodeBase32(requireBytes(data))),
    b32decode: signed("s, casefold=False, map01=None", thirtyTwo(false)),
    b32hexencode: (data: Value) => bytes(codecs.encodeBase32(requireBytes(data), true)),
    b32hexdecode: signed("s, casefold=False", thirtyTwo(true)),
    b16encode: (data: Value) => bytes(fromLatin(codecs.hexlify(requireBytes(data)).toUpperCase())),
    b16decode: signed(
      "s, casefold=False",
      raisingAs(binasciiError, (data: Value, fold?: Value) =>
        bytes(codecs.decodeBase16(asciiBytes(data), flag(fold))),
      ),
    ),
    b85encode: signed("b, pad=False", (data: Value, pad?: Value) =>
      bytes(codecs.encodeBase85(requireBytes(data), flag(pad))),
    ),
    b85decode: (data: Value) => bytes(codecs.decodeBase85(asciiBytes(data))),
    a85encode: signed(
      "b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False",
      (data: Value, fold?: Value, wrap?: Value, pad?: Value, adobe?: Value) =>
        bytes(
          codecs.encodeAscii85(requireBytes(data), {
            foldspaces: flag(fold),
            wrapcol: size(wrap, 0),
            pad: flag(pad),
            adobe: flag(adobe),
          }),
        ),
    ),
    a85decode: signed(
      "b, *, foldspaces=False, adobe=False, ignorechars=b' \\t\\n\\r\\x0b'",
      (data: Value, fold?: Value, adobe?: Value, ignored?: Value) =>
        bytes(
          ignored === undefined
            ? codecs.decodeAscii85(asciiBytes(data), flag(fold), flag(adobe))
            : codecs.decodeAscii85(
                asciiBytes(data),
                flag(fold),
                flag(adobe),
                requireBytes(ignored),
              ),
        ),
    ),
  });
}
