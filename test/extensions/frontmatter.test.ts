import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readFrontmatter } from "../../src/extensions/frontmatter.ts";

const problem = (text: string) => readFrontmatter(text).problem;

describe("readFrontmatter()", () => {
  test("cuts fields from the body", () => {
    const { fields, body } = readFrontmatter(
      "---\nid: a\nlist: [x, y]\n---\n\nSome text\n\n---\nmore\n",
    );
    expect(Object.fromEntries(fields ?? [])).toEqual({ id: "a", list: ["x", "y"] });
    expect(body).toBe("Some text\n\n---\nmore");
  });

  test("accepts a byte order mark, blank lines before, CRLF, and blanks after a fence", () => {
    const { fields } = readFrontmatter("\uFEFF\r\n \n--- \r\nid: a\r\n---\t\r\n");
    expect(Object.fromEntries(fields ?? [])).toEqual({ id: "a" });
  });

  test("is not ended by a fence inside a block scalar", () => {
    const { fields, body } = readFrontmatter(
      "---\nrun: |\n  one\n  ---\n  two\nid: a\n---\nbody\n",
    );
    expect(Object.fromEntries(fields ?? [])).toEqual({ run: "one\n---\ntwo\n", id: "a" });
    expect(body).toBe("body");
  });

  test("says what is missing", () => {
    for (const text of ["", "\n\n", "id: a\n", "# Title\n---\nid: a\n---\n", "----\nid: a\n----\n"])
      expect(problem(text)).toBe("missing frontmatter mini-spec");
    for (const text of ["---", "---\nid: a\n", "---\nrun: |\n  x\n  ---\n"])
      expect(problem(text)).toBe("unterminated frontmatter (no closing '---')");
  });

  test("says what YAML is wrong, or is no mapping", () => {
    expect(problem("---\na: [x\n---\n")).toBe("invalid YAML: Unexpected token");
    expect(problem("---\n\ta: 1\n---\n")).toStartWith("invalid YAML: Tab characters");
    for (const text of [
      "---\n---\n",
      "---\n- a\n---\n",
      "---\njust words\n---\n",
      "---\nnull\n---\n",
    ])
      expect(problem(text)).toBe("the frontmatter is no mapping of fields to values");
  });

  test("names keys that stand twice, and no others", () => {
    expect(readFrontmatter("---\non_fail: block\nid: a\n'on_fail': warn\n---\n").repeated).toEqual([
      "on_fail",
    ]);
    const text = "---\nid: a\nrun: |\n  id: b\nprompt: 'x\n  id: c'\n---\nid: d\n";
    expect(readFrontmatter(text).repeated).toEqual([]);
  });

  test("keeps a key that objects have of their own apart", () => {
    const { fields } = readFrontmatter("---\nconstructor: 1\n---\n");
    expect(fields?.get("constructor")).toBe(1);
    expect(fields?.get("toString")).toBeUndefined();
  });

  test("never throws, whatever it is given", () => {
    const parts = fc.constantFrom(
      "---",
      "\n",
      "id",
      ":",
      " ",
      "[",
      "]",
      "|",
      "&a",
      "*a",
      "'",
      '"',
      "\t",
      "- ",
      "{",
      "}",
      "!!",
      "\uFEFF",
      "\r\n",
      "on_fail: block",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string({ unit: "binary" }))), (pieces) => {
        const text = pieces.join("");
        for (const each of [text, `---\n${text}\n---\n`]) {
          const { fields, problem: what } = readFrontmatter(each);
          expect((fields === undefined) === (what !== undefined)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
