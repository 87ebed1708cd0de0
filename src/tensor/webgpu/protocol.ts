/**
 * What the main thread says to the thread that owns the GPU device. Everything
 * is a batch of commands; an answer comes back through shared memory, because
 * a reader that blocks cannot receive messages.
 */

/** Buffers and pipelines go by numbers that the main thread gives out. */
export type Command =
  | { do: "allocate"; buffer: number; bytes: number }
  | { do: "release"; buffer: number }
  | { do: "write"; buffer: number; data: Uint8Array<ArrayBuffer> }
  | ({ do: "pipeline"; pipeline: number } & PipelineSource)
  | Dispatch
  /** Loses the device, as a driver that resets does; for tests. */
  | { do: "lose" };

/** Bindings in order: `reads` buffers, `writes` buffers, and a uniform buffer when there is one. */
export interface PipelineSource {
  source: string;
  entryPoint: string;
  reads: number;
  writes: number;
  uniform: boolean;
}

export interface Dispatch {
  do: "dispatch";
  pipeline: number;
  reads: number[];
  writes: number[];
  /** Buffers are bound up to a whole four of elements, which may then be touched. */
  inFours: boolean;
  /** Where the uniform words start in the batch's `words`, and how many; none when 0. */
  at: number;
  count: number;
  workgroups: readonly [number, number, number];
}

export type Question =
  /** Bytes of a buffer. */
  | { ask: "read"; buffer: number; offset: number; bytes: number }
  /** Only whether the batch went well. */
  | { ask: "check" }
  /** Whether WGSL compiles: answers with a list of `Diagnostic`, as JSON. */
  | { ask: "compile"; source: string; entryPoint: string };

export interface Batch {
  commands: Command[];
  /** Uniform words of all dispatches; each one's start is a multiple of `WORDS_ALIGNMENT`. */
  words: Uint32Array<ArrayBuffer>;
  question?: Question & { answer: SharedArrayBuffer };
}

/** The host's first answer, as JSON. */
export interface Hello {
  adapter: AdapterDetails;
  maxBytes: number;
  maxWorkgroups: number;
}

export interface AdapterDetails {
  vendor: string;
  architecture: string;
  description: string;
  /** True for an adapter that computes on the CPU. */
  isFallback: boolean;
  features: string[];
  /** Invocations of a subgroup, at least and at most; 0 without the feature. */
  subgroupMinSize: number;
  subgroupMaxSize: number;
  /** The limits that the device is opened with. */
  limits: Record<string, number>;
}

export interface Diagnostic {
  /** 1-based; 0 when there is no place. */
  line: number;
  column: number;
  message: string;
}

export interface HostData {
  kind: "software" | "gpu";
  addon: string;
  hello: SharedArrayBuffer;
  /** One int32: how many batches the device is through with. */
  progress: SharedArrayBuffer;
}

/** A dynamic uniform offset must be a multiple of 256 bytes. */
export const WORDS_ALIGNMENT = 64;

export const WAITING = 0;
export const DONE = 1;
export const FAILED = 2;
const HEADER = 8;
/** Every answer has room for an error's text. */
const ROOM = 16_384;

/** Shared memory for one answer of up to `bytes`: its state, its length, and the bytes. */
export function makeAnswer(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER + Math.max(bytes, ROOM));
}

/** Whether an answer has room for that many bytes. */
export function fits(answer: SharedArrayBuffer, bytes: number): boolean {
  return bytes <= answer.byteLength - HEADER;
}

export function stateOf(answer: SharedArrayBuffer): Int32Array<SharedArrayBuffer> {
  return new Int32Array(answer, 0, 2);
}

/** A copy of what was answered. */
export function answerBytes(answer: SharedArrayBuffer): Uint8Array<ArrayBuffer> {
  const length = stateOf(answer)[1] ?? 0;
  return new Uint8Array(new Uint8Array(answer, HEADER, length));
}

export function answerText(answer: SharedArrayBuffer): string {
  return new TextDecoder().decode(answerBytes(answer));
}

/** Writes what is answered, as far as there is room; nobody reads it yet. */
export function fillAnswer(answer: SharedArrayBuffer, bytes: Uint8Array): void {
  const room = answer.byteLength - HEADER;
  const fitting = bytes.length > room ? bytes.subarray(0, room) : bytes;
  new Uint8Array(answer, HEADER).set(fitting);
  stateOf(answer)[1] = fitting.length;
}

/** Wakes whoever waits for an answer. */
export function closeAnswer(answer: SharedArrayBuffer, state: number): void {
  const header = stateOf(answer);
  Atomics.store(header, 0, state);
  Atomics.notify(header, 0);
}

export function giveAnswer(answer: SharedArrayBuffer, state: number, bytes: Uint8Array): void {
  fillAnswer(answer, bytes);
  closeAnswer(answer, state);
}
