/** The schemas of what authors write, and the readers of it, say the same. */
import { describe, expect, test } from "bun:test";
import Ajv from "ajv/dist/2020.js";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { parseManifest } from "../../src/catalog/manifest.ts";
import type { Problem } from "../../src/catalog/problem.ts";
import { parseProject } from "../../src/catalog/project.ts";
import config from "../../src/help/schemas/config.json";
import manifest from "../../src/help/schemas/manifest.json";

const ROOT = join(import.meta.dir, "../..");
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const validators = { manifest: ajv.compile(manifest), config: ajv.compile(config) };
type Name = keyof typeof validators;
type Document = Record<string, unknown>;

function problemsOf(name: Name, text: string): Problem[] {
  if (name === "config") return parseProject(text, "kata.toml").problems;
  return parseManifest(text, { file: "manifest.toml", dirName: "x", bundled: true }).problems;
}

/** What a schema has against a text; a text that does not parse is wrong for every editor. */
function accepts(name: Name, text: string): boolean {
  try {
    const document: unknown = JSON.parse(
      JSON.stringify(parse(text, { integersAsBigInt: true }), (_, value: unknown) =>
        typeof value === "bigint" ? Number(value) : value,
      ),
    );
    return validators[name](document);
  } catch {
    return false;
  }
}

/** Every key is there, and right. */
const WHOLE: Record<Name, Document> = {
  manifest: {
    kata: {
      name: "Softmax",
      category: "basics",
      base_difficulty: 2,
      description: "Write\nit",
      dependencies: ["a", "b"],
      tags: ["t"],
      hints: ["one\nmore"],
      timeout_ms: 1000,
      device: "webgpu",
      rules: { forbid: ["for"], must_use: ["exp()"], max_lines: 3, no_loops: true },
      passes_on_template: ["a test"],
    },
    variations: [{ name: "small", description: "", params: { n: 1, deep: { list: [1.5, "x"] } } }],
    equivalent: [{ from: "a", to: "", reason: "b" }],
  },
  config: {
    sandbox: {
      "allow-read": ["data"],
      "allow-write": true,
      "allow-env": false,
      "allow-net": true,
      "allow-run": false,
      "max-memory": 64,
      "max-cpu": 86_400,
      "max-output": 9,
    },
    extensions: { folder: "steps", slots: { gate: ["lint.md"], "on:failure": [] } },
    agents: { default: { command: ["sh", "agent.sh"] } },
    plugins: {
      "no-skips": { path: "plugins/no-skips", gate: true },
      house: { package: "@me/house" },
    },
  },
};

/** The tables of a document that have keys of their own, by their paths. */
const TABLES: Record<Name, (string | number)[][]> = {
  manifest: [[], ["kata"], ["kata", "rules"], ["variations", 0], ["equivalent", 0]],
  config: [[], ["sandbox"], ["extensions"], ["plugins", "no-skips"], ["plugins", "house"]],
};

function at(document: Document, path: readonly (string | number)[]): Document {
  return path.reduce<unknown>((value, key) => (value as Document)[key], document) as Document;
}

/** The document with one change in one of its tables. */
function changed(
  name: Name,
  path: readonly (string | number)[],
  change: (table: Document) => void,
): string {
  const copy = structuredClone(WHOLE[name]);
  change(at(copy, path));
  return stringify(copy);
}

/** Where in a schema the keys of a table stand. */
function schemaKeys(schema: Document, path: readonly (string | number)[]): string[] {
  let node = schema;
  for (const key of path) {
    const named = (node["properties"] as Document | undefined)?.[key];
    node = (named ?? node["items"] ?? node["additionalProperties"]) as Document;
  }
  return Object.keys(node["properties"] as Document);
}

describe("the schemas accept", () => {
  const files = ["katas/**/manifest.toml", "src/scaffolds/**/manifest.toml"].flatMap((glob) => [
    ...new Bun.Glob(glob).scanSync({ cwd: ROOT }),
  ]);

  test("every manifest that is carried", () => {
    expect(files.length).toBeGreaterThan(18);
    for (const file of files) {
      const text = readFileSync(join(ROOT, file), "utf8");
      expect([file, accepts("manifest", text), problemsOf("manifest", text)]).toEqual([
        file,
        true,
        [],
      ]);
    }
  });

  test("every key, and the settings of a new course with their comments taken away", () => {
    for (const name of ["manifest", "config"] as const) {
      const text = stringify(WHOLE[name]);
      expect([accepts(name, text), problemsOf(name, text)]).toEqual([true, []]);
    }
    const scaffold = readFileSync(join(ROOT, "src/scaffolds/course/kata.toml"), "utf8");
    const text = scaffold.replace(/^# (?=\[|[a-z-]+ = )/gm, "");
    expect([accepts("config", text), problemsOf("config", text)]).toEqual([true, []]);
    const settings = parse(text)["sandbox"] as Document;
    expect(Object.keys(settings).toSorted()).toEqual(schemaKeys(config, ["sandbox"]).toSorted());
  });

  test("a file whose first line names its schema", () => {
    for (const name of ["manifest", "config"] as const) {
      const text = `#:schema ../.kata/schemas/${name}.json\n${stringify(WHOLE[name])}`;
      expect([accepts(name, text), problemsOf(name, text)]).toEqual([true, []]);
    }
  });
});

describe("the keys of the schemas are those of the readers", () => {
  for (const name of ["manifest", "config"] as const) {
    for (const path of TABLES[name]) {
      test(`in ${[name, ...path].join(".")}`, () => {
        const text = changed(name, path, (table) => {
          table["zzz_unheard_of"] = 1;
        });
        const known = problemsOf(name, text).map(({ expected }) => expected);
        const keys = schemaKeys(name === "manifest" ? manifest : config, path);
        expect(known).toHaveLength(1);
        expect(known[0]?.replace("one of ", "").split(", ").toSorted()).toEqual(keys.toSorted());
        expect(accepts(name, text)).toBe(false);
      });
    }
  }
});

describe("schema and reader find the same wrong", () => {
  const wrong: [Name, path: string, value: unknown][] = [
    ["manifest", "kata.name", ""],
    ["manifest", "kata.name", "  "],
    ["manifest", "kata.name", "two\nlines"],
    ["manifest", "kata.name", "\u001b[31m"],
    ["manifest", "kata.name", 3],
    ["manifest", "kata.category", "a/b"],
    ["manifest", "kata.category", "[a]"],
    ["manifest", "kata.base_difficulty", 0],
    ["manifest", "kata.base_difficulty", 6],
    ["manifest", "kata.base_difficulty", 1.5],
    ["manifest", "kata.base_difficulty", "2"],
    ["manifest", "kata.description", ["x"]],
    ["manifest", "kata.description", "bell \u0007"],
    ["manifest", "kata.dependencies", "one"],
    ["manifest", "kata.dependencies", ["a", "a"]],
    ["manifest", "kata.tags", [""]],
    ["manifest", "kata.hints", [1]],
    ["manifest", "kata.hints", [" "]],
    ["manifest", "kata.timeout_ms", 0],
    ["manifest", "kata.timeout_ms", 2 ** 31],
    ["manifest", "kata.device", "gpu"],
    ["manifest", "kata.rules", true],
    ["manifest", "kata.rules.forbid", "for"],
    ["manifest", "kata.rules.max_lines", -1],
    ["manifest", "kata.rules.no_loops", 1],
    ["manifest", "kata.passes_on_template", [["a"]]],
    ["manifest", "kata", 1],
    ["manifest", "variations", { name: "a" }],
    ["manifest", "variations.0.name", "two words"],
    ["manifest", "variations.0.params", [1]],
    ["manifest", "equivalent", "x"],
    ["manifest", "equivalent.0.reason", ""],
    ["config", "sandbox", 1],
    ["config", "sandbox.allow-read", "data"],
    ["config", "sandbox.allow-env", [""]],
    ["config", "sandbox.allow-net", "yes"],
    ["config", "sandbox.max-memory", 63],
    ["config", "sandbox.max-cpu", 1.5],
    ["config", "extensions", ["a"]],
    ["config", "extensions.folder", " "],
    ["config", "extensions.slots", ["gate"]],
    ["config", "extensions.slots.gate", "lint.md"],
    ["config", "extensions.slots.gate", [""]],
    ["config", "agents", "sh"],
    ["config", "agents.default", ["sh"]],
    ["config", "agents.default", {}],
    ["config", "agents.default.command", []],
    ["config", "agents.default.command", "sh agent.sh"],
    ["config", "agents.default.shell", true],
    ["config", "sandbx", {}],
    ["config", "allow-net", true],
    ["config", "plugins", ["a"]],
    ["config", "plugins.Mine", { path: "mine" }],
    ["config", "plugins.mine", "mine"],
    ["config", "plugins.mine", {}],
    ["config", "plugins.mine", { path: "a", package: "b" }],
    ["config", "plugins.mine", { path: " " }],
    ["config", "plugins.mine", { package: "../up" }],
    ["config", "plugins.mine", { package: "a/b" }],
    ["config", "plugins.mine", { path: "a", gate: "yes" }],
    ["config", "plugins.mine", { path: "a", gates: true }],
  ];
  const set = (name: Name, path: string, value: unknown): string => {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    return changed(name, keys, (table) => {
      table[last] = value;
    });
  };
  test.each(wrong)("%s: %s = %j", (name, path, value) => {
    const text = set(name, path, value);
    expect([accepts(name, text), problemsOf(name, text).length > 0]).toEqual([false, true]);
  });

  test("in a text that lacks what it needs, or is no TOML", () => {
    const lacking = [
      ["", "kata"],
      ["kata", "name"],
      ["kata", "category"],
      ["kata", "base_difficulty"],
      ["kata", "description"],
      ["variations.0", "name"],
      ["equivalent.0", "from"],
      ["equivalent.0", "to"],
      ["equivalent.0", "reason"],
    ].map(([path = "", key = ""]) =>
      changed("manifest", path === "" ? [] : path.split("."), (table) => delete table[key]),
    );
    for (const text of ["", "[kata\n", "[kata]\nname = x\n", ...lacking]) {
      expect([accepts("manifest", text), problemsOf("manifest", text).length > 0]).toEqual([
        false,
        true,
      ]);
    }
  });

  test("after any change to any key", () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(" ", "\n", "\r", "\t", "/", "\u0085"),
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      ),
      maxLength: 4,
    });
    const scalar = fc.oneof(text, fc.integer({ min: -3, max: 9 }), fc.boolean(), fc.constant(0.5));
    const value = fc.oneof(scalar, fc.array(text, { maxLength: 3 }), fc.constant({ name: "a" }));
    for (const name of ["manifest", "config"] as const) {
      const places = TABLES[name].flatMap((path) =>
        Object.keys(at(WHOLE[name], path)).map((key) => ({ path, key })),
      );
      fc.assert(
        fc.property(fc.constantFrom(...places), value, ({ path, key }, it) => {
          const toml = changed(name, path, (table) => {
            table[key] = it;
          });
          expect([toml, accepts(name, toml)]).toEqual([toml, problemsOf(name, toml).length === 0]);
        }),
        { numRuns: 300 },
      );
    }
  });

  test("but for what JSON cannot tell apart, which the reader alone finds", () => {
    const good = stringify(WHOLE.manifest);
    const beyond = [
      good.replace("base_difficulty = 2", "base_difficulty = 2.0"),
      `${good}\n[[variations]]\nname = "small"\n`,
      good.replace("n = 1", "n = nan"),
      good.replace("n = 1", "n = 9007199254740993"),
    ];
    for (const text of beyond) {
      expect(text).not.toBe(good);
      expect(problemsOf("manifest", text)).toHaveLength(1);
      expect(accepts("manifest", text)).toBe(true);
    }
  });
});
