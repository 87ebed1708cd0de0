/** What bytes have for themselves: case and kind of ASCII alone, their white space and ends of lines, hexadecimal. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { pointAt, type Str, sizeOf } from "./wide.ts";

/** White space. */
export const BLANK = " \t\n\r\v\f";

const isUp = (byte: number): boolean => byte >= 65 && byte <= 90;
const isLow = (byte: number): boolean => byte >= 97 && byte <= 122;
const isLetter = (byte: number): boolean => isUp(byte) || isLow(byte);
const isDigitByte = (byte: number): boolean => byte >= 48 && byte <= 57;
const isBlank = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);

function changed(data: Uint8Array, change: (byte: number, at: number) => number): Uint8Array {
  spend(data.length >>> 1);
  allocate(data.length);
  const made = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) made[i] = change(data[i]!, i);
  return made;
}

const up = (byte: number): number => (isLow(byte) ? byte - 32 : byte);
const down = (byte: number): number => (isUp(byte) ? byte + 32 : byte);

export function upper(data: Uint8Array): Uint8Array {
  return changed(data, up);
}

export function lower(data: Uint8Array): Uint8Array {
  return changed(data, down);
}

export function swapcase(data: Uint8Array): Uint8Array {
  return changed(data, (byte) => (isLow(byte) ? byte - 32 : down(byte)));
}

export function capitalize(data: Uint8Array): Uint8Array {
  return changed(data, (byte, at) => (at === 0 ? up(byte) : down(byte)));
}

export function title(data: Uint8Array): Uint8Array {
  let inWord = false;
  return changed(data, (byte) => {
    const made = inWord ? down(byte) : up(byte);
    inWord = isLetter(byte);
    return made;
  });
}

function every(data: Uint8Array, test: (byte: number) => boolean): boolean {
  spend(data.length >>> 1);
  return data.length > 0 && data.every(test);
}

export function isAlnum(data: Uint8Array): boolean {
  return every(data, (byte) => isLetter(byte) || isDigitByte(byte));
}

export function isAlpha(data: Uint8Array): boolean {
  return every(data, isLetter);
}

export function isAscii(data: Uint8Array): boolean {
  return data.length === 0 || every(data, (byte) => byte < 128);
}

export function isDigit(data: Uint8Array): boolean {
  return every(data, isDigitByte);
}

export function isSpace(data: Uint8Array): boolean {
  return every(data, isBlank);
}

export function isLower(data: Uint8Array): boolean {
  spend(data.length >>> 1);
  return data.some(isLow) && !data.some(isUp);
}

export function isUpper(data: Uint8Array): boolean {
  spend(data.length >>> 1);
  return data.some(isUp) && !data.some(isLow);
}

export function isTitle(data: Uint8Array): boolean {
  spend(data.length);
  let inWord = false;
  let found = false;
  for (const byte of data) {
    if (isUp(byte) ? inWord : isLow(byte) && !inWord) return false;
    inWord = isLetter(byte);
    found ||= inWord;
  }
  return found;
}

/** `split()` between runs of white space; the rest is kept as it is once `most` were split off. */
export function splitBlank(text: string, most: number): string[] {
  spend(text.length);
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    if (at === text.length) return parts;
    if (parts.length === most) {
      parts.push(text.slice(at));
      return parts;
    }
    const from = at;
    while (at < text.length && !isBlank(text.charCodeAt(at))) at++;
    parts.push(text.slice(from, at));
  }
}

/** The same from the right. */
export function rsplitBlank(text: string, most: number): string[] {
  spend(text.length);
  const parts: string[] = [];
  let at = text.length;
  for (;;) {
    while (at > 0 && isBlank(text.charCodeAt(at - 1))) at--;
    if (at === 0) return parts.reverse();
    if (parts.length === most) {
      parts.push(text.slice(0, at));
      return parts.reverse();
    }
    const to = at;
    while (at > 0 && !isBlank(text.charCodeAt(at - 1))) at--;
    parts.push(text.slice(at, to));
  }
}

/** Lines, which end with `\n`, `\r` or both. */
export function splitlines(text: string, keepEnds: boolean): string[] {
  spend(text.length);
  const lines: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13) continue;
    const stop = at;
    if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
    lines.push(text.slice(from, keepEnds ? at + 1 : stop));
    from = at + 1;
  }
  if (from < text.length) lines.push(text.slice(from));
  return lines;
}

/** `bytes.fromhex(text)`: pairs of digits, white space between them; `ValueError` for all else. */
export function fromHex(text: Str): Uint8Array {
  const size = sizeOf(text);
  spend(size);
  allocate(size >>> 1);
  const bytes: number[] = [];
  for (let at = 0; at < size; at++) {
    if (isBlank(pointAt(text, at))) continue;
    const high = hexDigit(text, at);
    const low = hexDigit(text, ++at);
    bytes.push(high * 16 + low);
  }
  return Uint8Array.from(bytes);
}

function hexDigit(text: Str, at: number): number {
  const value = at < sizeOf(text) ? parseInt(String.fromCodePoint(pointAt(text, at)), 16) : NaN;
  if (Number.isNaN(value)) {
    fault("ValueError", `non-hexadecimal number found in fromhex() arg at position ${at}`);
  }
  return value;
}
