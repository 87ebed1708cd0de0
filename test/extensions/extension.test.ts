import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Broken, type Extension, readExtension } from "../../src/extensions/extension.ts";
import { scaffold } from "../../src/extensions/scaffold.ts";
import { isSlot, type Slot, SLOT_NAMES } from "../../src/extensions/slots.ts";

function read(yaml: string, slot: Slot = "gate", body = "") {
  return readExtension(`---\n${yaml}\n---\n${body}`, "x.md", slot);
}

function good(yaml: string, slot: Slot = "gate", body = ""): Extension {
  const result = read(yaml, slot, body);
  if ("problems" in result) throw new Error(result.problems.join("\n"));
  return result.extension;
}

function broken(yaml: string, slot: Slot = "gate", body = ""): Broken {
  const result = read(yaml, slot, body);
  if ("extension" in result) throw new Error("it is in order");
  return result;
}

const COMMAND = "id: a\nslot: gate\nkind: command\nrun: make lint\n";

describe("readExtension()", () => {
  test("has defaults for all but id and slot", () => {
    expect(good(COMMAND)).toEqual({
      id: "a",
      slot: "gate",
      kind: "command",
      mode: "deterministic",
      agent: "inherit",
      on_fail: "warn",
      anchorable: false,
      command: ["make", "lint"],
      prompt: "",
      timeout: 600,
      required_capabilities: [],
      optional_capabilities: [],
      file: "x.md",
    });
    expect(good("id: a\nslot: gate", "gate", "Is it good?")).toMatchObject({
      kind: "agentic",
      mode: "agentic",
      prompt: "Is it good?",
      command: [],
    });
  });

  test("takes every field", () => {
    const yaml = `${COMMAND}mode: hybrid\nagent: coder\non_fail: block\nanchorable: true\ntimeout: 1.5\nrequired_capabilities: [git, python3]\noptional_capabilities: [network]`;
    expect(good(yaml)).toMatchObject({
      mode: "hybrid",
      agent: "coder",
      on_fail: "block",
      anchorable: true,
      timeout: 1.5,
      required_capabilities: ["git", "python3"],
      optional_capabilities: ["network"],
    });
    expect(good("id: a\nslot: gate\nprompt: Ask {{ kata.id }}", "gate", "Notes").prompt).toBe(
      "Ask {{ kata.id }}",
    );
  });

  test("gives a shell to whom asks for one, and words to the others", () => {
    const of = (run: string, more = "") =>
      good(`id: a\nslot: gate\nkind: command\nrun: ${run}\n${more}`).command;
    expect(of("'a \"b c\" \\d'")).toEqual(["a", "b c", "d"]);
    expect(of('[a, "b c", "*"]')).toEqual(["a", "b c", "*"]);
    expect(of("'ls *.ts | wc'", "required_capabilities: [shell]")).toEqual([
      "/bin/sh",
      "-c",
      "ls *.ts | wc",
    ]);
  });

  test("lists every problem, in the order of the fields", () => {
    const yaml =
      "kind: comand\nmode: maybe\nagent: [x]\non_fail: stop\nanchorable: 'yes'\nrun: ls\ntimeout: 3\nrequired_capabilities: git\noptional_capabilities: [git, magic]\nextra: 1";
    expect(broken(yaml).problems).toEqual([
      "missing id",
      "missing slot",
      'invalid kind "comand" (valid: agentic, command)',
      'invalid mode "maybe" (valid: deterministic, agentic, hybrid)',
      'invalid agent a list (expected letters, digits, ".", "_" and "-")',
      'invalid on_fail "stop" (valid: warn, suggest, block)',
      'anchorable must be true or false, not "yes"',
      "run is for commands only (kind: command)",
      "an agentic extension needs a prompt or a body",
      "timeout is for commands only",
      'required_capabilities must be a list, not "git"',
      'unknown capabilities in optional_capabilities: "magic" (valid: shell, git, network, browser, gpu, python3, filesystem-write, worktree, subagents, secret-access)',
      'unknown key "extra" (known: id, slot, kind, mode, agent, on_fail, anchorable, run, prompt, timeout, required_capabilities, optional_capabilities)',
    ]);
  });

  test.each<[string, Slot, string]>([
    [
      "id: a\nslot: gates\nkind: command\nrun: ls",
      "gate",
      `unknown slot "gates" (valid: ${SLOT_NAMES.join(", ")})`,
    ],
    [
      "id: a\nslot: [gate]\nkind: command\nrun: ls",
      "gate",
      `unknown slot a list (valid: ${SLOT_NAMES.join(", ")})`,
    ],
    [COMMAND, "guard", 'slot "gate" differs from "guard", in which it is registered'],
    [
      "id: a\nslot: after:run\nkind: command\nrun: ls\non_fail: block",
      "after:run",
      'on_fail "block" may not stand in slot "after:run" (only in: guard, gate)',
    ],
    ["id: a\nslot: gate\nkind: command", "gate", "a command needs run"],
    ["id: a\nslot: gate\nkind: command\nrun:", "gate", "a command needs run"],
    ["id: a\nslot: gate\nkind: command\nrun: ''", "gate", "run is empty"],
    ["id: a\nslot: gate\nkind: command\nrun: []", "gate", "run is empty"],
    [
      "id: a\nslot: gate\nkind: command\nrun: ' '\nrequired_capabilities: [shell]",
      "gate",
      "run is empty",
    ],
    [
      "id: a\nslot: gate\nkind: command\nrun: [1]",
      "gate",
      "run must be text or a list of words, not a list",
    ],
    [
      "id: a\nslot: gate\nkind: command\nrun: {a: 1}",
      "gate",
      "run must be text or a list of words, not a mapping",
    ],
    [
      "id: a\nslot: gate\nkind: command\nrun: [ls]\nrequired_capabilities: [shell]",
      "gate",
      "run must be text where a shell reads it",
    ],
    [
      "id: a\nslot: gate\nkind: command\nrun: ls | wc",
      "gate",
      "run has |, which only a shell understands: quote it, or list shell in required_capabilities",
    ],
    [`${COMMAND}prompt: x`, "gate", "prompt is for agentic extensions only"],
    ["id: a\nslot: gate\nprompt: [x]", "gate", "prompt must be text, not a list"],
    [
      `${COMMAND}timeout: 0`,
      "gate",
      "invalid timeout 0 (expected seconds, more than 0 and at most 86400)",
    ],
    [
      `${COMMAND}timeout: .nan`,
      "gate",
      "invalid timeout null (expected seconds, more than 0 and at most 86400)",
    ],
    [`${COMMAND}required_capabilities:`, "gate", "required_capabilities must be a list, not null"],
    [
      "id: ../a\nslot: gate\nkind: command\nrun: ls",
      "gate",
      'invalid id "../a" (expected letters, digits, ".", "_" and "-")',
    ],
    [
      "id: 7\nslot: gate\nkind: command\nrun: ls",
      "gate",
      'invalid id 7 (expected letters, digits, ".", "_" and "-")',
    ],
    [`${COMMAND}id: b`, "gate", "id stands twice"],
  ])("names the one problem of %j in %s", (yaml, slot, words) => {
    expect(broken(yaml, slot).problems).toEqual([words]);
  });

  test("names a placeholder that nothing stands for", () => {
    const { problems } = broken("id: a\nslot: gate", "gate", "{{diff}} {{kata.if}} {{kata.if}}");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toStartWith("unknown placeholder {{kata.if}} (valid: slot, kata.id");
  });

  test.each<[string, Slot, boolean]>([
    ["---\non_fail: block\n---\n", "after:run", true],
    ["---\non_fail: block\n---\n", "gate", true],
    ["---\non_fail: warn\n---\n", "gate", false],
    ["---\nid: a\n---\n", "gate", false],
    ["---\non_fail: 7\n---\n", "gate", true],
    ["---\non_fail:\n---\n", "guard", true],
    ["---\non_fail: 7\n---\n", "after:run", false],
    ["---\nid: [a\n---\n", "gate", true],
    ["---\nid: [a\n---\n", "after:run", false],
    ['---\nid: [a\n"on_fail": block\n---\n', "after:run", true],
    ["nothing at all", "guard", true],
    ["nothing at all", "after:run", false],
    ["---\non_fail: block", "before:run", true],
    ["---\non_fail: block\non_fail: warn\n---\n", "gate", true],
  ])("when broken, %j in %s blocks: %p", (text, slot, blocks) => {
    const result = readExtension(text, "x.md", slot);
    expect("blocks" in result && result.blocks).toBe(blocks);
  });

  test("never throws, and never passes what it could not read", () => {
    const value = fc.oneof(
      fc.constantFrom(
        "gate",
        "command",
        "block",
        "warn",
        "true",
        "[]",
        "[shell]",
        "null",
        "{}",
        "ls",
        "''",
        "*a",
        "&a [*a]",
      ),
      fc.string(),
    );
    const line = fc.tuple(
      fc.constantFrom(
        "id",
        "slot",
        "kind",
        "mode",
        "agent",
        "on_fail",
        "anchorable",
        "run",
        "prompt",
        "timeout",
        "required_capabilities",
        "optional_capabilities",
        "other",
      ),
      value,
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom(...SLOT_NAMES), (lines, slot) => {
        const yaml = lines.map(([key, text]) => `${key}: ${text}`).join("\n");
        const result = read(yaml, slot, "body");
        if ("problems" in result) {
          expect(result.problems.length).toBeGreaterThan(0);
          return;
        }
        const { extension } = result;
        expect(extension.slot).toBe(slot);
        expect(
          extension.kind === "command" ? extension.command.length > 0 : extension.prompt !== "",
        ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test("scaffold() gives a file that is in order, in every slot", () => {
  for (const slot of SLOT_NAMES) {
    expect(readExtension(scaffold(slot, "mine"), "mine.md", slot)).toMatchObject({
      extension: { id: "mine", slot, command: ["cat"] },
    });
  }
});

test("isSlot() knows the table's names alone", () => {
  expect(["gate", "toString", "", 1, null].map(isSlot)).toEqual([true, false, false, false, false]);
});
