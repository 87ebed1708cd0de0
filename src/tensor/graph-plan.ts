/** Which programs make a value, in which order. */

import type { Program } from "./expr.ts";
import { recall, remember } from "./graph-cache.ts";
import { Fusion } from "./graph-fusion.ts";
import type { Source, Step, Value } from "./graph.ts";

/** A program ready for the device, once `inputs` are there. */
export interface Job {
  readonly value: Value;
  readonly program: Program;
  readonly inputs: readonly Source[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** The values that are computed inside it and stay without elements of their own. */
  readonly inlined: readonly Value[];
  /** The value is complete after it. */
  readonly last: boolean;
}

/** Everything to run for `target`, in order. Changes nothing. */
export function plan(target: Value): Job[] {
  const jobs: Job[] = [];
  const planned = new Set<Value>();
  const visit = (value: Value): void => {
    if (value.steps.length === 0 || planned.has(value)) return;
    planned.add(value);
    const last = value.steps.length - 1;
    value.steps.forEach((step, at) => {
      let job: Job;
      do {
        job = fuse(value, step, at === last, planned);
        for (const input of job.inputs) visit(input.value);
        // What an input needed stored is read from there, as its own inputs may be gone by then.
      } while (job.inlined.some((one) => planned.has(one)));
      jobs.push(job);
    });
  };
  visit(target);
  return jobs;
}

function fuse(value: Value, step: Step, last: boolean, planned: ReadonlySet<Value>): Job {
  const { program, inputs, strides, offset } = step;
  const alone = program.kind === "matmul" || program.kind === "scatter" || program.kind === "scan";
  if (alone || !inputs.some((one) => one.value.steps.length > 0)) {
    return { value, program, inputs, strides, offset, inlined: [], last };
  }
  const known = recall(step, planned);
  if (known !== undefined) return { value, ...known, last };
  const fusion = new Fusion(program, step, planned);
  const made = { ...fusion.finish(), inlined: [...fusion.inlined] };
  remember(step, planned, made, fusion);
  return { value, ...made, last };
}
