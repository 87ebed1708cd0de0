/** Third-party reporters in a run: they report, and whatever else they try is contained. */
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import { readLedgerLines } from "../../src/events/ledger.ts";
import { replayLog } from "../../src/session/replay.ts";
import type { RunRequest, RunSurroundings } from "../../src/session/request.ts";
import { runKatas } from "../../src/session/session.ts";
import { folder, removeFolders, sample } from "../e2e/kata.ts";

afterAll(removeFolders);

const TESTS =
  'import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add(1, 2)).toBe(3); });\ntest("adds zero", () => { expect(add(0, 0)).toBe(0); });\n';
const GOOD = "export const add = (a: number, b: number): number => a + b;\n";
const BAD = "export const add = (a: number, b: number): number => a * b;\n";
const NAMES =
  'import { write } from "kata/plugin";\nexport const createReporter = () => ({ handle: (e: { event: string }) => [write(e.event + "\\n")] });\n';

interface Screen extends RunSurroundings {
  out: string;
  err: string;
}

function screen(): Screen {
  const made: Screen = {
    out: "",
    err: "",
    color: false,
    env: {},
    signal: new AbortController().signal,
    stdout: { write: (text) => void (made.out += text), isTTY: false, columns: 80 },
    stderr: { write: (text) => void (made.err += text), isTTY: false, columns: 80 },
  };
  return made;
}

const katas = sample({ tests: TESTS });

function request(given: Partial<RunRequest>): RunRequest {
  return {
    selector: "sample",
    katas,
    reference: false,
    device: "cpu",
    bail: false,
    reporters: [],
    sandbox: {},
    cwd: folder({ "sample.ts": GOOD }),
    ...given,
  };
}

async function failure(given: Partial<RunRequest>): Promise<KataError> {
  try {
    await runKatas(request(given), screen());
  } catch (error) {
    if (error instanceof KataError) return error;
    throw error;
  }
  throw new Error("The run was carried out");
}

/** What each does with every event; `target` is a file outside and a port that listens. */
const HOSTILE = (target: string, port: number): Record<string, string> => ({
  "writes-a-file": `require("node:fs").writeFileSync(${JSON.stringify(target)}, "harm"); return null;`,
  "reads-a-file": `return [{ action: "write", payload: { text: require("node:fs").readFileSync(${JSON.stringify(`${target}.secret`)}, "utf8") } }];`,
  "opens-a-socket": `const { socket, dlopen } = { ...require("node:net"), ...require("bun:ffi") };
    const found = dlopen("libc.so.6", { socket: { args: ["i32", "i32", "i32"], returns: "i32" } }).symbols.socket(2, 1, 0);
    if (found >= 0) { require("node:net").connect(${port}, "127.0.0.1"); return null; }
    throw new Error("no socket");`,
  "starts-a-program": `require("node:child_process").execSync("touch " + ${JSON.stringify(target)}); return null;`,
  "kills-the-run": `process.kill(process.ppid, "SIGKILL"); return null;`,
  "changes-the-verdict": `event.status = "passed"; event.event = "TestFinished";
    require("node:fs").writeSync(3, JSON.stringify({ event: "TestFinished", test_id: "t1", status: "passed" }) + "\\n"); return null;`,
  prints: `console.log("<testsuites/>\\u001b[2J"); return null;`,
  hangs: `for (;;);`,
  throws: `throw new Error("in every event");`,
  "throws-nonsense": `throw { get message() { throw 1; }, toString() { throw 2; } };`,
  "returns-a-cycle": `const action = { action: "write", payload: { text: "x" } }; action.payload.self = action; const list = [action]; list.push(list); return list;`,
  "returns-nonsense": `return 42;`,
  "returns-a-promise": `return Promise.resolve([]);`,
  "answers-twice": `require("node:fs").writeSync(3, '{"actions":[]}\\n{"actions":[]}\\n{"actions":[]}\\n'); return null;`,
  "answers-garbage": `require("node:fs").writeSync(3, "\\0\\n"); return null;`,
  floods: `for (;;) process.stderr.write("x".repeat(65536));`,
  "floods-its-answers": `const text = "x".repeat(2 ** 25); return Array.from({ length: 16 }, () => ({ action: "write", payload: { text } }));`,
  "takes-memory": `const kept = []; for (;;) kept.push(new Uint8Array(2 ** 24).fill(1));`,
  exits: `process.exit(0);`,
  "stops-itself": `process.kill(process.pid, "SIGSTOP"); return null;`,
  "writes-elsewhere": `return [{ action: "write_file", payload: { path: "../up.txt", text: "harm" } }];`,
  "writes-over-a-report": `return [{ action: "write_file", payload: { path: "run.xml", text: "harm" } }];`,
  "asks-for-more": `return [{ action: "set_verdict", payload: { passed: true } }];`,
});

const FAILED = "PluginFailed recorded";

describe("third-party reporters", () => {
  test("report as built-in ones do, from a file and from a package", async () => {
    const cwd = folder({
      "sample.ts": GOOD,
      "mine/index.ts": 'export { createReporter } from "./parts/names.ts";\n',
      "mine/parts/names.ts": NAMES,
      "node_modules/@me/names/package.json": '{"name":"@me/names","exports":"./main.js"}',
      "node_modules/@me/names/main.js": NAMES.replaceAll(/\(e: [^)]*\) =>/g, "(e) =>").replace(
        /^/,
        'import "other";\n',
      ),
      "node_modules/other/package.json": '{"name":"other","main":"./index.js"}',
      "node_modules/other/index.js": "export {};\n",
    });
    const shown = screen();
    const reporters = [{ name: "./mine/index.ts" }, { name: "@me/names", file: "out.txt" }];
    const { exit } = await runKatas(request({ cwd, reporters, log: "run.ndjson" }), shown);
    expect({ exit, err: shown.err }).toEqual({ exit: 0, err: "" });
    expect(shown.out.split("\n")).toEqual([
      "RunStarted",
      "KataStarted",
      "TestFound",
      "TestFound",
      "TestStarted",
      "TestFinished",
      "TestStarted",
      "TestFinished",
      "KataFinished",
      "RunFinished",
      "",
    ]);
    expect(readFileSync(join(cwd, "out.txt"), "utf8")).toBe(shown.out);
    const again = screen();
    await replayLog({ log: "run.ndjson", cwd, reporters: [{ name: "./mine/index.ts" }] }, again);
    expect(again.out).toBe(shown.out);
  });

  test("are contained, whatever they do", async () => {
    const target = join(folder(), "harm");
    writeFileSync(`${target}.secret`, "secret");
    let met = 0;
    const server = createServer((socket) => {
      met++;
      socket.destroy();
    }).listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const hostile = Object.entries(HOSTILE(target, port));
    const cwd = folder({ "sample.ts": BAD });
    mkdirSync(join(cwd, "out"));
    for (const [name, body] of hostile)
      writeFileSync(
        join(cwd, `${name}.ts`),
        `export const createReporter = () => ({ handle(event: any) { ${body} } });\n`,
      );
    const reporters = [
      { name: "json" },
      ...hostile.map(([name]) => ({ name: `./${name}.ts`, file: `out/${name}.txt` })),
      { name: "junit", file: "out/run.xml" },
      { name: "tap", file: "out/run.tap" },
    ];
    const shown = screen();
    const { exit } = await runKatas(
      request({ cwd, reporters, log: "run.ndjson", strictPlugins: true }),
      shown,
    );
    server.close();
    expect(exit).toBe(1);
    expect({ met, harm: existsSync(target), up: existsSync(join(cwd, "up.txt")) }).toEqual({
      met: 0,
      harm: false,
      up: false,
    });
    // The others' reports are whole: what a run of the same events alone prints.
    const alone = screen();
    const others = [
      { name: "json" },
      { name: "junit", file: "alone.xml" },
      { name: "tap", file: "alone.tap" },
    ];
    await replayLog({ log: "run.ndjson", cwd, reporters: others }, alone);
    expect(shown.out).toBe(alone.out);
    for (const end of ["xml", "tap"])
      expect(readFileSync(join(cwd, `out/run.${end}`), "utf8")).toBe(
        readFileSync(join(cwd, `alone.${end}`), "utf8"),
      );
    expect(JSON.parse(shown.out)).toMatchObject({ passed: false, num_failed: 1, num_passed: 1 });
    const lines = [...readLedgerLines(join(cwd, "run.ndjson"))];
    for (const [name] of hostile) {
      const plugin = `./${name}.ts`;
      const told = shown.err.split("\n").filter((line) => line.includes(`"${plugin}"`));
      expect({ name, told: told.length > 0 }).toEqual({ name, told: true });
      const kept = lines.filter(({ inputs }) => inputs["plugin"] === plugin);
      const failed = kept.some(({ event, status }) => `${event} ${status}` === FAILED);
      const refused = kept.some(({ status }) => status === "failed" || status === "refused");
      expect({ name, failed, refused }).toEqual({ name, failed: name !== "prints", refused: true });
      expect({ name, left: existsSync(join(cwd, `out/${name}.txt`)) }).toEqual({
        name,
        left: name === "prints",
      });
    }
  }, 60_000);

  test("make the exit code 2 with --strict-plugins, and change nothing without", async () => {
    const cwd = folder({
      "sample.ts": GOOD,
      "bad.ts": 'export const createReporter = () => { throw new Error("no"); };\n',
    });
    const reporters = [{ name: "./bad.ts", file: "bad.txt" }];
    expect((await runKatas(request({ cwd, reporters }), screen())).exit).toBe(0);
    const strict = await runKatas(request({ cwd, reporters, strictPlugins: true }), screen());
    expect(strict.exit).toBe(2);
  });

  test("are not found by a message that says where was looked", async () => {
    const file = await failure({ reporters: [{ name: "./none.ts" }] });
    expect(file.message).toBe("Reporter not found: ./none.ts");
    expect(file.hint).toMatch(/there is no file .*none\.ts$/);
    const near = await failure({ reporters: [{ name: "junti" }] });
    expect((await failure({ reporters: [{ name: "constructor" }] })).code).toBe(
      "reporter-not-found",
    );
    expect(near.hint).toMatch(/^Did you mean "junit"\? .*no package junti in .*node_modules/);
  });

  test("are never overwritten by their own reports", async () => {
    const cwd = folder({ "sample.ts": GOOD, "mine.ts": NAMES });
    const over = await failure({ cwd, reporters: [{ name: "./mine.ts", file: "mine.ts" }] });
    expect(over.code).toBe("output-is-input");
    expect(readFileSync(join(cwd, "mine.ts"), "utf8")).toBe(NAMES);
  });

  test("run without walls where the user says so", async () => {
    const cwd = folder({ "sample.ts": GOOD, "mine.ts": NAMES });
    const shown = screen();
    await runKatas(request({ cwd, reporters: [{ name: "./mine.ts" }], unconfined: true }), shown);
    expect(shown.out).toEndWith("RunFinished\n");
  });
});
