/** Traces as callers have them: one trace, or cells × time. */
import { badArgument, checkTrace } from "./check.ts";

/** One trace: samples over time. */
export type Trace = ArrayLike<number>;

/** Traces as a list of rows of one length. */
export interface Rows {
  rows: Float64Array[];
  /** True when a single trace was given. */
  single: boolean;
}

/**
 * Copies one trace, or one a cell, to float64.
 *
 * @throws KataError that says what is wrong, by the argument's name
 */
export function rowsOf(traces: Trace | readonly Trace[], name: string = "traces"): Rows {
  if (typeof traces !== "object" || traces === null || !Number.isInteger(traces.length)) {
    throw badArgument(`${name} must be a trace, or a list of traces (cells × time)`);
  }
  if (traces.length === 0) throw badArgument(`${name} is empty, expected at least one sample`);
  const [first] = [traces[0]];
  if (typeof first !== "object" || first === null) {
    checkTrace(traces as Trace, name);
    return { rows: [Float64Array.from(traces as Trace)], single: true };
  }
  const { length } = first;
  const rows = Array.from(traces as readonly Trace[], (row, cell) => {
    if (typeof row !== "object" || row === null || typeof row[0] === "object") {
      throw badArgument(`${name} must have one or two dimensions (cells × time)`);
    }
    checkTrace(row, `${name}, cell ${cell},`);
    if (row.length !== length) {
      throw badArgument(
        `${name} must be of one length: cell ${cell} has ${row.length} samples, cell 0 has ${length}`,
      );
    }
    return Float64Array.from(row);
  });
  return { rows, single: false };
}
