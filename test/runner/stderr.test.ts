import { describe, expect, test } from "bun:test";
import { ErrorLog, parseErrors } from "../../src/runner/stderr.ts";

const LATE = `
kata.test.ts:
(pass) 0 [0.26ms]
7 | test('late', () => { Promise.reject(new Error('late')); });
                                              ^
error: late
more of it
      at <anonymous> (/x/kata.test.ts:7:38)
(fail) group > 12 [0.11ms]
(pass) 13 [0.09ms]

# Unhandled error between tests
-------------------------------
8 | test('late2', () => { setTimeout(() => { throw new Error('late2') }, 1) });
                                                                   ^
TypeError: late2
      at <anonymous> (/x/kata.test.ts:8:59)
-------------------------------


 5 pass
 1 fail
`;

describe("parseErrors()", () => {
  test("finds errors inside and between tests, without excerpt and stack", () => {
    expect(parseErrors(LATE)).toEqual([
      { message: "late\nmore of it", test: 12 },
      { message: "TypeError: late2", test: undefined },
    ]);
  });

  test("finds none where there is none", () => {
    expect(parseErrors("")).toEqual([]);
    expect(parseErrors("(pass) 0\n(skip) 1\nsomething printed\n")).toEqual([]);
  });
});

describe("ErrorLog", () => {
  test("tells each error once, and keeps a tail without Bun's own lines", () => {
    const log = new ErrorLog();
    for (const part of LATE.match(/.{1,7}/gs) ?? []) log.push(part);
    expect(log.take()).toHaveLength(2);
    expect(log.take()).toEqual([]);
    log.push("(pass) 0\npanic: out of memory\n 1 pass\nRan 1 test across 1 file. [1.00ms]\n");
    expect(log.tail().trim()).toBe("panic: out of memory");
  });
});
