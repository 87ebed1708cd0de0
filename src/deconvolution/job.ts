/** A file of traces to a file of spikes: resumable, with progress, and a picture if one is wanted. */
import { realpathSync, renameSync, writeFileSync } from "node:fs";
import { KataError } from "../errors.ts";
import { configureDevice, type DeviceOptions } from "../tensor/device.ts";
import { deconvolveCells } from "./batch.ts";
import { type KernelTimes, type Naming } from "./check.ts";
import { type CellNote, openJournal } from "./journal.ts";
import { recursion, recursionOf } from "./operators.ts";
import { type PlottedCell, plotCells } from "./plot.ts";
import { openTraces, type TraceFile } from "./trace-file.ts";

/** How long signals may wait to be heard; each look lets the other thread idle. */
const HEAR_MS = 20;

/** What a job does. Numbers have been checked. */
export interface JobRequest extends KernelTimes {
  /** A `.npy` file of one trace, or of cells × time. */
  input: string;
  /** The `.npy` file to write: float32, cells × time. */
  output: string;
  lambda: number;
  tolerance: number;
  maxIterations: number;
  device: DeviceOptions;
  /** Cells to draw; none when empty. */
  plot: readonly number[];
  /** Begins anew, whatever is there. */
  force: boolean;
  /** What its parameters are called in messages. */
  naming: Naming;
  /** Ends the job; what was finished is kept. */
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
}

export interface JobSummary {
  cells: number;
  /** Samples of each. */
  length: number;
  /** Cells that are finished, by this call or an earlier one. */
  finished: number;
  /** Cells that an earlier call had finished. */
  resumed: number;
  /** Of all finished cells. */
  iterations: number;
  /** Cells that `maxIterations` ended. */
  cut: number;
  /** The picture that was written. */
  picture?: string;
}

/**
 * Runs the job, or goes on with one that was interrupted.
 *
 * @throws KataError when a file or an argument is wrong; what was finished is kept
 */
export async function deconvolveFile(request: JobRequest): Promise<JobSummary> {
  const { input, output, tauRise, tauDecay, fs, plot, naming, signal, onProgress } = request;
  const { lambda, tolerance, maxIterations } = request;
  const traces = openTraces(input);
  try {
    const { cells, length } = traces;
    const outside = plot.find((cell) => cell >= cells);
    if (outside !== undefined) {
      throw new KataError(
        "bad-value",
        `Cannot plot cell ${outside}: ${input} has ${cells} ${cells === 1 ? "cell" : "cells"}, counted from 0`,
      );
    }
    if (isSame(input, output)) {
      throw new KataError("output-is-input", `Cannot write ${output}: the traces are read from it`);
    }
    const { device } = request.device;
    const numbers = { tauRise, tauDecay, fs, lambda, tolerance, maxIterations, device };
    const parameters = {
      "traces with SHA-256": traces.digest(),
      ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [naming(name), value])),
    };
    const { force } = request;
    const journal = openJournal({ path: output, cells, length, parameters, force });
    const notes = new Map<number, CellNote>(journal.earlier.map((note) => [note.cell, note]));
    const resumed = notes.size;
    try {
      configureDevice(request.device);
      const left = Array.from({ length: cells }, (_, cell) => cell).filter(
        (cell) => !notes.has(cell),
      );
      const source = { cells: left, length, read: traces.read };
      onProgress(notes.size, cells);
      let heard = performance.now();
      for (const finished of deconvolveCells(source, { ...numbers })) {
        if (finished.length > 0) journal.add(finished);
        for (const note of finished) notes.set(note.cell, note);
        onProgress(notes.size, cells);
        if (performance.now() - heard > HEAR_MS) {
          await new Promise((resume) => setImmediate(resume));
          heard = performance.now();
        }
        if (signal.aborted) break;
      }
      if (notes.size === cells) journal.finish();
    } finally {
      journal.close();
    }
    const all = [...notes.values()];
    const summary = {
      cells,
      length,
      finished: notes.size,
      resumed,
      iterations: all.reduce((sum, note) => sum + note.iterations, 0),
      cut: all.filter((note) => !note.converged).length,
    };
    if (plot.length === 0 || notes.size < cells) return summary;
    return { ...summary, picture: draw(request, traces, notes) };
  } finally {
    traces.close();
  }
}

/** Writes the picture beside the result. */
function draw(
  { output, plot, fs, tauRise, tauDecay }: JobRequest,
  traces: TraceFile,
  notes: ReadonlyMap<number, CellNote>,
): string {
  const spikes = openTraces(output);
  try {
    const { forward } = recursion(recursionOf(tauRise, tauDecay, fs));
    const cells = plot.map((cell): PlottedCell => {
      const solution = spikes.read(cell);
      const reconvolution = new Float64Array(solution.length);
      forward(solution, reconvolution);
      const iterations = notes.get(cell)?.iterations ?? 0;
      const title = `cell ${cell} (${iterations} iterations)`;
      return { title, trace: traces.read(cell), reconvolution, spikes: solution };
    });
    const picture = `${output.replace(/\.npy$/, "")}.svg`;
    writeFileSync(`${picture}.${process.pid}`, plotCells(cells, fs));
    renameSync(`${picture}.${process.pid}`, picture);
    return picture;
  } finally {
    spikes.close();
  }
}

function isSame(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}
