import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { cpuTime } from "../cpu-time.ts";
import { parseManifest } from "../../src/catalog/manifest.ts";
import type { ManifestFields } from "../../src/catalog/manifest.ts";
import type { Problem } from "../../src/catalog/problem.ts";

const GOOD = `[kata]
name = "Softmax"
category = "basics"
base_difficulty = 2
description = "Write it"
`;

function read(
  text: string,
  options: { bundled?: boolean; dirName?: string; parentName?: string } = {},
): { kata: ManifestFields | null; problems: Problem[] } {
  return parseManifest(text, { file: "m.toml", dirName: "softmax", bundled: false, ...options });
}

/** `line:column severity message`, one a problem. */
function said(text: string, options: Parameters<typeof read>[1] = {}): string[] {
  return read(text, options).problems.map(
    ({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`,
  );
}

describe("parseManifest with hostile text", () => {
  test("parseManifest() reports and never throws when the text is garbage", () => {
    const garbage = [
      "",
      "\0",
      "\uFEFF",
      "x".repeat(1e6),
      "[".repeat(1e6),
      "a=[".repeat(3e5),
      "a = 1\n".repeat(1e5),
      "\n".repeat(1e6),
      "a.".repeat(4e5),
      "\uFFFD\uD800 = 1",
      "[kata]\n__proto__ = 1",
      "[kata]\nconstructor.prototype = 1",
    ];
    for (const text of garbage) {
      const start = cpuTime();
      const { kata, problems } = read(text);
      expect(kata).toBeNull();
      expect(problems.length).toBeGreaterThan(0);
      expect(cpuTime() - start).toBeLessThan(3000);
    }
  }, 60_000);

  test("parseManifest() never throws when a good manifest is cut and mixed", () => {
    const whole = `${GOOD}rules = { forbid = ["for"] }\n[[variations]]\nname = "a"\nparams = { x = 1 }\n`;
    const piece = fc
      .tuple(fc.nat(whole.length), fc.nat(whole.length))
      .map(([a, b]) => whole.slice(Math.min(a, b), Math.max(a, b)));
    const noise = fc.string({ unit: "binary", maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, noise), { maxLength: 6 }), (parts) => {
        const { kata, problems } = read(parts.join(""));
        expect(kata === null).toBe(problems.some(({ severity }) => severity === "error"));
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
    );
  });

  test("parseManifest() reads on when syntax errors are within their lines", () => {
    const text =
      "[kata]\nname = Softmax\ncategory = 'b'\nbase_difficulty = 9.5\nthis is no TOML\ndescription = 'd'\n";
    const [first, second, third] = read(text).problems;
    expect([first?.line, second?.line, third?.line]).toEqual([2, 4, 5]);
    expect(first?.message).toStartWith("Cannot parse m.toml: ");
    expect(said(text).join()).not.toContain("Missing required field");
  });

  test("parseManifest() stops at the syntax error when other lines hang on it", () => {
    expect(read("[kata\nname = 1\nbase_difficulty = 'x'").problems).toHaveLength(1);
    expect(read('[kata]\nname = """\nx\nbase = ').problems).toHaveLength(1);
    expect(read("[kata]\n" + "x\n".repeat(50)).problems).toHaveLength(20);
    const deep = read(`[kata]\nname = ${"[".repeat(200)}`).problems;
    expect(deep.map(({ message }) => message)).toEqual([
      "Cannot parse m.toml: it nests deeper than 100 levels",
    ]);
  });

  test("parseManifest() refuses control characters when they would drive a terminal", () => {
    expect(said(GOOD.replace("Softmax", "\\u001b[31m"))).toEqual([
      "2:1 error Cannot read kata.name: it holds a control character",
    ]);
  });
});

describe("parseManifest with what an author says of tests and mutants", () => {
  test("parseManifest() reads no_loops, passes_on_template and [[equivalent]]", () => {
    const { kata, problems } = read(
      `${GOOD}rules = { no_loops = true }\npasses_on_template = ["keeps its input"]\n[[equivalent]]\nfrom = "a <= b"\nto = ""\nreason = "b is never a"\n`,
    );
    expect(problems).toEqual([]);
    expect(kata).toMatchObject({
      rules: { forbid: [], must_use: [], no_loops: true },
      passesOnTemplate: ["keeps its input"],
      equivalent: [{ from: "a <= b", to: "", reason: "b is never a" }],
    });
  });

  test("parseManifest() names what is wrong with them", () => {
    expect(said(`${GOOD}rules = { no_loops = 1 }\nequivalent = 3\n`)).toEqual([
      "6:11 error Cannot read kata.rules.no_loops: it is the integer 1",
      "7:1 warning Unknown key: kata.equivalent",
    ]);
    expect(said(`${GOOD}[[equivalent]]\nfrom = ""\nwhy = "x"\n`)).toEqual([
      "6:3 error Missing required field: to",
      "6:3 error Missing required field: reason",
      "7:1 error Cannot read equivalent[0].from: it is empty",
      "8:1 warning Unknown key: equivalent[0].why",
    ]);
    expect(said(`${GOOD}[equivalent]\nfrom = "a"\n`)).toEqual([
      "6:2 error Cannot read equivalent: it is a table",
    ]);
  });
});

describe("parseManifest with a good manifest", () => {
  test("parseManifest() fills in what is left out", () => {
    expect(read(GOOD)).toEqual({
      problems: [],
      kata: {
        name: "Softmax",
        category: "basics",
        difficulty: 2,
        description: "Write it",
        dependencies: [],
        tags: [],
        hints: [],
        device: "any",
        rules: { forbid: [], must_use: [] },
        variations: [],
        passesOnTemplate: [],
        equivalent: [],
      },
    });
  });

  test("parseManifest() reads every field, after a BOM and with CRLF", () => {
    const text = `\uFEFF${GOOD}dependencies = ["relu"]
tags = ["shapes"]
hints = ["""
Look
again"""]
timeout_ms = 250
device = "webgpu"
rules = { forbid = ["for"], must_use = ["einsum"], max_lines = 12 }
[[variations]]
name = "small"
[[variations]]
name = "v2.large"
description = "Much"
[variations.params]
size = 3
deep = { list = [1.5, true, "x", { y = 2 }] }
`;
    const { kata, problems } = read(text.replaceAll("\n", "\r\n"), { bundled: true });
    expect(problems).toEqual([]);
    expect(kata).toMatchObject({
      dependencies: ["relu"],
      tags: ["shapes"],
      hints: ["Look\nagain"],
      timeoutMs: 250,
      device: "webgpu",
      rules: { forbid: ["for"], must_use: ["einsum"], max_lines: 12 },
      variations: [
        { name: "small", description: "", params: {} },
        {
          name: "v2.large",
          description: "Much",
          params: { size: 3, deep: { list: [1.5, true, "x", { y: 2 }] } },
        },
      ],
    });
  });
});

describe("parseManifest with a wrong manifest", () => {
  test("parseManifest() names the section when [kata] is missing, misspelt or no table", () => {
    const missing = "Missing [kata] section in manifest";
    expect(said("")).toEqual([`1:1 error ${missing}`]);
    expect(said("name = 'x'\n")).toContain(`1:1 error ${missing}`);
    const misspelt = read("[kat]\nname = 'x'\n").problems;
    expect(misspelt.map(({ hint }) => hint)).toContain("write [kata] in the place of [kat]");
    expect(misspelt.map(({ hint }) => hint)).toContain('did you mean "kata"?');
    expect(said("[[kata]]\n")).toEqual(["1:3 error Cannot read kata: it is a list"]);
  });

  test("parseManifest() names every missing field at once, at the section", () => {
    expect(said("# first\n[kata]\n", { bundled: true })).toEqual([
      "2:2 error Missing required field: name",
      "2:2 error Missing required field: description",
      "2:2 error Missing required field: category",
      "2:2 error Missing required field: base_difficulty",
    ]);
  });

  test("parseManifest() only warns and takes the folder's name when a stranger's category is missing", () => {
    const text = GOOD.replace('category = "basics"\n', "");
    expect(said(text)).toEqual(["1:2 warning Missing required field: category"]);
    expect(read(text).kata?.category).toBe("uncategorised");
    expect(read(text, { parentName: "shapes" }).kata?.category).toBe("shapes");
    expect(read(text, { bundled: true }).kata).toBeNull();
  });

  test("parseManifest() warns about a stranger's difficulty when it is off the scale", () => {
    const rated = (value: string): string =>
      GOOD.replace("base_difficulty = 2", `base_difficulty = ${value}`);
    expect(said(rated("9"))).toEqual([
      "4:1 warning Cannot rate a kata 9: base_difficulty is from 1 to 5",
    ]);
    expect(read(rated("9")).kata?.difficulty).toBe(5);
    expect(read(rated("-3")).kata?.difficulty).toBe(1);
    expect(read(rated("0"), { bundled: true }).kata).toBeNull();
    for (const value of ["1.0", '"1"', "true", "[1]", "2026-01-01"]) {
      expect(said(rated(value))[0]).toStartWith(
        "4:1 error Cannot read kata.base_difficulty: it is ",
      );
    }
  });

  test("parseManifest() points at each wrong value when many are wrong", () => {
    const text = `[kata]
name = 3
category = "a/b"
base_difficulty = 1
description = { a = 1 }
dependencies = "relu"
tags = ["a", 4, "a", ""]
hints = [${JSON.stringify("x".repeat(50))}, true]
timeout_ms = 0
device = "webgpo"
rules = ["for"]
autor = "x"

[[variations]]
description = 1.5
params = 2
[[variations]]
name = "a/b"
[[variations]]
name = "same"
params = { when = 2026-01-01, big = 9007199254740993, inf = inf }
[[variations]]
name = "same"
colour = "red"
`;
    expect(said(text)).toEqual([
      "2:1 error Cannot read kata.name: it is the integer 3",
      '3:1 error Cannot read kata.category: it is the string "a/b"',
      "5:1 error Cannot read kata.description: it is a table",
      '6:1 error Cannot read kata.dependencies: it is the string "relu"',
      "7:1 warning Repeated in kata.tags: a",
      "7:14 error Cannot read kata.tags[1]: it is the integer 4",
      "7:22 error Cannot read kata.tags[3]: it is empty",
      "8:64 error Cannot read kata.hints[1]: it is the boolean true",
      "9:1 error Cannot read kata.timeout_ms: 0 is out of range",
      '10:1 error Cannot read kata.device: it is the string "webgpo"',
      "11:1 error Cannot read kata.rules: it is a list",
      "12:1 warning Unknown key: kata.autor",
      "14:3 error Missing required field: name",
      "15:1 error Cannot read variations[0].description: it is the float 1.5",
      "16:1 error Cannot read variations[0].params: it is the integer 2",
      '18:1 error Cannot read variations[1].name: it is the string "a/b"',
      "21:12 error Cannot read variations[2].params.when: it is a date or a time",
      "21:31 error Cannot read variations[2].params.big: it is the integer 9007199254740993",
      "21:55 error Cannot read variations[2].params.inf: it is the float Infinity",
      '23:1 error Cannot tell variations apart: variations[3].name is "same" again',
      "24:1 warning Unknown key: variations[3].colour",
    ]);
    for (const { hint } of read(text).problems) expect(hint).toBeTruthy();
  });

  test("parseManifest() suggests the nearest when a key or a device is misspelt", () => {
    const { problems } = read(`${GOOD}time_out_ms = 5\n"odd key" = 1\ndevice = "webgpo"\n`);
    expect(problems.map(({ hint }) => hint)).toEqual([
      'did you mean "timeout_ms"?',
      "remove it",
      'did you mean "webgpu"?',
    ]);
    expect(problems[1]?.message).toBe('Unknown key: kata."odd key"');
    expect(read(`${GOOD}device = 3`).problems[0]?.hint).toContain("leave it out");
  });

  test("parseManifest() refuses an unknown rule, for it would not be enforced", () => {
    expect(said(`${GOOD}[kata.rules]\nforbids = ["for"]\nmax_lines = 2.0\n`)).toEqual([
      "7:1 error Unknown key: kata.rules.forbids",
      "8:1 error Cannot read kata.rules.max_lines: it is the float 2",
    ]);
  });

  test("parseManifest() refuses variations when they are no array of tables", () => {
    expect(said(`variations = 1\n${GOOD}`)[0]).toStartWith("1:1 error Cannot read variations: ");
    expect(said(`variations = [1]\n${GOOD}`)[0]).toStartWith(
      "1:15 error Cannot read variations[0]",
    );
  });

  test("parseManifest() refuses an empty name, one of two lines, a long word and a long wait", () => {
    expect(said(GOOD.replace("Softmax", " "))).toEqual([
      "2:1 error Cannot read kata.name: it is empty",
    ]);
    expect(said(GOOD.replace("Softmax", "a\\nb"))).toEqual([
      "2:1 error Cannot read kata.name: it has more than one line",
    ]);
    expect(said(`${GOOD}tags = ${JSON.stringify("x".repeat(50))}`)).toEqual([
      "6:1 error Cannot read kata.tags: it is a string",
    ]);
    expect(said(`${GOOD}timeout_ms = 2147483648`)).toHaveLength(1);
  });

  test("parseManifest() refuses a folder's name when it cannot be an id", () => {
    for (const dirName of ["a b", "-x", "a*", ".", "", "a\u001b"]) {
      expect(read(GOOD, { dirName }).kata).toBeNull();
    }
    expect(read(GOOD, { dirName: "été_2.b-c" }).problems).toEqual([]);
  });
});
