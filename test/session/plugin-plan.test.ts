/** What plugins propose about a tree of files, and what is done of it. */
import { afterAll, expect, test } from "bun:test";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import { readLedgerLines } from "../../src/events/ledger.ts";
import { loadSpec } from "../../src/plugins/check.ts";
import { CONTRACT_TEXT, parseContract } from "../../src/plugins/contract.ts";
import { scaffold } from "../../src/plugins/scaffold.ts";
import { requireWalls } from "../../src/sandbox/layers.ts";
import { planFiles, type Planned } from "../../src/session/plugin-plan.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

const CONTRACT = parseContract(CONTRACT_TEXT);
const RULES = [
  { if_path_match: "^src/.*", propose_move: { to: "${path}", why: "already-src" } },
  { if_mime: "text/x-python", propose_move: { to: "src/${filename}", why: "py-to-src" } },
  { else: { propose_quarantine: { reason_code: "unknown_type" } } },
];

/** A plugin of rules, or of a handler with this body. */
function plugin(body?: string, event = "FileDetected"): string {
  const spec = {
    name: "path-classifier",
    version: "0.1.0",
    handles_event: event,
    outputs: ["propose_move", "propose_quarantine", "propose_dedupe", "status"],
    policy: { rules: RULES },
  };
  const dir = folder({ "plugin.spec.json": JSON.stringify(spec) });
  if (body === undefined) return dir;
  const path = join(dir, "plugin.spec.json");
  scaffold(dir, loadSpec(path, CONTRACT), CONTRACT, { force: false, now: "2026-01-01T00:00:00Z" });
  const handler = join(dir, "handler.ts");
  writeFileSync(handler, readFileSync(handler, "utf8").replace("return byRules(event);", body));
  return dir;
}

const tree = (): string =>
  folder({
    "src/a.py": "#!/usr/bin/python3 -u\nprint(1)\n",
    "lib/b.py": "b",
    "notes.txt": "notes",
    "taken.py": "c",
    "src/taken.py": "other",
    ".hidden": "x",
  });

async function plan(dir: string, plugins: string[], apply = false): Promise<Planned[]> {
  const report = join(dir, ".log.ndjson");
  return await planFiles({ dir, plugins, contract: CONTRACT, apply, report, walls: requireWalls });
}

test("planFiles() lists what rules and their handler propose, and does nothing", async () => {
  const dir = tree();
  const planned = await plan(dir, [plugin()]);
  expect(planned.map(({ action, payload }) => [action, ...Object.values(payload)])).toEqual([
    ["propose_move", "src/b.py", "py-to-src", "lib/b.py"],
    ["propose_quarantine", "unknown_type", "notes.txt", ""],
    ["propose_move", "src/a.py", "already-src", "src/a.py"],
    ["propose_move", "src/taken.py", "already-src", "src/taken.py"],
    ["propose_move", "src/taken.py", "py-to-src", "taken.py"],
  ]);
  expect(await plan(dir, [plugin("return byRules(event);")])).toEqual(planned);
  expect(existsSync(join(dir, "lib/b.py"))).toBe(true);
  const files = [...readLedgerLines(join(dir, ".log.ndjson"))].filter(
    ({ status }) => status === "recorded",
  );
  expect(files.map(({ inputs }) => [inputs["path"], inputs["mime"], inputs["shebang"]])).toEqual([
    ["lib/b.py", "text/x-python", null],
    ["notes.txt", "text/plain", null],
    ["src/a.py", "text/x-python", "/usr/bin/python3 -u"],
    ["src/taken.py", "text/x-python", null],
    ["taken.py", "text/x-python", null],
  ]);
});

test("planFiles() moves and puts aside, overwrites nothing, and keeps a line of each", async () => {
  const dir = tree();
  const planned = await plan(dir, [plugin(), plugin()], true);
  expect<string[]>(planned.map(({ status }) => status)).toEqual([
    "applied",
    "applied",
    "applied",
    "applied",
    "refused",
    "refused",
    "refused",
    "applied",
    "applied",
    "refused",
  ]);
  expect(readFileSync(join(dir, "src/b.py"), "utf8")).toBe("b");
  expect(readFileSync(join(dir, ".kata-quarantine/notes.txt"), "utf8")).toBe("notes");
  expect(readFileSync(join(dir, "src/taken.py"), "utf8")).toBe("other");
  expect(readFileSync(join(dir, "taken.py"), "utf8")).toBe("c");
  const lines = [...readLedgerLines(join(dir, ".log.ndjson"))];
  expect<string[]>(
    lines.filter(({ status }) => status !== "recorded").map(({ status }) => status),
  ).toEqual(planned.map(({ status }) => status));
});

test("planFiles() refuses to leave the folder, and duplicates that are none", async () => {
  const dir = folder({ "a.txt": "same", "b.txt": "same", "c.txt": "other" });
  const outside = folder();
  symlinkSync(outside, join(dir, "link"));
  symlinkSync(join(dir, "c.txt"), join(dir, "d.txt"));
  const body = `
  const move = (to: string) => ({ action: "propose_move", payload: { from: event["path"], to, rationale: "" } });
  const twin = (same_as: string) => ({ action: "propose_dedupe", payload: { path: event["path"], same_as, rationale: "" } });
  if (event["path"] !== "a.txt") return null;
  return [move("../x"), move("link/x"), move("/x"), move(""), twin("c.txt"), twin("a.txt"), twin("b.txt"),
    { action: "status", payload: { text: "" } }, twin("b.txt")];`;
  const planned = await plan(dir, [plugin(body)], true);
  expect<string[]>(planned.map(({ status }) => status)).toEqual([
    "refused",
    "refused",
    "refused",
    "refused",
    "refused",
    "refused",
    "applied",
    "refused",
    "refused",
  ]);
  expect(existsSync(join(outside, "x"))).toBe(false);
  expect(existsSync(join(dir, ".kata-quarantine/a.txt"))).toBe(true);
});

test("planFiles() moves nothing when a plugin fails, and asks none about other events", async () => {
  const dir = tree();
  for (const body of ["process.exit(0);", "return 3 as never;"]) {
    const error = await plan(dir, [plugin(), plugin(body)], true).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(KataError);
    expect(existsSync(join(dir, "lib/b.py"))).toBe(true);
  }
  expect(await plan(dir, [plugin(undefined, "RunFinished")], true)).toEqual([]);
});

test("planFiles() says that there is no such folder", async () => {
  const dir = folder({ "a.txt": "a" });
  const none = plan(join(dir, "a.txt"), []);
  expect(none).rejects.toThrow(`Cannot walk ${join(dir, "a.txt")}: it is no folder`);
});
