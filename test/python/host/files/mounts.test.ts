import { expect, test } from "bun:test";
import type { FileSystem } from "../../../../src/python/host/files/filesystem.ts";
import { memoryFiles } from "../../../../src/python/host/files/memory.ts";
import type { Grants } from "../../../../src/python/host/grants.ts";
import { createHost } from "../../../../src/python/host/host.ts";
import { settle, Suspended } from "../../../../src/python/host/log.ts";
import type { Plain } from "../../../../src/python/host/plain.ts";
import { type Run, start, thrown } from "../run.ts";

const two: Grants = {
  files: [
    { at: "/data", memory: { "/in/f": "data", "/sub/hidden": "" } },
    { at: "/data/sub/deep/", memory: { "/g": "deep" } },
    { at: "/tmp", memory: {} },
  ],
};

function read(run: Run, path: string): Plain {
  const handle = run.try("fs.open", path, "r");
  if (typeof handle !== "number") return handle;
  return new TextDecoder().decode(run.log.perform("fs.read", handle, 0, 99) as Uint8Array);
}

test("a path leads into the file system with the longest place that fits", () => {
  const run = start(two);
  expect(read(run, "/data/in/f")).toBe("data");
  expect(read(run, "/data/sub/deep/g")).toBe("deep");
  expect(read(run, "data/sub/../in/../../tmp/../data/in/f")).toBe("data");
  expect(read(run, "/database")).toBe("OSError ENOENT /database: No such file or directory");
  expect(read(run, "/data/sub/hidden")).toBe("");
  const devs = ["/", "/data", "/data/in", "/data/sub/deep", "/tmp"].map(
    (path) => (run.try("fs.stat", path, true) as { dev: number }).dev,
  );
  expect(devs).toEqual([0, 1, 1, 2, 3]);
});

test("the directories above a place are there, and stay", () => {
  const run = start(two);
  expect(run.try("fs.list", "/")).toEqual([
    ["data", "directory"],
    ["tmp", "directory"],
  ]);
  expect(run.try("fs.list", "/data/sub")).toEqual([
    ["deep", "directory"],
    ["hidden", "file"],
  ]);
  for (const path of ["/", "/data", "/data/sub", "/data/sub/deep", "/tmp"]) {
    expect(run.try("fs.stat", path, false)).toMatchObject({ kind: "directory" });
    for (const effect of ["fs.mkdir", "fs.rmdir", "fs.unlink"]) {
      expect(run.try(effect, path)).toMatch(/EBUSY|EEXIST/);
    }
    expect(run.try("fs.rename", path, "/tmp/x")).toContain("EBUSY");
    expect(run.try("fs.rename", "/data/in", path)).toContain("EBUSY");
    expect(run.try("fs.open", path, "r")).toContain("EISDIR");
  }
});

test("nothing is made outside of the mounted places, and nothing moves between them", () => {
  const run = start(two);
  expect(run.try("fs.open", "/x", "wct")).toBe("OSError EROFS /x: Read-only file system");
  expect(run.try("fs.mkdir", "/x")).toBe("OSError EROFS /x: Read-only file system");
  expect(run.try("fs.list", "/x")).toBe("OSError ENOENT /x: No such file or directory");
  expect(run.try("fs.rename", "/data/in/f", "/tmp/f")).toBe(
    "OSError EXDEV /data/in/f /tmp/f: Invalid cross-device link",
  );
});

test("createHost() refuses places that cannot be", () => {
  const at = (...places: string[]): unknown =>
    thrown(() => createHost({ files: places.map((place) => ({ at: place, memory: {} })) }));
  expect(at("data")).toBe(`Cannot mount files at "data": it is no absolute path`);
  expect(at("/../x")).toContain("no absolute path");
  expect(at("/a\0")).toContain("no absolute path");
  expect(at("/a", "/b/../a/")).toBe(`Cannot mount files at "/b/../a/" twice`);
});

test("a file system behind a network suspends the run until it answers", async () => {
  const memory = memoryFiles({ "/f": "far away" });
  const later = async <T>(value: T): Promise<Awaited<T>> => await value;
  const remote: FileSystem = {
    ...memory,
    volatile: false,
    open: async (...args) => {
      const file = await memory.open(...args);
      return {
        read: (...where) => later(file.read(...where)),
        write: (...what) => later(file.write(...what)),
        truncate: (...what) => later(file.truncate(...what)),
        stat: () => later(file.stat()),
        close: () => later(file.close()),
      };
    },
    stat: (path, follow) => later(memory.stat(path, follow)),
    list: (path) => later(memory.list(path)),
  };
  const grants: Grants = { files: [{ at: "/", system: remote }] };
  const program = (run: Run): Plain => {
    const handle = run.log.perform("fs.open", "/f", "r");
    const { size } = run.log.perform("fs.fstat", handle) as { size: number };
    const bytes = run.log.perform("fs.read", handle, 4, size) as Uint8Array;
    run.log.perform("fs.close", handle);
    return [
      run.try("fs.open", "/g", "r"),
      run.try("fs.list", "/"),
      new TextDecoder().decode(bytes),
    ];
  };
  let text = "";
  for (let suspensions = 0; ; suspensions++) {
    const run = start(grants, text);
    try {
      expect(program(run)).toEqual([
        "OSError ENOENT /g: No such file or directory",
        [["f", "file"]],
        "away",
      ]);
      // A file that was never opened again is closed without waiting.
      expect(suspensions).toBe(5);
      return;
    } catch (error) {
      if (!(error instanceof Suspended)) throw error;
      text = run.text() + (await settle(error));
    }
  }
});
