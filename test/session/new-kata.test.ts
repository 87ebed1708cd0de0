import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArguments } from "../../src/cli/strict.ts";
import { SPECS } from "../../src/cli/specs/index.ts";
import { CI_SERVICES, initCourse } from "../../src/session/course.ts";
import { checkDraft, defaultDraft, planKata, writeKata } from "../../src/session/new-kata.ts";
import { startKata } from "../../src/session/workspace.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

/** A kata's files, so that a folder has one. */
function files(path: string, category: string): Record<string, string> {
  return {
    [`${path}/manifest.toml`]: `[kata]\nname = "K"\ncategory = "${category}"\nbase_difficulty = 1\ndescription = "d"\n`,
    [`${path}/template.ts`]: "",
    [`${path}/kata.test.ts`]: "",
    [`${path}/reference.ts`]: "",
  };
}

/** Begins `fresh` and tells where it went, as seen from the folder. */
function begin(dir: string, category?: string): string {
  const plan = planKata("fresh", dir);
  const draft = { ...defaultDraft(plan, "any"), ...(category === undefined ? {} : { category }) };
  return relative(dir, writeKata(plan, draft, "any").folder);
}

describe("writeKata() puts a kata", () => {
  test("into a folder that is empty, or not there yet", () => {
    expect(begin(folder())).toBe("fresh");
    expect(begin(folder(), "first")).toBe("fresh");
    expect(begin(join(folder(), "not", "there"))).toBe("fresh");
  });

  test("beside the katas of its category, wherever they are", () => {
    expect(begin(folder(files("a", "c")))).toBe("fresh");
    expect(begin(folder(files("group/a", "c")), "c")).toBe("group/fresh");
    expect(begin(folder({ ...files("x/a", "c"), ...files("y/b", "d") }), "d")).toBe("y/fresh");
  });

  test("into a folder of its category, where others are grouped", () => {
    expect(begin(folder(files("c/a", "c")), "d")).toBe("d/fresh");
    expect(begin(folder(files("a", "c")), "d")).toBe("fresh");
  });

  test("never where kata would not find it", () => {
    expect(begin(folder(files("c/a", "c")), ".hidden")).toBe("fresh");
    expect(begin(folder(files("c/a", "c")), "node_modules")).toBe("fresh");
    expect(begin(folder({ ...files("c/a", "c"), ...files("d", "e") }), "d")).toBe("fresh");
    expect(() => begin(folder(files("c/a", "c")), "d:e")).toThrow('holds a ":"');
  });
});

describe("writeKata()", () => {
  test("takes the one category that there is, and the example's words", () => {
    const draft = (dir: string) => defaultDraft(planKata("row-sums", dir), "webgpu");
    expect(draft(folder(files("a", "only")))).toMatchObject({ category: "only" });
    expect(draft(folder({ ...files("a", "one"), ...files("b", "two") }))).toEqual({
      name: "Row sums",
      category: "exercises",
      difficulty: "1",
      description: expect.stringContaining("kernel"),
    });
  });

  test("gives the typings to the course, and points the manifest at its schema", () => {
    const course = folder({ "kata.toml": "" });
    const dir = join(course, "deep", "er");
    begin(dir);
    expect(readdirSync(course).toSorted()).toEqual([".kata", "deep", "kata.toml", "tsconfig.json"]);
    expect(readdirSync(dir)).toEqual(["fresh"]);
    expect(readFileSync(join(dir, "fresh/manifest.toml"), "utf8")).toStartWith(
      "#:schema ../../../.kata/schemas/manifest.json\n",
    );
  });

  test("widens the tsconfig.json of kata start, as long as nobody has touched it", async () => {
    const dir = folder();
    const config = join(dir, "tsconfig.json");
    await startKata({ id: "softmax", dir });
    const narrow = readFileSync(config, "utf8");
    begin(dir);
    const wide = readFileSync(config, "utf8");
    expect([narrow.includes("**"), wide.includes("**/*.ts")]).toEqual([false, true]);
    const own = folder({ "tsconfig.json": `${narrow}// mine\n` });
    begin(own);
    expect(readFileSync(join(own, "tsconfig.json"), "utf8")).toBe(`${narrow}// mine\n`);
  });

  test("leaves no part of a kata behind when it cannot be written", () => {
    // Longer than any file system's names, and an id all the same.
    const id = "x".repeat(300);
    const dir = folder();
    const plan = planKata(id, dir);
    expect(() => writeKata(plan, defaultDraft(plan, "any"), "any")).toThrow("Cannot write");
    expect(readdirSync(dir)).toEqual([]);
    const blocked = folder({ ".kata": "mine" });
    expect(() => begin(blocked)).toThrow("that kata did not make");
    expect(readdirSync(blocked)).toEqual([".kata"]);
  });

  test("never overwrites, not even what is no kata", () => {
    const dir = folder({ ...files("group/twin", "c"), file: "", "full/note": "mine" });
    mkdirSync(join(dir, "empty"));
    symlinkSync("nowhere", join(dir, "link"));
    expect(() => planKata("twin", dir)).toThrow("group/twin exists already");
    for (const id of ["file", "full", "empty", "link"]) {
      const plan = planKata(id, dir);
      const draft = { ...defaultDraft(plan, "any"), category: ".flat" };
      expect(() => writeKata(plan, draft, "any")).toThrow("exists already");
    }
    expect(readFileSync(join(dir, "full/note"), "utf8")).toBe("mine");
    expect(() => planKata("a", join(dir, "group/twin"))).toThrow("it is a kata itself");
  });

  test("refuses ids and values that a manifest may not have, and says what could be", () => {
    const hint = (id: string): unknown => {
      try {
        planKata(id, folder());
      } catch (error) {
        return (error as { hint?: string }).hint;
      }
      return undefined;
    };
    expect(hint("Row Sums")).toStartWith("did you mean row-sums?");
    expect(hint("..")).toBe("an id is letters, digits, and - _ . within: row-sums");
    expect(hint("node_modules")).toStartWith("an id is");
    expect(hint("row-sums")).toBeUndefined();
    const plan = planKata("fresh", folder());
    expect(() => checkDraft(plan, { category: "a*" })).toThrow("kata.category");
    const draft = { ...defaultDraft(plan, "any"), name: "two\nlines" };
    expect(() => writeKata(plan, draft, "any")).toThrow("more than one line");
  });
});

describe("initCourse()", () => {
  test("writes for each service what it can read, with a call of kata that is right", () => {
    const places = { github: ".github/workflows/katas.yml", gitlab: ".gitlab-ci.yml" };
    const spec = SPECS.find(({ name }) => name === "check");
    for (const service of CI_SERVICES) {
      const dir = folder();
      initCourse(dir, service);
      const text = readFileSync(join(dir, places[service]), "utf8");
      expect(Bun.YAML.parse(text)).toBeObject();
      const [, words = ""] = /\.\.\/kata check (.*)$/m.exec(text) ?? [];
      if (spec === undefined) throw new Error("no command check");
      expect(parseArguments(spec, words.split(" ")).has("mutants")).toBe(true);
    }
  });

  test("keeps what is there, and says which tsconfig.json it could not use", () => {
    const dir = folder({
      "kata.toml": "# mine\n",
      "tsconfig.json": "{}",
      ".gitlab-ci.yml": "a: 1",
    });
    expect(initCourse(dir, "gitlab")).toEqual({
      created: [join(dir, ".kata")],
      foreign: join(dir, "tsconfig.json"),
    });
    expect(readFileSync(join(dir, "kata.toml"), "utf8")).toBe("# mine\n");
    expect(readFileSync(join(dir, "tsconfig.json"), "utf8")).toBe("{}");
    expect(readFileSync(join(dir, ".gitlab-ci.yml"), "utf8")).toBe("a: 1");
    expect(readFileSync(join(dir, ".kata/.gitignore"), "utf8")).toBe("*\n");
    const aware = folder({ "tsconfig.json": '{ "extends": "./.kata/tsconfig.json" }' });
    expect(initCourse(aware).foreign).toBeUndefined();
  });

  test("refuses a kata, a file, and a folder that is not to be written to", () => {
    expect(() => initCourse(folder({ "manifest.toml": "" }))).toThrow("it is a kata");
    expect(() => initCourse(join(folder({ file: "" }), "file"))).toThrow("Cannot make");
    expect(() => initCourse("/proc/nowhere")).toThrow("Cannot make /proc/nowhere a course");
    const taken = folder({ ".kata/note": "mine" });
    expect(() => initCourse(taken)).toThrow("that kata did not make");
    expect(readdirSync(taken)).toEqual([".kata"]);
  });
});
