import { expect, test } from "bun:test";
import fc from "fast-check";
import { KataError } from "../../../../src/errors.ts";
import type { FileSystem, Path, Stat } from "../../../../src/python/host/files/filesystem.ts";
import { memoryFiles } from "../../../../src/python/host/files/memory.ts";
import { parsePath } from "../../../../src/python/host/files/paths.ts";
import { Tree } from "../../../../src/python/host/files/tree.ts";
import { type Plain, plainText, plainValue } from "../../../../src/python/host/plain.ts";
import { start, thrown } from "../run.ts";

const path = (text: string): Path => parsePath(text);

function sizeOf(files: FileSystem, text: string): number {
  return (files.stat(path(text), true) as Stat).size;
}

test("memoryFiles() is made of contents, with the directories that they need", () => {
  const files = memoryFiles({ "/a.txt": "\u00e9", "b/c/d": Uint8Array.of(1, 2, 3) });
  expect(files.list(path("/"))).toEqual([
    ["a.txt", "file"],
    ["b", "directory"],
  ]);
  expect([sizeOf(files, "/a.txt"), sizeOf(files, "/b/c/d")]).toEqual([2, 3]);
  for (const bad of ["", "/", "/..", "/a\0", "/a/", `/${"x".repeat(300)}`]) {
    expect(thrown(() => memoryFiles({ [bad]: "" }))).toStartWith("Cannot put");
  }
  expect(thrown(() => memoryFiles({ "/a": "", "/a/b": "" }))).toContain("Not a directory");
  expect(thrown(() => memoryFiles({ "/a": "", "//a": "" }))).toContain("File exists");
  expect(thrown(() => memoryFiles({ "/a": "x".repeat(1000) }, 500))).toContain("No space left");
});

test("memoryFiles() keeps to its limit, before it takes memory", () => {
  const run = start({ files: [{ at: "/", memory: {}, limit: 10_000 }] });
  const handle = run.try("fs.open", "/a", "rwct");
  expect(run.try("fs.truncate", handle, 2 ** 50)).toBe("OSError ENOSPC: No space left on device");
  expect(run.try("fs.write", handle, 2 ** 50, Uint8Array.of(1))).toStartWith("OSError ENOSPC");
  expect(run.try("fs.truncate", handle, 9000)).toBeNull();
  expect(run.try("fs.write", handle, 9000, new Uint8Array(1000))).toStartWith("OSError ENOSPC");
  expect(run.try("fs.write", handle, 9000, new Uint8Array(100))).toBe(9100);
  run.try("fs.unlink", "/a");
  const other = run.try("fs.open", "/b", "rwct");
  expect(run.try("fs.truncate", other, 9000)).toStartWith("OSError ENOSPC");
  run.try("fs.close", handle);
  expect(run.try("fs.truncate", other, 9000)).toBeNull();
  run.try("fs.truncate", other, 0);
  const made = Array.from({ length: 100 }, (_, n) => run.try("fs.mkdir", `/d${n}`));
  expect(made.filter((one) => one === null).length).toBeLessThan(40);
  for (let n = 0; n < 100; n++) run.try("fs.rmdir", `/d${n}`);
  expect(run.try("fs.truncate", other, 9000)).toBeNull();
});

test("resize() copies a file that grows by small steps only now and then", () => {
  const tree = new Tree(2 ** 24);
  const file = tree.addFile(tree.root, "a", 0);
  const copies = new Set<Uint8Array>();
  for (let size = 0; size < 10_000_000; size += 100) {
    tree.resize(file, size);
    copies.add(file.bytes);
    file.bytes[0] ||= 7;
  }
  expect(file.bytes[0]).toBe(7);
  expect(copies.size).toBeLessThan(60);
});

test("dump() is plain data, of which memoryFiles() makes the same again", () => {
  const name = fc.constantFrom("a", "b", "c", "__proto__");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 4 }), fc.uint8Array())),
      (made) => {
        const files = memoryFiles();
        for (const [names, bytes] of made) {
          try {
            for (let depth = 1; depth < names.length; depth++) {
              void files.mkdir({ names: names.slice(0, depth), directory: true }, depth);
            }
            const flags = {
              read: false,
              write: true,
              append: false,
              create: true,
              exclusive: false,
              truncate: true,
            };
            const file = files.open({ names, directory: false }, flags, 5);
            if (!(file instanceof Promise)) void file.write(0, bytes, 6);
          } catch {
            // Names meet one another: what was made before is there all the same.
          }
        }
        const dump = files.dump();
        const stored = plainText(dump as Plain);
        const again = memoryFiles(plainValue(JSON.parse(stored)) as never);
        expect(plainText(again.dump() as Plain)).toBe(stored);
      },
    ),
    { numRuns: 200 },
  );
});

test("dump() stays small and quick for trees deeper than any path", () => {
  const files = memoryFiles();
  // Each round puts the whole tree so far into a new directory.
  for (let depth = 0; depth < 20_000; depth++) {
    void files.mkdir(path("/new"), 0);
    if (depth > 0) void files.rename(path("/top"), path("/new/t"), 0);
    void files.rename(path("/new"), path("/top"), 0);
  }
  const dump = files.dump();
  expect(dump.entries).toHaveLength(20_000);
  expect(memoryFiles(dump).dump()).toEqual(dump);
});

test("memoryFiles() says which entry of a dump is wrong", () => {
  const cases: [unknown, string][] = [
    [null, "it is no object"],
    [{ in: -1, name: "a" }, `"mtime" is no number`],
    [{ in: "x", name: "a", mtime: 0 }, `"in" is no number`],
    [{ in: -1, name: "..", mtime: 0 }, `"name" is no file's name`],
    [{ in: -1, name: "a/b", mtime: 0 }, `"name" is no file's name`],
    [{ in: -1, name: "/a", mtime: 0 }, `"name" is no file's name`],
    [{ in: -1, name: "a\0", mtime: 0 }, `"name" is no file's name`],
    [{ in: -1, name: "", mtime: 0 }, `"name" is no file's name`],
    [{ in: -1, name: "ok", mtime: 0 }, `the name "ok" is there twice`],
    [{ in: 1, name: "a", mtime: 0 }, "entry 1 is no directory before it"],
    [{ in: -2, name: "a", mtime: 0 }, "entry -2 is no directory before it"],
    [{ in: 0, name: "a", bytes: "text", mtime: 0 }, `"bytes" are no bytes`],
    [{ in: 0, name: "a", bytes: new Uint8Array(2000), mtime: 0 }, "it is over the limit of bytes"],
  ];
  for (const [entry, message] of cases) {
    const dump = { v: 1, entries: [{ in: -1, name: "ok", mtime: 0 }, entry] };
    const load = (): unknown => memoryFiles(dump as never, 1000);
    expect(load).toThrow(KataError);
    expect(thrown(load)).toBe(`Cannot load entry 1 of the dumped files: ${message}`);
  }
});
