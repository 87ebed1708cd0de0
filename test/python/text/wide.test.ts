import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  at,
  characters,
  compare,
  concat,
  equal,
  fromJs,
  fromPoints,
  repeat,
  sizeOf,
  slice,
  toJs,
  toPoints,
  WideStr,
} from "../../../src/python/text/wide.ts";

const point = fc.oneof(
  fc.integer({ min: 97, max: 99 }),
  fc.constantFrom(0xd800, 0xdc00, 0xdfff, 0xffff, 0x10000, 0x1f600, 0x10ffff),
);
const points = fc.array(point, { maxLength: 12 });

/** Whether a str has the one form that it may have. */
function isInForm(text: unknown): boolean {
  if (typeof text === "string") return !/[\ud800-\udfff]/.test(text);
  return text instanceof WideStr && text.points.some((p) => p > 0xffff || (p & ~0x7ff) === 0xd800);
}

describe("a str is plain exactly when it holds no surrogate", () => {
  test("whatever is done to it", () => {
    fc.assert(
      fc.property(points, points, fc.nat(12), fc.nat(12), (a, b, from, to) => {
        const left = fromPoints(a);
        const right = fromPoints(b);
        const cut = slice(left, Math.min(from, a.length), Math.min(to, a.length));
        const texts = [left, right, concat(left, right), cut, repeat(left, 3)];
        texts.push(...characters(left), fromJs(toJs(left)));
        expect(texts.every(isInForm)).toBe(true);
        expect(Array.from(toPoints(concat(left, right)))).toEqual([...a, ...b]);
        expect(Array.from(toPoints(cut))).toEqual(a.slice(from, Math.max(from, to)));
        expect(Array.from(toPoints(repeat(left, 3)))).toEqual([...a, ...a, ...a]);
      }),
    );
  });
});

test("compare() and equal() go by code points when texts are wide", () => {
  expect(compare("\uffff", fromPoints([0x10000]))).toBeLessThan(0);
  expect(compare(fromPoints([0xd800]), "\ue000")).toBeLessThan(0);
  expect(equal(fromPoints([0x1f600]), fromJs("\u{1f600}"))).toBe(true);
  expect(equal(fromPoints([0xd83d, 0xde00]), fromJs("\u{1f600}"))).toBe(false);
});

test("fromJs() joins pairs and keeps lone surrogates", () => {
  const text = fromJs("a\u{1f600}\ud800b\udc00");
  expect(Array.from(toPoints(text))).toEqual([97, 0x1f600, 0xd800, 98, 0xdc00]);
  expect(sizeOf(text)).toBe(5);
  expect(at(text, 3)).toBe("b");
});

test("fromPoints() holds texts longer than a call has arguments", () => {
  const long = Array.from({ length: 200_000 }, (_, i) => 97 + (i % 26));
  expect(Array.from(toPoints(fromPoints(long)))).toEqual(long);
});
