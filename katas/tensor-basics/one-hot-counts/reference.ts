import { arange, type Tensor } from "kata";

/**
 * A one in the column of each label: `out[..., c] = 1` where `labels[...]` is c, 0 elsewhere.
 * A label that is no class, less than 0 or too large, has a row of zeros.
 *
 * @param labels whole numbers, shape [...]
 * @param classes how many classes there are
 * @returns float32, shape [..., classes]
 */
export function encode(labels: Tensor, classes: number): Tensor {
  return labels.unsqueeze(-1).eq(arange(classes)).to("float32");
}

/**
 * How often each class occurs along the last axis.
 *
 * @param labels whole numbers, shape [..., n]
 * @returns float32, shape [..., classes]
 */
export function countClasses(labels: Tensor, classes: number): Tensor {
  return encode(labels, classes).sum(-2);
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
  return encode(actual, classes).T.matmul(encode(given, classes));
}
