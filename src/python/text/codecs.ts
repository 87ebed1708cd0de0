/** `str.encode` and `bytes.decode`: UTF-8, -16 and -32, ASCII and Latin-1, with CPython's error handlers. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { nameOf } from "./names.ts";
import { escapePoint } from "./quote.ts";
import { fromJs, fromPoints, room, type Str, sizeOf, toPoints } from "./wide.ts";

/** A codec by the name that its errors show. */
interface Codec {
  name: string;
  kind: "utf-8" | "utf-16" | "utf-32" | "ascii" | "latin-1";
  bigEndian?: boolean;
  /** Written in front; when read, it says the order of bytes. */
  mark?: boolean;
}

const KINDS: Readonly<Record<string, Codec>> = {
  "utf-8": { name: "utf-8", kind: "utf-8" },
  "utf-8-sig": { name: "utf-8-sig", kind: "utf-8", mark: true },
  "utf-16": { name: "utf-16", kind: "utf-16", mark: true },
  "utf-16-le": { name: "utf-16-le", kind: "utf-16" },
  "utf-16-be": { name: "utf-16-be", kind: "utf-16", bigEndian: true },
  "utf-32": { name: "utf-32", kind: "utf-32", mark: true },
  "utf-32-le": { name: "utf-32-le", kind: "utf-32" },
  "utf-32-be": { name: "utf-32-be", kind: "utf-32", bigEndian: true },
  ascii: { name: "ascii", kind: "ascii" },
  "latin-1": { name: "latin-1", kind: "latin-1" },
};
const ALIASES: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  u8: "utf-8",
  utf: "utf-8",
  cp65001: "utf-8",
  utf16: "utf-16",
  u16: "utf-16",
  utf_16le: "utf-16-le",
  utf_16be: "utf-16-be",
  utf32: "utf-32",
  u32: "utf-32",
  utf_32le: "utf-32-le",
  utf_32be: "utf-32-be",
  "646": "ascii",
  us_ascii: "ascii",
  us: "ascii",
  cp367: "ascii",
  iso646_us: "ascii",
  latin_1: "latin-1",
  latin1: "latin-1",
  latin: "latin-1",
  l1: "latin-1",
  iso_8859_1: "latin-1",
  iso8859_1: "latin-1",
  iso8859: "latin-1",
  "8859": "latin-1",
  cp819: "latin-1",
};

const HANDLERS = new Set([
  "strict",
  "ignore",
  "replace",
  "backslashreplace",
  "surrogateescape",
  "surrogatepass",
  "xmlcharrefreplace",
  "namereplace",
]);
const SURROGATES = "surrogates not allowed";
const REPLACEMENT = 0xfffd;
const MARK = 0xfeff;

/** The codec of a name in any spelling; `LookupError` where there is none. */
function codecOf(encoding: string): Codec {
  const name = codecName(encoding) ?? fault("LookupError", `unknown encoding: ${encoding}`);
  return KINDS[name]!;
}

/** The name of a codec as errors show it, or `undefined` where there is none. */
function codecName(encoding: string): string | undefined {
  const name = spelling(encoding);
  const key = Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name.replaceAll("_", "-");
  return Object.hasOwn(KINDS, key) ? key : undefined;
}

/** Codecs that CPython asks without its registry, whose errors get no second message. */
const DIRECT = /^(?:utf_?(?:8|16|32)|ascii|us_ascii|latin_?1|iso_?8859_1)$/;

/** Raises what an error handler raised, as the registry of codecs passes it on. */
function handlerFault(
  type: "LookupError" | "TypeError",
  message: string,
  verb: "encoding" | "decoding",
  encoding: string,
): never {
  if (DIRECT.test(spelling(encoding))) return fault(type, message);
  return fault(type, `${verb} with '${encoding}' codec failed (${type}: ${message})`);
}

function checkHandler(errors: string, verb: "encoding" | "decoding", encoding: string): void {
  if (HANDLERS.has(errors)) return;
  handlerFault("LookupError", `unknown error handler name '${errors}'`, verb, encoding);
}

function spelling(encoding: string): string {
  return encoding.toLowerCase().replaceAll(/[^a-z0-9.]+/g, "_");
}

/** Bytes that grow. */
class Output {
  bytes: Uint8Array;
  size = 0;

  constructor(size: number) {
    allocate(size);
    this.bytes = new Uint8Array(size);
  }

  /** Makes place for more. */
  reserve(more: number): void {
    if (this.size + more <= this.bytes.length) return;
    const size = Math.max(this.bytes.length * 2, this.size + more + 64);
    allocate(size - this.bytes.length);
    const bytes = new Uint8Array(size);
    bytes.set(this.bytes);
    this.bytes = bytes;
  }

  push(byte: number): void {
    if (this.size === this.bytes.length) this.reserve(1);
    this.bytes[this.size++] = byte;
  }

  done(): Uint8Array {
    return this.size === this.bytes.length ? this.bytes : this.bytes.slice(0, this.size);
  }
}

let encoder: TextEncoder | undefined;

/** `text.encode(encoding, errors)`. */
export function encode(text: Str, encoding = "utf-8", errors = "strict"): Uint8Array {
  const codec = codecOf(encoding);
  const size = sizeOf(text);
  room(size);
  if (typeof text === "string" && codec.kind !== "utf-16" && codec.kind !== "utf-32") {
    const ascii = !/[^\0-\x7f]/.test(text);
    if (ascii || codec.kind === "utf-8") {
      if (!ascii) allocate(size);
      const bytes = (encoder ??= new TextEncoder()).encode(text);
      if (codec.mark !== true) return bytes;
      const marked = new Uint8Array(bytes.length + 3);
      marked.set([0xef, 0xbb, 0xbf]);
      marked.set(bytes, 3);
      return marked;
    }
  }
  spend(size * 2);
  const points = toPoints(text);
  const wide = codec.kind === "utf-16" ? 2 : codec.kind === "utf-32" ? 4 : 1;
  const out = new Output(size * wide + 4);
  if (codec.mark === true) put(out, MARK, codec);
  for (let at = 0; at < size;) {
    if (isEncodable(points[at]!, codec)) {
      put(out, points[at++]!, codec);
      continue;
    }
    let end = at + 1;
    if (wide === 1) while (end < size && !isEncodable(points[end]!, codec)) end++;
    checkHandler(errors, "encoding", encoding);
    replaceUnencodable(out, text, points, at, end, codec, errors);
    at = end;
  }
  return out.done();
}

function isEncodable(point: number, { kind }: Codec): boolean {
  if (kind === "ascii") return point < 128;
  if (kind === "latin-1") return point < 256;
  return point < 0xd800 || point > 0xdfff;
}

/** Writes a code point; also a surrogate, where a handler lets it pass. */
function put(out: Output, point: number, { kind, bigEndian = false }: Codec): void {
  out.reserve(4);
  if (kind === "utf-8" && point > 127) {
    if (point < 0x800) out.push(0xc0 | (point >> 6));
    else {
      if (point < 0x10000) out.push(0xe0 | (point >> 12));
      else {
        out.push(0xf0 | (point >> 18));
        out.push(0x80 | ((point >> 12) & 63));
      }
      out.push(0x80 | ((point >> 6) & 63));
    }
    out.push(0x80 | (point & 63));
  } else if (kind === "utf-16") {
    if (point > 0xffff) {
      putUnit(out, 0xd7c0 + (point >> 10), bigEndian);
      putUnit(out, 0xdc00 | (point & 0x3ff), bigEndian);
    } else putUnit(out, point, bigEndian);
  } else if (kind === "utf-32") {
    putUnit(out, bigEndian ? point >>> 16 : point & 0xffff, bigEndian);
    putUnit(out, bigEndian ? point & 0xffff : point >>> 16, bigEndian);
  } else out.push(point);
}

function putUnit(out: Output, unit: number, bigEndian: boolean): void {
  out.push(bigEndian ? unit >> 8 : unit & 255);
  out.push(bigEndian ? unit & 255 : unit >> 8);
}

function replaceUnencodable(
  out: Output,
  text: Str,
  points: Uint32Array,
  start: number,
  end: number,
  codec: Codec,
  errors: string,
): void {
  const { name, kind } = codec;
  const limit = kind === "ascii" ? 128 : kind === "latin-1" ? 256 : 0;
  const reason = limit === 0 ? SURROGATES : `ordinal not in range(${limit})`;
  const shown = name === "utf-8-sig" ? "utf-8" : name;
  const refuse = (from: number): never =>
    fault("UnicodeEncodeError", shown, text, from, end, reason);
  for (let at = start; at < end; at++) {
    const point = points[at]!;
    const isSurrogate = point >= 0xd800 && point <= 0xdfff;
    let by: string;
    if (errors === "ignore") by = "";
    else if (errors === "replace") by = "?";
    else if (errors === "backslashreplace") by = escapePoint(point);
    else if (errors === "xmlcharrefreplace") by = `&#${point};`;
    else if (errors === "namereplace") {
      const named = nameOf(point);
      by = named === undefined ? escapePoint(point) : `\\N{${named}}`;
    } else if (errors === "surrogateescape") {
      if (point < 0xdc80 || point > 0xdcff || kind === "utf-16" || kind === "utf-32") refuse(at);
      out.push(point - 0xdc00);
      continue;
    } else if (errors === "surrogatepass" && isSurrogate && limit === 0) {
      put(out, point, codec);
      continue;
    } else refuse(start);
    if (kind === "utf-16" || kind === "utf-32") {
      for (let i = 0; i < by!.length; i++) put(out, by!.charCodeAt(i), codec);
    } else {
      out.reserve(by!.length);
      for (let i = 0; i < by!.length; i++) out.push(by!.charCodeAt(i));
    }
  }
}

/** What one broken place becomes, and where reading goes on. */
type Repair = (start: number, end: number, reason: string) => number;

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
