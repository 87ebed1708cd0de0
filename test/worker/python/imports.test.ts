import { describe, expect, test } from "bun:test";
import type { PythonFailure } from "../../../src/pymodules/pytest/tests.ts";
import {
  defines,
  fallbacks,
  firstMissing,
  missingPackage,
} from "../../../src/worker/python/imports.ts";

const file = (name: string, text: string) => ({ name, text });

/** A failed import; `files` are those whose calls went on, outermost first. */
function missed(module: string, ...files: string[]): PythonFailure {
  return {
    kind: "error",
    type: "ModuleNotFoundError",
    message: `ModuleNotFoundError: No module named '${module}'`,
    traceback: "",
    frames: files.map((name) => ({ file: name, line: 1, column: 1, function: "<module>" })),
  };
}

describe("missingPackage()", () => {
  const plain = file("reference.py", "x = 1");
  const needs = file("reference.py", "import scipy.stats\nx = 1");
  const guarded = file("reference.py", "try:\n    import scipy\nexcept ImportError:\n    pass");
  const tests = (text: string) => file("test_kata.py", text);
  const found = (
    failure: PythonFailure,
    { solution = "y = 2", reference = plain, text = "import scipy" } = {},
  ): string | undefined => {
    const sources = [tests(text), reference, file("helper.py", "import torch")];
    return missingPackage(failure, file("user_kata.py", solution), reference, sources);
  };

  test("is what the kata's own files import and is not here", () => {
    expect(found(missed("scipy", "test_kata.py"))).toBe("scipy");
    const inside = "def test_a():\n    from scipy.stats import norm";
    expect(found(missed("scipy", "test_kata.py"), { text: inside })).toBe("scipy");
    expect(found(missed("torch.fft", "test_kata.py"), { text: "import torch.fft" })).toBe(
      "torch.fft",
    );
  });

  test("is nothing that is here, or the kata's own", () => {
    for (const name of ["json", "torch", "helper", "user_kata", "pytest", "reference", "kata"]) {
      const text = `import ${name}`;
      expect(found(missed(name, "test_kata.py"), { text })).toBeUndefined();
    }
    const other = { ...missed("scipy", "test_kata.py"), type: "ValueError" };
    expect(found(other)).toBeUndefined();
  });

  test("is what a solution imports only where the reference needs it as well", () => {
    const failure = missed("scipy", "test_kata.py", "user_kata.py");
    expect(found(failure)).toBeUndefined();
    expect(found(failure, { reference: needs })).toBe("scipy");
    // Tests and reference that do without it are no excuse for a solution that says it is missing.
    expect(found(failure, { reference: guarded })).toBeUndefined();
    expect(found(failure, { reference: needs, solution: needs.text })).toBe("scipy");
    const within = file("reference.py", "def f():\n    import scipy");
    expect(found(failure, { reference: within, solution: within.text })).toBe("scipy");
    expect(found(failure, { reference: within })).toBeUndefined();
  });
});

describe("firstMissing()", () => {
  test("is the first package that sources import and is not here", () => {
    const sources = [file("a.py", "import os.path, torch\nimport b"), file("b.py", "import scipy")];
    expect(firstMissing(sources)).toBe("scipy");
    expect(
      firstMissing([file("a.py", "import os.path, re"), file("b.py", "def (")]),
    ).toBeUndefined();
  });
});

describe("fallbacks()", () => {
  test("are the names that tests take of the reference where the solution lacks them", () => {
    const both = "try:\n    from user_kata import f, g as h\nexcept ImportError:\n    ";
    expect(fallbacks(`${both}from .reference import f, g as h`)).toEqual(["f", "g"]);
    expect(fallbacks(`${both}from reference import f, g as h`)).toEqual(["f", "g"]);
    expect(fallbacks(`${both}import reference`)).toEqual(["f", "g"]);
    expect(fallbacks(`${both}f = None`)).toEqual([]);
    expect(fallbacks("from user_kata import f\nfrom .reference import f as g")).toEqual([]);
    expect(fallbacks("def (")).toEqual([]);
  });
});

describe("defines()", () => {
  test.each([
    ["def f(): pass", true],
    ["async def f(): pass", true],
    ["class f: pass", true],
    ["f = g = 1", true],
    ["(a, [f]) = 1, [2]", true],
    ["from a import b as f", true],
    ["from a import *", true],
    ["def (", true],
    ["print(f)", false],
    ["g.f = 1", false],
    ["import f.g as h", false],
  ])("of %p is %p", (source, is) => {
    expect(defines(source, "f")).toBe(is);
  });
});
