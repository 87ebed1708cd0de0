/** What the session offers beside runs: checks, workspaces, and the doctor. */
import { afterAll, describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { cacheFolder, coreFolder, verifyKatas } from "../../src/assets.ts";
import { checkKatas, type CheckRequest } from "../../src/session/check/check.ts";
import type { CheckResult } from "../../src/session/check/result.ts";
import { examine } from "../../src/session/doctor.ts";
import { startKata } from "../../src/session/workspace.ts";
import { folder, removeFolders, sample } from "../e2e/kata.ts";

afterAll(removeFolders);

const TEMPLATE =
  'export function add(a: number, b: number): number {\n  // BLANK_START\n  throw new Error("not implemented");\n  // BLANK_END\n}\n';
const REFERENCE = "export function add(a: number, b: number): number {\n  return a + b;\n}\n";
const TESTS =
  'import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add(1, 2)).toBe(3); });\n';

async function check(
  given: Partial<CheckRequest>,
): Promise<{ results: CheckResult[]; labels: string[]; problems: number }> {
  const labels: string[] = [];
  const { results, problems } = await checkKatas({
    device: "cpu",
    sandbox: {},
    cwd: process.cwd(),
    mutants: false,
    signal: new AbortController().signal,
    onResult: (result) => labels.push(`result ${result.kata_id}`),
    onProgress: (done, total) => labels.push(`${done}/${total}`),
    ...given,
  });
  return { results, labels, problems: problems.length };
}

describe("checkKatas()", () => {
  test("finds nothing wrong with a good kata, and tells how far it is", async () => {
    const dir = sample({ tests: TESTS, template: TEMPLATE, reference: REFERENCE });
    const { results, labels } = await check({ dir });
    expect(results).toMatchObject([
      {
        ok: true,
        problems: [],
        template: { passed: 0, failed: 1 },
        reference: { passed: 1, failed: 0 },
        devices: ["cpu"],
      },
    ]);
    expect(labels).toEqual(["0/1", "result sample", "1/1"]);
  });

  test("names a test that passes on the template, and one that the reference fails", async () => {
    const tests = `${TESTS}test("is there", () => { expect(add).toBeFunction(); });\n`;
    const dir = sample({ tests, template: TEMPLATE, reference: REFERENCE.replace("+ b", "- b") });
    const { results } = await check({ dir });
    expect(results[0]?.ok).toBe(false);
    const messages = results[0]?.problems.map(({ message }) => message).join("\n") ?? "";
    expect(messages).toContain('The template passes a test: "is there"');
    expect(messages).toContain('The reference fails "adds" of sample on cpu');
  });

  test("wants something to fill in", async () => {
    const dir = sample({
      tests: TESTS,
      template: "export const add = (): number => 0;\n",
      reference: REFERENCE,
    });
    const { results } = await check({ dir });
    expect(results[0]?.problems[0]?.message).toBe("The template has nothing to fill in");
  });

  test("tries every variation on every device when the device is auto", async () => {
    const { results } = await check({ selector: "outer-product", device: "auto" });
    const [result] = results;
    expect(result?.ok).toBe(true);
    expect(result?.devices).toContain("cpu");
    // Two variations and none, on each device.
    expect(result?.reference.passed).toBe(
      (result?.template.failed ?? 0) * 3 * (result?.devices.length ?? 0),
    );
  });

  test.each([
    ["skip", TESTS.replace("test(", "test.skip(")],
    ["todo", `${TESTS}test.todo("later");\n`],
    [
      "only",
      `${TESTS.replace("toBe(3)", "toBe(4)")}test.only("alone", () => { expect(add(2, 2)).toBe(4); });\n`,
    ],
  ])("is not content with a test that the reference leaves out: %s", async (reason, tests) => {
    const dir = sample({ tests, template: TEMPLATE, reference: REFERENCE });
    const { results } = await check({ dir });
    expect(results[0]?.ok).toBe(false);
    const left = results[0]?.problems.filter(({ message }) => message.includes("was left out"));
    expect(left).toMatchObject([{ severity: "error", line: expect.any(Number) }]);
    expect(left?.[0]?.message).toContain(`(${reason})`);
  });

  test("says once that a kata was not checked when it cannot run here", async () => {
    const webgpu = await check({ selector: "kernel-map" });
    expect(webgpu.results).toMatchObject([
      { ok: false, problems: [{ severity: "warning" }], devices: [] },
    ]);
    expect(webgpu.results[0]?.problems[0]?.message).toContain(
      "was not checked in ts: needs WebGPU",
    );
    const python = await check({
      dir: folder({
        "add/manifest.toml":
          '[kata]\nname = "Add"\ncategory = "t"\nbase_difficulty = 1\ndescription = "d"\nhints = ["h"]\n',
        "add/template.py": "# TODO\n",
        "add/test_kata.py": "import plotly\n\ndef test_a():\n    assert plotly\n",
        "add/reference.py": "x = 1\n",
      }),
    });
    expect(python.results).toMatchObject([{ ok: false, problems: [{ severity: "warning" }] }]);
    expect(python.results[0]?.problems[0]?.message).toContain("was not checked in py");
  });

  test("reports a folder of broken katas without running any", async () => {
    const { results, problems } = await check({ dir: folder({ "x/manifest.toml": "[kata]\n" }) });
    expect(results).toEqual([]);
    expect(problems).toBeGreaterThan(3);
  });
});

describe("startKata()", () => {
  test("writes template, typings and tsconfig once, and never over what is there", async () => {
    const dir = join(folder(), "new", "folder");
    const first = await startKata({ id: "softmax", dir });
    expect(readdirSync(dir).toSorted()).toEqual([".kata", "softmax.ts", "tsconfig.json"]);
    expect(first.created).toHaveLength(3);
    const second = await startKata({ id: "attention", dir });
    expect(second.created).toEqual([join(dir, "attention.ts")]);
    expect(startKata({ id: "softmax", dir })).rejects.toThrow("exists already");
    expect(startKata({ id: "kernel-map", dir, lang: "py" })).rejects.toThrow(
      "does not exist in py",
    );
    expect(startKata({ id: "softmax", dir: "/proc/nowhere" })).rejects.toThrow("Cannot write");
    expect(readFileSync(join(dir, "softmax.ts"), "utf8")).toContain("BLANK_START");
  });
});

describe("startKata() beside a .kata", () => {
  test("refuses one that kata did not make, and leaves it as it is", async () => {
    const real = folder({ "version-0.0.1": "", note: "mine" });
    const lay: Record<string, (path: string) => void> = {
      "a folder": (path) => {
        mkdirSync(path);
        writeFileSync(join(path, "note"), "mine");
      },
      "a file": (path) => writeFileSync(path, "mine"),
      "a link": (path) => symlinkSync(real, path),
    };
    for (const [what, make] of Object.entries(lay)) {
      const dir = folder();
      make(join(dir, ".kata"));
      const before = readdirSync(dir);
      const error = await startKata({ id: "softmax", dir }).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: "typings-taken", exit: 2 });
      expect((error as Error).message).toContain(what);
      expect(readdirSync(dir)).toEqual(before);
    }
    expect(readFileSync(join(real, "note"), "utf8")).toBe("mine");
  });

  test("replaces the typings of another version, readable for all", async () => {
    const dir = folder({ ".kata/version-0.0.1": "", ".kata/old.d.ts": "" });
    await startKata({ id: "softmax", dir });
    const names = readdirSync(join(dir, ".kata"));
    expect(names).toContain("globals.d.ts");
    expect(names).not.toContain("old.d.ts");
    const open = 0o755 & ~process.umask();
    for (const path of [".kata", ".kata/worker"]) {
      expect(statSync(join(dir, path)).mode & 0o777).toBe(open);
    }
  });
});

describe("verifyKatas()", () => {
  test("is cheap when nothing was changed", () => {
    const katas = ["neural-networks", "tensor-basics", "wgsl-kernels"].flatMap((category) =>
      readdirSync(join(coreFolder(), "katas", category)).map((id) =>
        join(coreFolder(), "katas", category, id),
      ),
    );
    expect(katas).toHaveLength(22);
    verifyKatas(katas);
    const times = Array.from({ length: 20 }, () => {
      const started = performance.now();
      verifyKatas(katas);
      return performance.now() - started;
    });
    // A median of 0.4 ms; the bound is for a loaded machine.
    expect(times.toSorted((a, b) => a - b)[10]).toBeLessThan(5);
  });
});

describe("examine()", () => {
  test("describes the cache and both adapters, and says what is missing", async () => {
    const report = await examine();
    expect(report.cache.dir).toBe(cacheFolder().dir);
    expect(existsSync(report.webgpu.addon)).toBe(true);
    expect(report.webgpu.adapters.map(({ device }) => device)).toEqual(["gpu", "software"]);
    for (const adapter of report.webgpu.adapters) {
      if (adapter.available) expect(adapter.limits["maxBufferSize"]).toBeGreaterThan(0);
      else expect(adapter.reason).toBeString();
    }
    expect(report.device_auto).toBeString();
    const gpu = report.webgpu.adapters[0];
    expect(report.missing.some(({ what }) => what.includes("hardware"))).toBe(
      gpu?.available === false,
    );
  });
});
