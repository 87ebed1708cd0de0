/**
 * What runs inside a plugin's process: loads the module, hands it one event
 * after the other, and writes what it returns to the parent.
 *
 * Nothing here guards the parent: the walls around this process do, and the
 * parent believes no answer before it has read it.
 */
import { writeSync } from "node:fs";
import { readActions } from "../plugins/actions.ts";
import type { GuestAnswer, GuestJob } from "../plugins/messages.ts";
import * as api from "../plugins/reporter.ts";
import { applyRules } from "../plugins/rules.ts";
import { thrownWords } from "../plugins/words.ts";

type Handle = (event: unknown) => unknown;

const CHANNEL_FD = 3;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

function say(answer: GuestAnswer): void {
  const bytes = Buffer.from(`${JSON.stringify(answer)}\n`);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(CHANNEL_FD, bytes, at);
    } catch (error) {
      // The reader is slow: this process waits.
      if ((error as { code?: string }).code !== "EAGAIN") throw error;
      Atomics.wait(sleeper, 0, 0, 1);
    }
  }
}

/** Says what went wrong, and ends: a plugin that failed once is not asked again. */
function fail(error: string): never {
  say({ error });
  process.exit(0);
}

async function* lines(): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of Bun.stdin.stream()) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

async function load({ module, kind, context, rules }: GuestJob): Promise<Handle> {
  if (rules !== undefined) return (event) => applyRules(rules, event as object);
  // The package's name resolves without a folder of packages around the plugin.
  Bun.plugin({
    name: "kata",
    setup: (build) => {
      build.module("kata/plugin", () => ({ exports: { ...api }, loader: "object" }));
    },
  });
  const exports = (await import(module)) as Record<string, unknown>;
  const { createReporter, handle } = exports;
  if (kind === "handler") {
    if (typeof handle === "function") return handle as Handle;
    return fail("it exports no function handle(event)");
  }
  if (typeof createReporter !== "function") return fail("it exports no function createReporter");
  const made = (createReporter as (given: typeof context) => unknown)(context);
  const reporter = Object(made) as { handle?: unknown };
  if (typeof reporter.handle !== "function") return fail("createReporter returned no reporter");
  return (event) => (reporter as { handle: Handle }).handle(event);
}

async function main(): Promise<void> {
  let handle: Handle | undefined;
  let kind: GuestJob["kind"] = "reporter";
  for await (const line of lines()) {
    if (handle === undefined) {
      const job = JSON.parse(line) as GuestJob;
      ({ kind } = job);
      handle = await load(job);
      say({ ready: true });
      continue;
    }
    const returned = handle(JSON.parse(line)) ?? null;
    // Read here, too: what is wrong has lost its name once it is JSON.
    const actions = kind === "reporter" ? readActions(returned) : returned;
    if (typeof actions === "string") fail(actions);
    say({ actions });
  }
  process.exit(0);
}

process.on("uncaughtException", (error) => fail(thrownWords(error)));
process.on("unhandledRejection", (error) => fail(thrownWords(error)));
main().catch((error: unknown) => fail(thrownWords(error)));
