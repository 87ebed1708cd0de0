/** `_catune`: calcium kernels and deconvolution for arrays of NumPy, charged while they are computed. */
import {
  checkLambda,
  checkStop,
  checkTimes,
  checkTrace,
  type KernelTimes,
} from "../../deconvolution/check.ts";
import {
  buildKernel,
  computeLipschitz,
  convolution,
  fista,
  tauToAr2,
} from "../../deconvolution/index.ts";
import { KataError } from "../../errors.ts";
import { spend } from "../../python/budget.ts";
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { realOf } from "../../python/operations/numbers.ts";
import { indexOf } from "../../python/operations/subscript.ts";
import { memory, PyArray } from "../numpy/array.ts";
import { FLOAT64 } from "../numpy/dtype.ts";
import { asArray } from "../numpy/read.ts";
import { functions } from "../numpy/register.ts";
import { floats } from "../numpy/views.ts";

/** Multiplications for which one step is charged. */
const PER_STEP = 16;
/** Multiplications that are charged together. */
const GATHERED = 2 ** 16;

/** Fills `_catune`. */
export function fillCatuneNative(module: PyModule): void {
  functions(module, {
    build_kernel: [
      "tau_rise, tau_decay, fs",
      (...given: [Value, Value, Value]) => {
        const { tauRise, tauDecay, fs } = timesOf(given, ["tau_rise", "tau_decay"]);
        return arrayOf(buildKernel(tauRise, tauDecay, fs));
      },
    ],
    tau_to_ar2: [
      "tau_rise, tau_decay, fs",
      (...given: [Value, Value, Value]) => {
        const { tauRise, tauDecay, fs } = timesOf(given, ["tau_rise", "tau_decay"]);
        const { g1, g2, d, r } = tauToAr2(tauRise, tauDecay, fs);
        return new PyTuple([g1, g2, d, r].map((one) => new PyFloat(one)));
      },
    ],
    compute_lipschitz: [
      "kernel",
      (given: Value) => {
        const kernel = asArray(given, FLOAT64);
        if (kernel.ndim !== 1) {
          fault("ValueError", `kernel must have one dimension, got ${kernel.ndim}`);
        }
        // The transform has at least twice as many points as the calcium kernel.
        spend(1 + Math.ceil(kernel.size * Math.log2(kernel.size + 2)));
        return new PyFloat(refused(() => computeLipschitz(floats(kernel))));
      },
    ],
    deconvolve: ["traces, fs, tau_r, tau_d, lam, tolerance, max_iterations", deconvolve],
  });
}

/** Spikes of each row of an array, `[cells, time]` to `[cells, time]`. */
function deconvolve(
  given: Value,
  fs: Value,
  tauRise: Value,
  tauDecay: Value,
  lam: Value,
  tol: Value,
  most: Value,
): Value {
  const times = timesOf([tauRise, tauDecay, fs], ["tau_r", "tau_d"]);
  const [lambda, tolerance] = [realOf(lam), realOf(tol)];
  const maxIterations = Number(
    indexOf(most) ?? fault("TypeError", "max_iterations must be an int"),
  );
  const traces = asArray(given, FLOAT64);
  const [cells = 0, length = 0] = traces.shape;
  const samples = floats(traces);
  const out = memory(FLOAT64, traces.size) as Float64Array;
  const rows = Array.from({ length: cells }, (_, cell) =>
    samples.subarray(cell * length, (cell + 1) * length),
  );
  refused(() => {
    checkLambda(lambda, "lam");
    checkStop(tolerance, maxIterations, (name) =>
      name === "maxIterations" ? "max_iterations" : name,
    );
    rows.forEach((row, cell) => checkTrace(row, cells === 1 ? "traces" : `traces, cell ${cell},`));
  });
  const kernel = refused(() => buildKernel(times.tauRise, times.tauDecay, times.fs));
  const lipschitz = computeLipschitz(kernel);
  const operators = convolution(kernel, charging());
  rows.forEach((trace, cell) => {
    const { solution } = fista(
      { trace, operators, lipschitz, lambda },
      { tolerance, maxIterations },
    );
    out.set(solution, cell * length);
  });
  return new PyArray(out, FLOAT64, [cells, length]);
}

/** Charges multiplications; called often, so it gathers some before it does. */
function charging(): (multiplications: number) => void {
  let gathered = 0;
  return (multiplications) => {
    gathered += multiplications;
    if (gathered < GATHERED) return;
    spend(Math.ceil(gathered / PER_STEP));
    gathered = 0;
  };
}

function timesOf(
  [rise, decay, rate]: readonly [Value, Value, Value],
  [riseName, decayName]: readonly [string, string],
): KernelTimes {
  const times = { tauRise: realOf(rise), tauDecay: realOf(decay), fs: realOf(rate) };
  const names: Readonly<Record<string, string>> = { tauRise: riseName, tauDecay: decayName };
  refused(() => checkTimes(times, (name) => names[name] ?? name));
  return times;
}

function arrayOf(values: Float64Array): PyArray {
  const data = memory(FLOAT64, values.length) as Float64Array;
  data.set(values);
  return new PyArray(data, FLOAT64, [values.length]);
}

/** What the room says of an argument, as Python's ValueError. */
function refused<T>(what: () => T): T {
  try {
    return what();
  } catch (error) {
    if (!(error instanceof KataError)) throw error;
    const { message, hint } = error;
    fault("ValueError", hint === undefined ? message : `${message} (${hint})`);
  }
}
