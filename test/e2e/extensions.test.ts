/** The manual's extensions, and what else a project may put into a run. */
import { afterAll, describe, expect, test } from "bun:test";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, kata, removeFolders, report, sample } from "./kata.ts";
import { pageFiles } from "./page-files.ts";

afterAll(removeFolders);

const TESTS =
  'import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add()).toBe(3); });\n';
const GOOD = "export function add(): number {\n  return 3;\n}\n";
const BAD = "export function add(): number {\n  return 4;\n}\n";
const MANUAL = pageFiles("src/help/extensions.md");
const katas = sample({ tests: TESTS });

interface Line {
  event: string;
  status: string;
  inputs: { id?: string; slot?: string; outcome?: string; message?: string; stdout?: string };
}

function project(files: Record<string, string>): string {
  return folder({ "sample.ts": GOOD, ...files });
}

/** One extension in one slot. */
function only(slot: string, text: string, more: Record<string, string> = {}): string {
  const toml = `[extensions.slots]\n"${slot}" = ["it.md"]\n`;
  return project({ "kata.toml": toml, "extensions/it.md": text, ...more });
}

/** True when a process of this number runs; one that nobody has reaped yet does not. */
function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

function logOf(dir: string): Line[] {
  return readFileSync(join(dir, "run.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line)
    .filter(({ status }) => status === "recorded");
}

const run = (cwd: string, ...more: string[]) =>
  report(["run", "sample", "--katas", katas, "--log", "run.ndjson", ...more], { cwd });

describe("the manual's extensions", () => {
  test("lint: a gate that fails the run at the line it found", async () => {
    const cwd = project({
      ...MANUAL,
      "sample.ts": GOOD.replace("return 3", "return 3 as any; // @ts-ignore"),
    });
    const red = await run(cwd);
    expect({ code: red.code, passed: red.json.passed, failed: red.json.num_failed }).toEqual({
      code: 1,
      passed: false,
      failed: 0,
    });
    expect(red.json.error).toBe("lint failed: write types in the place of any and @ts-ignore");
    expect(JSON.parse(red.stdout).extensions).toEqual([
      expect.objectContaining({
        id: "lint",
        slot: "gate",
        outcome: "failed",
        mode: "deterministic",
        anchors: [{ file: "sample.ts", line: 2, message: expect.stringContaining("as any") }],
      }),
    ]);
    rmSync(join(cwd, "run.ndjson"));
    writeFileSync(join(cwd, "sample.ts"), GOOD);
    const green = await run(cwd);
    expect({ code: green.code, stderr: green.stderr }).toMatchObject({ code: 0 });
  });

  test("mentor: an agent sees the failing test and the diff, and its answer is a suggestion", async () => {
    const cwd = project({ ...MANUAL, "sample.ts": BAD });
    const { code, stdout } = await kata(["run", "sample", "--katas", katas], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain("→ mentor (agentic): ");
    expect(stdout).toContain("Print the shapes on both sides");
    const prompt = readFileSync(join(cwd, "last-prompt.txt"), "utf8");
    expect(prompt).toContain('The test that failed is "adds":');
    expect(prompt).toContain("expect(add()).toBe(3)");
    expect(prompt).toContain("+  return 4;");
    expect(prompt).toContain('-  throw new Error("not implemented");');
    expect(prompt).not.toContain("{{");
    rmSync(join(cwd, "last-prompt.txt"));
    writeFileSync(join(cwd, "sample.ts"), GOOD);
    await kata(["run", "sample", "--katas", katas], { cwd });
    expect(await Bun.file(join(cwd, "last-prompt.txt")).exists()).toBe(false);
  });

  test("upload: a server gets the report that was written", async () => {
    const bodies: string[] = [];
    using server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      async fetch(request) {
        bodies.push(await request.text());
        return new Response("ok");
      },
    });
    const cwd = project(MANUAL);
    const args = ["run", "sample", "--katas", katas, "--reporter", "tap:out.tap"];
    const options = { cwd, env: { REPORT_URL: `http://127.0.0.1:${server.port}/` } };
    const { code, stderr } = await kata(args, options);
    expect({ code, bodies, stderr }).toMatchObject({
      code: 0,
      bodies: [readFileSync(join(cwd, "out.tap"), "utf8")],
    });
    await server.stop(true);
    const lost = await kata(args, options);
    expect(lost.code).toBe(0);
    expect(lost.stderr).toContain("warning: extension upload warned: curl:");
  });
});

describe("slots", () => {
  test("run in their order, and hand over what they should", async () => {
    const slots =
      "after:discover guard before:run before:kata on:failure after:kata after:run gate before:report after:report".split(
        " ",
      );
    const files = Object.fromEntries(
      slots.map((slot, at) => [
        `extensions/${at}.md`,
        `---\nid: x${at}\nslot: "${slot}"\nkind: command\nrun: cat\n---\n`,
      ]),
    );
    const toml = `[extensions.slots]\n${slots.map((slot, at) => `"${slot}" = ["${at}.md"]`).join("\n")}\n`;
    const cwd = project({ ...files, "kata.toml": toml, "sample.ts": BAD });
    const { code } = await run(cwd);
    expect(code).toBe(1);
    const names = logOf(cwd).filter(({ event }) =>
      ["RunStarted", "KataStarted", "KataFinished", "RunFinished", "ExtensionFinished"].includes(
        event,
      ),
    );
    expect(names.map(({ event, inputs }) => inputs.slot ?? event)).toEqual([
      "RunStarted",
      "after:discover",
      "guard",
      "before:run",
      "before:kata",
      "KataStarted",
      "KataFinished",
      "on:failure",
      "after:kata",
      "after:run",
      "gate",
      "before:report",
      "RunFinished",
      "after:report",
    ]);
    const contexts = new Map(
      names.flatMap(({ inputs }) =>
        inputs.slot === undefined
          ? []
          : [[inputs.slot, JSON.parse(inputs.stdout ?? "") as Record<string, unknown>]],
      ),
    );
    expect(contexts.get("guard")).toMatchObject({
      schema: "kata.extension/1",
      slot: "guard",
      extension: "x1",
      plan: [{ kata_id: "sample" }],
    });
    expect(contexts.get("before:kata")).toMatchObject({ kata: { kata_id: "sample", tests: [] } });
    expect(contexts.get("on:failure")).toMatchObject({
      kata: { status: "failed" },
      failing_test: { test_name: "adds", reason: "assertion" },
      diff: expect.stringContaining("+  return 4;"),
    });
    expect(contexts.get("gate")).toMatchObject({ verdict: { passed: false, num_failed: 1 } });
    expect(contexts.get("gate")?.["verdict"]).not.toHaveProperty("error");
    const replayed = await kata(["replay", "run.ndjson", "--reporter", "json"], { cwd });
    expect(replayed.code).toBe(1);
    expect(JSON.parse(replayed.stdout).extensions).toHaveLength(9);
  });

  test("a guard that says no ends the run before any worker starts", async () => {
    const cwd = only(
      "guard",
      '---\nid: no\nslot: guard\nkind: command\non_fail: block\nrun: sh -c "echo closed >&2; exit 3"\n---\n',
    );
    const { code, json } = await run(cwd);
    expect({ code, error: json.error, passed: json.num_passed }).toEqual({
      code: 1,
      error: "no failed: closed",
      passed: 0,
    });
    expect(logOf(cwd).map(({ event }) => event)).not.toContain("KataStarted");
  });

  test("a broken file that blocks fails the run, and one that does not is skipped and said", async () => {
    const broken = "---\nid: it\nslot: gate\nkind: command\non_fail: block\n---\n";
    const red = await run(only("gate", broken));
    expect({ code: red.code, error: red.json.error }).toEqual({
      code: 1,
      error: "it failed: did not run: extensions/it.md: a command needs run",
    });
    expect(red.stderr).toContain("warning: extension extensions/it.md: a command needs run\n");
    const green = await run(only("gate", broken.replace("block", "warn")));
    expect(green.code).toBe(0);
    expect(JSON.parse(green.stdout).extensions).toMatchObject([{ id: "it", outcome: "skipped" }]);
    const missing = await run(project({ "kata.toml": '[extensions.slots]\ngate = ["no.md"]\n' }));
    expect(missing.code).toBe(1);
    expect(missing.json.error).toContain(
      "no failed: did not run: extensions/no.md: it cannot be read",
    );
  });

  test("a kata.toml that is wrong ends the call before anything runs", async () => {
    for (const [toml, said] of Object.entries({
      '[extensions.slots]\ngates = ["a.md"]\n': 'kata.toml: unknown slot "gates"',
      "[extensions]\nslots = 1\n": "kata.toml:2:1: Cannot read extensions.slots",
    })) {
      const { code, stderr } = await kata(["run", "sample", "--katas", katas], {
        cwd: project({ "kata.toml": toml }),
      });
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) });
    }
  });

  test("a command that hangs is ended with all that it started, and a block gate then fails", async () => {
    const cwd = only(
      "gate",
      "---\nid: slow\nslot: gate\nkind: command\non_fail: block\ntimeout: 0.3\nrequired_capabilities: [shell]\nrun: sleep 61 & echo $! > pid; wait\n---\n",
    );
    const { code, json, ms } = await run(cwd);
    expect({ code, error: json.error }).toEqual({
      code: 1,
      error: "slow failed: did not run: timed out after 0.3 s",
    });
    expect(ms).toBeLessThan(20_000);
    const pid = Number(readFileSync(join(cwd, "pid"), "utf8"));
    // A busy machine takes a moment to end what was killed.
    for (let tries = 0; runs(pid) && tries < 100; tries++) await Bun.sleep(20);
    expect(runs(pid)).toBe(false);
  });
});

describe("kata replay", () => {
  const gate = (code: number, mode: string) =>
    `---\nid: it\nslot: gate\nkind: command\non_fail: block\nmode: ${mode}\nrun: sh -c "cat >> ran; exit ${code}"\n---\n`;

  test("shows outcomes without running anything, and runs again what may", async () => {
    const cwd = only("gate", gate(1, "deterministic"));
    expect((await run(cwd)).code).toBe(1);
    const before = readFileSync(join(cwd, "ran"), "utf8");
    writeFileSync(join(cwd, "extensions/it.md"), gate(0, "deterministic"));
    const shown = await report(["replay", "run.ndjson"], { cwd });
    expect([shown.code, shown.json.error]).toEqual([1, "it failed: exited with code 1"]);
    expect(readFileSync(join(cwd, "ran"), "utf8")).toBe(before);
    const again = await report(["replay", "run.ndjson", "--rerun"], { cwd });
    expect([again.code, again.json.passed]).toEqual([0, true]);
    const contexts = readFileSync(join(cwd, "ran"), "utf8").trim().split("\n");
    const [first, second] = contexts.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(second?.["verdict"]).toEqual(first?.["verdict"]);
    expect(second?.["plan"]).toEqual(first?.["plan"]);
    for (const changed of [gate(0, "hybrid"), gate(0, "deterministic").replace("it", "other")]) {
      writeFileSync(join(cwd, "extensions/it.md"), changed);
      const kept = await report(["replay", "run.ndjson", "--rerun"], { cwd });
      expect(kept.code).toBe(1);
      expect(kept.stderr).toContain("warning: extension it is shown as recorded");
    }
  });

  test("runs nothing again that is not the same each time", async () => {
    const cwd = only("gate", gate(1, "hybrid"));
    await run(cwd);
    rmSync(join(cwd, "ran"));
    expect((await report(["replay", "run.ndjson", "--rerun"], { cwd })).code).toBe(1);
    expect(await Bun.file(join(cwd, "ran")).exists()).toBe(false);
  });

  test("says on stderr what a step after the reports said, and leaves the reports alone", async () => {
    const step = '---\nid: late\nslot: "after:report"\nkind: command\nrun: sh -c "exit 4"\n---\n';
    const cwd = only("after:report", step);
    const live = await run(cwd);
    const replayed = await report(["replay", "run.ndjson"], { cwd });
    expect(replayed.stdout).toBe(live.stdout);
    expect([live.stderr, replayed.stderr]).toEqual([
      "warning: extension late warned: exited with code 4\n",
      "warning: extension late warned: exited with code 4\n",
    ]);
  });
});

describe("kata extension", () => {
  test("new, list and check", async () => {
    const cwd = project({});
    const made = await kata(["extension", "new", "gate", "lint"], { cwd });
    expect({ code: made.code, out: made.stdout }).toEqual({
      code: 0,
      out: 'extensions/lint.md\nIn kata.toml, under [extensions.slots]: "gate" = ["lint.md"]\n',
    });
    expect((await kata(["extension", "new", "gate", "lint"], { cwd })).code).toBe(2);
    expect((await kata(["extension", "new", "gate", "../lint"], { cwd })).code).toBe(2);
    writeFileSync(join(cwd, "kata.toml"), '[extensions.slots]\ngate = ["lint.md", "none.md"]\n');
    const list = await kata(["extension", "list"], { cwd });
    expect(list.stdout).toContain(
      "  lint  command, deterministic, on_fail block  extensions/lint.md\n",
    );
    const bad = await kata(["extension", "check"], { cwd });
    expect({ code: bad.code, stderr: bad.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(
        "invalid extensions:\n- extensions/none.md: it cannot be read",
      ),
    });
    writeFileSync(join(cwd, "kata.toml"), '[extensions.slots]\ngate = ["lint.md"]\n');
    expect((await kata(["extension", "check"], { cwd })).stdout).toBe("1 extensions in order\n");
    expect((await run(cwd)).code).toBe(0);
  });

  test("check --strict names what would be skipped", async () => {
    const cwd = only("on:failure", '---\nid: m\nslot: "on:failure"\n---\nHelp with {{diff}}\n');
    const lax = await kata(["extension", "check"], { cwd });
    expect({ code: lax.code, said: lax.stderr }).toEqual({
      code: 0,
      said: expect.stringContaining("extensions/it.md: no [agents.default] in kata.toml"),
    });
    expect((await kata(["extension", "check", "--strict"], { cwd })).code).toBe(2);
    const json = await kata(["extension", "check", "--strict", "--json"], { cwd });
    expect({ code: json.code, ok: JSON.parse(json.stdout).ok }).toEqual({ code: 2, ok: false });
  });
});
