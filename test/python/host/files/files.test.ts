/** What holds for every file system, in memory and of the machine, by system calls and by paths. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Mount } from "../../../../src/python/host/grants.ts";
import { localFiles } from "../../../../src/python/host/files/local.ts";
import type { Plain } from "../../../../src/python/host/plain.ts";
import { type Run, start } from "../run.ts";

const scratch = mkdtempSync(join(tmpdir(), "kata-files-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const fresh = (): string => mkdtempSync(join(scratch, "d-"));

const SYSTEMS: Record<string, () => Mount> = {
  memory: () => ({ at: "/", memory: {} }),
  local: () => ({ at: "/", directory: fresh(), write: true }),
  "local by paths": () => ({
    at: "/",
    system: localFiles(fresh(), { write: true, byPath: true }),
  }),
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function put(run: Run, path: string, text: string): void {
  const handle = run.log.perform("fs.open", path, "wct");
  run.log.perform("fs.write", handle, 0, bytes(text));
  run.log.perform("fs.close", handle);
}

function get(run: Run, path: string): string {
  const handle = run.try("fs.open", path, "r");
  if (typeof handle !== "number") return String(handle);
  const text = new TextDecoder().decode(run.log.perform("fs.read", handle, 0, 1e6) as Uint8Array);
  run.log.perform("fs.close", handle);
  return text;
}

describe.each(Object.entries(SYSTEMS))("%s", (_name, mount) => {
  const use = (test: (run: Run) => void): void => {
    const run = start({ files: [mount()] });
    try {
      test(run);
    } finally {
      run.host.close();
    }
  };

  test("keeps what is written, at any position", () =>
    use((run) => {
      const handle = run.try("fs.open", "/a", "rwct");
      expect(run.try("fs.write", handle, 0, bytes("hello"))).toBe(5);
      expect(run.try("fs.write", handle, 8, bytes("!"))).toBe(9);
      expect(run.try("fs.write", handle, 1, bytes("E"))).toBe(2);
      expect(run.try("fs.read", handle, 0, 100)).toEqual(bytes("hEllo\0\0\0!"));
      expect(run.try("fs.read", handle, 8, 0)).toEqual(bytes(""));
      expect(run.try("fs.read", handle, 2 ** 52, 10)).toEqual(bytes(""));
      run.try("fs.truncate", handle, 2);
      run.try("fs.truncate", handle, 4);
      expect(run.try("fs.read", handle, 0, 100)).toEqual(bytes("hE\0\0"));
      expect(run.try("fs.fstat", handle)).toMatchObject({ kind: "file", size: 4, dev: 1 });
      expect(run.try("fs.close", handle)).toBeNull();
      for (const effect of ["fs.read", "fs.write", "fs.truncate", "fs.fstat", "fs.close"]) {
        expect(run.try(effect, handle, 0, 1)).toBe("OSError EBADF: Bad file descriptor");
      }
    }));

  test("opens as the flags say", () =>
    use((run) => {
      put(run, "/a", "old");
      expect(run.try("fs.open", "/a", "wcx")).toBe("OSError EEXIST /a: File exists");
      expect(run.try("fs.open", "/b", "rw")).toBe("OSError ENOENT /b: No such file or directory");
      for (const flags of ["", "c", "q", "ra", "rt", "constructor"]) {
        expect(run.try("fs.open", "/a", flags)).toBe("OSError EINVAL /a: Invalid argument");
      }
      const append = run.try("fs.open", "/a", "wca");
      expect(run.try("fs.write", append, 0, bytes("+"))).toBe(4);
      expect(run.try("fs.read", append, 0, 1)).toBe("OSError EBADF: Bad file descriptor");
      const read = run.try("fs.open", "/a", "r");
      expect(run.try("fs.write", read, 0, bytes("x"))).toBe("OSError EBADF: Bad file descriptor");
      expect(run.try("fs.truncate", read, 0)).toBe("OSError EINVAL: Invalid argument");
      expect(get(run, "/a")).toBe("old+");
      run.try("fs.close", run.try("fs.open", "/a", "wct"));
      expect(get(run, "/a")).toBe("");
    }));

  test("refuses arguments that are none", () =>
    use((run) => {
      const handle = run.try("fs.open", "/a", "rwct");
      for (const number of [-1, 0.5, NaN, Infinity, 2 ** 53, "0", null, 1n, true]) {
        expect(run.try("fs.read", handle, number, 1)).toStartWith("OSError EINVAL");
        expect(run.try("fs.read", handle, 0, number)).toStartWith("OSError EINVAL");
        expect(run.try("fs.write", handle, number, bytes("a"))).toStartWith("OSError EINVAL");
        expect(run.try("fs.truncate", handle, number)).toStartWith("OSError EINVAL");
      }
      expect(run.try("fs.write", handle, 0, "text")).toBe("TypeError: expected bytes");
      expect(run.try("fs.open", 1, "r")).toStartWith("TypeError");
      expect(run.try("fs.read", handle, 0, 2 ** 52)).toEqual(bytes(""));
      expect(run.try("fs.write", handle, 2 ** 52, bytes("a"))).toMatch(/ENOSPC|EFBIG/);
      expect(run.try("fs.truncate", handle, 2 ** 52)).toMatch(/ENOSPC|EFBIG/);
    }));

  test("refuses paths that lead out, and those that are none", () =>
    use((run) => {
      run.try("fs.mkdir", "/d");
      for (const path of ["..", "/..", "/../a", "/d/../../a", "../../../etc/passwd", "/./../x"]) {
        for (const effect of ["fs.stat", "fs.list", "fs.mkdir", "fs.rmdir", "fs.unlink"]) {
          expect(run.try(effect, path)).toBe(`OSError EACCES ${path}: Permission denied`);
        }
        expect(run.try("fs.open", path, "wct")).toStartWith("OSError EACCES");
        expect(run.try("fs.rename", "/d", path)).toBe(
          `OSError EACCES /d ${path}: Permission denied`,
        );
        expect(run.try("fs.rename", path, "/d")).toStartWith("OSError EACCES");
      }
      expect(run.try("fs.open", "/etc/passwd", "r")).toStartWith("OSError ENOENT");
      expect(run.try("fs.open", "", "r")).toBe("OSError ENOENT : No such file or directory");
      expect(run.try("fs.open", "/a\0b", "wct")).toBe("ValueError: embedded null byte");
      expect(run.try("fs.open", "/a\ud800", "wct")).toStartWith("OSError EILSEQ");
      expect(run.try("fs.open", `/${"n".repeat(256)}`, "wct")).toStartWith("OSError ENAMETOOLONG");
      expect(run.try("fs.open", `/${"\u00e9".repeat(128)}`, "wct")).toStartWith(
        "OSError ENAMETOOLONG",
      );
      expect(run.try("fs.open", "/a".repeat(3000), "r")).toStartWith("OSError ENAMETOOLONG");
      expect(run.try("fs.open", "/a".repeat(2e6), "r")).toStartWith("OSError ENAMETOOLONG");
      expect(run.try("fs.open", `/${"\u00e9".repeat(127)}`, "wct")).toBeNumber();
      for (const name of ["__proto__", "constructor", "a b", "\u202e", "-rf", "*", "...", "\n"]) {
        put(run, `/d/./${name}`, name);
        expect(get(run, `//d//x/../${name}`)).toBe(name);
      }
      expect(run.try("fs.list", "/d")).toHaveLength(8);
    }));

  test("has POSIX's errors for directories and files in one another's place", () =>
    use((run) => {
      put(run, "/f", "");
      run.try("fs.mkdir", "/d");
      run.try("fs.mkdir", "/d/e");
      const cases: [string, ...Plain[]][] = [
        ["EISDIR", "fs.open", "/d", "r"],
        ["EISDIR", "fs.open", "/d", "rwc"],
        ["EISDIR", "fs.open", "/new/", "wct"],
        ["ENOTDIR", "fs.open", "/f/", "r"],
        ["ENOTDIR", "fs.open", "/f/x", "wct"],
        ["ENOENT", "fs.open", "/no/x", "wct"],
        ["ENOTDIR", "fs.stat", "/f/", true],
        ["ENOTDIR", "fs.list", "/f"],
        ["ENOENT", "fs.list", "/no"],
        ["EEXIST", "fs.mkdir", "/d"],
        ["EEXIST", "fs.mkdir", "/f"],
        ["ENOENT", "fs.mkdir", "/no/x"],
        ["ENOTDIR", "fs.mkdir", "/f/x"],
        ["ENOTEMPTY", "fs.rmdir", "/d"],
        ["ENOTDIR", "fs.rmdir", "/f"],
        ["ENOENT", "fs.rmdir", "/no"],
        ["EISDIR", "fs.unlink", "/d"],
        ["ENOENT", "fs.unlink", "/no"],
        ["EISDIR", "fs.rename", "/f", "/d"],
        ["ENOTDIR", "fs.rename", "/d", "/f"],
        ["EINVAL", "fs.rename", "/d", "/d/e/x"],
        ["ENOENT", "fs.rename", "/no", "/x"],
        ["ENOENT", "fs.rename", "/f", "/no/x"],
        ["ENOTDIR", "fs.rename", "/f", "/x/"],
        ["EBUSY", "fs.rmdir", "/"],
        ["EBUSY", "fs.unlink", "/"],
        ["EBUSY", "fs.rename", "/", "/x"],
        ["EBUSY", "fs.mkdir", "/"],
      ];
      for (const [errno, effect, ...args] of cases) {
        expect([effect, args, String(run.try(effect as string, ...args)).split(" ")[1]]).toEqual([
          effect,
          args,
          errno,
        ]);
      }
      expect(run.try("fs.list", "/")).toEqual([
        ["d", "directory"],
        ["f", "file"],
      ]);
    }));

  test("renames over files and over empty directories", () =>
    use((run) => {
      put(run, "/a", "a");
      put(run, "/b", "b");
      const open = run.try("fs.open", "/b", "r");
      expect(run.try("fs.rename", "/a", "/b")).toBeNull();
      expect([get(run, "/b"), run.try("fs.read", open, 0, 9)]).toEqual(["a", bytes("b")]);
      run.try("fs.mkdir", "/d");
      run.try("fs.mkdir", "/e");
      put(run, "/d/f", "deep");
      expect(run.try("fs.rename", "/d", "/e")).toBeNull();
      expect(get(run, "/e/f")).toBe("deep");
      expect(run.try("fs.rename", "/e/f", "/e/f")).toBeNull();
      const ino = (path: string): unknown =>
        (run.try("fs.stat", path, true) as { ino: number }).ino;
      expect(ino("/e/f")).not.toBe(ino("/b"));
    }));

  test("reads on in a file whose name is gone", () =>
    use((run) => {
      put(run, "/a", "still here");
      const handle = run.try("fs.open", "/a", "r");
      run.try("fs.unlink", "/a");
      put(run, "/a", "another");
      expect(run.try("fs.read", handle, 0, 99)).toEqual(bytes("still here"));
    }));

  test("opens no more than so many files", () =>
    use((run) => {
      put(run, "/a", "");
      const opened = Array.from({ length: 300 }, () => run.try("fs.open", "/a", "r"));
      expect(opened.filter((one) => typeof one === "number")).toHaveLength(256);
      expect(opened.at(-1)).toBe("OSError EMFILE /a: Too many open files");
      run.try("fs.close", opened[0]!);
      expect(run.try("fs.open", "/a", "r")).toBeNumber();
    }));
});

/** Operations in a small world, where names meet. */
const operation: fc.Arbitrary<readonly [string, ...Plain[]]> = fc
  .nat(11)
  .chain((kind): fc.Arbitrary<[string, ...Plain[]]> => {
    const path = fc.constantFrom(
      "/a",
      "/b",
      "/d",
      "/d/a",
      "/d/e",
      "/d/e/a",
      "/d/",
      "/a/",
      "/",
      "/d/..",
      "/a/x",
    );
    const handle = fc.integer({ min: 3, max: 7 });
    const small = fc.nat(12);
    if (kind < 3) {
      const flags = fc.constantFrom("r", "rw", "wct", "rwca", "rwc", "wcx", "rwct");
      return fc.tuple(fc.constant("fs.open"), path, flags);
    }
    if (kind < 5) {
      return fc.tuple(fc.constant("fs.write"), handle, small, fc.uint8Array({ maxLength: 6 }));
    }
    if (kind === 5) return fc.tuple(fc.constant("fs.read"), handle, small, small);
    if (kind === 6) return fc.tuple(fc.constantFrom("fs.close", "fs.fstat"), handle);
    if (kind === 7) return fc.tuple(fc.constant("fs.truncate"), handle, small);
    if (kind === 8) return fc.tuple(fc.constant("fs.rename"), path, path);
    if (kind === 9) return fc.tuple(fc.constant("fs.stat"), path, fc.boolean());
    return fc.tuple(
      fc.constantFrom("fs.mkdir", "fs.mkdir", "fs.rmdir", "fs.unlink", "fs.list"),
      path,
    );
  });

test("memory does what the machine's own file system does", () => {
  const comparable = (result: Plain): unknown =>
    typeof result === "object" && result !== null && "kind" in result
      ? [result.kind, result.size]
      : result;
  fc.assert(
    fc.property(
      fc.array(operation, { minLength: 10, maxLength: 40, size: "max" }),
      (operations) => {
        const runs = Object.values(SYSTEMS).map((mount) => start({ files: [mount()] }));
        try {
          for (const [effect, ...args] of operations) {
            const [memory, local, byPath] = runs.map((run) => comparable(run.try(effect, ...args)));
            expect([effect, args, memory]).toEqual([effect, args, local]);
            expect(byPath).toEqual(local);
          }
        } finally {
          for (const run of runs) run.host.close();
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
