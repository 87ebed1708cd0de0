type Values = readonly number[] | void;
/** Runs a problem once; with `values` it brings what is compared. */
export type Run = (values?: boolean) => Values | Promise<Values>;

/**
 * A contestant's process. `first` computes the first result of its life, which
 * is all that happens when the process is started with `cold`. Otherwise it
 * answers each line `problem rounds` with one line of JSON: the times of so
 * many runs in milliseconds, and what the very first run gave, to be compared.
 *
 * A problem is made when it is first asked for; a run leaves its result computed.
 */
export async function serve({
  first,
  problems,
}: {
  first: () => Values | Promise<Values>;
  problems: Record<string, () => Run | Promise<Run>>;
}): Promise<void> {
  if (process.argv[2] === "cold") {
    console.log(JSON.stringify(await first()));
    process.exit(0);
  }
  const made = new Map<string, { run: Run; values: Values }>();
  for await (const line of console) {
    if (line === "") continue;
    const [name = "", rounds] = line.split(" ");
    try {
      const make = problems[name];
      if (make === undefined) throw new Error("it has no means for this");
      const { run, values } = made.get(name) ?? (await begin(make));
      made.set(name, { run, values });
      const ms: number[] = [];
      for (let i = 0; i < Number(rounds); i++) {
        const started = performance.now();
        await run();
        ms.push(performance.now() - started);
      }
      console.log(JSON.stringify({ ms, values }));
    } catch (error) {
      console.log(
        JSON.stringify({ error: error instanceof Error ? error.message : String(error) }),
      );
    }
  }
}

async function begin(make: () => Run | Promise<Run>): Promise<{ run: Run; values: Values }> {
  const run = await make();
  return { run, values: await run(true) };
}
