/**
 * Runs as lists of events, with fixed times and ids: every way in which a run
 * can end, the ugly ones above all. All reporters are held against them.
 */
import {
  EVENT_SCHEMA,
  type EventPayload,
  type Failure,
  type KataEvent,
  type KataKey,
  type PlannedKata,
  type Reason,
  type RunOptions,
  type Status,
} from "../../src/events/event.ts";
import { createStamper } from "../../src/events/stamp.ts";

const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** Builds one run; each event is a few milliseconds after the one before. */
export class RunBuilder {
  readonly events: KataEvent[] = [];
  #now = START;
  #tests = 0;
  readonly #stamper = createStamper({
    now: () => this.#now,
    random: (bytes) => bytes.fill(7),
  });

  add(payload: EventPayload, after = 3): this {
    this.#now += after;
    this.events.push(this.#stamper.stamp(payload));
    return this;
  }

  start(plan: PlannedKata[], options: Partial<RunOptions> = {}): this {
    return this.add({
      event: "RunStarted",
      schema: EVENT_SCHEMA,
      kata_version: "0.1.0",
      seed: 42,
      options: {
        reference: false,
        device: "auto",
        timeout_ms: 5000,
        filter: null,
        bail: false,
        jobs: 1,
        ...options,
      },
      plan,
    });
  }

  kata(key: KataKey, device = "cpu"): this {
    return this.add({ event: "KataStarted", ...keyPart(key), device });
  }

  /** Found, started and, with a status, finished; the id is `t1`, `t2`, … */
  test(
    key: KataKey,
    name: string,
    end?: { status: Status; reason?: Reason; failure?: Failure; ms?: number; printed?: string },
  ): this {
    const test_id = `t${++this.#tests}`;
    const line = 4 * this.#tests;
    this.add({ event: "TestFound", ...keyPart(key), test_id, name, file: "kata.test.ts", line }, 0);
    this.add({ event: "TestStarted", test_id, attempt: 1 }, 1);
    if (end === undefined) return this;
    const { ms = 2.345, printed, ...rest } = end;
    if (printed !== undefined) {
      this.add({ event: "Output", ...keyPart(key), stream: "stdout", text: printed, test_id }, 0);
    }
    return this.add({ event: "TestFinished", test_id, duration_ms: ms, attempt: 1, ...rest }, ms);
  }

  end(key: KataKey, left: { todos?: number; unfilled?: number } = {}, ms = 18.4): this {
    const { todos = 0, unfilled = 0 } = left;
    return this.add({
      event: "KataFinished",
      ...keyPart(key),
      duration_ms: ms,
      todos,
      filled: unfilled === 0,
      unfilled,
    });
  }

  finish(
    next: { kata_id: string; name: string } | null = null,
    { interrupted = false, ms = 1234.5 }: { interrupted?: boolean; ms?: number } = {},
  ): this {
    return this.add({ event: "RunFinished", interrupted, duration_ms: ms, next });
  }
}

const softmax = planned("softmax", "Softmax", "activations");
const attention = planned("attention", "Attention", "transformers");
const attentionPy: PlannedKata = { ...attention, lang: "py", file: "attention.py" };
const wide: PlannedKata = { ...softmax, variation: "wide" };

const diffFailure: Failure = {
  message:
    "expect(received).toEqual(expected)\n\n- Expected  - 1\n+ Received  + 1\n\n  {\n    name: 'a',\n-   rows: 3,\n+   rows: 4,\n    columns: 2,\n  }",
  type: "AssertionError",
  expected: "{\n  name: 'a',\n  rows: 3,\n  columns: 2,\n}",
  received: "{\n  name: 'a',\n  rows: 4,\n  columns: 2,\n}",
  frame: {
    file: "softmax.ts",
    line: 12,
    column: 10,
    lines: [
      { number: 10, text: "export function describe(t: Tensor) {" },
      { number: 11, text: "\tconst [rows = 0, columns = 0] = t.shape;" },
      { number: 12, text: "\treturn { name: t.name, rows: rows + 1, columns };" },
      { number: 13, text: "}" },
    ],
    solution: true,
  },
};

const valueFailure: Failure = {
  message: "expect(received).toBe(expected)\n\nExpected: 0.25\nReceived: 0.5",
  type: "AssertionError",
  expected: "0.25",
  received: "0.5",
  frame: {
    file: "kata.test.ts",
    line: 8,
    column: 25,
    lines: [
      { number: 7, text: "test('sums to one', () => {" },
      { number: 8, text: "  expect(softmax(t).item()).toBe(0.25);" },
      { number: 9, text: "});" },
    ],
    solution: false,
  },
};

const notImplemented: Failure = {
  message: "not implemented",
  type: "Error",
  frame: {
    file: "softmax.ts",
    line: 14,
    column: 9,
    lines: [
      { number: 13, text: "  // TODO: shift by the largest score" },
      { number: 14, text: '  throw new Error("not implemented");' },
    ],
    solution: true,
  },
};

const row = (from: number): number[] => Array.from({ length: 6 }, (_, at) => (from * 6 + at) / 8);
const grid = [...row(0), ...row(1), ...row(2), ...row(3)];

const tensorFailure: Failure = {
  message:
    "weights values don't match.\nExpected: tensor of shape [4, 6]\nGot: tensor of shape [4, 6]\nLargest absolute difference: 0.5 at [2, 3]\nLargest relative difference: 0.266667 at [2, 3]",
  type: "AssertionError",
  tensors: [
    { role: "expected", shape: [4, 6], dtype: "float32", values: grid, capped: false },
    {
      role: "received",
      shape: [4, 6],
      dtype: "float32",
      values: grid.map((value, at) => (at === 15 ? value + 0.5 : at === 16 ? "NaN" : value)),
      capped: false,
    },
  ],
  first_difference: [2, 3],
  frame: {
    file: "attention.ts",
    line: 3,
    column: 19,
    lines: [
      { number: 2, text: "  const scores = q.matmul(k.transpose());" },
      { number: 3, text: "  return scores.softmax(0);" },
      { number: 4, text: "}" },
    ],
    solution: true,
  },
};

const shapeFailure: Failure = {
  message: "output has wrong shape.\nExpected: [2, 3]\nGot: [3, 2]",
  type: "AssertionError",
  expected: "[2, 3]",
  received: "[3, 2]",
  tensors: [
    {
      role: "expected",
      shape: [2, 3],
      dtype: "float32",
      values: [1, 2, 3, 4, 5, 6],
      capped: false,
    },
    { role: "received", shape: [3, 2], dtype: "int32", values: [1, 2, 3, 4, 5, 6], capped: false },
  ],
};

const ugly = {
  name: '\x1b[31mred\x1b[0m & <b>"quoted"</b> # not a comment \\ back]]>slash\x07\u202eabc 漢字 👩‍👩‍👧 \ud83d',
  line: "two\nlines\tand\r\nthree\x00",
  // A name that, unescaped, would be a directive.
  skip: "reads # SKIP as text # TODO",
  message: `]]> ends a section\n\x1b[2J\x1b[1;1Hcleared \x1b]0;title\x07screen \x9b31m c1 \x1b[open\nlone \udc00 and ￾\n...\n  ---\nnot ok 1 - forged`,
  output:
    "progress 10%\rprogress 100%\n\x1b[32mgreen\x1b[0m ]]> <tag attr='x'> & \x08\x0b 👍🏽\n1..0 # SKIP forged\nBail out! forged\n",
};

/** Every run, by the name of its golden files. */
export const runs: Readonly<Record<string, KataEvent[]>> = {
  pass: new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "passed" })
    .test(softmax, "rows › sum to one", { status: "passed", ms: 123.4, printed: "shape 2 3\n" })
    .test(softmax, "is stable for large values", { status: "passed" })
    .end(softmax)
    .finish({ kata_id: "attention", name: "Attention" }).events,

  assertion: new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "passed" })
    .test(softmax, "describes itself", {
      status: "failed",
      reason: "assertion",
      failure: diffFailure,
      printed: "rows are 4\n",
    })
    .test(softmax, "sums to one", { status: "failed", reason: "assertion", failure: valueFailure })
    .end(softmax, { todos: 2, unfilled: 2 })
    .finish().events,

  tensor: new RunBuilder()
    .start([attention], { device: "software" })
    .kata(attention, "software")
    .test(attention, "weights", { status: "failed", reason: "assertion", failure: tensorFailure })
    .test(attention, "output", { status: "failed", reason: "assertion", failure: shapeFailure })
    .end(attention)
    .finish().events,

  "load-error": new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .add({ event: "Output", ...keyPart(softmax), stream: "stderr", text: "bundling softmax.ts\n" })
    .test(softmax, "(load)", {
      status: "failed",
      reason: "error",
      failure: {
        message: 'Expected ")" but found "{"',
        type: "SyntaxError",
        frame: {
          file: "softmax.ts",
          line: 1,
          column: 34,
          lines: [
            { number: 1, text: "export function softmax(t: Tensor {" },
            { number: 2, text: "  return t;" },
          ],
          solution: true,
        },
      },
    })
    .end(softmax, { todos: 1, unfilled: 1 })
    .finish().events,

  "missing-export": new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "(load)", {
      status: "failed",
      reason: "error",
      failure: {
        message: 'softmax.ts does not export "softmax": it exports softMax; did you mean that one?',
        type: "SyntaxError",
        stack: "    at link (softmax.ts)\n    at kata.test.ts:2:10",
      },
    })
    .end(softmax)
    .finish().events,

  exit: new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "passed" })
    .test(softmax, "sums to one")
    .test(softmax, "(exit)", {
      status: "failed",
      reason: "error",
      failure: { message: "The process ended with code 0 while a test ran", type: "" },
    })
    .end(softmax)
    .finish().events,

  template: new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "keeps the shape", {
      status: "failed",
      reason: "error",
      failure: notImplemented,
    })
    .test(softmax, "sums to one", {
      status: "failed",
      reason: "error",
      failure: notImplemented,
      ms: 12,
    })
    .test(softmax, "is stable", { status: "failed", reason: "error", failure: notImplemented })
    .test(softmax, "throws for no axis", { status: "passed" })
    .test(softmax, "throws for an axis too many", {
      status: "failed",
      reason: "error",
      failure: notImplemented,
    })
    .test(softmax, "sums to one in columns", {
      status: "failed",
      reason: "assertion",
      failure: valueFailure,
    })
    .end(softmax, { todos: 1, unfilled: 1 })
    .finish().events,

  timeout: new RunBuilder()
    .start([softmax, attention])
    .kata(softmax)
    .test(softmax, "ends", {
      status: "failed",
      reason: "timeout",
      ms: 5003,
      failure: { message: "The test took longer than 5000 ms", type: "" },
      printed: Array.from({ length: 400 }, (_, at) => `step ${at}\n`).join(""),
    })
    .end(softmax, {}, 5100)
    .kata(attention)
    .test(attention, "keeps the shape", { status: "passed" })
    .end(attention)
    .finish(null, { ms: 5400 }).events,

  setup: new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "(setup)", {
      status: "failed",
      reason: "setup",
      failure: {
        message: 'no adapter for "gpu"',
        type: "Error",
        stack: "    at beforeAll (kata.test.ts:3:1)",
      },
    })
    .test(softmax, "keeps the shape", { status: "skipped", reason: "bail" })
    .end(softmax)
    .finish().events,

  skips: new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "passed" })
    .test(softmax, "slow path", { status: "skipped", reason: "skip" })
    .test(softmax, "half precision", { status: "skipped", reason: "todo" })
    .test(softmax, "left out", { status: "skipped", reason: "only" })
    .test(softmax, "needs a GPU", {
      status: "skipped",
      reason: "device",
      failure: { message: "needs a WebGPU device: run with --device software", type: "" },
    })
    .end(softmax)
    .finish().events,

  "all-skipped": new RunBuilder()
    .start([softmax, attention], { filter: "nothing" })
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "skipped", reason: "filter" })
    .end(softmax, {}, 0.2)
    .kata(attention)
    .test(attention, "weights", { status: "skipped", reason: "filter" })
    .end(attention, {}, 0.2)
    .finish(null, { ms: 40 }).events,

  interrupted: new RunBuilder()
    .start([softmax, attention, wide])
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "passed" })
    .end(softmax)
    .kata(attention)
    .test(attention, "keeps the shape", { status: "passed" })
    .test(attention, "weights")
    .finish(null, { interrupted: true }).events,

  nothing: new RunBuilder().start([]).finish(null, { ms: 3 }).events,

  several: new RunBuilder()
    .start([softmax, wide, attention, attentionPy])
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "passed" })
    .test(softmax, "sums to one", { status: "passed" })
    .end(softmax)
    .kata(wide)
    .kata(attention, "software")
    .test(wide, "keeps the shape", { status: "passed" })
    .test(attention, "weights", { status: "failed", reason: "assertion", failure: tensorFailure })
    .test(wide, "sums to one", { status: "failed", reason: "assertion", failure: valueFailure })
    .end(attention)
    .end(wide)
    .kata(attentionPy)
    .test(attentionPy, "test_shape[2-3]", { status: "passed" })
    .add({ event: "PluginFailed", plugin: "./mine.ts", message: "TypeError: x is undefined" })
    .test(attentionPy, "test_loop", {
      status: "failed",
      reason: "rule",
      failure: {
        message: 'rule "forbid": for is not allowed here',
        type: "",
        frame: {
          file: "attention.py",
          line: 2,
          column: 5,
          lines: [
            { number: 1, text: "def attention(q, k, v):" },
            { number: 2, text: "    for row in q:" },
          ],
          solution: true,
        },
      },
    })
    .end(attentionPy)
    .add({
      event: "ExtensionFinished",
      id: "style",
      slot: "after-run",
      outcome: "warned",
      message: "3 lines are longer than 100 characters",
    })
    .add({
      event: "ExtensionFinished",
      id: "coach",
      slot: "after-run",
      outcome: "suggested",
      message: "read about broadcasting: kata help broadcasting",
    })
    .finish({ kata_id: "layer_norm", name: "Layer norm" }).events,

  hostile: new RunBuilder()
    .start([{ ...softmax, name: ugly.name }])
    .kata(softmax)
    .add({ event: "Output", ...keyPart(softmax), stream: "stderr", text: ugly.output })
    .test(softmax, ugly.name, { status: "passed" })
    .test(softmax, ugly.line, {
      status: "failed",
      reason: "error",
      failure: {
        message: ugly.message,
        type: "Error\x1b[31m",
        expected: "\x1b[1mtrue\x1b[0m",
        received: "fals\u0000e",
      },
      printed: ugly.output,
    })
    .test(softmax, ugly.skip, { status: "passed" })
    .test(softmax, " ", {
      status: "skipped",
      reason: "skip",
      failure: { message: "a # reason\nof two", type: "" },
    })
    .test(softmax, "x".repeat(300), {
      status: "failed",
      reason: "assertion",
      failure: { message: `start ${"漢字 emoji 👩‍👩‍👧 and text ".repeat(5000)}end`, type: "" },
    })
    .end(softmax)
    .finish().events,

  // The process was killed: the last thing seen is a test's start.
  "broken-off": new RunBuilder()
    .start([softmax, attention])
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "passed" })
    .test(softmax, "sums to one").events,

  // The project's own steps: in katas and beside them, with lines, with an answer of several.
  extensions: new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "keeps the shape", {
      status: "failed",
      reason: "assertion",
      failure: valueFailure,
    })
    .end(softmax)
    .add({
      event: "ExtensionFinished",
      id: "mentor",
      slot: "on:failure",
      mode: "agentic",
      outcome: "suggested",
      message: "Which axis is summed?\n\nPrint the shapes first.",
      ...keyPart(softmax),
      duration_ms: 1200,
      stdout: "Which axis is summed?\n\nPrint the shapes first.\n",
      stderr: "",
      output_cut: 0,
    })
    .add({
      event: "ExtensionFinished",
      id: "lint",
      slot: "gate",
      mode: "deterministic",
      outcome: "failed",
      message: "1 problem",
      duration_ms: 12,
      stdout: "softmax.ts:3: a loop\n1 problem\n",
      stderr: "",
      output_cut: 0,
      anchors: [{ file: "softmax.ts", line: 3, message: "a loop" }],
    })
    .add({
      event: "ExtensionFinished",
      id: "judge",
      slot: "gate",
      mode: "agentic",
      outcome: "skipped",
      message: "no agent is configured ([agents.default] in kata.toml)",
    })
    .finish().events,

  gate: new RunBuilder()
    .start([softmax])
    .kata(softmax)
    .test(softmax, "keeps the shape", { status: "passed" })
    .end(softmax)
    .add({ event: "KatasFinished" })
    .add({
      event: "ExtensionFinished",
      id: "no-loops",
      slot: "gate",
      outcome: "failed",
      message: "a loop in line 3",
    })
    .finish().events,
};

function planned(kata_id: string, name: string, category: string): PlannedKata {
  return {
    kata_id,
    lang: "ts",
    variation: "",
    name,
    category,
    difficulty: 2,
    dependencies: [],
    file: `${kata_id}.ts`,
  };
}

function keyPart({ kata_id, lang, variation }: KataKey): KataKey {
  return { kata_id, lang, variation };
}
