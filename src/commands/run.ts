import type { SandboxRequest } from "../session/confinement.ts";
import { DEVICE_CHOICES, type RunRequest } from "../session/request.ts";
import { runKatas } from "../session/session.ts";
import { exitOf, type Arguments, type CommandContext } from "./command.ts";
import { reportRequest, surroundingsOf } from "./replay.ts";

/** `kata run`: what the flags ask for, as a request to the session. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  return exitOf(args, await runKatas(requestOf(args, context.cwd), surroundingsOf(context)));
}

/** Reads the request from checked arguments. Throws a `KataError` for an unknown reporter. */
export function requestOf(args: Arguments, cwd: string): RunRequest {
  return {
    ...reportRequest(args, cwd),
    reference: args.has("reference"),
    bail: args.has("bail"),
    device: DEVICE_CHOICES.find((choice) => choice === args.text("device")) ?? "auto",
    sandbox: sandboxOf(args),
    ...given("selector", args.text("selector")),
    ...given("solution", args.text("solution")),
    ...given("filter", args.text("filter")),
    ...given("lang", langOf(args)),
    ...given("variation", args.text("variation")),
    ...given("timeoutMs", args.number("timeout")),
    ...given("seed", args.number("seed")),
    ...given("jobs", args.number("jobs")),
    ...given("log", args.text("log")),
    ...given("katas", args.text("katas")),
    ...given("shard", args.text("shard")),
    ...given("timings", args.text("timings")),
  };
}

/** What the flags grant to foreign code. */
export function sandboxOf(args: Arguments): SandboxRequest {
  return {
    ...given("read", grantOf(args, "allow-read")),
    ...given("write", grantOf(args, "allow-write")),
    ...given("net", args.has("allow-net") || undefined),
    ...given("env", grantOf(args, "allow-env")),
    ...given("run", args.has("allow-run") || undefined),
    ...given("memory", args.number("max-memory")),
    ...given("cpu", args.number("max-cpu")),
    ...given("output", args.number("max-output")),
    ...given("off", args.has("no-sandbox") || undefined),
  };
}

/** Lists add up; a flag without a list grants all. */
function grantOf(args: Arguments, flag: string): "all" | string[] | undefined {
  if (!args.has(flag)) return undefined;
  const lists = args.list(flag);
  if (lists.includes("")) return "all";
  return lists.flatMap((list) => list.split(",")).filter((part) => part !== "");
}

/** The language asked for by `--lang`. */
export function langOf(args: Arguments): "ts" | "py" | undefined {
  const lang = args.text("lang");
  return lang === "ts" || lang === "py" ? lang : undefined;
}

/** A property that is absent when its value is: `exactOptionalPropertyTypes`. */
function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  // TypeScript widens a computed key to an index signature.
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
