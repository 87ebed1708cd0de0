import { describe, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execute } from "../../src/cli/execute.ts";
import { SPECS } from "../../src/cli/specs/index.ts";
import { VERSION } from "../../src/cli/version.ts";

interface Call {
  exit: number;
  stdout: string;
  stderr: string;
}

async function call(
  argv: readonly string[],
  options: {
    isTTY?: boolean;
    columns?: number;
    env?: Record<string, string>;
    cwd?: string;
    signal?: AbortSignal;
  } = {},
): Promise<Call> {
  const { isTTY = false, columns = 80, env = {}, cwd = tmpdir() } = options;
  const result = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    isTTY,
    closed: false,
    columns,
    write(text: string) {
      result[name] += text;
    },
  });
  const exit = await execute(argv, {
    cwd,
    env,
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    openPrompt: async () => undefined,
    signal: options.signal ?? new AbortController().signal,
    leaveSignals: () => {},
  });
  return { exit, ...result };
}

describe("execute() prints", () => {
  test("the list of commands for nothing, --help and -h", async () => {
    for (const argv of [[], ["--help"], ["-h"], ["--no-color"], ["--no-color", "-h"]]) {
      const { exit, stdout, stderr } = await call(argv);
      expect(exit).toBe(0);
      expect(stderr).toBe("");
      for (const spec of SPECS) expect(stdout).toContain(`  ${spec.name} `);
    }
  });

  test("the version, wherever it stands before a command", async () => {
    expect(await call(["--version"])).toEqual({
      exit: 0,
      stdout: `kata ${VERSION}\n`,
      stderr: "",
    });
    expect((await call(["--no-color", "--version"])).stdout).toBe(`kata ${VERSION}\n`);
  });

  for (const spec of SPECS) {
    test(`help of ${spec.name}, within the width, without loading the command`, async () => {
      for (const columns of [40, 80, 200]) {
        const { exit, stdout } = await call([spec.name, "--help"], { columns });
        expect(exit).toBe(0);
        expect(stdout).toStartWith(`Usage: kata ${spec.name}`);
        for (const name of Object.keys(spec.flags)) expect(stdout).toContain(`--${name}`);
        for (const [example] of spec.examples) expect(stdout).toContain(`  ${example}\n`);
        const prose = stdout.split("\n").filter((line) => !line.startsWith("  kata "));
        for (const line of prose.slice(1)) {
          expect(Bun.stringWidth(line)).toBeLessThanOrEqual(Math.min(columns, 100));
        }
      }
      expect((await call(["--help", spec.name])).stdout).toStartWith(`Usage: kata ${spec.name}`);
      expect((await call([spec.name, "--bogus", "-h"])).exit).toBe(0);
    });
  }

  test("colours on a terminal alone", async () => {
    const esc = "\u001b[";
    expect((await call([])).stdout).not.toContain(esc);
    expect((await call([], { isTTY: true })).stdout).toContain(esc);
    expect((await call(["--no-color"], { isTTY: true })).stdout).not.toContain(esc);
    expect((await call([], { isTTY: true, env: { NO_COLOR: "1" } })).stdout).not.toContain(esc);
    expect((await call([], { isTTY: true, env: { TERM: "dumb" } })).stdout).not.toContain(esc);
    expect((await call([], { env: { FORCE_COLOR: "1" } })).stdout).toContain(esc);
    expect((await call(["x"], { isTTY: true })).stderr).toContain(esc);
  });
});

describe("execute() refuses", () => {
  const cases: [string[], string, string][] = [
    [["lst"], 'Unknown command "lst"', "did you mean kata list?"],
    [["frobnicate"], 'Unknown command "frobnicate"', "see kata --help"],
    [["constructor"], 'Unknown command "constructor"', "see kata --help"],
    [["__proto__"], 'Unknown command "__proto__"', "see kata --help"],
    [[""], 'Unknown command ""', "see kata --help"],
    [["--halp"], 'Unknown flag "--halp" before a command', "did you mean --help?"],
    [["--"], 'Unknown flag "--" before a command', "a command's flags follow its name"],
    [["--device", "cpu", "run"], 'Unknown flag "--device" before a command', "a command's flags"],
    [["help", "tensr"], 'No page of the manual: "tensr"', "did you mean kata help tensor?"],
    [["help", "\u001b[2J"], 'No page of the manual: "\\u001b[2J"', "kata help lists the pages"],
    [["list", "--version"], 'Unknown flag "--version" for kata list', "see kata list --help"],
  ];
  for (const [argv, message, hint] of cases) {
    test(JSON.stringify(argv), async () => {
      const { exit, stdout, stderr } = await call(argv);
      expect(exit).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toStartWith(`error: ${message}\nhint: ${hint}`);
    });
  }
});

describe("execute() with a JSON report and a wrong call", () => {
  const report = (error: string) => ({ schema: "kata.run/1", passed: false, error, results: [] });

  test("prints one object on stdout, and the hint on stderr", async () => {
    for (const argv of [
      ["run", "--reporter", "json", "--bial"],
      ["run", "--bial", "--reporter=json"],
      ["--no-color", "run", "--reporter", "pretty:x.txt", "--reporter", "json", "--bial"],
    ]) {
      const { exit, stdout, stderr } = await call(argv);
      expect(exit).toBe(2);
      expect(JSON.parse(stdout)).toEqual(report('Unknown flag "--bial" for kata run'));
      expect(stderr).toContain("hint: did you mean --bail?");
    }
  });

  test("writes it to the file that the report would have gone to", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kata-cli-"));
    try {
      const { stdout } = await call(["run", "--reporter", "json:out.json", "--jobs", "x"], { cwd });
      expect(stdout).toBe("");
      const text = readFileSync(join(cwd, "out.json"), "utf8");
      expect(JSON.parse(text)).toEqual(
        report('Cannot parse --jobs "x": expected a whole number from 1 to 256'),
      );
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  test("replaces an earlier report, and never anything else", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kata-cli-"));
    const path = join(cwd, "mine.ts");
    const argv = ["run", "nokata", "mine.ts", "--reporter", "json:mine.ts"];
    try {
      for (const text of ["export const x = 1;\n", '{ "answer": 42 }\n', "\0\u00ff"]) {
        writeFileSync(path, text);
        await call(argv, { cwd });
        await call(["run", "--jobs", "x", "--reporter=json:mine.ts"], { cwd });
        expect(readFileSync(path, "utf8")).toBe(text);
      }
      for (const text of ["", '{\n  "schema": "kata.run/1",\n  "passed": true\n}\n']) {
        writeFileSync(path, text);
        await call(argv, { cwd });
        expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ passed: false });
      }
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  test("stays out of other commands, other reporters and what follows --", async () => {
    for (const argv of [
      ["list", "--reporter", "json"],
      ["run", "--reporter", "tap", "--bial"],
      ["run", "--bial", "--", "--reporter", "json"],
      ["run", "--reporter"],
      ["run", "--reporter", "json:"],
    ]) {
      const { exit, stdout } = await call(argv);
      expect(exit).toBe(2);
      expect(stdout).toBe("");
    }
  });
});

test("execute() answers 130 when it was interrupted", async () => {
  const controller = new AbortController();
  controller.abort();
  expect((await call(["help"], { signal: controller.signal })).exit).toBe(130);
});

test("execute() shows the stack of a refusal when KATA_DEBUG is 1", async () => {
  expect((await call(["lst"], { env: { KATA_DEBUG: "1" } })).stderr).toContain("\n    at ");
});
