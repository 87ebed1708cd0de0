import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { join } from "node:path";
import { mutantsOf } from "../../../src/catalog/mutants/mutant.ts";

/** What each mutant makes of a source of one line. */
function changed(source: string): string[] {
  return mutantsOf(source, "ts").map(({ to }) => to);
}

describe("mutantsOf()", () => {
  test("puts other operators in place, never in a text", () => {
    expect(changed("f(a + b);")).toEqual(["", "f(a - b);"]);
    expect(changed("x = a < b;")).toEqual(["", "x = a <= b;", "x = a >= b;"]);
    expect(changed("x ||= a ?? b;")).toEqual(["", "x ||= a && b;"]);
    expect(changed("export const x = `a` + b + c;")).toEqual([]);
    expect(changed("export const x = a /* + */ * b;")).toEqual(["export const x = a /* + */ / b;"]);
  });

  test("is off by one, and takes a small number for a tolerance", () => {
    expect(changed("export const x = a[0];")).toEqual([
      "export const x = a[1];",
      "export const x = a[(-1)];",
    ]);
    expect(changed("export const x = -1;")).toEqual([
      "export const x = 1;",
      "export const x = -2;",
      "export const x = -0;",
    ]);
    expect(changed("export const x = 1e-6;")).toEqual([
      "export const x = 0;",
      "export const x = 0.001;",
    ]);
  });

  test("leaves out statements, guards and options", () => {
    expect(mutantsOf("if (a) b();", "ts").map(({ to }) => to)).toEqual([
      "",
      "if (true) b();",
      "if (a) {}",
    ]);
    expect(changed("if (a) b(); else c();")).toEqual([
      "if (true) b(); else c();",
      "if (false) b(); else c();",
      "if (a) {} else c();",
      "if (a) b(); else {}",
    ]);
    expect(changed("i++;")).toEqual(["", "i--;"]);
    expect(changed("f(--i, j);")).toContain("f(++i, j);");
    expect(changed("f(x, { keepdim: true, dim });")).toContain("f(x, { dim });");
    expect(changed("export const y = c ? a : b;")).toEqual(["export const y = c ? b : a;"]);
    expect(changed("for (const a of b) c();")).toEqual(["", "for (const a of b) {}"]);
    // The opposite of the limit runs no round or never ends.
    expect(changed("for (; i < n; i++);")).toEqual(["", "for (; i <= n; i++);"]);
  });

  test("confuses arguments, receivers, axes and names", () => {
    expect(changed("export const y = f(a, b);")).toEqual(["export const y = f(b, a);"]);
    expect(changed("export const y = a.sub(b);")).toEqual([
      "export const y = a;",
      "export const y = (b).sub(a);",
      "export const y = a.add(b);",
    ]);
    expect(changed("export const y = a.matmul(b.T);")).toEqual([
      "export const y = a;",
      "export const y = (b.T).matmul(a);",
      "export const y = a.matmul((b.T).transpose(-1, -2));",
      "export const y = a.matmul(b);",
    ]);
    expect(changed("export const y = [n, d];")).toEqual(["export const y = [d, n];"]);
    expect(changed('export const y = e(x, "b t d -> b d t");')).toEqual([
      'export const y = e(x, "t b d -> b d t");',
      'export const y = e(x, "b d t -> b d t");',
      'export const y = e(x, "b t d -> d b t");',
      'export const y = e(x, "b t d -> b t d");',
    ]);
    expect(changed('export const y = e("ij,jk->ik");')).toContain(
      'export const y = e("ij,jk->ki");',
    );
    expect(changed("export const y = x.transpose(a, b);")).toEqual(["export const y = x;"]);
  });

  test("keeps out of types, imports and messages", () => {
    expect(changed('import { a } from "b";')).toEqual([]);
    expect(changed("export type A = 1 | 2;")).toEqual([]);
    expect(changed("export let a: B<3>;")).toEqual([]);
    expect(changed("throw new RangeError(`a ${1 + 2}`);")).toEqual([]);
  });

  test("finds shaders in templates, and leaves their attributes, types and counting alone", () => {
    const shader = (body: string): string => `export const k = \`fn f(a: vec2<u32>) { ${body} }\`;`;
    const inner = (body: string): string[] =>
      changed(shader(body)).map((text) => text.slice(shader("").indexOf("{ ") + 2, -4));
    expect(inner("if (a.x >= n) { return; }")).toEqual([
      "",
      "if (a.y >= n) { return; }",
      "if (a.x > n) { return; }",
      "if (a.x < n) { return; }",
    ]);
    expect(inner("workgroupBarrier();")).toEqual([""]);
    expect(inner("let b = c * 4u;")).toEqual([
      "let b = c / 4u;",
      "let b = c + 4u;",
      "let b = c * 5u;",
      "let b = c * 3u;",
    ]);
    expect(inner("x[i] = array<f32, 3>(1.5)[0];")).toEqual([
      "",
      "x[i] = array<f32, 3>(2.5)[0];",
      "x[i] = array<f32, 3>(0.5)[0];",
      "x[i] = array<f32, 3>(1.5)[1];",
    ]);
    expect(inner("for (var i = 0u; i < n; i += 2u) { }")).toEqual([
      "",
      "for (var i = 1u; i < n; i += 2u) { }",
      "for (var i = 0u; i <= n; i += 2u) { }",
    ]);
    // Always true of a u32: it would never end.
    expect(inner("for (var s = n; s > 0u; s /= 2u) { }")).not.toContain(
      "for (var s = n; s >= 0u; s /= 2u) { }",
    );
    expect(inner("@workgroup_size(64) // a + b")).toEqual([]);
  });

  test("shows whole lines, and knows where the change begins", () => {
    const [first] = mutantsOf("function f() {\n  if (a) {\n    b();\n  }\n}\n", "ts");
    expect(first).toMatchObject({ line: 2, column: 3, from: "if (a) {\n  b();\n}", to: "" });
  });

  test("leaves out what is the same code, what does not parse, and what cannot be read", () => {
    expect(changed("export const x = a / 1;")).not.toContain("export const x = a / 1;");
    const sources = mutantsOf("export const y = f(1, 1) + f(1, 1);", "ts").map(
      ({ source }) => source,
    );
    expect(new Set(sources).size).toBe(sources.length);
    expect(mutantsOf("export const (", "ts")).toEqual([]);
  });

  test("makes sources that differ from the reference and can be parsed, of every bundled kata", async () => {
    const root = join(import.meta.dir, "../../../katas");
    const transpiler = new Bun.Transpiler({ loader: "ts" });
    for (const path of new Bun.Glob("*/*/reference.ts").scanSync({ cwd: root, absolute: true })) {
      const source = await Bun.file(path).text();
      const mutants = mutantsOf(source, "ts");
      expect(mutants.length).toBeGreaterThan(5);
      for (const mutant of mutants) {
        expect(mutant.source).not.toBe(source);
        expect(mutant.from).not.toBe(mutant.to);
        transpiler.transformSync(mutant.source);
      }
    }
  });

  test("never throws, whatever the text", () => {
    const word = fc.constantFrom(
      ..."a b 0 1.5 ( ) [ ] { } < > + - * / = => ; , . ` ${ } \" ' fn if for return @ :: ? //".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 30 }),
        (words) => {
          mutantsOf(words.join(" "), "ts");
          mutantsOf(
            `export const k = \`fn f(${words.join(" ").replaceAll(/[`$\\]/g, "")}\`;`,
            "ts",
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
