import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { join } from "node:path";
import { mutantsOf } from "../../../src/catalog/mutants/mutant.ts";
import { pythonFault } from "../../../src/catalog/rules-python.ts";

/** What each mutant makes of a source of one line. */
function changed(source: string): string[] {
  return mutantsOf(source, "py").map(({ to }) => to);
}

/** The line of a function's body that each mutant changes. */
function inside(statement: string): string[] {
  return mutantsOf(`def f(x, y, dim):\n    x = 0\n    ${statement}\n`, "py")
    .filter(({ line }) => line === 3)
    .map(({ to }) => to);
}

describe("mutantsOf() of Python", () => {
  test("puts other operators in place, never in a text", () => {
    expect(inside("y = x + dim")).toEqual(["y = x - dim"]);
    expect(inside("y = x // dim % 3")).toEqual([
      "y = x / dim % 3",
      "y = x * dim % 3",
      "y = x // dim * 3",
      "y = x // dim % 4",
      "y = x // dim % 2",
    ]);
    expect(inside("y = x ** dim")).toEqual(["y = x * dim"]);
    expect(inside('y = "a" + x + f"{x + 1}"')).toEqual([]);
    expect(inside('y = "%d" % x')).toEqual([]);
    expect(inside("y = (x) + (dim)")).toEqual(["y = (x) - (dim)"]);
    expect(inside("y = x & dim | ~x")).toEqual([
      "y = x | dim | ~x",
      "y = x & dim & ~x",
      "y = x & dim | x",
    ]);
    expect(changed("a[0] += b")).toEqual(["pass", "a[1] += b", "a[(-1)] += b", "a[0] -= b"]);
  });

  test("confuses comparisons and conditions, in every form", () => {
    expect(inside("y = x < dim <= 9 != y")).toContain("y = x < dim <= 9 == y");
    expect(inside("y = x < dim")).toEqual(["y = x <= dim", "y = x >= dim"]);
    expect(inside("y = x is  not dim")).toEqual(["y = x is dim"]);
    expect(inside("y = x not in dim")).toEqual(["y = x in dim"]);
    expect(inside("y = x and dim or y")).toEqual(["y = x or dim or y", "y = x and dim and y"]);
    expect(inside("y = not x")).toEqual(["y = x"]);
    expect(inside("y = dim if x else y")).toEqual(["y = y if x else dim"]);
    expect(inside("y = [a for a in dim if a]")).toEqual(["y = [a for a in dim if True]"]);
    // The opposite of a loop's limit runs no round or never ends.
    expect(inside("while x < dim: x += 1")).toEqual([
      "pass",
      "while x <= dim: x += 1",
      "while x < dim: pass",
      "while x < dim: x -= 1",
      "while x < dim: x += 2",
      "while x < dim: x += 0",
    ]);
  });

  test("is off by one, and takes a small number for a tolerance", () => {
    expect(inside("y = x[0]")).toEqual(["y = x[1]", "y = x[(-1)]"]);
    expect(inside("y = x[-1]")).toEqual(["y = x[1]", "y = x[-2]", "y = x[-0]"]);
    expect(inside("y = 1e-6")).toEqual(["y = 0.0", "y = 0.001"]);
    expect(inside("y = 0.5")).toEqual(["y = 0.0", "y = 1.0"]);
    expect(inside("y = x[dim:y]")).toEqual(["y = x[dim + 1:y]", "y = x[dim:y - 1]"]);
    expect(inside("y = x[1.5:]")).toEqual(["y = x[0.0:]", "y = x[3.0:]"]);
    expect(inside("y = x[::2]")).toEqual(["y = x[::]", "y = x[::3]", "y = x[::1]"]);
    expect(inside("y = range(dim)")).toEqual(["y = range(dim - 1)", "y = range(dim + 1)"]);
    expect(inside('y = float("-inf")')).toEqual(["y = 0.0"]);
    expect(inside("y = True")).toEqual(["y = False"]);
  });

  test("leaves out statements, guards, options and what is returned", () => {
    expect(inside("if x: y()")).toEqual(["pass", "if True: y()", "if x: pass"]);
    expect(inside("for a in y: a()")).toEqual(["pass", "for a in y: pass"]);
    expect(inside("return x")).toEqual(["return None"]);
    expect(inside("return")).toEqual([]);
    // A first value is needed by what follows; another one may be forgotten.
    expect(inside("z = x")).toEqual([]);
    expect(inside("x = dim")).toEqual(["pass"]);
    expect(inside("y(dim=x, keepdim=True)")).toEqual([
      "pass",
      "y(keepdim=True)",
      "y(dim=x, keepdim=False)",
    ]);
    expect(inside("z = y(x, sep=dim)")).toEqual(["z = y(x)"]);
    expect(inside("z = y(sep=dim)")).toEqual(["z = y()"]);
    expect(inside("z = y(sep=dim, end=x)")).toEqual(["z = y(end=x)", "z = y(sep=dim)"]);
    expect(mutantsOf("if a:\n    b()\nelif c:\n    d()\n", "py").map(({ to }) => to)).toEqual([
      "if True:",
      "if False:",
      "pass",
      "elif True:",
      "pass",
    ]);
  });

  test("confuses arguments, receivers, axes and names", () => {
    expect(inside("z = y(x, dim)")).toEqual(["z = y(dim, x)"]);
    expect(inside("z = [x, dim]")).toEqual(["z = [dim, x]"]);
    // Types that something is one of, and what is hashed, say the same in any order.
    expect(inside("z = isinstance(x, (int, float)), hash((x, y))")).toEqual([
      "z = hash((x, y)), isinstance(x, (int, float))",
      "z = isinstance((int, float), x), hash((x, y))",
    ]);
    expect(inside("z = y(x, (x, dim))")).toContain("z = y(x, (dim, x))");
    expect(inside("z = x @ y.T")).toEqual(["z = y.T @ x", "z = x * y.T", "z = x @ y"]);
    expect(inside("z = x.sub(y)")).toEqual(["z = x", "z = y.sub(x)", "z = x.add(y)"]);
    expect(inside("z = (x + y).sum(dim)")).toEqual([
      "z = (x + y)",
      "z = (x - y).sum(dim)",
      "z = (x + y).mean(dim)",
    ]);
    expect(inside("z = x.detach()")).toEqual([]);
    expect(inside('z = y(x, "b t d -> b d t")')).toContain('z = y(x, "t b d -> b d t")');
    const torch = mutantsOf("import torch\nz = torch.exp(x)\n", "py");
    expect(torch.map(({ to }) => to)).toEqual(["z = x", "z = torch.log(x)"]);
    expect(mutantsOf("import torch\nz = torch.tensor([a])\n", "py")).toEqual([]);
  });

  test("keeps out of what is for people, type checkers and other files", () => {
    const source = `"""1 + 1"""
from a import b
import c
def f(x: int = 3, *, y: "a -> b" = None) -> Tuple[1, 2]:
    """2 + 2"""
    if x != x:
        raise ValueError("x" + str(1 + 1))
    assert x > 1
    z: list[int]
if __name__ == "__main__":
    f(1, 2)
`;
    expect(new Set(mutantsOf(source, "py").map(({ line }) => line))).toEqual(new Set([4, 6]));
    expect(inside("class A(x + 1, y): pass")).toEqual([]);
    expect(inside("z: x[1] = 3")).toEqual(["z: x[1] = 4", "z: x[1] = 2"]);
  });

  test("finds its place behind wide characters and in lines that go on", () => {
    expect(changed('é = "𝄞"; z = é * 2')).toEqual([
      'é = "𝄞"; z = é / 2',
      'é = "𝄞"; z = é * 3',
      'é = "𝄞"; z = é * 1',
    ]);
    const [first] = mutantsOf("z = (a\r\n     # b - c\r\n     + b)\r\n", "py");
    expect(first).toMatchObject({ line: 3, column: 6, from: "+ b)", to: "- b)" });
  });

  test("leaves out what is the same code, what does not parse, and what cannot be read", () => {
    const sources = mutantsOf("y = f(1, 1) + f(1, 1)", "py").map(({ source }) => source);
    expect(new Set(sources).size).toBe(sources.length);
    expect(mutantsOf("def (", "py")).toEqual([]);
    expect(changed("y = x / 1")).not.toContain("y = x / 1");
  });

  test("makes sources that differ from the reference and can be parsed, of every bundled kata", async () => {
    const root = join(import.meta.dir, "../../..");
    const glob = new Bun.Glob("{katas/*/*,src/scaffolds/*}/reference.py");
    for (const path of glob.scanSync({ cwd: root, absolute: true })) {
      const source = await Bun.file(path).text();
      const mutants = mutantsOf(source, "py");
      expect(mutants.length).toBeGreaterThan(2);
      for (const mutant of mutants) {
        expect(mutant.source).not.toBe(source);
        expect(mutant.from).not.toBe(mutant.to);
        expect(pythonFault(mutant.source)).toBeUndefined();
      }
    }
  });

  test("never throws, whatever the text", () => {
    const word = fc.constantFrom(
      ..."a b 0 1.5 ( ) [ ] { } < > + - * / = : ; , . \n \t é ' \" def if for return in not is lambda @ ** -> #".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const source = words.join(" ");
        for (const { source: other } of mutantsOf(source, "py")) expect(other).not.toBe(source);
      }),
      { numRuns: 400 },
    );
  });
});
