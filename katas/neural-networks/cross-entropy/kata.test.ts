import { describe, expect, test } from "bun:test";
import { params, randint, randn, tensor, zeros } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { crossEntropy } from "./template.ts";

const rows = Number(params.rows ?? 6);
const classes = Number(params.classes ?? 5);
const scale = Number(params.scale ?? 1);

function labels(values: readonly number[]) {
  return tensor(values, { dtype: "int32" });
}

/** The loss of one row in float64. */
function lossOf(logits: readonly number[], target: number): number {
  const top = Math.max(...logits);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
  return Math.log(total) + top - logits[target]!;
}

describe("values", () => {
  test("a row costs minus the log of its target's probability", () => {
    const logits = tensor([[Math.log(1), Math.log(2), Math.log(5)]]);
    assertClose(crossEntropy(logits, labels([0])), Math.log(8), { rtol: 1e-4 });
    assertClose(crossEntropy(logits, labels([1])), Math.log(4), { rtol: 1e-4 });
    assertClose(crossEntropy(logits, labels([2])), Math.log(8 / 5), { rtol: 1e-4 });
  });

  test("the result is the mean over the rows, a scalar", () => {
    const logits = tensor([
      [0, Math.log(3)],
      [Math.log(7), 0],
      [0, 0],
    ]);
    const loss = crossEntropy(logits, labels([0, 0, 1]));
    assertShape(loss, [], "loss");
    assertClose(loss, (Math.log(4) + Math.log(8 / 7) + Math.log(2)) / 3, { rtol: 1e-4 });
  });

  test("even scores over c classes cost log(c)", () => {
    assertClose(crossEntropy(zeros([3, 10]), labels([0, 9, 4])), Math.log(10), { rtol: 1e-4 });
  });

  test("random logits of the variation's sizes match a loop in float64", () => {
    const logits = randn([rows, classes]).mul(scale);
    const targets = randint(0, classes, [rows]).to("int32");
    const values = [...logits.toTypedArray()];
    const wanted = [...targets.toTypedArray()];
    let total = 0;
    wanted.forEach((target, row) => {
      total += lossOf(values.slice(row * classes, (row + 1) * classes), target);
    });
    assertClose(crossEntropy(logits, targets), total / rows, {
      name: "loss",
      rtol: 1e-4,
      atol: 1e-5,
    });
  });

  test("as many rows as classes does not confuse the axes", () => {
    const logits = tensor([
      [0, Math.log(3)],
      [Math.log(9), 0],
    ]);
    const expected = (Math.log(4 / 3) + Math.log(10)) / 2;
    assertClose(crossEntropy(logits, labels([1, 1])), expected, { rtol: 1e-4 });
  });

  test("transposed logits are read in their own order", () => {
    const logits = tensor([
      [0, Math.log(9), 0],
      [Math.log(3), 0, 0],
    ]).T;
    const expected = (Math.log(4) + Math.log(10) + Math.log(2)) / 3;
    assertClose(crossEntropy(logits, labels([0, 1, 1])), expected, { rtol: 1e-4 });
  });
});

describe("axes", () => {
  test("a single position without a batch axis is a batch of one", () => {
    const loss = crossEntropy(tensor([0, Math.log(3), 0]), tensor(1, { dtype: "int32" }));
    assertShape(loss, [], "loss");
    assertClose(loss, Math.log(5 / 3), { rtol: 1e-4 });
  });

  test("a batch of sequences is averaged over all its positions that count", () => {
    const logits = randn([2, 3, 4]);
    const targets = tensor(
      [
        [3, 0, -100],
        [1, -100, 2],
      ],
      { dtype: "int32" },
    );
    const values = [...logits.toTypedArray()];
    let total = 0;
    [...targets.toTypedArray()].forEach((target, i) => {
      if (target >= 0) total += lossOf(values.slice(i * 4, i * 4 + 4), target);
    });
    assertClose(crossEntropy(logits, targets), total / 4, { name: "loss", rtol: 1e-4 });
  });
});

describe("stability", () => {
  test("a confident wrong answer costs its margin and not infinity", () => {
    const loss = crossEntropy(tensor([[1000, 0, -1000]]), labels([2]));
    expect(Number.isFinite(Number(loss.item()))).toBe(true);
    assertClose(loss, 2000);
  });

  test("a confident right answer costs nothing", () => {
    const loss = crossEntropy(
      tensor([
        [-500, 500],
        [900, 100],
      ]),
      labels([1, 0]),
    );
    assertClose(loss, 0, { atol: 1e-6 });
  });

  test("a constant added to all logits of a row changes nothing", () => {
    const plain = crossEntropy(
      tensor([
        [0, 1, 2],
        [3, 1, 0],
      ]),
      labels([0, 2]),
    );
    const shifted = crossEntropy(
      tensor([
        [512, 513, 514],
        [-253, -255, -256],
      ]),
      labels([0, 2]),
    );
    assertClose(shifted, plain, { rtol: 1e-4 });
    assertClose(plain, (lossOf([0, 1, 2], 0) + lossOf([3, 1, 0], 2)) / 2, { rtol: 1e-4 });
  });
});

describe("ignored rows", () => {
  test("rows with target -100 add nothing and are not counted", () => {
    const logits = tensor([
      [0, Math.log(3)],
      [50, -50],
      [Math.log(7), 0],
      [-80, 80],
    ]);
    const loss = crossEntropy(logits, labels([0, -100, 0, -100]));
    assertClose(loss, (Math.log(4) + Math.log(8 / 7)) / 2, { rtol: 1e-4 });
  });

  test("another ignoreIndex can be chosen, a real class too", () => {
    const logits = tensor([
      [0, Math.log(3)],
      [Math.log(4), 0],
      [0, 0],
    ]);
    assertClose(crossEntropy(logits, labels([-1, 0, -1]), -1), Math.log(5 / 4), { rtol: 1e-4 });
    assertClose(crossEntropy(logits, labels([1, 0, 0]), 0), Math.log(4 / 3), { rtol: 1e-4 });
  });

  test("classes on both sides of the ignored one count", () => {
    const x = tensor([
      [Math.log(2), 0, 0],
      [9, -9, 0],
      [0, 0, Math.log(6)],
    ]);
    const expected = (Math.log(2) + Math.log(8 / 6)) / 2;
    assertClose(crossEntropy(x, labels([0, 1, 2]), 1), expected, { rtol: 1e-4 });
  });

  test("the class zero counts like any other", () => {
    const logits = tensor([
      [0, Math.log(3)],
      [0, Math.log(9)],
    ]);
    assertClose(crossEntropy(logits, labels([0, -100])), Math.log(4), { rtol: 1e-4 });
  });

  test("when every row is ignored the loss is zero", () => {
    const loss = crossEntropy(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      labels([-100, -100]),
    );
    assertShape(loss, [], "loss");
    assertClose(loss, 0);
  });

  test("ignored rows are harmless with a single class", () => {
    assertClose(crossEntropy(tensor([[3], [4]]), labels([-100, 0])), 0, { atol: 1e-6 });
  });
});
