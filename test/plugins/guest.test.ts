/** A plugin's process, from the side of the host. */
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { guestOf, PATIENCE, type Patience } from "../../src/plugins/guest.ts";
import { locatePlugin } from "../../src/plugins/locate.ts";
import type { GuestKind } from "../../src/plugins/messages.ts";
import { requireWalls } from "../../src/sandbox/layers.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

const CONTEXT = { columns: 80, terminal: false, color: false, options: {} };
const SLEEP =
  "const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);";

/** Starts a plugin of this source, hands it so many events, and says what was heard of it. */
async function heard(
  source: string,
  events: number,
  patience: Partial<Patience> = {},
  kind: GuestKind = "handler",
): Promise<{ answers: unknown[]; failures: string[]; printed: string }> {
  const dir = folder({ "plugin.js": source });
  const start = guestOf(locatePlugin("./plugin.js", dir), kind, await requireWalls(), {
    ...PATIENCE,
    ...patience,
  });
  const [answers, failures]: [unknown[], string[]] = [[], []];
  let printed = "";
  const guest = start(CONTEXT, {
    answered: (actions) => void answers.push(actions),
    failed: (message) => void failures.push(message),
    printed: (text) => void (printed += text),
  });
  for (let at = 0; at < events; at++) guest.send(JSON.stringify({ event: "X", at }));
  await guest.caughtUp();
  await guest.end();
  guest.send("{}");
  guest.stop();
  await guest.caughtUp();
  return { answers, failures, printed };
}

/** The one failure. */
async function failureOf(...args: Parameters<typeof heard>): Promise<string | undefined> {
  const { failures } = await heard(...args);
  expect(failures.length).toBe(1);
  return failures[0];
}

describe("a plugin's process", () => {
  test("answers each event in order", async () => {
    const { answers, failures } = await heard(
      "export const handle = ({ at }) => [{ action: 'status', payload: { text: String(at) } }];",
      1000,
    );
    expect(failures).toEqual([]);
    expect(answers).toEqual(
      Array.from({ length: 1000 }, (_, at) => [
        { action: "status", payload: { text: String(at) } },
      ]),
    );
  });

  test("catches up with what is more than its queue holds a quarter of", async () => {
    const { answers } = await heard("export const handle = () => null;", 100, { queue: 3000 });
    expect(answers.length).toBe(100);
  });

  test("ends where it falls behind", async () => {
    expect(
      await failureOf(`${SLEEP} export const handle = () => sleep(9999);`, 100, { queue: 1000 }),
    ).toMatch(/^it fell behind by \d+ events$/);
  });

  test("is waited for half a second where the user wants the end", async () => {
    const hangs = `${SLEEP} export const handle = () => sleep(9999);`;
    const loads = "await new Promise(() => {}); export const handle = 1;";
    for (const [source, early] of [
      [hangs, true],
      [hangs, false],
      [loads, true],
    ] as const) {
      const dir = folder({ "plugin.js": source });
      const failures: string[] = [];
      const start = guestOf(locatePlugin("./plugin.js", dir), "handler", await requireWalls());
      const guest = start(CONTEXT, {
        answered: () => {},
        failed: (message) => void failures.push(message),
        printed: () => {},
      });
      guest.send("{}");
      const end = early ? guest.end() : undefined;
      guest.hurry();
      await (end ?? guest.end());
      expect(failures).toEqual([expect.stringContaining("within 500 ms")]);
    }
  });

  test("is waited for until its time is up", async () => {
    const slow = `${SLEEP} export const handle = () => { sleep(40); };`;
    expect(
      await failureOf("await new Promise(() => {}); export const handle = 1;", 1, { load: 200 }),
    ).toBe("it was not loaded within 200 ms");
    expect(await failureOf(slow.replace("40", "9999"), 1, { answer: 10 })).toBe(
      "it did not answer within 10 ms",
    );
    expect(await failureOf(slow, 1000, { finish: 300 })).toBe(
      "it did not end within 300 ms of the run's end",
    );
  });

  test("says what its module lacks", async () => {
    expect(await failureOf("export {};", 1)).toBe("it exports no function handle(event)");
    expect(await failureOf("export {};", 1, {}, "reporter")).toBe(
      "it exports no function createReporter",
    );
    expect(await failureOf("export const createReporter = () => 4;", 1, {}, "reporter")).toBe(
      "createReporter returned no reporter",
    );
    expect(await failureOf("export const handle = (;", 1)).toMatch(/Expected|Unexpected|error/i);
  });

  test("fails with what was thrown where nobody catches", async () => {
    expect(
      await failureOf(
        "setTimeout(() => { throw new RangeError('late'); }); await Bun.sleep(999);",
        0,
      ),
    ).toBe("RangeError: late");
    expect(await failureOf("Promise.reject(7); await Bun.sleep(999);", 0)).toBe("threw 7");
  });

  test("has what it prints cut", async () => {
    const { printed } = await heard(
      "export const handle = () => { console.log('x'.repeat(3000)); };",
      10,
    );
    expect(printed.length).toBeLessThan(8200);
    expect(printed).toContain("x".repeat(3000));
  });

  test("sees nothing of the caller's environment, and reads nothing beside itself", async () => {
    const source = `import { readFileSync, readdirSync } from "node:fs";
export const handle = () => {
  const tried = [() => readFileSync(import.meta.dir + "/.env", "utf8"), () => readFileSync("/etc/passwd", "utf8")];
  const read = tried.flatMap((act) => { try { return [act()]; } catch { return []; } });
  return [{ action: "status", payload: { text: JSON.stringify([read, Object.keys(process.env)]) } }];
};`;
    const dir = folder({ "plugin.js": source, ".env": "SECRET=1" });
    const module = locatePlugin(join(dir, "plugin.js"), "/");
    const answers: unknown[] = [];
    const guest = guestOf(
      module,
      "handler",
      await requireWalls(),
    )(CONTEXT, {
      answered: (actions) => void answers.push(actions),
      failed: (message) => void answers.push(message),
      printed: () => {},
    });
    guest.send("{}");
    await guest.end();
    const [[{ payload }]] = answers as [[{ payload: { text: string } }]];
    const [read, names] = JSON.parse(payload.text) as [string[], string[]];
    expect(read).toEqual([]);
    expect(names).not.toContain("HOME");
  });
});
