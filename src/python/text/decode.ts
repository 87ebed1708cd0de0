/** `bytes.decode`: UTF-8, -16 and -32, ASCII, Latin-1 and its kin, with CPython's error handlers. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { charmapTable, UNDEFINED } from "./charmaps.ts";
import { decodeEscapes, type Repair } from "./escape-codecs.ts";
import { checkHandler, type Codec, codecOf, handlerFault, MARK } from "./codecs.ts";
import { escapePoint } from "./quote.ts";
import { fromJs, fromPoints, room, type Str } from "./wide.ts";

const REPLACEMENT = 0xfffd;

/** `bytes.decode(encoding, errors)`. */
export function decode(bytes: Uint8Array, encoding = "utf-8", errors = "strict"): Str {
  const codec = codecOf(encoding);
  const size = bytes.length;
  room(size);
  if (codec.kind === "latin-1") return latin(bytes);
  if (codec.kind === "ascii" || codec.kind === "utf-8") {
    const text = quick(bytes, codec);
    if (text !== undefined) return text;
  }
  spend(size * 2);
  allocate(size * 4);
  const points: number[] = [];
  if (codec.kind === "ascii") {
    const repair = repairer(bytes, points, codec, codec.name, errors, encoding);
    for (let at = 0; at < size;) {
      if (bytes[at]! < 128) points.push(bytes[at++]!);
      else at = repair(at, at + 1, "ordinal not in range(128)");
    }
  } else if (codec.kind === "utf-8") {
    const repair = repairer(bytes, points, codec, "utf-8", errors, encoding);
    decodeUtf8(bytes, codec.mark === true && hasMark(bytes) ? 3 : 0, points, repair);
  } else if (codec.kind === "charmap") {
    const table = charmapTable(codec.table!);
    const repair = repairer(bytes, points, codec, "charmap", errors, encoding);
    for (let at = 0; at < size;) {
      const point = table[bytes[at]!]!;
      if (point === UNDEFINED) at = repair(at, at + 1, "character maps to <undefined>");
      else {
        points.push(point);
        at++;
      }
    }
  } else if (codec.kind === "escape" || codec.kind === "raw-escape") {
    const repair = repairer(bytes, points, codec, codec.name, errors, encoding);
    decodeEscapes(bytes, codec.kind === "raw-escape", points, repair);
  } else decodeWide(bytes, codec, points, errors, encoding);
  return fromPoints(points);
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** One unit a byte. */
function latin(bytes: Uint8Array): string {
  if (bytes.length <= 256) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  const { buffer, byteOffset, length } = bytes;
  return Buffer.from(buffer, byteOffset, length).toString("latin1");
}

/** The text where no byte is wrong. */
function quick(bytes: Uint8Array, codec: Codec): Str | undefined {
  let ascii = true;
  for (let i = 0; ascii && i < bytes.length; i++) if (bytes[i]! > 127) ascii = false;
  if (ascii) return latin(bytes);
  if (codec.kind === "ascii") return undefined;
  try {
    const body = codec.mark === true && hasMark(bytes) ? bytes.subarray(3) : bytes;
    return fromJs(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    return undefined;
  }
}

function repairer(
  bytes: Uint8Array,
  points: number[],
  codec: Codec,
  name: string,
  errors: string,
  encoding: string,
): Repair {
  return (start, end, reason) => {
    checkHandler(errors, "decoding", encoding);
    if (errors === "ignore") return end;
    if (errors === "replace") {
      points.push(REPLACEMENT);
      return end;
    }
    if (errors === "backslashreplace") {
      for (let i = start; i < end; i++) {
        for (const char of escapePoint(bytes[i]!)) points.push(char.charCodeAt(0));
      }
      return end;
    }
    if (errors === "surrogateescape") {
      let at = start;
      while (at < Math.min(end, start + 4) && bytes[at]! > 127) points.push(0xdc00 + bytes[at++]!);
      if (at > start) return at;
    }
    if (errors === "surrogatepass") {
      const passed = surrogateAt(bytes, start, codec);
      if (passed !== undefined) {
        points.push(passed);
        return start + (codec.kind === "utf-8" ? 3 : codec.kind === "utf-16" ? 2 : 4);
      }
    }
    if (errors === "xmlcharrefreplace" || errors === "namereplace") {
      const message = "don't know how to handle UnicodeDecodeError in error callback";
      handlerFault("TypeError", message, "decoding", encoding);
    }
    return fault("UnicodeDecodeError", name, bytes, start, end, reason);
  };
}

/** The surrogate that is written at a place, or `undefined`. */
function surrogateAt(bytes: Uint8Array, at: number, codec: Codec): number | undefined {
  const { kind, bigEndian = false } = codec;
  let point: number;
  if (kind === "utf-8") {
    if (at + 3 > bytes.length || bytes[at] !== 0xed) return undefined;
    if ((bytes[at + 1]! & 0xc0) !== 0x80 || (bytes[at + 2]! & 0xc0) !== 0x80) return undefined;
    point = 0xd000 | ((bytes[at + 1]! & 63) << 6) | (bytes[at + 2]! & 63);
  } else if (kind === "utf-16" || kind === "utf-32") {
    const width = kind === "utf-16" ? 2 : 4;
    if (at + width > bytes.length) return undefined;
    point = numberAt(bytes, at, width, bigEndian);
  } else return undefined;
  return point >= 0xd800 && point <= 0xdfff ? point : undefined;
}

function decodeUtf8(bytes: Uint8Array, start: number, points: number[], repair: Repair): void {
  const size = bytes.length;
  for (let at = start; at < size;) {
    const first = bytes[at]!;
    if (first < 128) {
      points.push(first);
      at++;
      continue;
    }
    if (first < 0xc2 || first > 0xf4) {
      at = repair(at, at + 1, "invalid start byte");
      continue;
    }
    const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    let point = first & (0x7f >> width);
    let read = 1;
    for (; read < width && at + read < size; read++) {
      const byte = bytes[at + read]!;
      // Overlong forms, surrogates and what lies beyond U+10FFFF end here.
      const low = read > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
      const high = read > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
      if (byte < low || byte > high) break;
      point = (point << 6) | (byte & 63);
    }
    if (read === width) {
      points.push(point);
      at += width;
    } else if (at + read >= size) at = repair(at, size, "unexpected end of data");
    else at = repair(at, at + read, "invalid continuation byte");
  }
}

function numberAt(bytes: Uint8Array, at: number, width: number, bigEndian: boolean): number {
  let value = 0;
  for (let i = 0; i < width; i++) {
    value = value * 256 + bytes[bigEndian ? at + i : at + width - 1 - i]!;
  }
  return value;
}

function decodeWide(
  bytes: Uint8Array,
  codec: Codec,
  points: number[],
  errors: string,
  encoding: string,
): void {
  const width = codec.kind === "utf-16" ? 2 : 4;
  const size = bytes.length;
  let { bigEndian = false } = codec;
  let at = 0;
  if (codec.mark === true && size >= width) {
    const isLittle = numberAt(bytes, 0, width, false) === MARK;
    bigEndian = numberAt(bytes, 0, width, true) === MARK;
    if (isLittle || bigEndian) at = width;
  }
  const name = `${codec.kind}-${bigEndian ? "be" : "le"}`;
  const repair = repairer(bytes, points, { ...codec, bigEndian }, name, errors, encoding);
  while (at < size) {
    if (at + width > size) {
      at = repair(at, size, "truncated data");
      continue;
    }
    const point = numberAt(bytes, at, width, bigEndian);
    const isSurrogate = point >= 0xd800 && point <= 0xdfff;
    if (point > 0x10ffff) at = repair(at, at + 4, "code point not in range(0x110000)");
    else if (!isSurrogate) {
      points.push(point);
      at += width;
    } else if (width === 4) {
      at = repair(at, at + 4, "code point in surrogate code point range(0xd800, 0xe000)");
    } else if (point >= 0xdc00) at = repair(at, at + 2, "illegal encoding");
    else if (at + 4 > size) at = repair(at, size, "unexpected end of data");
    else {
      const low = numberAt(bytes, at + 2, 2, bigEndian);
      if (low < 0xdc00 || low > 0xdfff) at = repair(at, at + 2, "illegal UTF-16 surrogate");
      else {
        points.push(0x10000 + ((point & 0x3ff) << 10) + (low & 0x3ff));
        at += 4;
      }
    }
  }
}
