import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parsePath } from "../../../../src/python/host/files/paths.ts";
import { sourceFiles } from "../../../../src/python/host/files/sources.ts";

const dir = mkdtempSync(join(tmpdir(), "kata-sources-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
mkdirSync(join(dir, "pack"));
for (const name of ["main.py", "secret.txt", ".env", "pack/inner.py", "pack/data.csv"]) {
  writeFileSync(join(dir, name), "x = 1\n");
}
symlinkSync("/etc/passwd", join(dir, "link.py"));
symlinkSync(join(dir, "secret.txt"), join(dir, "inside.py"));

test("sourceFiles() shows Python files and folders, and nothing else", async () => {
  const files = sourceFiles(dir);
  const names = [...(await files.list(parsePath("/")))].map(([name]) => name).toSorted();
  expect(names).toEqual(["inside.py", "link.py", "main.py", "pack"]);
  expect(files.stat(parsePath("/pack"), true)).toMatchObject({ kind: "directory" });
  expect(files.stat(parsePath("/pack/inner.py"), true)).toMatchObject({ kind: "file" });
  for (const path of ["/secret.txt", "/.env", "/pack/data.csv", "/nothing", "/main.py/"]) {
    expect(() => files.stat(parsePath(path), true)).toThrow();
  }
  files.close();
});

test("sourceFiles() opens nothing else, and changes nothing", () => {
  const files = sourceFiles(dir);
  const read = {
    read: true,
    write: false,
    append: false,
    create: false,
    exclusive: false,
    truncate: false,
  };
  for (const path of ["/secret.txt", "/nothing.txt", "/link.py", "/pack", "/../x.py"]) {
    expect(() => files.open(parsePath(path), read, 0)).toThrow();
  }
  for (const write of [
    { ...read, write: true },
    { ...read, write: true, create: true },
  ]) {
    expect(() => files.open(parsePath("/main.py"), write, 0)).toThrow("Read-only file system");
  }
  expect(() => files.unlink(parsePath("/main.py"), 0)).toThrow("Read-only file system");
  files.close();
});
