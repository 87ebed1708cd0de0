/** A project's own steps within runs of this process: order, interrupts, shards. */
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { KataEvent } from "../../src/events/event.ts";
import { readLedger } from "../../src/events/ledger.ts";
import { mergeLogs, replayLog } from "../../src/session/replay.ts";
import type { RunRequest, RunSurroundings } from "../../src/session/request.ts";
import { runKatas } from "../../src/session/session.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

const NAMES = ["one", "two", "three"];

/** Three katas whose solutions differ in what they return: the second one's fails. */
function project(files: Record<string, string>): string {
  const all: Record<string, string> = { ...files };
  for (const name of NAMES) {
    const solution = `export const value = (): number => ${name === "two" ? 0 : 1};\n`;
    Object.assign(all, {
      [`${name}.ts`]: solution,
      [`katas/${name}/manifest.toml`]: `[kata]\nname = "${name}"\ncategory = "tests"\nbase_difficulty = 1\ndescription = "d"\n`,
      [`katas/${name}/template.ts`]:
        "export function value(): number {\n  // TODO\n  throw 0;\n}\n",
      [`katas/${name}/reference.ts`]: solution,
      [`katas/${name}/kata.test.ts`]:
        'import { expect, test } from "bun:test";\nimport { value } from "./template.ts";\ntest("is one", () => expect(value()).toBe(1));\n',
    });
  }
  return folder(all);
}

function step(slot: string, run: string, more = ""): string {
  const id = slot.replace(":", "-");
  return `---\nid: ${id}\nslot: "${slot}"\nkind: command\nrequired_capabilities: [shell]\nrun: ${JSON.stringify(run)}\n${more}---\n`;
}

/** A project with one step in each of these slots. */
function withSteps(steps: Record<string, string>): string {
  const named = Object.entries(steps).map(([slot, text]) => [slot, slot.replace(":", "-"), text]);
  const lists = named.map(([slot, name]) => `"${slot}" = ["${name}.md"]`).join("\n");
  return project({
    "kata.toml": `[extensions.slots]\n${lists}\n`,
    ...Object.fromEntries(named.map(([, name, text]) => [`extensions/${name}.md`, text ?? ""])),
  });
}

function screen(signal = new AbortController().signal): RunSurroundings & { err: string } {
  const made = {
    err: "",
    color: false,
    env: { PATH: process.env["PATH"] },
    signal,
    stdout: { write: () => {}, isTTY: false, columns: 80 },
    stderr: { write: (text: string) => void (made.err += text), isTTY: false, columns: 80 },
  };
  return made;
}

function request(cwd: string, given: Partial<RunRequest> = {}): RunRequest {
  return {
    reference: false,
    device: "cpu",
    bail: false,
    reporters: [{ name: "json", file: "report.json" }],
    sandbox: {},
    log: "run.ndjson",
    katas: join(cwd, "katas"),
    cwd,
    ...given,
  };
}

/** What happened, in short. */
function story(events: Iterable<KataEvent>): string[] {
  return [...events].flatMap((event) => {
    if (event.event === "KataStarted" || event.event === "KataFinished")
      return `${event.event} ${event.kata_id}`;
    if (event.event !== "ExtensionFinished") return [];
    return `${event.slot} ${event.kata_id ?? "run"} ${event.outcome}`;
  });
}

describe("the steps of a kata", () => {
  test("stand around it in the log, however many katas run at once", async () => {
    for (const [jobs, reference] of [
      [3, false],
      [1, true],
    ] as const) {
      const cwd = withSteps({
        "before:kata": step("before:kata", "sleep 0.05"),
        "on:failure": step("on:failure", "sleep 0.1; exit 1", "on_fail: suggest\n"),
        "after:kata": step("after:kata", "true"),
      });
      const { verdict, exit } = await runKatas(request(cwd, { jobs, reference }), screen());
      expect({ exit, passed: verdict.num_passed }).toEqual({ exit: 1, passed: 2 });
      const around = (name: string): string[] => [
        `before:kata ${name} passed`,
        `KataStarted ${name}`,
        `KataFinished ${name}`,
        ...(name === "two" ? ["on:failure two suggested"] : []),
        `after:kata ${name} passed`,
      ];
      const order = verdict.katas.map(({ kata_id }) => kata_id);
      expect(order.toSorted()).toEqual(NAMES.toSorted());
      expect(story(readLedger(join(cwd, "run.ndjson")))).toEqual(order.flatMap(around));
    }
  });

  test("come once, and in their katas, of shards that are merged", async () => {
    const cwd = withSteps({
      "after:kata": step("after:kata", "true"),
      gate: step("gate", "true"),
    });
    for (const index of [1, 2, 3]) {
      const shard = { shard: `${index}/3`, log: `s${index}.ndjson` };
      await runKatas(request(cwd, shard), screen());
    }
    const logs = ["s3.ndjson", "s1.ndjson", "s2.ndjson"];
    const merge = { logs, reporters: [{ name: "json", file: "m.json" }], cwd, out: "m.ndjson" };
    await mergeLogs(merge, screen());
    const merged = story(readLedger(join(cwd, "m.ndjson")));
    const at = merged.indexOf("after:kata two passed");
    expect(merged[at - 1]).toBe("KataFinished two");
    expect(merged.filter((line) => line.startsWith("after:kata"))).toHaveLength(3);
    expect(merged.filter((line) => line === "gate run passed").length).toBeGreaterThan(0);
  });
});

describe("an interrupt", () => {
  test("ends the step that runs, and starts no other", async () => {
    const cwd = withSteps({
      "before:run": step("before:run", "sleep 60"),
      gate: step("gate", "echo ran > ran", "on_fail: block\n"),
    });
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 300);
    const { verdict, exit } = await runKatas(request(cwd), screen(stop.signal));
    clearTimeout(timer);
    expect({ exit, interrupted: verdict.interrupted }).toEqual({ exit: 130, interrupted: true });
    expect(await Bun.file(join(cwd, "ran")).exists()).toBe(false);
    expect(verdict.extensions).toMatchObject([
      { slot: "before:run", outcome: "skipped", message: "the run was interrupted" },
      { slot: "gate", outcome: "failed", message: "did not run: the run was interrupted" },
    ]);
  });
});

describe("replayLog() with rerun", () => {
  test("runs the deterministic steps of the run and of its katas again", async () => {
    const cwd = withSteps({
      "after:kata": step("after:kata", "echo $KATA_FILE >> files"),
      guard: step("guard", "true"),
      "after:report": step("after:report", "echo late; exit 1"),
    });
    const live = screen();
    await runKatas(request(cwd), live);
    const files = async (): Promise<string[]> =>
      (await Bun.file(join(cwd, "files")).text()).trim().split("\n");
    expect(await files()).toHaveLength(3);
    const replay = { log: "run.ndjson", reporters: [{ name: "json", file: "again.json" }], cwd };
    const again = screen();
    const { verdict } = await replayLog({ ...replay, rerun: true }, again);
    const all = await files();
    expect(all.slice(3)).toEqual(all.slice(0, 3));
    expect(verdict.extensions?.map(({ outcome }): string => outcome)).toEqual([
      "passed",
      "passed",
      "passed",
      "passed",
      "warned",
    ]);
    expect([live.err, again.err]).toEqual([
      "warning: extension after-report warned: late\n",
      "warning: extension after-report warned: late\n",
    ]);
  });
});
