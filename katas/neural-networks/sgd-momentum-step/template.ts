import type { Tensor } from "kata";

export interface Settings {
  /** The learning rate. */
  lr: number;
  momentum: number;
  weightDecay: number;
}

/**
 * One training step by gradient descent with momentum, in place. For each parameter p with
 * velocity v, and the gradient g of the loss:
 *
 * - `v ← momentum · v + g + weightDecay · p`
 * - `p ← p - lr · v`
 *
 * Parameters that the loss does not depend on stay as they are, with their velocities.
 * No parameter has a `grad` left afterwards.
 *
 * @param loss computes the loss, a tensor of one element, from the parameters as they are
 * @param parameters leaves that require gradients, none of which has a `grad` yet
 * @param velocities one for each parameter, of its shape; no gradients
 * @returns the loss before the step
 */
export function trainingStep(
  loss: () => Tensor,
  parameters: readonly Tensor[],
  velocities: readonly Tensor[],
  { lr, momentum, weightDecay }: Settings,
): number {
  // BLANK_START
  // TODO: gradients of the loss, then velocities and parameters in place, unrecorded.
  throw new Error("not implemented");
  // BLANK_END
}
