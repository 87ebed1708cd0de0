/** Which part of a plan a run is given. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { KataError } from "../errors.ts";
import type { KataKey, PlannedKata, Shard } from "../events/event.ts";
import { parseLedger } from "../events/ledger.ts";
import { cutPlan, type Timings } from "../events/shard.ts";
import { keyOf } from "../events/verdict.ts";
import { isShard, shardFromEnvironment, type ShardChoice } from "./ci.ts";
import type { RunRequest, RunSurroundings } from "./request.ts";

/**
 * The shard of a request: of `--shard`, else, unless one solution was named, of
 * the environment, which is said on stderr. Undefined is the whole plan.
 *
 * @throws KataError when it cannot be read, or the timings cannot
 */
export function shardOf(
  request: RunRequest,
  plan: readonly PlannedKata[],
  { env, stderr }: RunSurroundings,
): Shard | undefined {
  const chosen = choose(request, env);
  if (chosen === undefined) return undefined;
  const { index, total, from } = chosen;
  if (request.shard === undefined) {
    stderr.write(
      `note: runs shard ${index}/${total}, as ${from} says; --shard 1/1 runs everything\n`,
    );
  }
  const { timings } = request;
  return timings === undefined
    ? cutPlan(plan, index, total)
    : cutPlan(plan, index, total, readTimings(timings, request.cwd, plan));
}

function choose(request: RunRequest, env: RunSurroundings["env"]): ShardChoice | undefined {
  if (request.shard === undefined) {
    // One solution is the task of one job: there is nothing to cut.
    return request.solution === undefined ? shardFromEnvironment(env) : undefined;
  }
  const [, index = 0, total = 0] = (/^(\d+)\/(\d+)$/.exec(request.shard) ?? []).map(Number);
  if (isShard(index, total)) return { index, total, from: "--shard" };
  throw new KataError(
    "bad-value",
    `Cannot parse --shard ${JSON.stringify(request.shard)}: expected i/n, with i from 1 to n`,
  );
}

function readTimings(file: string, cwd: string, plan: readonly PlannedKata[]): Timings {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), "utf8");
  } catch (cause) {
    throw timingsError(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const durations = new Map<string, number>();
  for (const [key, ms] of timed(text, file)) durations.set(keyOf(key), ms);
  return {
    durations: plan.map((kata) => durations.get(keyOf(kata))),
    sha256: new Bun.CryptoHasher("sha256").update(text).digest("hex"),
  };
}

/** What each kata took, of a report of `--reporter json` or of a `--log`. */
function timed(text: string, file: string): [KataKey, number][] {
  const report = readReport(text);
  if (report !== undefined) return report;
  const times: [KataKey, number][] = [];
  for (const event of parseLedger(text, file)) {
    if (event.event === "KataFinished") times.push([event, event.duration_ms]);
  }
  if (times.length > 0) return times;
  throw timingsError(file, "no kata has a time in it");
}

function readReport(text: string): [KataKey, number][] | undefined {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof report !== "object" || report === null || !("katas" in report)) return undefined;
  if (!Array.isArray(report.katas)) return undefined;
  return report.katas.flatMap((kata: unknown): [KataKey, number][] => {
    if (typeof kata !== "object" || kata === null) return [];
    const { kata_id, lang, variation, duration_ms } = kata as Record<string, unknown>;
    const known = typeof kata_id === "string" && (lang === "ts" || lang === "py");
    if (!known || typeof variation !== "string" || typeof duration_ms !== "number") return [];
    return [[{ kata_id, lang, variation }, duration_ms]];
  });
}

function timingsError(file: string, why: string, cause?: unknown): KataError {
  return new KataError("timings", `Cannot read timings from ${file}: ${why}`, {
    hint: "give a report of --reporter json:FILE or a log of --log FILE of an earlier run",
    cause,
  });
}
