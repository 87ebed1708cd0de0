/** Katas in Python: one, and a hundred in one worker, beside pytest on the Python of this machine. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, interleave, printRatios } from "./measure.ts";

const ROOT = join(import.meta.dir, "../..");
const KATA = join(ROOT, "dist/kata");
const WORK = join(ROOT, "dist/bench/python-katas");
const COPIES = 100;
const ROUNDS = 10;
const TENSORS = join(ROOT, "src/scaffolds/py");
const MANIFEST = `[kata]
name = "Runs"
category = "bench"
base_difficulty = 1
description = "Lengths of runs of equal items."
`;
const REFERENCE = `def runs(items):
    found = []
    for item in items:
        if found and found[-1][0] == item:
            found[-1][1] += 1
        else:
            found.append([item, 1])
    return [tuple(one) for one in found]
`;
const TESTS = `import pytest
from user_kata import runs


@pytest.mark.parametrize("items, found", [("", []), ("a", [("a", 1)]), ("aab", [("a", 2), ("b", 1)])])
def test_runs(items, found):
    assert runs(items) == found


class TestTotals:
    def test_lengths_add_up(self):
        assert sum(length for _, length in runs([1, 1, 2, 3, 3, 3])) == 6

    def test_neighbours_differ(self):
        found = runs("mississippi")
        assert all(a[0] != b[0] for a, b in zip(found, found[1:]))
`;

export async function bench(): Promise<void> {
  const tensors = copies("tensors", (dir) => cpSync(TENSORS, dir, { recursive: true }));
  const plain = copies("plain", (dir) => {
    writeFileSync(join(dir, "manifest.toml"), MANIFEST);
    writeFileSync(join(dir, "test_kata.py"), TESTS);
    writeFileSync(join(dir, "template.py"), REFERENCE);
    writeFileSync(join(dir, "reference.py"), REFERENCE);
    // What pytest imports.
    writeFileSync(join(dir, "user_kata.py"), REFERENCE);
  });
  const run = (katas: string, ...args: string[]) => {
    return (): Promise<void> =>
      command([KATA, "run", ...args, "--katas", katas, "--device", "cpu", "--reporter", "json"]);
  };
  const one = join(tensors, "kata-0/reference.py");
  const single = await interleave(
    [
      { name: "one with torch, its own worker", run: run(tensors, "kata-0", one) },
      {
        name: "one without",
        run: run(plain, "kata-0", join(plain, "kata-0/reference.py")),
      },
      ...(await pytest([join(plain, "kata-0")])),
    ],
    ROUNDS,
  );
  printRatios("one kata in Python, end to end, cpu", single, "at most 120 ms");
  const folders = Array.from({ length: COPIES }, (_, i) => join(plain, `kata-${i}`));
  const all = await interleave(
    [
      { name: `${COPIES} with torch`, run: run(tensors, "--reference", "--jobs", "1") },
      { name: `${COPIES} without`, run: run(plain, "--reference", "--jobs", "1") },
      ...(await pytest(folders)),
    ],
    3,
  );
  printRatios(`${COPIES} references in one worker`, all, "at most 12 ms each");
  rmSync(WORK, { recursive: true, force: true });
}

function copies(name: string, fill: (dir: string) => void): string {
  const root = join(WORK, name);
  rmSync(root, { recursive: true, force: true });
  for (let i = 0; i < COPIES; i++) {
    const dir = join(root, `kata-${i}`);
    mkdirSync(dir, { recursive: true });
    fill(dir);
  }
  return root;
}

/** pytest in one process over the same folders, where this machine has it: each folder's modules are its own. */
async function pytest(folders: string[]): Promise<{ name: string; run: () => Promise<void> }[]> {
  const start = ["python3", "-m", "pytest"];
  try {
    await command([...start, "--version"]);
  } catch {
    console.log("pytest is not on this machine: python3 -m pip install pytest");
    return [];
  }
  const options = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib"];
  // Every folder has a user_kata of its own, which pytest would import once for all: they are alike.
  const env = { PYTHONPATH: folders[0] ?? "" };
  return [
    { name: "pytest", run: () => command([...start, ...options, ...folders], { cwd: WORK, env }) },
  ];
}
