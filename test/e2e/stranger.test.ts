/** The executable in a stranger's hands: empty folders, pipes, odd environments, other users. */
import { afterAll, describe, expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { EXECUTABLE, folder, kata, plainEnvironment, removeFolders, report } from "./kata.ts";

const ROOT = join(import.meta.dir, "../..");
const ESCAPE = "\u001b";

afterAll(removeFolders);

describe("help and usage", () => {
  test("every command answers --help on stdout with an example", async () => {
    for (const name of [
      "run",
      "list",
      "show",
      "start",
      "check",
      "blanks",
      "schema",
      "help",
      "doctor",
      "completions",
    ]) {
      const { code, stdout, stderr } = await kata([name, "--help"]);
      expect({ name, code, stderr }).toEqual({ name, code: 0, stderr: "" });
      expect(stdout).toContain(`kata ${name}`);
    }
  });

  test.each([
    [["rnu"], "run"],
    [["run", "--reprter", "json"], "--reporter"],
    [["run", "--jobs", "many"], "--jobs"],
    [["list", "extra"], "extra"],
    [["run", "softmax", "a.ts", "b.ts"], "b.ts"],
    [["start"], "id"],
  ])("kata %j is a usage error that helps", async (args, mention) => {
    const { code, stdout, stderr } = await kata(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(mention);
  });

  test("nothing is coloured in a pipe, with NO_COLOR, or with CI", async () => {
    for (const env of [{}, { NO_COLOR: "1" }, { CI: "1" }]) {
      for (const args of [
        ["list"],
        ["help"],
        ["run", "outer-product", "--reference"],
        ["show", "softmax"],
      ]) {
        const { stdout, stderr } = await kata(args, { env });
        expect(stdout + stderr).not.toContain(ESCAPE);
        expect(stdout.split("\n").every((line) => line.length < 200)).toBe(true);
      }
    }
  });

  test("a reader that closes the pipe early is no error", async () => {
    const child = Bun.spawn(
      ["bash", "-c", `"${EXECUTABLE}" list | head -1; echo "\${PIPESTATUS[0]}"`],
      {
        env: plainEnvironment(),
        stdout: "pipe",
        stderr: "pipe",
        timeout: 20_000,
      },
    );
    const [out, err] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    expect(err).toBe("");
    expect(["0", "141"]).toContain(out.trim().split("\n").at(-1) ?? "");
  });

  test("kata list --json and kata show --json are whole", async () => {
    const list = JSON.parse((await kata(["list", "--json"])).stdout) as {
      schema: string;
      katas: { id: string }[];
    };
    expect(list.schema).toBe("kata.list/1");
    expect(list.katas).toHaveLength(12);
    const show = JSON.parse((await kata(["show", "softmax", "--json"])).stdout) as Record<
      string,
      unknown
    >;
    expect(show).toMatchObject({ kata: { id: "softmax" } });
  });
});

describe("kata start", () => {
  test("makes a folder in which an editor type-checks without node_modules", async () => {
    const cwd = folder();
    const { code } = await kata(["start", "softmax"], { cwd });
    expect(code).toBe(0);
    expect(readdirSync(cwd).toSorted()).toEqual([".kata", "softmax.ts", "tsconfig.json"]);
    const check = async (): Promise<string> => {
      const child = Bun.spawn([join(ROOT, "node_modules/.bin/tsc"), "--project", cwd], {
        cwd,
        stdout: "pipe",
        stderr: "pipe",
        timeout: 60_000,
      });
      return (await new Response(child.stdout).text()) + (await new Response(child.stderr).text());
    };
    expect(await check()).toBe("");
    writeFileSync(
      join(cwd, "wrong.ts"),
      'import { tensor } from "kata";\nexport const x: string = tensor([1, 2]).sum(0);\n',
    );
    expect(await check()).toContain("Tensor");
  }, 60_000);

  test("never overwrites", async () => {
    const cwd = folder({ "softmax.ts": "mine" });
    const { code, stderr } = await kata(["start", "softmax"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("exists already");
    expect(readFileSync(join(cwd, "softmax.ts"), "utf8")).toBe("mine");
  });

  test("leads from an unfilled template to a pass that names the next kata", async () => {
    const cwd = folder();
    await kata(["start", "outer-product"], { cwd });
    const red = await kata(["run", "outer-product"], { cwd });
    expect(red.code).toBe(1);
    expect(red.stdout).toContain("fill");
    writeFileSync(
      join(cwd, "outer-product.ts"),
      readFileSync(join(ROOT, "katas/tensor-basics/outer-product/reference.ts"), "utf8"),
    );
    const green = await kata(["run", "outer-product"], { cwd });
    expect(green.code).toBe(0);
    expect(green.stdout).toContain("kata start ");
  });
});

describe("the cache", () => {
  test("is made once, and a second run finds it", async () => {
    const cache = folder();
    const env = { KATA_CACHE: cache };
    await kata(["list"], { env });
    const [version = ""] = readdirSync(cache);
    const before = readdirSync(join(cache, version));
    expect((await kata(["run", "outer-product", "--reference"], { env })).code).toBe(0);
    expect(readdirSync(join(cache, version)).filter((name) => name.includes("core"))).toEqual([
      "core",
    ]);
    expect(before).toContain("core");
  });

  test("is put right when files of it are missing", async () => {
    const cache = folder();
    const env = { KATA_CACHE: cache };
    await kata(["list"], { env });
    const [version = ""] = readdirSync(cache);
    writeFileSync(join(cache, version, "core", "worker.js"), "");
    const ended = await kata(["run", "outer-product", "--reference"], { env });
    expect(ended.code).toBe(0);
  });

  test("is not fought over by two first runs", async () => {
    const env = { KATA_CACHE: folder() };
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => kata(["run", "outer-product", "--reference"], { env })),
    );
    expect(runs.map((run) => run.code)).toEqual([0, 0, 0, 0]);
  });

  test("falls back to a temporary folder when HOME cannot be written, and says so", async () => {
    const home = folder({ file: "" });
    const tmp = folder();
    const env = {
      HOME: join(home, "file"),
      KATA_CACHE: undefined,
      XDG_CACHE_HOME: undefined,
      TMPDIR: tmp,
    };
    const ended = await kata(["run", "outer-product", "--reference"], { env });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain("Cannot write to");
    expect(readdirSync(tmp)).toHaveLength(1);
    const missing = await kata(["run", "outer-product", "--reference"], {
      env: { ...env, HOME: undefined },
    });
    expect(missing.code).toBe(0);
  });
});

describe("another user", () => {
  const root = process.getuid?.() === 0 && existsSync("/usr/bin/setpriv");

  test.skipIf(!root)(
    "runs katas, on the software adapter too, without root",
    async () => {
      const dir = folder();
      chmodSync(dir, 0o777);
      const copy = join(dir, "kata");
      await Bun.write(copy, Bun.file(EXECUTABLE));
      chmodSync(copy, 0o755);
      mkdirSync(join(dir, "home"));
      chmodSync(join(dir, "home"), 0o777);
      const child = Bun.spawn(
        [
          "setpriv",
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          copy,
          "run",
          "kernel-map",
          "--reference",
          "--reporter",
          "json",
        ],
        {
          cwd: dir,
          env: { PATH: process.env.PATH ?? "", HOME: join(dir, "home"), TMPDIR: dir },
          stdout: "pipe",
          stderr: "pipe",
          timeout: 60_000,
        },
      );
      const [out, err] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
      ]);
      await child.exited;
      expect(err).toBe("");
      expect(JSON.parse(out)).toMatchObject({ passed: true });
    },
    60_000,
  );
});

describe("a hostile surrounding", () => {
  test("a bunfig.toml, .env and tsconfig.json of the folder change nothing", async () => {
    const cwd = folder({
      "bunfig.toml": 'preload = ["./evil.ts"]\n[test]\npreload = ["./evil.ts"]\n',
      "evil.ts":
        'import { writeFileSync } from "node:fs";\nwriteFileSync("evil.txt", "ran");\nconsole.log("evil");\n',
      ".env": "KATA_CACHE=/nonexistent/evil\n",
      "tsconfig.json": '{ "compilerOptions": { "paths": { "kata": ["./evil.ts"] } } }',
    });
    await kata(["start", "outer-product"], { cwd });
    const reference = readFileSync(
      join(ROOT, "katas/tensor-basics/outer-product/reference.ts"),
      "utf8",
    );
    writeFileSync(join(cwd, "outer-product.ts"), reference);
    const { json, code } = await report(["run", "outer-product"], { cwd });
    expect({ code, passed: json.passed }).toEqual({ code: 0, passed: true });
    expect(existsSync(join(cwd, "evil.txt"))).toBe(false);
  });

  test("variables that steer bun test are not handed on", async () => {
    const env = {
      CI: "1",
      GITHUB_ACTIONS: "true",
      BUN_OPTIONS: "--bail",
      NODE_OPTIONS: "--throw-deprecation",
      FORCE_COLOR: "1",
    };
    const { json, code } = await report(["run", "outer-product", "--reference"], { env });
    expect({ code, passed: json.passed }).toEqual({ code: 0, passed: true });
  });
});

test("kata check holds for every bundled kata", async () => {
  const { code, stdout } = await kata(["check", "--json"], { limitMs: 200_000 });
  const { results } = JSON.parse(stdout) as {
    results: { kata_id: string; ok: boolean; problems: unknown[] }[];
  };
  expect(results.filter((result) => !result.ok)).toEqual([]);
  expect(results).toHaveLength(12);
  expect(code).toBe(0);
}, 240_000);
