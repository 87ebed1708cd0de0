/** A run that is killed at any moment leaves a log that says what did not finish. */
import { afterAll, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readLedgerLines } from "../../src/events/ledger.ts";
import { EXECUTABLE, folder, kata, plainEnvironment, removeFolders, sample } from "./kata.ts";

/** More by hand: KILLS=50. */
const KILLS = Number(process.env["KILLS"] ?? 5);

afterAll(removeFolders);

/** Tests that take their time and print, so that a kill meets all kinds of events. */
const TESTS = `import { expect, test } from "bun:test";
import { add } from "./template.ts";
for (let at = 0; at < 60; at++)
  test("number " + at, async () => {
    console.log("printed ".repeat(200), at);
    await Bun.sleep(4);
    expect(add()).toBe(at % 7 === 3 ? 2 : 1);
  });
`;

test(`the log of a run that was killed at ${KILLS} moments can be read and reported`, async () => {
  const katas = sample({ tests: TESTS });
  const cwd = folder({ "sample.ts": "export const add = (): number => 1;\n" });
  const args = ["run", "sample", "--katas", katas, "--log", "run.ndjson"];
  const whole = await kata([...args, "--reporter", "json:whole.json"], { cwd });
  expect(whole.code).toBe(1);
  let unfinished = 0;
  for (let round = 0; round < KILLS; round++) {
    const child = Bun.spawn(
      [EXECUTABLE, ...args, "--reporter", "tap:run.tap", "--reporter", "junit:run.xml"],
      { cwd, env: plainEnvironment(), stdio: ["ignore", "ignore", "ignore"] },
    );
    // Spread over the run, and at no two times the same.
    const share = (round + Math.random()) / KILLS;
    await Bun.sleep(5 + share * whole.ms);
    child.kill("SIGKILL");
    await child.exited;
    const log = join(cwd, "run.ndjson");
    if (!existsSync(log)) continue;
    const lines = [...readLedgerLines(log)];
    const found = lines.filter(({ event }) => event === "TestFound").length;
    const done = lines.some(
      ({ event, status }) => event === "RunFinished" && status === "recorded",
    );
    const replayed = await kata(
      ["replay", "run.ndjson", "--reporter", "json", "--reporter", "html:run.html"],
      { cwd },
    );
    expect({ code: replayed.code, stderr: replayed.stderr }).toEqual({ code: 1, stderr: "" });
    const report = JSON.parse(replayed.stdout) as {
      passed: boolean;
      interrupted: boolean;
      num_errors: number;
      results: { reason?: string; test_name: string }[];
    };
    expect(report).toMatchObject({ passed: false, interrupted: !done });
    expect(report.results.length).toBeGreaterThanOrEqual(found);
    const left = report.results.filter(({ reason }) => reason === "unfinished");
    expect(left.length).toBe(report.num_errors);
    if (!done && found > 0) unfinished++;
    expect(readFileSync(join(cwd, "run.html"), "utf8")).toEndWith("</html>\n");
    // Neither half a report nor what it was made of.
    if (!done) expect(readdirSync(cwd).filter((name) => /^run\.(tap|xml)/.test(name))).toEqual([]);
  }
  expect(unfinished).toBeGreaterThan(KILLS / 4);
}, 300_000);
