import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { cpuTime } from "../cpu-time.ts";
import { isFilled, readTemplate, report } from "../../src/catalog/regions.ts";
import type { Lang } from "../../src/events/event.ts";

/** `start-end content`, one a region. */
function regions(source: string, lang: Lang): string[] {
  return readTemplate(source, lang).regions.map(
    ({ start_line, end_line, content }) => `${start_line}-${end_line} ${content}`,
  );
}

describe("readTemplate with hostile text", () => {
  test("readTemplate() never throws and ends soon when the text is garbage", () => {
    const pieces = [
      "// TODO\nx;\n",
      "// TODO {\n{ // TODO\n",
      "/*TODO*/",
      "x /*TODO*/",
      "# TODO\n",
      "x #TODO\n",
    ];
    pieces.push(
      "x =\n",
      "# BLANK_START\n",
      "// BLANK_END\n",
      "(",
      " ",
      "\n",
      "if x: # TODO\n",
      "// TODO\n{\n",
    );
    for (const lang of ["ts", "py"] as const) {
      for (const piece of pieces) {
        const source = piece.repeat(20_000);
        const start = cpuTime();
        readTemplate(source, lang);
        report(source, source, lang);
        expect(cpuTime() - start).toBeLessThan(5000);
      }
    }
  }, 60_000);

  test("readTemplate() never throws and keeps to the file's lines for any mix of tokens", () => {
    const token = fc.constantFrom(
      "// TODO",
      "# TODO",
      "// BLANK_START",
      "# BLANK_START",
      "// BLANK_END",
      "# BLANK_END",
      "\n",
      "\n  ",
      "{",
      "}",
      "(",
      ")",
      "x",
      ";",
      ":",
      "if x:",
      "else",
      "if (x)",
      "'",
      "`",
      '"""',
      "/*",
      "*/",
      "=",
      "\t",
      "@d",
    );
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 40 }),
        fc.constantFrom("ts", "py"),
        (parts, lang) => {
          const source = parts.join("");
          const lines = source.split("\n").length;
          for (const { start_line, end_line } of readTemplate(source, lang).regions) {
            expect(start_line).toBeGreaterThan(0);
            expect(end_line).toBeGreaterThanOrEqual(start_line);
            expect(end_line).toBeLessThanOrEqual(lines);
          }
          expect(report(source, source, lang).filled).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("readTemplate() counts no marker in a string, whatever the string", () => {
    const text = fc.array(
      fc.constantFrom("TODO", "BLANK_START", "BLANK_END", "//", "#", "/*", "\n", " "),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const value = JSON.stringify(parts.join(""));
        const empty = { regions: [], todos: [], problems: [] };
        expect(readTemplate(`x = ${value};\ny = \`${parts.join("")}\``, "ts")).toEqual(empty);
        expect(readTemplate(`x = ${value}\ny = '''${parts.join("")}'''`, "py")).toEqual(empty);
      }),
    );
  });

  test("readTemplate() names the line when regions are nested, stray or never closed", () => {
    const source =
      "// BLANK_END\n  // BLANK_START\n// BLANK_START\n// BLANK_END\n\n// BLANK_START\n// TODO\nx";
    const { problems, regions: found, todos } = readTemplate(source, "ts", "t.ts");
    expect(
      problems.map(({ file, line, column, message }) => [file, line, column, message]),
    ).toEqual([
      ["t.ts", 1, 4, "BLANK_END without a BLANK_START"],
      ["t.ts", 3, 4, "Cannot begin a region inside the one that begins on line 2"],
      ["t.ts", 6, 4, "Region is never closed: BLANK_START without a BLANK_END"],
    ]);
    expect(found).toHaveLength(1);
    expect(todos).toEqual([{ line: 7, text: "TODO" }]);
  });
});

describe("readTemplate", () => {
  test("readTemplate() reads blanks with their markers' lines, and their content", () => {
    const ts =
      "a\n// --- BLANK_START: sum ---\n  b\n\n  c\n  /* BLANK_END */\nd /* BLANK_START */ e /* BLANK_END */ f";
    expect(readTemplate(ts, "ts").regions).toEqual([
      { kind: "blank", start_line: 2, end_line: 6, content: "  b\n\n  c" },
      { kind: "blank", start_line: 7, end_line: 7, content: " e " },
    ]);
    expect(regions(ts.replaceAll("\n", "\r\n"), "ts")[0]).toBe("2-6   b\n\n  c");
    expect(regions("# BLANK_START\n# BLANK_END", "py")).toEqual(["1-2 "]);
    expect(regions("/* BLANK_START\nBLANK_END */", "ts")).toEqual(["1-2 "]);
  });

  test("readTemplate() takes a marker that is talked about for none", () => {
    const prose = "// fill in between BLANK_START and BLANK_END\n// BLANK_STARTED TODOS _TODO\nx;";
    expect(readTemplate(prose, "ts")).toEqual({ regions: [], todos: [], problems: [] });
  });

  test("readTemplate() counts the TODO of a region, which makes no region of its own", () => {
    const { todos, regions: found } = readTemplate(
      "# BLANK_START TODO: it\n# TODO(me) x\n# BLANK_END",
      "py",
    );
    expect(todos).toEqual([
      { line: 1, text: "TODO: it" },
      { line: 2, text: "TODO(me) x" },
    ]);
    expect(found).toHaveLength(1);
  });

  test("readTemplate() takes the statement or block after a TODO in TypeScript", () => {
    const cases: [string, string][] = [
      ["// TODO\nreturn x;\ny;", "1-2 return x;"],
      ["// TODO\n// more\n// TODO 2\n\n  return x\ny", "1-5   return x"],
      ["{\n  // TODO\n}", "2-2 "],
      ["// TODO", "1-1 "],
      [
        "// TODO\nif (x) {\n a;\n} else if (b) {\n c;\n}\nd;",
        "1-6 if (x) {\n a;\n} else if (b) {\n c;\n}",
      ],
      ["// TODO\nif (x)\n  a;\nelse\n  b;\nc;", "1-5 if (x)\n  a;\nelse\n  b;"],
      ["// TODO\nif (x) a; else if (y)\n  b;\nc;", "1-3 if (x) a; else if (y)\n  b;"],
      ["// TODO\ndo {\n a\n} while (x);\nb;", "1-4 do {\n a\n} while (x);"],
      ["// TODO\nfunction f(): { a: 1 } {\n x;\n}\n[1];", "1-4 function f(): { a: 1 } {\n x;\n}"],
      ["// TODO\nconst f = () =>\n  x\n    .y();\nz;", "1-4 const f = () =>\n  x\n    .y();"],
      ["// TODO\nconst f = () => {\n a;\n};\nb", "1-4 const f = () => {\n a;\n};"],
      ["// TODO\nx = `\n;\n`;\ny", "1-4 x = `\n;\n`;"],
      ["// TODO\ni++\nj", "1-2 i++"],
      ["f(\n  // TODO\n  1,\n)", "2-3   1,"],
      ["return x; // TODO\ny;", "1-1 return x; // TODO"],
      ["f(/* TODO */ x);", "1-1 f(/* TODO */ x);"],
      ["/* TODO */ return {\n a };\nb", "1-2 return {\n a };"],
      ["/*\n * TODO\n */\nx;", "2-4 x;"],
      ["function f() { // TODO\n  a;\n  b({});\n}\nc", "1-3   a;\n  b({});"],
      ["function f() { // TODO\n}", "1-1 "],
      ["f(1, // TODO\n 2)", "1-1 f(1, // TODO"],
    ];
    for (const [source, region] of cases)
      expect([source, regions(source, "ts")]).toEqual([source, [region]]);
  });

  test("readTemplate() takes the statement or block after a TODO in Python", () => {
    const cases: [string, string][] = [
      ["# TODO\nreturn x\ny", "1-2 return x"],
      ["def f():\n    # TODO\n\ndef g(): pass", "2-2 "],
      ["# TODO", "1-1 "],
      ["# TODO\n@d\ndef f(\n  x\n):\n    a\n\n    b\nc", "1-8 @d\ndef f(\n  x\n):\n    a\n\n    b"],
      ["# TODO\nif x:\n  a\nelif y: b\nelse:\n  c\nd", "1-6 if x:\n  a\nelif y: b\nelse:\n  c"],
      ["# TODO\nx = [\n 1,\n]\ny", "1-4 x = [\n 1,\n]"],
      ["# TODO\nx = '''\ny\n'''\nz", "1-4 x = '''\ny\n'''"],
      ["# TODO\nx = 1 + \\\n  2\ny", "1-3 x = 1 + \\\n  2"],
      ["x = f(\n  # TODO\n  1,\n  2)", "2-3   1,"],
      ["x = f(\n  # TODO\n  1", "2-3   1"],
      ["return x # TODO\ny", "1-1 return x # TODO"],
      ["def f(): # TODO\n\ta\n\tb\nc", "1-3 \ta\n\tb"],
      ["def f(): # TODO\nc", "1-1 "],
      ["x = {'a': # TODO\n 1}", "1-1 x = {'a': # TODO"],
      ["\t# TODO\n        x", "1-2         x"],
    ];
    for (const [source, region] of cases)
      expect([source, regions(source, "py")]).toEqual([source, [region]]);
  });

  test("readTemplate() counts on but marks no more when there are more TODOs than anyone writes", () => {
    const { todos, regions: found } = readTemplate("# TODO\nx\n".repeat(150), "py");
    expect([todos.length, found.length]).toEqual([150, 100]);
  });
});

describe("isFilled", () => {
  const blank = (content: string, mark = "//"): string =>
    `a\n${mark} BLANK_START\n${content}\n${mark} BLANK_END\nb\n`;

  test("isFilled() is false when a blank is as good as empty", () => {
    const ts = ["", "  // TODO", "/* x */", ";", "{}", "{ throw new Error('TODO') }"];
    ts.push('throw new Error("not implemented");', "throw new Error(`Not implemented: (x)`)");
    ts.push("throw Error(\n  'NOT IMPLEMENTED yet',\n);", "throw new TypeError('todo')");
    for (const content of ts)
      expect([content, isFilled(blank(content), blank("old"), "ts")]).toEqual([content, false]);
    const py = ["", "pass", "    ...  # x", "pass\n...", "raise NotImplementedError"];
    py.push("raise NotImplementedError()", 'raise NotImplementedError("a (b)")');
    for (const content of py) {
      expect([content, isFilled(blank(content, "#"), blank("old", "#"), "py")]).toEqual([
        content,
        false,
      ]);
    }
  });

  test("isFilled() is true when a blank holds code, be its TODO left", () => {
    const ts = [
      "x",
      "throw new Error('bad')",
      "throw new Error('todo'); x('')",
      "// TODO\nreturn 1;",
    ];
    for (const content of ts)
      expect([content, isFilled(blank(content), blank("old"), "ts")]).toEqual([content, true]);
    const py = ["return x", "raise ValueError", "raise NotImplementedErrors", "# TODO\nx = 1"];
    py.push("if x: raise NotImplementedError\nreturn 1", "raise NotImplementedError if x else y");
    for (const content of py) {
      expect([content, isFilled(blank(content, "#"), blank("old", "#"), "py")]).toEqual([
        content,
        true,
      ]);
    }
  });

  test("isFilled() is false when a region is the template's own, whatever its comments and spaces", () => {
    expect(isFilled(blank("  x = 1; // mine\n\n"), blank("x = 1;"), "ts")).toBe(false);
    expect(isFilled("// TODO\nreturn 0;", "// TODO: it\nreturn 0;", "ts")).toBe(false);
    expect(isFilled("// TODO\nreturn 1;", "// TODO: it\nreturn 0;", "ts")).toBe(true);
    expect(isFilled("x = 1  # TODO", "x = 0  # TODO", "py")).toBe(true);
  });

  test("isFilled() judges by the code when markers are gone", () => {
    const template = "def f(x):\n    # TODO: f\n    pass\n\ndef g(x):\n    # TODO: g\n    pass\n";
    expect(isFilled(template.replace(/# TODO.*/g, ""), template, "py")).toBe(false);
    expect(isFilled("def f(x):\n    return 1\n\ndef g(x):\n    return 2\n", template, "py")).toBe(
      true,
    );
    expect(isFilled("def f(x): return 1\ndef g(x): return 2\n", template, "py")).toBe(true);
    expect(isFilled("def f(x):\n    return 1\n\ndef g(x):\n    pass\n", template, "py")).toBe(
      false,
    );
    const half = "def f(x):\n    pass\n\ndef g(x):\n    # TODO: g\n    return 2\n";
    expect(isFilled(half, template, "py")).toBe(false);
    expect(isFilled(half.replace("pass", "return 1"), template, "py")).toBe(true);
    expect(isFilled("x", "x", "ts")).toBe(false);
    expect(isFilled("y", "x", "ts")).toBe(true);
  });

  test("isFilled() is true when the code was written above its TODO", () => {
    const template = "function f() {\n  // TODO\n}\n";
    expect(isFilled(template, template, "ts")).toBe(false);
    expect(isFilled("function f() {\n  return 1;\n  // TODO\n}\n", template, "ts")).toBe(true);
    const stub = "def f():\n    # TODO\n    pass\n";
    expect(isFilled("def f():\n    return 1\n    # TODO\n", stub, "py")).toBe(true);
    expect(isFilled("def f():\n    # TODO\n", stub, "py")).toBe(false);
  });
});

describe("report", () => {
  test("report() counts TODOs and says of each region whether it is filled", () => {
    const template = "# TODO a\nx = 0\n# BLANK_START\npass\n# BLANK_END\n";
    expect(report(template.replace("pass", "y = 1"), template, "py")).toEqual({
      todos: 1,
      filled: false,
      regions: [
        { kind: "todo", start_line: 1, end_line: 2, content: "x = 0", filled: false },
        { kind: "blank", start_line: 3, end_line: 5, content: "y = 1", filled: true },
      ],
    });
  });

  test("report() judges by content alone when there is no template", () => {
    expect(report("# TODO\nx = 1", null, "py").filled).toBe(true);
    expect(report("# TODO\npass", null, "py").filled).toBe(false);
    expect(report("x = 1", null, "py").filled).toBe(true);
  });
});
