/** What lies in wait in a directory of the machine: links, devices, second names, and who swaps them. */
import { afterAll, describe, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localFiles } from "../../../../src/python/host/files/local.ts";
import type { Plain } from "../../../../src/python/host/plain.ts";
import { type Run, start } from "../run.ts";

const scratch = mkdtempSync(join(tmpdir(), "kata-local-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A directory to hand in, with a secret beside it. */
function world(): { inside: string; outside: string } {
  const base = mkdtempSync(join(scratch, "w-"));
  const [inside, outside] = [join(base, "inside"), join(base, "outside")];
  for (const directory of [inside, outside]) mkdirSync(directory);
  writeFileSync(join(inside, "f"), "fine");
  writeFileSync(join(outside, "f"), "SECRET");
  return { inside, outside };
}

function use(directory: string, byPath: boolean, call: (run: Run) => void, write = true): void {
  const run = start({ files: [{ at: "/", system: localFiles(directory, { write, byPath }) }] });
  try {
    call(run);
  } finally {
    run.host.close();
  }
}

function read(run: Run, path: string): Plain {
  const handle = run.try("fs.open", path, "r");
  if (typeof handle !== "number") return handle;
  const bytes = run.log.perform("fs.read", handle, 0, 1e6) as Uint8Array;
  run.log.perform("fs.close", handle);
  return new TextDecoder().decode(bytes);
}

describe.each([
  ["by system calls", false],
  ["by paths", true],
] as const)("localFiles() %s", (_name, byPath) => {
  test("follows links that stay inside, and none that leave", () => {
    const { inside, outside } = world();
    mkdirSync(join(inside, "d/e"), { recursive: true });
    const links: [string, string][] = [
      ["ok", "f"],
      ["d/up", "../f"],
      ["d/e/far", "../../d/up"],
      ["absolute", join(inside, "f")],
      ["dir", "d"],
      ["self", "."],
      ["root", inside],
      ["out", outside],
      ["outfile", join(outside, "f")],
      ["relative", "../outside/f"],
      ["parent", ".."],
      ["d/sly", "e/../../../outside"],
      ["passwd", "/etc/passwd"],
      ["prefix", `${inside}side/f`],
      ["loop", "loop"],
      ["ping", "pong"],
      ["pong", "ping"],
      ["dangling", "nothing"],
      ["danglingout", join(outside, "new")],
    ];
    for (const [name, target] of links) symlinkSync(target, join(inside, name));
    use(inside, byPath, (run) => {
      for (const path of [
        "/ok",
        "/d/up",
        "/d/e/far",
        "/absolute",
        "/dir/up",
        "/self/self/ok",
        "/root/ok",
      ]) {
        expect([path, read(run, path)]).toEqual([path, "fine"]);
      }
      const leaving = [
        "/out/f",
        "/outfile",
        "/relative",
        "/parent/outside/f",
        "/d/sly/f",
        "/passwd",
        "/prefix",
        "/out/../f/x",
      ];
      for (const path of leaving.slice(0, -1)) {
        for (const flags of ["r", "rw", "wct", "wca"]) {
          expect(run.try("fs.open", path, flags)).toBe(`OSError EACCES ${path}: Permission denied`);
        }
        expect(run.try("fs.stat", path, true)).toStartWith("OSError EACCES");
        expect(run.try("fs.list", path)).toStartWith("OSError EACCES");
      }
      for (const path of ["/out/new", "/parent/new", "/d/sly/new"]) {
        expect(run.try("fs.open", path, "wcx")).toStartWith("OSError EACCES");
        expect(run.try("fs.mkdir", path)).toStartWith("OSError EACCES");
        expect(run.try("fs.rename", "/f", path)).toStartWith("OSError EACCES");
      }
      for (const effect of ["fs.unlink", "fs.rmdir"]) {
        expect(run.try(effect, "/out/f")).toStartWith("OSError EACCES");
      }
      expect(run.try("fs.rename", "/out/f", "/got")).toStartWith("OSError EACCES");
      expect(run.try("fs.open", "/danglingout", "wct")).toStartWith("OSError EACCES");
      for (const path of ["/loop", "/ping", "/loop/x"]) {
        expect(run.try("fs.open", path, "r")).toStartWith("OSError ELOOP");
      }
      expect(read(run, "/dangling")).toStartWith("OSError ENOENT");
      expect(run.try("fs.open", "/dangling", "wcx")).toStartWith("OSError EEXIST");
      run.try("fs.open", "/dangling", "wc");
      expect(existsSync(join(inside, "nothing"))).toBe(true);
      expect(run.try("fs.stat", "/out", false)).toMatchObject({ kind: "link" });
      expect(run.try("fs.unlink", "/out")).toBeNull();
    });
    expect(readdirSync(outside)).toEqual(["f"]);
    expect(readFileSync(join(outside, "f"), "utf8")).toBe("SECRET");
  });

  test("opens no file of two names, no pipe, socket or device, and waits for none", async () => {
    const { inside, outside } = world();
    linkSync(join(outside, "f"), join(inside, "hard"));
    const made = spawnSync("sh", ["-c", 'mkfifo "$0/pipe"', inside]);
    expect(made.status).toBe(0);
    spawnSync("sh", ["-c", 'mknod "$0/zero" c 1 5', inside]);
    const server = createServer().listen(join(inside, "socket"));
    await new Promise((ready) => server.once("listening", ready));
    use(inside, byPath, (run) => {
      const names = [
        "hard",
        "pipe",
        "socket",
        ...(existsSync(join(inside, "zero")) ? ["zero"] : []),
      ];
      for (const name of names) {
        for (const flags of ["r", "w", "rw", "wct", "wca"]) {
          expect(run.try("fs.open", `/${name}`, flags)).toBe(
            `OSError EACCES /${name}: Permission denied`,
          );
        }
      }
      expect(run.try("fs.stat", "/pipe", true)).toMatchObject({ kind: "other" });
    });
    server.close();
    expect(readFileSync(join(outside, "f"), "utf8")).toBe("SECRET");
  });

  test("changes nothing when it is read only", () => {
    const { inside } = world();
    mkdirSync(join(inside, "d"));
    const before = readdirSync(inside);
    use(
      inside,
      byPath,
      (run) => {
        for (const flags of ["w", "rw", "wct", "wca", "wcx", "rc"]) {
          expect(run.try("fs.open", "/f", flags)).toBe("OSError EROFS /f: Read-only file system");
        }
        for (const [effect, ...args] of [
          ["fs.mkdir", "/x"],
          ["fs.rmdir", "/d"],
          ["fs.unlink", "/f"],
          ["fs.rename", "/f", "/x"],
        ] as const) {
          expect(run.try(effect, ...args)).toStartWith("OSError EROFS");
        }
        expect(read(run, "/f")).toBe("fine");
      },
      false,
    );
    expect(readdirSync(inside)).toEqual(before);
  });

  test("stays with the directory that it was given, whatever takes its name", () => {
    if (byPath) return;
    const { inside, outside } = world();
    use(inside, byPath, (run) => {
      expect(read(run, "/f")).toBe("fine");
      renameSync(inside, `${inside}-moved`);
      symlinkSync(outside, inside);
      expect(read(run, "/f")).toBe("fine");
    });
  });

  test("fails when the directory is missing or is none, and leaves nothing open", () => {
    const { inside } = world();
    use(join(inside, "none"), byPath, (run) => {
      expect(run.try("fs.list", "/x")).toBe("OSError ENOENT /x: No such file or directory");
    });
    use(join(inside, "f"), byPath, (run) => {
      expect(run.try("fs.stat", "/x", true)).toBe("OSError ENOTDIR /x: Not a directory");
    });
    const open = (): number =>
      existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0;
    mkdirSync(join(inside, "a/b/c"), { recursive: true });
    symlinkSync("a/../a/b", join(inside, "l"));
    const before = open();
    for (let round = 0; round < 50; round++) {
      use(inside, byPath, (run) => {
        for (const path of ["/a/b/c", "/l/c", "/l/x/y", "/f/x", "/l/../../..", "/a/b/none"]) {
          for (const effect of ["fs.stat", "fs.list", "fs.unlink", "fs.mkdir"])
            run.try(effect, path);
          run.try("fs.open", path, "rwc");
        }
        run.try("fs.open", "/f", "r");
      });
      rmSync(join(inside, "a/b/none"), { recursive: true, force: true });
    }
    // One left in each round would be 50; the test runner opens and closes some of its own.
    expect(open()).toBeLessThan(before + 25);
  });

  test("reads nothing outside while another process swaps directories and links", async () => {
    const { inside, outside } = world();
    mkdirSync(join(inside, "d"));
    writeFileSync(join(inside, "d/f"), "fine");
    symlinkSync(outside, join(inside, "link"));
    symlinkSync(join(outside, "f"), join(inside, "filelink"));
    writeFileSync(join(inside, "file"), "fine");
    const swap = `
      const { renameSync: move } = require("node:fs");
      process.chdir(${JSON.stringify(inside)});
      for (const end = Date.now() + 20000; Date.now() < end;) {
        move("d", "d2"); move("link", "d"); move("d", "link"); move("d2", "d");
        move("file", "file2"); move("filelink", "file"); move("file", "filelink"); move("file2", "file");
      }`;
    const swapper = Bun.spawn([process.execPath, "-e", swap], {
      stdout: "ignore",
      stderr: "ignore",
    });
    const seen = new Map<string, number>();
    try {
      const began = performance.now();
      // Longer on a busy machine, until the swaps are met.
      const goesOn = (): boolean => {
        const time = performance.now() - began;
        return time < 500 || (time < 15_000 && (seen.size < 2 || (seen.get("fine") ?? 0) <= 10));
      };
      use(inside, byPath, (run) => {
        while (goesOn()) {
          for (const path of ["/d/f", "/file"]) {
            const result = String(read(run, path)).replace(/ \/.*/, "");
            seen.set(result, (seen.get(result) ?? 0) + 1);
          }
        }
      });
    } finally {
      swapper.kill("SIGKILL");
      await swapper.exited;
    }
    expect([...seen.keys()].filter((key) => key !== "fine" && !key.startsWith("OSError"))).toEqual(
      [],
    );
    expect(seen.get("fine")).toBeGreaterThan(10);
    // That it did swap: a link was met, or a name was missing.
    expect(seen.size).toBeGreaterThan(1);
  }, 60_000);
});

test("localFiles() limits what a file may be made to have", () => {
  const { inside } = world();
  const run = start({ files: [{ at: "/", directory: inside, write: true, limit: 10 }] });
  const handle = run.try("fs.open", "/n", "rwct");
  expect(run.try("fs.write", handle, 5, new Uint8Array(5))).toBe(10);
  expect(run.try("fs.write", handle, 6, new Uint8Array(5))).toBe("OSError EFBIG: File too large");
  expect(run.try("fs.truncate", handle, 11)).toBe("OSError EFBIG: File too large");
  const append = run.try("fs.open", "/n", "wca");
  expect(run.try("fs.write", append, 0, new Uint8Array(1))).toBe("OSError EFBIG: File too large");
  run.host.close();
});

test("a run goes on with files of the machine where a log has left them", () => {
  const { inside } = world();
  const grants = { files: [{ at: "/data", directory: inside, write: true }] };
  const program = (run: Run, steps: number): Plain[] =>
    (
      [
        ["fs.open", "/data/new", "rwcx"],
        ["fs.write", 3, 0, Uint8Array.of(1, 2)],
        ["fs.open", "/data/f", "r"],
        ["fs.mkdir", "/data/d"],
        ["fs.rename", "/data/new", "/data/d/moved"],
        ["fs.rename", "/data/d", "/data/e"],
        ["fs.open", "/data/f", "r"],
        ["fs.close", 5],
        ["fs.unlink", "/data/f"],
        ["fs.write", 3, 2, Uint8Array.of(3)],
        ["fs.read", 3, 0, 9],
        ["fs.read", 4, 0, 9],
        ["fs.open", "/data/e/moved", "r"],
      ] as const
    )
      .slice(0, steps)
      .map(([effect, ...args]) => run.try(effect, ...args));
  const first = start(grants);
  program(first, 9);
  first.host.close();
  const second = start(grants, first.text());
  expect(program(second, 13).slice(8)).toEqual([
    null,
    3,
    Uint8Array.of(1, 2, 3),
    "OSError ESTALE: Stale file handle",
    6,
  ]);
  second.host.close();
  expect(readdirSync(inside)).toEqual(["e"]);
});
