import { arange, stack, type Tensor } from "kata";

/**
 * Rotary position embedding (Su et al. 2021, RoFormer). The features of a token are taken in
 * pairs (2i, 2i + 1), and pair i of the token at position p is turned by the angle
 * `p · base^(-2i / width)`: `(a, b)` becomes `(a cos - b sin, a sin + b cos)`.
 *
 * @param x shape [..., length, width], width even
 * @param offset the position of the first token
 * @returns same shape as x
 */
export function rotate(x: Tensor, offset: number = 0, base: number = 10_000): Tensor {
  const [length, width] = x.shape.slice(-2) as [number, number];
  const speeds = arange(0, width, 2)
    .mul(-Math.log(base) / width)
    .exp();
  const angles = arange(length).add(offset).unsqueeze(1).mul(speeds);
  const [cos, sin] = [angles.cos(), angles.sin()];
  const pairs = x.reshape(...x.shape.slice(0, -1), -1, 2);
  const [a, b] = [pairs.select(-1, 0), pairs.select(-1, 1)];
  const turned = [a.mul(cos).sub(b.mul(sin)), a.mul(sin).add(b.mul(cos))];
  return stack(turned, -1).flatten(-2);
}
