/**
 * One helper thread that shares a program's chunks with the caller. Both take
 * the next chunk from a counter until none is left, so whoever is faster does
 * more, and a helper that is still starting, asleep or starved costs nothing:
 * the caller does it all.
 *
 * A job is open, then joined by the helper or closed by the caller, whichever
 * comes first; so the helper can never act on a job that is over. It ends by
 * itself when it was idle for some seconds, and never keeps a process alive.
 */

import type { Worker } from "node:worker_threads";
import type { Heap } from "./heap.ts";

/** Words of the heap's control block. */
const SEQUENCE = 0;
const STATE = 16;
const NEXT = 32;
const ALIVE = 48;
/** The helper sleeps until the sequence moves on; the caller until the state does. */
const ASLEEP = 56;
const WAITING = 60;
/** What the job is. */
const JOB = { chunks: 1, module: 2, code: 3, codeBytes: 4, descriptor: 5, scratch: 6 };
const CLOSED = 0;
const OPEN = 1;
const JOINED = 2;
const DONE = 3;
const FAILED = 4;

/** A job that takes longer than this has lost its helper. */
const PATIENCE_MS = 30_000;
const SPINS = 20_000;
/** How long a helper looks out for the next job before it sleeps: waking it takes longer than most gaps. */
const HELPER_SPINS = 4000;
/** The caller and its helper. */
const MOST = 2;
const IDLE_MS = 3000;
/** Work that was done alone, in chunks' milliseconds, before a helper is started. */
const STARTS_AFTER_MS = 4;

/** Plain JavaScript, since a worker cannot load a module that was bundled away. */
const HELPER = `
const { memory } = require("node:worker_threads").workerData;
const words = new Int32Array(memory.buffer, 0, 64);
const kernels = new Map();
function kernel() {
  let run = kernels.get(words[${JOB.module}]);
  if (run === undefined) {
    const code = new Uint8Array(memory.buffer, words[${JOB.code}] >>> 0, words[${JOB.codeBytes}]).slice();
    run = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports.run;
    kernels.set(words[${JOB.module}], run);
  }
  return run;
}
let seen = Atomics.load(words, ${SEQUENCE});
Atomics.store(words, ${ALIVE}, 2);
for (;;) {
  if (Atomics.compareExchange(words, ${STATE}, ${OPEN}, ${JOINED}) === ${OPEN}) {
    let end = ${DONE};
    try {
      const run = kernel();
      const chunks = words[${JOB.chunks}];
      for (let at; (at = Atomics.add(words, ${NEXT}, 1)) < chunks;) {
        run(words[${JOB.descriptor}], at, words[${JOB.scratch}]);
      }
    } catch {
      end = ${FAILED};
    }
    Atomics.store(words, ${STATE}, end);
    if (Atomics.load(words, ${WAITING}) !== 0) Atomics.notify(words, ${STATE});
  }
  let now = seen;
  for (let i = 0; i < ${HELPER_SPINS} && now === seen; i++) now = Atomics.load(words, ${SEQUENCE});
  if (now !== seen) {
    seen = now;
    continue;
  }
  Atomics.store(words, ${ASLEEP}, 1);
  const ended = Atomics.wait(words, ${SEQUENCE}, seen, ${IDLE_MS});
  Atomics.store(words, ${ASLEEP}, 0);
  now = Atomics.load(words, ${SEQUENCE});
  if (ended === "timed-out" && now === seen) {
    Atomics.store(words, ${ALIVE}, 0);
    break;
  }
  seen = now;
}
`;

/** A module that both threads can run. */
export interface Kernel {
  readonly id: number;
  readonly run: (descriptor: number, chunk: number, scratch: number) => void;
  /** The module's text in the heap, for the helper to compile; 0 when there is no helper. */
  readonly code: number;
  readonly codeBytes: number;
}

export class Threads {
  readonly #heap: Heap;
  /** Why there is none, or how many may work at once. */
  #count: number;
  #doneAloneMs = 0;
  #kernels = 0;

  constructor(heap: Heap, wanted: number = MOST) {
    this.#heap = heap;
    this.#count = heap.shared ? Math.min(navigator.hardwareConcurrency, wanted, MOST) : 1;
  }

  /** How many threads may share a job. */
  get count(): number {
    return this.#count;
  }

  load(bytes: Uint8Array<ArrayBuffer>): Kernel {
    const { memory } = this.#heap;
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    const run = instance.exports["run"] as Kernel["run"];
    const code = this.#count > 1 ? this.#heap.allocate(bytes.length) : undefined;
    if (code !== undefined) new Uint8Array(memory.buffer, code, bytes.length).set(bytes);
    return { id: ++this.#kernels, run, code: code ?? 0, codeBytes: bytes.length };
  }

  /** Runs all chunks; `scratch` is the address of each thread's own block, the caller's first. */
  run(kernel: Kernel, descriptor: number, chunks: number, scratch: readonly number[] = []): void {
    const [own = 0, other = 0] = scratch;
    if (chunks === 1 || this.#count === 1 || kernel.code === 0) {
      for (let chunk = 0; chunk < chunks; chunk++) kernel.run(descriptor, chunk, own);
      return;
    }
    const { words } = this.#heap;
    const alive = Atomics.load(words, ALIVE) !== 0;
    if (!alive && this.#doneAloneMs > STARTS_AFTER_MS) this.#start();
    words[JOB.chunks] = chunks;
    words[JOB.module] = kernel.id;
    words[JOB.code] = kernel.code;
    words[JOB.codeBytes] = kernel.codeBytes;
    words[JOB.descriptor] = descriptor;
    words[JOB.scratch] = other;
    Atomics.store(words, NEXT, 0);
    Atomics.store(words, STATE, OPEN);
    Atomics.add(words, SEQUENCE, 1);
    if (Atomics.load(words, ASLEEP) !== 0) Atomics.notify(words, SEQUENCE);
    const started = alive ? 0 : performance.now();
    try {
      for (let at; (at = Atomics.add(words, NEXT, 1)) < chunks;) kernel.run(descriptor, at, own);
    } finally {
      this.#close(words);
    }
    if (!alive) this.#doneAloneMs += performance.now() - started;
  }

  #close(words: Int32Array): void {
    if (Atomics.compareExchange(words, STATE, OPEN, CLOSED) === OPEN) return;
    for (let i = 0; i < SPINS && Atomics.load(words, STATE) === JOINED; i++);
    if (Atomics.load(words, STATE) === JOINED) {
      Atomics.store(words, WAITING, 1);
      Atomics.wait(words, STATE, JOINED, PATIENCE_MS);
      Atomics.store(words, WAITING, 0);
    }
    const end = Atomics.load(words, STATE);
    Atomics.store(words, STATE, CLOSED);
    if (end === DONE) return;
    this.#count = 1;
    throw new Error("device cpu: its second thread failed; run again, on one thread from now on");
  }

  #start(): void {
    Atomics.store(this.#heap.words, ALIVE, 1);
    this.#doneAloneMs = 0;
    try {
      const { Worker: Thread } = process.getBuiltinModule("node:worker_threads");
      const worker: Worker = new Thread(HELPER, {
        eval: true,
        workerData: { memory: this.#heap.memory },
      });
      // Without it one thread works on: nothing to tell anyone.
      worker.on("error", () => (this.#count = 1));
      worker.unref();
    } catch {
      this.#count = 1;
    }
  }
}
