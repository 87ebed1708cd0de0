import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { currentDevice } from "../../src/tensor/device.ts";
import {
  grad,
  keep,
  nn,
  noGrad,
  ones,
  optim,
  randn,
  type Tensor,
  tensor,
  tidy,
  zeros,
} from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(60_000);

const MiB = 2 ** 20;
const DISPOSED = "This tensor was disposed of and holds no data";

function inUse(): number {
  return currentDevice().bytesInUse();
}

/** Large enough to be counted everywhere. */
const SHAPE = [64, 64];

/** Runs `step` many times, and says how many bytes more were in use after any than after the tenth. */
function growth(steps: number, step: (i: number) => void): { bytes: number; rss: number } {
  let [bytes, start, rss] = [0, 0, 0];
  for (let i = 0; i < steps; i++) {
    step(i);
    if (i === 10) [start, rss] = [inUse(), process.memoryUsage.rss()];
    if (i > 10) bytes = Math.max(bytes, inUse() - start);
  }
  return { bytes, rss: process.memoryUsage.rss() - rss };
}

onEveryDevice((device) => {
  test("reading small tensors leaves no trace in a long loop", () => {
    const { rss } = growth(device === "cpu" ? 10_000 : 2000, (i) => {
      tensor([i, 1, 2]).add(1).sum().item();
    });
    expect(rss).toBeLessThan(100 * MiB);
  });

  describe("dispose()", () => {
    test("gives the storage back at once, for every view, and says so when it is used", () => {
      const x = ones(SHAPE);
      x.get(0, 0).item();
      const before = inUse();
      const view = x.T;
      const whole = x.add(1);
      expect(whole.toTypedArray().every((value) => value === 2)).toBe(true);
      expect(inUse()).toBeGreaterThan(before);
      const both = inUse();
      x.dispose();
      x.dispose();
      expect(inUse()).toBeLessThan(both);
      for (const use of [
        () => x.sum().item(),
        () => x.toArray(),
        () => view.add(1),
        () => x.add_(1),
        () => x.matmul(view),
        () => x.toString(),
      ]) {
        expect(use).toThrow(DISPOSED);
      }
      expect(whole.sum().item()).toBe(2 * 64 * 64);
      whole.dispose();
    });
    test("of what a waiting result needs takes nothing from it", () => {
      const x = ones(SHAPE);
      const y = x.mul(3);
      x.dispose();
      expect(y.get(5, 5).item()).toBe(3);
    });
    test("of what a gradient needs is an error that says so", () => {
      const w = ones(SHAPE, { requiresGrad: true });
      const y = w.mul(2);
      const loss = y.mul(y).sum();
      loss.item();
      y.dispose();
      expect(() => loss.backward()).toThrow(DISPOSED);
    });
    test("comes at the end of a block with using, also when it throws", () => {
      let left: Tensor | undefined;
      const run = (fails: boolean): number => {
        using x = ones(SHAPE);
        left = x;
        if (fails) throw new Error("stop");
        return x.sum().item() as number;
      };
      expect(run(false)).toBe(64 * 64);
      expect(() => left?.item()).toThrow();
      expect(() => left?.sum()).toThrow(DISPOSED);
      expect(() => run(true)).toThrow("stop");
      expect(() => left?.sum()).toThrow(DISPOSED);
    });
  });

  describe("tidy()", () => {
    test("frees what was made inside, but for what is returned, and leaves what was there", () => {
      const outside = ones(SHAPE);
      let inside: Tensor | undefined;
      const start = inUse();
      const { sum, more } = tidy(() => {
        inside = outside.add(1);
        inside.sum().item();
        return { sum: inside.mul(2), more: [new Map([["view", inside.mul(5).T]])] };
      });
      expect(() => inside?.sum()).toThrow(DISPOSED);
      expect(outside.sum().item()).toBe(64 * 64);
      expect(sum.get(0, 0).item()).toBe(4);
      expect(more[0]?.get("view")?.get(0, 0).item()).toBe(10);
      expect(inUse() - start).toBeLessThan(4 * 64 * 64 * 4);
      expect(tidy(() => 7)).toBe(7);
    });
    test("hands what an inner one returns to the outer one", () => {
      const inner: Tensor[] = [];
      const result = tidy(() => {
        const made = tidy(() => ones(SHAPE).add(1));
        inner.push(made);
        expect(made.get(0, 0).item()).toBe(2);
        return made.sum();
      });
      expect(result.item()).toBe(2 * 64 * 64);
      expect(() => inner[0]?.sum()).toThrow(DISPOSED);
    });
    test("keeps what keep() names, gradients of leaves, and what a returned graph needs", () => {
      const w = ones(SHAPE, { requiresGrad: true });
      const made: Tensor[] = [];
      tidy(() => {
        made.push(keep(w.detach().mul(4)));
        w.square().sum().backward();
      });
      expect(made[0]?.get(0, 0).item()).toBe(4);
      expect(w.grad?.get(0, 0).item()).toBe(2);
      const loss = tidy(() => w.mul(3).sigmoid().square().sum());
      loss.backward();
      expect(Number.isFinite(w.grad?.sum().item())).toBe(true);
    });
    test("keeps a module that is returned, and an optimiser's state", () => {
      const model = tidy(() => new nn.Sequential(new nn.Linear(64, 64), new nn.Linear(64, 64)));
      const optimizer = new optim.Adam(model.parameters());
      const x = randn([4, 64]);
      for (let i = 0; i < 3; i++) {
        tidy(() => {
          optimizer.zeroGrad();
          model.forward(x).square().mean().backward();
          optimizer.step();
        });
      }
      expect(Number.isFinite(model.forward(x).sum().item())).toBe(true);
    });
    test("frees all when its function throws, or is async, and then works as before", async () => {
      let inside: Tensor | undefined;
      const start = inUse();
      for (let i = 0; i < 50; i++) {
        expect(() =>
          tidy(() => {
            inside = ones(SHAPE).add(1);
            tidy(() => {
              inside?.sum().item();
              throw new Error(`stop ${i}`);
            });
          }),
        ).toThrow(`stop ${i}`);
      }
      expect(inUse()).toBe(start);
      expect(() => inside?.sum()).toThrow(DISPOSED);
      let promise: Promise<void> | undefined;
      expect(() =>
        tidy(() => {
          promise = Promise.resolve();
          return promise;
        }),
      ).toThrow("tidy: the function must not be async");
      await promise;
      expect(ones(SHAPE).sum().item()).toBe(64 * 64);
      expect(() => keep(3 as never)).toThrow("keep: needs a tensor, got 3");
    });
  });

  describe("memory stays flat in a loop", () => {
    const x = (): Tensor => randn([8, 64]);
    const loss = (w: Tensor, data: Tensor): Tensor => data.matmul(w.T).tanh().square().mean();
    test("that trains inside tidy(), for 1,000 steps", () => {
      const w = nn.parameter(randn(SHAPE).mul(0.1));
      const optimizer = new optim.SGD([w], { lr: 5, momentum: 0.5 });
      const data = x();
      const first = loss(w, data).item() as number;
      let last = first;
      const { bytes, rss } = growth(1000, (i) => {
        const value = tidy(() => {
          optimizer.zeroGrad();
          const now = loss(w, data);
          now.backward();
          optimizer.step();
          return i % 100 === 99 ? now.item() : undefined;
        });
        if (value !== undefined) last = value as number;
      });
      expect(last).toBeLessThan(first / 2);
      // Gradients of steps before are the collector's.
      expect(bytes).toBeLessThan(80 * MiB);
      expect(rss).toBeLessThan(300 * MiB);
    });
    test("that breaks off in the middle of each step", () => {
      const data = x();
      const { bytes } = growth(200, (i) => {
        for (let part = 0; part < 4; part++) {
          const large = tidy(() => {
            const rows = data.mul(part + 1);
            return (rows.sum().item() as number) > i - 1e6 ? undefined : rows;
          });
          if (large === undefined) break;
        }
      });
      expect(bytes).toBe(0);
    });
    test("that throws inside tidy() in each step", () => {
      const w = randn(SHAPE);
      const data = x();
      const { bytes } = growth(200, () => {
        try {
          tidy(() => loss(w, data).add(data.matmul(w.narrow(0, 0, 3))));
        } catch (error) {
          expect(String(error)).toContain("matmul: shapes");
        }
      });
      expect(bytes).toBe(0);
    });
    test("that takes gradients of gradients with createGraph", () => {
      const w = nn.parameter(randn(SHAPE));
      const data = x();
      const { bytes, rss } = growth(100, () => {
        tidy(() => {
          const [first] = grad(loss(w, data), w, { createGraph: true });
          const [second] = grad((first as Tensor).square().sum(), w);
          noGrad(() => w.sub_((second as Tensor).mul(0.1)));
        });
      });
      // Steps that wait hold what they read.
      expect(bytes).toBeLessThan(MiB);
      expect(rss).toBeLessThan(300 * MiB);
    });
    test("that leaves everything to the collector", () => {
      const w = nn.parameter(zeros(SHAPE));
      const data = x();
      const { bytes, rss } = growth(500, () => {
        w.grad = undefined;
        loss(w, data).backward();
        noGrad(() => w.sub_((w.grad as Tensor).mul(0.1)));
      });
      // What was handed out between two looks for what nobody holds.
      expect(bytes).toBeLessThan(600 * MiB);
      expect(rss).toBeLessThan(900 * MiB);
    });
  });
});
