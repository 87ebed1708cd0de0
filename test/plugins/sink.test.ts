import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tmpdir } from "node:os";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { canonicalPath, openFileSink, withoutPartial, writeWhole } from "../../src/plugins/sink.ts";

const MODULE = join(import.meta.dir, "../../src/plugins/sink.ts");

/** More than waits in memory. */
const LONG = "long ".repeat(250_000);

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
      expect(readdirSync(folder)).toEqual([]);
      other.write(LONG);
      expect(readdirSync(folder)).toEqual([]);
      other.discard();
      other.discard();
      other.commit();
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test("removes what a killed run left", () => {
    inFolder((folder) => {
      const path = join(folder, "a");
      const { pid } = Bun.spawnSync([process.execPath, "-e", "1"], { timeout: 20_000 });
      const left = `a.${pid}-0123456789abcdef.partial`;
      expect(withoutPartial(left)).toBe("a");
      writeFileSync(join(folder, left), "half");
      // Of another file, of no process at all, and by another hand.
      const others = ["ab.1-0123456789abcdef.partial", "a.partial", "a.x.partial"];
      for (const name of others) writeFileSync(join(folder, name), "");
      const sink = openFileSink(path, "");
      sink.write("whole");
      sink.commit();
      expect(readFileSync(path, "utf8")).toBe("whole");
      expect(readdirSync(folder).toSorted()).toEqual(["a", ...others].toSorted());
    });
  });

  test("leaves nothing when a run is killed, however long its report was by then", () => {
    inFolder((folder) => {
      const script = `import { openFileSink } from ${JSON.stringify(MODULE)};
        openFileSink(${JSON.stringify(join(folder, "a"))}, "").write("half");
        const long = openFileSink(${JSON.stringify(join(folder, "b"))}, "");
        for (let at = 0; at < 3; at++) long.write("half".repeat(300_000));
        process.kill(process.pid, "SIGKILL");`;
      Bun.spawnSync([process.execPath, "-e", script], { timeout: 20_000 });
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test("keeps the order of what it kept and what it wrote at once", () => {
    inFolder((folder) => {
      const sink = openFileSink(join(folder, "a"), "");
      for (const text of ["1", LONG, "2", LONG, "3"]) sink.write(text);
      sink.commit();
      expect(readFileSync(join(folder, "a"), "utf8")).toBe(`1${LONG}2${LONG}3`);
    });
  });

  test("is an error that names the file when its folder is gone", () => {
    inFolder((folder) => {
      mkdirSync(join(folder, "gone"));
      const sink = openFileSink(join(folder, "gone/a"), "--reporter x:gone/a");
      sink.write("text");
      rmSync(join(folder, "gone"), { recursive: true });
      const words = "(--reporter x:gone/a): no such file or directory";
      expect(() => sink.write(LONG)).toThrow(words);
      expect(() => sink.commit()).toThrow(words);
    });
  });

  test("keeps two writers of one file apart, and the last to end leaves its own", () => {
    inFolder((folder) => {
      const path = join(folder, "a");
      const [first, second] = [openFileSink(path, ""), openFileSink(path, "")];
      first.write("first ");
      second.write("second ");
      first.write("first");
      second.commit();
      expect(readFileSync(path, "utf8")).toBe("second ");
      first.commit();
      expect(readFileSync(path, "utf8")).toBe("first first");
      expect(readdirSync(folder)).toEqual(["a"]);
    });
  });

  test("writes to an open file by its number", () => {
    const script = `import { openFileSink } from ${JSON.stringify(MODULE)};
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
