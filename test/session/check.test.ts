/** What a check looks at beyond running the tests: folder, template, assertions, mutants. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkKatas } from "../../src/session/check/check.ts";
import { reportCheck } from "../../src/session/check/report.ts";
import type { CheckResult } from "../../src/session/check/result.ts";
import { removeFolders, sample } from "../e2e/kata.ts";

afterAll(removeFolders);

const FUNCTION = "export function clamp(x: number, most: number): number {\n";
const TEMPLATE = `${FUNCTION}  // BLANK_START\n  throw new Error("not implemented");\n  // BLANK_END\n}\n`;
const REFERENCE = `${FUNCTION}  if (x >= most) return most;\n  return x;\n}\n`;
const MANIFEST =
  '[kata]\nname = "Clamp"\ncategory = "t"\nbase_difficulty = 1\ndescription = "d"\nhints = ["h"]\n';
const START =
  'import { expect, test } from "bun:test";\nimport { params } from "kata";\nimport { clamp } from "./template.ts";\n';
const TESTS = `${START}test("cuts", () => { expect([clamp(5, 3), clamp(2, 3)]).toEqual([3, 2]); });\n`;

interface Given {
  tests?: string;
  template?: string;
  reference?: string;
  manifest?: string;
}

async function check(
  { tests = TESTS, template = TEMPLATE, reference = REFERENCE, manifest = MANIFEST }: Given,
  mutants: boolean = false,
  files: Record<string, string> = {},
): Promise<{ results: CheckResult[]; result: CheckResult; said: string[]; labels: string[] }> {
  const dir = sample({ tests, template, reference, manifest });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, "sample", name), text);
  const labels: string[] = [];
  const { results } = await checkKatas({
    dir,
    device: "cpu",
    mutants,
    sandbox: {},
    cwd: dir,
    signal: new AbortController().signal,
    onResult: () => undefined,
    onProgress: (_done, _total, label) => labels.push(label),
  });
  const [result] = results;
  if (result === undefined) throw new Error("The kata was not checked");
  const said = result.problems.map((one) => `${one.severity}: ${one.message}`);
  return { results, result, said, labels };
}

describe("checkKatas()", () => {
  test("lists what it held a good kata against", async () => {
    const { result } = await check({}, true);
    expect(result.checks.map(({ name, status }) => `${status} ${name}`)).toEqual([
      "passed manifest and files are in order",
      "passed the template is the reference with regions taken out",
      "passed the template fails every test",
      "passed the reference passes on cpu",
      "passed every test asserts something",
      "failed the tests notice every mutant",
    ]);
  });

  test("names stray files, not those that the kata uses, and hints that are missing", async () => {
    const { said, result } = await check(
      { manifest: MANIFEST.replace('hints = ["h"]\n', ""), tests: `${TESTS}// cases.json\n` },
      false,
      { "notes.bak": "", "cases.json": "[]", ".hidden": "" },
    );
    expect(said).toEqual([
      "warning: sample has no hints",
      "warning: Nothing in sample uses notes.bak",
    ]);
    expect(result.ok).toBe(true);
  });

  test("names the line on which template and reference part, and a template that cannot be parsed", async () => {
    const parted = await check({ template: TEMPLATE.replace("most: number", "limit: number") });
    expect(parted.result.problems).toMatchObject([{ line: 1, severity: "error" }]);
    expect(parted.said[0]).toContain("has `export function clamp(x: number, limit: number)");
    const broken = await check({ template: TEMPLATE.replace("): number", ") number") });
    expect(broken.said[0]).toContain("The template cannot be parsed: ");
    expect(broken.result.checks[1]?.status).toBe("failed");
  });

  test("lets tests pass on the template that the manifest names, and no others", async () => {
    const tests = `${TESTS}test("is there", () => { expect(clamp).toBeFunction(); });\n`;
    expect((await check({ tests })).said).toEqual([
      'error: The template passes a test: "is there"',
    ]);
    const named = `${MANIFEST}passes_on_template = ["is there", "cuts"]\n`;
    expect((await check({ tests, manifest: named })).said).toEqual([
      'warning: "cuts" does not pass on the template, and passes_on_template says so',
    ]);
  });

  test("names a test that asserts nothing, on the reference", async () => {
    const tests = `${TESTS}test("runs", () => { clamp(1, 2); });\n`;
    const { result, said } = await check({ tests });
    expect(said).toEqual(['error: The test "runs" asserts nothing']);
    expect(result.problems[0]?.line).toBe(5);
  });

  test("a reference that breaks the kata's own rules does not pass", async () => {
    const { said } = await check({ manifest: `${MANIFEST}rules = { forbid = ["if"] }\n` });
    expect(said[0]).toContain('The reference fails "(rule) forbid if"');
  });
});

describe("mutants", () => {
  test("that live are shown as changes", async () => {
    const { result, labels } = await check({}, true);
    expect(result.ok).toBe(false);
    expect(result.mutants).toEqual({
      total: 4,
      killed: 3,
      equivalent: 0,
      survivors: [
        {
          line: 2,
          column: 9,
          from: "if (x >= most) return most;",
          to: "if (x > most) return most;",
        },
      ],
    });
    expect(result.problems[0]?.message).toBe(
      "Every test passes on a mutant\n- if (x >= most) return most;\n+ if (x > most) return most;",
    );
    expect(labels).toContain("sample: mutant 4 of 4");
  });

  test("that the manifest explains are equivalent; entries that explain nothing are told", async () => {
    const listed = `${MANIFEST}[[equivalent]]\nfrom = "if (x >= most) return most;"\nto = "if (x > most) return most;"\nreason = "x is most in between"\n`;
    const { result, said } = await check({ manifest: listed }, true);
    expect(said).toEqual([]);
    expect(result).toMatchObject({
      ok: true,
      mutants: { killed: 3, equivalent: 1, survivors: [] },
    });
    const stale = await check({ manifest: listed.replace("x > most", "x < most") }, true);
    expect(stale.said).toEqual([
      "error: Every test passes on a mutant\n- if (x >= most) return most;\n+ if (x > most) return most;",
      "error: No mutant that lives is the one listed under [[equivalent]]\n- if (x >= most) return most;\n+ if (x < most) return most;",
    ]);
  });

  test("that the manifest explains in one language are not missed in the other", async () => {
    const listed = `${MANIFEST}[[equivalent]]\nfrom = "if (x >= most) return most;"\nto = "if (x > most) return most;"\nreason = "x is most in between"\n`;
    const reference = "def clamp(x, most):\n    return min(x, most)\n";
    const python = {
      "reference.py": reference,
      "template.py": `def clamp(x, most):\n    # BLANK_START\n    raise NotImplementedError\n    # BLANK_END\n`,
      "test_kata.py":
        "from user_kata import clamp\n\n\ndef test_cuts():\n    assert [clamp(5, 3), clamp(2, 3)] == [3, 2]\n",
    };
    const { results } = await check({ manifest: listed }, true, python);
    expect(results.map(({ lang, ok, problems }) => [lang, ok, problems])).toEqual([
      ["ts", true, []],
      ["py", true, []],
    ]);
  });

  test("are tried in every variation before they live", async () => {
    const tests = `${START}test("cuts", () => { expect(clamp(Number(params["x"] ?? 2), 3)).toBe(Math.min(Number(params["x"] ?? 2), 3)); });\n`;
    const alone = await check({ tests }, true);
    expect(alone.result.mutants).toMatchObject({ total: 4, killed: 2 });
    const varied = `${MANIFEST}[[variations]]\nname = "far"\nparams = { x = 9 }\n`;
    const both = await check({ tests, manifest: varied }, true);
    expect(both.result.mutants).toMatchObject({ total: 4, killed: 3 });
  });

  test("that never end are ended, and the rest is tried all the same", async () => {
    const reference = `${FUNCTION}  let i = 0;\n  while (i < most) {\n    i += 1;\n    if (i === x) return x;\n  }\n  return most;\n}\n`;
    const { result } = await check({ reference }, true);
    expect(result.mutants?.total).toBeGreaterThan(8);
    expect(result.mutants?.killed).toBeGreaterThan(6);
    expect(result.duration_ms).toBeLessThan(20_000);
  }, 30_000);

  test("are left out when the reference itself fails", async () => {
    const { result } = await check({ reference: REFERENCE.replace(">=", "<") }, true);
    expect(result.mutants).toBeUndefined();
    expect(result.checks.at(-1)).toEqual({
      name: "the tests notice every mutant",
      status: "skipped",
      problems: [],
    });
  });
});

describe("reportCheck()", () => {
  test("tells every check as a test, through any reporter, and what could not be read", async () => {
    const dir = sample({
      tests: TESTS,
      template: TEMPLATE,
      reference: REFERENCE,
      manifest: MANIFEST,
    });
    mkdirSync(join(dir, "broken"));
    writeFileSync(join(dir, "broken", "manifest.toml"), "[kata]\n");
    let out = "";
    const stream = (write: (text: string) => void) => ({ write, isTTY: false, columns: 80 });
    const { results, problems } = await reportCheck(
      {
        dir,
        device: "cpu",
        mutants: true,
        sandbox: {},
        signal: new AbortController().signal,
        onProgress: () => undefined,
        reporters: [{ name: "json" }],
        cwd: dir,
      },
      {
        stdout: stream((text) => (out += text)),
        stderr: stream(() => undefined),
        color: false,
        signal: new AbortController().signal,
        env: {},
      },
    );
    expect(results).toHaveLength(1);
    expect(problems.length).toBeGreaterThan(0);
    const report = JSON.parse(out) as { passed: boolean; results: Record<string, string>[] };
    expect(report.passed).toBe(false);
    expect(
      report.results.map((one) => `${one["kata_id"]} ${one["status"]} ${one["test_name"]}`),
    ).toEqual([
      "sample passed manifest and files are in order",
      "sample passed the template is the reference with regions taken out",
      "sample passed the template fails every test",
      "sample passed the reference passes on cpu",
      "sample passed every test asserts something",
      "sample failed the tests notice every mutant",
      "(katas) failed every kata can be read",
    ]);
    expect(report.results[5]?.["output"]).toContain(
      "reference.ts:2:9: Every test passes on a mutant",
    );
    expect(report.results[6]?.["output"]).toContain("Missing required field: name");
  });
});
