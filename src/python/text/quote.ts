/** `repr` of str and bytes, and `ascii`. */
import { spend } from "../budget.ts";
import { isPrintable } from "./unicode.ts";
import { fromPoints, room, type Str, toPoints } from "./wide.ts";

/** What is not printable ASCII, or wants a look. */
const NEEDS_ESCAPE = /[^ -&(-[\]-~]/;

/** `repr(text)`. */
export function reprStr(text: Str): Str {
  if (typeof text === "string" && !NEEDS_ESCAPE.test(text)) {
    if (text.length >= 64) room(text.length);
    return `'${text}'`;
  }
  return quoted(text, isPrintable);
}

/** `ascii(text)`. */
export function asciiStr(text: Str): string {
  return quoted(text, (point) => point >= 32 && point < 127) as string;
}

/** What `ascii` makes of a `repr`: all beyond ASCII as escapes. */
export function escapeNonAscii(repr: Str): string {
  if (typeof repr === "string" && !/[^\0-\x7f]/.test(repr)) return repr;
  const points = toPoints(repr);
  spend(points.length * 2);
  let out = "";
  for (const point of points) out += point < 128 ? String.fromCharCode(point) : escapePoint(point);
  return out;
}

/** `\xhh`, `\uhhhh` or `\Uhhhhhhhh`. */
export function escapePoint(point: number): string {
  const hex = point.toString(16);
  if (point < 256) return `\\x${hex.padStart(2, "0")}`;
  return point < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

function quoted(text: Str, shown: (point: number) => boolean): Str {
  const points = toPoints(text);
  room(points.length * 4);
  spend(points.length * 2);
  const quote = points.includes(39) && !points.includes(34) ? 34 : 39;
  let plain = true;
  let out = String.fromCharCode(quote);
  const all: number[] = [];
  for (const point of points) {
    if (point > 126 && shown(point)) {
      if (point > 0xffff) {
        // From here on, points are collected.
        for (let i = 0; i < out.length; i++) all.push(out.charCodeAt(i));
        out = "";
        all.push(point);
        plain = false;
      } else out += String.fromCharCode(point);
    } else out += escaped(point, quote);
  }
  out += String.fromCharCode(quote);
  if (plain) return out;
  for (let i = 0; i < out.length; i++) all.push(out.charCodeAt(i));
  return fromPoints(all);
}

/** ASCII, or what is not shown. */
function escaped(point: number, quote: number): string {
  if (point === quote || point === 92) return `\\${String.fromCharCode(point)}`;
  if (point >= 32 && point < 127) return String.fromCharCode(point);
  if (point === 10) return "\\n";
  if (point === 13) return "\\r";
  if (point === 9) return "\\t";
  return escapePoint(point);
}

/** `repr(bytes)`: `b'...'`; in that of a bytearray each `'` is escaped, whatever quotes are around. */
export function reprBytes(bytes: Uint8Array, changeable = false): string {
  room(bytes.length * 4);
  spend(bytes.length);
  const quote = bytes.includes(39) && !bytes.includes(34) ? 34 : 39;
  let out = `b${String.fromCharCode(quote)}`;
  for (const byte of bytes) out += escaped(byte, changeable && byte === 39 ? 39 : quote);
  return out + String.fromCharCode(quote);
}
