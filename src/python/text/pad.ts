/** str methods that fill a text up to a width. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import {
  concatAll,
  fromPoints,
  pointAt,
  repeat,
  room,
  type Str,
  sizeOf,
  slice,
  toPoints,
} from "./wide.ts";

/** A text between so many characters of `fill`, which is one. */
function padded(text: Str, left: number, right: number, fill: Str): Str {
  const front = Math.max(0, left);
  const back = Math.max(0, right);
  if (front + back === 0) return text;
  room(front + back + sizeOf(text));
  if (typeof text === "string" && typeof fill === "string") {
    return fill.repeat(front) + text + fill.repeat(back);
  }
  return concatAll([repeat(fill, front), text, repeat(fill, back)]);
}

/** The character that fills; `TypeError` where it is not one. */
function filling(fill: Str): Str {
  if (sizeOf(fill) !== 1) {
    fault("TypeError", "The fill character must be exactly one character long");
  }
  return fill;
}

/** `text.center(width, fill)`. */
export function center(text: Str, width: number, fill: Str = " "): Str {
  const gap = Math.max(0, width - sizeOf(text));
  const left = Math.floor(gap / 2) + (gap % 2 === 1 && width % 2 === 1 ? 1 : 0);
  return padded(text, left, gap - left, filling(fill));
}

/** `text.ljust(width, fill)`. */
export function ljust(text: Str, width: number, fill: Str = " "): Str {
  return padded(text, 0, width - sizeOf(text), filling(fill));
}

/** `text.rjust(width, fill)`. */
export function rjust(text: Str, width: number, fill: Str = " "): Str {
  return padded(text, width - sizeOf(text), 0, filling(fill));
}

/** `text.zfill(width)`: zeros behind a sign. */
export function zfill(text: Str, width: number): Str {
  const gap = width - sizeOf(text);
  if (gap <= 0) return text;
  room(width);
  const first = text === "" ? 0 : pointAt(text, 0);
  const sign = first === 43 || first === 45 ? 1 : 0;
  return concatAll([slice(text, 0, sign), "0".repeat(gap), slice(text, sign, sizeOf(text))]);
}

/** `text.expandtabs(tabSize)`. */
export function expandtabs(text: Str, tabSize = 8): Str {
  const points = toPoints(text);
  spend(points.length * 2);
  let size = 0;
  let column = 0;
  const gaps: number[] = [];
  for (const point of points) {
    if (point === 9) {
      const gap = tabSize > 0 ? tabSize - (column % tabSize) : 0;
      gaps.push(gap);
      column += gap;
      size += gap;
    } else {
      size++;
      column = point === 10 || point === 13 ? 0 : column + 1;
    }
  }
  if (gaps.length === 0) return text;
  room(size);
  const out = new Uint32Array(size);
  let to = 0;
  let tab = 0;
  for (const point of points) {
    if (point === 9) {
      const stop = to + gaps[tab++]!;
      out.fill(32, to, stop);
      to = stop;
    } else out[to++] = point;
  }
  return fromPoints(out);
}
