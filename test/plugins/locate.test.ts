import { afterAll, describe, expect, test } from "bun:test";
import { realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import { locatePlugin } from "../../src/plugins/locate.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

function failure(name: string, cwd: string): KataError {
  try {
    locatePlugin(name, cwd);
  } catch (error) {
    if (error instanceof KataError) return error;
    throw error;
  }
  throw new Error("It was found");
}

describe("locatePlugin()", () => {
  test("grants the code that a module imports below itself, and nothing else", () => {
    const dir = realpathSync(
      folder({
        "in/mine.ts":
          'import a from "./a.ts"; export * from "./deep/b"; export { c } from "./deep"; const d = import("./d.js");\nimport "./.env"; import x from "./key.json"; import "../out.ts"; import "./none.ts"; import "bun"; import "./link.ts";',
        "in/a.ts": 'import "./mine.ts";',
        "in/deep/b.ts": "this is no module",
        "in/deep/index.ts": "export const c = 1;",
        "in/d.js": "",
        "in/unused.ts": "",
        "in/.env": "SECRET=1",
        "in/key.json": "{}",
        "out.ts": "",
      }),
    );
    symlinkSync(join(dir, "out.ts"), join(dir, "in/link.ts"));
    const { path, read, list } = locatePlugin("./mine.ts", join(dir, "in"));
    expect(path).toBe(join(dir, "in/mine.ts"));
    expect(read.toSorted()).toEqual(
      ["a.ts", "d.js", "deep/b.ts", "deep/index.ts", "mine.ts"].map((name) =>
        join(dir, "in", name),
      ),
    );
    expect([...list]).toEqual([join(dir, "in"), join(dir, "in/deep")]);
  });

  test("follows no more imports than a plugin can have use for", () => {
    const files = Object.fromEntries(
      Array.from({ length: 600 }, (_, at) => [`f${at}.ts`, `import "./f${at + 1}.ts";`]),
    );
    expect(locatePlugin("./f0.ts", folder(files)).read.length).toBeLessThan(510);
  });

  test("finds packages as modules do: in the folder, or above it, through links", () => {
    const dir = realpathSync(
      folder({
        "node_modules/here/package.json": '{"name":"here","exports":{".":"./lib/main.js"}}',
        "node_modules/here/lib/main.js": "",
        "elsewhere/linked/package.json": '{"name":"linked","main":"index.js"}',
        "elsewhere/linked/index.js": "",
        "deep/er/x.txt": "",
      }),
    );
    symlinkSync(join(dir, "elsewhere/linked"), join(dir, "node_modules/linked"));
    expect(locatePlugin("here", join(dir, "deep/er"))).toEqual({
      path: join(dir, "node_modules/here/lib/main.js"),
      read: [join(dir, "node_modules/here"), join(dir, "node_modules")],
      list: [dir],
    });
    expect(locatePlugin("linked", dir).path).toBe(join(dir, "elsewhere/linked/index.js"));
  });

  test("says what it looked for, and where", () => {
    const dir = folder({ "node_modules/empty/package.json": '{"name":"empty","main":"no.js"}' });
    expect(failure("./x.ts", dir).message).toBe(
      `Cannot find the plugin ./x.ts: there is no file ${join(dir, "x.ts")}`,
    );
    expect(failure("none", dir).message).toContain(
      `no package none in ${join(dir, "node_modules")}, `,
    );
    expect(failure("empty", dir).message).toContain("names no module that exists");
    for (const name of ["", "..", "a b", "a/b/c", "@a"])
      expect(failure(name, dir).message).toContain("neither a path nor a package's name");
  });
});
