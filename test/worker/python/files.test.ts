import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { WorkerJob } from "../../../src/events/channel.ts";
import { openFiles } from "../../../src/worker/python/files.ts";
import { folder, removeFolders } from "../../e2e/kata.ts";

afterAll(removeFolders);

function job(dir: string, subject = join(dir, "reference.py")): WorkerJob {
  const tests = join(dir, "test_kata.py");
  const template = join(dir, "template.py");
  const place = { index: 0, lang: "py", entry: tests, tests, template, subject } as const;
  return { ...place, params: {}, seed: 0, device: "cpu", timeout_ms: 1000 };
}

describe("openFiles()", () => {
  test("takes what lies beside the tests, and keeps what is the judge's apart", () => {
    const dir = folder({
      "test_kata.py": "tests",
      "template.py": "template",
      "reference.py": "reference",
      "conftest.py": "conftest",
      "user_kata.py": "somebody's",
      "solution.py": "the subject",
      "manifest.toml": "",
      "kata.test.ts": "",
      "reference.ts": "",
      "helper.py": "x = 1",
      "data/words.txt": "wörds",
      "data/table.py": "y = 2",
      ".git/config": "hidden",
      "__pycache__/helper.pyc": "old",
    });
    const { reference, conftest, others } = openFiles(job(dir, join(dir, "solution.py")));
    expect(reference).toEqual({ name: "reference.py", text: "reference" });
    expect(conftest?.text).toBe("conftest");
    expect(others.map(({ name }) => name)).toEqual([
      "data/table.py",
      "data/words.txt",
      "helper.py",
    ]);
    expect(others[0]?.content).toBe("y = 2");
    expect(others[1]?.content).toEqual(Buffer.from("wörds"));
  });

  test("follows no link, and is done with folders without end", () => {
    const dir = folder({ "test_kata.py": "", "a/b.py": "b" });
    symlinkSync("..", join(dir, "a/up"));
    symlinkSync("/etc/passwd", join(dir, "passwd"));
    mkdirSync(join(dir, ...Array.from({ length: 20 }, () => "deep")), { recursive: true });
    const { reference, others } = openFiles(job(dir));
    expect(reference).toBeUndefined();
    expect(others.map(({ name }) => name)).toEqual(["a/b.py"]);
  });
});
