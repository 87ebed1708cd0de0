import { describe, expect, test } from "bun:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { cpuTime } from "../cpu-time.ts";
import { TENSOR_VALUES_CAP, type Failure, type KataEvent } from "../../src/events/event.ts";
import { cutText, failureText } from "../../src/events/failure-text.ts";
import { readFailure } from "../../src/events/failure.ts";
import { Tally } from "../../src/events/verdict.ts";
import eventsSchema from "../../src/help/schemas/events.json";
import { goldens, render } from "../golden/render.ts";
import { RunBuilder, runs } from "../golden/runs.ts";

const tensor = {
  role: "expected",
  shape: [2],
  dtype: "float32",
  values: [1, "NaN"],
  capped: false,
} as const;
const frame = {
  file: "a.ts",
  line: 1,
  column: 2,
  lines: [{ number: 1, text: "x" }],
  solution: true,
};
const softmax = {
  kata_id: "softmax",
  lang: "ts",
  variation: "",
  name: "Softmax",
  category: "a",
  difficulty: 1,
  dependencies: [],
  file: "softmax.ts",
} as const;

/** Events of one test with a failure that was never looked at. */
function eventsWith(failure: unknown): readonly KataEvent[] {
  const builder = new RunBuilder();
  builder.start([{ ...softmax, dependencies: [] }]);
  builder.kata(softmax);
  builder.test(softmax, "t", {
    status: "failed",
    reason: "assertion",
    ms: 1,
    failure: failure as Failure,
  });
  builder.end(softmax);
  return builder.finish().events;
}

describe("readFailure()", () => {
  test("yields a failure of every run as it is", () => {
    const seen = Object.values(runs).flatMap((events) =>
      events.flatMap((event) =>
        event.event === "TestFinished" && event.failure !== undefined ? [event.failure] : [],
      ),
    );
    expect(seen.some(({ tensors }) => tensors !== undefined)).toBe(true);
    for (const failure of seen) expect(readFailure(failure)).toEqual(failure);
  });

  test.each([
    ["message", 1],
    ["type", null],
    ["expected", 10n],
    ["received", {}],
    ["diff", []],
    ["stack", true],
    ["frame", null],
    ["frame", { ...frame, line: -1 }],
    ["frame", { ...frame, column: "1" }],
    ["frame", { ...frame, file: 1 }],
    ["frame", { ...frame, solution: 1 }],
    ["frame", { ...frame, lines: [1] }],
    ["frame", { ...frame, lines: [{ number: 1.5, text: "" }] }],
    ["frame", { ...frame, lines: undefined }],
    ["tensors", [1]],
    ["tensors", [1, null]],
    ["tensors", "two"],
    ["tensors", { length: 2 }],
    ["tensors", Array(2)],
    ["tensors", Array(2 ** 32 - 1)],
    ["tensors", [{ ...tensor, role: "other" }]],
    ["tensors", [{ ...tensor, shape: [-1] }]],
    ["tensors", [{ ...tensor, shape: Array(2) }]],
    ["tensors", [{ ...tensor, dtype: 1 }]],
    ["tensors", [{ ...tensor, values: [1n] }]],
    ["tensors", [{ ...tensor, values: 1 }]],
    ["tensors", [{ ...tensor, capped: 0 }]],
    ["first_difference", "0"],
    ["first_difference", [0.5]],
    ["first_difference", [1n]],
    ["first_difference", [Infinity]],
    ["other", 1n],
  ])("leaves out %s when it is %p", (name, value) => {
    const read = readFailure({ message: "m", type: "t", [name]: value });
    expect(read).toEqual({ message: "m", type: "t", ...defaultOf(name) });
  });

  test("keeps the tensors that are some, without what else they hold", () => {
    const { tensors } = readFailure({ tensors: [1, { ...tensor, more: 1n }, null] });
    expect<unknown>(tensors).toEqual([tensor]);
  });

  test("says numbers that JSON has not, and how many values there are at most", () => {
    const values = [NaN, -Infinity, ...Array<number>(TENSOR_VALUES_CAP).fill(0)];
    const [read] = readFailure({ tensors: [{ ...tensor, values }] }).tensors ?? [];
    expect(read?.values.slice(0, 3)).toEqual(["NaN", "-Infinity", 0]);
    expect(read?.values).toHaveLength(TENSOR_VALUES_CAP);
    expect(read?.capped).toBe(true);
  });
});

function defaultOf(name: string): object {
  return name === "message" || name === "type" ? { [name]: "" } : {};
}

describe("hostile failures", () => {
  const validate = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
  }).compile(eventsSchema);

  test("fit the schema and switch no reporter off when they are fuzzed", async () => {
    const anything = fc.anything({ withBigInt: true, withSparseArray: true, maxDepth: 3 });
    const failure = fc.record(
      {
        message: anything,
        type: anything,
        expected: anything,
        diff: anything,
        stack: anything,
        frame: fc.oneof(anything, fc.record({ file: anything, lines: anything })),
        first_difference: anything,
        tensors: fc.array(
          fc.oneof(anything, fc.constant(tensor), fc.constant({ ...tensor, role: "received" })),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(failure, async (value) => {
        const events = eventsWith(value);
        for (const event of events) {
          expect(validate(JSON.parse(JSON.stringify(event))) ? [] : validate.errors).toEqual([]);
        }
        for (const golden of Object.values(goldens)) {
          expect(await render(golden, events)).not.toBe("");
        }
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  test("are read by Tally() when no stamp did", () => {
    const tally = new Tally();
    for (const event of eventsWith({ message: "m", type: "" })) {
      tally.push(
        event.event === "TestFinished"
          ? { ...event, failure: { message: "m", type: "", tensors: [1] } as unknown as Failure }
          : event,
      );
    }
    expect(tally.verdict().katas[0]?.tests[0]?.failure).toEqual({ message: "m", type: "" });
  });
});

describe("fields of 4 MiB", () => {
  const size = 4 * 1024 * 1024;
  test.each([
    ["letters", "x"],
    ["lines", "x\n"],
    ["line ends", "\n"],
    ["escapes", "\x1b"],
    ["wide characters", "漢"],
    ["a diff", "- a\n"],
  ])(
    "of %s are reported in seconds, by pretty, tap and junit in little room",
    async (_, unit) => {
      const text = unit.repeat(size / unit.length);
      const events = eventsWith({
        message: `${text}m`,
        type: `${text}t`,
        expected: `${text}a`,
        received: `${text}b`,
        diff: text,
        stack: text,
        frame: { ...frame, file: text, column: size, lines: [{ number: 1, text }] },
      });
      for (const name of ["pretty", "pretty-60", "junit", "tap"]) {
        const golden = goldens[name];
        if (golden === undefined) throw new Error(name);
        const start = cpuTime();
        const report = await render(golden, events);
        expect(cpuTime() - start).toBeLessThan(5000);
        expect(report.length).toBeLessThan(3_000_000);
      }
    },
    30_000,
  );
});

describe("failureText()", () => {
  test("does not search as long as the product of two long texts", () => {
    const message = "a".repeat(4_000_000);
    const start = cpuTime();
    const text = failureText({ message, type: "", expected: `${"a".repeat(2_000_000)}b` });
    expect(cpuTime() - start).toBeLessThan(2000);
    expect(text.length).toBeGreaterThan(6_000_000);
  });
});

describe("cutText()", () => {
  test.each([
    ["abc", 5, "abc"],
    ["abc", 2, "ab"],
    ["a😀b", 2, "a"],
    ["a😀b", 3, "a😀"],
    ["a\ud83d", 2, "a\ud83d"],
    ["", 0, ""],
  ])("of %p at %p is %p", (text, length, cut) => {
    expect(cutText(text, length)).toBe(cut);
  });
});

describe("readFailure() of long texts", () => {
  test("cuts each to what a report can carry, once, and says how much was left out", () => {
    const text = "x".repeat(2 ** 22);
    const read = readFailure({
      message: text,
      type: "",
      stack: text,
      frame: { file: "a", line: 1, column: 1, lines: [{ number: 1, text }], solution: true },
    });
    expect(read.message).toEndWith("\n… 4128768 more characters");
    expect(JSON.stringify(read).length).toBeLessThan(200_000);
    expect(readFailure(read)).toEqual(read);
  });
});
