import { customFunction, type Tensor } from "kata";

/**
 * The slope of `f` in each element of x, by central differences:
 * `out[i] = (f(x + h at i) - f(x - h at i)) / 2h`.
 *
 * @param f from a tensor of x's shape to one of a single element, shape []
 * @param x any shape
 * @param h how far to go to each side
 * @returns same shape as x
 */
export function numericalGradient(f: (x: Tensor) => Tensor, x: Tensor, h: number = 1e-2): Tensor {
  // BLANK_START
  // TODO: one step forth and one back, for each element.
  throw new Error("not implemented");
  // BLANK_END
}

/**
 * The smooth ReLU `log(1 + exp(x))`, for x of any size, with its gradient written down:
 * the derivative is `1 / (1 + exp(-x))`.
 */
export const smoothRelu: (x: Tensor) => Tensor = customFunction({
  forward(context, x: Tensor) {
    // BLANK_START
    // TODO: keep what the way back needs; no exponent may be large.
    throw new Error("not implemented");
    // BLANK_END
  },
  backward(context, gradient) {
    // BLANK_START
    // TODO: the gradient of x, from the gradient of the result.
    throw new Error("not implemented");
    // BLANK_END
  },
});
