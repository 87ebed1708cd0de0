import { customFunction, eye, stack, type Tensor } from "kata";

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
  const steps = eye(x.numel)
    .mul(h)
    .reshape(-1, ...x.shape)
    .unbind(0);
  const slopes = steps.map((step) =>
    f(x.add(step))
      .sub(f(x.sub(step)))
      .div(2 * h),
  );
  return stack(slopes).reshape(...x.shape);
}

/**
 * The smooth ReLU `log(1 + exp(x))`, for x of any size, with its gradient written down:
 * the derivative is `1 / (1 + exp(-x))`.
 */
export const smoothRelu: (x: Tensor) => Tensor = customFunction({
  forward(context, x: Tensor) {
    context.saveForBackward(x);
    return x.relu().add(x.abs().neg().exp().log1p());
  },
  backward(context, gradient) {
    return gradient.mul(context.savedTensors[0]!.sigmoid());
  },
});
