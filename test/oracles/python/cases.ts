/** What a public suite is once it is prepared: files to run, and what CPython says of each. */
import { unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { limited, type Ended } from "./limited.ts";

/** One file of a suite. */
export interface Case {
  suite: string;
  name: string;
  /** Relative to the suites' folder; it runs in the folder it lies in. */
  file: string;
  /** What CPython writes to stdout, where that is the same each time; else only the exit code counts. */
  stdout?: string;
  /** The test methods that pass under CPython, where methods are counted. */
  methods?: string[];
}

export const PYTHON = "/usr/bin/python3";
const DRIVER = join(import.meta.dir, "methods.py");
/** A file whose methods hang is started again without them, so often. */
const RESTARTS = 12;

/** A command with `{file}` and `{dir}` filled in; a file goes last where the command does not place it. */
export function fill(command: string, file: string): string[] {
  const words = command.split(" ").filter((word) => word !== "");
  const filled = words.map((word) =>
    word.replaceAll("{file}", file).replaceAll("{dir}", dirname(file)),
  );
  return command.includes("{file}") ? filled : [...filled, file];
}

/** How each method of a test module ended, in words; `ok` first of all. `only` these run where they are named. */
export async function runMethods(
  command: string,
  file: string,
  run: typeof limited = limited,
  only?: readonly string[],
): Promise<{ results: Map<string, string>; ended: Ended }> {
  const results = new Map<string, string>();
  const driver = await Bun.file(DRIVER).text();
  const module = basename(file, ".py");
  for (let start = 0; ; start++) {
    const started = join(dirname(file), `run_${process.pid}_${start}_${module}.py`);
    const skip = JSON.stringify([...results.keys()]);
    const chosen = only === undefined ? "None" : JSON.stringify(only);
    writeFileSync(started, `MODULE, SKIP, ONLY = "${module}", ${skip}, ${chosen}\n${driver}`);
    let ended: Ended;
    try {
      ended = await run(fill(command, started), { cwd: dirname(file) });
    } finally {
      unlinkSync(started);
    }
    let running: string | undefined;
    for (const line of ended.stdout.split("\n")) {
      const [mark, name = "", ...rest] = line.split(" ");
      if (mark === "@>") running = name;
      if (mark !== "@@") continue;
      results.set(name, rest.join(" "));
      running = undefined;
    }
    if (running === undefined || start === RESTARTS) return { results, ended };
    results.set(running, `FAIL ended: ${ended.how} ${lastLine(ended.stderr)}`);
  }
}

/** The line by which people name an error: its last, where a traceback ends. */
export function lastLine(text: string): string {
  return (
    text
      .trimEnd()
      .split("\n")
      .findLast((line) => line.trim() !== "") ?? ""
  );
}
