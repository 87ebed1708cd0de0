import { describe, expect, test } from "bun:test";
import {
  EVENT_VERSION,
  TENSOR_VALUES_CAP,
  type EventPayload,
  type Failure,
  type KataEvent,
} from "../../src/events/event.ts";
import { eventNames, shapeProblem } from "../../src/events/shape.ts";
import { createStamper } from "../../src/events/stamp.ts";
import { cutNote, failureText, headline } from "../../src/events/failure-text.ts";
import { isError, judge, keyOf, label, OUTPUT_CAP, Tally } from "../../src/events/verdict.ts";
import { RunBuilder, runs } from "../golden/runs.ts";

const key = { kata_id: "softmax", lang: "ts", variation: "" } as const;
const planned = {
  ...key,
  name: "Softmax",
  category: "a",
  difficulty: 1,
  dependencies: [],
  file: "softmax.ts",
};

function run(): RunBuilder {
  return new RunBuilder().start([planned]).kata(key);
}

function verdictOf(builder: RunBuilder): ReturnType<typeof judge> {
  return judge(builder.events);
}

describe("judge()", () => {
  test.each([
    ["pass", true, 3, 0, 0, 0, undefined],
    ["assertion", false, 1, 2, 0, 0, undefined],
    ["tensor", false, 0, 2, 0, 0, undefined],
    ["load-error", false, 0, 1, 0, 1, undefined],
    ["missing-export", false, 0, 1, 0, 1, undefined],
    ["template", false, 1, 5, 0, 4, undefined],
    ["exit", false, 1, 2, 0, 2, undefined],
    ["timeout", false, 1, 1, 0, 1, undefined],
    ["setup", false, 0, 1, 1, 1, undefined],
    ["skips", true, 1, 0, 4, 0, undefined],
    ["all-skipped", false, 0, 0, 2, 0, "Every test was skipped"],
    ["interrupted", false, 2, 2, 0, 2, "The run was interrupted"],
    ["nothing", false, 0, 0, 0, 0, "No katas were selected"],
    ["several", false, 4, 3, 0, 1, undefined],
    ["hostile", false, 2, 2, 1, 1, undefined],
    ["broken-off", false, 1, 2, 0, 2, "The run did not finish"],
    ["gate", false, 1, 0, 0, 0, "no-loops failed: a loop in line 3"],
    ["extensions", false, 0, 1, 0, 0, "lint failed: 1 problem"],
  ] as const)(
    "of %s is passed: %p",
    (name, passed, num_passed, num_failed, num_skipped, num_errors, error) => {
      const verdict = judge(runs[name] ?? []);
      expect(verdict).toMatchObject({ passed, num_passed, num_failed, num_skipped, num_errors });
      expect(verdict.error).toBe(error);
    },
  );

  test("never passes a run that is cut short anywhere", () => {
    for (const events of Object.values(runs)) {
      for (let end = 0; end < events.length; end++) {
        const verdict = judge(events.slice(0, end));
        if (events.slice(0, end).some((event) => event.event === "RunFinished")) continue;
        expect(verdict.passed).toBe(false);
        expect(verdict.error).toBe("The run did not finish");
        expect(verdict.interrupted).toBe(true);
      }
    }
  });

  test("never passes a run that lost the end of a test or kata", () => {
    const events = runs["pass"] ?? [];
    for (const [at, event] of events.entries()) {
      if (!["TestFinished", "KataFinished", "RunFinished"].includes(event.event)) continue;
      expect(judge(events.toSpliced(at, 1)).passed).toBe(false);
    }
  });

  test("does not pass when a test ends that was never found", () => {
    const verdict = verdictOf(
      run()
        .test(key, "a", { status: "passed" })
        .add({
          event: "TestFinished",
          test_id: "ghost",
          status: "failed",
          duration_ms: 0,
          attempt: 1,
        })
        .end(key)
        .finish(),
    );
    expect(verdict.passed).toBe(false);
    expect(verdict.error).toBe('A test ended that was never found: "ghost"');
  });

  test("counts the first end when a test ends twice", () => {
    const again = {
      event: "TestFinished",
      test_id: "t1",
      status: "passed",
      duration_ms: 0,
      attempt: 2,
    } as const;
    const verdict = verdictOf(
      run().test(key, "a", { status: "failed", reason: "assertion" }).add(again).end(key).finish(),
    );
    expect(verdict).toMatchObject({ passed: false, num_failed: 1, num_passed: 0 });
  });

  test("keeps the end when a finished test starts again", () => {
    const verdict = verdictOf(
      run()
        .test(key, "a", { status: "passed" })
        .add({ event: "TestStarted", test_id: "ghost", attempt: 1 })
        .end(key)
        .finish(),
    );
    expect(verdict.passed).toBe(true);
  });

  test("fails a kata that finished without a test, with a result that says so", () => {
    const verdict = verdictOf(run().end(key).finish());
    expect(verdict).toMatchObject({
      passed: false,
      num_failed: 1,
      num_errors: 1,
      error: "No tests ran",
    });
    expect(verdict.katas[0]?.tests).toMatchObject([
      { test_name: "(no tests)", reason: "error", output: "No tests were found" },
    ]);
  });

  test("passes when one kata passed and another was skipped", () => {
    const other = { ...planned, kata_id: "other" };
    const verdict = judge(
      new RunBuilder()
        .start([planned, other])
        .kata(key)
        .test(key, "a", { status: "passed" })
        .end(key)
        .kata(other)
        .test(other, "b", { status: "skipped", reason: "device" })
        .end(other)
        .finish().events,
    );
    expect(verdict.passed).toBe(true);
    expect(verdict.katas.map((kata) => kata.status)).toEqual(["passed", "skipped"]);
  });

  test("knows seed, devices and whether references ran", () => {
    const verdict = judge(runs["several"] ?? []);
    expect(verdict).toMatchObject({ seed: 42, device: "cpu, software", reference: false });
    expect(judge([])).toMatchObject({
      seed: null,
      device: "",
      reference: false,
      error: "The run did not finish",
    });
    expect(judge(runs["nothing"] ?? []).device).toBe("auto");
  });

  test("takes a kata that was never planned", () => {
    const { stamp } = createStamper();
    const verdict = judge([
      stamp({ event: "TestFound", ...key, lang: "py", test_id: "t", name: "a", file: "", line: 0 }),
    ]);
    expect(verdict.katas).toMatchObject([
      { kata_id: "softmax", name: "softmax", lang: "py", status: "failed" },
    ]);
  });
});

describe("Tally", () => {
  test("test() gives prints and failure when the test failed", () => {
    const tally = new Tally();
    for (const event of runs["assertion"] ?? []) tally.push(event);
    expect(tally.test("t3")).toMatchObject({ status: "failed", printed: "" });
    expect(tally.test("t2")?.output).toStartWith(
      "rows are 4\nexpect(received).toEqual(expected)\n",
    );
    expect(tally.test("ghost")).toBeUndefined();
  });

  test("keeps the first characters of an output and counts the rest", () => {
    const builder = run().test(key, "a");
    for (const text of ["x".repeat(OUTPUT_CAP - 1), "yz", "w"]) {
      builder.add({ event: "Output", ...key, stream: "stdout", text, test_id: "t1" });
      builder.add({ event: "Output", ...key, stream: "stderr", text });
    }
    const tally = new Tally();
    for (const event of builder.events) tally.push(event);
    const result = tally.test("t1");
    expect(result?.printed).toHaveLength(OUTPUT_CAP);
    expect(result?.printed_cut).toBe(2);
    expect(result?.output).toEndWith("xy\n… 2 more characters\nThe test was found and never ended");
    expect(tally.kata(key)).toMatchObject({ output_cut: 2 });
  });

  test("puts prints of an unknown test with the kata's own", () => {
    const tally = new Tally();
    tally.push(
      ...stampedAll({ event: "Output", ...key, stream: "stdout", text: "hi", test_id: "ghost" }),
    );
    expect(tally.kata(key).output).toBe("hi");
  });

  test("says of a failed test without a failure nothing but what it printed", () => {
    const tally = new Tally();
    const builder = run().test(key, "a", { status: "failed", reason: "error", printed: "hm" });
    for (const event of builder.events) tally.push(event);
    expect(tally.test("t1")?.output).toBe("hm");
  });
});

describe("failureText()", () => {
  const failure: Failure = { message: "no", type: "TypeError" };

  test("says Expected and Got when the message does not", () => {
    expect(failureText({ ...failure, expected: "1", received: "2" })).toBe(
      "TypeError: no\nExpected: 1\nGot: 2",
    );
    expect(failureText({ message: "1 is not 2", type: "", expected: "1", received: "2" })).toBe(
      "1 is not 2",
    );
  });

  test("says them once when the message has a diff", () => {
    const message = "differs\n\n- Expected  - 1\n+ Received  + 1\n\n- a\n+ b\n  c";
    expect(failureText({ message, type: "", expected: "a\nc", received: "b\nc" })).toBe(message);
  });

  test("points at the frame's line", () => {
    const frame = {
      file: "a.ts",
      line: 10,
      column: 2,
      lines: [
        { number: 9, text: "nine" },
        { number: 10, text: "ten" },
      ],
      solution: true,
    };
    expect(failureText({ ...failure, frame })).toBe(
      "TypeError: no\n\nat a.ts:10:2\n   9 | nine\n> 10 | ten",
    );
    expect(failureText({ ...failure, frame: { ...frame, lines: [] } })).toBe(
      "TypeError: no\n\nat a.ts:10:2",
    );
  });
});

describe("headline()", () => {
  test.each([
    ["", "m", "m"],
    ["AssertionError", "m", "m"],
    ["TypeError", "m", "TypeError: m"],
    ["TypeError", "TypeError: m", "TypeError: m"],
    ["TypeError", "", "TypeError"],
  ])("of type %p and message %p is %p", (type, message, line) => {
    expect(headline({ type, message })).toBe(line);
  });
});

describe("label()", () => {
  test.each([
    [{ kata_id: "a", lang: "ts", variation: "" }, "a"],
    [{ kata_id: "a", lang: "py", variation: "" }, "a:py"],
    [{ kata_id: "a", lang: "py", variation: "wide" }, "a:py[wide]"],
  ] as const)("of %p is %p", (of, printed) => {
    expect(label(of)).toBe(printed);
  });
});

describe("isError()", () => {
  test("is true for failures that are no assertions", () => {
    expect(isError({ status: "failed", reason: "timeout" })).toBe(true);
    expect(isError({ status: "failed" })).toBe(true);
    expect(isError({ status: "failed", reason: "assertion" })).toBe(false);
    expect(isError({ status: "skipped", reason: "skip" })).toBe(false);
  });
});

describe("keyOf()", () => {
  test("tells apart what differs in any of its three parts", () => {
    const keys = (["ts", "py"] as const).flatMap((lang) =>
      ["a", "b"].flatMap((kata_id) =>
        ["", "b"].map((variation) => keyOf({ kata_id, lang, variation })),
      ),
    );
    expect(new Set(keys).size).toBe(8);
  });
});

describe("events", () => {
  test("carry the version, and tensors that are capped", () => {
    for (const event of Object.values(runs).flat()) {
      expect(event.v).toBe(EVENT_VERSION);
      if (event.event !== "TestFinished") continue;
      for (const { values } of event.failure?.tensors ?? []) {
        expect(values.length).toBeLessThanOrEqual(TENSOR_VALUES_CAP);
      }
    }
  });
});

describe("cutNote()", () => {
  test.each([
    [0, ""],
    [1, "… 1 more character"],
    [2, "… 2 more characters"],
  ] as const)("of %p is %p", (cut, note) => {
    expect(cutNote(cut)).toBe(note);
  });
});

describe("shapeProblem()", () => {
  test("knows every event that occurs in the runs, and has nothing against it", () => {
    const seen = new Set<string>();
    for (const event of Object.values(runs).flat()) {
      seen.add(event.event);
      expect(shapeProblem(event.event, event)).toBeUndefined();
    }
    expect([...seen].toSorted()).toEqual(eventNames().toSorted());
  });
});

function stampedAll(payload: EventPayload): [KataEvent] {
  return [createStamper().stamp(payload)];
}
