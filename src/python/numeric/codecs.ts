/** Bytes as text and back: base64, base32, base16 and the two base85s, hexadecimal. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { LibraryFault } from "./library-fault.ts";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BASE64 = `${UPPER}${UPPER.toLowerCase()}0123456789+/`;
const BASE32 = `${UPPER}234567`;
const BASE32HEX = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
const BASE85 = `0123456789${UPPER}${UPPER.toLowerCase()}!#$%&()*+-;<=>?@^_\`{|}~`;

function malformed(message: string): never {
  throw new LibraryFault("binascii.Error", message);
}

function charge(bytes: Uint8Array): void {
  spend(bytes.length);
  allocate(bytes.length * 2);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

const tables = new Map<string, Int16Array>();

/** The value of each byte in an alphabet, -1 for others. */
function values(alphabet: string): Int16Array {
  let table = tables.get(alphabet);
  if (table === undefined) {
    table = new Int16Array(256).fill(-1);
    for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
    tables.set(alphabet, table);
  }
  return table;
}

/** Groups of bits as letters, padded to whole blocks. */
function spell(bytes: Uint8Array, alphabet: string, width: number, block: number): Uint8Array {
  charge(bytes);
  const letters = Math.ceil((bytes.length * 8) / width);
  const out = new Uint8Array(Math.ceil(letters / block) * block).fill(61);
  let [held, bits, at] = [0, 0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    for (bits += 8; bits >= width; bits -= width) {
      out[at++] = alphabet.charCodeAt((held >> (bits - width)) & ((1 << width) - 1));
    }
  }
  if (bits > 0) out[at] = alphabet.charCodeAt((held << (width - bits)) & ((1 << width) - 1));
  return out;
}

/** binascii.b2a_base64 without its newline; `alternative` are the letters for + and /. */
export function encodeBase64(bytes: Uint8Array, alternative = "+/"): Uint8Array {
  return spell(bytes, BASE64.slice(0, 62) + alternative, 6, 4);
}

/** binascii.a2b_base64: letters outside of the alphabet are passed over, unless it is strict. */
export function decodeBase64(bytes: Uint8Array, strict = false, alternative = "+/"): Uint8Array {
  charge(bytes);
  const table = values(BASE64.slice(0, 62) + alternative);
  const out: number[] = [];
  let [place, left, pads] = [0, 0, 0];
  let padded = false;
  if (strict && bytes[0] === 61) malformed("Leading padding not allowed");
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === 61) {
      padded = true;
      if (place >= 2 && place + ++pads >= 4) {
        if (strict && i + 1 < bytes.length) malformed("Excess data after padding");
        return Uint8Array.from(out);
      }
      continue;
    }
    const value = table[byte]!;
    if (value < 0) {
      if (strict) malformed("Only base64 data is allowed");
      continue;
    }
    if (strict && padded) malformed("Discontinuous padding not allowed");
    pads = 0;
    if (place > 0) out.push(((left << (place * 2)) | (value >> (6 - place * 2))) & 255);
    left = value & ((1 << (6 - place * 2)) - 1);
    place = (place + 1) % 4;
  }
  if (place === 1) {
    const count = Math.floor(out.length / 3) * 4 + 1;
    malformed(
      `Invalid base64-encoded string: number of data characters (${count}) cannot be 1 more than a multiple of 4`,
    );
  }
  if (place !== 0) malformed("Incorrect padding");
  return Uint8Array.from(out);
}

/** base64.b32encode, or b32hexencode. */
export function encodeBase32(bytes: Uint8Array, hex = false): Uint8Array {
  return spell(bytes, hex ? BASE32HEX : BASE32, 5, 8);
}

/** base64.b32decode, or b32hexdecode; `map01` is the letter that 1 stands for. */
export function decodeBase32(
  bytes: Uint8Array,
  casefold = false,
  hex = false,
  map01?: string,
): Uint8Array {
  charge(bytes);
  if (bytes.length % 8 !== 0) malformed("Incorrect padding");
  const table = values(hex ? BASE32HEX : BASE32);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 61) end--;
  const pads = bytes.length - end;
  const out: number[] = [];
  let [held, bits] = [0, 0];
  for (let i = 0; i < end; i++) {
    let byte = bytes[i]!;
    if (map01 !== undefined && byte === 48) byte = 79;
    else if (map01 !== undefined && byte === 49) byte = map01.charCodeAt(0);
    if (casefold && byte >= 97 && byte <= 122) byte -= 32;
    const value = table[byte]!;
    if (value < 0) malformed("Non-base32 digit found");
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) out.push((held >> (bits -= 8)) & 255);
  }
  if (![0, 1, 3, 4, 6].includes(pads)) malformed("Incorrect padding");
  return Uint8Array.from(out);
}

/** binascii.hexlify, with a separator every `each` bytes, from the end where that is positive. */
export function hexlify(bytes: Uint8Array, separator = "", each = 1): string {
  charge(bytes);
  if (separator === "" || each === 0) return bytes.toHex();
  const size = Math.abs(each);
  const parts: string[] = [];
  let at = each > 0 ? bytes.length % size || size : size;
  parts.push(bytes.subarray(0, at).toHex());
  for (; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size).toHex());
  return parts.join(separator);
}

/** binascii.unhexlify. */
export function unhexlify(bytes: Uint8Array): Uint8Array {
  charge(bytes);
  if (bytes.length % 2 !== 0) malformed("Odd-length string");
  const table = values("0123456789abcdef");
  const digit = (byte: number): number => {
    const value = table[byte >= 65 && byte <= 70 ? byte + 32 : byte]!;
    return value < 0 ? malformed("Non-hexadecimal digit found") : value;
  };
  return Uint8Array.from(
    { length: bytes.length / 2 },
    (_, i) => digit(bytes[2 * i]!) * 16 + digit(bytes[2 * i + 1]!),
  );
}

/** base64.b16decode. */
export function decodeBase16(bytes: Uint8Array, casefold = false): Uint8Array {
  charge(bytes);
  const table = values(casefold ? "0123456789ABCDEFabcdef" : "0123456789ABCDEF");
  if (bytes.some((byte) => table[byte]! < 0)) malformed("Non-base16 digit found");
  return unhexlify(bytes);
}

/** Words of four bytes as five letters; `short` are one-letter words, by value. */
function spell85(
  bytes: Uint8Array,
  letter: (digit: number) => string,
  pad: boolean,
  short: Map<number, string>,
): string {
  charge(bytes);
  const missing = (4 - (bytes.length % 4)) % 4;
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 4) {
    const byte = (at: number): number => bytes[i + at] ?? 0;
    const word = byte(0) * 0x1000000 + ((byte(1) << 16) | (byte(2) << 8) | byte(3));
    let text = "";
    for (let rest = word, k = 0; k < 5; k++, rest = Math.floor(rest / 85)) {
      text = letter(rest % 85) + text;
    }
    const last = i + 4 > bytes.length;
    parts.push(last && !pad ? text.slice(0, 5 - missing) : (short.get(word) ?? text));
  }
  return parts.join("");
}

/** base64.b85encode. */
export function encodeBase85(bytes: Uint8Array, pad = false): Uint8Array {
  return ascii(spell85(bytes, (digit) => BASE85.charAt(digit), pad, new Map()));
}

/** base64.b85decode. */
export function decodeBase85(bytes: Uint8Array): Uint8Array {
  charge(bytes);
  const table = values(BASE85);
  const missing = (5 - (bytes.length % 5)) % 5;
  const out = new Uint8Array(Math.ceil(bytes.length / 5) * 4);
  for (let i = 0; i < bytes.length; i += 5) {
    let word = 0;
    for (let j = i; j < i + 5; j++) {
      const value = j < bytes.length ? table[bytes[j]!]! : 84;
      if (value < 0) fault("ValueError", `bad base85 character at position ${j}`);
      word = word * 85 + value;
    }
    if (word > 0xffffffff) fault("ValueError", `base85 overflow in hunk starting at byte ${i}`);
    new DataView(out.buffer).setUint32((i / 5) * 4, word);
  }
  return out.slice(0, out.length - missing);
}

/** base64.a85encode's options. */
export interface Ascii85Options {
  foldspaces?: boolean;
  wrapcol?: number;
  pad?: boolean;
  adobe?: boolean;
}

/** base64.a85encode. */
export function encodeAscii85(bytes: Uint8Array, options: Ascii85Options = {}): Uint8Array {
  const short = new Map([[0, "z"]]);
  if (options.foldspaces) short.set(0x20202020, "y");
  const letter = (digit: number): string => String.fromCharCode(33 + digit);
  let text = spell85(bytes, letter, options.pad ?? false, short);
  if (options.adobe) text = `<~${text}`;
  const wrap = options.wrapcol ?? 0;
  if (wrap > 0) {
    const column = Math.max(options.adobe ? 2 : 1, wrap);
    const lines: string[] = [];
    for (let i = 0; i < text.length; i += column) lines.push(text.slice(i, i + column));
    if (options.adobe && (lines.at(-1) ?? "").length + 2 > column) lines.push("");
    text = lines.join("\n");
  }
  return ascii(options.adobe ? `${text}~>` : text);
}

/** base64.a85decode; `ignored` are bytes to pass over. */
export function decodeAscii85(
  bytes: Uint8Array,
  foldspaces = false,
  adobe = false,
  ignored: Uint8Array = ascii(" \t\n\r\v"),
): Uint8Array {
  charge(bytes);
  let body = bytes;
  if (adobe) {
    if (body.at(-2) !== 126 || body.at(-1) !== 62) {
      fault("ValueError", "Ascii85 encoded byte sequences must end with b'~>'");
    }
    body = body.subarray(body[0] === 60 && body[1] === 126 ? 2 : 0, -2);
  }
  const out: number[] = [];
  let word = 0;
  let count = 0;
  const push = (value: number): void => {
    out.push(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
  };
  const digit = (value: number): void => {
    word = word * 85 + value;
    if (++count < 5) return;
    if (word > 0xffffffff) fault("ValueError", "Ascii85 overflow");
    push(word);
    word = count = 0;
  };
  for (const byte of body) {
    if (byte >= 33 && byte <= 117) digit(byte - 33);
    else if (byte === 122 || (foldspaces && byte === 121)) {
      const name = byte === 122 ? "z" : "y";
      if (count > 0) fault("ValueError", `${name} inside Ascii85 5-tuple`);
      push(byte === 122 ? 0 : 0x20202020);
    } else if (!ignored.includes(byte)) {
      fault("ValueError", `Non-Ascii85 digit found: ${String.fromCharCode(byte)}`);
    }
  }
  const missing = (5 - count) % 5;
  if (count > 0) for (let i = 0; i < missing; i++) digit(84);
  return Uint8Array.from(count === 0 && missing > 0 ? out.slice(0, out.length - missing) : out);
}
