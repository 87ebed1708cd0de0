import { describe, expect, test } from "bun:test";
import Ajv from "ajv/dist/2020.js";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArguments } from "../../src/cli/strict.ts";
import { KataError } from "../../src/errors.ts";
import { SCHEMAS } from "../../src/help/schemas.ts";
import { TOPICS } from "../../src/help/topics.ts";
import { record, type Recorded, specOf } from "./context.ts";

const KATAS = join(import.meta.dir, "..", "..", "katas");

async function run(
  name: string,
  argv: readonly string[],
  options: Parameters<typeof record>[0] = {},
): Promise<Recorded & { exit: number }> {
  const spec = specOf(name);
  const context = record(options);
  const exit = await (await spec.load()).run(parseArguments(spec, argv), context);
  return Object.assign(context, { exit });
}

describe("list", () => {
  test("--json follows its schema, each kata after its dependencies", async () => {
    const { out, exit } = await run("list", ["--json", "--katas", KATAS]);
    expect(exit).toBe(0);
    const list = JSON.parse(out) as { katas: { id: string; dependencies: string[] }[] };
    const validate = new Ajv({ allowUnionTypes: true }).compile(
      (await SCHEMAS["list"]?.()) as object,
    );
    expect(validate(list), JSON.stringify(validate.errors)).toBe(true);
    expect(list.katas.length).toBeGreaterThan(3);
    const ids = list.katas.map((kata) => kata.id);
    for (const [i, kata] of list.katas.entries()) {
      for (const id of kata.dependencies) expect(ids.indexOf(id)).toBeLessThan(i);
    }
  });

  test("fits a terminal and is not cut in a pipe", async () => {
    const narrow = await run("list", ["--katas", KATAS], { isTTY: true, columns: 40 });
    for (const line of narrow.out.split("\n").slice(0, -2)) {
      expect(Bun.stringWidth(line)).toBeLessThanOrEqual(40);
    }
    expect((await run("list", ["--katas", KATAS])).out).not.toContain("\u2026");
  });

  test("marks what this folder has a solution of", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kata-list-"));
    try {
      writeFileSync(join(cwd, "softmax.ts"), "");
      const { out } = await run("list", ["--katas", KATAS], { cwd });
      expect(out).toMatch(/\u2713 .* softmax /);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  test("exits 2 when nothing in the folder can be read, with the problems on stderr", async () => {
    const dir = mkdtempSync(join(tmpdir(), "kata-list-"));
    try {
      writeFileSync(join(dir, "manifest.toml"), "[kata\n");
      const { exit, out, err } = await run("list", ["--katas", dir]);
      expect(exit).toBe(2);
      expect(out).toBe("No katas\n");
      expect(err).toContain("error: ");
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe("show", () => {
  test("hides hints until they are asked for", async () => {
    const page = await run("show", ["softmax", "--katas", KATAS]);
    expect(page.out).toContain("(softmax)");
    expect(page.out).toContain("hints: kata show softmax --hint 1");
    expect(page.out).not.toContain("Hints:");
    expect((await run("show", ["softmax", "--hints", "--katas", KATAS])).out).toContain("  1. ");
    const { out } = await run("show", ["softmax", "--json", "--katas", KATAS]);
    const { kata } = JSON.parse(out) as { kata: { hints: string[]; dir: string } };
    expect(kata.dir).toStartWith(KATAS);
    const first = await run("show", ["softmax", "--hint", "1", "--katas", KATAS]);
    expect(first.out).toBe(`${kata.hints[0]}\n`);
  });

  test("names the number of hints when one is asked for that is not there", async () => {
    const call = run("show", ["softmax", "--hint", "999", "--katas", KATAS]);
    await expect(call).rejects.toThrow("No hint 999 for softmax");
  });

  test("refuses an unknown id with the nearest one", async () => {
    try {
      await run("show", ["sofmax", "--katas", KATAS]);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(KataError);
      expect((error as KataError).hint).toContain("softmax");
    }
  });
});

describe("extension", () => {
  test("list and check --json follow their schemas, whatever is wrong", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kata-extensions-"));
    try {
      mkdirSync(join(cwd, "extensions"));
      const head = "---\nid: a\nslot: gate\non_fail: block\n";
      writeFileSync(join(cwd, "extensions/a.md"), `${head}---\nIs it good?\n`);
      const lint = "---\nid: b\nslot: guard\nkind: command\nrun: cat\n";
      writeFileSync(join(cwd, "extensions/b.md"), `${lint}optional_capabilities: [browser]\n---\n`);
      writeFileSync(
        join(cwd, "kata.toml"),
        '[extensions.slots]\ngate = ["a.md", "none.md"]\nguard = ["b.md"]\n',
      );
      for (const [action, schema, exit] of [
        ["list", "extensions", 0],
        ["check", "extension-check", 2],
      ] as const) {
        const ended = await run("extension", [action, "--json"], { cwd });
        expect(ended.exit).toBe(exit);
        const ajv = new Ajv({ strict: true });
        const validate = ajv.compile((await SCHEMAS[schema]?.()) as object);
        const output = JSON.parse(ended.out) as {
          problems: object[];
          notes?: { message: string }[];
        };
        expect(validate(output), JSON.stringify(validate.errors)).toBe(true);
        expect(output.problems).toHaveLength(1);
        if (output.notes !== undefined)
          expect(output.notes.map(({ message }) => message)).toEqual([
            "extensions/b.md: missing optional capability: browser",
            "extensions/a.md: no [agents.default] in kata.toml, so that every run fails",
          ]);
      }
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});

test("check refuses --strict-plugins where no plugin runs", async () => {
  const call = run("check", ["softmax", "--strict-plugins"]);
  await expect(call).rejects.toThrow("Cannot use --strict-plugins without --reporter");
});

describe("schema", () => {
  for (const name of Object.keys(SCHEMAS)) {
    test(`${name} is a schema that compiles`, async () => {
      const { out, exit } = await run("schema", [name]);
      expect(exit).toBe(0);
      expect(() =>
        new Ajv({ allowUnionTypes: true }).compile(JSON.parse(out) as object),
      ).not.toThrow();
    });
  }
});

describe("help", () => {
  test("lists every page, and prints each as Markdown in a pipe", async () => {
    const contents = await run("help", []);
    for (const { name, text } of TOPICS) {
      expect(contents.out).toContain(`  ${name}`);
      expect((await run("help", [name])).out).toStartWith(text);
    }
  });

  test("lays pages out on a terminal, within its width", async () => {
    const { out } = await run("help", ["getting-started"], { isTTY: true, columns: 60 });
    expect(out).not.toContain("```");
    expect(out).not.toContain("\u001b");
    for (const line of out.split("\n")) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(60);
  });

  test("falls back to a command's help, and refuses the rest", async () => {
    expect((await run("help", ["list"])).out).toBe("help of list\n");
    await expect(run("help", ["nonsense"])).rejects.toThrow('No page of the manual: "nonsense"');
  });
});

test("completions prints the script of the shell", async () => {
  expect((await run("completions", ["fish"])).out).toBe("completions for fish\n");
});

describe("the manual", () => {
  test("has JSON that parses and TOML that parses", () => {
    for (const { name, text } of TOPICS) {
      for (const [, lang, block] of text.matchAll(/```(json|toml)\n(.*?)```/gs)) {
        const parse = () =>
          lang === "json" ? JSON.parse(block ?? "") : Bun.TOML.parse(block ?? "");
        expect(parse, `${name}: ${block}`).not.toThrow();
      }
    }
  });

  test("names files that exist", () => {
    const root = join(import.meta.dir, "..", "..");
    const page = TOPICS.find((topic) => topic.name === "contributing")?.text ?? "";
    const paths = [...page.matchAll(/^\d\. `([^`]+)`/gm)].map(([, path]) => path ?? "");
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths.filter((each) => !each.startsWith("kata "))) {
      const pattern = path.replace(/<[a-z]+>/g, "*").replace(/\/$/, "/**");
      const found = [...new Bun.Glob(pattern).scanSync({ cwd: root, onlyFiles: true })];
      expect([path, found.length > 0]).toEqual([path, true]);
    }
  });
});
