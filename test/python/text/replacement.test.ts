import { expect, test } from "bun:test";
import { usePlainFaults } from "./plain-faults.ts";
import { splitFieldName, templateParts } from "../../../src/python/text/replacement.ts";

usePlainFaults();

test("templateParts() gives text and fields when both are there", () => {
  expect([...templateParts("a{{b{x!r:>{w}}c{}")]).toEqual([
    { literal: "a{" },
    { literal: "b", field: { name: "x", conversion: 114, spec: ">{w}", isNested: true } },
    { literal: "c", field: { name: "", spec: "", isNested: false } },
  ]);
});

test("templateParts() gives what stands before an error when one comes", () => {
  const parts = templateParts("a{}b}");
  expect(parts.next().value?.literal).toBe("a");
  expect(() => parts.next()).toThrow("Single '}' encountered in format string");
});

test("splitFieldName() takes a name apart when it has attributes and keys", () => {
  const { first, rest } = splitFieldName("0.name[key][7]");
  expect(first).toBe(0);
  expect([...rest]).toEqual([
    { isAttribute: true, key: "name" },
    { isAttribute: false, key: "key" },
    { isAttribute: false, key: 7 },
  ]);
  expect(splitFieldName("").first).toBe("");
});
