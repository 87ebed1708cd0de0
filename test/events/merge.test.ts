/** Plans cut into shards, and the shards' events made one run again. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { KataError } from "../../src/errors.ts";
import type { KataEvent, PlannedKata, RunStarted, Shard } from "../../src/events/event.ts";
import { mergeRuns, type NamedRun } from "../../src/events/merge.ts";
import { cutPlan, planDigest } from "../../src/events/shard.ts";
import { judge } from "../../src/events/verdict.ts";
import { RunBuilder } from "../golden/runs.ts";

function planned(index: number): PlannedKata {
  return {
    kata_id: `kata-${index}`,
    lang: index % 3 === 0 ? "py" : "ts",
    variation: index % 4 === 0 ? "wide" : "",
    name: `Kata ${index}`,
    category: "c",
    difficulty: 1,
    dependencies: [],
    file: `kata-${index}.ts`,
  };
}

const planOf = (count: number): PlannedKata[] =>
  Array.from({ length: count }, (_, at) => planned(at));

interface Cut {
  total: number;
  timings?: { durations: (number | undefined)[]; sha256: string };
}

function shardRun(plan: readonly PlannedKata[], index: number, { total, timings }: Cut): NamedRun {
  const shard = cutPlan(plan, index, total, timings);
  const own = shard.positions.map((at) => plan[at]).filter((kata) => kata !== undefined);
  return { name: `shard-${index}`, events: eventsOf(own, plan, shard) };
}

/** Each fifth kata fails; what a kata prints says where it stands in the whole plan. */
function eventsOf(
  own: readonly PlannedKata[],
  whole: readonly PlannedKata[],
  shard?: Shard,
): KataEvent[] {
  const builder = new RunBuilder();
  const options = { reference: false, device: "cpu", timeout_ms: null, filter: null, bail: false };
  builder.add({
    event: "RunStarted",
    schema: "kata.events/1",
    kata_version: "0.1.0",
    seed: 1,
    options: { ...options, jobs: own.length },
    plan: [...own],
    ...(shard === undefined ? {} : { shard }),
  });
  for (const kata of own) {
    const at = whole.indexOf(kata);
    builder.kata(kata);
    // The ids are the run's own: with a number of the plan they are the same in each cut.
    const test_id = `${kata.kata_id}#0`;
    const key = { kata_id: kata.kata_id, lang: kata.lang, variation: kata.variation };
    builder
      .add({ event: "TestFound", ...key, test_id, name: `test ${at}`, file: "t", line: 1 })
      .add({ event: "TestStarted", test_id, attempt: 1 })
      .add({ event: "Output", ...key, stream: "stdout", text: `${at}\n`, test_id })
      .add({
        event: "TestFinished",
        test_id,
        status: at % 5 === 4 ? "failed" : "passed",
        ...(at % 5 === 4 ? { reason: "assertion" as const } : {}),
        duration_ms: 1,
        attempt: 1,
      })
      .end(kata);
  }
  builder.add({ event: "PluginFailed", plugin: "p", message: "the same in each" });
  return builder.finish(null, { ms: 10 }).events;
}

/** What is left of events when times, ids and the number of jobs are not looked at. */
function facts(events: readonly KataEvent[]): object[] {
  return events.map(({ ts: _ts, ulid: _ulid, ...event }) =>
    event.event === "RunStarted" ? { ...event, options: { ...event.options, jobs: 0 } } : event,
  );
}

const cuts = fc
  .record({ count: fc.nat(12), total: fc.integer({ min: 1, max: 6 }), timed: fc.boolean() })
  .chain(({ count, total, timed }) =>
    fc.record({
      count: fc.constant(count),
      total: fc.constant(total),
      durations: timed
        ? fc.array(fc.option(fc.nat(1000), { nil: undefined }), {
            minLength: count,
            maxLength: count,
          })
        : fc.constant(undefined),
      order: fc.shuffledSubarray(
        Array.from({ length: total }, (_, at) => at + 1),
        { minLength: total, maxLength: total },
      ),
    }),
  );

function cutOf(total: number, durations: (number | undefined)[] | undefined): Cut {
  return durations === undefined
    ? { total }
    : { total, timings: { durations, sha256: "a".repeat(64) } };
}

describe("cutPlan()", () => {
  test("gives each kata to one shard, whatever the number of shards", () => {
    fc.assert(
      fc.property(cuts, ({ count, total, durations }) => {
        const plan = planOf(count);
        const { timings } = cutOf(total, durations);
        const all = Array.from(
          { length: total },
          (_, at) => cutPlan(plan, at + 1, total, timings).positions,
        );
        for (const positions of all) {
          expect(positions).toEqual(positions.toSorted((a, b) => a - b));
        }
        expect(all.flat().toSorted((a, b) => a - b)).toEqual(plan.map((_, at) => at));
        if (durations === undefined) {
          const sizes = all.map((positions) => positions.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          expect(all.flat()).toEqual(plan.map((_, at) => at));
        }
      }),
    );
  });

  test("balances by timings", () => {
    const timings = { durations: [100, 1, 1, 1, undefined, 97], sha256: "d" };
    const cut = (index: number): number[] => cutPlan(planOf(6), index, 2, timings).positions;
    expect([cut(1), cut(2)]).toEqual([
      [0, 1, 2, 3],
      [4, 5],
    ]);
    expect(cutPlan(planOf(6), 1, 2, timings).timings_sha256).toBe("d");
  });
});

describe("planDigest()", () => {
  test("tells plans apart by what is in them and by their order", () => {
    const [a, b] = [planned(0), planned(1)];
    const digests = [[a, b], [b, a], [a], [{ ...a, file: "other.ts" }, b]].map(planDigest);
    expect(new Set(digests).size).toBe(4);
    expect(planDigest([{ ...a }, { ...b }])).toBe(planDigest([a, b]));
  });
});

describe("mergeRuns()", () => {
  test("is one run, in whatever order the shards are given and however they are cut", () => {
    fc.assert(
      fc.property(cuts, ({ count, total, durations, order }) => {
        const plan = planOf(count);
        const cut = cutOf(total, durations);
        const merged = mergeRuns(order.map((index) => shardRun(plan, index, cut)));
        expect(facts(merged)).toEqual(facts(eventsOf(plan, plan)));
        const again = mergeRuns(order.toReversed().map((index) => shardRun(plan, index, cut)));
        expect(again).toEqual(merged);
      }),
      { numRuns: 200 },
    );
  });

  test("leaves a whole run as it is", () => {
    const events = eventsOf(planOf(4), planOf(4));
    expect(mergeRuns([{ name: "a", events }])).toEqual(events);
  });

  test("has no end, and did not pass, when one shard has none", () => {
    const plan = planOf(4);
    const shards = [1, 2].map((index) => shardRun(plan, index, { total: 2 }));
    const [first, second] = shards;
    const cut = [...(second?.events ?? [])].slice(0, 4);
    const merged = mergeRuns([{ name: "2", events: cut }, first ?? { name: "", events: [] }]);
    expect(merged.at(-1)?.event).not.toBe("RunFinished");
    const verdict = judge(merged);
    expect(verdict).toMatchObject({ passed: false, error: "The run did not finish" });
    expect(verdict.katas.map(({ status }) => status)).toEqual([
      "passed",
      "passed",
      "failed",
      "failed",
    ]);
  });

  test("leaves an extension's outcome in its kata, and one of the run's own behind all", () => {
    const plan = planOf(2);
    const step = (more: object): KataEvent[] =>
      new RunBuilder().add({
        event: "ExtensionFinished",
        id: "x",
        slot: "after:kata",
        outcome: "passed",
        message: "",
        ...more,
      }).events;
    const [first, second] = [1, 2].map((index) => shardRun(plan, index, { total: 2 }));
    const [start, ...rest] = first?.events ?? [];
    const [kata] = plan;
    if (start === undefined || second === undefined || kata === undefined)
      throw new Error("There is no shard");
    const { kata_id, lang, variation } = kata;
    const events = [start, ...step({ id: "own" }), ...step({ kata_id, lang, variation }), ...rest];
    const names = mergeRuns([{ name: "a", events }, second]).map((event) =>
      event.event === "ExtensionFinished" ? event.id : event.event,
    );
    expect(names.indexOf("x")).toBeLessThan(names.lastIndexOf("KataFinished"));
    expect(names.indexOf("own")).toBeGreaterThan(names.lastIndexOf("KataFinished"));
  });

  test("keeps what belongs to no kata, and names the next one that none has passed", () => {
    const plan = planOf(2);
    const runs = [1, 2].map((index) => shardRun(plan, index, { total: 2 }));
    const events = runs.map(({ events: own }, at) =>
      [...own].map((event) =>
        event.event === "RunFinished"
          ? { ...event, next: { kata_id: at === 0 ? "kata-1" : "kata-9", name: "N" } }
          : event,
      ),
    );
    const stranger = new RunBuilder().add({
      event: "TestFinished",
      test_id: "nobody's",
      status: "passed",
      duration_ms: 1,
      attempt: 1,
    }).events;
    const merged = mergeRuns([
      { name: "a", events: [...(events[0] ?? []), ...stranger] },
      { name: "b", events: events[1] ?? [] },
    ]);
    expect(merged.at(-1)).toMatchObject({ next: { kata_id: "kata-9" } });
    expect(judge(merged).error).toContain("never found");
  });

  const whole = planOf(6);
  const third = (index: number, change: (start: RunStarted) => object = () => ({})): NamedRun => {
    const { name, events } = shardRun(whole, index, { total: 3 });
    return {
      name,
      events: [...events].map((event) =>
        event.event === "RunStarted" ? { ...event, ...change(event) } : event,
      ),
    };
  };
  const withShard = (change: Partial<Shard>) => (start: RunStarted) => ({
    shard: { ...start.shard, ...change },
  });

  test.each<[string, NamedRun[], string]>([
    ["there are none", [], 'Cannot merge "nothing": expected at least one log'],
    ["a log is empty", [{ name: "a", events: [] }], 'Cannot merge "a": it does not begin'],
    ["a shard is missing", [third(1), third(3)], "shard 2/3 is missing"],
    ["shards are missing", [third(1)], "shards 2/3, 3/3 are missing"],
    ["a shard is given twice", [third(1), third(2), third(2), third(3)], 'and so is "shard-2"'],
    [
      "two runs are whole",
      [
        { name: "a", events: eventsOf(whole, whole) },
        { name: "b", events: eventsOf(whole, whole) },
      ],
      'Cannot merge "b": it is shard 1/1, and so is "a"',
    ],
    [
      "the plans differ",
      [third(1), third(2), shardRun(planOf(7), 3, { total: 3 })],
      'Cannot merge "shard-3": it has another plan than "shard-1"',
    ],
    [
      "the numbers differ",
      [third(1), shardRun(whole, 2, { total: 4 })],
      "it has another number of shards than",
    ],
    [
      "the timings differ",
      [third(1), third(2, withShard({ timings_sha256: "b" }))],
      "it has other timings than",
    ],
    ["the seeds differ", [third(1), third(2, () => ({ seed: 9 }))], "it has another seed than"],
    [
      "the versions differ",
      [third(1), third(2, () => ({ kata_version: "9" }))],
      "it has another version of kata than",
    ],
    [
      "the options differ",
      [third(1), third(2, ({ options }) => ({ options: { ...options, bail: true } }))],
      "it has other options than",
    ],
    [
      "two hold the same kata",
      [third(1), third(2, withShard({ positions: [0, 1] })), third(3)],
      "kata-2 is in another shard as well",
    ],
    [
      "positions are missing",
      [third(1), third(2, withShard({ positions: [2] })), third(3)],
      "are not of one length",
    ],
    [
      "the plan was changed",
      [third(1), third(2, ({ plan }) => ({ plan: plan.toReversed() })), third(3)],
      "the shards together are not the plan that was cut",
    ],
  ])("refuses when %s", (_, runs, message) => {
    let error: unknown;
    try {
      mergeRuns(runs);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(KataError);
    expect(String(error)).toContain(message);
  });
});

describe("judge() of a shard", () => {
  test("passes when the shard is empty, and its plan is not", () => {
    const { events } = shardRun(planOf(1), 1, { total: 2 });
    const [empty, full] = [events, shardRun(planOf(1), 2, { total: 2 }).events].map(judge);
    expect(empty).toMatchObject({ passed: true, shard: { index: 1, total: 2 }, katas: [] });
    expect(full).toMatchObject({ passed: true, num_passed: 1 });
    expect(judge(shardRun([], 1, { total: 2 }).events)).toMatchObject({
      passed: false,
      error: "No katas were selected",
    });
  });
});
