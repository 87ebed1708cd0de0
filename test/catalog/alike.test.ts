import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { firstDifference } from "../../src/catalog/alike.ts";

const reference = `import { exp } from "kata";

/** Softmax. */
export function softmax(x) {
  const shifted = x.sub(1);
  return shifted;
}

export const scale = 2;
`;
const template = `import type { Tensor } from "kata";
import {
  exp,
} from "kata";

/** Softmax, to be written. */
export function softmax(x) {
  // BLANK_START
  throw new Error("not implemented");
  // BLANK_END
}

export const scale = 2; // a comment
`;

function difference(changed: string): unknown {
  return firstDifference(changed, reference, "ts");
}

describe("firstDifference()", () => {
  test("is undefined when regions, imports and comments are all that differs", () => {
    expect(difference(template)).toBeUndefined();
  });

  test("names the first line that the reference does not have", () => {
    expect(difference(template.replace("softmax(x)", "softmax(x, dim)"))).toEqual({
      line: 7,
      template: "export function softmax(x, dim) {",
      reference: "export function softmax(x) {",
    });
    expect(difference(template.replace("scale = 2", "scale = 3"))).toEqual({
      line: 13,
      template: "export const scale = 3;",
      reference: "export const scale = 2;",
    });
  });

  test("finds lines that the template lacks outside of its regions", () => {
    const short = template.slice(0, template.indexOf("export const"));
    expect(difference(short)).toEqual({
      line: 11,
      template: "",
      reference: "export const scale = 2;",
    });
    expect(difference(template.replace("// BLANK_END\n}", "}\n// BLANK_END"))).toBeUndefined();
  });

  test("finds lines that only the template has", () => {
    expect(difference(`${template}export const more = 1;\n`)).toMatchObject({
      line: 14,
      reference: undefined,
    });
    expect(
      difference(template.replace("export function", "const more = 1;\nexport function")),
    ).toMatchObject({
      line: 7,
      template: "const more = 1;",
    });
  });

  test("a TODO's statement is a region too", () => {
    expect(
      firstDifference(
        "function f() {\n  // TODO: add\n  return 0;\n}\n",
        "function f() {\n  return 1 + 1;\n}\n",
        "ts",
      ),
    ).toBeUndefined();
  });

  test("several regions keep their order", () => {
    const two = "a();\n// BLANK_START\n// BLANK_END\nb();\n// BLANK_START\n// BLANK_END\nc();\n";
    expect(firstDifference(two, "a();\nx();\nb();\ny();\nz();\nc();\n", "ts")).toBeUndefined();
    expect(firstDifference(two, "a();\nx();\ny();\nc();\n", "ts")).toMatchObject({
      line: 4,
      template: "b();",
    });
    expect(firstDifference(two, "a();\nb();\n", "ts")).toMatchObject({ line: 7 });
  });

  test("reads Python's imports and comments", () => {
    const py =
      "import os\nfrom a import (\n  b,\n)\n\ndef f(x):  # doc\n    # BLANK_START\n    pass\n    # BLANK_END\n";
    expect(
      firstDifference(py, "from a import c\n\ndef f(x):\n    return x\n", "py"),
    ).toBeUndefined();
    expect(firstDifference(py, "def g(x):\n    return x\n", "py")).toMatchObject({ line: 6 });
  });

  test("never throws, and a text is alike itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (a, b) => {
        expect(firstDifference(a, a, "ts")).toBeUndefined();
        firstDifference(a, b, "py");
      }),
    );
  });

  test("holds for every bundled kata", async () => {
    const root = join(import.meta.dir, "../../katas");
    for (const path of new Bun.Glob("*/*/template.ts").scanSync({ cwd: root, absolute: true })) {
      const texts = [path, path.replace("template.ts", "reference.ts")].map((one) =>
        Bun.file(one).text(),
      );
      const [own = "", ours = ""] = await Promise.all(texts);
      expect(firstDifference(own, ours, "ts")).toBeUndefined();
    }
  });
});
