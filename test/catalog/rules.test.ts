import { describe, expect, test } from "bun:test";
import { hasRules, type Rules } from "../../src/catalog/kata.ts";
import { checkRules } from "../../src/catalog/rules.ts";

/** `rule line:column` of each break. */
function broken(source: string, rules: Partial<Rules>): string[] {
  const all = { forbid: [], must_use: [], ...rules };
  return checkRules(source, "ts", all).map(({ rule, line, column }) => `${rule} ${line}:${column}`);
}

const forbid = ["softmax"];

describe("forbid", () => {
  test.each([
    ["a method", "export const f = (x) => x.softmax(0);", "1:27"],
    ["a method of an optional value", "export const f = (x) => x?.softmax(0);", "1:28"],
    ["a property that is not called", "const f = Tensor.prototype.softmax;", "1:28"],
    ["an import", 'import { softmax } from "kata";', "1:10"],
    ["an import under another name", 'import { softmax as s } from "kata";', "1:10"],
    ["an import by a text", 'import { "softmax" as s } from "kata";', "1:10"],
    ["a member by its text", 'x["softmax"](0);', "1:3"],
    ["a member by texts put together", 'x["soft" + `max`](0);', "1:3"],
    ["a member by a template", "x[`soft${'max'}`](0);", "1:3"],
    ["a member by a constant", "const a = 'soft', b = a + 'max'; x[b](0);", "1:36"],
    ["a member taken apart", "const { softmax } = x;", "1:9"],
    ["a member taken apart under another name", "const { softmax: s } = x;", "1:9"],
    ["a parameter taken apart", "function f({ softmax: s }) {}", "1:14"],
    ["a global", "softmax(x);", "1:1"],
    ["a value handed on", "apply(softmax);", "1:7"],
    ["a re-export", "const a = 1; export { a }; a.b.softmax;", "1:32"],
  ])("%s is a use", (_, source, place) => {
    expect(broken(source, { forbid })).toEqual([`forbid softmax ${place}`]);
  });

  test.each([
    ["a comment", "// softmax\n/* x.softmax() */"],
    ["a text", 'throw new Error("softmax");'],
    ["an own function", "function softmax(x) { return x; }\nsoftmax(1);"],
    ["an own function that is handed on", "const softmax = (x) => x; apply(softmax);"],
    ["a parameter", "export function f(softmax: number) { return softmax + 1; }"],
    ["a key", "const a = { softmax: 1 };"],
    ["a method's own name", "class A { softmax() {} }"],
    ["an object's own method", "const a = { softmax() {} };"],
    ["a class's own property", "class A { softmax = 1; }"],
    ["a type", "type A = { softmax: number }; let a: softmax; function f(x: B<softmax>) {}"],
    [
      "an import of types",
      'import type { softmax } from "kata"; import { type softmax as b } from "k";',
    ],
    ["another name", "x.logSoftmax(); x.softmax2; softMax();"],
    ["a label", "softmax: for (;;) break softmax;"],
  ])("%s is none", (_, source) => {
    expect(broken(source, { forbid })).toEqual([]);
  });

  test("an own name counts only where it is known", () => {
    const source = "function f(softmax) { return softmax; }\nexport const g = softmax(1);";
    expect(broken(source, { forbid })).toEqual(["forbid softmax 2:18"]);
  });

  test("a name with () forbids calls alone, a dotted one the member of that object", () => {
    expect(broken("const a = exp; b.exp; c.exp(1);", { forbid: ["exp()"] })).toEqual([
      "forbid exp() 1:25",
    ]);
    expect(broken("Math.exp(1); x.exp();", { forbid: ["Math.exp"] })).toEqual([
      "forbid Math.exp 1:6",
    ]);
    expect(broken("new Function('x'); tag`a`;", { forbid: ["Function()", "tag()"] })).toEqual([
      "forbid Function() 1:5",
      "forbid tag() 1:20",
    ]);
  });

  test("keywords forbid statements", () => {
    const source = "for (const a of b) if (a) while (a) {}\ndo {} while (0);";
    expect(broken(source, { forbid: ["for", "while", "do", "if"] })).toEqual([
      "forbid for 1:1",
      "forbid if 1:20",
      "forbid while 1:27",
      "forbid do 2:1",
    ]);
  });

  test("what is code in types' clothes is seen", () => {
    expect(
      broken("(x as any).softmax(); x!.softmax(); (x satisfies A).softmax();", { forbid }),
    ).toHaveLength(3);
    expect(broken("enum A { b = softmax() }", { forbid })).toHaveLength(1);
  });
});

describe("must_use", () => {
  test("one use anywhere is enough; none is told at the first line", () => {
    expect(broken("x.exp();", { must_use: ["exp"] })).toEqual([]);
    expect(broken("// exp\nx.log();", { must_use: ["exp", "log()"] })).toEqual([
      "must_use exp 1:1",
    ]);
  });
});

describe("no_loops", () => {
  test("statements and methods that walk with a function are loops", () => {
    const source = [
      "for (const a of b) {}",
      "while (a) {}",
      "rows.map((row) => row * 2);",
      "Array.from({ length: 3 }, (_, i) => i);",
      "xs.forEach(print);",
    ].join("\n");
    expect(broken(source, { no_loops: true })).toEqual([
      "no_loops 1:1",
      "no_loops 2:1",
      "no_loops 3:6",
      "no_loops 4:7",
      "no_loops 5:4",
    ]);
  });

  test("a tensor's methods and a plain Array.from are none", () => {
    const source = "x.sum(0); Array.from(shape); new Map(); map(x); tensor.some;";
    expect(broken(source, { no_loops: true })).toEqual([]);
  });
});

describe("max_lines", () => {
  test("comments, blank lines and imports are free, and statements on one line count each", () => {
    const source = [
      "import {",
      "  a,",
      '} from "kata";',
      "",
      "// a comment",
      "export function f() {",
      "  a(); a(); return 1;",
      "}",
    ].join("\n");
    expect(broken(source, { max_lines: 5 })).toEqual([]);
    expect(broken(source, { max_lines: 4 })).toEqual(["max_lines 4 8:1"]);
    expect(broken(source, { max_lines: 2 })).toEqual(["max_lines 2 7:1"]);
  });
});

test("checkRules() finds nothing when the source cannot be parsed", () => {
  expect(broken("x.softmax( {", { forbid })).toEqual([]);
});

test("hasRules() is false for a manifest without rules", () => {
  expect(hasRules({ forbid: [], must_use: [] })).toBe(false);
  expect(hasRules({ forbid: [], must_use: [], no_loops: false })).toBe(false);
  expect(hasRules({ forbid: [], must_use: [], no_loops: true })).toBe(true);
});
