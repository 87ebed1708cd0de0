import type { Operators } from "kata/deconvolution";

export interface Problem {
  /** What the microscope saw. */
  trace: Float64Array;
  /** `forward(x, out)` writes K x to `out`, `adjoint(r, out)` writes Kᵀ r. */
  operators: Operators;
  /** The Lipschitz constant of the gradient. */
  lipschitz: number;
  /** What a unit of spike costs. */
  lambda: number;
}

export interface State {
  x: Float64Array;
  /** The point that the gradient is taken at. */
  y: Float64Array;
  t: number;
  /** At `x`; Infinity before the first step. */
  objective: number;
}

/**
 * One step of FISTA towards the least `½ |K x - trace|² + lambda · (sum of x)` over x ≥ 0:
 *
 * - `x⁺ = max(0, y - gradient / L - lambda / L)` with the gradient `Kᵀ (K y - trace)`;
 * - if the objective at `x⁺` is larger than at `x`, t starts anew from 1;
 * - `t⁺ = (1 + √(1 + 4 t²)) / 2` and `y⁺ = max(0, x⁺ + (t - 1) / t⁺ · (x⁺ - x))`.
 *
 * @returns the state after it, in arrays of its own; the one before is left as it is
 */
export function fistaStep(problem: Problem, { x, y, t, objective }: State): State {
  const { trace, operators, lipschitz, lambda } = problem;
  const n = trace.length;
  const error = new Float64Array(n);
  operators.forward(y, error);
  trace.forEach((value, i) => {
    error[i]! -= value;
  });
  const gradient = new Float64Array(n);
  operators.adjoint(error, gradient);
  const next = y.map((value, i) => Math.max(0, value - (gradient[i]! + lambda) / lipschitz));
  operators.forward(next, error);
  let risen = 0;
  for (let i = 0; i < n; i++) risen += 0.5 * (error[i]! - trace[i]!) ** 2 + lambda * next[i]!;
  const from = risen > objective ? 1 : t;
  const to = (1 + Math.sqrt(1 + 4 * from * from)) / 2;
  const ahead = next.map((value, i) => Math.max(0, value + ((from - 1) / to) * (value - x[i]!)));
  return { x: next, y: ahead, t: to, objective: risen };
}
