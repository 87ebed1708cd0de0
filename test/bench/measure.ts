/** Interleaved timings and the ratios between them: on a shared machine only ratios tell. */

export interface Candidate {
  name: string;
  run: () => Promise<void>;
}

export interface Timing {
  name: string;
  min: number;
  median: number;
  max: number;
}

/** Runs the candidates in turn, so that a noisy moment meets them all. Milliseconds. */
export async function interleave(
  candidates: readonly Candidate[],
  rounds: number,
): Promise<Timing[]> {
  const times = candidates.map((): number[] => []);
  for (const { run } of candidates) await run();
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run }] of candidates.entries()) {
      const started = performance.now();
      await run();
      times[index]?.push(performance.now() - started);
    }
  }
  return candidates.map(({ name }, index) => summarize(name, times[index] ?? []));
}

function summarize(name: string, times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    name,
    min: sorted[0] ?? 0,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    max: sorted.at(-1) ?? 0,
  };
}

/** Prints each timing, and its ratio to the last one. */
export function printRatios(title: string, timings: readonly Timing[], aim: string): void {
  const base = timings.at(-1);
  console.log(`\n${title}  (aim: ${aim})`);
  for (const timing of timings) {
    const ms = [timing.min, timing.median, timing.max]
      .map((value) => value.toFixed(1).padStart(8))
      .join(" ");
    const ratio =
      base === undefined || timing === base
        ? ""
        : `  ×${(timing.min / base.min).toFixed(2)} min, ×${(timing.median / base.median).toFixed(2)} median`;
    console.log(`  ${timing.name.padEnd(34)} ${ms} ms${ratio}`);
  }
}

/** Runs a command to its end, and throws when it ends otherwise than well. */
export async function command(
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<void> {
  const child = Bun.spawn(args, {
    ...options,
    env: { ...process.env, ...options.env },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
    timeout: 120_000,
    killSignal: "SIGKILL",
  });
  const [error, code] = await Promise.all([new Response(child.stderr).text(), child.exited]);
  if (code !== 0)
    throw new Error(`${args.slice(0, 4).join(" ")} ended with ${code}: ${error.slice(-800)}`);
}
