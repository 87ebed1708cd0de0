import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Grants, InjectedFunction } from "../../../src/python/host/grants.ts";
import { NOT_NOW } from "../../../src/python/host/host.ts";
import { HEAD, readLog } from "../../../src/python/host/log-text.ts";
import { answerLine, type EventLog, settle, Suspended } from "../../../src/python/host/log.ts";
import { type Plain, plainText } from "../../../src/python/host/plain.ts";
import { outcome, start, thrown } from "./run.ts";

/** Counts what it does; what it answers depends on how often it was asked. */
function counting(): { grants: Grants; done: () => number } {
  let done = 0;
  const next: InjectedFunction = () => ++done;
  return { grants: { modules: { count: { next } } }, done: () => done };
}

function suspension(call: () => unknown): Suspended {
  try {
    call();
  } catch (error) {
    if (error instanceof Suspended) return error;
    throw error;
  }
  throw new Error("not suspended");
}

describe("EventLog", () => {
  test("answers from its history, and does nothing again", () => {
    const first = counting();
    const run = start(first.grants);
    expect([run.try("count.next"), run.try("count.next")]).toEqual([1, 2]);
    const second = counting();
    const again = start(second.grants, run.text());
    expect([again.log.replaying, again.try("count.next"), again.try("count.next")]).toEqual([
      true,
      1,
      2,
    ]);
    expect([second.done(), again.log.replaying, again.text() === run.text()]).toEqual([
      0,
      false,
      true,
    ]);
    expect([again.try("count.next"), second.done(), again.log.seq]).toEqual([1, 1, 3]);
  });

  test("needs none of the first run's grants to replay it", () => {
    const run = start({ env: { A: "1" }, files: [{ at: "/", memory: { "/f": "text" } }] });
    const program = (log: EventLog): Plain[] => [
      outcome(() => log.perform("env.get", "A")),
      outcome(() => log.perform("fs.open", "/f", "r")),
      outcome(() => log.perform("fs.read", 3, 0, 9)),
      outcome(() => log.perform("fs.open", "/g", "r")),
    ];
    const results = program(run.log);
    expect(results[3]).toBe("OSError ENOENT /g: No such file or directory");
    const again = start({}, run.text());
    expect(program(again.log)).toEqual(results);
    expect(again.text()).toBe(run.text());
  });

  test("keeps failures as it keeps results", () => {
    const run = start({ modules: { m: { fail: () => Promise.reject as never } } });
    const failure = run.try("m.fail");
    expect(failure).toStartWith("TypeError");
    expect(start({}, run.text()).try("m.fail")).toBe(failure);
  });

  test("names both when a program asks for something else, and goes no further", () => {
    const past = start({ env: { A: "1" } });
    past.try("env.get", "A");
    past.try("env.get", "x".repeat(2000));
    const other = start({ env: {} }, past.text());
    const message = thrown(() => other.log.perform("env.get", "B"));
    expect(message).toBe(
      `The log goes on with env.get("A") at event 0, the program asks for env.get("B")`,
    );
    expect(thrown(() => other.log.perform("env.get", "A"))).toBe(message);
    const name = start({}, past.text());
    expect(thrown(() => name.log.perform("env.names"))).toContain("asks for env.names()");
    const long = start({}, past.text());
    long.try("env.get", "A");
    const longMessage = thrown(() => long.log.perform("env.get", "y".repeat(2000)));
    expect(longMessage).toContain(`env.get({"sha256":"`);
    expect(longMessage.length).toBeLessThan(600);
  });

  test("keeps long arguments as a digest, which a replay compares", () => {
    const written: [string, boolean][] = [];
    const stdout = (text: string, again: boolean): void => void written.push([text, again]);
    const long = "line\n".repeat(10_000);
    const run = start({ stdout });
    run.try("stdout.write", long);
    expect(run.text().length).toBeLessThan(300);
    const again = start({ stdout }, run.text());
    expect(again.try("stdout.write", long)).toBeNull();
    expect(written).toEqual([
      [long, false],
      [long, true],
    ]);
    expect(thrown(() => start({}, run.text()).log.perform("stdout.write", `${long}!`))).toContain(
      "The log goes on",
    );
  });

  test("hands out results that are the program's own", () => {
    const shared = { bytes: Uint8Array.of(1) };
    const run = start({ modules: { m: { get: () => shared } } });
    const got = run.log.perform("m.get") as { bytes: Uint8Array };
    got.bytes[0] = 7;
    shared.bytes[0] = 8;
    const again = start({}, run.text());
    expect(again.log.perform("m.get")).toEqual({ bytes: Uint8Array.of(1) });
  });

  test("ends the run at its limit, with all that was done in it", () => {
    const { grants, done } = counting();
    const run = start(grants, "", { limit: 1000 });
    const messages = Array.from({ length: 50 }, () => thrown(() => run.log.perform("count.next")));
    expect(messages.at(-1)).toBe("The event log has more than 1000 characters");
    expect(readLog(run.text()).events).toHaveLength(done());
    expect(run.text().length).toBeLessThan(1100);
    const more = start(grants, run.text(), { limit: 1000 });
    for (let n = done(); n > 0; n--) more.log.perform("count.next");
    expect(thrown(() => more.log.perform("count.next"))).toContain("more than 1000");
  });

  test("tells when its history ends, once", () => {
    const { grants } = counting();
    const run = start(grants);
    run.try("count.next");
    run.try("count.wrong");
    let live = 0;
    const again = start(grants, run.text(), { onLive: () => live++ });
    again.try("count.next");
    expect(live).toBe(0);
    again.try("count.wrong");
    again.try("count.next");
    expect(live).toBe(1);
  });

  test("stops at a defect of the host, and at an effect inside another", () => {
    const defect = start({ stdout: () => JSON.parse("{") as never });
    expect(thrown(() => defect.log.perform("stdout.write", "x"))).toContain("JSON");
    expect(thrown(() => defect.log.perform("env.get", "x"))).toContain("JSON");
    const inner = (): Plain => run.log.perform("m.outer");
    const run = start({ stdout: () => void inner(), modules: { m: { outer: () => 1 } } });
    expect(thrown(() => run.log.perform("stdout.write", ""))).toBe(
      "Cannot do m.outer while stdout.write is being done",
    );
    expect(readLog(run.text()).events).toEqual([]);
  });

  test("stops when its lines cannot be kept", () => {
    const run = start({ env: {} }, HEAD, {
      write: () => {
        throw new Error("disk full");
      },
    });
    expect(thrown(() => run.log.perform("env.names"))).toBe("disk full");
    expect(thrown(() => run.log.perform("env.names"))).toBe("disk full");
  });
});

describe("Suspended", () => {
  test("ends a run whose effect cannot answer now, for whatever it asks afterwards", () => {
    const run = start({ modules: { human: { ask: () => NOT_NOW } }, env: {} });
    run.try("env.names");
    const first = suspension(() => run.log.perform("human.ask", "name?", 2n));
    expect(first.request).toEqual({
      seq: 1,
      at: first.request.at,
      effect: "human.ask",
      args: ["name?", 2n],
    });
    expect(suspension(() => run.log.perform("env.names"))).toBe(first);
    const again = start({ env: {} }, run.text() + answerLine(first.request, { ok: "Ada" }));
    again.try("env.names");
    expect(again.log.perform("human.ask", "name?", 2n)).toBe("Ada");
    const failure = { kind: "TimeoutError", message: "nobody there" };
    const failed = start({ env: {} }, run.text() + answerLine(first.request, { failure }));
    failed.try("env.names");
    expect(failed.try("human.ask", "name?", 2n)).toBe("TimeoutError: nobody there");
  });

  test("waits for a promise's answer, or its failure", async () => {
    const slow = {
      good: async (n: Plain) => Number(n) * 2,
      bad: async () => {
        throw new Error("no luck");
      },
      odd: async () => new Date(0) as never,
    };
    const modules = { slow };
    let text = start({ modules }).text();
    const results: Plain[] = [];
    for (const effect of ["slow.good", "slow.bad", "slow.odd"]) {
      const run = start({ modules }, text);
      for (const done of ["slow.good", "slow.bad", "slow.odd"].slice(
        0,
        run.log.replaying ? results.length : 0,
      )) {
        run.try(done, 21);
      }
      text += await settle(suspension(() => run.log.perform(effect, 21)));
      const after = start({}, text);
      for (let n = 0; n < results.length; n++) after.try(["slow.good", "slow.bad"][n]!, 21);
      results.push(after.try(effect, 21));
    }
    expect(results).toEqual([
      42,
      "RuntimeError: no luck",
      "TypeError: the result of slow.odd is a Date, which is no plain data",
    ]);
  });

  test("has no answer on its way when its effect only said not now", async () => {
    const run = start({ modules: { human: { ask: () => NOT_NOW } } });
    const ended = suspension(() => run.log.perform("human.ask"));
    expect(settle(ended)).rejects.toThrow("no answer is on its way");
  });

  test("comes before the effect of a given number, which is done after all when the run goes on", () => {
    const { grants, done } = counting();
    const run = start(grants, "", { suspendAt: 1 });
    expect(run.log.perform("count.next")).toBe(1);
    suspension(() => run.log.perform("count.next"));
    expect(done()).toBe(1);
    const again = start(grants, run.text(), { suspendAt: 0 });
    expect([again.log.perform("count.next"), again.log.perform("count.next"), done()]).toEqual([
      1, 2, 2,
    ]);
  });
});

/** A program that writes files, reads them, draws numbers, asks, prints, and decides by what it learns. */
function wander(log: EventLog, steps: number): Plain[] {
  const seen: Plain[] = [];
  const ask = (effect: string, ...args: readonly Plain[]): Plain => {
    const result = outcome(() => log.perform(effect, ...args));
    seen.push(result);
    return result;
  };
  const handles: Plain[] = [];
  for (let step = 0; step < steps; step++) {
    const draw = (ask("random.bytes", 4) as Uint8Array) ?? new Uint8Array(4);
    const [what, which, size, where] = draw as Uint8Array as unknown as [
      number,
      number,
      number,
      number,
    ];
    const path = `/${["tmp", "data", "tmp/d", "none"][which % 4]}/${String.fromCharCode(97 + (size % 3))}`;
    const handle = handles[where % (handles.length + 1)] ?? 99;
    switch (what % 12) {
      case 0:
      case 1: {
        const id = ask("fs.open", path, ["r", "rwct", "rwca", "rwc", "wcx"][where % 5]!);
        if (typeof id === "number") handles.push(id);
        break;
      }
      case 2:
      case 3:
        ask("fs.write", handle, size % 50, draw);
        break;
      case 4:
        ask("fs.read", handle, size % 20, 100);
        break;
      case 5:
        ask("fs.close", handle);
        break;
      case 6:
        ask("fs.rename", path, `/tmp/${"abc"[where % 3]}`);
        break;
      case 7:
        ask(where % 2 === 0 ? "fs.unlink" : "fs.mkdir", where % 2 === 0 ? path : "/tmp/d");
        break;
      case 8:
        ask("fs.truncate", handle, size % 30);
        break;
      case 9:
        ask("stdout.write", `step ${step}: ${String(seen.at(-2))}\n`);
        break;
      case 10:
        ask("stdin.read", size % 7);
        break;
      default:
        ask("fs.list", "/tmp");
        ask("fs.fstat", handle);
        ask("clock.monotonic");
    }
  }
  return seen;
}

test("a run cut anywhere 1,000 times goes on to the same results, with no effect done again", () => {
  const STEPS = 30;
  let written = "";
  const grants = (seed: number): Grants => ({
    random: seed,
    stdin: "abcdefghijklmnopqrstuvwxyz".repeat(20),
    stdout: (text, again) => {
      if (!again) written += text;
    },
    clock: { time: () => 0, monotonic: () => 5, sleep: () => {} },
    files: [
      { at: "/tmp", memory: {}, limit: 5000 },
      { at: "/data", memory: { "/a": "alpha", "/b": "beta" } },
    ],
  });
  const go = (
    seed: number,
    past: string,
  ): { seen: string; text: string; written: string; done: number } => {
    written = "";
    const before = readLog(past).events;
    const run = start(grants(seed), past, { now: () => 1 });
    const seen = wander(run.log, STEPS);
    run.host.close();
    return { seen: plainText(seen), text: run.text(), written, done: run.log.seq - before.length };
  };
  const shift = { cuts: 0, live: 0 };
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
      (seed, cuts) => {
        const whole = go(seed, "");
        for (const cut of cuts) {
          const kept = whole.text.slice(0, Math.floor(cut * whole.text.length));
          const rest = go(seed, kept);
          shift.cuts++;
          shift.live += rest.done;
          expect(rest.seen).toBe(whole.seen);
          expect(rest.text).toBe(whole.text);
          expect(whole.written.endsWith(rest.written)).toBe(true);
        }
      },
    ),
    { numRuns: 125 },
  );
  expect(shift.cuts).toBe(1000);
  expect(shift.live).toBeGreaterThan(1000);
}, 60_000);

test("a hundred thousand effects are recorded in lines of their own size, and replayed", () => {
  const lines: string[] = [];
  const run = start({ modules: { m: { f: (n) => n ?? null } } }, "", {
    write: (line) => lines.push(line),
  });
  for (let n = 0; n < 100_000; n++) run.log.perform("m.f", n);
  const text = lines.join("");
  expect(text.length).toBeLessThan(100 * 100_000);
  const again = start({}, text);
  let sum = 0;
  for (let n = 0; n < 100_000; n++) sum += Number(again.log.perform("m.f", n));
  expect(sum).toBe(4_999_950_000);
}, 60_000);
