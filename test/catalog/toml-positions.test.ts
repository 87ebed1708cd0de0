import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { cpuTime } from "../cpu-time.ts";
import { scanKeys } from "../../src/catalog/toml-positions.ts";
import type { KeyPositions, TomlPath } from "../../src/catalog/toml-positions.ts";

/** Every path of a parsed document that a key or an element stands for. */
function paths(value: unknown, path: TomlPath = []): TomlPath[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => [[...path, i], ...paths(item, [...path, i])]);
  }
  if (typeof value !== "object" || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    [...path, key],
    ...paths(item, [...path, key]),
  ]);
}

/** The text from a key's place on. */
function textAt(
  source: string,
  path: TomlPath,
  keys: KeyPositions = scanKeys(source),
): string | undefined {
  const place = keys.at(path);
  return place && source.split("\n")[place.line - 1]?.slice(place.column - 1);
}

describe("scanKeys", () => {
  test("scanKeys() never throws nor hangs when the text is garbage", () => {
    const hostile = [
      "",
      "\uFEFF",
      "\0\0",
      "[",
      "[[",
      "[[]]",
      "a = [",
      "a = {",
      "a = { , }",
      "a = [ } ]",
      'a = "',
      'a = """',
      "a = '''x",
      "= 1",
      "a.",
      "a.b",
      "a = [1 2 3",
      '"\\UFFFFFFFF" = 1',
      '"\\q" = 1',
      "[a\nb = 1",
      "]".repeat(1e5),
      "[".repeat(1e6),
      "a = " + "[".repeat(1e6),
      "a = " + "{a=".repeat(3e5),
      "a.".repeat(5e5) + "b = 1",
      " ".repeat(1e6),
      "#\n".repeat(5e5),
      "\\".repeat(1e6),
      'a = "' + "\\".repeat(1e6),
    ];
    const start = cpuTime();
    for (const text of hostile) expect(scanKeys(text).at(["nothing"])).toBeUndefined();
    expect(cpuTime() - start).toBeLessThan(5000);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void scanKeys(text)));
    const toml = fc.constantFrom(..."[]{}=.,#'\"\\\n ab1", '"""', "'''", "[[", "]]");
    fc.assert(fc.property(fc.array(toml), (parts) => void scanKeys(parts.join(""))));
  }, 60_000);

  test("scanKeys() gives up when the nesting is deeper than anyone writes", () => {
    expect(scanKeys("a = " + "[".repeat(200)).tooDeep).toEqual({ line: 1, column: 105 });
    expect(scanKeys("a.".repeat(200) + "b = 1").tooDeep?.line).toBe(1);
    expect(scanKeys("a = [[1]]").tooDeep).toBeUndefined();
  });

  test("scanKeys() points at the key when the document is any that TOML can hold", () => {
    const leaf = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom("a = 1", "[x]", "# no", '"""', "'''", "x\ny = 2\n[z]", "\\"),
    );
    const { document } = fc.letrec((tie) => ({
      document: fc.dictionary(fc.string({ maxLength: 6, unit: "grapheme" }), tie("value"), {
        maxKeys: 5,
      }),
      value: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(leaf, { maxLength: 4 }),
        fc.array(tie("document"), { maxLength: 3 }),
        tie("document"),
      ),
    }));
    fc.assert(
      fc.property(document, (value) => {
        const source = stringify(value as Record<string, unknown>);
        const scan = scanKeys(source);
        for (const path of paths(parse(source))) {
          const last = path.at(-1);
          const text = textAt(source, path, scan);
          // Tables that exist through their children alone have a place as well.
          expect(text).toBeDefined();
          if (typeof last !== "string") continue;
          const key = /^[A-Za-z0-9_-]+$/.test(last) ? last : JSON.stringify(last)[0];
          expect(text?.startsWith(key ?? "")).toBe(true);
        }
        expect(scan.tooDeep).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  test("scanKeys() reads quoted, dotted and inline keys when strings and comments look like keys", () => {
    const source = [
      "\uFEFF# name = 1",
      'top = """',
      "name = 2",
      '""" # ]',
      "[kata] # [other]",
      "'a.b' . \"c\\u0064\\x41\\U00000042\\te\\z\".x = 'it''",
      "list = [ # one",
      '  "one", """two',
      ']""""", 3,',
      "  { deep = 4, er.deep = [5] },",
      "]",
      "end = '''\n''''' ",
      "[[v]]",
      "name = 1",
      "[v.params]",
      "k = 1",
      "[[v]]",
      "name = 2",
      "[[v.w]]",
      "z = 1",
      '"\\q" = 1',
    ].join("\r\n");
    const cases: [TomlPath, string][] = [
      [["top"], "top"],
      [["kata"], "kata]"],
      [["kata", "a.b"], "'a.b'"],
      [["kata", "a.b", "cdAB\tez", "x"], "x ="],
      [["kata", "list", 0], '"one"'],
      [["kata", "list", 1], '"""two'],
      [["kata", "list", 2], "3"],
      [["kata", "list", 3, "deep"], "deep = 4"],
      [["kata", "list", 3, "er", "deep", 0], "5"],
      [["kata", "end"], "end"],
      [["v"], "v]]"],
      [["v", 0, "name"], "name = 1"],
      [["v", 0, "params", "k"], "k = 1"],
      [["v", 1], "v]]"],
      [["v", 1, "name"], "name = 2"],
      [["v", 1, "w", 0, "z"], "z = 1"],
    ];
    for (const [path, text] of cases) expect(textAt(source, path) ?? path).toStartWith(text);
    expect(scanKeys(source).at(["name"])).toBeUndefined();
  });
});
