/**
 * What a run has used of its budget, and the end of the run when a part of it is used up.
 *
 * Steps are exact: the same program and the same log use the same number, however the meter was filled
 * up in between, so a step limit hits at one place. Memory is not counted but watched: the bytes asked
 * for are a trigger, and what the process really holds after a collection decides.
 */
import { allocate, BYTES, DEPTH, meter, spend, STEPS, type Watcher } from "./budget.ts";
import { LimitError } from "./limit.ts";
import { exceptionType, makeException, raising } from "./objects/exception.ts";
import { callsGoing } from "./operations/traceback.ts";

/** What a run may use. */
export interface Budget {
  readonly steps: number;
  /** Time of the program's own, in milliseconds: what its host takes for effects is not counted. */
  readonly timeMs: number;
  /** Bytes held at once. */
  readonly bytes: number;
  /** Characters written to standard output and error. */
  readonly output: number;
  /** Calls in one another. */
  readonly depth: number;
}

/** Milliseconds between two looks at the clock, and steps: they adapt to that. */
const LOOK_MS = 4;
/** Milliseconds between two looks at what the process holds. */
const WEIGH_MS = 10;
const FEWEST = 256;
const MOST = 1 << 18;

/** Calls that are left for making a RecursionError and handling it. */
const SPARE = 50;

/** Bytes that a run may ask for before somebody looks, at most. */
const SLACK = 2 ** 25;

export class Account implements Watcher {
  readonly budget: Budget;
  /** What ended the run: from then on every step throws it. */
  over: unknown;
  /** `sys.getrecursionlimit()`. */
  recursion: number;
  #stepsLeft: number;
  #look = FEWEST;
  #looked: number;
  /** When somebody looked last how much the process holds. */
  #weighed: number;
  #until: number;
  #written = 0;
  /** Bytes of the engine's heap when the run began, and resident ones. */
  readonly #heap: number;
  readonly #start: number;
  /** Resident bytes from which on somebody looks what is held. */
  #resident: number;
  /** Bytes that the meter was given in all. */
  #handed: number;
  /** The meter while this run does not go on. */
  readonly #kept: Int32Array;

  constructor(budget: Budget) {
    this.budget = budget;
    this.recursion = budget.depth;
    this.#stepsLeft = budget.steps;
    this.#weighed = this.#looked = performance.now();
    this.#until = this.#looked + budget.timeMs;
    this.#heap = heapSize();
    this.#start = process.memoryUsage.rss();
    this.#resident = this.#start + budget.bytes;
    // Nothing is used yet, so nobody has to look for the first of it.
    this.#handed = Math.floor(Math.min(budget.bytes / 4, SLACK));
    this.#kept = Int32Array.of(0, budget.depth, this.#handed);
  }

  /** Puts what is left into the meter: the run goes on. */
  take(): void {
    meter.set(this.#kept);
  }

  /** Keeps what the meter says, while another run goes on. */
  keep(): void {
    this.#kept.set(meter);
  }

  /** No call is going on any more. */
  unwind(): void {
    this.#kept[DEPTH] = this.recursion;
  }

  /** Steps used so far, while the run goes on. */
  get usedSteps(): number {
    return this.budget.steps - this.#stepsLeft - Math.max(meter[STEPS]!, 0);
  }

  /** Bytes asked for so far, those given back included. */
  get usedBytes(): number {
    return this.#handed - meter[BYTES]!;
  }

  /** Milliseconds used so far. */
  get usedMs(): number {
    return performance.now() - (this.#until - this.budget.timeMs);
  }

  /** Milliseconds that are left. */
  get leftMs(): number {
    return this.#until - performance.now();
  }

  /**
   * The time begins now, of which a run has used some that this one goes on with: until then the log
   * answered, and what was done had been paid for.
   */
  restart(usedMs: number): void {
    this.#until = performance.now() + this.budget.timeMs - usedMs;
  }

  /** Everything but memory begins anew, whatever ended the run before: another part of it is to have as much. */
  renew(): void {
    this.over = undefined;
    this.recursion = this.budget.depth;
    this.#kept[STEPS] = Math.min(FEWEST, this.budget.steps);
    this.#stepsLeft = this.budget.steps - this.#kept[STEPS]!;
    this.#written = 0;
    this.#kept[DEPTH] = this.recursion;
    // What was handed out stays so: to look what is held takes as long as many a test.
    this.#handed = this.#kept[BYTES] = Math.max(0, this.#kept[BYTES]!);
    this.restart(0);
  }

  /** Time that the host took. */
  forgive(ms: number): void {
    this.#until += ms;
    this.#looked += ms;
  }

  steps(asked: number): void {
    this.check();
    const have = meter[STEPS]!;
    // Compiled code has counted already what it asks for, a built-in has not.
    const owed = have < 0 ? -have : Math.ceil(asked) - have;
    if (owed > this.#stepsLeft) {
      this.#stepsLeft = 0;
      this.stop("steps", `more than ${this.budget.steps} steps`);
    }
    this.#watch();
    const next = Math.min(this.#look, this.#stepsLeft - owed);
    this.#stepsLeft -= owed + next;
    meter[STEPS] = next;
  }

  depth(): void {
    this.check();
    // What catches exceptions natively may have lost count: the stack itself knows.
    const calls = callsGoing(Math.min(this.recursion, this.budget.depth) * 2);
    if (calls < this.recursion) {
      meter[DEPTH] = this.recursion - calls;
      return;
    }
    meter[DEPTH] = SPARE;
    const words = "maximum recursion depth exceeded";
    const exception = raising(makeException(exceptionType("RecursionError"), [words]));
    meter[DEPTH] = 0;
    throw exception;
  }

  bytes(asked: number): void {
    this.check();
    const { bytes } = this.budget;
    if (asked > bytes) this.#full(asked);
    let left = bytes - this.#grown() - asked;
    // With garbage it may be too much: then a collection tells.
    if (left < bytes * 0.75) left = bytes - this.#held() - asked;
    if (left < 0) this.#full(asked);
    const next = Math.floor(Math.min(Math.max(left / 4, bytes / 64), SLACK));
    this.#handed += asked + next - meter[BYTES]!;
    meter[BYTES] = next;
  }

  /** Charges what is written. */
  write(characters: number): void {
    this.check();
    this.#written += characters;
    const { output } = this.budget;
    if (this.#written > output) this.stop("output", `more than ${output} characters of output`);
  }

  /** Throws what ended the run, if something did. */
  check(): void {
    if (this.over !== undefined) throw this.over;
  }

  /** Ends the run: no handler of the program's holds it up, for each further step throws again. */
  stop(what: LimitError["what"], message: string): never {
    return this.abort(new LimitError(what, message));
  }

  /** Ends the run for another reason. */
  abort(reason: unknown): never {
    this.over ??= reason;
    this.#handed -= meter[BYTES]! + 1;
    meter[STEPS] = meter[BYTES] = -1;
    throw this.over;
  }

  /** Charges bytes that come from the host. */
  charge(bytes: number): void {
    allocate(bytes);
    spend(bytes >> 6);
  }

  /** The time is up. */
  late(): never {
    return this.stop("time", `longer than ${this.budget.timeMs} ms`);
  }

  /** Calls that are going on. */
  get depthNow(): number {
    return this.recursion - meter[DEPTH]!;
  }

  /** Changes `sys.setrecursionlimit()`; false when the calls that are going on are more than that. */
  setRecursion(limit: number): boolean {
    const counted = this.depthNow;
    const going = counted < limit ? counted : Math.min(counted, callsGoing(counted * 2));
    if (going >= limit) return false;
    meter[DEPTH] = limit - going;
    this.recursion = limit;
    return true;
  }

  #watch(): void {
    const now = performance.now();
    if (now > this.#until) this.late();
    const took = now - this.#looked;
    this.#looked = now;
    if (took < LOOK_MS / 2) this.#look = Math.min(this.#look * 2, MOST);
    else if (took > LOOK_MS * 2) this.#look = Math.max(this.#look >> 1, FEWEST);
    // To ask the system takes as long as hundreds of steps.
    if (now - this.#weighed < WEIGH_MS) return;
    this.#weighed = now;
    const resident = process.memoryUsage.rss();
    if (resident < this.#resident) return;
    if (this.#held() > this.budget.bytes) this.#full(0);
    this.#resident = process.memoryUsage.rss() + SLACK;
  }

  /** Bytes by which the process has grown since the run began, garbage included. */
  #grown(): number {
    return Math.max(heapSize() - this.#heap, process.memoryUsage.rss() - this.#start);
  }

  /** Bytes of them that are held. */
  #held(): number {
    Bun.gc(true);
    return heapSize() - this.#heap;
  }

  #full(asked: number): never {
    const request = asked === 0 ? "" : ` (${asked} asked for at once)`;
    return this.stop("memory", `more than ${this.budget.bytes} bytes of memory${request}`);
  }
}

/** Bytes of the engine's heap, what hangs on it outside included. Not imported: it costs start time. */
function heapSize(): number {
  return (process.getBuiltinModule("bun:jsc") as { heapSize(): number }).heapSize();
}
