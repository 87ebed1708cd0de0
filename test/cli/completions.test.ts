import { describe, expect, test } from "bun:test";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { completions } from "../../src/cli/completions.ts";
import { SPECS } from "../../src/cli/specs/index.ts";

/** Has bash complete the last of `words`, with a `kata` whose list holds two ids. */
function complete(words: readonly string[]): string[] {
  const dir = mkdtempSync(join(tmpdir(), "kata-completions-"));
  try {
    const kata = join(dir, "kata");
    const list = { schema: "kata.list/1", katas: [{ id: "softmax" }, { id: "split-heads" }] };
    writeFileSync(kata, `#!/bin/sh\ncat <<'END'\n${JSON.stringify(list, null, 2)}\nEND\n`);
    chmodSync(kata, 0o755);
    const script = `${completions("bash", SPECS)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length - 1}
_kata '${kata}'
printf '%s\\n' "\${COMPREPLY[@]}"
`;
    const { stdout, stderr, exitCode } = Bun.spawnSync(["bash", "--norc", "-c", script], {
      cwd: dir,
      timeout: 10_000,
    });
    expect(stderr.toString()).toBe("");
    expect(exitCode).toBe(0);
    return stdout.toString().split("\n").filter(Boolean).toSorted();
  } finally {
    rmSync(dir, { recursive: true });
  }
}

describe("completions() for bash", () => {
  test("load without a syntax error", () => {
    const { exitCode, stderr } = Bun.spawnSync(["bash", "-n"], {
      stdin: Buffer.from(completions("bash", SPECS)),
      timeout: 10_000,
    });
    expect(stderr.toString()).toBe("");
    expect(exitCode).toBe(0);
  });

  test("complete commands, flags, choices, ids and files", () => {
    expect(complete(["kata", "s"])).toEqual(["schema", "show", "start"]);
    expect(complete(["kata", "run", "--re"])).toEqual(["--reference", "--reporter"]);
    expect(complete(["kata", "run", "--device", ""])).toEqual(["auto", "cpu", "gpu", "software"]);
    expect(complete(["kata", "run", "--device", "=", "s"])).toEqual(["software"]);
    expect(complete(["kata", "run", "--device", "="])).toEqual(["auto", "cpu", "gpu", "software"]);
    expect(complete(["kata", "run", "--reporter", "junit"])).toEqual(["junit", "junit-dashboard"]);
    expect(complete(["kata", "show", "s"])).toEqual(["softmax", "split-heads"]);
    expect(complete(["kata", "run", "sp"])).toEqual(["split-heads"]);
    expect(complete(["kata", "run", "softmax", ""])).toEqual(["kata"]);
    for (const before of [[], ["a"], ["a", "b"]]) {
      expect(complete(["kata", "merge", ...before, ""])).toEqual(["kata"]);
    }
    expect(complete(["kata", "schema", ""])).toEqual([
      "check",
      "config",
      "events",
      "extension-check",
      "extensions",
      "list",
      "manifest",
      "py",
      "run",
    ]);
    expect(complete(["kata", "init", "--ci", ""])).toEqual(["github", "gitlab"]);
    expect(complete(["kata", "new", "x", "--device", ""])).toEqual(["any", "webgpu"]);
    expect(complete(["kata", "--no-color", "completions", "z"])).toEqual(["zsh"]);
    expect(complete(["kata", "run", "--seed", ""])).toEqual([]);
    expect(complete(["kata", "nonsense", ""])).toEqual([]);
  });
});

describe("completions()", () => {
  for (const shell of ["bash", "zsh", "fish"] as const) {
    test(`name every command and flag for ${shell}`, () => {
      const script = completions(shell, SPECS);
      for (const spec of SPECS) {
        expect(script).toContain(spec.name);
        for (const flag of Object.keys(spec.flags)) {
          expect(script).toContain(shell === "fish" ? `-l ${flag} ` : `--${flag}`);
        }
      }
    });
  }

  test("balance the quotes of zsh and fish, line by line", () => {
    for (const shell of ["zsh", "fish"] as const) {
      for (const line of completions(shell, SPECS).split("\n")) {
        if (line.startsWith("#")) continue;
        const bare = line.replaceAll("'\\''", "").replaceAll("\\'", "");
        expect([line, (bare.match(/'/g) ?? []).length % 2]).toEqual([line, 0]);
      }
    }
  });
});
