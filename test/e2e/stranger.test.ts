/** The executable in a stranger's hands: empty folders, pipes, odd environments, other users. */
import { afterAll, describe, expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
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

  test.skipIf(!existsSync("/dev/full"))("a full disk is no defect of kata", async () => {
    const child = Bun.spawn(["bash", "-c", `"${EXECUTABLE}" list > /dev/full`], {
      env: plainEnvironment(),
      stdout: "ignore",
      stderr: "pipe",
      timeout: 20_000,
    });
    expect(await new Response(child.stderr).text()).toStartWith("error: Cannot write to stdout: ");
    expect(await child.exited).toBe(2);
  });

  test("kata list --json and kata show --json are whole", async () => {
    const list = JSON.parse((await kata(["list", "--json"])).stdout) as {
      schema: string;
      katas: { id: string }[];
    };
    expect(list.schema).toBe("kata.list/1");
    expect(list.katas).toHaveLength(95);
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

  test("makes a folder in which the manual's examples type-check", async () => {
    const cwd = folder();
    await kata(["start", "softmax"], { cwd });
    const { stdout: page } = await kata(["help", "tensor"]);
    const source = readFileSync(join(ROOT, "src/help/tensor.md"), "utf8");
    const examples = [...source.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => code ?? "");
    expect(examples.length).toBeGreaterThan(2);
    expect(page).toContain(examples[0]?.split("\n")[0] ?? "?");
    for (const [i, code] of examples.entries()) writeFileSync(join(cwd, `example-${i}.ts`), code);
    const child = Bun.spawn([join(ROOT, "node_modules/.bin/tsc"), "--project", cwd], {
      cwd,
      stdout: "pipe",
      stderr: "inherit",
      timeout: 60_000,
    });
    expect(await new Response(child.stdout).text()).toBe("");
    expect(await child.exited).toBe(0);
  }, 60_000);

  test("quotes a path that a shell would part", async () => {
    const { stderr } = await kata(["start", "softmax", "--dir", "my kata's"]);
    expect(stderr).toContain(`kata run softmax 'my kata'\\''s/softmax.ts'`);
  });

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
  test("lies at an absolute place when HOME is empty or a path is relative", async () => {
    for (const env of [
      { HOME: "home", KATA_CACHE: undefined, XDG_CACHE_HOME: undefined },
      { KATA_CACHE: "cache" },
      { KATA_CACHE: undefined, XDG_CACHE_HOME: "xdg" },
    ]) {
      const { code, stderr } = await kata(["run", "outer-product", "--reference"], { env });
      expect({ env, code, stderr }).toEqual({ env, code: 0, stderr: "" });
    }
    const cwd = folder();
    // What an empty HOME falls back on is the account's own, so nothing is laid here.
    const env = { HOME: "", KATA_CACHE: undefined };
    const { code } = await kata(["run", "outer-product", "--reference"], { cwd, env });
    expect({ code, laid: readdirSync(cwd) }).toEqual({ code: 0, laid: [] });
  });

  test.each(["katas/neural-networks/softmax/kata.test.ts", "worker.js", "katas.json"])(
    "is put right when a submission wrote over %s without changing its size",
    async (path) => {
      const base = folder();
      const env = { KATA_CACHE: base };
      const cwd = folder({ "softmax.ts": "export const softmax = () => 0;\n" });
      const honest = await report(["run", "softmax"], { cwd, env });
      const target = join(base, readdirSync(base)[0] ?? "", "core", path);
      const text = readFileSync(target, "utf8");
      const bytes = Buffer.alloc(Buffer.byteLength(text), " ");
      bytes.write('import { test } from "bun:test"; test("a", () => {});');
      writeFileSync(target, bytes);
      const again = await report(["run", "softmax"], { cwd, env });
      expect(again.json).toMatchObject({ passed: false, num_failed: honest.json.num_failed });
      expect(readFileSync(target, "utf8")).toBe(text);
    },
  );

  test("forgets other versions that nobody used for a month, and nothing else", async () => {
    const base = folder({
      "0.0.1-0123456789abcdef/core/x": "",
      "0.0.2-0123456789abcdef/core/x": "",
      "mine/x": "",
    });
    const old = new Date(Date.now() - 31 * 86_400_000);
    for (const name of ["0.0.1-0123456789abcdef", "mine"]) utimesSync(join(base, name), old, old);
    await kata(["list"], { env: { KATA_CACHE: base } });
    const left = readdirSync(base).toSorted();
    expect(left).toHaveLength(3);
    expect(left).toContain("0.0.2-0123456789abcdef");
    expect(left).toContain("mine");
  });

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
  const { code, stdout } = await kata(["check", "--json"], { limitMs: 400_000 });
  const { results } = JSON.parse(stdout) as {
    results: { kata_id: string; ok: boolean; problems: unknown[] }[];
  };
  expect(results.filter((result) => !result.ok)).toEqual([]);
  // 27 in TypeScript and 88 in Python.
  expect(results).toHaveLength(115);
  expect(code).toBe(0);
}, 440_000);
