/** Mutants a second: one warm worker, against starting `bun test` for each. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { mutantsOf } from "../../src/catalog/mutants/mutant.ts";

const ROOT = join(import.meta.dir, "../..");
const KATA = join(ROOT, "dist/kata");
/** Katas that run on the CPU, and by plain `bun test` too. */
const CATEGORIES = ["tensor-basics", "neural-networks"];
const ROUNDS = 3;

export async function bench(): Promise<void> {
  const jobs = availableParallelism();
  console.log(`\nmutants, ${jobs} at once  (aim: ×8)`);
  for (const category of CATEGORIES) {
    const ids = readdirSync(join(ROOT, "katas", category)).map((id) => `${category}/${id}`);
    const folders = ids.flatMap((id) => {
      const reference = readFileSync(join(ROOT, "katas", id, "reference.ts"), "utf8");
      return layOut(
        id,
        mutantsOf(reference, "ts").map(({ source }) => source),
      );
    });
    const warm: number[] = [];
    const cold: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const whole = await timed(() => check(category, ["--mutants"]));
      // What a check does besides is no cost of the mutants.
      warm.push(whole - (await timed(() => check(category))));
      cold.push(await timed(() => startEach(folders, jobs)));
    }
    const rate = (times: number[]): string =>
      ((folders.length / Math.min(...times)) * 1000).toFixed(0);
    const ratio = Math.min(...cold) / Math.min(...warm);
    console.log(
      `  ${category.padEnd(16)} ${folders.length} mutants of ${ids.length} katas: ${rate(warm)}/s warm, ${rate(cold)}/s started each, ×${ratio.toFixed(1)}`,
    );
  }
  rmSync(join(ROOT, "dist/bench/mutants"), { recursive: true, force: true });
}

/** A folder for each mutant, where it stands in the template's place. */
function layOut(id: string, sources: readonly string[]): string[] {
  return sources.map((source, index) => {
    const dir = join(ROOT, "dist/bench/mutants", id, String(index));
    mkdirSync(dir, { recursive: true });
    cpSync(join(ROOT, "katas", id, "kata.test.ts"), join(dir, "kata.test.ts"));
    writeFileSync(join(dir, "template.ts"), source);
    return dir;
  });
}

async function check(category: string, more: readonly string[] = []): Promise<void> {
  await run([KATA, "check", category, "--device", "cpu", ...more], ROOT);
}

async function startEach(folders: readonly string[], jobs: number): Promise<void> {
  const queue = [...folders];
  const work = async (): Promise<void> => {
    for (let dir = queue.shift(); dir !== undefined; dir = queue.shift()) {
      const options = ["--config=/dev/null", "--no-env-file", "--bail"];
      await run([process.execPath, "test", ...options, join(dir, "kata.test.ts")], ROOT);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

/** A mutant's tests end with 1, and that is how it should be. */
async function run(args: string[], cwd: string): Promise<void> {
  const stdio = { stdin: "ignore", stdout: "ignore", stderr: "ignore" } as const;
  const child = Bun.spawn(args, { cwd, ...stdio, timeout: 60_000, killSignal: "SIGKILL" });
  await child.exited;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
