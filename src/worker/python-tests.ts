/** The tests of a kata in Python, through the same suite as those of TypeScript. */
import type { WorkerJob } from "../events/channel.ts";
import { ReportedFailure, TestSkipped } from "./failure.ts";
import type { KataFile } from "./kata-file.ts";
import type { Broken, LoadedTest } from "./python/main.ts";
import type { TestCase } from "./suite.ts";

type Python = typeof import("./python/main.ts");

/** Loaded for the first kata in Python, and there for those after it. */
let python: Promise<Python> | undefined;

/** Loads the tests and registers each; what is wrong with the files is told as a result. */
export async function addPythonTests(
  file: KataFile,
  register: (test: TestCase) => void,
): Promise<void> {
  const { job, executor, suite } = file;
  const { loadKata, unsupported } = await (python ??= load(job));
  const loaded = loadKata(job, (stream, text) => executor.print(stream, text));
  if ("missing" in loaded) return file.unsupported(unsupported(loaded.missing));
  if ("broken" in loaded) return file.loose("(load)", loaded.broken.reason, thrown(loaded.broken));
  for (const test of loaded.tests) {
    const marks = test.skip === undefined ? {} : { skip: true };
    const added = suite.add(test.name, () => run(file, test), [], marks, {});
    if (added === undefined) continue;
    if (test.skip !== undefined) added.skipMessage = test.skip;
    file.found(added.number, added.name, test.line);
    register(added);
  }
  file.lastHooks.push(() => {
    const failed = loaded.close();
    if (failed !== undefined) file.loose("(teardown)", "setup", thrown(failed));
  });
}

async function load({ python: folder }: WorkerJob): Promise<Python> {
  if (folder === undefined) throw new Error("The job does not say where Python is");
  const loaded = (await import(`${folder}/python.js`)) as Python;
  loaded.usePython(folder);
  return loaded;
}

function run(file: KataFile, test: LoadedTest): void {
  const end = test.run();
  file.executor.current()?.assertions.made(end.assertions);
  if (end.status === "failed") throw thrown(end);
  if (end.status === "skipped") throw new TestSkipped(end.reason, end.message);
}

function thrown({ reason, failure }: Broken): ReportedFailure {
  return new ReportedFailure(reason, failure);
}
