import { afterAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Extension, readExtension } from "../../src/extensions/extension.ts";
import { runProgram } from "../../src/extensions/process.ts";
import { PLACEHOLDERS, type PromptValues } from "../../src/extensions/prompt.ts";
import { didNotRun, type ExtensionCall, runExtension } from "../../src/extensions/run.ts";
import type { Slot } from "../../src/extensions/slots.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

const cwd = folder();
const values = Object.fromEntries(PLACEHOLDERS.map((name) => [name, `<${name}>`])) as PromptValues;
const env = { PATH: process.env["PATH"] };

function call(more: Partial<ExtensionCall> = {}): ExtensionCall {
  const signal = new AbortController().signal;
  return {
    context: { n: 1 },
    values: () => values,
    paths: { KATA_FILE: "/f" },
    cwd,
    env,
    agents: {},
    signal,
    ...more,
  };
}

function extension(yaml: string, slot: Slot, body = ""): Extension {
  const result = readExtension(`---\nid: x\nslot: "${slot}"\n${yaml}\n---\n${body}`, "x.md", slot);
  if ("problems" in result) throw new Error(result.problems.join("\n"));
  return result.extension;
}

/** A command for the shell. */
function shell(script: string, more = "", slot: Slot = "gate"): Extension {
  const run = JSON.stringify(script);
  return extension(`kind: command\nrequired_capabilities: [shell]\nrun: ${run}\n${more}`, slot);
}

const run = (one: Extension, more: Partial<ExtensionCall> = {}, without: "network"[] = []) =>
  runExtension({ extension: one, without }, call(more));

describe("runExtension() of a command", () => {
  test("hands over the context and the paths, and keeps what was printed", async () => {
    const one = shell('cat; echo "$KATA_SLOT $KATA_EXTENSION $KATA_FILE" >&2; echo done');
    expect(await run(one, {}, ["network"])).toEqual({
      id: "x",
      slot: "gate",
      mode: "deterministic",
      outcome: "passed",
      message: "done (without network)",
      duration_ms: expect.any(Number),
      stdout: '{"n":1,"extension":"x","missing_capabilities":["network"]}\ndone\n',
      stderr: "gate x /f\n",
      output_cut: 0,
    });
  });

  test("has no shell that it did not ask for", async () => {
    const one = extension("kind: command\nrun: [echo, '$HOME | wc', 'a b']", "gate");
    expect((await run(one)).message).toBe("$HOME | wc a b");
  });

  test.each([
    ["exit 1", "", "warned", "exited with code 1"],
    ["echo no; exit 1", "on_fail: suggest", "suggested", "no"],
    ["echo no; echo why >&2; exit 1", "on_fail: block", "failed", "why"],
    ["kill -9 $$", "on_fail: block", "failed", "did not run: ended by SIGKILL"],
    ["kill -9 $$", "", "skipped", "ended by SIGKILL"],
    ["sleep 9", "timeout: 0.1", "skipped", "timed out after 0.1 s"],
    ["sleep 9", "timeout: 0.1\non_fail: block", "failed", "did not run: timed out after 0.1 s"],
    ["exit 127", "", "skipped", "exited with code 127"],
    ["exit 126", "on_fail: block", "failed", "did not run: exited with code 126"],
  ])("%j with %j is %s", async (script, more, outcome, message) => {
    expect(await run(shell(script, more))).toMatchObject({ outcome, message });
  });

  test("that cannot be started did not run", async () => {
    const soft = await run(extension("kind: command\nrun: /no/such/program", "gate"));
    expect(soft.outcome).toBe("skipped");
    expect(soft.message).toStartWith("cannot be started: ");
    const hard = await run(extension("kind: command\nrun: /no/such\non_fail: block", "gate"));
    expect(hard.outcome).toBe("failed");
  });

  test("may point at lines, when it says that it does", async () => {
    const script = "echo a.ts:3:7: one; echo 'b.ts:4: two'; echo no place; exit 1";
    const found = await run(shell(script, "anchorable: true"));
    expect(found.anchors).toEqual([
      { file: "a.ts", line: 3, message: "one" },
      { file: "b.ts", line: 4, message: "two" },
    ]);
    expect(await run(shell(script))).not.toHaveProperty("anchors");
    const place = { file: "k.ts", line: 9 };
    const placed = await run(shell("echo bad; exit 1", "anchorable: true"), { place });
    expect(placed.anchors).toEqual([{ ...place, message: "bad" }]);
    expect(await run(shell("echo ok", "anchorable: true"), { place })).not.toHaveProperty(
      "anchors",
    );
    expect(await run(shell("echo bad; exit 1", "anchorable: true"))).not.toHaveProperty("anchors");
  });
});

describe("runExtension() of a prompt", () => {
  const agent = (script: string) => ({ agents: { default: ["/bin/sh", "-c", script] } });
  const mentor = extension("on_fail: suggest", "on:failure", "Help with {{diff}}");
  const judge = extension("on_fail: block\nagent: judge", "gate", "Is it good?");

  test("gives the agent the prompt and the answer to the learner", async () => {
    expect(await run(mentor, agent("cat; echo read it again"))).toMatchObject({
      outcome: "suggested",
      mode: "agentic",
      message: "Help with <diff>\nread it again",
    });
  });

  test("is skipped without an agent, and fails the run where it blocks", async () => {
    const none = "no agent is configured ([agents.default] in kata.toml)";
    expect(await run(mentor)).toMatchObject({ outcome: "skipped", message: none });
    expect(await run(judge, agent("echo PASS"))).toMatchObject({
      outcome: "failed",
      message: "did not run: no agent is configured ([agents.judge] in kata.toml)",
    });
  });

  test.each([
    ["echo PASS", "passed", ""],
    ["echo '**PASS**: fine'", "passed", "fine"],
    ["echo 'FAIL: a loop'", "failed", "a loop"],
    ["echo FAIL", "failed", "the agent says FAIL"],
    [
      "echo 'It is fine'",
      "failed",
      "did not run: the agent's answer begins with neither PASS nor FAIL",
    ],
    ["true", "failed", "did not run: the agent gave no answer"],
    ["echo PASS; exit 3", "failed", "did not run: the agent exited with code 3: PASS"],
    ["exit 3", "failed", "did not run: the agent exited with code 3"],
  ])("in a gate, %j is %s", async (script, outcome, message) => {
    const agents = { judge: ["/bin/sh", "-c", `cat > ${join(cwd, "asked")}; ${script}`] };
    expect(await run(judge, { agents })).toMatchObject({ outcome, message });
    expect(readFileSync(join(cwd, "asked"), "utf8")).toBe(
      "Is it good?\n\nBegin your answer with PASS, or with FAIL: and the reason.\n",
    );
  });

  test("is not run by a name that objects have of their own", async () => {
    const odd = extension("agent: constructor", "on:failure", "Help");
    expect((await run(odd)).outcome).toBe("skipped");
  });
});

test("didNotRun() is never a pass", () => {
  expect(didNotRun({ on_fail: "suggest" }, "why")).toEqual({ outcome: "skipped", message: "why" });
});

describe("runProgram()", () => {
  const base = { cwd, env, stdin: "", timeoutMs: 20_000 };

  test("keeps the beginning of a flood, and counts the rest", async () => {
    const end = await runProgram(["/bin/sh", "-c", "head -c 200000 /dev/zero | tr '\\0' x"], {
      ...base,
      signal: new AbortController().signal,
    });
    expect([end.code, end.stdout.length, end.cut]).toEqual([0, 65_536, 200_000 - 65_536]);
  });

  test("ends with the run, and starts nothing after it", async () => {
    const stop = new AbortController();
    const running = runProgram(["sleep", "30"], { ...base, signal: stop.signal });
    await Bun.sleep(20);
    stop.abort();
    expect(await running).toMatchObject({ code: null, error: "the run was interrupted" });
    expect(await runProgram(["sleep", "30"], { ...base, signal: stop.signal })).toMatchObject({
      code: null,
      error: "the run was interrupted",
    });
  });

  test("does not wait for what got away with its pipes", async () => {
    const started = performance.now();
    const end = await runProgram(["/bin/sh", "-c", "setsid sleep 4 & echo away"], {
      ...base,
      signal: new AbortController().signal,
    });
    expect([end.code, end.stdout]).toEqual([0, "away\n"]);
    expect(performance.now() - started).toBeLessThan(3500);
  });

  test("survives a program that never reads what it is handed", async () => {
    const signal = new AbortController().signal;
    const end = await runProgram(["true"], { ...base, stdin: "x".repeat(2 ** 20), signal });
    expect(end.code).toBe(0);
  });
});
