import { afterEach, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BYTES, DEPTH, meter, setWatcher, STEPS } from "../../../src/python/budget.ts";
import { PatternError } from "../../../src/python/regex/error.ts";
import { compilePattern, escapePattern } from "../../../src/python/regex/pattern.ts";
import { findAll, split, substitute } from "../../../src/python/regex/scan.ts";
import { parseTemplate } from "../../../src/python/regex/template.ts";
import { answer, type Job, nameLookup } from "./answer.ts";

/** Jobs, and what CPython 3.11.7 answered. */
const RECORDED = Buffer.from(
  Bun.gunzipSync(readFileSync(join(import.meta.dir, "../../fixtures/python/regex.ndjson.gz"))),
)
  .toString()
  .split("\n")
  .map((line) => JSON.parse(line) as [Job, unknown]);

function limit(steps: number, bytes: number): void {
  const stop = (what: string) => () => {
    throw new Error(what);
  };
  setWatcher({ steps: stop("steps"), bytes: stop("bytes"), depth: stop("depth") });
  meter[STEPS] = steps;
  meter[BYTES] = bytes;
  meter[DEPTH] = 1000;
}

afterEach(() => {
  setWatcher(undefined);
  meter[DEPTH] = 1000;
});

function thrown(work: () => unknown): PatternError {
  try {
    work();
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("compilePattern() and match() agree with CPython on recorded patterns", () => {
  expect(RECORDED.length).toBe(3000);
  const wrong = RECORDED.filter(
    ([job, said]) => JSON.stringify(answer(job)) !== JSON.stringify(said),
  );
  expect(wrong).toEqual([]);
});

describe("match() ends within its budget when a pattern backtracks without end", () => {
  const many = "a".repeat(60);
  test.each([
    ["(.*a.*a.*a.*a.*a.*a.*a.*a.*a.*)x", many],
    ["(a+)+$", `${many}!`],
    ["(?:(?:a+)+$|a+!)$", `${many}?`],
    ["(a|aa)+$", `${many}!`],
    ["(?:a?){30}a{30}b", many],
    ["(?:a*)*?b", many],
    ["((a*)*)*\\2b", many],
    ["(?=(a+)+$).b", `${many}!b`],
    ["(?:){4000000000}", ""],
    ["(?:(?:){60000}){60000}", ""],
    ["(?:a{0}){2000000000}+", ""],
  ])("%s", (pattern, subject) => {
    limit(200_000, 1 << 28);
    const compiled = compilePattern(pattern);
    expect(() => compiled.match(subject, 0, subject.length, "search")).toThrow("steps");
  });
});

test("match() does not recurse when a subject is long", () => {
  const subject = "ab".repeat(500_000);
  const end = subject.length;
  for (const pattern of [
    "(?:a|b)*",
    "(a|b)*",
    "(?:a|b)*?$",
    "(?:ab|a|b)*",
    "(?:a|b)*+",
    "(?:(?:a)|b){0,}",
  ]) {
    expect(compilePattern(pattern).match(subject)?.spans.slice(0, 2)).toEqual([0, end]);
  }
});

test("match() asks for the memory of its ways back when a subject is long", () => {
  limit(0x7fffffff, 1 << 18);
  const compiled = compilePattern("(?:(a)|b)*[ab]");
  expect(() => compiled.match("ab".repeat(50_000))).toThrow("bytes");
  expect(compiled.match("abb")?.spans).toEqual([0, 3, 0, 1]);
});

test("match() works after a budget ended another match", () => {
  const compiled = compilePattern("(a+)+$");
  limit(10_000, 1 << 28);
  expect(() => compiled.match(`${"a".repeat(60)}!`)).toThrow("steps");
  limit(10_000, 1 << 28);
  expect(compiled.match("aaa")).toEqual({ spans: [0, 3, 0, 3], lastindex: 1 });
});

test("match() is linear when plain patterns search a long subject", () => {
  const subject = "word ".repeat(40_000);
  limit(3_000_000, 1 << 28);
  for (const pattern of [
    "nowhere",
    String.raw`\w+=`,
    "[xyz]+",
    String.raw`\Aword=`,
    "(?i)nowhere",
  ]) {
    expect(compilePattern(pattern).match(subject, 0, subject.length, "search")).toBeUndefined();
  }
});

test("compilePattern() ends in the depth that calls have when groups nest deeply", () => {
  limit(0x7fffffff, 0x7fffffff);
  expect(() => compilePattern("(".repeat(100_000))).toThrow("depth");
  expect(meter[DEPTH]).toBe(999);
  meter[DEPTH] = 1000;
  expect(compilePattern("(?:".repeat(300) + "a" + ")*".repeat(300)).match("aa")?.spans).toEqual([
    0, 2,
  ]);
});

test("compilePattern() takes time in line with a pattern's length", () => {
  limit(1_000_000, 1 << 28);
  for (const part of ["a?", "(?:a|b)", "[a-z]*", "(?=a)", "a|", "(a)", "(?i:\u0100)", "\\w*\\d*"]) {
    compilePattern(part.repeat(2000));
  }
});

test("PatternError says where a pattern is wrong", () => {
  const error = thrown(() => compilePattern("(?x)a\n  (b"));
  expect(error.message).toBe("missing ), unterminated subpattern at position 8 (line 2, column 3)");
  const { msg, pattern, pos, lineno, colno } = error;
  expect([msg, pattern, pos, lineno, colno]).toEqual([
    "missing ), unterminated subpattern",
    "(?x)a\n  (b",
    8,
    2,
    3,
  ]);
  const placeless = thrown(() => compilePattern("(?<=a+)b"));
  expect([placeless.message, placeless.pos]).toEqual([
    "look-behind requires fixed-width pattern",
    undefined,
  ]);
});

test("compilePattern() asks for the characters of names", () => {
  const pattern = compilePattern(String.raw`\N{DIGIT ONE}[\N{DIGIT TWO}]`, 0, {
    lookup: nameLookup,
  });
  expect(pattern.match("12")?.spans).toEqual([0, 2]);
  expect(thrown(() => compilePattern(String.raw`\N{DIGIT ONE}`)).msg).toBe(
    "undefined character name 'DIGIT ONE'",
  );
});

test("compilePattern() passes on what CPython warns about", () => {
  const warnings: string[] = [];
  const warn = (category: string, message: string): void => {
    warnings.push(`${category}: ${message}`);
  };
  compilePattern("[[a][a-c--][d||e](x)(?( 1)y)", 0, { warn });
  parseTemplate(String.raw`\g<+0>`, compilePattern("a"), warn);
  expect(warnings).toEqual([
    "FutureWarning: Possible nested set at position 1",
    "FutureWarning: Possible set difference at position 8",
    "FutureWarning: Possible set union at position 13",
    "DeprecationWarning: bad character in group name ' 1' at position 23",
    "DeprecationWarning: bad character in group name '+0' at position 3",
  ]);
});

test("escapePattern() makes a pattern that matches just the text", () => {
  const text = "a.b*c\n[d]-{e}\t#&~|^$\\é\0 _%";
  expect(compilePattern(escapePattern(text), 64).match(text)?.spans).toEqual([0, text.length]);
  expect(escapePattern(Uint8Array.of(97, 46))).toEqual([97, 92, 46]);
});

test("split(), substitute() and findAll() stop where they should", () => {
  const comma = compilePattern("(,)|;");
  expect(split(comma, "a,b;c", 1)).toEqual([0, 1, 1, 2, 2, 5]);
  expect(split(comma, "a,b;c", -1)).toEqual([0, 5]);
  expect(split(comma, "a,b;c")).toEqual([0, 1, 1, 2, 2, 3, -1, -1, 4, 5]);
  expect(findAll(comma, "a,b;c")).toEqual([1, 2, -1, -1]);
  expect(findAll(compilePattern("b*"), "abb")).toEqual([0, 0, 1, 3, 3, 3]);
  const { gaps, replacements } = substitute(compilePattern("b*"), "abc", 2, ({ spans }) => spans);
  expect([gaps, replacements]).toEqual([
    [0, 0, 0, 1, 2, 3],
    [
      [0, 0],
      [1, 2],
    ],
  ]);
});
