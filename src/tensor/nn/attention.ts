import { zeros } from "../creation.ts";
import { type AttentionOptions, scaledDotProductAttention } from "../functional/attention.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { Linear } from "./layers.ts";
import { Module, parameter, uniform } from "./module.ts";

/**
 * Attention in `heads` parts of the width (Vaswani et al. 2017), batch first.
 * Projections of the inputs start in ±√(6 / (width + 3·width)) (Glorot & Bengio
 * 2010), biases at 0, as in PyTorch.
 */
export class MultiheadAttention extends Module {
  private readonly heads: number;
  private readonly dropoutP: number;
  /** [3 · width, width]: of queries, keys and values. */
  inProjWeight: Tensor;
  /** [3 · width]. */
  inProjBias: Tensor;
  outProj: Linear;

  constructor(width: number, heads: number, { dropoutP = 0 }: { dropoutP?: number } = {}) {
    super();
    if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
      throw new RangeError(`MultiheadAttention: width ${width} does not make ${heads} heads`);
    }
    this.heads = heads;
    this.dropoutP = dropoutP;
    this.inProjWeight = uniform([3 * width, width], Math.sqrt(6 / (4 * width)));
    this.inProjBias = parameter(zeros([3 * width]));
    this.outProj = new Linear(width, width);
    this.outProj.bias = parameter(zeros([width]));
  }

  /**
   * Queries [N, L, width], keys and values [N, S, width] (the queries when left
   * out) to [N, L, width]. Masks are as in `scaledDotProductAttention`.
   */
  forward(
    query: Tensor,
    key: Tensor = query,
    value: Tensor = key,
    options: Pick<AttentionOptions, "mask" | "isCausal"> = {},
  ): Tensor {
    const width = this.inProjWeight.shape[1] ?? 0;
    const parts = [query, key, value].map((x, i) => {
      if (x.ndim !== 3 || x.shape[2] !== width) {
        throw new RangeError(
          `MultiheadAttention: ${["query", "key", "value"][i]} needs shape [N, length, ${width}], got ${formatShape(x.shape)}`,
        );
      }
      const weight = this.inProjWeight.narrow(0, i * width, width);
      const projected = x.matmul(weight.T).add(this.inProjBias.narrow(0, i * width, width));
      const [batch = 0, length = 0] = x.shape;
      return projected.reshape(batch, length, this.heads, width / this.heads).transpose(1, 2);
    }) as [Tensor, Tensor, Tensor];
    const dropoutP = this.training ? this.dropoutP : 0;
    const mixed = scaledDotProductAttention(...parts, { ...options, dropoutP });
    return this.outProj.forward(mixed.transpose(1, 2).reshape(query.shape));
  }
}
