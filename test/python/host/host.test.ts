import { afterEach, expect, test } from "bun:test";
import { HostFailure } from "../../../src/python/host/failure.ts";
import { createHost } from "../../../src/python/host/host.ts";
import type { Plain } from "../../../src/python/host/plain.ts";
import { start, thrown } from "./run.ts";

afterEach(() => {
  delete process.env.KATA_HOST_TEST;
});

test("createHost() denies all that is not granted", () => {
  const run = start({});
  const effects = [
    "clock.time",
    "clock.sleep",
    "random.seed",
    "stdin.read",
    "stdout.write",
    "env.get",
  ];
  for (const effect of [
    ...effects,
    "modules.import",
    "constructor",
    "__proto__",
    "process.exit",
    "",
  ]) {
    expect(run.try(effect, "HOME")).toBe(
      `PermissionError: ${effect} is not granted to this program`,
    );
  }
  expect(run.try("fs.open", "/etc/passwd", "r")).toBe("OSError EACCES: Permission denied");
});

test("createHost() shows the granted names of the environment, and no others", () => {
  process.env.KATA_HOST_TEST = "here";
  const run = start({ env: ["KATA_HOST_TEST", "KATA_HOST_MISSING"] });
  expect(run.try("env.names")).toEqual(["KATA_HOST_TEST"]);
  expect(run.try("env.get", "KATA_HOST_TEST")).toBe("here");
  for (const name of ["PATH", "__proto__", "constructor", "KATA_HOST_MISSING", 1, null]) {
    expect(run.try("env.get", name)).toBeNull();
  }
  const given = start({ env: { __proto__: null, HOME: "/home" } as never });
  expect([given.try("env.names"), given.try("env.get", "PATH")]).toEqual([["HOME"], null]);
});

test("createHost() lets a program import the modules that are handed in, and those alone", () => {
  const weather = {
    __doc__: "of today",
    unit: "K",
    limits: { low: 0 },
    at: (place?: Plain) => ({ place: place ?? null }),
  };
  const run = start({ modules: { weather, "acme.tools": {} } });
  expect(run.try("modules.import", "weather")).toEqual({
    functions: { at: null },
    values: { __doc__: "of today", unit: "K", limits: { low: 0 } },
  });
  expect(run.try("modules.import", "acme.tools")).toEqual({ functions: {}, values: {} });
  expect(run.try("modules.import", "acme")).toEqual({ functions: {}, values: {} });
  expect(run.try("modules.import", "os")).toBeNull();
  expect(run.try("modules.import", "constructor")).toBeNull();
  expect(run.try("weather.at", "Oslo")).toEqual({ place: "Oslo" });
  expect(run.try("weather.unit")).toStartWith("PermissionError");
  expect(run.try("weather.constructor")).toStartWith("PermissionError");
});

test("createHost() turns errors of injected functions into exceptions", () => {
  const fails = {
    plain: () => {
      throw new Error("out of paper");
    },
    mute: () => {
      throw new Error();
    },
    text: () => {
      // oxlint-disable-next-line no-throw-literal -- what a host's function may do
      throw "just text";
    },
    named: () => {
      throw new HostFailure({ kind: "KeyError", message: "x" });
    },
    system: () => {
      throw Object.assign(new Error("/secret/path"), { code: "ENOENT", syscall: "open" });
    },
    odd: () => new Date(0) as never,
  };
  const run = start({ modules: { fails } });
  expect(run.try("fails.plain")).toBe("RuntimeError: out of paper");
  expect(run.try("fails.mute")).toBe("RuntimeError: fails.mute failed");
  expect(run.try("fails.text")).toBe("RuntimeError: just text");
  expect(run.try("fails.named")).toBe("KeyError: x");
  expect(run.try("fails.system")).toBe("OSError ENOENT: No such file or directory");
  expect(run.try("fails.odd")).toBe(
    "TypeError: the result of fails.odd is a Date, which is no plain data",
  );
});

test("createHost() refuses names of modules that would hide or break effects", () => {
  for (const name of ["fs", "env", "clock", "a b", "", "a..b", "x.", "1a"]) {
    expect(thrown(() => createHost({ modules: { [name]: {} } }))).toStartWith(
      "Cannot hand in the module",
    );
  }
  expect(thrown(() => createHost({ modules: { m: { "a.b": () => 1 } } }))).toContain(
    "no Python name",
  );
  expect(thrown(() => createHost({ random: 0.5 }))).toContain("Cannot seed with 0.5");
});

test("stdin.read gives text as bytes, in parts, and then none", () => {
  const run = start({ stdin: "h\u00e9!" });
  expect(run.try("stdin.read", 2)).toEqual(new TextEncoder().encode("h\u00e9").subarray(0, 2));
  expect(run.try("stdin.read", 100)).toEqual(new Uint8Array([0xa9, 0x21]));
  expect(run.try("stdin.read", 100)).toEqual(new Uint8Array());
  for (const size of [-1, 0.5, "1", null, Infinity]) {
    expect(run.try("stdin.read", size)).toStartWith("ValueError");
  }
  expect(start({ stdin: new Uint8Array(1e6) }).try("stdin.read", 1e9)).toHaveLength(65536);
});

test("clock.monotonic never goes back, not in another process either", () => {
  const clock = { time: () => 0, sleep: () => {} };
  const first = start({ clock: { ...clock, monotonic: () => 1000 } });
  expect(first.try("clock.monotonic")).toBe(1000);
  let now = 5;
  const second = start({ clock: { ...clock, monotonic: () => now++ } }, first.text());
  const times = [1, 2, 3].map(() => second.try("clock.monotonic"));
  expect(times).toEqual([1000, 1000, 1001]);
});

test("the system's clock tells the time, waits, and refuses other waits", () => {
  const run = start({ clock: "system" });
  const before = Date.now();
  const time = Number(run.try("clock.time")) * 1000;
  expect(Math.abs(time - before)).toBeLessThan(1000);
  const start0 = Number(run.try("clock.monotonic"));
  run.try("clock.sleep", 0.02);
  expect(Number(run.try("clock.monotonic")) - start0).toBeGreaterThanOrEqual(0.02);
  for (const seconds of [-1, NaN, "1", null]) {
    expect(run.try("clock.sleep", seconds)).toBe("ValueError: sleep length must be non-negative");
  }
});

test("random.seed and random.bytes are the same for one seed, and go on where a log ends", () => {
  const ask = (past?: string, count = 3): unknown[] => {
    const run = start({ random: 7 }, past);
    const numbers = Array.from({ length: count }, () => [
      run.try("random.seed"),
      run.try("random.bytes", 5),
    ]);
    return [numbers, run.text()];
  };
  const [numbers, text] = ask();
  expect(ask()[0]).toEqual(numbers);
  expect(new Set((numbers as unknown[][]).map(String)).size).toBe(3);
  expect(ask(ask(undefined, 1)[1] as string)[0]).toEqual(numbers);
  expect(start({ random: 8 }).try("random.seed")).not.toEqual(
    start({ random: 7 }).try("random.seed"),
  );
  const entropy = start({ random: "system" });
  expect(entropy.try("random.seed")).not.toBe(entropy.try("random.seed"));
  for (const count of [-1, 65537, 0.5, "1"]) {
    expect(entropy.try("random.bytes", count)).toStartWith("ValueError");
  }
  expect(text).toBeString();
});
