/**
 * Makes one run of the runs of its shards. The events of each kata stand
 * together, in the whole plan's order, so that the result depends neither on
 * the order in which the logs are given nor on which machine was faster.
 */
import { KataError } from "../errors.ts";
import type { EventPayload, KataEvent, KataKey, PlannedKata, RunFinished, Shard } from "./event.ts";
import { planDigest } from "./shard.ts";
import { stamped } from "./stamp.ts";
import { keyOf, Tally } from "./verdict.ts";

/** The events of one log, and what the log is called. */
export interface NamedRun {
  name: string;
  events: Iterable<KataEvent>;
}

type Started = KataEvent & { event: "RunStarted" };
type Finished = KataEvent & { event: "RunFinished" };

interface ShardRun {
  name: string;
  started: Started;
  shard: Shard;
  /** By kata, in the order they happened. */
  katas: Map<string, KataEvent[]>;
  /** Those of no kata. */
  rest: KataEvent[];
  finished: Finished | undefined;
}

/**
 * The events of the whole run, numbered anew. Each keeps its id and its time.
 * Without the end of one of the shards the whole has none either: it was
 * broken off.
 *
 * @throws KataError when the logs are not the shards of one run, each once
 */
export function mergeRuns(runs: readonly NamedRun[]): KataEvent[] {
  const shards = runs.map(readShard).toSorted((a, b) => a.shard.index - b.shard.index);
  const [first] = shards;
  if (first === undefined) throw mergeError("nothing", "expected at least one log");
  for (const each of shards) checkSame(first, each);
  checkComplete(shards);
  const plan = wholePlan(shards);
  const events = [
    startOf(shards, plan),
    ...plan.flatMap((kata) => shards.flatMap(({ katas }) => katas.get(keyOf(kata)) ?? [])),
    ...distinct(shards.flatMap(({ rest }) => rest)),
  ];
  events.push(...endOf(shards, events));
  return events.map(({ seq: _seq, v, ulid, ts, ...payload }, at) =>
    // What is left of an event without its stamp is its payload, of the same name.
    stamped(payload as EventPayload, at + 1, ulid, ts, v),
  );
}

function readShard({ name, events }: NamedRun): ShardRun {
  const [started, ...others] = events;
  if (started?.event !== "RunStarted") {
    throw mergeError(name, "it does not begin with a RunStarted");
  }
  const whole = started.plan.map((_, at) => at);
  const shard: Shard = started.shard ?? {
    index: 1,
    total: 1,
    positions: whole,
    planned: whole.length,
    plan_sha256: planDigest(started.plan),
    timings_sha256: null,
  };
  if (shard.positions.length !== started.plan.length) {
    throw mergeError(name, "its plan and the positions of its shard are not of one length");
  }
  const run: ShardRun = {
    name,
    started,
    shard,
    katas: new Map(started.plan.map((kata) => [keyOf(kata), []])),
    rest: [],
    finished: undefined,
  };
  const tests = new Map<string, string>();
  for (const event of others) {
    if (event.event === "RunFinished") {
      run.finished = event;
      continue;
    }
    const key = kataOf(event, tests);
    if (event.event === "TestFound") tests.set(event.test_id, keyOf(event));
    ((key === undefined ? undefined : run.katas.get(key)) ?? run.rest).push(event);
  }
  return run;
}

/** The key of the kata that an event belongs to. */
function kataOf(event: KataEvent, tests: ReadonlyMap<string, string>): string | undefined {
  switch (event.event) {
    case "KataStarted":
    case "TestFound":
    case "Output":
    case "KataFinished":
      return keyOf(event satisfies KataKey);
    case "TestStarted":
    case "TestFinished":
      return tests.get(event.test_id);
    case "ExtensionFinished": {
      const { kata_id, lang, variation } = event;
      if (kata_id === undefined || lang === undefined || variation === undefined) return undefined;
      return keyOf({ kata_id, lang, variation });
    }
    default:
      return undefined;
  }
}

/** What two shards of one run have in common; how many jobs ran at a time is a machine's own. */
function checkSame(first: ShardRun, other: ShardRun): void {
  const facts = ({ started, shard }: ShardRun): Record<string, unknown> => {
    const { jobs: _, ...options } = started.options;
    return {
      "another plan": [shard.plan_sha256, shard.planned],
      "another number of shards": shard.total,
      "other timings": shard.timings_sha256,
      "another version of kata": started.kata_version,
      "another seed": started.seed,
      "other options": options,
    };
  };
  const [left, right] = [facts(first), facts(other)];
  for (const what of Object.keys(left)) {
    if (Bun.deepEquals(left[what], right[what])) continue;
    throw mergeError(
      other.name,
      `it has ${what} than "${first.name}"`,
      "the shards of one run differ in --shard i/n alone",
    );
  }
}

function checkComplete(shards: readonly ShardRun[]): void {
  const total = shards[0]?.shard.total ?? 0;
  const seen = new Map<number, string>();
  for (const { name, shard } of shards) {
    const other = seen.get(shard.index);
    if (other !== undefined) {
      throw mergeError(
        name,
        `it is shard ${shard.index}/${total}, and so is "${other}"`,
        "give each shard once",
      );
    }
    seen.set(shard.index, name);
  }
  const missing = Array.from({ length: total }, (_, at) => at + 1).filter((at) => !seen.has(at));
  if (missing.length === 0) return;
  const list = missing.map((at) => `${at}/${total}`).join(", ");
  throw mergeError(
    [...seen.values()].join('", "'),
    `${missing.length === 1 ? "shard" : "shards"} ${list} ${missing.length === 1 ? "is" : "are"} missing`,
    "give the logs of all shards; one that was killed may be given as it is",
  );
}

/** The plan that was cut, put together again and held against its digest. */
function wholePlan(shards: readonly ShardRun[]): PlannedKata[] {
  const plan: PlannedKata[] = [];
  for (const { name, shard, started } of shards) {
    for (const [at, kata] of started.plan.entries()) {
      const position = shard.positions[at] ?? -1;
      if (plan[position] !== undefined) {
        throw mergeError(name, `${kata.kata_id} is in another shard as well`);
      }
      plan[position] = kata;
    }
  }
  const first = shards[0]?.shard;
  const whole = plan.length === first?.planned && plan.every((kata) => kata !== undefined);
  if (whole && planDigest(plan) === first.plan_sha256) return plan;
  throw mergeError(
    shards.map(({ name }) => name).join('", "'),
    "the shards together are not the plan that was cut",
  );
}

function startOf(shards: readonly ShardRun[], plan: PlannedKata[]): KataEvent {
  const starts = shards.map(({ started }) => started);
  const { shard: _, ...earliest } = starts.reduce((a, b) => (b.ulid < a.ulid ? b : a));
  const jobs = Math.max(...starts.map(({ options }) => options.jobs));
  return { ...earliest, options: { ...earliest.options, jobs }, plan };
}

/** The last shard's end, which took as long as the slowest: they ran side by side. */
function endOf(shards: readonly ShardRun[], events: readonly KataEvent[]): KataEvent[] {
  const ends = shards.map(({ finished }) => finished).filter((end) => end !== undefined);
  if (ends.length < shards.length) return [];
  const end = ends.reduce((a, b) => (b.ulid > a.ulid ? b : a));
  const payload: RunFinished = {
    event: "RunFinished",
    interrupted: ends.some(({ interrupted }) => interrupted),
    duration_ms: Math.max(...ends.map(({ duration_ms }) => duration_ms)),
    next: nextOf(ends, events),
  };
  return [{ ...end, ...payload }];
}

/** The kata to do next, of those that the shards name: none that another of them has passed. */
function nextOf(ends: readonly Finished[], events: readonly KataEvent[]): RunFinished["next"] {
  const tally = new Tally();
  for (const event of events) tally.push(event);
  const passed = new Set(
    tally
      .verdict()
      .katas.filter(({ status }) => status === "passed")
      .map(({ kata_id }) => kata_id),
  );
  const named = ends.map(({ next }) => next);
  return named.find((next) => next !== null && !passed.has(next.kata_id)) ?? null;
}

/** What each shard says in the same words is said once. */
function distinct(events: readonly KataEvent[]): KataEvent[] {
  const seen = new Map<string, KataEvent>();
  for (const event of events) {
    const { v: _, seq: _seq, ulid: _ulid, ts: _ts, ...payload } = event;
    const text = JSON.stringify(payload);
    if (!seen.has(text)) seen.set(text, event);
  }
  return [...seen.values()];
}

function mergeError(name: string, why: string, hint?: string): KataError {
  return new KataError(
    "merge-refused",
    `Cannot merge "${name}": ${why}`,
    hint === undefined ? {} : { hint },
  );
}
