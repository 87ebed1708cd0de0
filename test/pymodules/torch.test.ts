/** What torch has that PyTorch 1.13 has not, what it leaves out, and what stops it. */
import { describe, expect, test } from "bun:test";
import { outputOf } from "./run.ts";

/** What a program prints whose last lines are expressions to print. */
const lines = (source: string, ...shown: string[]): string[] =>
  outputOf(
    `import torch, torch.nn as nn, torch.nn.functional as F\n${source}\n${shown.map((one) => `print(${one})`).join("\n")}`,
  )
    .trimEnd()
    .split("\n");

/** The class and message of what an expression raises. */
const raised = (expression: string): string =>
  lines(
    `def told(run):\n  try:\n    return "no error: " + repr(run())\n  except Exception as error:\n    return type(error).__name__ + ": " + str(error)`,
    `told(lambda: ${expression})`,
  ).join("\n");

describe("scaled_dot_product_attention()", () => {
  const reference = `
import math
torch.manual_seed(1)
q, k, v = (torch.randn(2, 3, 4, 5) for _ in range(3))
def reference(mask=None, causal=False, scale=None):
    a, b, c = q.double(), k.double(), v.double()
    scores = a @ b.mT * (scale or 1 / math.sqrt(5))
    if causal:
        scores = scores.masked_fill(torch.ones(4, 4).triu(1).bool(), -math.inf)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf) if mask.dtype == torch.bool else scores + mask
    return scores.softmax(-1) @ c
def close(out, want):
    return torch.allclose(out.double(), want, atol=1e-6)
seen = torch.ones(4, 4).tril().bool()
`;

  test("is softmax(Q·Kᵀ)·V, with masks, causal and scaled", () => {
    expect(
      lines(
        reference,
        "close(F.scaled_dot_product_attention(q, k, v), reference())",
        "close(F.scaled_dot_product_attention(q, k, v, is_causal=True), reference(causal=True))",
        "close(F.scaled_dot_product_attention(q, k, v, seen), reference(seen))",
        "close(F.scaled_dot_product_attention(q, k, v, torch.ones(4, 4)), reference(torch.ones(4, 4)))",
        "close(F.scaled_dot_product_attention(q, k, v, scale=0.5), reference(scale=0.5))",
        "torch.equal(F.scaled_dot_product_attention(q, k, v, dropout_p=1.0), torch.zeros(2, 3, 4, 5))",
      ),
    ).toEqual(Array.from({ length: 6 }, () => "True"));
  });

  test("refuses a mask beside is_causal", () => {
    expect(
      raised(
        "F.scaled_dot_product_attention(*[torch.ones(2, 3)] * 3, torch.ones(2, 2), is_causal=True)",
      ),
    ).toContain("Explicit attn_mask should not be set when is_causal=True");
  });
});

test("rms_norm() divides by the root of the mean square", () => {
  expect(
    lines(
      "x = torch.tensor([[3.0, 4.0]])",
      "F.rms_norm(x, (2,), eps=0.0)",
      "nn.RMSNorm(2)(x).shape, nn.RMSNorm(2)",
    ),
  ).toEqual([
    "tensor([[0.8485, 1.1314]])",
    "torch.Size([1, 2]) RMSNorm((2,), eps=None, elementwise_affine=True)",
  ]);
});

describe("what is not there", () => {
  test("names itself and what is nearest", () => {
    expect(raised("torch.vmap")).toContain("nearest: a loop and torch.stack");
    expect(raised("torch.ones(1).byte()")).toContain("nearest: Tensor.int");
    expect(raised("torch.bfloat16")).toContain("nearest is torch.float32");
    expect(raised("nn.LazyLinear(3)")).toContain("nearest: torch.nn.Linear");
    expect(raised("torch.optim.LBFGS")).toContain("nearest: torch.optim.Adam");
    expect(raised("torch.linalg.eig(torch.eye(2))")).toContain("nearest: torch.linalg.eigh");
    expect(raised("torch.optim.Adam([torch.ones(1)], fused=True)")).toContain(
      "fused=True is not here",
    );
    expect(raised("torch.seed()")).toContain("nearest: torch.manual_seed");
  });

  test("is an AttributeError like any other when nobody has it", () => {
    expect(raised("torch.foo")).toBe("AttributeError: module 'torch' has no attribute 'foo'");
    expect(raised("torch.ones(1).foo")).toBe(
      "AttributeError: 'Tensor' object has no attribute 'foo'",
    );
    expect(lines("", "hasattr(torch.ones(1), 'foo'), hasattr(torch.ones(1), 'cross')")).toEqual([
      "False True",
    ]);
  });
});

test("torch.load() refuses what torch.save() here did not write", () => {
  expect(raised("torch.load(__import__('io').BytesIO(b'PK and so on'))")).toContain(
    "was not written by torch.save here",
  );
});

describe("gradients that nobody has", () => {
  test("are errors that name the step", () => {
    const x = "torch.eye(2, requires_grad=True)";
    expect(raised(`torch.linalg.svd(${x})[0].sum().backward()`)).toContain("linalg_svd");
    expect(raised(`torch.aminmax(${x})[0].sum().backward()`)).toContain("aminmax");
    expect(raised(`(${x} // 2).sum().backward()`)).toContain("floor_divide");
  });
});

describe("limits", () => {
  test("stop what would take too much", () => {
    for (const bomb of [
      "torch.ones(1).as_strided((10**9, 10**3), (0, 0)).sum()",
      "torch.linalg.eigh(torch.zeros(10**5, 10**5))",
      "torch.randperm(10**12)",
      "torch.ones(10**5).outer(torch.ones(10**5))",
      "torch.bitwise_and(torch.ones(10**6, 1).long(), torch.ones(10**6).long())",
    ]) {
      expect(raised(bomb)).toMatch(/Memory|memory|bytes|limit|steps|too large|allocate/i);
    }
  });

  test("keep as_strided() inside of its storage", () => {
    expect(raised("torch.ones(4).as_strided((3,), (2,))")).toContain(
      "are out of bounds for storage",
    );
    expect(raised("torch.ones(4).as_strided((3,), (-1,))")).toContain("Negative strides");
    expect(raised("torch.ones(4).as_strided((2,), (1,), -1)")).toContain("storage");
  });
});
