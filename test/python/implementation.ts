/** Python as these tests run it: `kata/python`, once it is there. */
import { existsSync } from "node:fs";
import { join } from "node:path";

interface Options {
  filename: string;
  maxSteps: number;
  maxTimeMs: number;
  maxMemory: number;
  maxOutput: number;
}

interface Outcome {
  ok: boolean;
  output: string;
  error?: { kind: string; message: string };
}

const INDEX = join(import.meta.dir, "../../src/python/index.ts");

/** Says whether the tests have what they test. */
export const PRESENT: boolean = existsSync(INDEX);

/** Runs a program with every budget on. */
export async function runPython(source: string, options: Partial<Options> = {}): Promise<Outcome> {
  const { run } = (await import(INDEX)) as { run: (source: string, options: Options) => Outcome };
  const limits = { maxSteps: 1e9, maxTimeMs: 20_000, maxMemory: 2 ** 29, maxOutput: 2 ** 24 };
  return run(source, { filename: "program.py", ...limits, ...options });
}
