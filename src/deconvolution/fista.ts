/**
 * Spikes from a trace: minimise `½‖Kx − trace‖² + λ·Σx` over x ≥ 0 by FISTA
 * (Beck and Teboulle 2009) with a restart of the momentum when the objective
 * rises (O'Donoghue and Candès 2015). Everything is float64.
 */
import { badArgument, checkLambda, checkStop, checkTrace } from "./check.ts";
import type { Operators } from "./operators.ts";

/** Before this many iterations a small change says nothing. */
const SETTLE = 5;
/** Keeps the relative change finite for an objective of zero. */
const TINY = 1e-10;
/** `kfs1`, little-endian, before a saved state. */
const MAGIC = 0x3173666b;
const HEADER_BYTES = 24;

/** Where FISTA stands between two iterations. */
export interface FistaState {
  /** The momentum's sequence; 1 at the start. */
  t: number;
  /** Iterations since the cold start. */
  iteration: number;
  /** The solution so far, of the trace's length. */
  x: Float64Array;
  /** The extrapolated point, where the next gradient is taken. */
  y: Float64Array;
}

/** One problem: a trace, the map from spikes to it, and how much spikes cost. */
export interface FistaProblem {
  trace: Float64Array;
  operators: Operators;
  /** Of the gradient; the step is its inverse. */
  lipschitz: number;
  lambda: number;
}

/** How far FISTA goes. */
export interface FistaOptions {
  /** The relative change of the objective that ends it, after five iterations; 1e-6 when left out. */
  tolerance?: number;
  /** 2,000 when left out. */
  maxIterations?: number;
  /** Where to go on from; a state of another length is a cold start. It is not changed. */
  start?: FistaState;
}

/** What FISTA found. */
export interface FistaResult {
  /** Spikes, of the trace's length, none negative. */
  solution: Float64Array;
  /** `K·solution`: the trace as the spikes explain it. */
  reconvolution: Float64Array;
  /** Of this call, without those before a warm start. */
  iterations: number;
  /** False when `maxIterations` ended it. */
  converged: boolean;
  /** The objective after each iteration of this call. */
  objectives: number[];
  state: FistaState;
}

/** The state before the first iteration: no spikes, no momentum. */
export function coldState(length: number): FistaState {
  return { t: 1, iteration: 0, x: new Float64Array(length), y: new Float64Array(length) };
}

/**
 * Runs FISTA until the objective settles. The gradient `Kᵀ(Ky − trace)` is taken
 * at the extrapolated point y, the objective at the new x.
 *
 * @throws KataError that names the argument that is wrong
 */
export function fista(problem: FistaProblem, options: FistaOptions = {}): FistaResult {
  const { trace, operators, lipschitz, lambda } = problem;
  const { tolerance = 1e-6, maxIterations = 2000, start } = options;
  checkTrace(trace);
  checkLambda(lambda);
  checkStop(tolerance, maxIterations);
  if (!(lipschitz > 0 && lipschitz < Infinity)) {
    throw badArgument(`lipschitz must be a positive number, got ${lipschitz}`);
  }
  const n = trace.length;
  const { state, x, y } = startFrom(start, n);
  const residual = new Float64Array(n);
  const gradient = new Float64Array(n);
  const reconvolution = new Float64Array(n);
  const step = 1 / lipschitz;
  const threshold = step * lambda;
  const objectives: number[] = [];
  let before = Number.NaN;
  let converged = false;
  while (!converged && objectives.length < maxIterations) {
    operators.forward(y, residual);
    for (let i = 0; i < n; i++) residual[i] = (residual[i] ?? 0) - (trace[i] ?? 0);
    operators.adjoint(residual, gradient);
    // y becomes the new x; where x was, the next y is written.
    for (let i = 0; i < n; i++) {
      const moved = (y[i] ?? 0) - step * (gradient[i] ?? 0) - threshold;
      y[i] = moved > 0 ? moved : 0;
    }
    operators.forward(y, reconvolution);
    const objective = objectiveAt(y, reconvolution, trace, lambda);
    if (objective > before) state.t = 1;
    const t = (1 + Math.sqrt(1 + 4 * state.t * state.t)) / 2;
    const momentum = (state.t - 1) / t;
    for (let i = 0; i < n; i++) {
      const now = y[i] ?? 0;
      const ahead = now + momentum * (now - (x[i] ?? 0));
      y[i] = ahead > 0 ? ahead : 0;
      x[i] = now;
    }
    state.t = t;
    state.iteration++;
    objectives.push(objective);
    converged =
      objectives.length > SETTLE &&
      Math.abs(objective - before) / (Math.abs(before) + TINY) < tolerance;
    before = objective;
  }
  const iterations = objectives.length;
  return { solution: x.slice(), reconvolution, iterations, converged, objectives, state };
}

/** `½‖Kx − trace‖² + λ·Σx`. */
function objectiveAt(
  x: Float64Array,
  reconvolution: Float64Array,
  trace: Float64Array,
  lambda: number,
): number {
  let [squares, sum] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const difference = (reconvolution[i] ?? 0) - (trace[i] ?? 0);
    squares += difference * difference;
    sum += x[i] ?? 0;
  }
  return 0.5 * squares + lambda * sum;
}

function startFrom(
  start: FistaState | undefined,
  n: number,
): { state: FistaState; x: Float64Array; y: Float64Array } {
  const fits = start !== undefined && start.x.length === n && start.y.length === n;
  const state = fits
    ? { t: start.t, iteration: start.iteration, x: start.x.slice(), y: start.y.slice() }
    : coldState(n);
  return { state, x: state.x, y: state.y };
}

/** A state as bytes, little-endian: a magic number, the length, t, the iteration, x, y. */
export function saveState({ t, iteration, x, y }: FistaState): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + 16 * x.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, x.length, true);
  view.setFloat64(8, t, true);
  view.setFloat64(16, iteration, true);
  [...[x, y].entries()].forEach(([which, values]) => {
    const at = HEADER_BYTES + 8 * which * x.length;
    for (let i = 0; i < x.length; i++) view.setFloat64(at + 8 * i, values[i] ?? 0, true);
  });
  return bytes;
}

/**
 * The state that `saveState` wrote, for a trace of `length` samples; a cold one
 * when the bytes hold anything else, another length or values that FISTA never has.
 */
export function loadState(bytes: Uint8Array, length: number): FistaState {
  const cold = coldState(length);
  if (bytes.length !== HEADER_BYTES + 16 * length) return cold;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== length) return cold;
  const [t, iteration] = [view.getFloat64(8, true), view.getFloat64(16, true)];
  if (!(t >= 1 && t < Infinity) || !Number.isSafeInteger(iteration) || iteration < 0) return cold;
  const read = (which: number): Float64Array =>
    Float64Array.from({ length }, (_, i) =>
      view.getFloat64(HEADER_BYTES + 8 * (which * length + i), true),
    );
  const [x, y] = [read(0), read(1)];
  const valid = (values: Float64Array): boolean =>
    values.every((value) => value >= 0 && value < Infinity);
  return valid(x) && valid(y) ? { t, iteration, x, y } : cold;
}
