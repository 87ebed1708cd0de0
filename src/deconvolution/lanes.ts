/**
 * FISTA on several cells at once, as a WebAssembly SIMD program: each lane of
 * the vectors is a cell with a momentum, an objective and an end of its own.
 * The recursion runs through time sample by sample, so cells, not samples,
 * fill the vectors, and several vectors hide the latency of its chain.
 *
 * Lanes are float64. In float32 the objective is noisier than the change that
 * ends the iterations, so cells stop and restart at other iterations, and
 * solutions were 1e-3 off; for half the speed they are the same to 1e-9.
 *
 * An iteration is three walks: forward for the residual at y, backward for the
 * gradient and the new x, forward for the objective. y is computed twice rather
 * than stored. x is kept multiplied by the recursion's gain, which takes the
 * gain out of the walks.
 */
import {
  add,
  assemble,
  bump,
  type Code,
  doubles,
  get,
  int,
  loop,
  type Local,
  Locals,
  memory,
  op,
  set,
  simd,
} from "../tensor/cpu/wasm.ts";

const VECTORS = 2;
/** Cells of a group. */
export const LANES: number = 2 * VECTORS;
/** Bytes of a group's samples at one moment. */
const STRIDE = 16 * VECTORS;
/** As in `fista`: the iterations before a small change ends it. */
const SETTLE = 5;
/**
 * What stands for no spike: a decaying response would else end in denormals,
 * which are a hundred times slower, and so would its square.
 */
export const FLOOR = 1e-60;

/** Bytes of the job's words: samples, iterations of a call, the groups' address. Then constants. */
export const JOB = { samples: 0, iterations: 4, groups: 8, constants: 16, bytes: 80 } as const;
/** The constants, each a vector: the recursion's roots, then what ends an iteration. */
const CONSTANT = { r: 16, d: 32, tolerance: 48, most: 64 } as const;
/** A group's addresses, and after them its vectors. */
export const GROUP = { trace: 0, x: 4, before: 8, residual: 12, vectors: 16 } as const;
/** What each vector of a group holds, by its byte. */
export const STATE = {
  step: 0,
  threshold: 16,
  momentum: 32,
  t: 48,
  iterations: 64,
  /** All bits where the cell still runs. */
  active: 80,
  /** What is added to the objective that a change is measured by. */
  tiny: 96,
  /** What a unit of x costs. */
  cost: 112,
  objective: 128,
  converged: 144,
  bytes: 160,
} as const;
export const GROUP_BYTES: number = GROUP.vectors + VECTORS * STATE.bytes;

type Walked = "trace" | "x" | "before" | "residual";

const plus = (a: Code, b: Code): Code => simd("f64x2.add", a, b);
const minus = (a: Code, b: Code): Code => simd("f64x2.sub", a, b);
const times = (a: Code, b: Code): Code => simd("f64x2.mul", a, b);

/** The module: `run(job, group, _)` takes a group some iterations further. */
export function lanesModule(limits: { shared: boolean; pages: number }): Uint8Array<ArrayBuffer> {
  const locals = new Locals();
  const number = (): Local => locals.take("i32");
  const vector = (): Local => locals.take("v128");
  const [group, rounds, left, swap] = [number(), number(), number(), number()];
  const pointers = { trace: number(), x: number(), before: number(), residual: number() };
  const [r, d, floor] = [vector(), vector(), vector()];
  const vectors = Array.from({ length: VECTORS }, (_, index) => ({
    index,
    fast: vector(),
    slow: vector(),
    /** The sample that enters the recursion next. */
    held: vector(),
    momentum: vector(),
    step: vector(),
    threshold: vector(),
    squares: vector(),
    sum: vector(),
  }));
  type Vector = (typeof vectors)[number];

  const job = get(0);
  const word = (at: number): Code => memory("i32.load", at, job);
  const each = (body: (v: Vector) => Code): Code => vectors.flatMap((v) => [...body(v)]);
  const load = (walked: Walked, { index }: Vector): Code =>
    memory("v128.load", 16 * index, get(pointers[walked]));
  const store = (walked: Walked, { index }: Vector, value: Code): Code =>
    memory("v128.store", 16 * index, get(pointers[walked]), value);
  const start = (walked: Walked): Code => memory("i32.load", GROUP[walked], get(group));

  /** Walks all samples: pointers at the first one, or going back from the last. */
  const walk = (step: 1 | -1, over: readonly Walked[], body: (v: Vector) => Code): Code => {
    const last = op("i32.mul", add(word(JOB.samples), int(-1)), int(STRIDE));
    return [
      ...over.flatMap((name) => [
        ...set(pointers[name], step === 1 ? start(name) : add(start(name), last)),
      ]),
      ...each((v) => [v.fast, v.slow, v.held].flatMap((local) => [...set(local, doubles(0))])),
      ...set(left, word(JOB.samples)),
      ...loop(get(left), [
        ...each(body),
        ...over.flatMap((name) => [...bump(pointers[name], int(step * STRIDE))]),
        ...bump(left, int(-1)),
      ]),
    ];
  };
  /** One step of the recursion, which takes in the sample before; `next` is held for the next one. */
  const recur = (v: Vector, next: Code): Code => [
    ...set(v.fast, plus(times(get(r), get(v.fast)), get(v.held))),
    ...set(v.slow, plus(times(get(d), get(v.slow)), get(v.fast))),
    ...set(v.held, next),
  ];
  /** `y = max(0, x + momentum·(x − before))`, the point that the gradient is taken at. */
  const extrapolated = (v: Vector): Code => {
    const ahead = times(get(v.momentum), minus(load("x", v), load("before", v)));
    return simd("f64x2.pmax", plus(load("x", v), ahead), get(floor));
  };
  const field = (name: keyof typeof STATE, { index }: Vector): number =>
    GROUP.vectors + STATE.bytes * index + STATE[name];
  const state = (name: keyof typeof STATE, v: Vector): Code =>
    memory("v128.load", field(name, v), get(group));
  const keep = (name: keyof typeof STATE, v: Vector, value: Code): Code =>
    memory("v128.store", field(name, v), get(group), value);

  const residual = walk(1, ["trace", "x", "before", "residual"], (v) => [
    ...recur(v, extrapolated(v)),
    ...store("residual", v, minus(get(v.slow), load("trace", v))),
  ]);
  const descend = walk(-1, ["x", "before", "residual"], (v) => {
    const moved = minus(minus(extrapolated(v), times(get(v.step), get(v.slow))), get(v.threshold));
    return [
      ...recur(v, load("residual", v)),
      ...store("before", v, simd("f64x2.pmax", moved, get(floor))),
    ];
  });
  // The new x lies where the one before x was.
  const exchange = [
    ...set(swap, start("x")),
    ...memory("i32.store", GROUP.x, get(group), start("before")),
    ...memory("i32.store", GROUP.before, get(group), get(swap)),
  ];
  const measure = walk(1, ["trace", "x"], (v) => [
    ...recur(v, load("x", v)),
    ...set(v.sum, plus(get(v.sum), get(v.held))),
    // The gradient's step has been taken: its local serves for the difference.
    ...set(v.step, minus(get(v.slow), load("trace", v))),
    ...set(v.squares, plus(get(v.squares), times(get(v.step), get(v.step)))),
  ]);
  /** The momentum of the next iteration, and whether there is one. The walks' locals are free. */
  const decide = (v: Vector): Code => {
    const { fast: change, slow: size, held: active, sum: objective, squares: t, step: ended } = v;
    const root = simd("f64x2.sqrt", plus(doubles(1), times(doubles(4), times(get(t), get(t)))));
    const settled = simd(
      "v128.and",
      simd("f64x2.lt", simd("f64x2.abs", get(change)), get(size)),
      simd("f64x2.gt", state("iterations", v), doubles(SETTLE)),
    );
    return [
      ...set(
        objective,
        plus(times(doubles(0.5), get(v.squares)), times(get(objective), state("cost", v))),
      ),
      ...set(active, state("active", v)),
      ...set(change, minus(get(objective), state("objective", v))),
      ...set(
        size,
        times(
          memory("v128.load", CONSTANT.tolerance, job),
          plus(simd("f64x2.abs", state("objective", v)), state("tiny", v)),
        ),
      ),
      ...keep("objective", v, get(objective)),
      ...keep(
        "iterations",
        v,
        plus(state("iterations", v), simd("v128.and", get(active), doubles(1))),
      ),
      // An objective that rose starts the momentum anew.
      ...set(
        t,
        simd(
          "v128.bitselect",
          doubles(1),
          state("t", v),
          simd("f64x2.gt", get(change), doubles(0)),
        ),
      ),
      ...keep("t", v, times(doubles(0.5), plus(doubles(1), root))),
      ...set(ended, settled),
      ...keep(
        "converged",
        v,
        simd("v128.or", state("converged", v), simd("v128.and", get(ended), get(active))),
      ),
      ...set(
        ended,
        simd(
          "v128.or",
          get(ended),
          simd("f64x2.le", memory("v128.load", CONSTANT.most, job), state("iterations", v)),
        ),
      ),
      ...set(active, simd("v128.andnot", get(active), get(ended))),
      ...keep("active", v, get(active)),
      // Without a step, a threshold and a momentum x stays as it is.
      ...keep(
        "momentum",
        v,
        simd("v128.and", simd("f64x2.div", minus(get(t), doubles(1)), state("t", v)), get(active)),
      ),
      ...keep("step", v, simd("v128.and", state("step", v), get(active))),
      ...keep("threshold", v, simd("v128.and", state("threshold", v), get(active))),
    ];
  };
  const running = vectors
    .map((v) => simd("v128.any_true", state("active", v)))
    .reduce((a, b) => add(a, b));
  const some = (value: Code): Code => op("i32.lt_u", int(0), value);
  const body: Code = [
    ...set(group, add(word(JOB.groups), op("i32.mul", get(1), int(GROUP_BYTES)))),
    ...set(r, memory("v128.load", CONSTANT.r, job)),
    ...set(d, memory("v128.load", CONSTANT.d, job)),
    ...set(floor, doubles(FLOOR)),
    ...set(rounds, word(JOB.iterations)),
    ...loop(op("i32.and", some(get(rounds)), some(running)), [
      ...each((v) => [
        ...set(v.momentum, state("momentum", v)),
        ...set(v.step, state("step", v)),
        ...set(v.threshold, state("threshold", v)),
        ...set(v.squares, doubles(0)),
        ...set(v.sum, doubles(0)),
      ]),
      ...residual,
      ...descend,
      ...exchange,
      ...measure,
      ...each(decide),
      ...bump(rounds, int(-1)),
    ]),
  ];
  return assemble(locals, body, limits);
}
