import { expect, test } from "bun:test";
import fc from "fast-check";
import { KataError } from "../../../src/errors.ts";
import { HEAD, readLog } from "../../../src/python/host/log-text.ts";
import { start, thrown } from "./run.ts";

function sample(): string {
  const run = start({ env: { NAME: "d\u00e9j\u00e0 \ud83d\ude00" }, random: 1 }, "", {
    now: () => 1,
  });
  run.try("env.get", "NAME");
  run.try("random.bytes", 3);
  run.try("random.seed");
  run.try("fs.open", "/a", "r");
  return run.text();
}

test("readLog() reads what a run has written", () => {
  const text = sample();
  const { events, cut } = readLog(text);
  expect(events.map(({ seq, effect, args }) => [seq, effect, args])).toEqual([
    [0, "env.get", `["NAME"]`],
    [1, "random.bytes", "[3]"],
    [2, "random.seed", "[]"],
    [3, "fs.open", `["/a","r"]`],
  ]);
  expect([readLog(text).text, cut]).toEqual([text, false]);
  expect(readLog(new TextEncoder().encode(text)).events).toEqual(events);
  expect(readLog("")).toEqual({ events: [], text: "", cut: false });
});

test("readLog() leaves out half a line at the end, wherever it is cut", () => {
  const bytes = new TextEncoder().encode(sample());
  for (let end = 0; end <= bytes.length; end++) {
    const { events, text, cut } = readLog(bytes.subarray(0, end));
    // A line that lacks nothing but its end counts.
    const lacksEnd = bytes[end] === 10;
    const good = lacksEnd ? end + 1 : bytes.lastIndexOf(10, end - 1) + 1;
    expect(text).toBe(new TextDecoder().decode(bytes.subarray(0, end === 0 ? 0 : good)));
    expect(events).toHaveLength(Math.max(0, text.split("\n").length - 2));
    expect(cut).toBe(end > 0 && !lacksEnd && bytes[end - 1] !== 10);
  }
});

test("readLog() leaves out what a crash has left of the last line", () => {
  for (const rest of ["\0\0\0\0", "garbage", "{", `{"seq":4,"at":1,"effect":"a`, "}"]) {
    expect(readLog(sample() + rest)).toEqual({ ...readLog(sample()), cut: true });
  }
});

test("readLog() names the line of anything else", () => {
  const event = `{"seq":0,"at":1,"effect":"env.get","args":["A"],"ok":null}`;
  const cases: [string, string][] = [
    ["hello\n", "line 1 of the log: it is not JSON"],
    ["[]\n", "line 1 of the log: it is no JSON object"],
    ["{}\n", "line 1 of the log: a log begins with"],
    [`${event}\n`, "line 1 of the log: a log begins with"],
    [`${HEAD}\n`, "line 2 of the log: it is not JSON"],
    [`${HEAD}null\n`, "line 2 of the log: it is no JSON object"],
    [`${HEAD}${HEAD}`, `line 2 of the log: it has a field "log"`],
    [`${HEAD}${event}\n${event}\n`, "line 3 of the log: expected event 1, found 0"],
    [HEAD + event.replace(`"seq":0`, `"seq":"0"`), "expected event 0, found 0"],
    [HEAD + event.replace(`"at":1,`, ""), `"at" is no number`],
    [HEAD + event.replace(`"env.get"`, "[]"), `"effect" is no text`],
    [HEAD + event.replace(`["A"]`, `"A"`), `"args" is neither a list nor a digest`],
    [HEAD + event.replace(`["A"]`, `{"$":"bytes","v":"AA=="}`), `"args" is neither`],
    [HEAD + event.replace(`["A"]`, `[{"$":"what","v":1}]`), "no value is written"],
    [HEAD + event.replace(`,"ok":null`, ""), `expected either "ok" or "failure"`],
    [HEAD + event.replace(`"ok":null`, `"ok":1,"failure":{}`), `expected either "ok" or "failure"`],
    [HEAD + event.replace(`"ok":null`, `"ok":{"$":"int","v":"x"}`), "no value is written"],
    [HEAD + event.replace(`"ok":null`, `"failure":{"kind":"OSError"}`), `"failure" is not one`],
    [
      HEAD +
        event.replace(
          `"ok":null`,
          `"failure":{"kind":"OSError","message":"","errno":"constructor"}`,
        ),
      `"failure" is not one`,
    ],
    [
      HEAD + event.replace(`"ok":null`, `"ok":${"[".repeat(1e5)}${"]".repeat(1e5)}`),
      "nested too deep",
    ],
  ];
  for (const [text, message] of cases) expect(thrown(() => readLog(text))).toContain(message);
});

test("readLog() refuses a newer log, and bytes that are no text", () => {
  expect(thrown(() => readLog(HEAD.replace(`"v":1`, `"v":2`)))).toBe(
    "Cannot read the log: it has version 2, and this kata reads version 1",
  );
  const bytes = new TextEncoder().encode(sample());
  bytes[bytes.indexOf(0xc3)] = 0xff;
  expect(thrown(() => readLog(bytes))).toBe("Cannot read the log: it is not UTF-8");
});

test("readLog() gives a log or a KataError for anything that damage makes of one", () => {
  const text = sample();
  fc.assert(
    fc.property(
      fc.nat(text.length),
      fc.nat(20),
      fc.string({ maxLength: 5, unit: "binary" }),
      (at, length, what) => {
        const damaged = text.slice(0, at) + what + text.slice(at + length);
        try {
          readLog(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(KataError);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
