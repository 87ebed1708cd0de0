import { describe, expect, test } from "bun:test";
import type { Rules } from "../../src/catalog/kata.ts";
import { pythonFault } from "../../src/catalog/rules-python.ts";
import { checkRules } from "../../src/catalog/rules.ts";

/** `rule line:column` of each break. */
function broken(source: string, rules: Partial<Rules>): string[] {
  const all = { forbid: [], must_use: [], ...rules };
  return checkRules(source, "py", all).map(({ rule, line, column }) => `${rule} ${line}:${column}`);
}

describe("forbid in Python", () => {
  test.each([
    ["a method", "y = x.softmax(0)", "1:7"],
    ["a dotted function", "y = torch.softmax(x, 0)", "1:11"],
    ["an import", "from torch import softmax", "1:19"],
    ["an import under another name", "from torch import softmax as s", "1:19"],
    ["a method by its text", "getattr(x, 'softmax')(0)", "1:12"],
    ["a global", "softmax(x)", "1:1"],
    ["a value after wide characters", "é = '😀'; softmax(x)", "1:10"],
  ])("%s is a use", (_, source, place) => {
    expect(broken(source, { forbid: ["softmax"] })).toEqual([`forbid softmax ${place}`]);
  });

  test.each([
    ["a comment or a text", "# softmax\n'softmax'"],
    ["an own function", "def softmax(x): return x\nsoftmax(1)"],
    ["a parameter", "def f(softmax): return softmax"],
    ["another name", "x.log_softmax()"],
    ["a file that is no Python", "softmax(("],
  ])("%s is none", (_, source) => {
    expect(broken(source, { forbid: ["softmax"] })).toEqual([]);
  });

  test("a name with () forbids calls alone, a dotted one the member of that object", () => {
    expect(broken("exp; a.exp(1)", { forbid: ["exp()"] })).toEqual(["forbid exp() 1:8"]);
    expect(broken("a.b.exp", { forbid: ["a.b.exp"] })).toEqual(["forbid a.b.exp 1:5"]);
    expect(broken("import a.b", { forbid: ["b"] })).toEqual(["forbid b 1:8"]);
    expect(broken("f().exp", { forbid: ["exp", "x.exp"] })).toEqual(["forbid exp 1:5"]);
  });
});

test("no_loops finds loops, comprehensions and functions that walk in Python", () => {
  const source = "for a in b: pass\nwhile a: pass\n[c for c in d]\nmap(f, x)\nmap";
  expect(broken(source, { no_loops: true })).toEqual([
    "no_loops 1:1",
    "no_loops 2:1",
    "no_loops 3:8",
    "no_loops 4:1",
  ]);
});

test("must_use and max_lines hold in Python", () => {
  expect(broken("x = 1", { must_use: ["exp"] })).toEqual(["must_use exp 1:1"]);
  expect(broken("exp(1)", { must_use: ["exp"] })).toEqual([]);
  const source = "import a\nfrom b import (\n  c)\n# d\nx = 1; y = 2\n\nz = 3";
  expect(broken(source, { max_lines: 3 })).toEqual([]);
  expect(broken(source, { max_lines: 2 })).toEqual(["max_lines 2 7:1"]);
});

test("pythonFault() names the place where a source is no Python", () => {
  expect(pythonFault("x = 1")).toBeUndefined();
  expect(pythonFault("x\ny z")).toEqual({ message: "invalid syntax", line: 2, column: 3 });
  expect(pythonFault("a\0")).toEqual({
    message: "source code string cannot contain null bytes",
    line: 1,
    column: 1,
  });
});
