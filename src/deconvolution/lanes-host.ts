/**
 * Feeds the SIMD program: cells wait for lanes, and a lane whose cell is done
 * takes the next one, so that vectors stay full although cells need different
 * numbers of iterations. Groups are shared by two threads.
 */
import { KataError, EXIT } from "../errors.ts";
import { Heap } from "../tensor/cpu/heap.ts";
import { type Kernel, Threads } from "../tensor/cpu/threads.ts";
import type { CellResult, Problem, Queue, ScaledCell } from "./batch.ts";
import { FLOOR, GROUP, GROUP_BYTES, JOB, LANES, lanesModule, STATE } from "./lanes.ts";

/** Groups in flight: two a thread, so that neither waits long for the other. */
const GROUPS = 4;
/** What all groups together may weigh, as long as one fits: a heap ends at 4 GiB. */
const MOST_BYTES = 2 ** 30;
/** Samples times lanes times iterations of one call: about a millisecond. */
const CALL_SAMPLES = 300_000;
/** The trace, x, x before and the residual. */
const BLOCKS = 4;
/** The most iterations of a call; a lane that is done waits for its end. */
const CALL_ITERATIONS = 32;
/** As in `fista`, before scaling. */
const TINY = 1e-10;

interface Program {
  heap: Heap;
  threads: Threads;
  kernel: Kernel;
}

let program: Program | undefined;

/** Compiled once; the heap is kept, since it cannot be given back. */
function load(): Program {
  if (program !== undefined) return program;
  const heap = Heap.open();
  if (heap === undefined) throw outOfMemory(1);
  const threads = new Threads(heap);
  const kernel = threads.load(lanesModule(heap.limits));
  program = { heap, threads, kernel };
  return program;
}

/** One group: its cells by lane, and the address of its state. */
interface Group {
  readonly cells: (ScaledCell | undefined)[];
  readonly state: number;
}

/** Runs the queue's cells in lanes. */
export function* solveInLanes(queue: Queue, problem: Problem): Generator<CellResult[], void> {
  const { heap, threads, kernel } = load();
  const { length } = queue;
  const blockBytes = length * LANES * 8;
  const room = Math.floor(MOST_BYTES / (BLOCKS * blockBytes));
  const count = Math.max(1, Math.min(GROUPS, room, Math.ceil(queue.left / LANES)));
  const blocks: { at: number; bytes: number }[] = [];
  const allocate = (bytes: number): number => {
    const at = heap.allocate(bytes);
    if (at === undefined) throw outOfMemory(length);
    blocks.push({ at, bytes });
    return at;
  };
  try {
    const job = allocate(JOB.bytes);
    const states = allocate(GROUP_BYTES * count);
    const groups = Array.from({ length: count }, (_, index): Group => {
      const state = states + GROUP_BYTES * index;
      const places = Array.from({ length: BLOCKS }, () => allocate(blockBytes));
      heap.words.fill(0, state >>> 2, (state + GROUP_BYTES) >>> 2);
      for (const at of places) heap.words.fill(0, at >>> 2, (at + blockBytes) >>> 2);
      heap.words.set(places, state >>> 2);
      return { cells: Array<undefined>(LANES).fill(undefined), state };
    });
    const iterations = Math.ceil(CALL_SAMPLES / (length * LANES));
    heap.words[(job + JOB.samples) >>> 2] = length;
    heap.words[(job + JOB.iterations) >>> 2] = Math.min(CALL_ITERATIONS, iterations);
    heap.words[(job + JOB.groups) >>> 2] = states;
    const { r, d, tolerance, maxIterations } = problem;
    const constants = [r, d, tolerance, maxIterations].flatMap((value) => [value, value]);
    doublesOf(heap).set(constants, (job + JOB.constants) >>> 3);
    for (;;) {
      const finished: CellResult[] = [];
      let running = false;
      for (const group of groups) {
        for (let lane = 0; lane < LANES; lane++) {
          const done = takeOut(heap, group, lane, length, problem);
          if (done !== undefined) finished.push(done);
          if (group.cells[lane] === undefined) putIn(heap, group, lane, queue, problem);
          running ||= group.cells[lane] !== undefined;
        }
      }
      if (finished.length > 0) yield finished;
      if (!running) return;
      threads.run(kernel, job, count);
      yield [];
    }
  } finally {
    for (const { at, bytes } of blocks) heap.release(at, bytes);
  }
}

/** The heap as float64; asked for anew after each allocation. */
function doublesOf({ memory }: Heap): Float64Array {
  return new Float64Array(memory.buffer);
}

/** Where a lane's own value lies, in float64 words. */
function placeOf(group: Group, lane: number, name: keyof typeof STATE): number {
  const vector = group.state + GROUP.vectors + STATE.bytes * (lane >> 1);
  return ((vector + STATE[name]) >>> 3) + (lane & 1);
}

/** Where a lane's samples begin, in float64 words. */
function samplesOf(heap: Heap, group: Group, lane: number, name: "trace" | "x" | "before"): number {
  return ((heap.words[(group.state + GROUP[name]) >>> 2] ?? 0) >>> 3) + lane;
}

/** The result of a lane whose cell is done; the lane is free then. */
function takeOut(
  heap: Heap,
  group: Group,
  lane: number,
  length: number,
  { gain }: Problem,
): CellResult | undefined {
  const at = group.cells[lane];
  const flag = (name: "active" | "converged"): boolean =>
    heap.words[2 * placeOf(group, lane, name)] !== 0;
  if (at === undefined || flag("active")) return undefined;
  group.cells[lane] = undefined;
  const values = doublesOf(heap);
  const x = samplesOf(heap, group, lane, "x");
  const solution = new Float32Array(length);
  const factor = 1 / (gain * at.scale);
  for (let t = 0; t < length; t++) {
    const value = values[x + t * LANES] ?? 0;
    if (value > FLOOR) solution[t] = value * factor;
  }
  const iterations = values[placeOf(group, lane, "iterations")] ?? 0;
  return { cell: at.cell, solution, iterations, converged: flag("converged") };
}

/** Puts the queue's next cell, if there is one, into a free lane. */
function putIn(
  heap: Heap,
  group: Group,
  lane: number,
  queue: Queue,
  { step, lambda, gain }: Problem,
): void {
  const next = queue.next();
  if (next === undefined) return;
  group.cells[lane] = next;
  const { trace, scale } = next;
  const values = doublesOf(heap);
  const z = samplesOf(heap, group, lane, "trace");
  const x = samplesOf(heap, group, lane, "x");
  const before = samplesOf(heap, group, lane, "before");
  for (let t = 0; t < queue.length; t++) {
    values[z + t * LANES] = (trace[t] ?? 0) * scale;
    values[x + t * LANES] = FLOOR;
    values[before + t * LANES] = FLOOR;
  }
  const state = {
    step: step * gain * gain,
    threshold: step * lambda * scale * gain,
    momentum: 0,
    t: 1,
    iterations: 0,
    tiny: TINY * scale * scale,
    cost: (lambda * scale) / gain,
    // Nothing has risen or settled in the first iteration.
    objective: Infinity,
    converged: 0,
  };
  for (const name of Object.keys(state) as (keyof typeof state)[]) {
    values[placeOf(group, lane, name)] = state[name];
  }
  heap.words.fill(-1, 2 * placeOf(group, lane, "active"), 2 * placeOf(group, lane, "active") + 2);
}

function outOfMemory(length: number): KataError {
  return new KataError(
    "out-of-memory",
    `Cannot hold ${LANES} traces of ${length} samples in memory`,
    { hint: "cut the traces into shorter ones", exit: EXIT.usage },
  );
}
