/** `einops`, with what einops 0.8 gave, and `jaxtyping`, by its documentation. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf } from "./run.ts";

const HEAD = `
import torch, numpy as np
from torch import Tensor
from einops import rearrange, reduce, repeat, einsum, pack, unpack, parse_shape, EinopsError
x = torch.arange(24).reshape(2, 3, 4)
`;

function printed(source: string): string {
  return outputOf(`${HEAD}${source}`).trimEnd();
}

describe("einops", () => {
  test("gives what einops gives, errors too, for calls at random", () => {
    const cases = readFileSync(join(import.meta.dir, "../oracles/python/einops_cases.py"), "utf8");
    const recorded = readFileSync(join(import.meta.dir, "einops-cases.txt"), "utf8");
    const [program = ""] = cases.split("if __name__");
    expect(outputOf(`${program}\nrun(20, 200)\n`).split("\n")).toEqual(recorded.split("\n"));
  }, 30_000);
  test("rearrange() joins, splits and orders dims", () => {
    expect(printed('print(rearrange(x, "b h w -> w (b h)")[1].tolist())')).toBe(
      "[1, 5, 9, 13, 17, 21]",
    );
    expect(printed('print(rearrange(x, "b h (w s) -> s b h w", s=2).shape)')).toBe(
      "torch.Size([2, 2, 3, 2])",
    );
    expect(printed('print(rearrange([x, x], "n b ... -> b n ...").shape)')).toBe(
      "torch.Size([2, 2, 3, 4])",
    );
  });
  test("rearrange() takes arrays and gives arrays", () => {
    expect(printed('print(repr(rearrange(np.arange(4).reshape(2, 2), "a b -> (b a)")))')).toBe(
      "array([0, 2, 1, 3])",
    );
  });
  test("reduce() folds and repeat() adds axes", () => {
    expect(
      printed('print(reduce(x, "b h w -> b", "sum"), repeat(x[0, 0], "w -> (w n)", n=2))'),
    ).toBe("tensor([ 66, 210]) tensor([0, 0, 1, 1, 2, 2, 3, 3])");
    expect(printed('print(reduce(x.float(), "b (h 3) w -> b h w", "max"))')).toContain(
      "[[ 8.,  9.",
    );
  });
  test("einsum() takes names of more than one letter", () => {
    expect(printed('print(einsum(x, x, "b row c, b col c -> b row col")[0].tolist())')).toBe(
      "[[14, 38, 62], [38, 126, 214], [62, 214, 366]]",
    );
  });
  test("pack() and unpack() undo one another", () => {
    expect(
      printed(
        'p, s = pack([x, x[:, 0]], "b * w"); print(p.shape, s, all(torch.equal(a, b) for a, b in zip(unpack(p, s, "b * w"), [x, x[:, 0]])))',
      ),
    ).toBe("torch.Size([2, 4, 4]) [torch.Size([3]), torch.Size([])] True");
    expect(printed('print(parse_shape(x, "b _ w"))')).toBe("{'b': 2, 'w': 4}");
  });
  test("errors say the pattern, the shape and what does not fit", () => {
    const wrong = (call: string): string =>
      printed(
        `try:\n    ${call}\nexcept EinopsError as e:\n    print(str(e).split("\\n")[-1].strip())`,
      );
    expect(wrong('rearrange(x, "b h -> h b")')).toBe(
      "Wrong shape: expected 2 dims. Received 3-dim tensor.",
    );
    expect(wrong('rearrange(x, "b h w -> b h")')).toBe(
      "Identifiers only on one side of expression (should be on both): {'w'}",
    );
    expect(wrong('rearrange(x, "b (h s) w -> b h s w", s=2)')).toBe(
      "Shape mismatch, can't divide axis of length 3 in chunks of 2",
    );
    expect(wrong('repeat(x, "b h w -> b h w n")')).toBe(
      "Specify sizes for new axes in repeat: {'n'}",
    );
    expect(wrong('rearrange(x, "b h h -> b h h")')).toBe(
      'Indexing expression contains duplicate dimension "h"',
    );
  });
});

test("jaxtyping annotates, and isinstance() asks for dtype and shape", () => {
  expect(
    printed(`
from jaxtyping import Float, Int, Bool
def f(a: Float[Tensor, "b n"], m: Bool[Tensor, "b"]) -> Float[Tensor, "b"]:
    return a.sum(-1)
y = torch.ones(2, 3)
print(isinstance(y, Float[Tensor, "b n"]), isinstance(y, Float[Tensor, "n n"]), isinstance(y, Int[Tensor, "..."]), f.__annotations__["return"])
`),
  ).toBe("True False False Float[Tensor, 'b']");
});

test("jaxtyped() checks arguments and results where a checker is given", () => {
  expect(
    printed(`
from jaxtyping import Float, jaxtyped, TypeCheckError
@jaxtyped(typechecker=object)
def f(a: Float[Tensor, "*batch n"], w: Float[Tensor, "n m"], b: Float[Tensor, "m"] | None = None) -> Float[Tensor, "*batch m"]:
    return a @ w if b is None else (a @ w + b)[0]
print(f(torch.ones(5, 2, 3), torch.ones(3, 4)).shape)
for args in ((torch.ones(2, 3), torch.ones(4, 4)), (torch.ones(2, 3).long(), torch.ones(3, 4)), (torch.ones(2, 3), torch.ones(3, 4), torch.ones(4))):
    try: f(*args)
    except TypeCheckError as e: print(str(e).split("\\n")[:2])
@jaxtyped
def g(a: Float[Tensor, "n"]): return isinstance(a, Float[Tensor, "n"]), isinstance(torch.ones(9), Float[Tensor, "n"])
print(g(torch.ones(2)))
`),
  ).toBe(
    [
      "torch.Size([5, 2, 4])",
      `["Type-check error whilst checking parameter 'w' of f.", 'Actual value: f32[4,4](torch)']`,
      `["Type-check error whilst checking parameter 'a' of f.", 'Actual value: i64[2,3](torch)']`,
      "['Type-check error whilst checking the return value of f.', 'Actual value: f32[4](torch)']",
      "(True, False)",
    ].join("\n"),
  );
});

describe("what is not there", () => {
  test("names itself and what is nearest", () => {
    expect(printed("torch.uint8")).toContain("nearest is torch.int32");
    expect(printed("np.matrix")).toContain("nearest: numpy.array");
    expect(printed('torch.zeros(1, device="cuda")')).toContain(
      "Torch not compiled with CUDA enabled",
    );
  });
});

describe("limits", () => {
  test("a tensor that is too large is an error, not the end", () => {
    const text = printed("torch.zeros(10**7, 10**7)");
    expect(text).toMatch(/Error|memory|bytes/i);
    expect(printed("torch.ones(3).repeat(10**12)")).toMatch(/Error|memory|bytes/i);
  });
});
