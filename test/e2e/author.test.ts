/** What an author begins with works at once: katas, courses, and editors. */
import { afterAll, describe, expect, test } from "bun:test";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXECUTABLE, folder, kata, plainEnvironment, removeFolders, typeErrors } from "./kata.ts";

const ROOT = join(import.meta.dir, "../..");

afterAll(removeFolders);

/** Types `keys` at a terminal, each once its question is there; tells what was shown. */
async function atTerminal(
  args: string[],
  cwd: string,
  keys: readonly (readonly [question: string, answer: string])[],
): Promise<{ shown: string; code: number | null }> {
  let shown = "";
  let next = 0;
  const decoder = new TextDecoder();
  const child = Bun.spawn([EXECUTABLE, ...args], {
    cwd,
    env: { ...plainEnvironment(), TERM: "xterm" },
    timeout: 30_000,
    killSignal: "SIGKILL",
    terminal: {
      data(terminal, bytes) {
        shown += decoder.decode(bytes, { stream: true });
        for (let i = next; i < keys.length; i++) {
          const [question, answer] = keys[i] ?? ["", ""];
          if (!shown.includes(question)) return;
          next = i + 1;
          shown = shown.slice(shown.indexOf(question) + question.length);
          terminal.write(answer);
        }
      },
    },
  });
  await child.exited;
  child.terminal?.close();
  return { shown, code: child.exitCode };
}

describe("kata new", () => {
  test("writes katas that are in order, mutants and types included", async () => {
    const cwd = folder();
    for (const [id, device] of [
      ["first-steps", "any"],
      ["a-kernel", "webgpu"],
    ] as const) {
      const { code, stdout, stderr } = await kata(["new", id, "--device", device], { cwd });
      expect([code, stderr]).toEqual([0, expect.stringContaining(`kata check ${id} --mutants`)]);
      const files = ["kata.test.ts", "manifest.toml", "reference.ts", "template.ts"];
      expect(stdout.split("\n").slice(0, 4)).toEqual(files.map((name) => `${id}/${name}`));
    }
    expect(readdirSync(cwd).toSorted()).toEqual([
      ".kata",
      "a-kernel",
      "first-steps",
      "tsconfig.json",
    ]);
    const checked = await kata(["check", ".", "--mutants", "--json"], { cwd });
    const { ok, results } = JSON.parse(checked.stdout) as { ok: boolean; results: unknown[] };
    expect(ok).toBe(true);
    expect(results).toMatchObject([
      { kata_id: "a-kernel", problems: [], devices: expect.arrayContaining(["software"]) },
      { kata_id: "first-steps", problems: [], devices: expect.arrayContaining(["cpu"]) },
    ]);
    for (const { mutants } of results as { mutants: { total: number; killed: number } }[]) {
      expect(mutants.total).toBeGreaterThan(5);
      expect(mutants.killed).toBe(mutants.total);
    }
    expect(typeErrors(cwd)).toBe("");
  }, 60_000);

  test("asks at a terminal for what no flag says, again where the answer is wrong", async () => {
    const cwd = folder();
    const { code } = await atTerminal(["new", "row-sums", "--name", 'The "sums"'], cwd, [
      ["webgpu (any): ", "gpu\r"],
      ["it has to be any or webgpu", ""],
      ["webgpu (any): ", "\r"],
      ["category (exercises): ", "a/b\r"],
      ["it has to be a name", ""],
      ["category (exercises): ", "first\r"],
      ["1 to 5 (1): ", "7\r"],
      ["an integer from 1 to 5", ""],
      ["1 to 5 (1): ", "2\r"],
      ["description (", "Sum them.\r"],
    ]);
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, "row-sums/manifest.toml"), "utf8")).toStartWith(
      `#:schema ../.kata/schemas/manifest.json
[kata]
name = "The \\"sums\\""
category = "first"
base_difficulty = 2
description = "Sum them."
`,
    );
  }, 30_000);

  test.each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])(
    "leaves nothing behind after %s",
    async (_, key) => {
      const cwd = folder();
      const { code, shown } = await atTerminal(["new", "row-sums"], cwd, [
        ["webgpu (any): ", "\r"],
        ["name (Row sums): ", key],
      ]);
      expect([code, shown]).toEqual([130, expect.stringContaining("before anything was written")]);
      expect(readdirSync(cwd)).toEqual([]);
    },
    30_000,
  );
});

describe("kata init", () => {
  test("makes a course whose every kata an editor can check", async () => {
    const cwd = folder();
    expect((await kata(["init"], { cwd })).code).toBe(0);
    cpSync(join(ROOT, "katas"), cwd, { recursive: true });
    expect(typeErrors(cwd)).toBe("");
    // The typings are taken up, in folders below as well: a mistake is found.
    const tests = join(cwd, "tensor-basics/outer-product/kata.test.ts");
    writeFileSync(tests, `${readFileSync(tests, "utf8")}\nexpect(1).toBee(randn(["x"]));\n`);
    const errors = typeErrors(cwd);
    expect(errors).toContain("'toBee' does not exist");
    expect(errors).toContain("kata.test.ts");
    await kata(["new", "tanh", "--category", "neural-networks"], { cwd });
    expect(readFileSync(join(cwd, "neural-networks/tanh/manifest.toml"), "utf8")).toStartWith(
      "#:schema ../../.kata/schemas/manifest.json\n",
    );
  }, 60_000);

  test("says that everything is there when it is called again", async () => {
    const cwd = folder();
    const first = await kata(["init", "my course", "--ci", "gitlab"], { cwd });
    expect(first.stdout.split("\n").slice(0, -1)).toEqual(
      ["kata.toml", ".gitlab-ci.yml", ".kata", "tsconfig.json"].map((name) => `my course/${name}`),
    );
    const again = await kata(["init", "my course", "--ci", "gitlab"], { cwd });
    expect([again.code, again.stdout]).toEqual([0, ""]);
    expect(again.stderr).toBe(
      "Everything is there already; begin a kata: kata new my-kata --dir 'my course'\n",
    );
    expect(existsSync(join(cwd, "my course/.kata/schemas/config.json"))).toBe(true);
  });
});
