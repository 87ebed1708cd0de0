/**
 * Plans that were made before. A training step asks for the same programs over
 * and over, with other values: what a plan depends on is kept beside it, and
 * where all of that is the same again the plan is too, but for the parameters.
 *
 * A plan depends on the step it starts from, on the steps it looked behind,
 * and on which of their inputs are one value. Each of these values has a
 * number, in the order in which they are met.
 */

import { type Expr, exprKey, type Program } from "./expr.ts";
import type { Source, Step, Value } from "./graph.ts";
import type { Job } from "./graph-plan.ts";

/** Plans kept for one kind of step; those that differ are few. */
const MOST = 64;
/** Kinds of steps; programs whose numbers are always others would fill memory. */
const MOST_KINDS = 4096;

/** What a plan asked of one value. */
interface Guard {
  /** The kind of step that makes it, or 0 if it is read from memory. */
  readonly kind: number;
  readonly readers: number;
  readonly inlined: boolean;
  readonly kept: boolean;
  /** The numbers of what that step reads, if the plan looked behind it. */
  readonly inputs: readonly number[] | undefined;
}

interface Plan {
  readonly inputs: readonly number[];
  readonly guards: readonly Guard[];
  /** With the parameters of the step it starts from (-1) and of values, in this order. */
  readonly program: Program;
  readonly params: readonly number[];
  readonly sources: readonly (Omit<Source, "value"> & { readonly value: number })[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly inlined: readonly number[];
}

/** The part of a job that a plan says. */
export type Planned = Pick<Job, "program" | "inputs" | "strides" | "offset" | "inlined">;

/** What a plan was made from: the values whose steps it looked behind, and whose parameters it took, in order. */
export interface Basis {
  readonly behind: ReadonlySet<Value>;
  readonly params: readonly (Value | undefined)[];
}

const kinds = new Map<string, number>();
const plans = new Map<number, Plan[]>();

/** The step that may be planned together with what reads the value. */
export function openStep(value: Value, planned: ReadonlySet<Value>): Step | undefined {
  const [step] = value.steps;
  const only = step?.whole === true && value.steps.length === 1 && value.real === undefined;
  return only && !planned.has(value) ? step : undefined;
}

/** A number that is equal for steps that differ only in their values and parameters. */
function kindOf(step: Step): number {
  if (step.kind === 0) {
    if (kinds.size >= MOST_KINDS) {
      kinds.clear();
      plans.clear();
    }
    const text = textOf(step);
    let kind = kinds.get(text);
    if (kind === undefined) kinds.set(text, (kind = ++count));
    step.kind = kind;
  }
  return step.kind;
}

let count = 0;

function textOf({ program, inputs, strides, offset, whole }: Step): string {
  const { kind, params = [], ...rest } = program;
  const shown = Object.values(rest).map((part: unknown) =>
    typeof part === "object" && part !== null && "op" in part
      ? exprKey(part as Expr)
      : String(part),
  );
  const reads = inputs.map((one) => `${one.offset}+${one.strides.join()}`);
  const head = `${kind}/${params.length}/${shown.join("/")}`;
  return `${head}/${reads.join(";")}/${strides.join()}/${offset}/${whole}`;
}

/** A plan for `step` that was made before under the same conditions. */
export function recall(step: Step, planned: ReadonlySet<Value>): Planned | undefined {
  for (const plan of plans.get(kindOf(step)) ?? []) {
    const values = match(plan, step, planned);
    if (values === undefined) continue;
    const { program, params, sources, strides, offset, inlined } = plan;
    const at = (number: number): Value => values[number] as Value;
    const given = params.flatMap(
      (one) => (one < 0 ? step : at(one).steps[0])?.program.params ?? [],
    );
    return {
      program: { ...program, params: given },
      inputs: sources.map((one) => ({ ...one, value: at(one.value) })),
      strides,
      offset,
      inlined: inlined.map(at),
    };
  }
  return undefined;
}

/** The values that a plan numbers, if all that it depends on is as it was. */
function match(plan: Plan, step: Step, planned: ReadonlySet<Value>): Value[] | undefined {
  const values: Value[] = [];
  const reads = ({ inputs }: Step, numbers: readonly number[]): boolean =>
    inputs.every(({ value }, at) => {
      const number = numbers[at] as number;
      if (number < values.length) return values[number] === value;
      const guard = plan.guards[number];
      if (number > values.length || guard === undefined || values.includes(value)) return false;
      values.push(value);
      const maker = openStep(value, planned);
      if (guard.kind === 0 || maker === undefined) return guard.kind === 0 && maker === undefined;
      const same =
        guard.readers === value.readers &&
        guard.inlined === value.inlined &&
        guard.kept === value.kept;
      return same && guard.kind === kindOf(maker);
    });
  if (!reads(step, plan.inputs)) return undefined;
  for (let number = 0; number < values.length; number++) {
    const inputs = plan.guards[number]?.inputs;
    const [maker] = values[number]?.steps ?? [];
    if (inputs !== undefined && (maker === undefined || !reads(maker, inputs))) return undefined;
  }
  return values;
}

/** Keeps a plan for `step`. */
export function remember(
  step: Step,
  planned: ReadonlySet<Value>,
  made: Planned,
  { behind, params }: Basis,
): void {
  const kind = kindOf(step);
  const known = plans.get(kind) ?? [];
  if (known.length >= MOST) known.shift();
  const numbers = new Map<Value, number>();
  const number = ({ inputs }: Step): number[] =>
    inputs.map(({ value }) => {
      if (!numbers.has(value)) numbers.set(value, numbers.size);
      return numbers.get(value) as number;
    });
  const inputs = number(step);
  const guards: Guard[] = [];
  // The map grows on the way, and goes on with what is new.
  for (const value of numbers.keys()) {
    const maker = openStep(value, planned);
    guards.push({
      kind: maker === undefined ? 0 : kindOf(maker),
      readers: value.readers,
      inlined: value.inlined,
      kept: value.kept,
      inputs: maker !== undefined && behind.has(value) ? number(maker) : undefined,
    });
  }
  const of = (value: Value): number => numbers.get(value) as number;
  known.push({
    inputs,
    guards,
    program: made.program,
    params: params.map((one) => (one === undefined ? -1 : of(one))),
    sources: made.inputs.map(({ value, strides, offset }) => ({
      value: of(value),
      strides,
      offset,
    })),
    strides: made.strides,
    offset: made.offset,
    inlined: made.inlined.map(of),
  });
  plans.set(kind, known);
}
