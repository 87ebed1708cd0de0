/** Programs whose host answers by promises often: they go on in a thread of their own, and nobody notices. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { KataError } from "../../../src/errors.ts";
import {
  type InjectedModule,
  NOT_NOW,
  openSession,
  run,
  type RunOptions,
  runAsync,
} from "../../../src/python/index.ts";

/** Takes longer to run again than the host is patient. */
const LONG =
  "import host\nx = 0\nfor i in range(200_000): x += i % 7\nfor i in range(30): host.slow(i)\n\n";
const FIRST = Array.from({ length: 30 }, (_, i) => i);

let threads = 0;
const { Worker } = globalThis;
beforeEach(() => {
  threads = 0;
  globalThis.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      threads++;
    }
  };
});
afterEach(() => {
  globalThis.Worker = Worker;
});

function hostOf(asked: number[]): InjectedModule {
  return {
    slow: async (n: number) => {
      asked.push(n);
      await Promise.resolve();
      return n * 10;
    },
    later: () => NOT_NOW,
    gone: () => Promise.reject(new Error("gone")),
    each: (f: (n: number) => number) => f(1) + f(2),
    odd: async () => (() => 1) as never,
    broken: () => {
      throw new KataError("broken-host", "The host is broken", { hint: "mend it" });
    },
  };
}

async function runLong(rest: string, options: RunOptions = {}) {
  const asked: number[] = [];
  const modules = { host: hostOf(asked) };
  const before = threads;
  const written: string[] = [];
  const lines: string[] = [];
  const result = await runAsync(LONG + rest, {
    modules,
    stdout: (text) => void written.push(text),
    record: (line) => void lines.push(line),
    maxTimeMs: 30_000,
    ...options,
  });
  expect(threads).toBe(before + 1);
  expect(lines.join("")).toBe(result.log);
  expect(written.join("")).toBe(result.output);
  return { result, asked };
}

describe("runAsync() in a thread", () => {
  test("asks for everything once, in order, and gives a log that answers it all", async () => {
    const source = `
import random
total = 0
for i in range(100):
    total += host.slow(i)
    print(random.randrange(10), end=" ")
print(x, total)
total`;
    const { result, asked } = await runLong(source);
    expect(asked).toEqual([...FIRST, ...Array.from({ length: 100 }, (_, i) => i)]);
    expect(result).toMatchObject({ ok: true, value: 49_500 });
    expect(result.output).toEndWith(" 599994 49500\n");
    const replayed = run(LONG + source, {
      modules: { host: hostOf(asked) },
      replay: result.log,
    });
    expect(asked).toHaveLength(130);
    expect(replayed.output).toBe(result.output);
    expect(replayed.used.steps).toBe(result.used.steps);
    expect(replayed.events).toEqual([...result.events]);
  });

  test("calls the program back, and brings its exceptions through the host's functions", async () => {
    const { result } = await runLong(`
print(host.each(lambda n: n * 2))
try:
    host.each(lambda n: 1 // 0)
except ZeroDivisionError as error:
    print("own", error)
try:
    host.each(lambda n: host.slow(n))
except RuntimeError as error:
    print(error)
try:
    host.gone()
except RuntimeError as error:
    print(error)
`);
    expect(result.output).toBe(
      "6\nown integer division or modulo by zero\nhost.slow has to be waited for, in a callback\ngone\n",
    );
  });

  test("ends as it would here: by a limit, by a suspension", async () => {
    const spun = await runLong("print('on')\nwhile True: pass", { maxSteps: 2_000_000 });
    expect(spun.result).toMatchObject({ ok: false, error: { kind: "limit" }, output: "on\n" });
    const waits = await runLong("print('on')\nhost.later()");
    expect(waits.result).toMatchObject({
      ok: false,
      error: { kind: "suspended", line: 7 },
      request: { effect: "host.later", args: [] },
    });
  });

  test("ends as it would here: by an error of the host's, by an exception", async () => {
    const broken = await runLong("host.broken()");
    const here = run("import host\nhost.broken()", { modules: { host: hostOf([]) } });
    expect(broken.result.ok || broken.result.error.message).toBe(here.ok || here.error.message);
    const odd = await runLong("host.odd()");
    expect(odd.result.ok || odd.result.error.message).toContain("the result of host.odd");
    const raised = await runLong("def f():\n    return [][1]\nf()");
    expect(raised.result).toMatchObject({
      ok: false,
      error: { exceptionType: "IndexError", line: 7, traceback: [{ line: 8 }, { line: 7 }] },
    });
  });

  test("writes to the files that were granted", async () => {
    const files = [{ at: "/work", memory: {}, write: true }];
    const { result } = await runLong(
      `
with open("/work/a", "w") as file:
    file.write("text " * 3)
host.slow(2)
with open("/work/a") as file:
    print(file.read())
`,
      { files },
    );
    expect(result).toMatchObject({ ok: true, output: "text text text \n" });
  });
});

test("openSession() goes on in the thread, and comes back from it", async () => {
  const asked: number[] = [];
  const session = openSession({ modules: { host: hostOf(asked) } });
  try {
    expect(await session.runAsync(`${LONG}y = 1\ny`)).toMatchObject({ ok: true, value: 1 });
    expect(await session.runAsync("y += host.slow(5)\nprint(y)\ny")).toMatchObject({ value: 51 });
    expect(threads).toBe(1);
    expect(session.run("y += 1\nprint(y)\nx + y")).toMatchObject({
      ok: true,
      value: 600_046,
      output: "51\n52\n",
    });
    expect(asked).toEqual([...FIRST, 5]);
    expect(await session.runAsync("y += host.slow(6)\ny")).toMatchObject({ value: 112 });
    expect(asked).toEqual([...FIRST, 5, 6]);
  } finally {
    session.close();
  }
});

test("runAsync() stays here where running again is cheap, and with a host's own objects", async () => {
  const asked: number[] = [];
  const modules = { host: hostOf(asked) };
  expect(await runAsync("import host\nhost.slow(3)", { modules })).toMatchObject({
    value: 30,
  });
  expect(await runAsync(LONG.replace("30", "12"), { modules, natives: {} })).toMatchObject({
    ok: true,
  });
  expect(threads).toBe(0);
  expect(asked).toEqual([3, ...FIRST.slice(0, 12)]);
});
