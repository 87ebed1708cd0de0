/** A run composed in this process: plan, workers, reports and exit codes. */
import { afterAll, describe, expect, test } from "bun:test";
import {
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import type { RunRequest, RunSurroundings } from "../../src/session/request.ts";
import { coreFolder } from "../../src/assets.ts";
import { runKatas } from "../../src/session/session.ts";
import { folder, removeFolders, sample } from "../e2e/kata.ts";

afterAll(removeFolders);

const ADDS =
  'import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add(1, 2)).toBe(3); });\ntest("adds zero", () => { expect(add(0, 0)).toBe(0); });\n';
const GOOD = "export const add = (a: number, b: number): number => a + b;\n";
const BAD = "export const add = (a: number, b: number): number => a * b;\n";

interface Screen extends RunSurroundings {
  out: string;
  err: string;
}

function screen(signal: AbortSignal = new AbortController().signal): Screen {
  const made: Screen = {
    out: "",
    err: "",
    color: false,
    env: {},
    signal,
    stdout: { write: (text) => void (made.out += text), isTTY: false, columns: 80 },
    stderr: { write: (text) => void (made.err += text), isTTY: false, columns: 80 },
  };
  return made;
}

function request(given: Partial<RunRequest>): RunRequest {
  return {
    reference: false,
    device: "cpu",
    bail: false,
    reporters: [{ name: "json" }],
    sandbox: {},
    cwd: folder(),
    ...given,
  };
}

async function failure(given: Partial<RunRequest>): Promise<KataError> {
  try {
    await runKatas(request(given), screen());
  } catch (error) {
    if (error instanceof KataError) return error;
    throw error;
  }
  throw new Error("The run was carried out");
}

describe("runKatas()", () => {
  test("runs a solution, and says so in the report, the verdict and the exit code", async () => {
    const katas = sample({ tests: ADDS });
    const green = screen();
    const cwd = folder({ "sample.ts": GOOD });
    const { verdict, exit } = await runKatas(request({ selector: "sample", katas, cwd }), green);
    expect({ passed: verdict.passed, exit }).toEqual({ passed: true, exit: 0 });
    expect(JSON.parse(green.out)).toMatchObject({ passed: true, num_passed: 2, kata_id: "sample" });
    const bad = folder({ "sample.ts": BAD });
    const red = await runKatas(request({ selector: "sample", katas, cwd: bad }), screen());
    expect({ failed: red.verdict.num_failed, exit: red.exit }).toEqual({ failed: 1, exit: 1 });
  });

  test("prints pretty where no reporter has stdout, and writes the others' files", async () => {
    const katas = sample({ tests: ADDS });
    const cwd = folder({ "sample.ts": GOOD });
    const shown = screen();
    await runKatas(
      request({ katas, cwd, reporters: [{ name: "tap", file: "out.tap" }], log: "run.ndjson" }),
      shown,
    );
    expect(shown.out).toContain("✓ sample");
    expect(readFileSync(join(cwd, "out.tap"), "utf8")).toStartWith("TAP version 14");
    expect(readFileSync(join(cwd, "run.ndjson"), "utf8").split("\n").length).toBeGreaterThan(8);
  });

  test("runs references of every kata in one worker or several alike", async () => {
    const names = async (jobs: number): Promise<string[]> => {
      const { verdict } = await runKatas(
        request({ selector: "tensor-basics", reference: true, jobs }),
        screen(),
      );
      return verdict.katas.flatMap((kata) =>
        kata.tests.map((each) => `${kata.kata_id} ${each.test_name} ${each.status}`),
      );
    };
    expect(await names(3)).toEqual(await names(1));
  }, 20_000);

  test("runs again in a fresh worker what a dying one left, and blames only the one that died", async () => {
    const katas = folder();
    for (const [id, tests] of Object.entries({
      a: ADDS,
      b: ADDS.replace("expect(add(0, 0)).toBe(0)", "process.exit(0)"),
      c: ADDS,
    })) {
      const dir = join(katas, id);
      mkdirSync(dir);
      writeFileSync(join(dir, "kata.test.ts"), tests);
      writeFileSync(join(dir, "template.ts"), "// TODO\nexport {};\n");
      writeFileSync(join(dir, "reference.ts"), GOOD);
      writeFileSync(
        join(dir, "manifest.toml"),
        `[kata]\nname = "${id}"\ncategory = "t"\nbase_difficulty = 1\ndescription = "d"\n`,
      );
    }
    const { verdict } = await runKatas(request({ katas, reference: true, jobs: 1 }), screen());
    expect(verdict.katas.map((kata) => `${kata.kata_id} ${kata.status}`)).toEqual([
      "a passed",
      "b failed",
      "c passed",
    ]);
    rmSync(katas, { recursive: true });
  });

  test("ends at an abort with whole reports and exit 130", async () => {
    const forever =
      'import { test } from "bun:test";\nimport { add } from "./template.ts";\ntest("waits", async () => { add(0, 0); await Bun.sleep(60000); });\n';
    const cwd = folder({ "sample.ts": GOOD });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 400);
    const shown = screen(stop.signal);
    const { exit } = await runKatas(
      request({ katas: sample({ tests: forever }), cwd, timeoutMs: 50_000 }),
      shown,
    );
    expect(exit).toBe(130);
    expect(JSON.parse(shown.out)).toMatchObject({
      passed: false,
      error: "The run was interrupted",
    });
  });

  test("skips what needs WebGPU on cpu, and what imports a package that is not there", async () => {
    const { verdict, exit } = await runKatas(
      request({ selector: "kernel-map", reference: true }),
      screen(),
    );
    expect({ skipped: verdict.num_skipped, exit }).toEqual({ skipped: 1, exit: 1 });
    const katas = folder({
      "add/manifest.toml":
        '[kata]\nname = "Add"\ncategory = "t"\nbase_difficulty = 1\ndescription = "d"\n',
      "add/template.py": "# TODO\n",
      "add/test_kata.py": "import plotly\n\ndef test_a():\n    assert plotly\n",
      "add/reference.py": "x = 1\n",
    });
    const unsupported = { status: "skipped", reason: "unsupported" };
    const python = await runKatas(request({ katas, reference: true }), screen());
    expect(python.verdict.katas[0]?.tests[0]).toMatchObject(unsupported);
    // Tests that cannot be read do not get as far as their imports.
    writeFileSync(join(katas, "add/test_kata.py"), "@fixture\ntry:\n");
    writeFileSync(join(katas, "add/reference.py"), "from plotly.io import x\n");
    const broken = await runKatas(request({ katas, reference: true }), screen());
    expect(broken.verdict.katas[0]?.tests[0]).toMatchObject(unsupported);
  });

  test.each([
    ["kata-not-found", { selector: "sofmax" }, "Kata not found: sofmax"],
    ["solution-not-found", { selector: "softmax" }, "Template not found: ./softmax.ts"],
    ["solution-not-found", { selector: "softmax", solution: "x.ts" }, "Template not found: x.ts"],
    ["no-solutions", {}, "No solutions were found"],
    ["usage", { selector: "tensor-basics", solution: "x.ts" }, "one solution against 7 katas"],
    ["usage", { selector: "softmax", solution: "x.ts", reference: true }, "--reference"],
    ["language-not-found", { selector: "kernel-map", lang: "py", reference: true }, "exists in py"],
    [
      "variation-not-found",
      { selector: "softmax", reference: true, variation: "long-axes" },
      "long-axes",
    ],
    ["katas-not-found", { katas: "/nowhere/at/all" }, "no such folder"],
    [
      "reporter-not-found",
      { selector: "softmax", reference: true, reporters: [{ name: "jsn" }] },
      "jsn",
    ],
  ] as const)("refuses with %s when asked for %p", async (code, given, words) => {
    const error = await failure(given as Partial<RunRequest>);
    expect({ code: error.code, exit: error.exit }).toEqual({ code, exit: 2 });
    expect(error.message).toContain(words);
    expect(error.hint).toBeString();
  });

  test("refuses a report or a ledger in the place of what it reads, before anything is written", async () => {
    const katas = sample({ tests: ADDS });
    const cwd = folder({ "mine.ts": GOOD });
    symlinkSync(join(cwd, "mine.ts"), join(cwd, "soft.ts"));
    linkSync(join(cwd, "mine.ts"), join(cwd, "hard.ts"));
    const inputs = ["mine.ts", "soft.ts", "hard.ts", "./x/../mine.ts"];
    for (const name of readdirSync(join(katas, "sample"))) inputs.push(join(katas, "sample", name));
    const given = { katas, cwd, selector: "sample", solution: "mine.ts" };
    for (const file of inputs) {
      for (const output of [{ reporters: [{ name: "json", file }] }, { log: file }]) {
        expect((await failure({ ...given, ...output })).code).toBe("output-is-input");
      }
    }
    expect(readFileSync(join(cwd, "mine.ts"), "utf8")).toBe(GOOD);
    expect(readdirSync(cwd).toSorted()).toEqual(["hard.ts", "mine.ts", "soft.ts"]);
    expect(readdirSync(join(katas, "sample"))).toHaveLength(4);
  });

  test("names a kata of the same category next, while one is unlocked there", async () => {
    const reference = join(coreFolder(), "katas/neural-networks/softmax/reference.ts");
    const cwd = folder({ "softmax.ts": readFileSync(reference, "utf8") });
    const { verdict } = await runKatas(request({ cwd, selector: "softmax" }), screen());
    expect(verdict.next?.kata_id).toBe("cross-entropy");
  });

  test("runs katas and solutions behind links, and names the solution as it was written", async () => {
    const links = folder();
    const cwd = folder({ "real.ts": BAD });
    symlinkSync(sample({ tests: ADDS }), join(links, "katas"));
    symlinkSync(join(cwd, "real.ts"), join(cwd, "mine.ts"));
    const { verdict } = await runKatas(
      request({ katas: join(links, "katas"), cwd, selector: "sample", solution: "mine.ts" }),
      screen(),
    );
    expect(verdict.katas[0]).toMatchObject({ file: "mine.ts", status: "failed" });
    expect(verdict.katas[0]?.tests.map(({ status }) => status)).toEqual(["failed", "passed"]);
  });

  test.each(process.platform === "win32" ? ["?"] : ["?", "\\"])(
    "refuses what the loader cannot load: %j",
    async (character) => {
      const file = `mi${character}ne.ts`;
      const cwd = folder({ [file]: GOOD });
      const katas = sample({ tests: ADDS });
      const error = await failure({ katas, cwd, selector: "sample", solution: file });
      expect(error.code).toBe("path-unloadable");
      const odd = join(folder(), `my${character}katas`);
      mkdirSync(odd);
      cpSync(katas, odd, { recursive: true });
      writeFileSync(join(cwd, "sample.ts"), GOOD);
      expect((await failure({ katas: odd, cwd })).code).toBe("path-unloadable");
    },
  );

  test.skipIf(process.platform === "win32")(
    "refuses katas in a folder with a colon, and takes solutions from one",
    async () => {
      const dir = folder();
      symlinkSync(join(sample({ tests: ADDS }), "sample"), join(dir, "sample"));
      const cwd = folder({ "s:l.ts": GOOD });
      const given = { cwd, selector: "sample", solution: "s:l.ts" };
      const { exit } = await runKatas(request({ ...given, katas: dir }), screen());
      expect(exit).toBe(0);
      const odd = join(folder(), "a:b");
      mkdirSync(odd);
      cpSync(join(dir, "sample"), join(odd, "sample"), { recursive: true, dereference: true });
      expect((await failure({ ...given, katas: odd })).code).toBe("path-unloadable");
    },
  );

  test("names the first kata in learning order when there is no solution", async () => {
    const katas = folder();
    for (const [id, after] of Object.entries({ a: ["z"], b: ["a"], z: [] })) {
      mkdirSync(join(katas, id));
      writeFileSync(
        join(katas, id, "manifest.toml"),
        `[kata]\nname = "${id}"\ncategory = "t"\nbase_difficulty = 1\ndescription = "d"\ndependencies = ${JSON.stringify(after)}\n`,
      );
      for (const name of ["template.ts", "reference.ts", "kata.test.ts"])
        writeFileSync(join(katas, id, name), "// TODO\nexport {};\n");
    }
    expect((await failure({ katas })).hint).toStartWith("kata start z ");
  });

  test("names the tests that a kata from elsewhere lacks", async () => {
    const katas = folder({
      "add/manifest.toml":
        '[kata]\nname = "Add"\ncategory = "t"\nbase_difficulty = 1\ndescription = "d"\n',
      "add/template.ts": "// TODO\n",
      "add/reference.ts": GOOD,
    });
    const error = await failure({ katas, selector: "add", cwd: folder({ "add.ts": GOOD }) });
    expect(error.message).toBe(`Test file not found: ${join(katas, "add", "kata.test.ts")}`);
  });
});
