/** One kata, and all of them, through kata and through `bun test` by hand. */
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { command, interleave, printRatios } from "./measure.ts";

const ROOT = join(import.meta.dir, "../..");
const KATA = join(ROOT, "dist/kata");
const CATEGORIES = ["tensor-basics", "neural-networks"];
const ROUNDS = 25;

export async function bench(): Promise<void> {
  const copies = copyReferences();
  const tests = [
    ...new Bun.Glob("*/*/kata.test.ts").scanSync({ cwd: copies, absolute: true }),
  ].toSorted();
  const one = join(copies, "neural-networks/softmax");
  const byHand = (files: string[]): Promise<void> =>
    command([process.execPath, "test", "--config=/dev/null", "--no-env-file", ...files], {
      cwd: ROOT,
    });
  const single = await interleave(
    [
      {
        name: "kata run softmax (its own worker)",
        run: () => command([KATA, "run", "softmax", join(one, "template.ts"), "--device", "cpu"]),
      },
      { name: "bun test on the same file", run: () => byHand([join(one, "kata.test.ts")]) },
    ],
    ROUNDS,
  );
  printRatios("one kata, end to end, cpu", single, "at most ×3, below 100 ms");
  const all = await interleave(
    [
      {
        name: `kata run --reference, ${tests.length} katas`,
        run: () =>
          command([
            KATA,
            "run",
            `{${CATEGORIES.join(",")}}/*`,
            "--reference",
            "--jobs",
            "1",
            "--device",
            "cpu",
          ]),
      },
      { name: "bun test over the same files", run: () => byHand(tests) },
    ],
    ROUNDS,
  );
  printRatios("all katas that need no WebGPU, one worker", all, "at most ×1.5");
  const everything = await interleave(
    [
      {
        name: "kata run --reference, every kata",
        run: () => command([KATA, "run", "--reference"]),
      },
    ],
    5,
  );
  printRatios("every kata, software adapter where WebGPU is needed", everything, "for the record");
  rmSync(copies, { recursive: true, force: true });
}

/** The katas with their references as templates, where `kata` resolves to the sources. */
function copyReferences(): string {
  const to = join(ROOT, "dist/bench/katas");
  rmSync(to, { recursive: true, force: true });
  for (const category of CATEGORIES) {
    for (const id of readdirSync(join(ROOT, "katas", category))) {
      const dir = join(to, category, id);
      mkdirSync(dir, { recursive: true });
      cpSync(join(ROOT, "katas", category, id, "kata.test.ts"), join(dir, "kata.test.ts"));
      cpSync(join(ROOT, "katas", category, id, "reference.ts"), join(dir, "template.ts"));
    }
  }
  return to;
}
