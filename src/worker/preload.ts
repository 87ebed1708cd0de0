/**
 * What runs first inside the test process: it reads its jobs, and puts kata's
 * modules and a wrapped `bun:test` in front of everything that is loaded after
 * it. Katas run one after the other in one warm process, each with modules,
 * tests and a channel of its own; what they share is the tensor layer and the
 * code the engine has compiled.
 */
import * as bunTest from "bun:test";
import { configureDevice } from "../tensor/device.ts";
import { manualSeed } from "../tensor/index.ts";
import { NO_LIMIT, wrapBunTest } from "./bun-test.ts";
import { captureOutput } from "./capture.ts";
import { setContext } from "./context.ts";
import { readJobs } from "./job.ts";
import { KataFile } from "./kata-file.ts";
import { lockIntrinsics } from "./lock.ts";
import { importTests, provideModules } from "./modules.ts";
import { addPythonTests } from "./python-tests.ts";
import type { TestCase } from "./suite.ts";

// Taken now: after `mock.module` the namespace shows the wrapped ones.
const original = { ...bunTest };
const files = readJobs().map(
  ({ job, seal }) => new KataFile(job, seal, () => manualSeed(job.seed)),
);
let at = -1;
let device = "";

function current(): KataFile {
  const file = files[Math.max(0, at)];
  if (file === undefined) throw new Error("There is no kata to run");
  return file;
}

/** Stands in the place of each test file, in the jobs' order. */
async function load(entry: string): Promise<void> {
  at++;
  const file = current();
  const { job } = file;
  if (job.entry !== entry) throw new Error(`Expected to run ${job.entry}, and ${entry} was loaded`);
  file.open();
  setContext({ params: job.params, seed: job.seed, device: job.device });
  if (job.lang === "ts" && job.device !== device) {
    configureDevice({
      device: job.device,
      start: true,
      ...(job.webgpu === undefined ? {} : { webgpu: job.webgpu }),
    });
    device = job.device;
  }
  original.beforeAll(() => file.settle(), NO_LIMIT);
  original.afterAll(() => file.close(), NO_LIMIT);
  try {
    if (job.lang === "ts") await importTests(file);
    else await addPythonTests(file, (test) => register(file, test));
  } catch (error) {
    file.loose("(load)", "error", error);
  }
}

function register(file: KataFile, test: TestCase): void {
  original.test(String(test.number), () => file.run(test), NO_LIMIT);
}

const wrapped = wrapBunTest(original, current);
void original.mock.module("bun:test", () => wrapped);
// What Bun's transpiler calls for the globals below is open to everybody.
Object.assign(Bun, { jest: () => wrapped });
lockIntrinsics(files.some(({ job }) => job.lang === "py"));
// Bun gives these to files that do not import them.
for (const name of [
  "test",
  "it",
  "describe",
  "expect",
  "beforeAll",
  "beforeEach",
  "afterAll",
  "afterEach",
]) {
  Object.defineProperty(globalThis, name, {
    value: wrapped[name],
    configurable: true,
    writable: true,
  });
}
captureOutput((stream, text) => current().executor.print(stream, text));
provideModules(
  files.map((file) => file.job.entry),
  load,
  current,
);
process.on("exit", (code) => current().exit(code));
