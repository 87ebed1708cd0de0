/** `framework` and `kata`, as tests in Python import them. */
import { describe, expect, test } from "bun:test";
import { fillFramework } from "../../src/pymodules/framework.ts";
import { pymodules } from "../../src/pymodules/index.ts";
import { fillKata } from "../../src/pymodules/kata.ts";
import { run } from "../../src/python/index.ts";

const CONTEXT = { params: { n: 7, sizes: [2, 3], deep: { x: 1.5 } }, seed: 41, device: "cpu" };
const NATIVES = {
  ...pymodules,
  framework: fillFramework,
  kata: (module: Parameters<typeof fillKata>[0]) => fillKata(module, CONTEXT),
};

/** What a program prints, and the error that it ends with. */
function told(source: string): string {
  const head =
    "import torch\nimport numpy as np\nfrom framework import assert_close, assert_shape\n";
  const result = run(head + source, { natives: NATIVES });
  if (result.ok) return result.output;
  return `${result.output}${result.error.exceptionType}: ${result.error.message}`;
}

describe("assert_shape()", () => {
  test.each([
    ["torch.ones(2, 3), (2, 3)"],
    ["torch.ones(2, 3), [2, 3], 'rows'"],
    ["torch.ones(2, 3), torch.Size([2, 3])"],
    ["np.ones((2, 3)), (2, 3), 'rows'"],
    ["torch.tensor(1.0), ()"],
    ["np.float64(1.0), ()"],
    ["np.zeros((2, 0), dtype=complex)[:, ::-1], (2, 0)"],
  ])("is satisfied by %s", (args) => {
    expect(told(`assert_shape(${args})`)).toBe("");
  });

  test.each([
    ["torch.ones(2, 3), (3, 2), 'rows'", "rows has wrong shape.\nExpected: [3, 2]\nGot: [2, 3]"],
    ["torch.ones(2), (2, 1)", "tensor has wrong shape.\nExpected: [2, 1]\nGot: [2]"],
    [
      "None, (2,)",
      "tensor has wrong shape.\nExpected: a tensor of shape [2]\nGot: None (does the function return its result?)",
    ],
    ["[1, 2], (2,), 'x'", "Got: a list of 2, not a tensor"],
    ["len, (2,)", "Got: <built-in function len> itself (is it called?)"],
    ["'abc', (2,)", "Got: 'abc' (str), not a tensor"],
  ])("says what is wrong with %s", (args, words) => {
    const text = told(`assert_shape(${args})`);
    expect(text).toStartWith("AssertionError: ");
    expect(text).toContain(words);
  });

  test("asks for a tuple of sizes", () => {
    expect(told("assert_shape(torch.ones(2), 2)")).toStartWith("TypeError: ");
    expect(told("assert_shape(torch.ones(2), ('a',))")).toStartWith("TypeError: ");
  });
});

describe("assert_close()", () => {
  test.each([
    ["torch.ones(2), torch.ones(2)"],
    ["torch.ones(2), torch.ones(2) * 1.0001, 1e-3, 'x'"],
    ["np.ones(2), torch.ones(2)"],
    ["torch.ones(2), [1.0, 1.0]"],
    ["1.0, 1.0, 1e-5, 'x'"],
    ["torch.tensor([float('nan'), float('inf')]), torch.tensor([float('nan'), float('inf')])"],
    ["torch.zeros(2), torch.full((2,), 0.5), atol=1"],
    ["torch.zeros(2), torch.full((2,), 0.5), 1e-5, 1"],
    ["torch.zeros(2), torch.full((2,), 0.5), 1e-5, 1, 'x'"],
    ["torch.zeros(2), torch.full((2,), 0.5), 1e-5, 'x', atol=1"],
    ["torch.ones(2, requires_grad=True), torch.ones(2)"],
    ["torch.tensor([1, 2]), torch.tensor([1, 2])"],
    ["np.array([1, 2]), np.array([1.0, 2.0])"],
    ["np.array([[1, 2], [3, 4]]).T[::-1], [[2, 4], [1, 3]]"],
    ["np.array([1, 2], dtype=np.int8), np.array([1, 2], dtype=np.uint64)"],
    ["np.array([True, False]), [True, False]"],
    ["np.float64(1.5), 1.5"],
    ["np.uint8(3), 3"],
    ["np.array([1 + 2j]), np.array([1 + 2j])"],
    ["1 + 2j, np.complex64(1 + 2j)"],
    ["np.array([1 + 0j]), [1.0]"],
    ["[1.0], np.array([1 + 0j])"],
  ])("is satisfied by %s", (args) => {
    expect(told(`assert_close(${args})`)).toBe("");
  });

  test("checks shapes before values", () => {
    expect(told("assert_close(torch.ones(2, 1), torch.ones(2), 1e-5, 'y')")).toBe(
      "AssertionError: y has wrong shape.\nExpected: [2]\nGot: [2, 1]",
    );
  });

  test("says where the largest differences are", () => {
    const text = told(
      "assert_close(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]), 1e-5, 'y')",
    );
    expect(text).toStartWith("AssertionError: y values don't match.\nExpected: tensor([1., 4.])");
    expect(text).toContain("Got: tensor([1., 2.])");
    expect(text).toContain("Largest absolute difference: 2 at [1]");
    expect(text).toContain("1 of 2 elements differ (rtol 0.00001, atol 1e-8)");
  });

  test("compares both parts of complex numbers", () => {
    const text = told("assert_close(np.array([1 + 2j]), np.array([1 + 3j]), 1e-5, 'z')");
    expect(text).toStartWith("AssertionError: z.imag values don't match.");
    expect(told("assert_close([1.0], np.array([1 + 3j]))")).toContain("tensor.imag values");
    expect(told("assert_close(np.array([2 + 3j]), [1.0])")).toContain("tensor values don't match");
  });

  test("is not satisfied by what is no tensor, and says what it is", () => {
    expect(told("assert_close(None, torch.ones(2))")).toContain(
      "Got: None (does the function return its result?)",
    );
    expect(told("assert_close(torch.ones(2), 'a')")).toStartWith("TypeError: ");
    expect(told("assert_close(torch.ones(1), torch.ones(1), 'a')")).toStartWith("TypeError: ");
  });

  test("is caught as any assertion is", () => {
    const source = `try:
    assert_close(torch.ones(1), torch.zeros(1), 1e-5, "caught")
except AssertionError as error:
    print(str(error).splitlines()[0])`;
    expect(told(source)).toBe("caught values don't match.\n");
  });
});

describe("kata", () => {
  test("holds what the run was told", () => {
    expect(told("from kata import params, seed, device\nprint(dict(params), seed, device)")).toBe(
      "{'n': 7, 'sizes': (2, 3), 'deep': mappingproxy({'x': 1.5})} 41 cpu\n",
    );
    expect(told("from kata import params\nprint(params['deep']['x'], params.get('m', 3))")).toBe(
      "1.5 3\n",
    );
  });

  test("cannot be changed by one of those who share it", () => {
    expect(told("from kata import params\nparams['n'] = 8")).toStartWith("TypeError: ");
    expect(told("from kata import params\nparams['sizes'][0] = 8")).toStartWith("TypeError: ");
  });
});

test("assert_close() refuses a fourth argument that a name gives too, and a sixth", () => {
  const both = "torch.ones(2), torch.ones(2), 1e-5, ";
  expect(told(`assert_close(${both}'x', name='y')`)).toBe(
    "TypeError: assert_close() got multiple values for argument 'name'",
  );
  expect(told(`assert_close(${both}1, atol=1)`)).toBe(
    "TypeError: assert_close() got multiple values for argument 'atol'",
  );
  expect(told(`assert_close(${both}1, 'x', 2)`)).toStartWith("TypeError: ");
});
