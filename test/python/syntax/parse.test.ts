import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { PythonSyntaxError } from "../../../src/python/syntax/error.ts";
import { parseModule } from "../../../src/python/syntax/parse.ts";
import { dump } from "./dump.ts";

interface Recorded {
  source: string;
  tree?: string;
  error?: unknown[];
  names?: Record<string, string>;
}

/** Programs, and what CPython 3.12.1 made of them. */
const RECORDED = readFileSync(join(import.meta.dir, "../../fixtures/python/syntax.ndjson"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

function outcome(source: string | Uint8Array, names: Record<string, string> = {}): unknown {
  try {
    const { type, body } = parseModule(source, (name) => names[name]);
    return dump({ type, body });
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    const { kind, message, lineno, offset, end_lineno, end_offset } = error;
    return [kind, message, lineno, offset, end_lineno, end_offset];
  }
}

function message(source: string | Uint8Array): string {
  try {
    parseModule(source);
    return "no error";
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return error.message;
  }
}

describe("parseModule() agrees with CPython", () => {
  test.each(RECORDED.map((one) => [one.source, one] as const))("%j", (source, recorded) => {
    expect(outcome(source, recorded.names)).toEqual(recorded.tree ?? recorded.error);
  });
});

test("parseModule() reads the encoding that a file declares", () => {
  const latin1 = Buffer.from("# coding: latin-1\nx = '\u00e9'", "latin1");
  expect(outcome(latin1)).toEqual(outcome("# coding: latin-1\nx = '\u00e9'"));
  expect(outcome(Buffer.from("\ufeffx"))).toEqual(outcome("x"));
  expect(message(Buffer.from("# coding: nothing"))).toBe("unknown encoding: nothing");
  expect(message(Buffer.from("\ufeff# coding: latin-1"))).toBe(
    "encoding problem: latin-1 with BOM",
  );
  expect(message(Uint8Array.of(255))).toStartWith("(unicode error)");
  expect(message(Buffer.from("# coding: ascii\nx\u00ff"))).toStartWith("(unicode error)");
  expect(message("a\0")).toBe("source code string cannot contain null bytes");
});

test("parseModule() refuses what nests without end, in time that grows with the text", () => {
  const many = 4000;
  const deep = ["(", "[", "{", "-", "not ", "lambda:", "1 if 1 else ", "1**", "f(a=", "f'{", "a["];
  for (const piece of deep) {
    expect(message(piece.repeat(many))).not.toBe("no error");
    expect(message(`${piece.repeat(many)}1`)).not.toBe("no error");
  }
  for (const piece of ["1+", "a.", "a<", "a=", "a,", "'' ", "if a: b\nel"]) {
    expect(message(piece.repeat(many) + (piece.startsWith("if") ? "se: b" : "a"))).toBeString();
  }
  const began = performance.now();
  message(`f(${"a=1,".repeat(many)}b)`);
  expect(performance.now() - began).toBeLessThan(5000);
});

test("parseModule() throws nothing but PythonSyntaxError", () => {
  const words = RECORDED.flatMap(({ source }) => source.split(/(\W)/)).filter((one) => one !== "");
  const pieces = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      message(parts.join(""));
      message(parts.join(" "));
    }),
    { numRuns: 200 },
  );
});
