/** The tensor API: PyTorch's names in camelCase, values read synchronously on every device. */

export { type BackwardOptions, grad, type GradOptions } from "./autograd/engine.ts";
export type { Hook } from "./autograd/graph.ts";
export {
  customFunction,
  type FunctionContext,
  type FunctionDefinition,
} from "./autograd/custom.ts";
export { enableGrad, type HookHandle, noGrad } from "./autograd/leaf.ts";
export {
  arange,
  type DTypeOption,
  eye,
  full,
  fullLike,
  linspace,
  logspace,
  ones,
  onesLike,
  tensor,
  zeros,
  zerosLike,
} from "./creation.ts";
export type { DeviceKind } from "./device.ts";
export {
  type DType,
  finfo,
  type FloatDType,
  type FloatInfo,
  iinfo,
  type IntegerDType,
  type IntegerInfo,
  type Scalar,
  type TypedArray,
} from "./dtype.ts";
export { type TensorLike, where } from "./elementwise.ts";
export { maximum, minimum } from "./tensor.ts";
export type { Index } from "./advanced.ts";
export type { Picked } from "./extremes.ts";
export { cat, stack } from "./indexing.ts";
export { explain } from "./graph-explain.ts";
export { Kernel, kernel, type KernelOutput, type KernelRun } from "./kernel.ts";
export { matmul } from "./products.ts";
export {
  bernoulli,
  manualSeed,
  multinomial,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  randperm,
} from "./random.ts";
export type { DimOptions } from "./reductions.ts";
export { broadcastShapes } from "./shape.ts";
export { Tensor } from "./tensor.ts";
export type { ArrayOf, DTypeOf, ElementOf, NestedArray, NestedValues } from "./typing.ts";
export { type AxisSizes, rearrange, reduce, type Reduction, repeat } from "./einops.ts";
export { einsum } from "./einsum.ts";
export { keep, tidy } from "./tidy.ts";
export * from "./functional/index.ts";
import "./methods.ts";
export * as nn from "./nn/index.ts";
export * as optim from "./optim.ts";
