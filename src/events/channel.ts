/**
 * The result channel: what runs inside the test process writes lines to an
 * inherited pipe, and the runner reads them.
 *
 * Tests, the learner's file and the writer share one process, so a line alone
 * proves nothing. Each is sealed with a digest under a secret that only the
 * writer and the runner know, and numbered, so that one cannot be forged,
 * changed, dropped or repeated by whoever merely holds the pipe.
 */
import type { Failure, Lang, Reason, Status } from "./event.ts";

/**
 * What the runner hands to the process on stdin, as JSON: a list of these, one for each
 * kata. Before it come their number (32 bits, little-endian) and each one's secret as bytes.
 */
export interface WorkerJob {
  /** The kata's place in this process's batch. */
  index: number;
  lang: Lang;
  /** What Bun is told to run in its place: the test file, or a stand-in where it runs again. */
  entry: string;
  /** The test file, absolute. */
  tests: string;
  /** The template, whose place is taken by the subject. */
  template: string;
  /** The file under test, absolute. */
  subject: string;
  /** Text to load in the place of the subject's own: a mutant. */
  source?: string;
  params: Record<string, unknown>;
  seed: number;
  device: "cpu" | "software" | "gpu";
  /** The folder of what runs a kata in Python. */
  python?: string;
  /** The WebGPU library and the script of the thread that owns the device. */
  webgpu?: { addon: string; hostScript: string };
  timeout_ms: number;
  /** Only tests whose qualified name contains this text. */
  filter?: string;
  /** Nothing runs any more after a test has failed. */
  bail?: boolean;
}

/** What the process says; tests are numbered from 0 in the order they are found. */
export type ChannelMessage =
  | { type: "opened" }
  | { type: "found"; test: number; name: string; file: string; line: number }
  | { type: "loaded" }
  /** A test begins; it is given this long. */
  | { type: "started"; test: number; attempt: number; deadline_ms: number }
  /** A hook begins; it is given this long. */
  | { type: "hook"; name: string; deadline_ms: number }
  | { type: "output"; stream: "stdout" | "stderr"; text: string; test?: number }
  | {
      type: "finished";
      test: number;
      status: Status;
      reason?: Reason;
      duration_ms: number;
      attempt: number;
      /** How many assertions it made in its last try. */
      assertions?: number;
      failure?: Failure;
    }
  /** The process is being ended from within, before the kata was closed. */
  | { type: "exit"; code: number }
  /** Everything of this kata has been said. */
  | { type: "closed" };

/** Bytes of a kata's secret. */
export const SECRET_BYTES = 32;

/** Makes one line of the channel, without its newline. */
export type Seal = (index: number, seq: number, json: string) => string;

// Bound before any other code is loaded: a solution that replaces one of them learns nothing.
const { apply } = Reflect;
// oxlint-disable-next-line typescript/unbound-method -- called through `apply`
const { copy, update, digest } = Bun.CryptoHasher.prototype;

/**
 * The seal of one kata. The secret goes into the hasher and nowhere else: text and
 * objects are what a snapshot of the heap shows to whoever takes one.
 */
export function sealer(secret: Uint8Array): Seal {
  const tag = tagger(secret);
  return (index, seq, json) => `${index} ${seq} ${tag(seq, json)} ${json}`;
}

/** Reads one kata's lines, in order. */
export class ChannelReader {
  readonly #tag: Tag;
  #seq = 0;

  constructor(secret: Uint8Array) {
    this.#tag = tagger(secret);
  }

  /** The message of a line, or undefined when the line is not the writer's next one. */
  read(line: string): ChannelMessage | undefined {
    const match = /^\d+ (\d+) ([0-9a-f]+) (.*)$/s.exec(line);
    if (match === null) return undefined;
    const [, seq = "", tag, json = ""] = match;
    if (Number(seq) !== this.#seq) return undefined;
    if (this.#tag(this.#seq, json) !== tag) return undefined;
    this.#seq++;
    return JSON.parse(json) as ChannelMessage;
  }
}

/** Which kata of the batch a line claims to be of. */
export function lineIndex(line: string): number {
  return Number.parseInt(line, 10);
}

type Tag = (seq: number, json: string) => string;

function tagger(secret: Uint8Array): Tag {
  const keyed = new Bun.CryptoHasher("sha256", secret);
  return (seq, json) => {
    const hasher = apply(copy, keyed, []);
    return apply(digest, apply(update, hasher, [`${seq} ${json}`]), ["hex"]) as unknown as string;
  };
}
