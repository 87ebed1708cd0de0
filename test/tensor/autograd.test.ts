import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  arange,
  customFunction,
  enableGrad,
  eye,
  full,
  grad,
  linspace,
  manualSeed,
  noGrad,
  ones,
  onesLike,
  rand,
  randint,
  randn,
  type Tensor,
  tensor,
  where,
  zeros,
  zerosLike,
} from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";
import { gradcheck } from "./gradcheck.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(60_000);

/** A leaf that gathers its gradient. */
function leaf(values: number[]): Tensor {
  return tensor(values, { requiresGrad: true });
}

const cube = customFunction({
  forward(context, x: Tensor) {
    context.saveForBackward(x);
    return x.mul(x).mul(x);
  },
  backward(context, gradient) {
    const [x] = context.savedTensors as [Tensor];
    return gradient.mul(x.square()).mul(3);
  },
});

/** Writes to views of a tensor, some of them made before earlier writes, as `seed` says. */
function scribble(x: Tensor, y: Tensor, seed: number): Tensor {
  let state = seed * 7919 + 13;
  const below = (n: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % n;
  };
  const base = below(2) === 0 ? x.add(0) : zeros([3, 3], { dtype: x.dtype });
  const views = [base, base.T];
  for (let step = 0; step < 4; step++) {
    const from = views[below(views.length)] as Tensor;
    const dim = below(from.ndim);
    const made = [
      () => from.slice(dim, 0, 3, 2),
      () => from.flip(dim),
      () => from.narrow(dim, from.shape[dim] === 1 ? 0 : 1, 1),
      () => (from.ndim > 1 ? from.select(dim, 0) : from),
      () => from.unsqueeze(0),
    ][below(5)] as () => Tensor;
    views.push(made());
    const target = views[below(views.length)] as Tensor;
    const source = [y.sum(), y.get(below(3)).mul(x.get(1, 1)), base.get(0, 0).mul(1)][
      below(3)
    ] as Tensor;
    if (below(3) === 0) target.copy_(source);
    else if (below(2) === 0) target.add_(source);
    else target.mul_(source);
  }
  return views.reduce(
    (sum, one, at) =>
      sum.add(
        one
          .sin()
          .sum()
          .mul(at + 1),
      ),
    x.sum(),
  );
}

onEveryDevice((device) => {
  describe("backward()", () => {
    test("fills grad with ones when a leaf is the output, and adds when it is called again", () => {
      const x = leaf([2]);
      x.backward();
      x.backward();
      expect(x.grad?.toArray()).toEqual([2]);
    });
    test("sums both ways when the graph is a diamond, and when an operand is used twice", () => {
      const x = leaf([1, 2, 3]);
      const a = x.mul(2);
      a.mul(a).add(a).sum().backward();
      expect(x.grad?.toArray()).toEqual([10, 18, 26]);
    });
    test("gives each leaf a gradient of its own when one gradient goes to both", () => {
      const [x, y] = [leaf([1, 2]), leaf([3, 4])];
      const seed = tensor([1, 1]);
      x.add(y).backward(seed);
      x.grad?.mul_(5);
      expect(y.grad?.toArray()).toEqual([1, 1]);
      expect(seed.toArray()).toEqual([1, 1]);
    });
    test("reaches the first of 20,000 operators", () => {
      const x = leaf([1]);
      let y: Tensor = x;
      for (let i = 0; i < 20_000; i++) y = y.add(x);
      y.backward();
      expect(x.grad?.item()).toBe(20_001);
    });
    test("shares evenly among ties for amax, and halves them for maximum and minimum", () => {
      const x = leaf([3, 1, 3, 3]);
      x.amax().backward();
      const third = Math.fround(1 / 3);
      expect(x.grad?.toArray()).toEqual([third, 0, third, third]);
      const y = leaf([1, 2, 3]);
      const z = leaf([2, 2, 2]);
      y.maximum(z).sum().backward();
      expect(y.grad?.toArray()).toEqual([0, 0.5, 1]);
      expect(z.grad?.toArray()).toEqual([1, 0.5, 0]);
      expect(grad(y.minimum(z).sum(), y)[0]?.toArray()).toEqual([1, 0.5, 0]);
    });
    test("keeps what where() leaves out at 0 when its slope is infinite there only by itself", () => {
      const x = leaf([0, 4]);
      where(x.gt(0), x, 1).log().sum().backward();
      expect(x.grad?.toArray()).toEqual([0, 0.25]);
      const p = leaf([0, 2]);
      p.pow(0).sum().backward();
      expect(p.grad?.toArray()).toEqual([0, 0]);
    });
    test("stays float32 when operands of other dtypes take part", () => {
      const x = leaf([1.5, 2.5]);
      const counts = tensor([2, 3], { dtype: "int32" });
      x.mul(counts)
        .add(tensor([true, false]))
        .sum()
        .backward();
      expect(x.grad?.dtype).toBe("float32");
      expect(x.grad?.toArray()).toEqual([2, 3]);
      expect(x.to("int32").requiresGrad).toBe(false);
      expect(x.gt(2).requiresGrad).toBe(false);
      expect(x.argmax().requiresGrad).toBe(false);
    });
  });

  describe("in place", () => {
    test("writes are seen by every alias when they go through views", () => {
      const x = zeros([2, 3]);
      const column = x.T.select(0, 1);
      column.add_(5);
      x.flip(0)
        .select(0, 0)
        .mul_(tensor([1, 2, 3]));
      x.set(0, 0, 7).set(1, tensor([1, 2, 3]));
      x.slice(1, 2).fill_(9);
      expect(x.toArray()).toEqual([
        [7, 5, 9],
        [1, 2, 9],
      ]);
      expect(column.toArray()).toEqual([5, 2]);
      expect(x.zero_().toArray()).toEqual([
        [0, 0, 0],
        [0, 0, 0],
      ]);
    });
    test("a tensor may be written with its own mirror image", () => {
      const x = tensor([1, 2, 3]);
      expect(x.copy_(x.flip(0)).toArray()).toEqual([3, 2, 1]);
      expect(x.add_(x.flip(0)).toArray()).toEqual([4, 4, 4]);
      expect(x.div_(8).sub_(1).toArray()).toEqual([-0.5, -0.5, -0.5]);
      expect(
        tensor([1, 2], { dtype: "int32" })
          .copy_(tensor([2.9, -2.9]))
          .toArray(),
      ).toEqual([2, -2]);
    });
    test("gradients go through what was written to a part", () => {
      const x = leaf([1, 2, 3]);
      const out = zeros([2, 3]);
      out.select(0, 1).copy_(x.mul(x));
      const early = out.select(1, 2);
      out.mul_(2);
      out.slice(1, 0, 1).zero_();
      out
        .select(0, 1)
        .sum()
        .add(early)
        .backward(tensor([1, 1]));
      // 2x² in row 1 without column 0, for each of two; `early` adds column 2 once.
      expect(x.grad?.toArray()).toEqual([0, 16, 36]);
    });
    test("gradients agree with differences when a view of a view is written", () => {
      gradcheck(
        (x, y) => {
          const out = x.mul(1);
          const middle = out.slice(0, 1).T;
          middle.slice(1, 0, 1).mul_(y);
          middle.add_(out.select(0, 0).sum());
          return out.square();
        },
        [
          tensor([
            [1, 2],
            [3, 4],
            [5, 6],
          ]),
          tensor([[0.5], [-1.5]]),
        ],
      );
    });
  });

  test("gradients agree with differences when parts are written at random through old and new views", () => {
    for (let seed = 0; seed < (device === "cpu" ? 40 : 4); seed++) {
      gradcheck(
        (x, y) => scribble(x, y, seed),
        [
          tensor([
            [0.5, -1, 1.5],
            [1, 0.25, -0.5],
            [-0.75, 2, 0.8],
          ]),
          tensor([0.9, -1.1, 1.2]),
        ],
      );
    }
  });

  test("logistic regression converges, and 1,000 steps keep no storage alive", () => {
    manualSeed(1);
    const x = randn([64, 3]);
    const goal = x
      .matmul(tensor([1, -2, 0.5]))
      .gt(0)
      .to("float32");
    const w = zeros([3], { requiresGrad: true });
    const kept: WeakRef<object>[] = [];
    let last = 0;
    for (let step = 0; step < 1000; step++) {
      const p = x
        .matmul(w)
        .sigmoid()
        .clamp({ min: 1e-6, max: 1 - 1e-6 });
      const loss = goal
        .mul(p.log())
        .add(goal.neg().add(1).mul(p.neg().add(1).log()))
        .mean()
        .neg();
      loss.backward();
      kept.push(new WeakRef(p.storage));
      noGrad(() => w.sub_((w.grad as Tensor).mul(1)));
      w.grad?.zero_();
      if (step === 999) last = loss.item() as number;
    }
    Bun.gc(true);
    const alive = kept.filter((one) => one.deref() !== undefined).length;
    expect(alive).toBeLessThan(50);
    expect(last).toBeLessThan(0.1);
  });
  test("a net learns XOR when it is trained by hand", () => {
    manualSeed(3);
    const x = tensor([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const goal = tensor([[0], [1], [1], [0]]);
    const parameters = [
      randn([2, 8], { requiresGrad: true }),
      zeros([8], { requiresGrad: true }),
      randn([8, 1], { requiresGrad: true }),
      zeros([1], { requiresGrad: true }),
    ] as const;
    const [w1, b1, w2, b2] = parameters;
    const predict = (): Tensor => x.matmul(w1).add(b1).tanh().matmul(w2).add(b2).sigmoid();
    for (let step = 0; step < 400; step++) {
      predict().sub(goal).square().mean().backward();
      noGrad(() => {
        for (const p of parameters) {
          p.sub_((p.grad as Tensor).mul(2));
          p.grad = undefined;
        }
      });
    }
    const found = predict().flatten().toArray() as number[];
    expect(found.map((p) => Math.round(p))).toEqual([0, 1, 1, 0]);
    expect(Math.max(...found.map((p, i) => Math.abs(p - [0, 1, 1, 0][i]!)))).toBeLessThan(0.2);
  });
});

describe("a leaf", () => {
  test("is made by every creator when requiresGrad is asked for, and only of floats", () => {
    const requiresGrad = true;
    const made = [
      tensor(1, { requiresGrad }),
      zeros([2], { requiresGrad }),
      ones([2], { requiresGrad }),
      full([2], 3, { requiresGrad }),
      zerosLike(ones([2]), { requiresGrad }),
      onesLike(ones([2]), { requiresGrad }),
      eye(2, 2, { requiresGrad }),
      arange(3, { requiresGrad }),
      linspace(0, 1, 3, { requiresGrad }),
      rand([2], { requiresGrad }),
      randn([2], { requiresGrad }),
      randint(0, 3, [2], { dtype: "float32", requiresGrad }),
      ones([2]).requiresGrad_(),
    ];
    expect(made.every((x) => x.requiresGrad && x.isLeaf)).toBe(true);
    expect(ones([1]).requiresGrad).toBe(false);
    expect(ones([1]).mul(2).isLeaf).toBe(true);
    expect(() => zeros([2], { dtype: "int32", requiresGrad })).toThrow(
      "only float tensors can require gradients, got int32",
    );
    expect(ones([2]).requiresGrad_().requiresGrad_(false).requiresGrad).toBe(false);
    const y = leaf([1]).mul(2);
    expect(y.isLeaf).toBe(false);
    expect(y.requiresGrad_().requiresGrad).toBe(true);
    expect(() => y.requiresGrad_(false)).toThrow(
      "you can only change requiresGrad of leaf tensors",
    );
  });
  test("takes a grad of its own shape only", () => {
    const x = leaf([1, 2]);
    expect(() => (x.grad = zeros([3]))).toThrow(
      "grad: shape [3] does not fit a tensor of shape [2]",
    );
    expect(() => (x.grad = 3 as unknown as Tensor)).toThrow("must be a tensor or undefined, got 3");
  });
});

describe("what stops gradients", () => {
  test("noGrad() records nothing, also when it throws, and enableGrad() records inside it", () => {
    const x = leaf([1]);
    expect(noGrad(() => x.mul(2)).requiresGrad).toBe(false);
    expect(() =>
      noGrad(() => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(x.mul(2).requiresGrad).toBe(true);
    expect(noGrad(() => enableGrad(() => x.mul(2))).requiresGrad).toBe(true);
    expect(() => noGrad(async () => x)).toThrow("noGrad: the function must not be async");
  });
  test("detach() shares the storage without the past", () => {
    const x = leaf([2]);
    const y = x.mul(x);
    const d = y.detach();
    expect([d.requiresGrad, d.storage === y.storage]).toEqual([false, true]);
    d.mul(x).backward();
    expect(x.grad?.item()).toBe(4);
    d.fill_(1);
    expect(() => y.square()).not.toThrow();
    expect(y.item()).toBe(1);
  });
});

describe("grad()", () => {
  test("gives higher derivatives when the graph of the gradient is made too", () => {
    const x = leaf([0.5]);
    let y: Tensor = x.pow(5);
    const orders = [1, 2, 3].map(() => {
      y = grad(y, x, { createGraph: true })[0] as Tensor;
      return y.item();
    });
    expect(orders).toEqual([5 / 16, 20 / 8, 60 / 4]);
    expect(x.grad).toBeUndefined();
  });
  test("gives a Hessian times a vector when gradOutputs is one", () => {
    const x = leaf([1, 2]);
    const [g] = grad(x.get(0).mul(x.get(0)).mul(x.get(1)), x, { createGraph: true }) as [Tensor];
    const [h] = grad(g, [x], { gradOutputs: tensor([1, 10]) }) as [Tensor];
    expect(h.toArray()).toEqual([24, 2]);
  });
  test("adds up outputs, and sees tensors that are no leaves", () => {
    const x = leaf([3]);
    const y = x.mul(2);
    const [toY, toX] = grad([y.square(), y], [y, x], {
      gradOutputs: [tensor([1]), tensor([5])],
    }) as [Tensor, Tensor];
    expect([toY.item(), toX.item()]).toEqual([17, 34]);
  });
  test("names the input when it is no part of the graph", () => {
    const [x, y] = [leaf([1]), leaf([2])];
    expect(() => grad(x.mul(2), y)).toThrow("input 0 appears to not have been used in the graph");
    expect(grad(x.mul(2), [x, y], { allowUnused: true })[1]?.toArray()).toEqual([0]);
    expect(() => grad(x.mul(2), ones([1]))).toThrow("input 0 does not require grad");
    expect(() => grad([x, y], x, { gradOutputs: ones([1]) })).toThrow(
      "2 outputs and 1 gradOutputs",
    );
  });
});

describe("errors of backward()", () => {
  test("ask for a gradient of the right shape when the output is no scalar", () => {
    const y = leaf([1, 2]).mul(2);
    expect(() => y.backward()).toThrow(
      "grad can be implicitly created only for scalar outputs, got shape [2]",
    );
    expect(() => y.backward(ones([3]))).toThrow("mismatch in shape");
    expect(() => y.backward(ones([2], { dtype: "int32" }))).toThrow("must be a tensor of floats");
  });
  test("say that there is no graph when nothing requires grad", () => {
    expect(() => ones([1]).mul(2).backward()).toThrow(
      "does not require grad and does not have a graph",
    );
    expect(() => noGrad(() => leaf([1]).mul(2)).backward()).toThrow("does not require grad");
  });
  test("say that the graph is freed when it is walked twice, unless it was retained", () => {
    const x = leaf([3]);
    const y = x.mul(x);
    y.backward(undefined, { retainGraph: true });
    y.backward();
    expect(x.grad?.item()).toBe(12);
    expect(() => y.backward()).toThrow("trying to go backward through the graph a second time");
    const z = x.add(1);
    z.backward();
    z.backward();
    expect(x.grad?.item()).toBe(14);
  });
  test("say what was overwritten when a saved tensor was written in place", () => {
    const x = leaf([1, 2]);
    const y = x.exp();
    y.mul_(2);
    expect(() => y.sum().backward()).toThrow(
      "a tensor of shape [2] needed for the gradient of exp has been modified by an inplace operation: it is at version 1, expected version 0",
    );
    const w = ones([2]);
    const product = x.mul(w);
    w.select(0, 0).zero_();
    expect(() => product.sum().backward()).toThrow("modified by an inplace operation");
    const sum = x.add(w);
    w.zero_();
    sum.sum().backward();
    expect(x.grad?.toArray()).toEqual([1, 1]);
  });
});

describe("errors in place", () => {
  test("refuse leaves that require grad, and views of them, outside noGrad", () => {
    const x = leaf([1, 2]);
    expect(() => x.add_(1)).toThrow(
      "add_: a leaf tensor that requires grad is being used in an in-place operation",
    );
    expect(() => x.select(0, 0).zero_()).toThrow(
      "zero_: a view of a leaf tensor that requires grad",
    );
    expect(noGrad(() => x.sub_(1)).toArray()).toEqual([0, 1]);
    expect(x.requiresGrad && x.isLeaf).toBe(true);
  });
  test("say which shape or dtype does not fit", () => {
    expect(() => ones([2]).add_(ones([3, 2]))).toThrow(
      "add_: shape [3, 2] does not fit into shape [2]",
    );
    expect(() => ones([2]).copy_(ones([3]))).toThrow("copy_: shapes [2] and [3] disagree");
    expect(() => ones([2], { dtype: "int32" }).mul_(0.5)).toThrow(
      "mul_: the result is float32 and cannot be kept in a tensor of int32",
    );
    expect(() => ones([1]).expand(3).add_(1)).toThrow("the same place in memory");
    expect(() => ones([2]).fill_("1" as unknown as number)).toThrow(
      "fill_: the value must be a tensor",
    );
    expect(() => ones([2]).set(5, 1)).toThrow("index 5 is outside dim 0");
  });
});

describe("hooks", () => {
  test("registerHook() sees the whole gradient and may change it, until it is removed", () => {
    const x = leaf([1, 2]);
    const y = x.mul(3);
    const seen: unknown[] = [];
    y.registerHook((g) => void seen.push(g.toArray()));
    const handle = y.registerHook((g) => g.mul(10));
    y.square().add(y).sum().backward(undefined, { retainGraph: true });
    expect(seen).toEqual([[7, 13]]);
    expect(x.grad?.toArray()).toEqual([210, 390]);
    handle.remove();
    x.registerHook((g) => g.neg());
    x.grad = undefined;
    y.sum().backward();
    expect(x.grad).toMatchObject({ shape: [2] });
    expect((x.grad as unknown as Tensor).toArray()).toEqual([-3, -3]);
    x.registerHook(() => ones([3]));
    expect(() => x.sum().backward()).toThrow("a tensor of shape [2], got shape [3]");
    expect(() => ones([1]).registerHook(() => undefined)).toThrow(
      "registerHook: the tensor does not require grad",
    );
  });
  test("retainGrad() keeps the gradient of what is no leaf", () => {
    const x = leaf([2]);
    const y = x.mul(3).retainGrad();
    const z = x.mul(4);
    y.mul(z).backward();
    expect(y.grad?.item()).toBe(8);
    expect(z.grad).toBeUndefined();
  });
});

describe("customFunction()", () => {
  test("uses the gradient that it is given, to every order", () => {
    const x = leaf([2]);
    const [g] = grad(cube(x), x, { createGraph: true }) as [Tensor];
    const [h] = grad(g, x) as [Tensor];
    expect([g.item(), h.item()]).toEqual([12, 12]);
    expect(cube(ones([1])).requiresGrad).toBe(false);
  });
  test("knows which inputs ask, calls backward once, and keeps other values", () => {
    let calls = 0;
    const scale = customFunction({
      forward(context, x: Tensor, by: number, y: Tensor) {
        context.data["by"] = by;
        expect([...context.needsInputGrad]).toEqual([true, false, true]);
        return x.add(y).mul(by);
      },
      backward(context, gradient) {
        calls++;
        const g = gradient.mul(context.data["by"] as number);
        return [g, undefined, g];
      },
    });
    const [x, y] = [leaf([1]), leaf([1])];
    scale(x, 4, y).backward();
    expect([x.grad?.item(), y.grad?.item(), calls]).toEqual([4, 4, 1]);
  });
  test("may save its result, and return its input", () => {
    const exp = customFunction({
      forward(context, x: Tensor) {
        const y = x.exp();
        context.saveForBackward(y);
        return y;
      },
      backward: (context, gradient) => gradient.mul(context.savedTensors[0] as Tensor),
    });
    const x = leaf([0]);
    const [g] = grad(exp(x), x, { createGraph: true }) as [Tensor];
    expect(grad(g, x)[0]?.item()).toBe(1);
    const reverse = customFunction({
      forward: (_, y: Tensor) => y,
      backward: (_, gradient) => gradient.neg(),
    });
    reverse(x).backward();
    expect(x.grad?.item()).toBe(-1);
    expect(x.isLeaf).toBe(true);
  });
  test("says what backward returned when it does not fit", () => {
    const wrong = (result: Tensor | Tensor[]): (() => void) => {
      const fn = customFunction({ forward: (_, x: Tensor) => x.mul(2), backward: () => result });
      return () => fn(leaf([1])).backward();
    };
    expect(wrong([ones([1]), ones([1])])).toThrow("incorrect number of gradients: expected 1");
    expect(wrong(ones([2]))).toThrow("a gradient of shape [2] for input 0, whose shape is [1]");
    expect(() => customFunction({ forward: 1 } as never)).toThrow("forward is no function");
  });
});

describe("memory", () => {
  test("backward() frees what was saved when the output lives on", () => {
    const x = leaf([1, 2, 3]);
    const saved: WeakRef<object>[] = [];
    const outputs = Array.from({ length: 200 }, () => {
      const y = x.exp();
      saved.push(new WeakRef(y.storage));
      const z = y.square().sum();
      z.backward();
      return z;
    });
    Bun.gc(true);
    const alive = saved.filter((one) => one.deref() !== undefined).length;
    expect(outputs).toHaveLength(200);
    expect(alive).toBeLessThan(20);
  });
});
