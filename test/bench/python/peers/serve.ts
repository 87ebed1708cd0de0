/** Answers each program that comes on stdin, a line of JSON each, with a line of JSON. */

/** Compiles and runs a program, and returns what it printed. */
export type Runner = (source: string) => string;

export async function serve(run: Runner): Promise<void> {
  for await (const line of console) {
    const { source } = JSON.parse(line) as { source: string };
    const started = performance.now();
    const used = process.cpuUsage();
    let answer: object;
    try {
      answer = { output: run(source) };
    } catch (error) {
      answer = { output: "", error: String(error).slice(0, 300) };
    }
    const ms = performance.now() - started;
    const { user, system } = process.cpuUsage(used);
    console.log(JSON.stringify({ ...answer, ms, cpuMs: (user + system) / 1000 }));
  }
}
