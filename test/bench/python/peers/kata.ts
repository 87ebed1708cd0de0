/** Ours, from its sources, with every budget on. */
import { join } from "node:path";
import { serve } from "./serve.ts";

/** What the benchmark asks of `kata/python`. */
interface Python {
  run(
    source: string,
    options: {
      filename: string;
      maxSteps: number;
      maxTimeMs: number;
      maxMemory: number;
      maxOutput: number;
    },
  ): { ok: boolean; output: string; error?: { message: string } };
}

const { run } = (await import(join(import.meta.dir, "../../../../src/python/index.ts"))) as Python;

await serve((source) => {
  const { ok, output, error } = run(source, {
    filename: "program.py",
    maxSteps: 1e12,
    maxTimeMs: 60_000,
    maxMemory: 2 ** 30,
    maxOutput: 2 ** 20,
  });
  if (!ok) throw new Error(error?.message ?? "it failed");
  return output;
});
