/** Katas in Python, as their users and authors run them: the same reports as of TypeScript, whatever a solution does. */
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { readLedger } from "../../src/events/ledger.ts";
import {
  folder,
  type JsonReport,
  kata,
  pythonSample,
  removeFolders,
  report,
  runPython,
  sample,
} from "./kata.ts";

const IMPORT = "from user_kata import add\n";
const ADDS = "def test_adds():\n    assert add(1, 2) == 3\n";
const TESTS = IMPORT + ADDS;
const GOOD = "def add(a, b):\n    return a + b\n";
const BAD = "def add(a, b):\n    return a - b\n";

afterAll(removeFolders);

/** `name: status` or `name: status (reason)`, in order. */
function lines({ results }: JsonReport): string[] {
  return results.map(
    ({ test_name, status, reason }) =>
      `${test_name}: ${status}${reason === undefined ? "" : ` (${reason})`}`,
  );
}

function output({ results }: JsonReport, name: string): string {
  return results.find((result) => result.test_name === name)?.output ?? "";
}

interface Case {
  name: string;
  tests: string;
  solution?: string;
  args?: string[];
  /** Defaults to 1. */
  code?: number;
  lines: string[];
  /** What stands in the output of the test of this name. */
  says?: [test: string, ...texts: (string | RegExp)[]];
}

const CASES: Case[] = [
  {
    name: "a solution that is right",
    tests: TESTS,
    solution: GOOD,
    code: 0,
    lines: ["test_adds: passed"],
  },
  {
    name: "a failing assertion",
    tests: TESTS,
    solution: BAD,
    lines: ["test_adds: failed (assertion)"],
    says: ["test_adds", "assert -1 == 3", "test_kata.py:3"],
  },
  {
    name: "an exception inside the solution",
    tests: TESTS,
    solution: 'def add(a, b):\n    if a > 0:\n        raise TypeError("inside")\n    return a\n',
    lines: ["test_adds: failed (error)"],
    says: ["test_adds", "TypeError: inside", "at solution.py:3:"],
  },
  {
    name: "a syntax error",
    tests: TESTS,
    solution: "def add(a, b):\n    return a +\n",
    lines: ["(load): failed (error)"],
    says: ["(load)", "invalid syntax", /solution\.py:2:1\d/],
  },
  {
    name: "a module that is nowhere",
    tests: TESTS,
    solution: `import nowhere_at_all\n${GOOD}`,
    lines: ["(load): failed (error)"],
    says: ["(load)", "No module named 'nowhere_at_all'", "solution.py:1:"],
  },
  {
    name: "a module that is the judge's alone",
    tests: `import pytest\n${TESTS}`,
    solution: `import pytest\n${GOOD}`,
    lines: ["(load): failed (error)"],
    says: ["(load)", "No module named 'pytest'"],
  },
  {
    name: "a name that the solution lacks",
    tests: TESTS,
    solution: "def sub(a, b):\n    return a - b\n",
    lines: ["(load): failed (error)"],
    says: ["(load)", 'The solution does not define "add"'],
  },
  {
    name: "a name that it lacks, and tests that would fall back on the reference",
    tests: `try:\n    ${IMPORT}except ImportError:\n    from .reference import add\n\n${ADDS}`,
    solution: "",
    lines: ["(load): failed (error)"],
    says: ["(load)", 'The solution does not define "add"'],
  },
  {
    name: "an exception while it is imported",
    tests: TESTS,
    solution: `${GOOD}raise RuntimeError("boom")\n`,
    lines: ["(load): failed (error)"],
    says: ["(load)", "RuntimeError: boom", "solution.py:3:"],
  },
  {
    name: "no tests",
    tests: `${IMPORT}used = add\n`,
    solution: GOOD,
    lines: ["(load): failed (error)"],
    says: ["(load)", "The test file holds no tests"],
  },
  {
    name: "sys.exit(0) at import",
    tests: TESTS,
    solution: `import sys\n${GOOD}sys.exit(0)\n`,
    lines: ["(load): failed (error)"],
    says: ["(load)", "SystemExit"],
  },
  {
    name: "sys.exit(0) in a function",
    tests: `${TESTS}\ndef test_more():\n    assert True\n`,
    solution: "import sys\ndef add(a, b):\n    sys.exit(0)\n",
    lines: ["test_adds: failed (error)", "test_more: passed"],
    says: ["test_adds", "SystemExit"],
  },
  {
    name: "os._exit(0) in a function",
    tests: `${TESTS}\ndef test_more():\n    assert True\n`,
    solution: "import os\ndef add(a, b):\n    os._exit(0)\n",
    lines: ["test_adds: failed (error)", "test_more: passed"],
  },
  {
    name: "a loop without end, and the tests after it",
    tests: `${TESTS}\ndef test_more():\n    assert True\n`,
    solution: "def add(a, b):\n    while True:\n        pass\n",
    args: ["--timeout", "500"],
    lines: ["test_adds: failed (timeout)", "test_more: passed"],
    says: ["test_adds", "500 ms"],
  },
  {
    name: "a loop without end at import",
    tests: TESTS,
    solution: `${GOOD}while True:\n    pass\n`,
    args: ["--timeout", "500"],
    lines: ["(load): failed (timeout)"],
  },
  {
    name: "a gigabyte of output",
    tests: `${TESTS}\ndef test_more():\n    assert True\n`,
    solution: 'def add(a, b):\n    for _ in range(2 ** 20):\n        print("x" * 1023)\n',
    lines: ["test_adds: failed (error)", "test_more: passed"],
    says: ["test_adds", "output"],
  },
  {
    name: "more memory than there is",
    tests: `${TESTS}\ndef test_more():\n    assert True\n`,
    solution: "def add(a, b):\n    return [0] * 10 ** 12\n",
    lines: ["test_adds: failed (error)", "test_more: passed"],
  },
  {
    name: "recursion without end",
    tests: `${TESTS}\ndef test_more():\n    assert True\n`,
    solution: "def add(a, b):\n    return add(a, b)\n",
    lines: ["test_adds: failed (error)", "test_more: passed"],
    says: ["test_adds", "RecursionError"],
  },
  {
    name: "a fixture that fails before and one that fails after",
    tests: `import pytest\n${IMPORT}
@pytest.fixture
def early():
    raise ValueError("early")

@pytest.fixture
def late():
    yield
    raise ValueError("late")

def test_early(early):
    assert add(1, 2) == 3

def test_late(late):
    assert add(1, 2) == 3
`,
    solution: GOOD,
    lines: ["test_early: failed (setup)", "test_late: failed (setup)"],
    says: ["test_late", "ValueError: late"],
  },
  {
    name: "tests that are skipped, expected to fail, in classes and of many parameters",
    tests: `import pytest\n${IMPORT}
@pytest.mark.skip(reason="not today")
def test_skipped():
    assert False

def test_skips():
    pytest.skip("found out late")

@pytest.mark.xfail(reason="known")
def test_known():
    assert add(1, 2) == 4

class TestAdd:
    @pytest.mark.parametrize("a, b", [(1, 2), (3, 4)])
    def test_sum(self, a, b):
        assert add(a, b) == a + b
`,
    solution: GOOD,
    code: 0,
    lines: [
      "test_skipped: skipped (skip)",
      "test_skips: skipped (skip)",
      "test_known: skipped (skip)",
      "TestAdd › test_sum[1-2]: passed",
      "TestAdd › test_sum[3-4]: passed",
    ],
    says: ["test_skipped", "not today"],
  },
  {
    name: "a package that is not there, and that the kata needs",
    tests: `import scipy.stats\n${TESTS}`,
    solution: GOOD,
    lines: ["(unsupported): skipped (unsupported)"],
    says: ["(unsupported)", "scipy"],
  },
];

describe("whatever a solution does", () => {
  for (const one of CASES) {
    test(one.name, async () => {
      const ended = await runPython(one.tests, one.solution ?? GOOD, one.args, { limitMs: 30_000 });
      expect(lines(ended.json)).toEqual(one.lines);
      expect(ended.code).toBe(one.code ?? 1);
      const [name = "", ...texts] = one.says ?? [];
      for (const text of texts) expect(output(ended.json, name)).toMatch(text);
    });
  }

  test("output stands with the test that printed it, and the report is whole", async () => {
    const tests = `${IMPORT}\ndef test_a():\n    print("in a")\n    assert add(1, 2) == 3\n\ndef test_b():\n    import sys\n    print("in b", file=sys.stderr)\n    assert add(1, 2) == 3\n`;
    const { json } = await runPython(tests, `print("loading")\n${GOOD}`);
    expect(json.results.map((result) => result.output.trim())).toEqual(["in a", "in b"]);
  });
});

describe("what a kata in Python is told", () => {
  const told = `import random\nimport numpy as np\nimport torch\nfrom kata import params, seed, device\n${IMPORT}
def test_told():
    print(dict(params), seed, device)
    assert add(1, 2) == 3

def test_draws():
    print(random.random(), torch.rand(1).item(), np.random.rand())
    assert add(1, 2) == 3

def test_draws_again():
    print(random.random(), torch.rand(1).item(), np.random.rand())
    assert add(1, 2) == 3
`;

  test("params of the variation, the seed, the device; chance is the same for each test", async () => {
    const manifest = `[kata]\nname = "Sample"\ncategory = "tests"\nbase_difficulty = 1\ndescription = "Adds"\n[[variations]]\nname = "wide"\nparams = { n = 7 }\n`;
    const katas = pythonSample(told, { manifest });
    const cwd = folder({ "sample.py": GOOD });
    const run = async (...args: string[]) =>
      (await report(["run", "sample", "--katas", katas, ...args], { cwd })).json;
    const plain = await run();
    expect(lines(plain).every((line) => line.endsWith("passed"))).toBeTrue();
    expect(output(plain, "test_told").trim()).toBe("{} 0 cpu");
    expect(output(plain, "test_draws")).toBe(output(plain, "test_draws_again"));
    const wide = await run("--variation", "wide", "--seed", "41");
    expect(wide.results[0]).toMatchObject({ variation: "wide", lang: "py" });
    expect(output(wide, "test_told").trim()).toBe("{'n': 7} 41 cpu");
    expect(output(wide, "test_draws")).not.toBe(output(plain, "test_draws"));
  });
});

describe("katas in the original layout, as they are", () => {
  const REFERENCE = "def add(a, b):\n    # BLANK_START\n    return a + b\n    # BLANK_END\n";
  const FRAME = "from framework import assert_close, assert_shape\nimport torch\n";
  const CLOSE = `
def test_add():
    out = add(torch.ones(2), torch.ones(2))
    assert_shape(out, (2,), "out")
    assert_close(out, torch.tensor([2.0, 2.0]), 1e-5, "out")
`;
  const ORACLE = `import importlib.util
from pathlib import Path

def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
`;
  const LAYOUTS: Record<string, string> = {
    solution: FRAME + IMPORT + CLOSE,
    fallback: `${FRAME}try:\n    ${IMPORT}except ImportError:\n    from .reference import add\n${CLOSE}`,
    oracle: `${FRAME}${IMPORT}${ORACLE}
def test_same():
    assert_close(add(torch.ones(2), 3), load("reference").add(torch.ones(2), 3), 1e-5, "out")
`,
    relative: `${FRAME}from .reference import add as expected\nfrom .template import add\n
def test_same():
    assert_close(add(torch.ones(2), 3), expected(torch.ones(2), 3))
`,
  };
  const flat = (): string =>
    folder(
      Object.fromEntries(
        Object.entries(LAYOUTS).flatMap(([id, tests]) =>
          Object.entries({
            "manifest.toml": `[kata]\nname = "${id}"\nbase_difficulty = 2\ndescription = "Adds"\ndependencies = []\n`,
            "template.py": "def add(a, b):\n    # BLANK_START\n    pass\n    # BLANK_END\n",
            "test_kata.py": tests,
            "reference.py": REFERENCE,
          }).map(([name, text]) => [`${id}/${name}`, text]),
        ),
      ),
    );

  test("references pass, and what the manifests lack is said once", async () => {
    const { json, stderr, code } = await report(["run", "--katas", flat(), "--reference"]);
    expect({ passed: json.num_passed, failed: json.num_failed, code }).toEqual({
      passed: 4,
      failed: 0,
      code: 0,
    });
    expect(stderr).toBe("warning: 4 manifests: Missing required field: category\n");
  });

  test("solutions are judged, whatever way the tests take to them", async () => {
    const katas = flat();
    const cwd = folder({ "good.py": GOOD, "bad.py": BAD, "none.py": "x = 1\n" });
    for (const id of Object.keys(LAYOUTS)) {
      const run = async (file: string) =>
        (await report(["run", id, file, "--katas", katas], { cwd })).json;
      expect(lines(await run("good.py")).every((line) => line.endsWith(": passed"))).toBeTrue();
      expect(lines(await run("bad.py"))).toEqual([
        `${/def (\w+)\(\):\n/.exec(LAYOUTS[id] ?? "")?.[1] ?? ""}: failed (assertion)`,
      ]);
      const none = await run("none.py");
      expect(none.passed).toBeFalse();
      expect(output(none, "(load)")).toContain('The solution does not define "add"');
    }
  }, 30_000);

  test("what imports a package that is not there is left out, and only that", async () => {
    const katas = flat();
    await Bun.write(join(katas, "oracle/test_kata.py"), `import scipy\n${LAYOUTS["solution"]}`);
    const { json, code } = await report(["run", "--katas", katas, "--reference"]);
    expect(lines(json)).toContain("(unsupported): skipped (unsupported)");
    expect({ failed: json.num_failed, code }).toEqual({ failed: 0, code: 0 });
  });
});

describe("writing katas in Python", () => {
  interface Checked {
    ok: boolean;
    results: { lang: string; problems: { message: string; line: number }[] }[];
  }
  const check = async (dir: string, ...args: string[]): Promise<Checked> => {
    const { stdout } = await kata(["check", dir, "--json", ...args], { cwd: dir });
    return JSON.parse(stdout) as Checked;
  };

  test("what kata new writes is in order, and its tests notice every mutant", async () => {
    const dir = folder();
    const made = await kata(["new", "row-sums", "--lang", "py", "--dir", dir], { cwd: dir });
    expect(made.stdout).toContain("row-sums/test_kata.py");
    expect(await check(dir, "--mutants")).toMatchObject({ ok: true, results: [{ lang: "py" }] });
    const both = ["new", "x", "--lang", "py", "--device", "webgpu", "--dir", dir];
    expect((await kata(both, { cwd: dir })).code).toBe(2);
  }, 30_000);

  test("tests that assert nothing, that the template passes, and that let a mutant live are named", async () => {
    const template = "def add(a, b):\n    # BLANK_START\n    pass\n    # BLANK_END\n";
    const reference = template.replace("pass", "return a + b");
    const katas = pythonSample(
      `${IMPORT}\ndef test_nothing():\n    add(1, 2)\n\ndef test_little():\n    assert add(2, 2) == 4\n`,
      { template, reference: reference.replace("a + b", "a * b") },
    );
    const { ok, results } = await check(katas, "--mutants");
    const said = results[0]?.problems.map(({ message }) => message).join("\n") ?? "";
    expect(ok).toBeFalse();
    expect(said).toContain('The template passes a test: "test_nothing"');
    expect(said).toContain('The test "test_nothing" asserts nothing');
    expect(said).not.toContain('"test_little" asserts nothing');
    expect(said).not.toContain("mutant");
    const weak = pythonSample(`${IMPORT}\ndef test_little():\n    assert add(0, 0) == 0\n`, {
      template,
      reference,
    });
    const survived = (await check(weak, "--mutants")).results[0]?.problems ?? [];
    expect(survived.map(({ message }) => message)).toContain(
      "Every test passes on a mutant\n- return a + b\n+ return a - b",
    );
  }, 30_000);

  test("the rules of the manifest are held against the solution", async () => {
    const manifest = `[kata]\nname = "Sample"\ncategory = "tests"\nbase_difficulty = 1\ndescription = "Adds"\n[kata.rules]\nforbid = ["sum"]\n`;
    const katas = pythonSample(TESTS, { manifest });
    const cwd = folder({ "sample.py": "def add(a, b):\n    return sum([a, b])\n" });
    const { json } = await report(["run", "sample", "--katas", katas], { cwd });
    expect(lines(json)).toEqual(["test_adds: passed", "(rule) forbid sum: failed (rule)"]);
  });

  test("a log makes the same report again", async () => {
    const cwd = folder({ "sample.py": BAD });
    const katas = pythonSample(TESTS);
    const run = await report(["run", "sample", "--katas", katas, "--log", "log.ndjson"], { cwd });
    const again = await report(["replay", "log.ndjson"], { cwd });
    expect(again.json).toEqual(run.json);
  });
});

describe("one runner for both languages", () => {
  const both = (): string =>
    sample({
      tests:
        'import { test, expect } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add(1, 2)).toBe(3); });\n',
      reference: "export const add = (a: number, b: number): number => a + b;\n",
    });

  test("references of both run in one worker, and their tests are told apart", async () => {
    const katas = both();
    const files = {
      "template.py": "def add(a, b):\n    # TODO\n    raise NotImplementedError\n",
      "test_kata.py": TESTS,
      "reference.py": GOOD,
    };
    for (const [name, text] of Object.entries(files)) {
      await Bun.write(join(katas, "sample", name), text);
    }
    const log = join(folder(), "log.ndjson");
    const args = ["run", "--katas", katas, "--reference", "--jobs", "1", "--log", log];
    const { json, code } = await report(args);
    expect(json.results.map(({ lang, status }) => `${lang} ${status}`)).toEqual([
      "ts passed",
      "py passed",
    ]);
    expect(code).toBe(0);
    const events = [...readLedger(log)];
    expect(events.filter(({ event }) => event === "TestFound")).toHaveLength(2);
    const cwd = folder();
    const started = await kata(["start", "sample", "--katas", katas, "--lang", "py"], { cwd });
    expect(started.stdout).toContain("sample.py");
    const unfilled = await report(["run", "sample", "--katas", katas], { cwd });
    expect(lines(unfilled.json)).toEqual(["test_adds: failed (error)"]);
  });

  test("--filter, and --bail over katas", async () => {
    const two = `${TESTS}\ndef test_other():\n    assert add(1, 1) == 2\n`;
    const { json } = await runPython(two, BAD, ["--filter", "other"]);
    expect(lines(json)).toEqual(["test_other: failed (assertion)"]);
  });
});
