/** Deconvolution in one call: traces in, spikes out. */
import type { DeviceKind } from "../tensor/device.ts";
import { deconvolveCells } from "./batch.ts";
import { badArgument, checkLambda, checkStop, checkTimes, type KernelTimes } from "./check.ts";
import { fista } from "./fista.ts";
import { buildKernel, computeLipschitz } from "./kernel.ts";
import { convolution, recursion, recursionOf } from "./operators.ts";
import { rowsOf, type Trace } from "./traces.ts";

/** What traces are deconvolved with. */
export interface DeconvolutionOptions extends KernelTimes {
  /** What a unit of spike costs; 0.01 when left out. */
  lambda?: number;
  /** The relative change of the objective that ends a cell; 1e-6 when left out. */
  tolerance?: number;
  /** 2,000 when left out. */
  maxIterations?: number;
  /**
   * `convolution` with the sampled calcium kernel, exactly, or the `recursion`,
   * which is faster and the same to about 1e-5. Not with a device, which recurs.
   */
  method?: "convolution" | "recursion";
  /** Computes all cells at once on this device of the tensor layer; the result is float32. */
  device?: DeviceKind;
  /** Called after each cell, and with a device also in between. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Spikes from one trace, `[time]` to `[time]`: float64 on the CPU, or float32
 * values on a device.
 *
 * @throws KataError that names the argument that is wrong
 */
export function runDeconvolution(traces: Trace, options: DeconvolutionOptions): Float64Array;
/** Spikes from the traces of many cells, `[cells][time]` to `[cells][time]`. */
export function runDeconvolution(
  traces: readonly Trace[],
  options: DeconvolutionOptions,
): Float64Array[];
export function runDeconvolution(
  traces: Trace | readonly Trace[],
  options: DeconvolutionOptions,
): Float64Array | Float64Array[] {
  const { lambda = 0.01, tolerance = 1e-6, maxIterations = 2000, method, device } = options;
  checkTimes(options);
  checkLambda(lambda);
  checkStop(tolerance, maxIterations);
  if (method !== undefined && !["convolution", "recursion"].includes(method)) {
    throw badArgument(`method must be convolution or recursion, got ${JSON.stringify(method)}`);
  }
  if (method === "convolution" && device !== undefined) {
    throw badArgument("method must be recursion with a device", "leave one of the two out");
  }
  const { rows, single } = rowsOf(traces);
  const solutions =
    device === undefined ? inFloat64(rows, options) : inBatch(rows, options, device);
  const [first] = solutions;
  return single && first !== undefined ? first : solutions;
}

function inFloat64(rows: readonly Float64Array[], options: DeconvolutionOptions): Float64Array[] {
  const { tauRise, tauDecay, fs, lambda = 0.01, onProgress, method } = options;
  const { tolerance, maxIterations } = options;
  const kernel = buildKernel(tauRise, tauDecay, fs);
  const lipschitz = computeLipschitz(kernel);
  const operators =
    method === "recursion" ? recursion(recursionOf(tauRise, tauDecay, fs)) : convolution(kernel);
  const stop = {
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(maxIterations === undefined ? {} : { maxIterations }),
  };
  return rows.map((trace, cell) => {
    const { solution } = fista({ trace, operators, lipschitz, lambda }, stop);
    onProgress?.(cell + 1, rows.length);
    return solution;
  });
}

function inBatch(
  rows: readonly Float64Array[],
  options: DeconvolutionOptions,
  device: DeviceKind,
): Float64Array[] {
  const source = {
    cells: [...rows.keys()],
    length: rows[0]?.length ?? 0,
    read: (cell: number): Float64Array => rows[cell] ?? new Float64Array(),
  };
  const solutions: Float64Array[] = [];
  let done = 0;
  for (const finished of deconvolveCells(source, { ...options, device })) {
    for (const { cell, solution } of finished) solutions[cell] = Float64Array.from(solution);
    done += finished.length;
    options.onProgress?.(done, rows.length);
  }
  return solutions;
}
