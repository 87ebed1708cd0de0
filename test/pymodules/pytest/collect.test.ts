/** Tests are collected as pytest collects them, and what goes wrong is data. */
import { describe, expect, test } from "bun:test";
import { outcomesOf, refusalOf, solution } from "./outcomes.ts";

describe("collectTests()", () => {
  test("finds functions and methods in the file's order, with their lines", () => {
    const { names } = outcomesOf(
      "def test_b(): pass\ndef helper(): pass\nclass TestA:\n  def test_a(self): pass\ndef test_c(): pass\n",
    );
    expect(names).toEqual(["test_b", "TestA › test_a", "test_c"]);
  });

  test("says of a failed assert what its parts were, when the call gave another value", () => {
    const { byName } = outcomesOf(
      "from user_kata import f\ndef test_f():\n    assert f(3) == 4\n",
      solution("def f(x):\n    return x * x\n"),
    );
    expect(byName["test_f"]).toEqual({
      status: "failed",
      phase: "call",
      assertions: 1,
      failure: {
        kind: "assertion",
        type: "AssertionError",
        message: "assert 9 == 4\n +  where 9 = f(3)",
        expected: "4",
        received: "9",
        frames: [{ file: "test_kata.py", line: 3, column: 5, function: "test_f" }],
        traceback:
          "Traceback (most recent call last):\n" +
          '  File "test_kata.py", line 3, in test_f\n' +
          "    assert f(3) == 4\n" +
          "AssertionError: assert 9 == 4\n +  where 9 = f(3)\n",
      },
    });
  });

  test("gives the place of a syntax error, when a file is none of Python's", () => {
    expect(refusalOf("def test_a(:\n    pass\n")).toMatchObject({
      kind: "error",
      type: "SyntaxError",
      message: "SyntaxError: invalid syntax",
      frames: [{ file: "test_kata.py", line: 1, column: 12 }],
    });
  });

  test("fails with the frame in the solution, when that throws at import", () => {
    expect(refusalOf("from user_kata import f\n", solution("x = 1\ny = x / 0\n"))).toMatchObject({
      message: "ZeroDivisionError: division by zero",
      frames: [{ file: "test_kata.py" }, { file: "user_kata.py", line: 2, function: "<module>" }],
    });
  });

  test("lets tests find their own module by its name, and nobody else", () => {
    const file = `from __future__ import annotations
import dataclasses, pickle, sys, typing
from unittest import mock
from user_kata import look
@dataclasses.dataclass
class Point:
    other: list[Point]
def helper(): return 1
def test_found():
    assert sys.modules[__name__].Point is Point
    assert pickle.loads(pickle.dumps(Point([]))) == Point([])
    assert typing.get_type_hints(Point) == {"other": list[Point]}
    with mock.patch(__name__ + ".helper", lambda: 2):
        assert helper() == 2
def test_not_found():
    assert look(__name__) is None
`;
    const own = solution("import sys\ndef look(name):\n    return sys.modules.get(name)\n");
    const { byName } = outcomesOf(file, own);
    expect(Object.values(byName).map(({ status }) => status)).toEqual(["passed", "passed"]);
  });

  test("ends what no test needs any more, when tests between are left out", () => {
    const file = `import pytest
LOG = []
@pytest.fixture(scope="class")
def wide(request):
    LOG.append("begin")
    yield
    LOG.append("end")
class TestA:
    def test_first(self, wide): assert LOG == ["begin"]
    def test_left_out(self, wide): assert False
def test_left_out(): assert False
def test_last(tmp_path): assert LOG == ["begin", "end"] and tmp_path.exists()
`;
    const { byName, closed } = outcomesOf(file, {}, (name) => !name.endsWith("left_out"));
    expect(Object.values(byName).map(({ status }) => status)).toEqual(["passed", "passed"]);
    expect(closed).toBeUndefined();
  });

  test("goes on with the next test, when one ran for too long", () => {
    const { byName } = outcomesOf(
      "def test_a():\n    while True:\n        pass\ndef test_b():\n    assert True\n",
      { limits: { maxSteps: 100_000 } },
    );
    expect(byName["test_a"]).toMatchObject({ status: "failed", failure: { kind: "limit" } });
    expect(byName["test_b"]).toMatchObject({ status: "passed" });
  });
});
