/** Every public export has a docstring, and a test that uses it. */
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exports as map } from "../../package.json";

const ROOT = join(import.meta.dir, "../..");

interface Export {
  name: string;
  documented: boolean;
  /** False for types, which no test can call. */
  value: boolean;
}

/** The exports of a module, followed through `export *`, `export * as` and `export { … } from`. */
function exportsOf(path: string): Export[] {
  const source = readFileSync(path, "utf8");
  const found: Export[] = [];
  for (const [, names, from] of source.matchAll(
    /^export (?:type )?(\*(?: as \w+)?|\{[^}]*\}) from "(\.[^"]+)";/gm,
  )) {
    const all = exportsOf(join(dirname(path), from ?? ""));
    const picked =
      names?.startsWith("*") === true
        ? undefined
        : [...(names ?? "").matchAll(/\b(?!type\b)\w+/g)].map(([name]) => name);
    found.push(...all.filter(({ name }) => picked?.includes(name) ?? true));
  }
  const declaration =
    /^(\/\*\*(?:(?!\*\/)[^])*?\*\/\n)?export (?:declare )?(?:abstract )?(?:async )?(const|let|function\*?|class|interface|type|enum) (\w+)/gm;
  for (const [, comment, kind = "", name = ""] of source.matchAll(declaration)) {
    // Overloads share the first one's words.
    const known = found.find((each) => each.name === name);
    if (known !== undefined) known.documented ||= comment !== undefined;
    else
      found.push({
        name,
        documented: comment !== undefined,
        value: kind !== "interface" && kind !== "type",
      });
  }
  return found;
}

// Recorded answers are looked up among the exports by their name.
const tests = [...new Bun.Glob("{test,katas}/**/{*.ts,torch.ndjson}").scanSync({ cwd: ROOT })]
  .map((path) => readFileSync(join(ROOT, path), "utf8"))
  .join("\n");

function source(path: string): string {
  return readFileSync(join(ROOT, "src", path), "utf8");
}

describe("every public export", () => {
  for (const [entry, path] of Object.entries(map)) {
    const found = exportsOf(join(ROOT, path));

    test(`of kata${entry.slice(1)} has a docstring`, () => {
      expect(found.length).toBeGreaterThan(1);
      expect(found.filter((each) => !each.documented).map(({ name }) => name)).toEqual([]);
    });

    test(`of kata${entry.slice(1)} is used by a test`, () => {
      const unused = found.filter(
        ({ name, value }) => value && !new RegExp(`\\b${name}\\b`).test(tests),
      );
      expect(unused.map(({ name }) => name)).toEqual([]);
    });
  }

  test("of kata has its place in kata help tensor", () => {
    const page = readFileSync(join(ROOT, "src/help/tensor.md"), "utf8");
    const missing = exportsOf(join(ROOT, map["."])).filter(
      ({ name, value }) => value && !new RegExp(`\\b${name}\\b`).test(page),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test("that is a class has docstrings on its members, each used by a test", () => {
    const members =
      /^(  \/\*\*(?:(?!\*\/)[^])*?\*\/\n)?  (?:override )?(?:get |set )?(\w+)(?:<[^\n(]*>)?\(/gm;
    const found = [
      ...source("tensor/tensor.ts").matchAll(members),
      ...source("tensor/optim.ts").matchAll(members),
      ...source("tensor/nn/module.ts").matchAll(members),
    ]
      .map(([, comment, name = ""]) => ({ name, documented: comment !== undefined }))
      .filter(
        ({ name }) => !["constructor", "if", "for", "super", "noGrad", "value"].includes(name),
      );
    expect(found.length).toBeGreaterThan(90);
    const documented = new Set(found.filter((one) => one.documented).map(({ name }) => name));
    expect(found.map(({ name }) => name).filter((name) => !documented.has(name))).toEqual([]);
    const unused = [...documented].filter((name) => !new RegExp(`\\b${name}\\b`).test(tests));
    expect(unused).toEqual([]);
  });

  test("leads to a file that exists", () => {
    for (const path of Object.values(map)) expect(existsSync(join(ROOT, path))).toBe(true);
  });
});
