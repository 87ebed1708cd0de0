import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { TestCode } from "../../src/runner/test-code.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

const SOURCE = `import { test } from "bun:test";
describe("group", () => {
  test("a block", async () => {
    // { not a brace
    const text = "}";

      expect(text).toBe("}");
  });
  test("an expression", () => expect(1).toBe(1));
  test("an object", () => ({ a: 1 }), 500);
  test.each([{ a: 1 }])("rows", ({ a }) => {
    expect(a).toBe(1);
  });
  test("a function", function () {
    expect(2).toBe(2);
  });
  test("empty", () => {});
  test("named", run);
});
test("open", () => {
  expect(3
`;

const DECORATED = `@mark.slow
@mark.parametrize(
    "a, b", [(1, {2: ":"})],  # def f():
)
async def test_a(
    a: int, b: dict[str, int] = {1: 2},
) -> None:  # here it begins
    # a comment
    assert a

class TestMore:
    @mark.skip
    def test_b(self): assert 1

    def test_c(self):
        if x:
            assert 2
`;

describe("TestCode", () => {
  const dir = folder({
    "kata.test.ts": SOURCE,
    "test_kata.py": "def test_a():\n    x = 1\n    assert x == 1\n\ndef test_b():\n    pass\n",
    "test_decorated.py": DECORATED,
    "long.test.ts": `test("long", () => {\n  ${"x();".repeat(5000)}\n});\n`,
  });
  const code = new TestCode(join(dir, "kata.test.ts"), "ts");

  test.each<[number, string | undefined]>([
    [3, '// { not a brace\nconst text = "}";\n\n  expect(text).toBe("}");'],
    [9, "expect(1).toBe(1)"],
    [11, "expect(a).toBe(1);"],
    [14, "expect(2).toBe(2);"],
    [18, 'test("named", run);'],
    [0, undefined],
    [99, undefined],
  ])("of line %d is the test's body", (line, expected) => {
    expect(code.at(line)).toBe(expected);
    expect(code.at(line)).toBe(expected);
  });

  test("never throws, whatever the line", () => {
    for (let line = -1; line < 30; line++) expect(typeof code.at(line)).toMatch(/string|undefined/);
  });

  test("reads Python, cuts what is long, and has nothing of a file that is not there", () => {
    const python = new TestCode(join(dir, "test_kata.py"), "py");
    expect(python.at(1)).toBe("x = 1\nassert x == 1");
    const decorated = new TestCode(join(dir, "test_decorated.py"), "py");
    expect(decorated.at(1)).toBe("# a comment\nassert a");
    expect(decorated.at(12)).toBe("assert 1");
    expect(decorated.at(15)).toBe("if x:\n    assert 2");
    expect(new TestCode(join(dir, "long.test.ts"), "ts").at(1)?.length).toBe(4000);
    expect(new TestCode(join(dir, "nowhere.ts"), "ts").at(1)).toBeUndefined();
  });
});
