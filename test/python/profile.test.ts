/** Time, calls and spans of runs. */
import { expect, test } from "bun:test";
import { run, type RunOptions, spanTree } from "../../src/python/index.ts";

const PROGRAM = `import host
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
def outer():
    host.ask(1)
    return fib(9)
def pairs():
    yield 1
    yield 2
print(outer(), sum(pairs()), [fib(i) for i in range(2)])
host.fails()
`;

const options: RunOptions = {
  filename: "program.py",
  modules: {
    host: {
      ask: (n: number) => n,
      fails: () => {
        throw new Error("out of paper");
      },
    },
  },
};

test("profile counts calls of functions and lines, and their time", () => {
  const result = run(PROGRAM, { ...options, profile: true });
  expect(result.output).toBe("34 3 [0, 1]\n");
  expect(result.output).toBe(run(PROGRAM, options).output);
  const { functions, lines } = result.profile!;
  const calls = Object.fromEntries(functions.map((one) => [one.function, one.calls]));
  expect(calls).toEqual({ fib: 111, outer: 1, pairs: 1 });
  const counts = Object.fromEntries(lines.map(({ line, calls: times }) => [line, times]));
  expect(counts).toMatchObject({ 3: 111, 4: 57, 5: 54, 7: 1, 8: 1, 12: 1, 13: 1 });
  for (const one of [...functions, ...lines]) {
    expect(one.selfMs).toBeGreaterThanOrEqual(0);
    expect(one.totalMs).toBeGreaterThanOrEqual(one.selfMs);
    expect(one.totalMs).toBeLessThanOrEqual(result.used.timeMs + 1000);
  }
  const outer = functions.find((one) => one.function === "outer")!;
  const fib = functions.find((one) => one.function === "fib")!;
  expect(outer.totalMs).toBeGreaterThan(0);
  expect(fib.totalMs).toBeLessThan(outer.totalMs + fib.totalMs);
});

test("profile is left out where it was not asked for", () => {
  expect(run("1", {}).profile).toBeUndefined();
  expect(run("1", {}).telemetry).toBeUndefined();
});

test("telemetry is a tree of spans in OpenTelemetry's JSON", () => {
  const { telemetry } = run(PROGRAM, { ...options, profile: true, telemetry: true });
  const spans = telemetry!.resourceSpans[0]!.scopeSpans[0]!.spans;
  const ids = new Set(spans.map(({ spanId }) => spanId));
  expect(ids.size).toBe(spans.length);
  for (const span of spans) {
    expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span.parentSpanId === undefined || ids.has(span.parentSpanId)).toBe(true);
    expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
  }
  expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined)).toHaveLength(1);
  const tree = spanTree(telemetry!).replaceAll(/ {2}[\d.]+ ms/g, "");
  expect(tree).toStartWith("run program.py  failed: out of paper\n  modules.grants\n");
  expect(tree).toContain("\n  outer()\n    host.ask\n    fib()\n      fib()\n");
  expect(tree).toContain("\n  host.fails  failed: out of paper\n");
});

test("telemetry of effects needs no profile", () => {
  const { telemetry } = run(PROGRAM, { ...options, telemetry: true });
  const tree = spanTree(telemetry!).replaceAll(/ {2}[\d.]+ ms/g, "");
  expect(tree).toContain("\n  host.ask\n");
  expect(tree).not.toContain("outer()");
});
