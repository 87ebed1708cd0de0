/** Each test has its limits for itself, and after one that met them the next is in a sound world. */
import { beforeAll, describe, expect, test } from "bun:test";
import { outcomesOf, refusalOf, solution } from "./outcomes.ts";

let LIMITS = { maxTimeMs: 300, maxMemory: 2 ** 27, maxOutput: 20_000, maxDepth: 300 };

/** What became of `test_bad`, when `test_good` and the fixtures around both are as they should be. */
function badAmongGood(body: string, before = ""): object {
  const { byName, closed } = outcomesOf(
    `import pytest, sys, os, math
LOG = []
${before}
@pytest.fixture
def held(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(math, "tau", 6)
    LOG.append("begin")
    yield
    LOG.append("end")

def test_bad(held):
${body
  .split("\n")
  .map((line) => `    ${line}`)
  .join("\n")}

def test_good():
    assert LOG == ["begin", "end"]
    assert math.tau > 6.28
    assert sys.stdout is sys.__stdout__
    print("heard")
    assert [i for i in range(1000)][-1] == 999
`,
    { limits: LIMITS },
  );
  expect(byName["test_good"]).toMatchObject({ status: "passed" });
  expect(closed).toBeUndefined();
  return { ...byName["test_bad"], ...byName["test_bad"]?.failure };
}

beforeAll(() => {
  // What the library's modules take to be compiled, where no build has done that, is no test's.
  const own = LIMITS;
  LIMITS = { ...own, maxTimeMs: 60_000 };
  badAmongGood("assert [1] == [2]");
  LIMITS = own;
}, 60_000);

describe("a test that meets its limits fails alone", () => {
  const cases: Record<string, [body: string, kind: string]> = {
    "an endless loop": ["while True: pass", "timeout"],
    "an endless loop in a handler": [
      "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
      "timeout",
    ],
    "a loop in a finally": [
      "try:\n    while True: pass\nfinally:\n    while True: pass",
      "timeout",
    ],
    "an endless iterator": ["sum(iter(int, 1))", "timeout"],
    "a generator that never ends": [
      "def g():\n    while True: yield\nfor x in g(): pass",
      "timeout",
    ],
    "too much memory": ["x = []\nwhile True: x.append(bytearray(10 ** 7))", "limit"],
    "a huge list": ["[0] * 10 ** 9", "limit"],
    "a huge number": ["10 ** 10 ** 8", "limit"],
    "a flood of output": [
      "with pytest.MonkeyPatch.context():\n    while True: sys.__stdout__.write('x' * 1000)",
      "limit",
    ],
    "endless recursion": ["def f(): return f()\nf()", "error"],
    "a repr that never ends": [
      "class A:\n    def __repr__(self):\n        while True: pass\nassert A() is None",
      "timeout",
    ],
    "a repr of great length": [
      "class A:\n    def __repr__(self): return 'x' * 10 ** 9\nassert A() is None",
      "limit",
    ],
    "an equality that never ends": [
      "class A:\n    def __eq__(self, other):\n        while True: pass\nassert A() == 3",
      "timeout",
    ],
    "sys.exit()": ["sys.exit(0)", "error"],
    "os._exit()": ["os._exit(0)", "error"],
    "an exception whose message never ends": [
      "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E",
      "timeout",
    ],
  };
  for (const [what, [body, kind]] of Object.entries(cases)) {
    test(`by ${what}`, () => {
      expect(badAmongGood(body)).toMatchObject({ status: "failed", phase: "call", kind });
    });
  }

  test("in a fixture, before and after the test", () => {
    const { byName } = outcomesOf(
      `import pytest
@pytest.fixture
def before():
    while True: pass
@pytest.fixture
def after():
    yield
    while True: pass
def test_before(before): pass
def test_after(after): assert True
def test_good(): assert True
`,
      { limits: LIMITS },
    );
    expect(byName["test_before"]).toMatchObject({ phase: "setup", failure: { kind: "timeout" } });
    expect(byName["test_after"]).toMatchObject({ phase: "teardown", failure: { kind: "timeout" } });
    expect(byName["test_good"]).toMatchObject({ status: "passed" });
  });

  test("in a fixture of the module, which its tests then lack", () => {
    const { byName } = outcomesOf(
      `import pytest
@pytest.fixture(scope="module")
def wide():
    while True: pass
def test_a(wide): pass
def test_b(): assert True
`,
      { limits: LIMITS },
    );
    expect(byName["test_a"]).toMatchObject({ phase: "setup", failure: { kind: "timeout" } });
    expect(byName["test_b"]).toMatchObject({ status: "passed" });
  });

  test("while files load, with the place", () => {
    const frames = [{ file: "test_kata.py" }, { file: "user_kata.py", line: 1 }];
    expect(
      refusalOf("import user_kata\n", { ...solution("while True: pass\n"), limits: LIMITS }),
    ).toMatchObject({ kind: "timeout", frames });
  });

  test("while tests are collected", () => {
    expect(
      refusalOf(
        "import pytest\n@pytest.mark.parametrize('x', iter(int, 1))\ndef test_a(x): pass\n",
        { limits: LIMITS },
      ),
    ).toMatchObject({ kind: "timeout" });
  });
});

test("values of any size are told in time", () => {
  const { byName } = outcomesOf(
    `def test_lists():
    assert list(range(50_000)) == list(range(49_999)) + [0]
def test_texts():
    assert "line\\n" * 20_000 == "line\\n" * 19_999 + "end\\n"
def test_dicts():
    assert {i: i for i in range(20_000)} == {i: i + 1 for i in range(20_000)}
def test_sets():
    assert set(range(20_000)) == set(range(1, 20_001))
`,
    { limits: { maxTimeMs: 10_000 } },
  );
  for (const { failure } of Object.values(byName)) {
    expect(failure).toMatchObject({ kind: "assertion" });
    expect(failure!.message.length).toBeLessThan(20_000);
    expect(failure!.message).not.toContain("-v");
  }
}, 20_000);

test("a solution's own streams last no longer than its test", () => {
  const { byName, output } = outcomesOf(
    `import sys
from user_kata import f
def test_a():
    f()
def test_b():
    print("seen")
`,
    solution("import io, sys\ndef f():\n    sys.stdout = io.StringIO()\n    print('lost')\n"),
  );
  expect(byName["test_b"]).toMatchObject({ status: "passed" });
  expect(output).toBe("seen\n");
});
