import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CAPABILITIES, hasRoute, probeCapabilities } from "../../src/extensions/capabilities.ts";
import { checkCapabilities, loadExtensions } from "../../src/extensions/load.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

const lint = (id: string, more = "") =>
  `---\nid: ${id}\nslot: gate\nkind: command\nrun: ls\n${more}---\n`;
const soft = { strict: false };

function load(files: Record<string, string>, slots: Record<string, string[]>, options = soft) {
  return loadExtensions({ folder: "extensions", slots }, folder(files), options);
}

describe("loadExtensions()", () => {
  test("gives what loaded, in declared order", () => {
    const { slots, problems } = load(
      { "extensions/a.md": lint("a"), "extensions/sub/b.md": lint("b") },
      { gate: ["sub/b.md", "a.md"] },
    );
    expect(slots.gate.map(({ id, file }) => [id, file])).toEqual([
      ["b", "extensions/sub/b.md"],
      ["a", "extensions/a.md"],
    ]);
    expect({ problems, guard: slots.guard }).toEqual({ problems: [], guard: [] });
  });

  test("strict, raises one error with a line for each file", () => {
    const files = { "extensions/a.md": lint("a", "mode: x\nextra: 1\n"), "extensions/b.md": "" };
    expect(() => load(files, { gate: ["a.md", "b.md"] }, { strict: true })).toThrow(
      /^invalid extensions:\n- extensions\/a\.md: invalid mode "x" \(valid: deterministic, agentic, hybrid\); extensions\/a\.md: unknown key "extra" \(.*\)\n- extensions\/b\.md: missing frontmatter mini-spec$/,
    );
    expect(() => loadExtensions({ folder: "x", slots: { gate: ["a.md"] } }, folder())).toThrow(
      "invalid extensions:",
    );
  });

  test("soft, skips what is broken and says which of it blocks", () => {
    const { slots, problems } = load(
      {
        "extensions/a.md": lint("a"),
        "extensions/b.md": lint("b", "timeout: x\n"),
        "extensions/c.md": lint("c", "on_fail: block\ntimeout: x\n"),
        "extensions/d.md": lint("a", "on_fail: block\n"),
        "extensions/e.md": lint("a"),
      },
      { gate: ["a.md", "b.md", "c.md", "d.md", "e.md", "none.md"], "after:run": ["none.md"] },
    );
    expect(slots.gate.map(({ id }) => id)).toEqual(["a"]);
    expect(problems.map(({ file, slot, blocks }) => [file, slot, blocks])).toEqual([
      ["extensions/none.md", "after:run", false],
      ["extensions/b.md", "gate", false],
      ["extensions/c.md", "gate", true],
      ["extensions/d.md", "gate", true],
      ["extensions/e.md", "gate", false],
      ["extensions/none.md", "gate", true],
    ]);
    expect(problems[3]?.message).toBe('extensions/d.md: id "a" is extensions/a.md\'s');
    expect(problems[0]?.message).toStartWith("extensions/none.md: it cannot be read: ENOENT");
  });

  test("refuses what lies outside of the folder, and what is no text of a sane size", () => {
    const root = folder({ "extensions/a.md": lint("a"), "out.md": lint("o") });
    const inside = join(root, "extensions");
    symlinkSync(join(root, "out.md"), join(inside, "link.md"));
    symlinkSync(join(inside, "a.md"), join(inside, "fine.md"));
    mkdirSync(join(inside, "dir.md"));
    writeFileSync(join(inside, "latin.md"), Buffer.from([0x2d, 0xff, 0xfe]));
    writeFileSync(join(inside, "big.md"), Buffer.alloc(2 ** 20 + 1, 32));
    const names = [
      "../out.md",
      join(root, "out.md"),
      "link.md",
      ".",
      "dir.md",
      "latin.md",
      "big.md",
    ];
    const slots = { gate: [...names, "fine.md"] };
    const loaded = loadExtensions({ folder: "extensions", slots }, root, soft);
    expect(loaded.slots.gate.map(({ id }) => id)).toEqual(["a"]);
    const outside = "it lies outside of the extensions' folder";
    expect(loaded.problems.map(({ message }) => message.replace(/^.*?: /, ""))).toEqual([
      outside,
      outside,
      outside,
      outside,
      "it is no regular file",
      "it is not UTF-8 text",
      "it has 1048577 bytes, and at most 1048576 were expected",
    ]);
    expect(loaded.problems.every(({ blocks }) => blocks)).toBe(true);
  });

  test("refuses a slot that there is not, softly too", () => {
    expect(() => load({}, { gates: [] })).toThrow('kata.toml: unknown slot "gates"');
  });
});

describe("capabilities", () => {
  const nowhere = { cwd: "/proc", env: { PATH: "/nowhere" }, agents: {}, gpu: async () => false };

  test("probeCapabilities() finds nothing where there is nothing", async () => {
    const names = CAPABILITIES.filter((name) => name !== "shell" && name !== "network");
    const found = await probeCapabilities(names, nowhere);
    expect([...found.values()]).toEqual(names.map(() => false));
  });

  test("probeCapabilities() finds what is there", async () => {
    const cwd = folder({ "bin/agent": "#!/bin/sh\n", "bin/git": "#!/bin/sh\nexit 0\n" });
    for (const name of ["agent", "git", "python3", "firefox"]) {
      writeFileSync(join(cwd, "bin", name), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
      Bun.spawnSync(["chmod", "+x", join(cwd, "bin", name)]);
    }
    const found = await probeCapabilities(CAPABILITIES, {
      cwd,
      env: { PATH: join(cwd, "bin"), API_TOKEN: "x" },
      agents: { default: ["agent", "--x"] },
      gpu: async () => true,
    });
    found.delete("network");
    expect([...found.values()].every(Boolean)).toBe(true);
    expect(found.size).toBe(CAPABILITIES.length - 1);
  });

  test("probeCapabilities() finds no way out of a network of its own", async () => {
    const here = await probeCapabilities(["network"], nowhere);
    expect(typeof here.get("network")).toBe("boolean");
    expect(await hasRoute("127.0.0.1")).toBe(true);
    expect(await hasRoute("no.such.host.invalid")).toBe(false);
    const script = `const { probeCapabilities } = await import(${JSON.stringify(join(import.meta.dir, "../../src/extensions/capabilities.ts"))});
      const found = await probeCapabilities(["network"], { cwd: ".", env: {}, agents: {}, gpu: async () => false });
      console.log(found.get("network"));`;
    const { exitCode, stdout } = Bun.spawnSync(
      ["unshare", "--user", "--map-root-user", "--net", process.execPath, "-e", script],
      { timeout: 20_000 },
    );
    // Where the system lets nobody make a network of their own, there is none to look at.
    if (exitCode === 0) expect(stdout.toString()).toBe("false\n");
  });

  test("checkCapabilities() drops what misses a required one, and notes an optional one", async () => {
    const needs = (id: string, more: string) => lint(id, `${more}\n`);
    const loaded = load(
      {
        "extensions/a.md": needs("a", "required_capabilities: [gpu, git]\non_fail: block"),
        "extensions/b.md": needs("b", "required_capabilities: [gpu]"),
        "extensions/c.md": needs("c", "optional_capabilities: [gpu]"),
      },
      { gate: ["a.md", "b.md", "c.md"] },
    );
    const { slots, problems } = await checkCapabilities(loaded, nowhere);
    expect(slots.gate).toMatchObject([{ extension: { id: "c" }, without: ["gpu"] }]);
    expect(problems).toEqual([
      {
        file: "extensions/a.md",
        slot: "gate",
        message: "extensions/a.md: missing required capabilities: gpu, git",
        blocks: true,
      },
      {
        file: "extensions/b.md",
        slot: "gate",
        message: "extensions/b.md: missing required capabilities: gpu",
        blocks: false,
      },
    ]);
  });
});
