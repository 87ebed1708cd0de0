import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { discover } from "../../src/catalog/discover.ts";
import { folder, manifest, pyFiles, removeFolders, tsFiles } from "./kata-builder.ts";

afterAll(removeFolders);

function find(root: string, bundled = false): { ids: string[]; said: string[] } {
  const { katas, problems } = discover(root, { bundled });
  const said = problems.map(({ severity, message }) => `${severity} ${message}`);
  return {
    ids: katas.map(({ category, id }) => `${category}/${id}`),
    said: said.map((text) => text.replaceAll(root, "ROOT")),
  };
}

describe("discover with hostile folders", () => {
  test("discover() reports when the folder does not exist, is a file, or holds nothing", () => {
    const root = folder({ file: "" });
    expect(find(join(root, "none")).said[0]).toStartWith("error Cannot read folder ROOT");
    expect(find(join(root, "file")).said[0]).toStartWith("error Cannot read folder ROOT");
    rmSync(join(root, "file"));
    expect(find(root)).toEqual({ ids: [], said: ["error No manifest.toml found in ROOT"] });
  });

  test("discover() does not hang and finds a kata once when links lead in circles", () => {
    const root = folder(tsFiles("basics/relu"));
    symlinkSync(".", join(root, "aaa"));
    symlinkSync("loop", join(root, "loop"));
    symlinkSync("..", join(root, "basics", "up"));
    symlinkSync("relu", join(root, "basics", "again"));
    symlinkSync("nowhere", join(root, "basics", "broken"));
    symlinkSync("loop.ts", join(root, "basics", "relu", "loop.ts"));
    const { katas, problems } = discover(root, { bundled: true });
    expect(problems).toEqual([]);
    expect(katas.map(({ dir }) => dir)).toEqual([join(root, "basics", "relu")]);
  });

  test("discover() follows a link when it leads to a kata elsewhere", () => {
    const root = folder(tsFiles("relu"));
    const other = folder(tsFiles("softmax"));
    symlinkSync(join(other, "softmax"), join(root, "softmax"));
    rmSync(join(root, "relu", "template.ts"));
    symlinkSync(join(other, "softmax", "template.ts"), join(root, "relu", "template.ts"));
    expect(find(root)).toEqual({ ids: ["basics/relu", "basics/softmax"], said: [] });
  });

  test("discover() takes no folder and no pipe for a file", () => {
    const root = folder({ ...tsFiles("a"), ...tsFiles("b") });
    rmSync(join(root, "a", "template.ts"));
    mkdirSync(join(root, "a", "template.ts"));
    rmSync(join(root, "b", "manifest.toml"));
    const made = Bun.spawnSync(["mkfifo", join(root, "b", "manifest.toml")]);
    expect(made.exitCode).toBe(0);
    expect(find(root)).toEqual({
      ids: [],
      said: ["error Missing required file: template.ts", "error No manifest.toml found in ROOT/b"],
    });
  });

  test("discover() points at the byte when a manifest is not UTF-8", () => {
    const root = folder(tsFiles("a"));
    const file = join(root, "a", "manifest.toml");
    const bytes = Buffer.from(manifest().replace("N", "\u00e9\u00e9?"));
    bytes[bytes.indexOf("?")] = 0xff;
    writeFileSync(file, bytes);
    const { katas, problems } = discover(root, { bundled: false });
    expect(katas).toEqual([]);
    expect(problems).toMatchObject([{ file, line: 2, column: 11 }]);
    expect(problems[0]?.message).toContain("is not UTF-8");
  });

  test("discover() skips dot folders and node_modules, and what is no kata", () => {
    const root = folder({
      ...tsFiles("basics/relu"),
      ...tsFiles(".git/x"),
      ...tsFiles("node_modules/y"),
      ...tsFiles("basics/.old"),
      "basics/shared/util.ts": "",
      "README.md": "",
    });
    expect(find(root)).toEqual({ ids: ["basics/relu"], said: [] });
  });
});

describe("discover", () => {
  test("discover() finds katas by category, flat, and when the folder is one itself", () => {
    const root = folder({
      ...tsFiles("one/b", manifest("one", 2)),
      ...pyFiles("one/c", manifest("one", 1)),
      ...tsFiles("flat", manifest("alpha", 5)),
      ...pyFiles("flat", manifest("alpha", 5)),
      ...tsFiles("one/a", manifest("one", 2)),
    });
    expect(find(root, true)).toEqual({ ids: ["one/c", "one/a", "one/b", "alpha/flat"], said: [] });
    const { katas } = discover(join(root, "flat"), { bundled: true });
    const dir = join(root, "flat");
    expect(katas).toMatchObject([
      {
        id: "flat",
        dir,
        files: {
          ts: {
            template: join(dir, "template.ts"),
            tests: join(dir, "kata.test.ts"),
            reference: join(dir, "reference.ts"),
          },
          py: { tests: join(dir, "test_kata.py") },
        },
      },
    ]);
    expect(Object.keys(katas[0]?.files ?? {})).toEqual(["ts", "py"]);
  });

  test("discover() takes the category's folder when a stranger's manifest names none", () => {
    const text = manifest().replace(/category.*\n/, "");
    const root = folder({ ...tsFiles("shapes/a", text), ...tsFiles("b", text) });
    expect(find(root).ids).toEqual(["shapes/a", "uncategorised/b"]);
  });

  test("discover() names both folders when an id is taken", () => {
    const root = folder({ ...tsFiles("one/a"), ...tsFiles("two/a") });
    expect(find(root)).toEqual({
      ids: ["basics/a"],
      said: ['error Cannot tell katas apart: "a" is ROOT/one/a and ROOT/two/a'],
    });
  });

  test("discover() says which file is missing, and runs what is complete", () => {
    const root = folder({ ...tsFiles("a"), ...pyFiles("a"), "b/manifest.toml": manifest() });
    rmSync(join(root, "a", "reference.py"));
    const blank = ["template.ts", "kata.test.ts", "reference.ts"];
    const missing = blank.map((name) => `error Missing required file: ${name}`);
    const half = "Missing required file: reference.py";
    expect(find(root)).toEqual({ ids: ["basics/a"], said: [`warning ${half}`, ...missing] });
    expect(find(root, true).said[0]).toBe(`error ${half}`);
    rmSync(join(root, "a", "template.ts"));
    expect(find(root).ids).toEqual([]);
    expect(discover(join(root, "b"), { bundled: false }).problems[0]?.expected).toContain(
      "test_kata.py",
    );
  });

  test("discover() says where a manifest is missing, and what was meant for one", () => {
    const root = folder({ ...tsFiles("one/a"), ...tsFiles("one/b"), ...tsFiles("c") });
    rmSync(join(root, "c", "manifest.toml"));
    renameSync(join(root, "one/b/manifest.toml"), join(root, "one/b/manifest.tml"));
    const { problems } = discover(root, { bundled: false });
    expect(problems.map(({ message, hint }) => [message, hint])).toEqual([
      [`No manifest.toml found in ${join(root, "c")}`, "write one: kata help manifest"],
      [`No manifest.toml found in ${join(root, "one/b")}`, "rename manifest.tml"],
    ]);
  });

  test("discover() reports a broken manifest beside the katas that are whole", () => {
    const root = folder({ ...tsFiles("a"), ...tsFiles("b", "[kata]\nname = \n") });
    const { katas, problems } = discover(root, { bundled: false });
    expect(katas.map(({ id }) => id)).toEqual(["a"]);
    const file = join(root, "b", "manifest.toml");
    expect(problems).toContainEqual(expect.objectContaining({ file, line: 2 }));
  });

  test("discover() reads 1,000 katas in under a second", () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 1000; i++) Object.assign(files, tsFiles(`c${i % 20}/k${i}`));
    const root = folder(files);
    const start = performance.now();
    expect(discover(root, { bundled: true }).katas).toHaveLength(1000);
    const took = performance.now() - start;
    rmSync(root, { recursive: true });
    expect(took).toBeLessThan(1000);
  }, 60_000);
});
