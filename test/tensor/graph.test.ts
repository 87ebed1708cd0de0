import { afterAll, beforeAll, expect, setDefaultTimeout, spyOn, test } from "bun:test";
import fc from "fast-check";
import { CpuDevice } from "../../src/tensor/cpu/device.ts";
import { Threads } from "../../src/tensor/cpu/threads.ts";
import { Fusion } from "../../src/tensor/graph-fusion.ts";
import { setLazy } from "../../src/tensor/graph.ts";
import {
  cat,
  cummax,
  cumsum,
  explain,
  layerNorm,
  manualSeed,
  nn,
  optim,
  randn,
  scatterAdd,
  type Tensor,
  tensor,
  zeros,
} from "../../src/tensor/index.ts";
import { WebgpuDevice } from "../../src/tensor/webgpu/device.ts";
import { onEveryDevice, onSoftware, type TestedDevice, use } from "./devices.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

/** The kinds of the programs that a device runs in `body`. */
function kinds(device: TestedDevice, body: () => unknown): string[] {
  const spy = spyOn(device === "cpu" ? CpuDevice.prototype : WebgpuDevice.prototype, "run");
  try {
    body();
    return spy.mock.calls.map(([program]) => program.kind);
  } finally {
    spy.mockRestore();
  }
}

/** How many programs a device runs in `body`. */
function runs(device: TestedDevice, body: () => unknown): number {
  return kinds(device, body).length;
}

function chain(x: Tensor): Tensor {
  const a = x.mul(1.5).add(0.5);
  return a.mul(a).sub(x).maximum(0).add(1).sqrt();
}

onEveryDevice((device) => {
  const values = (): Tensor => tensor([0.5, -1, 2, 3, 0.25, -4], { shape: [2, 3] });
  // So few elements would not wait.
  beforeAll(() => setLazy(true));
  afterAll(() => setLazy());
  test("a chain of 7 operators is one program when it is read", () => {
    const x = values();
    let y = x;
    expect(runs(device, () => (y = chain(x)))).toBe(0);
    expect(runs(device, () => y.toArray())).toBe(1);
    expect(runs(device, () => y.toArray())).toBe(0);
  });
  test("a reduction takes in what makes its elements", () => {
    const x = values();
    expect(runs(device, () => chain(x).sum(1).toArray())).toBe(1);
    expect(runs(device, () => x.mean(1).toArray())).toBe(1);
    expect(runs(device, () => x.square().sum().sqrt().item())).toBe(1);
  });
  test("folds of the same rows are one program, with what follows them", () => {
    const x = values();
    const same = (y: Tensor): Tensor => y.softmax(1);
    for (const one of [
      same,
      (y: Tensor): Tensor => y.logSoftmax(1),
      (y: Tensor): Tensor => y.softmax(0),
      (y: Tensor): Tensor => y.logsumexp(1),
      (y: Tensor): Tensor => y.var(1),
      (y: Tensor): Tensor => y.argmax(1),
      (y: Tensor): Tensor => layerNorm(y, [3], { weight: y.get(0), bias: y.get(1) }),
    ]) {
      expect(runs(device, () => one(x).toArray())).toBe(1);
    }
  });
  test("a product takes in its bias and its activation", () => {
    const x = values();
    const y = x
      .matmul(x.T)
      .add(tensor([1, -100]))
      .relu();
    expect(explain(y)).toContain("then, of product f0:");
    expect(
      runs(device, () =>
        expect(y.toArray()).toEqual([
          [6.25, 0],
          [0, 0],
        ]),
      ),
    ).toBe(1);
  });
  test("a product is computed once when it is saved for a gradient", () => {
    const w = tensor([1, 2, 3, 4, 5, 6], { shape: [3, 2] }).requiresGrad_();
    const x = values();
    expect(
      kinds(device, () => {
        const y = x.matmul(w).add(1).gelu();
        y.toArray();
        y.backward(y.detach());
        w.grad?.toArray();
      }).filter((kind) => kind === "matmul"),
    ).toHaveLength(2);
  });
  test("a product is computed once when a tensor was changed by it in place", () => {
    const [x, mean] = [values(), zeros([2, 2])];
    expect(
      kinds(device, () => {
        mean.mul_(0.9).add_(x.matmul(x.T));
        mean.add(1).toArray();
        mean.toArray();
      }).filter((kind) => kind === "matmul"),
    ).toHaveLength(1);
  });
  test("the gradient of what was transposed for a product needs no copy", () => {
    const w = tensor([1, 2, 3, 4, 5, 6], { shape: [2, 3] }).requiresGrad_();
    const [x, g] = [values(), tensor([1, 2, 3, 4], { shape: [2, 2] })];
    x.matmul(w.T).backward(g);
    expect(kinds(device, () => w.grad?.toArray())).toEqual(["matmul"]);
    expect(w.grad?.toArray()).toEqual([
      [9.5, -0.25, -10],
      [13, -1, -12],
    ]);
  });
  test("a fold that is read twice runs once", () => {
    const x = values();
    const total = x.sum(1, { keepdim: true });
    const both = (): unknown => [x.div(total).toArray(), total.toArray()];
    expect(runs(device, both)).toBeLessThanOrEqual(2);
    const product = x.matmul(x.T);
    const positive = product.relu();
    expect(runs(device, () => [positive.toArray(), product.add(1).toArray()])).toBe(3);
  });
  test("views of what is not computed yet move no data", () => {
    const x = values();
    const y = x.add(1).T.flip(0).unsqueeze(1).mul(2);
    expect(runs(device, () => expect(y.toArray()).toEqual([[[6, -6]], [[0, 2.5]], [[3, 8]]]))).toBe(
      1,
    );
  });
  test("a shared part is computed once, and a dead branch never", () => {
    const x = values();
    const shared = x.exp().gelu();
    const dead = shared.add(5);
    expect(runs(device, () => shared.add(1).mul(shared.sub(1)).toArray())).toBe(2);
    expect(dead.shape).toEqual([2, 3]);
    expect(runs(device, () => shared.toArray())).toBe(0);
  });
  test("long chains neither overflow nor run one by one", () => {
    let x = values();
    const count = runs(device, () => {
      for (let i = 0; i < 20_000; i++) x = x.add(1);
      expect(x.get(0, 1).item()).toBe(19_999);
    });
    expect(count).toBeLessThan(2000);
  });
  test("what waits keeps its inputs when they are disposed of", () => {
    const x = values();
    const y = x.mul(2);
    x.dispose();
    expect(y.get(1, 0).item()).toBe(6);
    expect(() => x.add(1)).toThrow("disposed of");
  });
  test("explain() names the programs and what they read and write", () => {
    const x = values();
    const y = chain(x);
    const text = explain(y);
    expect(text).toContain("1 program will run");
    expect(text).toContain("7 operators in one");
    expect(text).toContain("reads 24 bytes");
    expect(text).toContain("writes 24 bytes");
    y.toArray();
    expect(explain(y)).toContain("Nothing will run");
    expect(explain(x.matmul(x.T))).toContain("matrix product [2, 3] by [3, 2]");
  });
});

onEveryDevice((device) => {
  test("small programs run at once and large ones wait", () => {
    const small = zeros([4095]);
    const large = zeros([4096]);
    expect(runs(device, () => small.add(1))).toBe(1);
    expect(runs(device, () => large.add(1).mul(2))).toBe(0);
    const mean = (): unknown => large.add(1).mul(2).mean().item();
    expect(runs(device, () => expect(mean()).toBe(2))).toBeLessThan(3);
  });
  test("a small write in place leaves large readers what they asked for", () => {
    const x = zeros([5]);
    const large = x.unsqueeze(0).expand(1000, 5).add(1);
    x.add_(7);
    expect(x.toArray()).toEqual([7, 7, 7, 7, 7]);
    expect(large.get(999).toArray()).toEqual([1, 1, 1, 1, 1]);
  });
});

test("training whose programs all wait gives what programs give that run at once", () => {
  use("cpu");
  const train = (lazy: boolean): number[] => {
    setLazy(lazy);
    manualSeed(1);
    const x = randn([8, 4]);
    const weights = [randn([4, 6]), zeros([6]), randn([6, 1])].map((one) => one.requiresGrad_());
    const [first, bias, second] = weights as [Tensor, Tensor, Tensor];
    const optimizer = new optim.Adam(weights, { lr: 0.01 });
    for (let step = 0; step < 40; step++) {
      optimizer.zeroGrad();
      x.matmul(first).add(bias).relu().matmul(second).sub(1).square().mean().backward();
      optimizer.step();
    }
    return weights.flatMap((one) => [...one.toTypedArray()]);
  };
  const expected = train(false);
  expect(train(true)).toEqual(expected);
  setLazy();
});

test("training plans each of its steps as the one before when the model is deep", () => {
  use("cpu");
  const blocks = Array.from({ length: 8 }, () => ({
    norm: new nn.LayerNorm(64),
    up: new nn.Linear(64, 128),
    down: new nn.Linear(128, 64),
  }));
  const parameters = blocks.flatMap((one) =>
    Object.values(one).flatMap((part) => part.parameters()),
  );
  const optimizer = new optim.AdamW(parameters, { lr: 0.01 });
  const x = randn([128, 64]);
  const losses: number[] = [];
  const train = (): void => {
    for (let step = 0; step < 4; step++) {
      optimizer.zeroGrad();
      let y: Tensor = x;
      for (const { norm, up, down } of blocks)
        y = y.add(down.forward(up.forward(norm.forward(y)).gelu()));
      const loss = y.square().mean();
      loss.backward();
      optimizer.step();
      losses.push(Number(loss.item()));
    }
  };
  train();
  const fused = spyOn(Fusion.prototype, "finish");
  const compiled = spyOn(Threads.prototype, "load");
  try {
    train();
    expect(fused).not.toHaveBeenCalled();
    expect(compiled).not.toHaveBeenCalled();
  } finally {
    fused.mockRestore();
    compiled.mockRestore();
  }
  expect(losses.at(-1)).toBeLessThan(losses[0] as number);
});

/** A step of a random graph: it takes two of the tensors so far, which all have shape [3, 4]. */
interface Node {
  kind: number;
  a: number;
  b: number;
}
const node: fc.Arbitrary<Node> = fc.record({ kind: fc.nat(26), a: fc.nat(100), b: fc.nat(100) });

function build(nodes: readonly Node[]): Tensor[] {
  const all = [
    tensor([0.5, -1.5, 2, 0.1, 3, -0.7, 1, 0, -2, 0.3, 0.9, -1.1], { shape: [3, 4] }),
    tensor([0.3, -0.2, 0.7]).unsqueeze(1).expand(3, 4),
  ];
  for (const { kind, a, b } of nodes) {
    const x = all[a % all.length] as Tensor;
    const y = all[b % all.length] as Tensor;
    all.push(
      [
        () => x.add(y),
        () => x.mul(y).tanh(),
        () => x.sub(y).sigmoid(),
        () => x.maximum(y),
        () => x.flip(1).add(0.1),
        () => x.sum(1, { keepdim: true }).tanh().expand(3, 4),
        () => x.amax(0).expand(3, 4).mul(0.3),
        () => x.T.mul(0.5).reshape(4, 3).T,
        () => x.reshape(12).sin().reshape(3, 4),
        () => cat([x.narrow(1, 2, 2), y.narrow(1, 0, 2)], 1),
        () => x.matmul(y.T).tanh().matmul(y),
        () => x.softmax(1),
        () => x.tril(1).add(y.clamp({ min: -0.5 })),
        () => cumsum(x, 1).mul(0.3).add(y),
        () => cummax(x, 0).values.sub(y),
        () => x.gather(1, y.argmax(1, { keepdim: true }).expand(3, 4)),
        () => scatterAdd(y, 1, x.argmin(1, { keepdim: true }), x.narrow(1, 1, 2)),
        () => {
          const own = x.add(0.25);
          own.narrow(1, 1, 2).mul_(0.5);
          own.get(0).add_(y.get(2));
          return own;
        },
        () => x.softmax(0).add(y.mean(1, { keepdim: true })),
        () =>
          x
            .logSoftmax(1)
            .mul(0.1)
            .maximum(y.argmax(1, { keepdim: true })),
        () => x.var(0).add(1).sqrt().expand(3, 4),
        () => layerNorm(x, [4], { weight: y.get(0), bias: y.get(1) }),
        () => x.matmul(y.T).add(0.5).relu().mul(0.3).matmul(x),
        () => x.logsumexp(1, { keepdim: true }).mul(0.2).sub(y),
        () => x.mul(y).mean().add(x.sum(0)).expand(3, 4).mul(0.2),
        () => x.sub(x.amax([0, 1], { keepdim: true })).add(y.any(1, { keepdim: true })),
        () => x.slice(1, 1, 3).mul(1.5).sum(1, { keepdim: true }).tanh().add(y),
      ][kind]?.() as Tensor,
    );
  }
  return all;
}

/** The elements of all, or of every third, when the others are disposed of before. */
function readAll(nodes: readonly Node[], dispose = false): number[][] {
  const all = build(nodes);
  const kept = all.filter((one, at) => {
    const gone = dispose && at % 3 !== 2;
    if (gone) one.dispose();
    return !gone;
  });
  return kept.toReversed().map((one) => [...one.toTypedArray()]);
}

test("fused equals unfused bit by bit when graphs are random, on cpu", () => {
  use("cpu");
  fc.assert(
    fc.property(fc.array(node, { maxLength: 14 }), fc.boolean(), (nodes, dispose) => {
      setLazy(false);
      const expected = readAll(nodes, dispose);
      setLazy(true);
      expect(readAll(nodes, dispose)).toEqual(expected);
      setLazy();
      expect(readAll(nodes, dispose)).toEqual(expected);
    }),
    { numRuns: 300, seed: 3 },
  );
});

onSoftware("random graphs on software", () => {
  test("fused agrees with the cpu", () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 6 }), (nodes) => {
        use("cpu");
        const expected = readAll(nodes);
        use("software");
        readAll(nodes).forEach((values, at) =>
          values.forEach((got, i) => {
            const want = expected[at]?.[i] ?? NaN;
            if (!(Math.abs(got - want) <= 1e-4 + 1e-4 * Math.abs(want)))
              throw new Error(`tensor ${at}, element ${i}: cpu ${want}, software ${got}`);
          }),
        );
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});
