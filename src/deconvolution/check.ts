/** What every argument of this room must be, said with the argument's name. */
import { KataError } from "../errors.ts";

/** Longer calcium kernels mean that a time constant or the rate is in another unit. */
const LONGEST = 2 ** 24;
/** Exponentials that differ by less after one sample are the same. */
const INDISTINCT = 1e-12;

/** How a caller calls an argument: a command says `--tau-rise` for `tauRise`. */
export type Naming = (argument: string) => string;

/** What shapes a calcium kernel. */
export interface KernelTimes {
  /** Seconds until the response has risen, as a time constant. */
  tauRise: number;
  /** Seconds in which it decays to 1/e; longer than `tauRise`. */
  tauDecay: number;
  /** Samples a second (Hz). */
  fs: number;
}

const asIs: Naming = (argument) => argument;

/** @throws KataError that names the argument, when one makes no calcium kernel */
export function checkTimes({ tauRise, tauDecay, fs }: KernelTimes, naming: Naming = asIs): void {
  requirePositive(tauRise, naming("tauRise"), "a positive number of seconds");
  requirePositive(tauDecay, naming("tauDecay"), "a positive number of seconds");
  requirePositive(fs, naming("fs"), "a positive number of samples a second");
  if (tauRise >= tauDecay) {
    throw badArgument(
      `${naming("tauRise")} must be smaller than ${naming("tauDecay")}, got ${tauRise} and ${tauDecay}`,
      "both are in seconds; a response rises faster than it decays",
    );
  }
  const length = kernelLength(tauDecay, fs);
  if (length > LONGEST) {
    throw badArgument(
      `${naming("tauDecay")} ${tauDecay} at ${naming("fs")} ${fs} makes a calcium kernel of ${length} samples, expected at most ${LONGEST}`,
      "time constants are in seconds, the rate in samples a second",
    );
  }
  // The calcium kernel is the difference of two exponentials; here nothing but rounding is left of it.
  const [slow, fast] = [Math.exp(-1 / fs / tauDecay), Math.exp(-1 / fs / tauRise)];
  if (slow - fast <= INDISTINCT * slow) {
    throw badArgument(
      `${naming("tauRise")} ${tauRise} and ${naming("tauDecay")} ${tauDecay} cannot be told apart at ${naming("fs")} ${fs}`,
      "time constants are in seconds, the rate in samples a second",
    );
  }
}

/** Samples until the slower exponential has fallen to 1e-6; at least two. */
export function kernelLength(tauDecay: number, fs: number): number {
  const dt = 1 / fs;
  return Math.max(2, Math.ceil((-Math.log(1e-6) * tauDecay) / dt));
}

/** @throws KataError unless λ is finite and not negative */
export function checkLambda(lambda: number, name: string = "lambda"): void {
  if (typeof lambda === "number" && lambda >= 0 && lambda < Infinity) return;
  throw badArgument(`${name} must be a finite number that is not negative, got ${show(lambda)}`);
}

/** @throws KataError unless the tolerance is not negative and the count of iterations is whole */
export function checkStop(tolerance: number, maxIterations: number, naming: Naming = asIs): void {
  if (typeof tolerance !== "number" || !(tolerance >= 0 && tolerance < Infinity)) {
    throw badArgument(
      `${naming("tolerance")} must be a finite number that is not negative, got ${show(tolerance)}`,
    );
  }
  if (!Number.isInteger(maxIterations) || maxIterations < 1 || maxIterations > 1e9) {
    throw badArgument(
      `${naming("maxIterations")} must be a whole number from 1, got ${show(maxIterations)}`,
    );
  }
}

/** @throws KataError naming the first sample of a trace that is not finite, or an empty trace */
export function checkTrace(trace: ArrayLike<number>, name: string = "trace"): void {
  const { length } = trace;
  if (!Number.isInteger(length)) throw badArgument(`${name} must be a list of numbers`);
  if (length === 0) throw badArgument(`${name} is empty, expected at least one sample`);
  for (let i = 0; i < length; i++) {
    const value = trace[i];
    if (typeof value === "number" && value - value === 0) continue;
    throw badArgument(
      `${name} must hold finite numbers, got ${show(value)} at sample ${i}`,
      "leave out such samples, or interpolate over them",
    );
  }
}

/** An argument that a caller has to change. */
export function badArgument(message: string, hint?: string): KataError {
  return new KataError("bad-argument", message, hint === undefined ? {} : { hint });
}

function requirePositive(value: number, name: string, expected: string): void {
  if (typeof value === "number" && value > 0 && value < Infinity) return;
  throw badArgument(`${name} must be ${expected}, got ${show(value)}`);
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
