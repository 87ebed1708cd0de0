/** `kata/deconvolution`: calcium kernels, and spikes from calcium traces. */
export { type Ar2, buildKernel, computeLipschitz, tauToAr2 } from "./kernel.ts";
export type { KernelTimes } from "./check.ts";
export {
  convolution,
  type Operators,
  type Recursion,
  recursion,
  recursionOf,
} from "./operators.ts";
export {
  coldState,
  fista,
  type FistaOptions,
  type FistaProblem,
  type FistaResult,
  type FistaState,
  loadState,
  saveState,
} from "./fista.ts";
export { type BatchOptions, type CellResult, type CellSource, deconvolveCells } from "./batch.ts";
export { type DeconvolutionOptions, runDeconvolution } from "./run.ts";
export { type Trace } from "./traces.ts";
export { loadTuningData, saveForTuning, type TuningData, type TuningMetadata } from "./tuning.ts";
export { formatNpy, type NpyArray, parseNpy } from "./npy.ts";
