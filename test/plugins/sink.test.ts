import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { canonicalPath, openFileSink, writeWhole } from "../../src/plugins/sink.ts";

function inFolder(act: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "kata-sink-"));
  try {
    act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("openFileSink()", () => {
  test("commits and discards once", () => {
    inFolder((folder) => {
      const sink = openFileSink(join(folder, "a"), "--reporter x:a");
      sink.write("lone \ud83d, pair \ud83d\ude00");
      sink.commit();
      sink.commit();
      sink.discard();
      // A file is UTF-8, in which a lone surrogate has no place.
      expect(readFileSync(join(folder, "a"), "utf8")).toBe("lone \ufffd, pair 😀");
      const other = openFileSink(join(folder, "a"), "--reporter x:a");
      expect(readdirSync(folder)).toEqual(["a.partial"]);
      other.discard();
      other.discard();
      other.commit();
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test("replaces what a killed run left", () => {
    inFolder((folder) => {
      const path = join(folder, "a");
      openFileSink(path, "").write("half");
      const sink = openFileSink(path, "");
      sink.write("whole");
      sink.commit();
      expect(readFileSync(path, "utf8")).toBe("whole");
      expect(readdirSync(folder)).toEqual(["a"]);
    });
  });

  test("writes to an open file by its number", () => {
    const script = `import { openFileSink } from ${JSON.stringify(join(import.meta.dir, "../../src/plugins/sink.ts"))};
      const sink = openFileSink("/dev/stdout", ""); sink.write("one "); sink.write("two"); sink.commit();`;
    // Through cat: a socket, which Bun hands to a child, cannot be opened by name.
    const run = Bun.spawnSync(["sh", "-c", '"$0" -e "$1" | cat', process.execPath, script], {
      timeout: 20_000,
    });
    expect(run.stdout.toString()).toBe("one two");
  });
});

describe("writeWhole()", () => {
  test("throws a KataError that names the path when the disk is full", () => {
    expect(() => writeWhole("/dev/full", "x", "--reporter x")).toThrow(
      'Cannot write report "/dev/full" (--reporter x): no space left on device',
    );
  });
});

describe("canonicalPath()", () => {
  test("follows links, also above what does not exist", () => {
    inFolder((folder) => {
      symlinkSync(folder, join(folder, "link"));
      const real = canonicalPath(folder);
      expect(canonicalPath(join(folder, "link/a/b"))).toBe(join(real, "a/b"));
      expect(canonicalPath("/")).toBe("/");
    });
  });
});
