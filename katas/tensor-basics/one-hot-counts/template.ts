import type { Tensor } from "kata";

/**
 * A one in the column of each label: `out[..., c] = 1` where `labels[...]` is c, 0 elsewhere.
 * A label that is no class, less than 0 or too large, has a row of zeros.
 *
 * @param labels whole numbers, shape [...]
 * @param classes how many classes there are
 * @returns float32, shape [..., classes]
 */
export function encode(labels: Tensor, classes: number): Tensor {
  // BLANK_START
  // TODO: compare every label with every class.
  throw new Error("not implemented");
  // BLANK_END
}

/**
 * How often each class occurs along the last axis.
 *
 * @param labels whole numbers, shape [..., n]
 * @returns float32, shape [..., classes]
 */
export function countClasses(labels: Tensor, classes: number): Tensor {
  // BLANK_START
  // TODO: add the ones up.
  throw new Error("not implemented");
  // BLANK_END
}

/**
 * The confusion matrix: `out[i, j]` is how many positions have the class i and were given j.
 * Positions where either is no class do not count.
 *
 * @param actual whole numbers, shape [n]
 * @param given whole numbers, shape [n]
 * @returns float32, shape [classes, classes]
 */
export function confusion(actual: Tensor, given: Tensor, classes: number): Tensor {
  // BLANK_START
  // TODO: which product has a one where both labels match?
  throw new Error("not implemented");
  // BLANK_END
}
