/** `kata py` as a stranger meets it: through pipes, on a terminal, with signals. */
import { afterAll, describe, expect, test } from "bun:test";
import Ajv from "ajv/dist/2020.js";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import schema from "../../src/help/schemas/py.json";
import { EXECUTABLE, folder, kata, plainEnvironment, removeFolders } from "./kata.ts";

afterAll(removeFolders);

const py = (...args: string[]) => kata(["py", ...args]);

describe("kata py runs", () => {
  test("a file, with its arguments", async () => {
    const cwd = folder({ "hello.py": "import sys\nprint(sys.argv, __name__, __file__)\n" });
    const { code, stdout } = await kata(["py", "hello.py", "--help", "-v", ""], { cwd });
    expect(stdout).toBe(`['hello.py', '--help', '-v', ''] __main__ ${join(cwd, "hello.py")}\n`);
    expect(code).toBe(0);
  });

  test("what stands after -c, and what comes on stdin", async () => {
    expect(await py("-c", "import sys; print(sys.argv)", "a")).toMatchObject({
      stdout: "['-c', 'a']\n",
    });
    for (const args of [["py"], ["py", "-"]]) {
      expect(await kata(args, { stdin: "print(6 * 7)\n" })).toMatchObject({ stdout: "42\n" });
    }
  });

  test("the modules beside a program, of which nothing else is to be seen", async () => {
    const files = {
      "main.py": "import helper, pack.inner\nprint(helper.x, pack.inner.y)\n",
      "helper.py": "x = 1\n",
      "pack/__init__.py": "",
      "pack/inner.py": "y = 2\n",
    };
    expect(await kata(["py", "main.py"], { cwd: folder(files) })).toMatchObject({
      code: 0,
      stdout: "1 2\n",
    });
  });

  test("what works with tensors, named by it or by a module beside it", async () => {
    const files = {
      "main.py": "from pack import helper\nprint(helper.double(3))\n",
      "pack/helper.py": "import numpy as np\ndef double(n): return np.arange(n) * 2\n",
      "test_it.py":
        "import unittest, torch\nclass T(unittest.TestCase):\n    def test_sum(self):\n        self.assertEqual(torch.ones(3).sum().item(), 3)\n",
    };
    const cwd = folder(files);
    expect(await kata(["py", "main.py"], { cwd })).toMatchObject({ stdout: "[0 2 4]\n" });
    expect(await kata(["py", "-m", "unittest"], { cwd })).toMatchObject({ code: 0 });
    expect(await py("-c", "import torch; print(torch.eye(2)[0])")).toMatchObject({
      stdout: "tensor([1., 0.])\n",
    });
  });

  test("nothing that is not there", async () => {
    expect(await py("missing.py")).toMatchObject({
      code: 2,
      stderr: "error: Cannot open missing.py: there is no such file\n",
    });
    expect(await py("-m", "nothing_of_that_name")).toMatchObject({ code: 2 });
    expect(await py("--allow-read", "nowhere", "-c", "1")).toMatchObject({ code: 2 });
  });
});

describe("kata py ends", () => {
  test("as CPython does", async () => {
    const ends: [string, number, string][] = [
      ["raise SystemExit(7)", 7, ""],
      ["raise SystemExit('why')", 1, "why\n"],
      ["raise SystemExit(None)", 0, ""],
      ["raise SystemExit(True)", 1, ""],
      ["raise SystemExit(-1)", 255, ""],
      ["exit(3)", 3, ""],
    ];
    for (const [source, code, stderr] of ends) {
      expect(await py("-c", source)).toMatchObject({ code, stderr });
    }
  });

  test("after an exception with its traceback on stderr", async () => {
    const cwd = folder({ "a.py": "def f():\n    return {}['k']\n\nprint('out')\nf()\n" });
    const { code, stdout, stderr } = await kata(["py", "a.py"], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "out\n" });
    expect(stderr).toStartWith(
      `Traceback (most recent call last):\n  File "${join(cwd, "a.py")}", line 5, in <module>\n`,
    );
    expect(stderr).toEndWith("KeyError: 'k'\n");
  });

  test("at a limit, whatever the program does about it", async () => {
    const endless =
      "try:\n  while True: pass\nexcept BaseException: print('held')\nfinally: print('held')";
    for (const limit of [
      ["--max-steps", "20000"],
      ["--max-time", "0.2"],
    ]) {
      const { code, stdout, stderr } = await py(...limit, "-c", endless);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain(
        limit[0] === "--max-steps" ? "more than 20000 steps" : "longer than 200 ms",
      );
    }
    expect(await py("--max-output", "10", "-c", "print('x' * 100)")).toMatchObject({ code: 1 });
    expect(await py("--max-memory", "64", "-c", "x = [0] * 10**9")).toMatchObject({ code: 1 });
    expect(await py("--max-depth", "50", "-c", "def f(): f()\nf()")).toMatchObject({ code: 1 });
  });

  test("quietly when nobody reads", async () => {
    const command = `"${EXECUTABLE}" py -c 'while True: print("line")' | head -1`;
    const child = Bun.spawn(["bash", "-c", command], { env: plainEnvironment(), stderr: "pipe" });
    const stderr = await new Response(child.stderr).text();
    expect(await new Response(child.stdout).text()).toBe("line\n");
    expect({ stderr, code: await child.exited }).toEqual({ stderr: "", code: 0 });
  });

  test("at Ctrl-C with 130, its output whole, and at SIGTERM", async () => {
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      const source = "print('x' * 9000)\nprint('buffered')\nwhile True: pass";
      const child = Bun.spawn([EXECUTABLE, "py", "-c", source], {
        env: plainEnvironment(),
        stdout: "pipe",
        stderr: "pipe",
      });
      const reader = child.stdout.getReader();
      let out = new TextDecoder().decode((await reader.read()).value);
      // What is printed next waits in a buffer.
      await Bun.sleep(200);
      child.kill(signal);
      for (let part; !(part = await reader.read()).done;)
        out += new TextDecoder().decode(part.value);
      await child.exited;
      expect(child.exitCode ?? 128 + 15).toBe(code);
      if (signal === "SIGTERM") continue;
      expect(out).toBe(`${"x".repeat(9000)}\nbuffered\n`);
      expect(await new Response(child.stderr).text()).toBe("\nKeyboardInterrupt\n");
    }
  });
});

describe("kata py --json", () => {
  const valid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

  test("tells a tool what became of a program", async () => {
    const { stdout } = await py("--json", "-c", "print('out')\n{'a': [1, None, 'x']}");
    const report: unknown = JSON.parse(stdout);
    expect(valid(report)).toBeTrue();
    expect(report).toMatchObject({
      ok: true,
      value: { a: [1, null, "x"] },
      output: "out\n",
      exit_code: 0,
    });
  });

  test("and why it failed", async () => {
    for (const [source, error] of [
      ["1 / 0", { kind: "python", exceptionType: "ZeroDivisionError", line: 1 }],
      ["x = = 1", { kind: "syntax", exceptionType: "SyntaxError", line: 1 }],
      ["import nothing_of_that_name", { kind: "import" }],
      ["while True: pass", { kind: "limit" }],
    ] as const) {
      const { stdout } = await py("--json", "--max-steps", "100000", "-c", source);
      const report: unknown = JSON.parse(stdout);
      expect(valid(report)).toBeTrue();
      expect(report).toMatchObject({ ok: false, exit_code: 1, error });
    }
  });
});

describe("kata py --record and --replay", () => {
  test("give the same output, wherever the log is cut", async () => {
    const cwd = folder();
    const source = "for i in range(3): print('x' * 9000, i)\n";
    const first = await kata(["py", "--record", "log", "-c", source], { cwd });
    expect(first.code).toBe(0);
    const log = readFileSync(join(cwd, "log"), "utf8");
    for (const size of [log.length, Math.floor(log.length / 2), 40]) {
      writeFileSync(join(cwd, "cut"), log.slice(0, size));
      const again = await kata(["py", "--replay", "cut", "--record", "cut", "-c", source], { cwd });
      expect(again.code).toBe(0);
      expect(first.stdout).toEndWith(again.stdout);
      const effects = (text: string) => text.replaceAll(/"at":\d+/g, "");
      expect(effects(readFileSync(join(cwd, "cut"), "utf8"))).toBe(effects(log));
    }
  });
});

const PYTHON = "/usr/bin/python3";

/** Types into a terminal in which `kata py` runs: after each text that it shows, another. */
async function typed(steps: [string, string][], env: Record<string, string> = {}): Promise<string> {
  const child = Bun.spawn([PYTHON, join(import.meta.dir, "terminal.py"), EXECUTABLE, "py"], {
    env: { ...plainEnvironment(), XDG_STATE_HOME: folder(), TERM: "xterm", ...env },
    stdin: Buffer.from(steps.map((step) => JSON.stringify(step)).join("\n")),
    stdout: "pipe",
    stderr: "inherit",
  });
  return new Response(child.stdout).text();
}

describe.skipIf(!existsSync(PYTHON))("kata py at a terminal", () => {
  test("answers statements of many lines, and says what went wrong", async () => {
    const shown = await typed([
      [">>> ", "def f(x):\r"],
      ["... ", "  return x * 2\r"],
      ["... ", "\r"],
      [">>> ", "f(21)\r"],
      ["42", ""],
      [">>> ", "_ + 1\r"],
      ["43", ""],
      [">>> ", "1 / 0\r"],
      ["ZeroDivisionError: division by zero", ""],
      [">>> ", "exit(5)\r"],
    ]);
    expect(shown).toEndWith("\n5\n");
  });

  test("stops what runs at Ctrl-C, throws away a line at Ctrl-C, and leaves at Ctrl-D", async () => {
    const shown = await typed([
      [">>> ", "x = 7\r"],
      [">>> ", "half a line\u0003"],
      ["KeyboardInterrupt", ""],
      [">>> ", "if True:\r"],
      ["... ", "  print('go' + 'ing')\r"],
      ["... ", "  while True: pass\r"],
      ["... ", "\r"],
      ["going", "\u0003"],
      ["KeyboardInterrupt", ""],
      [">>> ", "x + 1\r"],
      ["8", ""],
      [">>> ", "\u0004"],
    ]);
    expect(shown).toEndWith("\n0\n");
  });

  test("remembers lines from one time to the next, where it can", async () => {
    const state = folder();
    await typed(
      [
        [">>> ", "marked = 1\r"],
        [">>> ", "\u0004"],
      ],
      { XDG_STATE_HOME: state },
    );
    const shown = await typed(
      [
        [">>> ", "\u001b[A\r"],
        [">>> ", "\u0004"],
      ],
      { XDG_STATE_HOME: state },
    );
    expect(shown).toContain("marked = 1");
    chmodSync(state, 0o500);
    for (const home of [state, "/dev/null"]) {
      const there = await typed(
        [
          [">>> ", "1 + 1\r"],
          ["2", ""],
          [">>> ", "\u0004"],
        ],
        { XDG_STATE_HOME: home },
      );
      expect(there).toEndWith("\n0\n");
    }
  });
});

test("kata py -i is a prompt through a pipe", async () => {
  const stdin = "if True:\n  print('in')\n\n'''a\nb'''\nexit(4)\n";
  const { code, stdout } = await kata(["py", "-i", "-c", "x = 1"], { stdin });
  expect({ code, stdout }).toEqual({ code: 4, stdout: "in\n'a\\nb'\n" });
});
