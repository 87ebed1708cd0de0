/**
 * One worker: the executable started as `bun test` over one or more katas. Its
 * channel is read, its silence is timed, and it is ended from outside when it
 * does not end itself. No exit code is a verdict.
 */
import { readdirSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { coreFolder, nativeFiles, pythonFolder, standIn } from "../assets.ts";
import { ChannelReader, lineIndex, SECRET_BYTES, type WorkerJob } from "../events/channel.ts";
import type { Confinement as Told } from "../events/event.ts";
import {
  confine,
  type ConfinedProcess,
  type Confinement,
  launchFailure,
} from "../sandbox/confine.ts";
import { layerWords } from "../sandbox/layers.ts";
import { NO_PERMISSIONS, permissionWords } from "../sandbox/permissions.ts";
import { workerEnvironment } from "./environment.ts";
import type { DeviceName } from "./device.ts";
import type { Death, KataRun } from "./kata-run.ts";
import { ErrorLog } from "./stderr.ts";

export interface WorkerTask {
  run: KataRun;
  device: DeviceName;
  timeoutMs: number;
}

export interface WorkerOptions {
  confinement: Confinement;
  seed: number;
  filter: string | undefined;
  signal: AbortSignal;
}

const UNCONFINED: Confinement = { permissions: NO_PERMISSIONS, limits: {} };

/** Time that a worker may take to begin, over and above its katas' own. */
const START_MS = 15_000;
/** A limit inside the worker strikes first; this is for what it cannot stop. */
const GRACE_MS = 400;
/** Python stops at its limit whatever it does, and then has to find out where it was. */
const PYTHON_GRACE_MS = 3000;
/**
 * How often code runs before the engine compiles it, which is 500 times as a rule: most of what
 * runs for a kata in Python runs seldom, and compiling it took two fifths of the processor time.
 */
const PATIENT_ENGINE = { BUN_JSC_thresholdForJITAfterWarmUp: "8000" };
/** Time to hear what has been said and not read yet. */
const LAG_MS = 100;
/** Bun's first line is shorter. */
const HEADER_CAP = 200;
/** Time to read what an ended worker has left in its pipes. */
const DRAIN_MS = 1000;
/** A line longer than this, or more than this of lines not sealed, is an attack. */
const LINE_CAP = 4 * 2 ** 20;

/**
 * Runs the tasks in one process, in order. Returns those that never began
 * because the process died before: they are run again in a fresh one.
 */
export async function runWorker(
  tasks: WorkerTask[],
  options: WorkerOptions,
): Promise<WorkerTask[]> {
  const worker = new Worker(tasks, options);
  return await worker.run();
}

class Worker {
  readonly #tasks: WorkerTask[];
  readonly #options: WorkerOptions;
  readonly #readers: ChannelReader[] = [];
  readonly #errors = new ErrorLog();
  #child: ConfinedProcess | undefined;
  /** What the events say of the walls. */
  #sandbox: Told | undefined;
  /** The task whose kata is being run. */
  #at = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #death: Death | undefined;
  #garbage = 0;

  constructor(tasks: WorkerTask[], options: WorkerOptions) {
    this.#tasks = tasks;
    this.#options = options;
  }

  async run(): Promise<WorkerTask[]> {
    const core = coreFolder();
    const jobs = this.#tasks.map((task, index) => this.#job(task, index, core));
    const secrets = jobs.map(() => crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
    this.#readers.push(...secrets.map((secret) => new ChannelReader(secret)));
    const files = jobs.map(({ entry }) => entry);
    const foreign = this.#tasks.some((task) => task.run.item.foreign);
    const confinement = foreign ? this.#options.confinement : UNCONFINED;
    if (foreign) this.#sandbox = told(confinement);
    const child = confine(
      [
        process.execPath,
        "test",
        "--config=/dev/null",
        "--no-env-file",
        // Ends with this process, and takes what it has started along; confined it does anyway.
        ...(confinement.walls === undefined ? ["--no-orphans"] : []),
        "--preload",
        join(core, "worker.js"),
        ...files,
      ],
      confinement,
      {
        cwd: dirname(files[0] ?? core),
        env: { ...workerEnvironment(), ...(this.#python().length > 0 ? PATIENT_ENGINE : {}) },
        own: {
          read: this.#ownFiles(core, files),
          // The engine finds a module by listing the folder it lies in.
          list: [
            core,
            ...this.#python(),
            ...[...files, ...this.#subjects()].map((file) => dirname(file)),
          ],
          gpu: this.#tasks.some(({ device }) => device === "gpu"),
        },
        onExcess: (excess) => {
          this.#death ??= { cause: "limit", excess };
        },
      },
    );
    this.#child = child;
    void child.stdin.write(new Uint8Array(Uint32Array.of(secrets.length).buffer));
    for (const secret of secrets) void child.stdin.write(secret);
    void child.stdin.write(JSON.stringify(jobs));
    void child.stdin.end();
    const abort = (): void => this.#kill({ cause: "interrupted" });
    this.#options.signal.addEventListener("abort", abort);
    this.#expect(START_MS);
    let ended: Awaited<ConfinedProcess["ended"]>;
    try {
      const read = Promise.all([
        this.#readChannel(child.channel),
        this.#readOutput(child.stdout),
        this.#readErrors(child.stderr),
      ]);
      ended = await child.ended;
      // A child of the solution's that got away may hold the pipes open.
      await Promise.race([read, this.#drained()]);
    } finally {
      clearTimeout(this.#timer);
      this.#options.signal.removeEventListener("abort", abort);
    }
    const failure = launchFailure(ended.code, this.#errors.text);
    if (failure !== undefined && this.#at < 0) throw failure;
    return this.#settle(ended.code, ended.signal);
  }

  #job(task: WorkerTask, index: number, core: string): WorkerJob {
    const { item } = task.run;
    const before = this.#tasks.slice(0, index);
    // Bun runs a file once, however often it is named, and no Python.
    const again = before.some(({ run }) => run.item.files.tests === item.files.tests);
    const isPython = item.lang === "py";
    const job: WorkerJob = {
      index,
      lang: item.lang,
      entry: again || isPython ? standIn(index) : item.files.tests,
      tests: item.files.tests,
      template: item.files.template,
      subject: item.subject,
      params: item.variation?.params ?? {},
      seed: this.#options.seed,
      device: task.device,
      timeout_ms: task.timeoutMs,
      ...(isPython ? { python: pythonFolder() } : {}),
    };
    if (task.device !== "cpu") {
      const native = nativeFiles();
      const addon = task.device === "software" ? native.software : native.addon;
      if (addon !== undefined) job.webgpu = { addon, hostScript: join(core, "device.js") };
    }
    if (this.#options.filter !== undefined) job.filter = this.#options.filter;
    if (item.mutant !== undefined) Object.assign(job, { source: item.mutant, bail: true });
    return job;
  }

  /** The folder of what runs Python, where a kata in it is among the tasks. */
  #python(): string[] {
    return this.#tasks.some(({ run }) => run.item.lang === "py") ? [pythonFolder()] : [];
  }

  /**
   * What the process reads: its own scripts, the file under test, and the tests with
   * what lies beside them; no other kata, and the reference only where it is Python: a
   * solution in Python reads what its world holds, and no file of this machine's.
   */
  #ownFiles(core: string, entries: readonly string[]): string[] {
    // With its bytecode, which saves a start several milliseconds.
    const files = [join(core, "worker.js"), join(core, "worker.js.jsc")];
    if (this.#tasks.some(({ device }) => device !== "cpu")) {
      const { addon, software } = nativeFiles();
      files.push(
        join(core, "device.js"),
        addon,
        ...(software === undefined ? [] : [dirname(software)]),
      );
    }
    for (const { run } of this.#tasks) {
      const { files: kata, lang } = run.item;
      const dir = dirname(kata.tests);
      const hidden = new Set(["reference.ts", ...(lang === "py" ? [] : ["reference.py"])]);
      const names = readdirSync(dir).filter((name) => !hidden.has(name));
      files.push(...names.map((name) => join(dir, name)).filter((path) => isWithin(dir, path)));
    }
    return [...files, ...this.#python(), ...this.#subjects(), ...entries];
  }

  #subjects(): string[] {
    return this.#tasks.map(({ run }) => run.item.subject);
  }

  async #readChannel(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of stream) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#hear(line);
      if (rest.length > LINE_CAP) {
        this.#distrust(rest.length);
        rest = "";
      }
    }
  }

  #hear(line: string): void {
    const index = lineIndex(line);
    const message = this.#readers[index]?.read(line);
    const task = this.#tasks[index];
    if (message === undefined || task === undefined) return this.#distrust(line.length);
    if (message.type === "opened") {
      this.#finishTo(index);
      this.#at = index;
      task.run.start(task.device, this.#sandbox);
    }
    task.run.hear(message);
    if (message.type === "closed") this.#expect(START_MS);
    else if (message.type !== "output") {
      const limit = "deadline_ms" in message ? message.deadline_ms : task.timeoutMs;
      const grace = task.run.item.lang === "py" ? PYTHON_GRACE_MS : GRACE_MS;
      this.#expect(limit + grace, limit);
    }
  }

  /** A kata is finished when the next one begins: errors may surface until then. */
  #finishTo(index: number): void {
    for (const { run } of this.#tasks.slice(Math.max(0, this.#at), index)) {
      this.#tellErrors(run);
      run.die({ cause: "exit", code: null, signal: null, stderr: "" });
      run.finish();
    }
  }

  #distrust(length: number): void {
    this.#garbage += length + 1;
    if (this.#garbage > LINE_CAP) this.#kill({ cause: "flood" });
  }

  async #readOutput(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    // The first line is Bun's own; it may come in pieces.
    let head: string | undefined = "";
    for await (const chunk of stream) {
      let text = decoder.decode(chunk, { stream: true });
      if (head !== undefined) {
        head += text;
        const end = head.indexOf("\n");
        if (end < 0 && head.length < HEADER_CAP) continue;
        text = head.startsWith("bun test v") ? head.slice(end + 1) : head;
        head = undefined;
      }
      if (text !== "") this.#tasks[Math.max(0, this.#at)]?.run.hearRaw(text);
    }
    if (head !== undefined && !head.startsWith("bun test v"))
      this.#tasks[Math.max(0, this.#at)]?.run.hearRaw(head);
  }

  async #readErrors(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) this.#errors.push(decoder.decode(chunk, { stream: true }));
  }

  #expect(ms: number, limitMs: number = ms): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // This process itself may have stood still (a terminal that was stopped):
      // what the worker has said meanwhile is heard before it is ended.
      this.#timer = setTimeout(() => this.#kill({ cause: "timeout", limitMs }), LAG_MS);
    }, ms);
  }

  #kill(death: Death): void {
    this.#death ??= death;
    this.#child?.kill();
  }

  #drained(): Promise<void> {
    clearTimeout(this.#timer);
    return new Promise((resolve) => {
      this.#timer = setTimeout(resolve, DRAIN_MS);
    });
  }

  /** How many errors there were that no test was told of. */
  #tellErrors(run: KataRun): number {
    const errors = this.#errors.take();
    for (const { message, test } of errors) run.uncaught(message, test);
    return errors.length;
  }

  #settle(code: number | null, signal: string | null): WorkerTask[] {
    const current = this.#tasks[Math.max(0, this.#at)];
    if (current === undefined) return [];
    const stderr = this.#errors.tail();
    if (
      current.run.closed &&
      this.#tellErrors(current.run) === 0 &&
      (code !== 0 || signal !== null)
    ) {
      // Everything was said, and still the process did not end well.
      if (this.#death === undefined)
        current.run.failedAfterwards({ cause: "exit", code, signal, stderr });
    }
    current.run.die(this.#death ?? { cause: "exit", code, signal, stderr: this.#errors.tail() });
    current.run.finish();
    return this.#tasks.slice(Math.max(0, this.#at) + 1);
  }
}

/** False for a link that leads out of the folder: whoever wrote a kata does not choose what else is read. */
function isWithin(dir: string, path: string): boolean {
  try {
    return realpathSync(path).startsWith(realpathSync(dir) + sep);
  } catch {
    return false;
  }
}

function told({ walls, permissions }: Confinement): Told {
  if (walls === undefined) return { confined: false, layers: [], allowed: [] };
  return { confined: true, layers: layerWords(walls), allowed: permissionWords(permissions) };
}
