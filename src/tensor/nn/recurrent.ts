/** One step of a recurrent network; all weights start in ±1/√hidden, as in PyTorch. */

import { describe, formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { Module, uniform } from "./module.ts";

abstract class Cell extends Module {
  /** [gates · hidden, inputs]. */
  weightIh: Tensor;
  /** [gates · hidden, hidden]. */
  weightHh: Tensor;
  biasIh: Tensor;
  biasHh: Tensor;

  constructor(gates: number, inputs: number, hidden: number) {
    super();
    const bound = 1 / Math.sqrt(hidden);
    this.weightIh = uniform([gates * hidden, inputs], bound);
    this.weightHh = uniform([gates * hidden, hidden], bound);
    this.biasIh = uniform([gates * hidden], bound);
    this.biasHh = uniform([gates * hidden], bound);
  }

  /** Both sums of all gates: of the input and of the state. */
  protected sums(name: string, x: Tensor, state: Tensor): { fromX: Tensor; fromState: Tensor } {
    const [inputs, hidden] = [this.weightIh.shape[1], this.weightHh.shape[1]];
    if (x.ndim !== 2 || x.shape[1] !== inputs || state.ndim !== 2 || state.shape[1] !== hidden) {
      throw new RangeError(
        `${name}: needs shapes [N, ${inputs}] and [N, ${hidden}], got ${formatShape(x.shape)} and ${formatShape(state.shape)}`,
      );
    }
    return {
      fromX: x.matmul(this.weightIh.T).add(this.biasIh),
      fromState: state.matmul(this.weightHh.T).add(this.biasHh),
    };
  }

  /** The part of one gate. */
  protected gate(sums: Tensor, which: number): Tensor {
    const hidden = this.weightHh.shape[1] ?? 0;
    return sums.narrow(1, which * hidden, hidden);
  }
}

/** A plain recurrent cell (Elman 1990). */
export class RNNCell extends Cell {
  private readonly activation: "tanh" | "relu";

  constructor(
    inputs: number,
    hidden: number,
    { activation = "tanh" }: { activation?: "tanh" | "relu" } = {},
  ) {
    super(1, inputs, hidden);
    if (activation !== "tanh" && activation !== "relu") {
      throw new TypeError(
        `RNNCell: activation must be "tanh" or "relu", got ${describe(activation)}`,
      );
    }
    this.activation = activation;
  }

  /** `h′ = tanh(W·x + b + U·h + c)`: [N, inputs] and [N, hidden] to [N, hidden]. */
  forward(x: Tensor, state: Tensor): Tensor {
    const { fromX, fromState } = this.sums("RNNCell", x, state);
    return fromX.add(fromState)[this.activation]();
  }
}

/** A gated recurrent unit (Cho et al. 2014), with gates r, z and n. */
export class GRUCell extends Cell {
  constructor(inputs: number, hidden: number) {
    super(3, inputs, hidden);
  }

  /** `n = tanh(…+ r·(…)); h′ = (1 − z)·n + z·h`: [N, inputs] and [N, hidden] to [N, hidden]. */
  forward(x: Tensor, state: Tensor): Tensor {
    const { fromX, fromState } = this.sums("GRUCell", x, state);
    const open = (which: number): Tensor =>
      this.gate(fromX, which).add(this.gate(fromState, which)).sigmoid();
    const [r, z] = [open(0), open(1)];
    const fresh = this.gate(fromX, 2)
      .add(r.mul(this.gate(fromState, 2)))
      .tanh();
    return fresh.add(z.mul(state.sub(fresh)));
  }
}

/** A long short-term memory cell (Hochreiter & Schmidhuber 1997), with gates i, f, g and o. */
export class LSTMCell extends Cell {
  constructor(inputs: number, hidden: number) {
    super(4, inputs, hidden);
  }

  /** `c′ = f·c + i·g; h′ = o·tanh(c′)`: [N, inputs] and a state of two [N, hidden] to the next state. */
  forward(x: Tensor, [h, c]: readonly [Tensor, Tensor]): [Tensor, Tensor] {
    const { fromX, fromState } = this.sums("LSTMCell", x, h);
    const sum = fromX.add(fromState);
    const [input, forget] = [this.gate(sum, 0).sigmoid(), this.gate(sum, 1).sigmoid()];
    const memory = forget.mul(c).add(input.mul(this.gate(sum, 2).tanh()));
    return [this.gate(sum, 3).sigmoid().mul(memory.tanh()), memory];
  }
}
