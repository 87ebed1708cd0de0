/** Our own layer, as a user of `kata` writes it. */
import { configureDevice } from "../../../../src/tensor/device.ts";
import {
  crossEntropy,
  nn,
  optim,
  scaledDotProductAttention,
  tensor,
  type Tensor,
} from "../../../../src/tensor/index.ts";
import { ATTENTION, CHAIN, fill, MATMUL, MODEL, parameters, sample, tokens } from "./problems.ts";
import { product } from "../../../../src/tensor/shape.ts";
import { type Run, serve } from "./serve.ts";

class Block extends nn.Module {
  norm1: nn.LayerNorm = new nn.LayerNorm(MODEL.width);
  qkv: nn.Linear = new nn.Linear(MODEL.width, 3 * MODEL.width);
  out: nn.Linear = new nn.Linear(MODEL.width, MODEL.width);
  norm2: nn.LayerNorm = new nn.LayerNorm(MODEL.width);
  up: nn.Linear = new nn.Linear(MODEL.width, 4 * MODEL.width);
  down: nn.Linear = new nn.Linear(4 * MODEL.width, MODEL.width);

  forward(x: Tensor): Tensor {
    const { heads, width } = MODEL;
    const [batch = 0, length = 0] = x.shape;
    const projected = this.qkv
      .forward(this.norm1.forward(x))
      .reshape(batch, length, 3, heads, width / heads)
      .permute(2, 0, 3, 1, 4);
    const [q, k, v] = [0, 1, 2].map((i) => projected.select(0, i)) as [Tensor, Tensor, Tensor];
    const mixed = scaledDotProductAttention(q, k, v, { isCausal: true });
    const y = x.add(this.out.forward(mixed.transpose(1, 2).reshape(batch, length, width)));
    return y.add(this.down.forward(this.up.forward(this.norm2.forward(y)).gelu()));
  }
}

class Transformer extends nn.Module {
  token: nn.Embedding = new nn.Embedding(MODEL.tokens, MODEL.width);
  position: nn.Embedding = new nn.Embedding(MODEL.length, MODEL.width);
  blocks: Block[] = Array.from({ length: MODEL.layers }, () => new Block());
  norm: nn.LayerNorm = new nn.LayerNorm(MODEL.width);
  head: nn.Linear = new nn.Linear(MODEL.width, MODEL.tokens, { bias: false });

  forward(index: Tensor): Tensor {
    let x = this.token.forward(index).add(this.position.weight);
    for (const block of this.blocks) x = block.forward(x);
    return this.head.forward(this.norm.forward(x));
  }
}

/** One step of training a call, which gives the loss before it. */
export function trainer(): () => number {
  const model = new Transformer();
  const given = parameters();
  const names = Object.keys(model.stateDict());
  const state = given.map(({ shape, values }, i) => [names[i], tensor(values, { shape })]);
  model.loadStateDict(Object.fromEntries(state));
  const optimizer = new optim.Adam(model.parameters(), { lr: MODEL.lr });
  const { batch, length } = MODEL;
  const { input, target } = tokens();
  const x = tensor(input, { shape: [batch, length], dtype: "int32" });
  const y = tensor(target, { dtype: "int32" });
  return () => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x).flatten(0, 1), y);
    loss.backward();
    optimizer.step();
    return Number(loss.item());
  };
}

/** Makes one result a call, all of it, and gives it back when asked. */
function whole(make: () => Tensor): Run {
  return (values) => {
    const result = make();
    if (values === true) return sample(result.toTypedArray());
    result.flatten().get(0).item();
    result.dispose();
    return undefined;
  };
}

if (import.meta.main) {
  configureDevice({ device: "cpu" });
  await serve({
    first: () => [Number(tensor([1, 2, 3]).mul(2).sum().item())],
    problems: {
      attention: (): Run => {
        const [q, k, v] = [1, 2, 3].map((salt) =>
          tensor(fill(product(ATTENTION), salt, 4), { shape: ATTENTION }),
        ) as [Tensor, Tensor, Tensor];
        return whole(() => scaledDotProductAttention(q, k, v));
      },
      matmul: (): Run => {
        const [a, b] = [1, 2].map((salt) =>
          tensor(fill(MATMUL ** 2, salt), { shape: [MATMUL, MATMUL] }),
        ) as [Tensor, Tensor];
        return whole(() => a.matmul(b));
      },
      chain: (): Run => {
        const x = tensor(fill(CHAIN));
        return whole(() => {
          const a = x.mul(1.5).add(0.5);
          return a.mul(a).sub(x).maximum(0).add(1).sqrt();
        });
      },
      sum: (): Run => {
        const x = tensor(fill(CHAIN));
        return whole(() => x.sum());
      },
      training: (): Run => {
        const step = trainer();
        return (values) => (values === true ? [step(), step()] : [step()]);
      },
    },
  });
}
