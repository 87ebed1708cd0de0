/**
 * Many cells at once, in float32, on a device of the tensor layer. A trace is
 * scaled to a largest value between 1 and 2 (by a power of two, so exactly)
 * and λ with it, which changes nothing of the problem and keeps float32 away
 * from its ends.
 */
import { KataError } from "../errors.ts";
import { currentDevice, type DeviceKind } from "../tensor/device.ts";
import { checkLambda, checkStop, checkTimes, checkTrace, type KernelTimes } from "./check.ts";
import { buildKernel, computeLipschitz } from "./kernel.ts";
import { recursionOf } from "./operators.ts";
import { solveInLanes } from "./lanes-host.ts";
import { solveInKernel } from "./invocations.ts";

/** What a batch solves for every cell. */
export interface BatchOptions extends KernelTimes {
  /** What a unit of spike costs; 0.01 when left out. */
  lambda?: number;
  /** The relative change of the objective that ends a cell; 1e-6 when left out. */
  tolerance?: number;
  /** 2,000 when left out. */
  maxIterations?: number;
  /** `software` and `gpu` have to be the current device of the tensor layer. */
  device: DeviceKind;
}

/** What was found for one cell. */
export interface CellResult {
  /** Its number among the cells. */
  cell: number;
  /** Spikes, as many as the trace has samples. */
  solution: Float32Array;
  iterations: number;
  converged: boolean;
}

/** Cells and how to get at their traces; `read` is called once for each, in order. */
export interface CellSource {
  /** The cells' numbers. */
  cells: readonly number[];
  /** Samples of each trace. */
  length: number;
  read: (cell: number) => ArrayLike<number>;
}

/** The problem with its constants worked out. */
export interface Problem {
  d: number;
  r: number;
  gain: number;
  /** 1 / Lipschitz. */
  step: number;
  lambda: number;
  tolerance: number;
  maxIterations: number;
}

/** A trace as float32 sees it. */
export interface ScaledCell {
  cell: number;
  trace: ArrayLike<number>;
  /** The trace is multiplied by this; the solution is divided by it. */
  scale: number;
}

/** Where a device's solver takes its cells from. */
export interface Queue {
  readonly length: number;
  readonly left: number;
  next(): ScaledCell | undefined;
}

/**
 * Deconvolves cells and gives them as they are finished, in any order. Between
 * two yields little time passes, with or without a finished cell, so a caller
 * can see to other things.
 *
 * @throws KataError that names the argument, or the trace, that is wrong
 */
export function* deconvolveCells(
  source: CellSource,
  options: BatchOptions,
): Generator<CellResult[], void> {
  const { lambda = 0.01, tolerance = 1e-6, maxIterations = 2000, device } = options;
  checkTimes(options);
  checkLambda(lambda);
  checkStop(tolerance, maxIterations);
  if (device !== "cpu" && currentDevice().kind !== device) {
    throw new KataError("bad-argument", `device ${device} is not the current one`, {
      hint: `it is ${currentDevice().kind}: run with --device ${device}`,
    });
  }
  const { tauRise, tauDecay, fs } = options;
  const problem = {
    ...recursionOf(tauRise, tauDecay, fs),
    step: 1 / computeLipschitz(buildKernel(tauRise, tauDecay, fs)),
    lambda,
    tolerance,
    maxIterations,
  };
  const queue = queueOf(source);
  yield* device === "cpu" ? solveInLanes(queue, problem) : solveInKernel(queue, problem);
}

function queueOf({ cells, length, read }: CellSource): Queue {
  let at = 0;
  return {
    length,
    get left() {
      return cells.length - at;
    },
    next() {
      const cell = cells[at++];
      if (cell === undefined) return undefined;
      const trace = read(cell);
      checkTrace(trace, `trace of cell ${cell}`);
      return { cell, trace, scale: scaleOf(trace) };
    },
  };
}

/** The power of two that brings the largest value to between 1 and 2. */
function scaleOf(trace: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < trace.length; i++) largest = Math.max(largest, Math.abs(trace[i] ?? 0));
  if (largest === 0) return 1;
  return 2 ** -Math.min(1000, Math.max(-1000, Math.floor(Math.log2(largest))));
}
