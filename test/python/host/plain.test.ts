import { expect, test } from "bun:test";
import fc from "fast-check";
import { type Plain, plainCopy, plainText, plainValue } from "../../../src/python/host/plain.ts";
import { thrown } from "./run.ts";

const plain: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.maxSafeInteger(),
    fc.bigInt(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("\ud800", "a\udc80b", "__proto__", "\u2028", "\0"),
    fc.uint8Array(),
    fc.array(tie("value")),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("$", "v", "__proto__", "1")),
      tie("value"),
      {
        noNullPrototype: true,
      },
    ),
  ),
})).value;

test("plainText() is one line of JSON that plainValue() reads back, to the bit", () => {
  fc.assert(
    fc.property(plain, (value) => {
      const text = plainText(value);
      expect(text).not.toContain("\n");
      const back = plainValue(JSON.parse(text));
      expect(back).toStrictEqual(value);
      expect(plainText(back)).toBe(text);
      expect(plainText(plainCopy(value, "it"))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test("plainText() tells values apart that JSON does not", () => {
  const values: Plain[] = [
    0,
    -0,
    0n,
    "0",
    NaN,
    null,
    Infinity,
    -Infinity,
    "nan",
    2 ** 53,
    2n ** 53n,
  ];
  expect(new Set(values.map((value) => plainText(value))).size).toBe(values.length);
});

test("plainCopy() shares nothing with what it copies", () => {
  const bytes = Uint8Array.of(1, 2);
  const from = { list: [bytes] };
  const copy = plainCopy(from, "it");
  bytes[0] = 9;
  from.list.push(bytes);
  expect(copy).toEqual({ list: [Uint8Array.of(1, 2)] });
  expect(plainCopy(Buffer.from("a"), "it")).toStrictEqual(new Uint8Array([97]));
});

test("plainCopy() makes null of undefined, and leaves it out of records", () => {
  expect(plainCopy(undefined, "it")).toBeNull();
  expect(plainCopy([undefined, ...Array(1), 1], "it")).toEqual([null, null, 1]);
  expect(Object.keys(plainCopy({ a: undefined, b: 1 }, "it") as object)).toEqual(["b"]);
});

test("plainCopy() says what is no plain data, and where", () => {
  const around: { self?: unknown } = {};
  around.self = around;
  const cases: [unknown, string][] = [
    [{ when: [new Date(0)] }, "it.when[0] is a Date, which is no plain data"],
    [() => 1, "it is a function, which is no plain data"],
    [Symbol("s"), "it is a symbol, which is no plain data"],
    [new Map(), "it is a Map, which is no plain data"],
    [new Float64Array(1), "it is a Float64Array, which is no plain data"],
    [Object.create({ constructor: undefined }), "it is a undefined, which is no plain data"],
  ];
  for (const [value, message] of cases) expect(thrown(() => plainCopy(value, "it"))).toBe(message);
  expect(thrown(() => plainCopy(around, "it"))).toContain("is nested too deep or contains itself");
  expect(thrown(() => plainText(around as Plain))).toContain("nested too deep");
});

test("plainValue() refuses what no plainText() is", () => {
  for (const json of [
    `{"$":"int","v":"1.5"}`,
    `{"$":"int","v":"0x10"}`,
    `{"$":"int","v":"-"}`,
    `{"$":"float","v":"toString"}`,
    `{"$":"bytes","v":"%"}`,
    `{"$":"record","v":[]}`,
    `{"$":"int"}`,
    `{"$":"int","v":"1","w":1}`,
    `{"$":"object","v":{}}`,
    "[".repeat(200) + "]".repeat(200),
  ]) {
    expect(thrown(() => plainValue(JSON.parse(json)))).not.toBe("nothing thrown");
  }
});
