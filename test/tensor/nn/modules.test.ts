import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  manualSeed,
  nn,
  noGrad,
  ones,
  randn,
  scaledDotProductAttention,
  type Tensor,
  tensor,
  zeros,
} from "../../../src/tensor/index.ts";
import { onEveryDevice } from "../devices.ts";
import { expectClose, grid, put, random } from "../reference.ts";

setDefaultTimeout(30_000);

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

class Model extends nn.Module {
  readonly first: nn.Linear = new nn.Linear(3, 4);
  readonly blocks: nn.Module[] = [new nn.BatchNorm1d(4), new nn.Linear(4, 4, { bias: false })];
  readonly shared: nn.Linear = this.first;
  readonly scale: Tensor = nn.parameter(ones([2]));
}

/** Values of a matrix times a vector, plus a bias. */
function apply(w: Tensor, b: Tensor, x: number[]): number[] {
  const rows = w.toArray() as number[][];
  const add = b.toArray() as number[];
  return rows.map((row, i) => row.reduce((sum, v, j) => sum + v * (x[j] ?? 0), add[i] ?? 0));
}

onEveryDevice(() => {
  test("Module finds parameters, buffers and children by their fields", () => {
    const model = new Model();
    expect(model.namedParameters().map(([name]) => name)).toEqual([
      "first.weight",
      "first.bias",
      "blocks.0.weight",
      "blocks.0.bias",
      "blocks.1.weight",
      "scale",
    ]);
    expect(model.parameters().length).toBe(6);
    expect(model.children().length).toBe(3);
    expect(Object.keys(model.stateDict())).toContain("blocks.0.runningMean");
    expect(model.eval().blocks[0]?.training).toBe(false);
    expect(model.train().blocks[0]?.training).toBe(true);
  });

  test("loadStateDict() copies everything or nothing", () => {
    const [from, to] = [new Model(), new Model()];
    to.loadStateDict(from.stateDict());
    const x = tensor([[1, 2, 3]]);
    expect(to.first.forward(x).toArray()).toEqual(from.first.forward(x).toArray());
    expect(to.first.weight.requiresGrad).toBe(true);
    const { scale: _, ...rest } = from.stateDict();
    expect(() => to.loadStateDict({ ...rest, other: x })).toThrow(
      "loadStateDict: names do not agree: missing [scale], not known [other]",
    );
    expect(() => to.loadStateDict({ ...rest, scale: x })).toThrow(
      'loadStateDict: "scale" has shape [2], got [1, 3]',
    );
  });

  test("layers compute what their weights say, and start in PyTorch's ranges", () => {
    manualSeed(1);
    const linear = new nn.Linear(5, 300);
    const bound = 1 / Math.sqrt(5);
    expect(linear.weight.abs().max().item()).toBeLessThanOrEqual(bound);
    expect(linear.weight.std().item()).toBeCloseTo(bound / Math.sqrt(3), 1);
    const input = [0.5, -1, 2, 0.25, 3];
    const bias = linear.bias ?? zeros([300]);
    expectClose(linear.forward(tensor(input)), grid([300], apply(linear.weight, bias, input)));
    const rows = new nn.Embedding(7, 3);
    const picked = rows.forward(tensor([[6, 0]], { dtype: "int32" }));
    expect(picked.get(0, 0).toArray()).toEqual(rows.weight.get(6).toArray());
    const x = randn([4, 6]).mul(3).add(1);
    const normal = new nn.LayerNorm(6).forward(x);
    expect(normal.mean(1).abs().max().item()).toBeLessThan(1e-5);
    expect(normal.var(1, { correction: 0 }).sub(1).abs().max().item()).toBeLessThan(1e-4);
    const root = new nn.RMSNorm([6]).forward(x);
    expect(root.square().mean(1).sub(1).abs().max().item()).toBeLessThan(1e-5);
    const conv = new nn.Conv2d(4, 6, 3, { groups: 2, padding: 1, bias: false });
    expect([...conv.weight.shape]).toEqual([6, 2, 3, 3]);
    expect(conv.parameters().length).toBe(1);
    expect([...conv.forward(ones([2, 4, 5, 5])).shape]).toEqual([2, 6, 5, 5]);
    expect([...new nn.Conv1d(2, 3, 2, { stride: 2 }).forward(ones([1, 2, 7])).shape]).toEqual([
      1, 3, 3,
    ]);
    const drop = new nn.Dropout(1);
    expect(drop.forward(ones([2])).toArray()).toEqual([0, 0]);
    expect(
      drop
        .eval()
        .forward(ones([2]))
        .toArray(),
    ).toEqual([1, 1]);
    const chain = new nn.Sequential(new nn.Linear(6, 2), (one) => one.relu(), new nn.Dropout(0));
    expect(chain.namedParameters().map(([name]) => name)).toEqual([
      "layers.0.weight",
      "layers.0.bias",
    ]);
    expect(chain.forward(x).amin().item()).toBeGreaterThanOrEqual(0);
  });

  test("BatchNorm moves running statistics in training and uses them after", () => {
    const norm = new nn.BatchNorm1d(2);
    const x = tensor([
      [1, 10],
      [3, 30],
    ]);
    expectClose(norm.forward(x), grid([2, 2], [-1, -1, 1, 1]), 1e-4);
    expectClose(norm.runningMean, grid([2], [0.2, 2]));
    expectClose(norm.runningVar, grid([2], [0.9 + 0.2, 0.9 + 20]));
    norm.eval();
    const root = Math.sqrt(1.1 + 1e-5);
    expectClose(norm.forward(x).select(1, 0), grid([2], [0.8 / root, 2.8 / root]));
    expect(norm.namedParameters().map(([name]) => name)).toEqual(["weight", "bias"]);
    expect([...new nn.BatchNorm2d(3).forward(ones([2, 3, 2, 2])).shape]).toEqual([2, 3, 2, 2]);
    expect(() => norm.forward(ones([2]))).toThrow(
      "BatchNorm1d: needs shape [N, C] or [N, C, L], got [2]",
    );
  });

  test("MultiheadAttention is attention in parts of the width", () => {
    const attention = new nn.MultiheadAttention(6, 2);
    const x = put(random([2, 5, 6], 1, 3));
    const out = attention.forward(x, x, x, { isCausal: true });
    const [q, k, v] = [0, 1, 2].map((i) => x.matmul(attention.inProjWeight.narrow(0, 6 * i, 6).T));
    const heads = [0, 3].map((at) => {
      const [a, b, c] = [q, k, v].map((one) => (one ?? x).narrow(2, at, 3));
      return scaledDotProductAttention(a ?? x, b ?? x, c ?? x, { isCausal: true });
    });
    const expected = heads
      .map((head, i) => head.matmul(attention.outProj.weight.narrow(1, 3 * i, 3).T))
      .reduce((a, b) => a.add(b));
    expectClose(out, grid([2, 5, 6], [...expected.toTypedArray()]));
    const changed = x.mul(tensor([1, 1, 1, 1, 0]).unsqueeze(-1));
    const early = attention.forward(changed, changed, changed, { isCausal: true });
    expectClose(early.narrow(1, 0, 4), grid([2, 4, 6], [...out.narrow(1, 0, 4).toTypedArray()]));
    expect(() => new nn.MultiheadAttention(6, 4)).toThrow(
      "MultiheadAttention: width 6 does not make 4 heads",
    );
    expect(() => attention.forward(ones([2, 6]))).toThrow(
      "query needs shape [N, length, 6], got [2, 6]",
    );
  });

  test("GRUCell and LSTMCell agree with float64", () => {
    const [x, h, c] = [
      [0.5, -1],
      [0.25, 2, -0.5],
      [1, -0.5, 0.75],
    ];
    const at = (list: number[], gate: number, i: number): number => list[3 * gate + i] ?? 0;
    const gru = new nn.GRUCell(2, 3);
    const [gx, gh] = [apply(gru.weightIh, gru.biasIh, x), apply(gru.weightHh, gru.biasHh, h)];
    const next = h.map((old, i) => {
      const r = sigmoid(at(gx, 0, i) + at(gh, 0, i));
      const z = sigmoid(at(gx, 1, i) + at(gh, 1, i));
      return (1 - z) * Math.tanh(at(gx, 2, i) + r * at(gh, 2, i)) + z * old;
    });
    expectClose(gru.forward(tensor([x]), tensor([h])), grid([1, 3], next), 1e-5);
    const lstm = new nn.LSTMCell(2, 3);
    const [lx, lh] = [apply(lstm.weightIh, lstm.biasIh, x), apply(lstm.weightHh, lstm.biasHh, h)];
    const gate = (which: number, i: number): number => at(lx, which, i) + at(lh, which, i);
    const memory = c.map(
      (old, i) => sigmoid(gate(1, i)) * old + sigmoid(gate(0, i)) * Math.tanh(gate(2, i)),
    );
    const [newH, newC] = lstm.forward(tensor([x]), [tensor([h]), tensor([c])]);
    expectClose(newC, grid([1, 3], memory), 1e-5);
    expectClose(
      newH,
      grid(
        [1, 3],
        memory.map((m, i) => sigmoid(gate(3, i)) * Math.tanh(m)),
      ),
      1e-5,
    );
  });
});

describe("messages", () => {
  test("name the module, the shapes and the dim", () => {
    expect(() => new nn.Linear(3, 2).forward(ones([2, 4]))).toThrow(
      "Linear: dim -1 of shape [2, 4] must be 3, as the weight [2, 3] has it",
    );
    expect(() => new nn.GRUCell(2, 3).forward(ones([1, 2]), ones([1, 2]))).toThrow(
      "GRUCell: needs shapes [N, 2] and [N, 3], got [1, 2] and [1, 2]",
    );
    const model = new nn.Linear(2, 1);
    model
      .forward(ones([1, 2]))
      .sum()
      .backward();
    model.zeroGrad();
    expect(model.weight.grad).toBeUndefined();
    expect(noGrad(() => model.forward(ones([1, 2]))).requiresGrad).toBe(false);
  });
});
