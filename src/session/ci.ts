/** What a CI's variables say: which shard this is, and where its summary goes. */
import { basename, dirname, isAbsolute, relative } from "node:path";
import { KataError } from "../errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** One of `total` shards, counted from 1, and the variable that said so. */
export interface ShardChoice {
  index: number;
  total: number;
  from: string;
}

/** More shards than this are a slip of the pen. */
const MOST_SHARDS = 100_000;

/**
 * The shard that the environment gives: `KATA_SHARD_INDEX` of
 * `KATA_SHARD_TOTAL` (from 0, as GitHub's `strategy.job-index` counts, which no
 * variable of its own holds), GitLab's `CI_NODE_INDEX` (from 1), Kubernetes'
 * `JOB_COMPLETION_INDEX` (from 0; the total is `KATA_SHARD_TOTAL`), or the place
 * of `SLURM_ARRAY_TASK_ID` in its array. Undefined where there is none, or but one.
 *
 * @throws KataError when a variable is there and no shard can be made of it
 */
export function shardFromEnvironment(env: Environment): ShardChoice | undefined {
  const found = sources(env);
  if (found === undefined) return undefined;
  const { index, total, from } = found;
  if (isShard(index, total)) return total === 1 ? undefined : found;
  throw new KataError(
    "shard-variables",
    `Cannot read the shard from ${from}=${env[from]}: it is none of ${Number.isNaN(total) ? "a known number" : total}`,
    { hint: "give --shard i/n, or --shard 1/1 to run everything" },
  );
}

/** True for a shard that there can be. */
export function isShard(index: number, total: number): boolean {
  return (
    Number.isSafeInteger(index) &&
    Number.isSafeInteger(total) &&
    index >= 1 &&
    index <= total &&
    total <= MOST_SHARDS
  );
}

function sources(env: Environment): ShardChoice | undefined {
  const number = (name: string): number => Number(env[name]?.trim() || Number.NaN);
  const given = (name: string): boolean => (env[name] ?? "") !== "";
  const total = number("KATA_SHARD_TOTAL");
  if (given("KATA_SHARD_INDEX")) {
    return { index: number("KATA_SHARD_INDEX") + 1, total, from: "KATA_SHARD_INDEX" };
  }
  if (given("CI_NODE_INDEX")) {
    return {
      index: number("CI_NODE_INDEX"),
      total: number("CI_NODE_TOTAL"),
      from: "CI_NODE_INDEX",
    };
  }
  // An indexed job does not know how many it has; without that number nothing was asked for.
  if (given("JOB_COMPLETION_INDEX") && given("KATA_SHARD_TOTAL")) {
    return { index: number("JOB_COMPLETION_INDEX") + 1, total, from: "JOB_COMPLETION_INDEX" };
  }
  if (given("SLURM_ARRAY_TASK_ID")) {
    const [least, most] = [number("SLURM_ARRAY_TASK_MIN"), number("SLURM_ARRAY_TASK_MAX")];
    const count = number("SLURM_ARRAY_TASK_COUNT");
    // Slurm says 1 for a list (1,3,7), whose places cannot be told from its ends.
    const step = count > 1 ? (most - least) / (count - 1) : 1;
    const index = (number("SLURM_ARRAY_TASK_ID") - least) / step + 1;
    return { index, total: count, from: "SLURM_ARRAY_TASK_ID" };
  }
  return undefined;
}

/**
 * What the `github` reporter is told of the job that it runs in: where the
 * repository's root lies, and the file of the job's summary.
 */
export function ciOptions(
  name: string,
  env: Environment,
  cwd: string,
): { options?: Record<string, string>; folder?: string } {
  if (name !== "github") return {};
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: root } = env;
  const below = root === undefined ? "" : relative(root, cwd).replaceAll("\\", "/");
  const prefix = below === "" || below.startsWith("..") || isAbsolute(below) ? "" : `${below}/`;
  const options = prefix === "" ? {} : { prefix };
  if (summary === undefined || summary === "") return { options };
  return { options: { ...options, summary: basename(summary) }, folder: dirname(summary) };
}
