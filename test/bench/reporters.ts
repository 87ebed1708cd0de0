/** A run of 10,000 tests through each reporter: time, and how much the heap grew. */
import { EVENT_SCHEMA, type EventPayload } from "../../src/events/event.ts";
import { createStamper } from "../../src/events/stamp.ts";
import { createHost } from "../../src/plugins/host.ts";
import { REPORTERS } from "../../src/session/reporters.ts";

const TESTS = 10_000;

export async function bench(): Promise<void> {
  console.log(`\na report of ${TESTS} tests  (aim: below 1 s and 64 MiB)`);
  const stamper = createStamper();
  const events = payloads().map((payload) => stamper.stamp(payload));
  const contestants = Object.entries(REPORTERS).map(([name, { create }]) => ({
    name,
    create,
    isTTY: false,
  }));
  const { create: pretty } = REPORTERS["pretty"] ?? {};
  if (pretty !== undefined) contestants.push({ name: "pretty, live", create: pretty, isTTY: true });
  for (const { name, create, isTTY } of contestants) {
    let written = 0;
    const sink = {
      write: (text: string) => void (written += text.length),
      isTTY,
      columns: 80,
    };
    Bun.gc(true);
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    const host = createHost({
      reporters: [{ name, reporter: create }],
      surroundings: { stdout: sink, stderr: sink, color: true },
    });
    let peak = before;
    for (const [index, event] of events.entries()) {
      host.handle(event);
      if (index % 5000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
    }
    await host.finish();
    const ms = performance.now() - started;
    peak = Math.max(peak, process.memoryUsage().heapUsed);
    const growth = ((peak - before) / 2 ** 20).toFixed(1);
    console.log(
      `  ${name.padEnd(18)} ${ms.toFixed(0).padStart(6)} ms  ${growth.padStart(7)} MiB  ${(written / 2 ** 20).toFixed(1)} MiB written`,
    );
  }
}

/** One kata in a hundred tests, one test in ten failed. */
function payloads(): EventPayload[] {
  const key = (index: number) => ({ kata_id: `kata-${index}`, lang: "ts" as const, variation: "" });
  const katas = TESTS / 100;
  const list: EventPayload[] = [
    {
      event: "RunStarted",
      schema: EVENT_SCHEMA,
      kata_version: "0.0.0",
      seed: 0,
      options: {
        reference: false,
        device: "cpu",
        timeout_ms: null,
        filter: null,
        bail: false,
        jobs: 1,
      },
      plan: Array.from({ length: katas }, (_, index) => ({
        ...key(index),
        name: `Kata ${index}`,
        category: "bench",
        difficulty: 1,
        dependencies: [],
        file: `kata-${index}.ts`,
      })),
    },
  ];
  for (let index = 0; index < katas; index++) {
    list.push({ event: "KataStarted", ...key(index), device: "cpu" });
    for (let number = 0; number < 100; number++) {
      const test_id = `kata-${index}#${number}`;
      const failed = number % 10 === 0;
      list.push(
        {
          event: "TestFound",
          ...key(index),
          test_id,
          name: `group › does thing ${number}`,
          file: "kata.test.ts",
          line: number + 1,
        },
        { event: "TestStarted", test_id, attempt: 1 },
        {
          event: "Output",
          ...key(index),
          stream: "stdout",
          text: `printed by ${number}\n`,
          test_id,
        },
        {
          event: "TestFinished",
          test_id,
          status: failed ? "failed" : "passed",
          duration_ms: 1.5,
          attempt: 1,
          ...(failed
            ? {
                reason: "assertion" as const,
                failure: {
                  message: "expect(received).toBe(expected)\n\nExpected: 3\nReceived: 4",
                  type: "AssertionError",
                  expected: "3",
                  received: "4",
                },
              }
            : {}),
        },
      );
    }
    list.push({ event: "KataFinished", ...key(index), duration_ms: 150, todos: 0, filled: true });
  }
  list.push({ event: "RunFinished", interrupted: false, duration_ms: 1500, next: null });
  return list;
}
