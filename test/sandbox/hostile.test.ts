/**
 * Hostile programs against the walls: as root, who becomes nobody inside, and
 * as a user without rights; each with a control that shows that the program
 * does its harm where there are no walls.
 */
import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outcome } from "./drive.ts";
import { PROGRAMS } from "./programs.ts";

const ROOT = join(import.meta.dir, "../..");
const NOBODY = "65534";
const isRoot = process.getuid?.() === 0;
const linux = process.platform === "linux";
const setpriv = Bun.which("setpriv");
const here = PROGRAMS.filter(({ needs = [] }) => !needs.includes("x64") || process.arch === "x64");
const containable = here.filter(({ uncontained }) => uncontained === undefined);
const rest = here.filter((program) => !containable.includes(program));
const claim = `contains ${containable.length} of ${here.length} hostile programs and leaves nothing running; not ${rest.map(({ name, uncontained }) => `"${name}": ${uncontained}`).join("; ")}`;

const folders: string[] = [];
afterAll(() => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

/** A copy of what the driver needs, in a folder that every user may read. */
function copy(): string {
  const dir = mkdtempSync(join(tmpdir(), "kata-drive-"));
  folders.push(dir);
  const assets = `dist/stage/${process.platform}-${process.arch}/assets`;
  for (const path of [
    "src",
    "test/sandbox",
    "package.json",
    `${assets}/index.json`,
    `${assets}/core`,
  ])
    cpSync(join(ROOT, path), join(dir, path), { recursive: true });
  cpSync(realpathSync(process.execPath), join(dir, "bun"));
  mkdirSync(join(dir, "cache"));
  for (const [path, mode] of [
    [".", 0o755],
    ["cache", 0o777],
    ["bun", 0o755],
  ] as const)
    chmodSync(join(dir, path), mode);
  return dir;
}

let shared: string | undefined;

/** Runs every program of a mode in a driver of its own, as this user or as nobody. */
async function drive(mode: string, asNobody: boolean, version = ""): Promise<Outcome[]> {
  const dir = (shared ??= copy());
  const cache = mkdtempSync(join(dir, "cache", "of-"));
  chmodSync(cache, 0o777);
  const user = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"];
  const child = Bun.spawn(
    [
      ...(asNobody && isRoot ? [setpriv ?? "setpriv", ...user] : []),
      "/bin/sh",
      "-c",
      'ulimit -c 0; exec "$0" "$@"',
      join(dir, "bun"),
      join(dir, "test/sandbox/drive.ts"),
      mode,
      version,
    ],
    {
      cwd: dir,
      env: { PATH: process.env["PATH"] ?? "", HOME: cache, KATA_CACHE: cache, TMPDIR: cache },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
      timeout: 120_000,
      killSignal: "SIGKILL",
    },
  );
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (code !== 0) throw new Error(`The driver ended with ${child.signalCode ?? code}: ${err}`);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Outcome);
}

function expectContained(outcomes: readonly Outcome[]): void {
  const wanted = new Set(containable.map(({ name }) => name));
  const seen = outcomes.filter(({ name }) => wanted.has(name));
  expect(seen.filter(({ harm, left }) => harm || left > 0)).toEqual([]);
  expect(seen).toHaveLength(containable.length);
  // What is said not to be contained is not claimed for nothing.
  expect(outcomes.filter(({ name }) => !wanted.has(name)).every(({ harm }) => harm)).toBe(true);
}

function expectHarm(outcomes: readonly Outcome[], count: number): void {
  expect(outcomes.filter(({ harm }) => !harm)).toEqual([]);
  expect(outcomes).toHaveLength(count);
}

const forRoot = here.filter(({ needs = [] }) => needs.includes("root")).length;

describe.skipIf(!linux)("the sandbox", () => {
  test(`${isRoot ? "as root" : "as this user"} ${claim}`, async () => {
    expectContained(await drive("confined", false));
  }, 120_000);

  test("does the same with the first version of Landlock", async () => {
    expectContained(await drive("confined", !isRoot || setpriv !== null, "1"));
  }, 120_000);

  const noSecond = isRoot && setpriv !== null ? "" : " (needs root and setpriv, to become nobody)";
  test.skipIf(noSecond !== "")(
    `as nobody ${claim}${noSecond}`,
    async () => {
      expectContained(await drive("confined", true));
    },
    120_000,
  );

  test("has controls: without it each of them does its harm", async () => {
    expectHarm(await drive("control", true), here.length - forRoot);
  }, 120_000);

  const noRoot = isRoot ? "" : " (needs root)";
  test.skipIf(!isRoot)(
    `has controls for what takes root${noRoot}`,
    async () => {
      expectHarm(await drive("root-control", false), forRoot);
    },
    120_000,
  );
});
