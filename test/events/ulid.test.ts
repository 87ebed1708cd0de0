import { describe, expect, test } from "bun:test";
import type { EventPayload, Failure, PlannedKata } from "../../src/events/event.ts";
import { createStamper, isoTime, stamped } from "../../src/events/stamp.ts";
import { createUlids, isUlid, nextUlid, ulidTime } from "../../src/events/ulid.ts";

const none = (bytes: Uint8Array): void => void bytes.fill(0);
const full = (bytes: Uint8Array): void => void bytes.fill(255);

describe("createUlids()", () => {
  test("gives the time and the random part when both are handed in", () => {
    // The example of the specification: 1469918176385 is 01ARYZ6S41.
    expect(createUlids({ now: () => 1469918176385, random: none })()).toBe(
      "01ARYZ6S410000000000000000",
    );
    expect(createUlids({ now: () => 0, random: full })()).toBe("0000000000ZZZZZZZZZZZZZZZZ");
  });

  test("counts up when the clock stands still", () => {
    const next = createUlids({ now: () => 5, random: none });
    expect([next(), next()]).toEqual(["00000000050000000000000000", "00000000050000000000000001"]);
  });

  test("keeps the order when the clock runs backwards", () => {
    const times = [10, 9, 3, 11];
    const next = createUlids({ now: () => times.shift() ?? 0, random: none });
    const ids = [next(), next(), next(), next()];
    expect(ids).toEqual(ids.toSorted());
    expect(ids.map(ulidTime)).toEqual([10, 10, 10, 11]);
  });

  test("borrows a millisecond when the random part is used up", () => {
    const next = createUlids({ now: () => 5, random: full });
    expect([next(), next()]).toEqual(["0000000005ZZZZZZZZZZZZZZZZ", "00000000060000000000000000"]);
  });

  test("keeps to 48 bits when the clock is mad", () => {
    for (const now of [-1, Number.MAX_SAFE_INTEGER, 0.5]) {
      expect(isUlid(createUlids({ now: () => now, random: none })())).toBe(true);
    }
  });

  test("never repeats and sorts when many are made from the system's sources", () => {
    const next = createUlids();
    const ids = Array.from({ length: 20_000 }, next);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
    expect(Math.abs(ulidTime(ids[0] ?? "") - Date.now())).toBeLessThan(60_000);
  });
});

describe("nextUlid()", () => {
  test("gives the next greater id", () => {
    expect(nextUlid("00000000050000000000000001")).toBe("00000000050000000000000002");
    expect(nextUlid("0000000005000000000000000Z")).toBe("00000000050000000000000010");
    expect(nextUlid("0000000005ZZZZZZZZZZZZZZZZ")).toBe("00000000060000000000000000");
  });
});

describe("ulidTime()", () => {
  test.each([
    "",
    "short",
    "8ZZZZZZZZZ0000000000000000",
    "0000000000000000000000000I",
    "01aryz6s410000000000000000",
  ])("throws a RangeError when the id is %p", (id) => {
    expect(() => ulidTime(id)).toThrow(RangeError);
  });
});

describe("createStamper()", () => {
  test("stamps version, number, id and time in one order of keys", () => {
    const { stamp } = createStamper({ now: () => Date.UTC(2026, 0, 2), random: none });
    const event = stamp({ test_id: "t1", attempt: 1, event: "TestStarted" });
    expect(JSON.stringify(event)).toBe(
      '{"v":1,"seq":1,"ulid":"01KDY021000000000000000000","ts":"2026-01-02T00:00:00.000Z","event":"TestStarted","test_id":"t1","attempt":1}',
    );
  });

  test("counts events alone when other ids are drawn between", () => {
    const stamper = createStamper({ now: () => 7, random: none });
    const first = stamper.stamp({ event: "TestStarted", test_id: "a", attempt: 1 });
    const other = stamper.ulid();
    const second = stamper.stamp({ event: "TestStarted", test_id: "a", attempt: 1 });
    expect([first.seq, second.seq]).toEqual([1, 2]);
    expect([first.ulid, other, second.ulid]).toEqual([first.ulid, other, second.ulid].toSorted());
    expect(isoTime(second.ulid)).toBe(second.ts);
  });

  test("uses the system's clock when none is handed in", () => {
    const { ts } = createStamper().stamp({ event: "TestStarted", test_id: "a", attempt: 1 });
    expect(Math.abs(Date.parse(ts) - Date.now())).toBeLessThan(60_000);
  });
});

describe("stamped()", () => {
  test("does not let a payload pass for the stamp", () => {
    const payload = {
      event: "TestStarted",
      test_id: "a",
      attempt: 1,
      seq: 99,
      v: 7,
      ulid: "x",
    } as const;
    expect(stamped(payload, 3, "0".repeat(26), "now")).toMatchObject({
      v: 1,
      seq: 3,
      ulid: "0".repeat(26),
      ts: "now",
    });
  });
});

describe("stamped() text", () => {
  const id = "0".repeat(26);

  test("replaces lone surrogates at any depth and copies nothing else", () => {
    const planned: PlannedKata = {
      kata_id: "a",
      lang: "ts",
      variation: "",
      name: "lone \ud800",
      category: "",
      difficulty: 1,
      dependencies: ["\udc00b", "c"],
      file: "pair \ud83d\ude00",
    };
    const payload: EventPayload & { event: "RunStarted" } = {
      event: "RunStarted",
      schema: "",
      kata_version: "",
      seed: 1,
      options: {
        reference: false,
        device: "",
        timeout_ms: null,
        filter: null,
        bail: false,
        jobs: 1,
      },
      plan: [planned],
    };
    const event = stamped(payload, 1, id, "");
    expect(event).toMatchObject({
      plan: [{ name: "lone \ufffd", dependencies: ["\ufffdb", "c"], file: "pair \ud83d\ude00" }],
    });
    expect("options" in event && event.options).toBe(payload.options);
    expect(JSON.stringify(event).isWellFormed()).toBe(true);
    expect(JSON.stringify(event)).not.toMatch(/\\ud[89a-f]/);
  });

  test("reads a failure as one", () => {
    const failure = { message: "\ud800", type: 1n } as unknown as Failure;
    const event = stamped(
      {
        event: "TestFinished",
        test_id: "t",
        status: "failed",
        duration_ms: 0,
        attempt: 1,
        failure,
      },
      1,
      id,
      "",
    );
    expect(event).toMatchObject({ failure: { message: "\ufffd", type: "" } });
  });
});
