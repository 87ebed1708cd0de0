/** The examples of the README and of the manual do what they say. */
import { afterAll, describe, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatNpy } from "../../src/deconvolution/index.ts";
import { pageFiles } from "./page-files.ts";
import { EXECUTABLE, folder, plainEnvironment, removeFolders } from "./kata.ts";

const ROOT = join(import.meta.dir, "../..");
const PAGES = ["README.md", ...new Bun.Glob("src/help/*.md").scanSync({ cwd: ROOT })];

const TEST_QUEUE = `
import unittest
from collections import deque


class Queue(unittest.TestCase):
    def test_first_in_first_out(self):
        queue = deque([1, 2])
        self.assertEqual(queue.popleft(), 1)
`;

afterAll(removeFolders);

/** The command lines that start with `kata`, of the page's shell blocks. */
function commands(page: string): string[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  const blocks = [...text.matchAll(/^```(?:sh|console)\n([^]*?)^```/gm)].map(
    ([, block]) => block ?? "",
  );
  return blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/^\$ /, "").replace(/\s+#.*$/, ""))
    .filter((line) => /^kata\b/.test(line));
}

/** A folder in which the files that the examples name exist. */
function workspace(page: string): string {
  const katas = join(ROOT, "katas");
  const reference = (path: string): string =>
    readFileSync(join(katas, path, "reference.ts"), "utf8");
  const dir = folder({
    ...pageFiles(page),
    "submission.ts": reference("neural-networks/softmax"),
    "outer-product.ts": reference("tensor-basics/outer-product"),
    "my_sums.py": "def center_rows(x):\n    return x - x.mean(-1, keepdim=True)\n",
    "hello.py": "import sys\nprint('hello', *sys.argv[1:])\n",
    "program.py": "print(sum(range(10)))\n",
    "test_queue.py": TEST_QUEUE,
    "report.py": "import csv, sys\nprint(sum(int(n) for _, n in csv.reader(open(sys.argv[1]))))\n",
    "data/may.csv": "tea,3\nrice,4\n",
  });
  const traces = Float64Array.from({ length: 600 }, (_, i) => Math.max(0, Math.sin(i / 9)));
  writeFileSync(join(dir, "traces.npy"), formatNpy(traces, [3, 200]));
  return dir;
}

describe("examples", () => {
  test("exist", () => {
    expect(PAGES.flatMap(commands).length).toBeGreaterThan(15);
  });

  for (const page of PAGES) {
    const lines = commands(page);
    if (lines.length === 0) continue;
    test(`of ${page} run, in their order`, async () => {
      const cwd = workspace(page);
      for (const line of lines) {
        const child = Bun.spawn(["bash", "-c", line], {
          cwd,
          env: { ...plainEnvironment(), PATH: `${dirname(EXECUTABLE)}:${process.env.PATH ?? ""}` },
          stdin: "ignore",
          stdout: "pipe",
          stderr: "pipe",
          timeout: 60_000,
          killSignal: "SIGKILL",
        });
        const [, stderr] = await Promise.all([
          new Response(child.stdout).text(),
          new Response(child.stderr).text(),
        ]);
        await child.exited;
        // 1 is a verdict: a template that is not filled in yet.
        expect({ line, ok: child.exitCode === 0 || child.exitCode === 1, stderr }).toMatchObject({
          line,
          ok: true,
        });
      }
    }, 120_000);
  }
});
