/**
 * What the thread of a program and that of its host say to each other. The program's thread blocks until an
 * effect has its answer; the host's blocks only while a host's function calls the program back.
 */
import type { Kind } from "../compiler/compile.ts";
import type { Failure } from "../host/failure.ts";
import type { Plain } from "../host/plain.ts";
import type { RunOptions } from "../options.ts";
import type { RunResult } from "../result.ts";

/** What was run, or is to be: a source, or a program as `packProgram` writes it. */
export interface Job {
  readonly source: string | Uint8Array | { readonly packed: string };
  readonly kind: Kind;
}

/** How the program's thread begins. */
export interface Start {
  /** Options that are data. */
  readonly options: RunOptions;
  /** The effects that were granted. */
  readonly effects: readonly string[];
  /** The event log so far: it answers what the jobs before the last, and the last, have asked already. */
  readonly log: string;
  readonly usedMs: number;
  readonly jobs: readonly Job[];
  /** Two counts of messages, to the program and to the host, that each waits on. */
  readonly counts: Int32Array;
}

/** How an effect ended. */
export type Outcome =
  | { readonly ok: Plain }
  | { readonly failure: Failure }
  /** What the callback of this number raised went through. */
  | { readonly raised: number }
  /** It has no answer yet: one is on its way, or there is none for now. */
  | { readonly later: "promised" | "not now" }
  /** An error that ends the run. */
  | {
      readonly error: { readonly message: string; readonly code?: string; readonly hint?: string };
    };

/** To the program's thread. */
export type ToProgram =
  | { readonly to: "answer"; readonly outcome: Outcome }
  | { readonly to: "call"; readonly index: number; readonly args: readonly Plain[] };

/** To the host's. */
export type ToHost =
  | {
      readonly to: "effect";
      readonly name: string;
      readonly args: readonly Plain[];
      readonly at: number;
      /** Milliseconds that the program has left. */
      readonly leftMs: number;
    }
  | { readonly to: "returned"; readonly value: Plain }
  /** A callback's exception, by its number; without a kind it is none of the program's, and the run is over. */
  | {
      readonly to: "raised";
      readonly number: number;
      readonly kind?: string;
      readonly message: string;
    }
  | { readonly to: "line"; readonly line: string }
  /** Output that no effect could hand on any more. */
  | { readonly to: "rest"; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly to: "end"; readonly result: Omit<RunResult, "events"> };

/** Places in the counts. */
export const FOR_PROGRAM = 0;
export const FOR_HOST = 1;

/** Longest wait before one looks again, in milliseconds: a message may come a moment before it is counted. */
const LOOK_MS = 50;

/** Takes messages one by one, blocking. */
export function nextMessage<T>(
  receive: () => { message: unknown } | undefined,
  counts: Int32Array,
  place: number,
): T {
  for (;;) {
    const seen = Atomics.load(counts, place);
    const got = receive();
    if (got !== undefined) return got.message as T;
    Atomics.wait(counts, place, seen, LOOK_MS);
  }
}

/** Sends a message, and wakes who waits. */
export function send(
  port: { postMessage(message: unknown): void },
  message: unknown,
  counts: Int32Array,
  place: number,
): void {
  port.postMessage(message);
  Atomics.add(counts, place, 1);
  Atomics.notify(counts, place);
}
