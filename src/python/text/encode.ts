/** `str.encode`: UTF-8, -16 and -32, ASCII and Latin-1, with CPython's error handlers. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { charmapBytes } from "./charmaps.ts";
import { encodeEscapes } from "./escape-codecs.ts";
import { checkHandler, type Codec, codecOf, MARK } from "./codecs.ts";
import { nameOf } from "./names.ts";
import { escapePoint } from "./quote.ts";
import { room, type Str, sizeOf, toPoints } from "./wide.ts";

const SURROGATES = "surrogates not allowed";

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

/** Codecs that write ASCII as it is. */
const QUICK: ReadonlySet<Codec["kind"]> = new Set(["utf-8", "ascii", "latin-1"]);

let encoder: TextEncoder | undefined;

/** `text.encode(encoding, errors)`. */
export function encode(text: Str, encoding = "utf-8", errors = "strict"): Uint8Array {
  const codec = codecOf(encoding);
  const size = sizeOf(text);
  room(size);
  if (typeof text === "string" && QUICK.has(codec.kind)) {
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
  if (codec.kind === "escape" || codec.kind === "raw-escape") {
    return encodeEscapes(points, codec.kind === "raw-escape");
  }
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

function isEncodable(point: number, { kind, table }: Codec): boolean {
  if (kind === "charmap") return charmapBytes(table!).has(point);
  if (kind === "ascii") return point < 128;
  if (kind === "latin-1") return point < 256;
  return point < 0xd800 || point > 0xdfff;
}

/** Writes a code point; also a surrogate, where a handler lets it pass. */
function put(out: Output, point: number, codec: Codec): void {
  const { kind, bigEndian = false } = codec;
  out.reserve(4);
  if (kind === "charmap") out.push(charmapBytes(codec.table!).get(point) ?? point);
  else if (kind === "utf-8" && point > 127) {
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
  const reason =
    kind === "charmap"
      ? "character maps to <undefined>"
      : limit === 0
        ? SURROGATES
        : `ordinal not in range(${limit})`;
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
    } else if (errors === "surrogatepass" && isSurrogate && limit === 0 && kind !== "charmap") {
      put(out, point, codec);
      continue;
    } else refuse(start);
    if (kind === "utf-16" || kind === "utf-32" || kind === "charmap") {
      for (let i = 0; i < by!.length; i++) put(out, by!.charCodeAt(i), codec);
    } else {
      out.reserve(by!.length);
      for (let i = 0; i < by!.length; i++) out.push(by!.charCodeAt(i));
    }
  }
}
