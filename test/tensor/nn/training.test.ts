import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  cat,
  crossEntropy,
  manualSeed,
  maxPool2d,
  mseLoss,
  nn,
  noGrad,
  optim,
  rand,
  randint,
  stack,
  type Tensor,
  tensor,
  where,
} from "../../../src/tensor/index.ts";
import { onEveryDevice, use } from "../devices.ts";
import { expectClose, grid } from "../reference.ts";

setDefaultTimeout(60_000);

const START = [1, -2, 0.5];
/** The gradient of 2x² − x. */
const slope = (x: number): number => 4 * x - 1;

/** Three steps of an optimiser, against the same steps in float64. */
function follow(
  make: (parameters: Tensor[]) => optim.Optimizer,
  plain: (x: number, g: number, step: number, memory: number[]) => number,
): void {
  const x = nn.parameter(tensor(START));
  const optimizer = make([x]);
  const expected = [...START];
  const memories = START.map(() => [0, 0]);
  for (let step = 1; step <= 3; step++) {
    optimizer.zeroGrad();
    x.square().mul(2).sub(x).sum().backward();
    optimizer.step();
    expected.forEach((one, i) => (expected[i] = plain(one, slope(one), step, memories[i] ?? [])));
    expectClose(x, grid([3], expected), 1e-5);
  }
}

onEveryDevice(() => {
  test("SGD takes the steps of its formula with momentum, nesterov and decay", () => {
    follow(
      (p) => new optim.SGD(p, { lr: 0.1 }),
      (x, g) => x - 0.1 * g,
    );
    follow(
      (p) => new optim.SGD(p, { lr: 0.1, momentum: 0.9, weightDecay: 0.2 }),
      (x, g, _, memory) => {
        memory[0] = 0.9 * (memory[0] ?? 0) + g + 0.2 * x;
        return x - 0.1 * memory[0];
      },
    );
    follow(
      (p) => new optim.SGD(p, { lr: 0.1, momentum: 0.5, nesterov: true }),
      (x, g, _, memory) => {
        memory[0] = 0.5 * (memory[0] ?? 0) + g;
        return x - 0.1 * (g + 0.5 * memory[0]);
      },
    );
  });

  test("Adam and AdamW take the steps of their formulas", () => {
    const adam = (x: number, g: number, step: number, memory: number[]): number => {
      memory[0] = 0.9 * (memory[0] ?? 0) + 0.1 * g;
      memory[1] = 0.999 * (memory[1] ?? 0) + 0.001 * g * g;
      const root = Math.sqrt(memory[1] / (1 - 0.999 ** step)) + 1e-8;
      return x - (0.1 * memory[0]) / (1 - 0.9 ** step) / root;
    };
    follow((p) => new optim.Adam(p, { lr: 0.1 }), adam);
    follow(
      (p) => new optim.Adam(p, { lr: 0.1, weightDecay: 0.3 }),
      (x, g, step, memory) => adam(x, g + 0.3 * x, step, memory),
    );
    follow(
      (p) => new optim.AdamW(p, { lr: 0.1 }),
      (x, g, step, memory) => adam(x * (1 - 0.1 * 0.01), g, step, memory),
    );
  });

  test("clipGradNorm() and clipGradValue() bound gradients, also those that repeat one element", () => {
    const [a, b] = [nn.parameter(tensor([1, 2])), nn.parameter(tensor(3))];
    const run = (): void => {
      for (const one of [a, b]) one.grad = undefined;
      a.sum().add(b.mul(2)).backward();
    };
    run();
    expect(optim.clipGradNorm([a, b], 1).item()).toBeCloseTo(Math.sqrt(6), 5);
    expectClose(a.grad ?? a, grid([2], [1 / Math.sqrt(6), 1 / Math.sqrt(6)]));
    run();
    optim.clipGradNorm([a, b], 100);
    expectClose(b.grad ?? b, grid([], [2]));
    optim.clipGradValue([a, b], 1.5);
    expect([a.grad?.toArray(), b.grad?.item()]).toEqual([[1, 1], 1.5]);
  });
});

describe("schedules", () => {
  test("Scheduler sets the learning rate by its schedule", () => {
    use("cpu");
    const optimizer = new optim.SGD([nn.parameter(tensor(1))], { lr: 2 });
    const scheduler = new optim.Scheduler(optimizer, optim.warmup(2, optim.cosineDecay(4, 0.5)));
    const rates = Array.from({ length: 8 }, () => {
      const { lr } = optimizer;
      scheduler.step();
      return Number(lr.toFixed(4));
    });
    expect(rates).toEqual([1, 2, 2, 1.8536, 1.5, 1.1464, 1, 1]);
    const decay = optim.stepDecay(3, 0.5);
    expect([0, 2, 3, 6].map(decay)).toEqual([1, 1, 0.5, 0.25]);
  });
  test("optimisers refuse what they cannot learn", () => {
    use("cpu");
    const x = nn.parameter(tensor(1));
    expect(() => new optim.SGD([], { lr: 1 })).toThrow("Optimizer: needs at least one parameter");
    expect(() => new optim.Adam([tensor(1)])).toThrow(
      "parameter 0 must be a leaf that requires gradients",
    );
    expect(() => new optim.SGD([x], { lr: -1 })).toThrow("lr must be a number from 0, got -1");
    expect(() => new optim.SGD([x], { lr: 1, nesterov: true })).toThrow(
      "nesterov needs a momentum",
    );
    expect(() => new optim.Adam([x], { betas: [1, 0] })).toThrow(
      "betas must be in [0, 1), got [1, 0]",
    );
  });
});

/** A pre-norm block of attention and a small network of its own. */
class Block extends nn.Module {
  readonly before: nn.LayerNorm;
  readonly attention: nn.MultiheadAttention;
  readonly between: nn.LayerNorm;
  readonly network: nn.Sequential;

  constructor(width: number) {
    super();
    this.before = new nn.LayerNorm(width);
    this.attention = new nn.MultiheadAttention(width, 2);
    this.between = new nn.LayerNorm(width);
    this.network = new nn.Sequential(
      new nn.Linear(width, 2 * width),
      (x) => x.gelu(),
      new nn.Linear(2 * width, width),
    );
  }

  forward(x: Tensor): Tensor {
    const normal = this.before.forward(x);
    const mixed = x.add(this.attention.forward(normal, normal, normal, { isCausal: true }));
    return mixed.add(this.network.forward(this.between.forward(mixed)));
  }
}

class Transformer extends nn.Module {
  readonly tokens: nn.Embedding = new nn.Embedding(6, 24);
  readonly places: nn.Embedding = new nn.Embedding(8, 24);
  readonly blocks: Block[] = [new Block(24), new Block(24)];
  readonly head: nn.Linear = new nn.Linear(24, 6);

  forward(x: Tensor): Tensor {
    const places = tensor([0, 1, 2, 3, 4, 5, 6, 7], { dtype: "int32" });
    let value = this.tokens.forward(x).add(this.places.forward(places));
    for (const block of this.blocks) value = block.forward(value);
    return this.head.forward(value);
  }
}

describe("training on cpu", () => {
  test("a transformer of 2 layers learns to copy what it saw", () => {
    use("cpu");
    manualSeed(7);
    const model = new Transformer();
    const optimizer = new optim.AdamW(model.parameters(), { lr: 0.01 });
    const scheduler = new optim.Scheduler(optimizer, optim.warmup(10));
    /** Four tokens, then the same four: the second half follows from the first. */
    const batch = (): { tokens: Tensor; logits: Tensor; next: Tensor } => {
      const half = randint(0, 6, [16, 4]);
      const tokens = cat([half, half], 1);
      // The logits before the last token foretell the four copied ones.
      const logits = model.forward(tokens).narrow(1, 3, 4);
      return { tokens, logits, next: half };
    };
    for (let step = 0; step < 150; step++) {
      const { logits, next } = batch();
      optimizer.zeroGrad();
      crossEntropy(logits.transpose(1, 2), next).backward();
      optim.clipGradNorm(model.parameters(), 1);
      optimizer.step();
      scheduler.step();
    }
    const right = noGrad(() => {
      const { logits, next } = batch();
      return logits.argmax(-1).eq(next).to("float32").mean().item();
    });
    expect(right).toBeGreaterThan(0.95);
  });

  test("a convolutional net learns to tell stripes apart", () => {
    use("cpu");
    manualSeed(3);
    const model = new nn.Sequential(
      new nn.Conv2d(1, 4, 3, { padding: 1 }),
      new nn.BatchNorm2d(4),
      (x) => maxPool2d(x.relu(), 2),
      new nn.Conv2d(4, 8, 3),
      (x) => x.relu().mean([2, 3]),
      new nn.Linear(8, 2),
    );
    const stripes = tensor([1, -1, 1, -1, 1, -1, 1, -1]);
    const batch = (): { images: Tensor; labels: Tensor } => {
      const labels = randint(0, 2, [16]);
      const kinds = labels.reshape(16, 1, 1).eq(1);
      const flipped = rand([16, 1, 1]).ge(0.5);
      const drawn = where(kinds, stripes.reshape(8, 1), stripes);
      const images = where(flipped, drawn, drawn.neg()).add(rand([16, 8, 8]).sub(0.5));
      return { images: images.unsqueeze(1), labels };
    };
    const optimizer = new optim.Adam(model.parameters(), { lr: 0.02 });
    for (let step = 0; step < 40; step++) {
      const { images, labels } = batch();
      optimizer.zeroGrad();
      crossEntropy(model.forward(images), labels).backward();
      optimizer.step();
    }
    model.eval();
    const { images, labels } = batch();
    const right = noGrad(() => model.forward(images).argmax(-1).eq(labels).to("float32").mean());
    expect(right.item()).toBeGreaterThan(0.9);
  });

  test("a GRU learns to sum a sequence", () => {
    use("cpu");
    manualSeed(5);
    const cell = new nn.GRUCell(1, 8);
    const head = new nn.Linear(8, 1);
    const parameters = [...cell.parameters(), ...head.parameters()];
    const optimizer = new optim.Adam(parameters, { lr: 0.03 });
    let loss = Infinity;
    for (let step = 0; step < 80; step++) {
      const steps = [0, 1, 2].map(() => rand([16, 1]).sub(0.5));
      let state = stack(Array.from({ length: 16 }, () => tensor(Array(8).fill(0) as number[])));
      for (const x of steps) state = cell.forward(x, state);
      const [a, b, c] = steps as [Tensor, Tensor, Tensor];
      const error = mseLoss(head.forward(state), a.add(b).add(c));
      optimizer.zeroGrad();
      error.backward();
      optimizer.step();
      loss = Number(error.item());
    }
    expect(loss).toBeLessThan(0.02);
  });
});
