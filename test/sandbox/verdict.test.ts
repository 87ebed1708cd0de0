/** What a stranger's solution does to its run, through the executable: the verdict stays right. */
import { afterAll, describe, expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { folder, kata, removeFolders, report, runSample, sample } from "../e2e/kata.ts";
import { LANDLOCK, PRCTL, without } from "./without.ts";

const TESTS =
  'import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", async () => { expect(await add(1, 2)).toBe(3); });\n';
const GOOD = "export const add = (a: number, b: number): number => a + b;\n";
const linux = process.platform === "linux";

afterAll(removeFolders);

/** A solution whose `add` runs these statements and then is wrong. */
function wrong(statements: string): string {
  return `export async function add(): Promise<number> { ${statements}; return -1; }\n`;
}

async function only(solution: string, args: string[] = [], options = {}) {
  const ended = await runSample(TESTS, solution, args, options);
  const [result] = ended.json.results;
  return { ...ended, result };
}

describe.skipIf(!linux)("a limit that is reached", () => {
  test("--max-memory fails the test and names the limit", async () => {
    const { result, json, code } = await only(
      wrong("const kept = []; for (;;) kept.push(Buffer.alloc(2 ** 24, 1))"),
      ["--max-memory", "300"],
    );
    expect(result).toMatchObject({ test_name: "adds", status: "failed", reason: "error" });
    expect(result?.output).toContain(
      "Used more than 300 MiB of memory (--max-memory) while this test ran",
    );
    expect({ passed: json.passed, code }).toEqual({ passed: false, code: 1 });
  });

  test("--max-memory holds at import too", async () => {
    const { result } = await only(
      `const kept = []; for (;;) kept.push(Buffer.alloc(2 ** 24, 1));\n${GOOD}`,
      ["--max-memory", "300"],
    );
    expect(result).toMatchObject({ test_name: "(load)", status: "failed", reason: "error" });
  });

  test("--max-cpu fails the test and names the limit", async () => {
    const { result } = await only(wrong("for (;;);"), ["--max-cpu", "1", "--timeout", "40000"]);
    expect(result?.output).toContain("Used more than 1 s of processor time (--max-cpu)");
  });

  test("--max-output fails the test and names the limit", async () => {
    const flood =
      "const fs = require('node:fs'); const text = 'x'.repeat(2 ** 20); for (;;) { try { fs.writeSync(1, text) } catch {} }";
    const { result, stdout } = await only(wrong(flood), ["--max-output", "8"]);
    expect(result?.output).toContain("Wrote more than 8 MiB (--max-output)");
    expect(stdout.length).toBeLessThan(400_000);
  });

  test("a flood of the channel ends the process", async () => {
    const flood =
      "const fs = require('node:fs'); const text = 'x'.repeat(2 ** 20) + '\\n'; for (;;) { try { fs.writeSync(3, text) } catch {} }";
    const { result, json } = await only(wrong(flood));
    expect(result).toMatchObject({ status: "failed" });
    expect(json.passed).toBe(false);
  });

  test.each([
    ["a synchronous loop", "for (;;);"],
    ["a microtask loop", "for (;;) await null;"],
    ["trapped signals and a loop", "process.on('SIGTERM', () => {}); for (;;);"],
    ["a stop of itself", "process.kill(process.pid, 'SIGSTOP')"],
  ])("%s is a timeout", async (_, statements) => {
    const { result } = await only(wrong(statements), ["--timeout", "200"]);
    expect(result).toMatchObject({ status: "failed", reason: "timeout" });
  });
});

describe.skipIf(!linux)("a solution", () => {
  test("cannot read the tests' answers, the reference, its neighbours or the environment", async () => {
    const dir = folder({
      "key.txt": "SECRET",
      ".env": "FROM_ENV=1\n",
      "bunfig.toml": 'preload = ["./evil.ts"]\n',
      "evil.ts": "console.log('EVIL'); globalThis.evil = true;\n",
    });
    const home = folder({ ".profile": "SECRET" });
    const katas = sample({ tests: TESTS, reference: GOOD });
    const seen = `const fs = require("node:fs"); const tried = {};
for (const path of [${JSON.stringify(join(katas, "sample/reference.ts"))}, ${JSON.stringify(join(dir, "key.txt"))}, "/etc/passwd", ${JSON.stringify(join(home, ".profile"))}])
  { try { tried[path] = fs.readFileSync(path, "utf8").length } catch (error) { tried[path] = error.code } }
console.log(JSON.stringify([Object.values(tried), process.env.FROM_ENV ?? null, process.env.KATA_KEY ?? null, globalThis.evil ?? null]))`;
    writeFileSync(join(dir, "solution.ts"), wrong(seen));
    const { json } = await report(["run", "sample", "solution.ts", "--katas", katas], {
      cwd: dir,
      env: { KATA_KEY: "SECRET" },
    });
    const output = json.results[0]?.output ?? "";
    expect(output).toContain('[["EACCES","EACCES","EACCES","EACCES"],null,null,null]');
    expect(output).not.toContain("EVIL");
  });

  test("that is a link to a file elsewhere is refused, and shows nothing of it", async () => {
    const katas = sample({ tests: TESTS, reference: GOOD });
    const dir = folder({ "key/id": "SECRET key\n", "answers/own/real.ts": GOOD });
    for (const [name, target] of [
      ["key.ts", join(dir, "key/id")],
      ["copied.ts", join(katas, "sample/reference.ts")],
      ["own.ts", "own/real.ts"],
    ] as const)
      symlinkSync(target, join(dir, "answers", name));
    const grade = (name: string) =>
      report(["run", "sample", `answers/${name}`, "--katas", katas], { cwd: dir });
    for (const name of ["key.ts", "copied.ts"]) {
      const { json, stdout, code } = await grade(name);
      expect({ passed: json.passed, code }).toEqual({ passed: false, code: 1 });
      expect(json.results[0]?.output).toContain("it is a link to a file outside of its folder");
      expect(stdout).not.toContain("SECRET");
    }
    expect((await grade("own.ts")).json.passed).toBe(true);
  });

  test("and a kata's tests read nothing through links beside them", async () => {
    const dir = folder({ "key/id": "SECRET" });
    const katas = sample({
      tests: `import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { add } from "./template.ts";
test("reads", () => { add(1, 2); expect(readFileSync(import.meta.dir + "/data/id", "utf8")).toBe(""); });
`,
    });
    symlinkSync(join(dir, "key"), join(katas, "sample/data"));
    writeFileSync(join(dir, "solution.ts"), GOOD);
    const { stdout } = await report(["run", "sample", "solution.ts", "--katas", katas], {
      cwd: dir,
    });
    expect(stdout).toContain("EACCES");
    expect(stdout).not.toContain("SECRET");
  });

  test("is granted what flags grant, and the report says so", async () => {
    const dir = folder({
      "data/key.txt": "GRANTED",
      "solution.ts": wrong(
        'const fs = require("node:fs"); console.log(fs.readFileSync("../data/key.txt".replace("..", process.env.ROOT), "utf8"), process.env.ROOT !== undefined); fs.writeFileSync(process.env.ROOT + "/out/made.txt", "made"); console.log(Bun.spawnSync(["/bin/sh", "-c", "echo from $((1 + 1))"]).stdout.toString())',
      ),
    });
    mkdirSync(join(dir, "out"));
    chmodSync(join(dir, "out"), 0o777);
    const flags = ["--allow-read=data", "--allow-write=out", "--allow-env=ROOT", "--allow-run"];
    const katas = sample({ tests: TESTS });
    const { json } = await report(["run", "sample", "solution.ts", "--katas", katas, ...flags], {
      cwd: dir,
      env: { ROOT: dir },
    });
    const output = json.results[0]?.output ?? "";
    expect(output).toContain("GRANTED true");
    expect(output).toContain("from 2");
    expect(readFileSync(join(dir, "out/made.txt"), "utf8")).toBe("made");
    const {
      katas: [first],
    } = json as unknown as { katas: { sandbox: object }[] };
    expect(first?.sandbox).toMatchObject({
      confined: true,
      allowed: [`read=${dir}/data`, `write=${dir}/out`, "env=ROOT", "run"],
    });
  });

  test("is granted what kata.toml grants", async () => {
    const dir = folder({
      "kata.toml": '[sandbox]\nallow-read = ["key.txt"]\nmax-memory = 300\n',
      "key.txt": "GRANTED",
      "solution.ts": wrong('console.log(require("node:fs").readFileSync(KEY, "utf8"))').replace(
        "KEY",
        "new URL('key.txt', import.meta.url).pathname",
      ),
    });
    const { json, stderr } = await report(
      ["run", "sample", "solution.ts", "--katas", sample({ tests: TESTS })],
      { cwd: dir },
    );
    expect(stderr).toBe("");
    expect(json.results[0]?.output).toContain("GRANTED");
  });

  test("cannot poison the files that the next run is graded with", async () => {
    const cache = folder();
    const env = { KATA_CACHE: cache };
    await kata(["run", "outer-product", "--reference"], { env });
    const [launcher = ""] = [
      ...new Bun.Glob("*/core/launcher").scanSync({ cwd: cache, absolute: true }),
    ];
    expect(launcher).not.toBe("");
    const cwd = folder({
      "softmax.ts": `import { chmodSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
const done: string[] = [];
for (const name of ["katas/neural-networks/softmax/kata.test.ts", "worker.js", "launcher"]) {
  const path = ${JSON.stringify(dirname(launcher))} + "/" + name;
  for (const act of [() => writeFileSync(path, "x"), () => renameSync(path, path + ".old"), () => unlinkSync(path), () => chmodSync(path, 0)]) {
    try { act(); done.push(name); } catch {}
  }
}
console.log("DONE", JSON.stringify(done));
export function stableSoftmax(): never { throw new Error("no"); }
`,
    });
    const { json } = await report(["run", "softmax"], { cwd, env });
    expect(json.results.map(({ status }) => status)).toContain("failed");
    expect(JSON.stringify(json)).toContain("DONE []");
    // The control: without walls it may do what the cache's owner may.
    const open = await report(["run", "softmax", "--no-sandbox"], { cwd, env });
    expect(JSON.stringify(open.json)).toContain("worker.js");
    expect(JSON.stringify(open.json)).not.toContain("DONE []");
  });

  test.each([
    ["an exit with 0", "process.exit(0)"],
    ["an exit with 0 by force", "process.reallyExit(0)"],
    [
      "a line that says it passed",
      `require("node:fs").writeSync(3, '0 3 abc {"type":"finished","test":0,"status":"passed","duration_ms":0,"attempt":1}\\n0 4 abc {"type":"closed"}\\n'); process.exit(0)`,
    ],
  ])("does not pass by %s", async (_, statements) => {
    const { json, code } = await only(wrong(statements));
    expect({ passed: json.passed, passing: json.num_passed, code }).toEqual({
      passed: false,
      passing: 0,
      code: 1,
    });
  });

  test("cannot end the run that grades it", async () => {
    const { json, code } = await only(
      wrong(
        "for (const pid of [process.ppid, -1, 0, -process.pid]) { try { process.kill(pid, 'SIGKILL') } catch {} }",
      ),
    );
    expect({ code, failed: json.num_failed }).toEqual({ code: 1, failed: 1 });
  });

  test("has the shown frame of no file but the kata's own", async () => {
    const { stdout } = await only(
      "export function add(): never { const error = new Error('shown'); error.stack = 'Error: shown\\n    at x (/etc/passwd:1:1)'; throw error; }\n",
    );
    expect(stdout).not.toContain("root:x:");
  });
});

describe.skipIf(!linux || process.arch !== "x64")("a wall that is missing", () => {
  const run = ["run", "sample", "solution.ts", "--katas"];

  test("refuses the run, and says what, why, and what to do", async () => {
    const dir = folder({ "solution.ts": GOOD });
    const katas = sample({ tests: TESTS });
    const ended = await without(LANDLOCK, [...run, katas], dir);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: "" });
    expect(ended.stderr).toContain(
      "error: Cannot confine what is run here (landlock: this kernel does not have it)\nhint: ",
    );
    expect(ended.stderr).toContain("--no-sandbox");
    const prctl = await without(PRCTL, [...run, katas], dir);
    expect({ code: prctl.code, seccomp: prctl.stderr.includes("seccomp") }).toEqual({
      code: 2,
      seccomp: true,
    });
  });

  test("does not keep --no-sandbox and kata's own references from running", async () => {
    const dir = folder({ "solution.ts": GOOD });
    const open = await without(LANDLOCK, [...run, sample({ tests: TESTS }), "--no-sandbox"], dir);
    expect(open).toMatchObject({ code: 0 });
    expect(open.stdout).toContain("none: it ran with your own permissions");
    expect(await without(LANDLOCK, ["run", "outer-product", "--reference"], dir)).toMatchObject({
      code: 0,
    });
  });

  test("is in the doctor's report", async () => {
    const { stdout, code } = await without(LANDLOCK, ["doctor", "--json"], folder());
    const doctor = JSON.parse(stdout) as { sandbox: object[]; missing: { what: string }[] };
    expect(code).toBe(0);
    expect(doctor.sandbox).toContainEqual({
      name: "landlock",
      holds: false,
      detail: "this kernel does not have it",
    });
    expect(doctor.missing.map(({ what }) => what)).toContain("landlock, a wall around what is run");
  });
});

test("--no-sandbox and --allow-net together are a usage error", async () => {
  const { code, stderr } = await kata([
    "run",
    "softmax",
    "--reference",
    "--no-sandbox",
    "--allow-net",
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain("Cannot use --no-sandbox together with --allow-net");
});

test("a grant of what does not exist is a usage error", async () => {
  const { code, stderr } = await kata(["run", "softmax", "--reference", "--allow-read=nowhere"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Cannot grant nowhere (--allow-read): it does not exist");
});

test("a wrong kata.toml is a usage error with its line", async () => {
  const cwd = folder({ "kata.toml": "[sandbox]\nallow-reed = true\n" });
  const { code, stderr } = await kata(["run", "softmax", "--reference"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("kata.toml:2:1: Unknown key: sandbox.allow-reed");
  expect(stderr).toContain('did you mean "allow-read"?');
  expect(existsSync(join(cwd, "kata.toml"))).toBe(true);
});
