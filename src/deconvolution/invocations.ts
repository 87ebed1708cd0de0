/**
 * FISTA on a WebGPU device: one invocation a cell, many iterations a dispatch.
 * Invocations walk through time together, so samples lie time by cells and
 * neighbours read neighbours. What a cell stopped with goes from dispatch to
 * dispatch beside its samples; reading that little back says when to stop.
 *
 * Values are float32, the only kind there is. The objective is summed in short
 * blocks and kept as the sum of two numbers, since its changes decide when a
 * cell restarts and ends.
 */
import { type Kernel, kernel, type Tensor, tensor, zeros } from "../tensor/index.ts";
import { type Device, currentDevice } from "../tensor/device.ts";
import type { CellResult, Problem, Queue, ScaledCell } from "./batch.ts";

const WORKGROUP = 32;
/** What the samples of a batch may weigh: below the smallest limit of a binding, 128 MiB. */
const BATCH_BYTES = 120e6;
/** x, x before and the residual. */
const SECTIONS = 3;
/** What a cell keeps between dispatches, one array after another. */
const KEPT = {
  t: 0,
  momentum: 1,
  high: 2,
  low: 3,
  iterations: 4,
  active: 5,
  converged: 6,
  count: 7,
};
/** How long a dispatch is to take: long enough to pay, short of what drivers end. */
const DISPATCH_MS = 150;
const MOST_ITERATIONS = 64;
/** How often the solutions of a batch are read: once this share of its cells has ended anew. */
const READS = 16;
const TINY = 1e-10;
/** A first objective that nothing is larger than. */
const HUGE = 3e38;

const SOURCE = /* wgsl */ `
struct Job {
  cells: u32, samples: u32, rounds: u32, r: f32, e: f32, step: f32, tolerance: f32, most: f32,
}
@group(0) @binding(0) var<storage, read> traces: array<f32>;
@group(0) @binding(1) var<storage, read> cost: array<f32>;
@group(0) @binding(2) var<storage, read> samples_in: array<f32>;
@group(0) @binding(3) var<storage, read> kept_in: array<f32>;
@group(0) @binding(4) var<storage, read_write> samples: array<f32>;
@group(0) @binding(5) var<storage, read_write> kept: array<f32>;
@group(0) @binding(6) var<uniform> job: Job;

const BLOCK = 16u;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let cell = id.x;
  let cells = job.cells;
  if (cell >= cells) { return; }
  let section = cells * job.samples;
  var x = 0u;
  var before = section;
  let residual = 2u * section;
  for (var i = cell; i < 2u * section; i += cells) { samples[i] = samples_in[i]; }
  var t = kept_in[${KEPT.t}u * cells + cell];
  var momentum = kept_in[${KEPT.momentum}u * cells + cell];
  var high = kept_in[${KEPT.high}u * cells + cell];
  var low = kept_in[${KEPT.low}u * cells + cell];
  var iterations = kept_in[${KEPT.iterations}u * cells + cell];
  var active_ = kept_in[${KEPT.active}u * cells + cell];
  var converged = kept_in[${KEPT.converged}u * cells + cell];
  let price = cost[cell];
  let tiny = cost[cells + cell];
  let threshold = job.step * price;
  for (var round = 0u; round < job.rounds && active_ != 0.0; round++) {
    var fast = 0.0;
    var slow = 0.0;
    var held = 0.0;
    for (var i = cell; i < section; i += cells) {
      fast = job.r * fast + held;
      // s - (1 - d) s, since 1 - d keeps digits that d has lost.
      slow = (slow - job.e * slow) + fast;
      let now = samples[x + i];
      held = max(0.0, now + momentum * (now - samples[before + i]));
      samples[residual + i] = slow - traces[i];
    }
    fast = 0.0;
    slow = 0.0;
    held = 0.0;
    for (var left = job.samples; left > 0u; left--) {
      let i = (left - 1u) * cells + cell;
      fast = job.r * fast + held;
      slow = (slow - job.e * slow) + fast;
      held = samples[residual + i];
      let now = samples[x + i];
      let ahead = max(0.0, now + momentum * (now - samples[before + i]));
      samples[before + i] = max(0.0, ahead - job.step * slow - threshold);
    }
    let old = x;
    x = before;
    before = old;
    fast = 0.0;
    slow = 0.0;
    held = 0.0;
    var sum = 0.0;
    var rest = 0.0;
    for (var first = 0u; first < job.samples; first += BLOCK) {
      var squares = 0.0;
      var total = 0.0;
      for (var at = first; at < min(first + BLOCK, job.samples); at++) {
        let i = at * cells + cell;
        fast = job.r * fast + held;
        slow = (slow - job.e * slow) + fast;
        held = samples[x + i];
        let difference = slow - traces[i];
        squares += difference * difference;
        total += held;
      }
      let part = 0.5 * squares + price * total;
      let next = sum + part;
      let part_seen = next - sum;
      rest += (sum - (next - part_seen)) + (part - part_seen);
      sum = next;
    }
    iterations += 1.0;
    let change = (sum - high) + (rest - low);
    if (change > 0.0) { t = 1.0; }
    let next_t = 0.5 * (1.0 + sqrt(1.0 + 4.0 * t * t));
    momentum = (t - 1.0) / next_t;
    t = next_t;
    if (iterations > 5.0 && abs(change) < job.tolerance * (abs(high) + tiny)) {
      converged = 1.0;
      active_ = 0.0;
    }
    if (iterations >= job.most) { active_ = 0.0; }
    high = sum;
    low = rest;
  }
  // Whoever reads the samples expects x in the first section.
  if (x != 0u) {
    for (var i = cell; i < section; i += cells) {
      let now = samples[x + i];
      samples[x + i] = samples[i];
      samples[i] = now;
    }
  }
  kept[${KEPT.t}u * cells + cell] = t;
  kept[${KEPT.momentum}u * cells + cell] = momentum;
  kept[${KEPT.high}u * cells + cell] = high;
  kept[${KEPT.low}u * cells + cell] = low;
  kept[${KEPT.iterations}u * cells + cell] = iterations;
  kept[${KEPT.active}u * cells + cell] = active_;
  kept[${KEPT.converged}u * cells + cell] = converged;
}
`;

let compiled: { device: Device; program: Kernel } | undefined;

/** Compiled once a device. */
function load(): Kernel {
  const device = currentDevice();
  if (compiled?.device !== device) compiled = { device, program: kernel(SOURCE) };
  return compiled.program;
}

/** Runs the queue's cells, as many at once as a binding holds. */
export function* solveInKernel(queue: Queue, problem: Problem): Generator<CellResult[], void> {
  const most = Math.max(1, Math.floor(BATCH_BYTES / (4 * SECTIONS * queue.length)));
  while (queue.left > 0) {
    const cells: ScaledCell[] = [];
    while (cells.length < most) {
      const next = queue.next();
      if (next === undefined) break;
      cells.push(next);
    }
    yield* solve(cells, queue.length, problem);
  }
}

function* solve(
  cells: readonly ScaledCell[],
  length: number,
  { d, r, gain, step, lambda, tolerance, maxIterations }: Problem,
): Generator<CellResult[], void> {
  const program = load();
  const count = cells.length;
  const samples = new Float32Array(length * count);
  const kept = new Float32Array(KEPT.count * count);
  const costs = new Float32Array(2 * count);
  cells.forEach(({ trace, scale }, at) => {
    for (let t = 0; t < length; t++) samples[t * count + at] = (trace[t] ?? 0) * scale;
    kept[KEPT.t * count + at] = 1;
    kept[KEPT.high * count + at] = HUGE;
    kept[KEPT.active * count + at] = 1;
    costs[at] = (lambda * scale) / gain;
    costs[count + at] = TINY * scale * scale;
  });
  const [traces, cost] = [tensor(samples), tensor(costs)];
  let state: Tensor[] = [zeros([SECTIONS * length * count]), tensor(kept)];
  const given = [traces, cost];
  try {
    let rounds = 1;
    const running = new Set(cells.keys());
    while (running.size > 0) {
      const started = performance.now();
      const next = program.run({
        inputs: [...given, ...state],
        outputs: state.map(({ shape }) => ({ shape })),
        uniforms: [
          count,
          length,
          rounds,
          ...[r, 1 - d, step * gain * gain, tolerance, maxIterations].map((f32) => ({ f32 })),
        ],
        workgroups: [Math.ceil(count / WORKGROUP)],
      });
      for (const old of state) old.dispose();
      state = next;
      const values = state[1]?.toTypedArray() ?? [];
      const ms = Math.max(performance.now() - started, 1);
      const wanted = Math.round((rounds * DISPATCH_MS) / ms);
      rounds = Math.max(1, Math.min(MOST_ITERATIONS, 2 * rounds, wanted));
      const ended = [...running].filter((at) => values[KEPT.active * count + at] === 0);
      if (ended.length < Math.min(running.size, count / READS)) yield [];
      else {
        for (const at of ended) running.delete(at);
        const x = state[0]?.narrow(0, 0, length * count).toTypedArray() ?? [];
        yield ended.map((at): CellResult => {
          const { cell = -1, scale = 1 } = cells[at] ?? {};
          const factor = 1 / (gain * scale);
          return {
            cell,
            solution: Float32Array.from({ length }, (_, t) => (x[t * count + at] ?? 0) * factor),
            iterations: Number(values[KEPT.iterations * count + at]),
            converged: values[KEPT.converged * count + at] === 1,
          };
        });
      }
    }
  } finally {
    for (const one of [...given, ...state]) one.dispose();
  }
}
