/**
 * The main thread's end of a WebGPU device: gathers commands into batches,
 * sends them to the thread that owns the device, and waits for answers, by
 * blocking or by promise. The thread starts when it is first needed.
 */

import { existsSync } from "node:fs";
import type { Worker } from "node:worker_threads";
import {
  answerBytes,
  answerText,
  type Batch,
  type Command,
  DONE,
  fits,
  type Hello,
  type HostData,
  makeAnswer,
  type Question,
  stateOf,
  WAITING,
  WORDS_ALIGNMENT,
} from "./protocol.ts";
import type { Tuning } from "./tuning.ts";

export interface WebgpuOptions {
  /** Path of the device's thread: `src/tensor/webgpu/host.ts`, or a bundle of it. */
  hostScript: string;
  /** Absolute path of `dawn.node`. */
  addon: string;
  /** In place of what suits the adapter; for tests. All layouts are right everywhere. */
  tuning?: Tuning;
}

/** Batches end here even when nothing is read, so that the device works along. */
const BATCH_COMMANDS = 512;
const BATCH_BYTES = 32 * 2 ** 20;
/** How many batches the main thread may be ahead of the device. */
const BATCHES_AHEAD = 32;

export class WebgpuClient {
  readonly kind: "software" | "gpu";
  readonly #options: WebgpuOptions;
  readonly #timeoutMs: number;
  #worker: Worker | undefined;
  /** The thread's first answer, once it was started. */
  #greeting: SharedArrayBuffer | undefined;
  #hello: Hello | undefined;
  /** Why the device is of no more use. */
  #dead: string | undefined;
  #commands: Command[] = [];
  #bytes = 0;
  #words: Uint32Array<ArrayBuffer> = new Uint32Array(4096);
  #used = 0;
  #numbers = 0;
  readonly #answer: SharedArrayBuffer = makeAnswer(0);
  #sent = 0;
  readonly #finished: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(4));
  /** Answers that are awaited and not blocked for. */
  #waiting = 0;
  readonly #stopped: PromiseWithResolvers<"stopped"> = Promise.withResolvers();

  constructor(kind: "software" | "gpu", options: WebgpuOptions, timeoutMs: number) {
    this.kind = kind;
    this.#options = options;
    this.#timeoutMs = timeoutMs;
  }

  /** Starts the thread without waiting for it, so that it starts while others work. */
  start(): void {
    try {
      this.#greeting ??= this.#spawn();
    } catch {
      // Whoever uses the device first hears why.
    }
  }

  /** Starts the thread if need be, and says what it found. @throws Error when there is no such device */
  hello(): Hello {
    if (this.#hello === undefined) {
      const answer = (this.#greeting ??= this.#spawn());
      this.#block(answer, "start");
      this.#hello = this.#open(answer);
    }
    return this.#hello;
  }

  async helloAsync(): Promise<Hello> {
    if (this.#hello === undefined) {
      const answer = (this.#greeting ??= this.#spawn());
      await this.#settle(answer, "start");
      this.#hello = this.#open(answer);
    }
    return this.#hello;
  }

  /** A number that no buffer and no pipeline has yet. */
  number(): number {
    return ++this.#numbers;
  }

  /** Adds a command; `bytes` is what it makes the batch weigh. */
  push(command: Command, bytes: number = 0): void {
    if (this.#dead !== undefined) throw new Error(this.#dead);
    this.#commands.push(command);
    this.#bytes += bytes;
    if (this.#commands.length >= BATCH_COMMANDS || this.#bytes >= BATCH_BYTES) this.#send();
  }

  /** Room for the uniform words of the dispatch that is pushed next, and where they start. */
  words(count: number): { words: Uint32Array; at: number } {
    const at = this.#used;
    this.#used += Math.ceil(count / WORDS_ALIGNMENT) * WORDS_ALIGNMENT;
    if (this.#used > this.#words.length) {
      const larger = new Uint32Array(Math.max(this.#used, this.#words.length * 2));
      larger.set(this.#words);
      this.#words = larger;
    }
    // What a learner's struct has beyond the words that are given is 0.
    this.#words.fill(0, at + count, this.#used);
    return { words: this.#words.subarray(at, at + count), at };
  }

  /** Sends what was gathered and blocks until the answer is there. */
  ask(question: Question): Uint8Array<ArrayBuffer> {
    this.hello();
    const answer = this.#answerFor(question.ask === "read" ? question.bytes : 0);
    this.#send({ ...question, answer });
    this.#block(answer, question.ask);
    return this.#result(answer);
  }

  /** Nothing else is asked while a reader blocks, and small answers can share their memory: the engine is slow to collect it. */
  #answerFor(bytes: number): SharedArrayBuffer {
    if (!fits(this.#answer, bytes)) return makeAnswer(bytes);
    stateOf(this.#answer)[0] = WAITING;
    return this.#answer;
  }

  async askAsync(question: Question): Promise<Uint8Array<ArrayBuffer>> {
    await this.helloAsync();
    const answer = makeAnswer(question.ask === "read" ? question.bytes : 0);
    this.#send({ ...question, answer });
    await this.#settle(answer, question.ask);
    return this.#result(answer);
  }

  /** Ends the thread; for probes, which nothing outlives. */
  async close(): Promise<void> {
    this.#dead = `device ${this.kind} was closed`;
    await this.#worker?.terminate();
  }

  #spawn(): SharedArrayBuffer {
    if (this.#dead !== undefined) throw new Error(this.#dead);
    const { hostScript, addon } = this.#options;
    for (const [what, path] of [
      ["hostScript", hostScript],
      ["addon", addon],
    ] as const) {
      if (existsSync(path)) continue;
      throw this.#fail(`Cannot start device ${this.kind}: its ${what} ${path} does not exist`);
    }
    const hello = makeAnswer(0);
    const workerData: HostData = {
      kind: this.kind,
      addon,
      hello,
      progress: this.#finished.buffer,
    };
    // Loaded when first needed: threads cost each start 3 ms, and the cpu needs none.
    const threads = process.getBuiltinModule("node:worker_threads");
    this.#worker = new threads.Worker(hostScript, { workerData });
    this.#worker.unref();
    this.#worker.on("error", (error: Error) => {
      this.#fail(`Device ${this.kind} stopped: ${error.message}`);
      this.#stopped.resolve("stopped");
    });
    return hello;
  }

  #open(answer: SharedArrayBuffer): Hello {
    if (stateOf(answer)[0] === DONE) return JSON.parse(answerText(answer)) as Hello;
    throw this.#fail(this.#dead ?? `Cannot start device ${this.kind}: ${answerText(answer)}`);
  }

  #send(question?: NonNullable<Batch["question"]>): void {
    this.hello();
    const batch: Batch = {
      commands: this.#commands,
      words: this.#words.slice(0, this.#used),
      ...(question === undefined ? {} : { question }),
    };
    this.#commands = [];
    this.#bytes = 0;
    this.#used = 0;
    const moved: ArrayBuffer[] = [batch.words.buffer];
    for (const command of batch.commands) {
      if (command.do === "write") moved.push(command.data.buffer);
    }
    this.#worker?.postMessage(batch, moved);
    this.#sent++;
    for (let done = this.#progress(); this.#sent - done > BATCHES_AHEAD; done = this.#progress()) {
      const outcome = Atomics.wait(this.#finished, 0, done, this.#timeoutMs);
      if (outcome === "timed-out") throw this.#late("compute");
    }
  }

  #progress(): number {
    return Atomics.load(this.#finished, 0);
  }

  /** Blocks until the answer is there, as long as the device gets on with what was asked before. */
  #block(answer: SharedArrayBuffer, what: string): void {
    for (let done = this.#progress(); ; done = this.#progress()) {
      const outcome = Atomics.wait(stateOf(answer), 0, WAITING, this.#timeoutMs);
      if (outcome !== "timed-out") return;
      if (done === this.#progress()) throw this.#late(what);
    }
  }

  /** Waits without blocking; only meanwhile does the thread keep the process alive. */
  async #settle(answer: SharedArrayBuffer, what: string): Promise<void> {
    this.#waiting++;
    this.#worker?.ref();
    let outcome: string;
    let done: number;
    do {
      done = this.#progress();
      const { async, value } = Atomics.waitAsync(stateOf(answer), 0, WAITING, this.#timeoutMs);
      outcome = async ? await Promise.race([value, this.#stopped.promise]) : value;
    } while (outcome === "timed-out" && done !== this.#progress());
    if (--this.#waiting === 0) this.#worker?.unref();
    if (outcome === "timed-out") throw this.#late(what);
    if (stateOf(answer)[0] === WAITING) throw new Error(this.#dead ?? "the device stopped");
  }

  #result(answer: SharedArrayBuffer): Uint8Array<ArrayBuffer> {
    if (stateOf(answer)[0] === DONE) return answerBytes(answer);
    throw new Error(`Device ${this.kind} failed: ${answerText(answer)}`);
  }

  #late(what: string): Error {
    return this.#fail(
      `Device ${this.kind} gave no answer within ${this.#timeoutMs} ms (${what}): a kernel may never end, or the work is too much for this device`,
    );
  }

  #fail(message: string): Error {
    this.#dead = message;
    return new Error(message);
  }
}
