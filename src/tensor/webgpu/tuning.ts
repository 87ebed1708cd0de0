/**
 * How much work goes where, by kind of adapter: the one place that knows what
 * costs what. All is right on every adapter; only the speed differs.
 *
 * A software adapter (SwiftShader) runs the four lanes of a subgroup as one
 * SIMD register on a CPU thread. Every load of a lane is a branch and a bounds
 * check of its own, so elements should be loaded once and shared by broadcast;
 * barriers cost 13 times what they save; a workgroup costs microseconds; and a
 * thread likes memory that lies in a row. A GPU wants neighbours to load
 * together, thousands of threads, and tiles in workgroup memory.
 */

import type { AdapterDetails } from "./protocol.ts";

/** Invocations of a workgroup where none need each other; suits every adapter's width. */
export const WORKGROUP = 64;

export interface Tuning {
  /** Threads have runs of their own, and nothing waits at barriers. */
  readonly inRuns: boolean;
  /** Beyond these, threads take several places. */
  readonly threads: number;
  /** Up to so many, each thread has one. */
  readonly alone: number;
  /** Beyond these, places that are worth a thread. */
  readonly perThread: number;
  /** Threads over which a reduction is spread at least, where it has the elements. */
  readonly reducers: number;
  /** Elements, over all runs of a program, from which on lanes of four are worth their larger code. */
  readonly lanesFrom: number;
  /** Products, over all matrices, from which on tiles are. */
  readonly productsFrom: number;
  /** Every subgroup has exactly four invocations, next to each other, which can share what they load. */
  readonly quads: boolean;
}

const SOFTWARE: Tuning = {
  inRuns: true,
  threads: 2 ** 14,
  alone: 2 ** 12,
  perThread: 16,
  reducers: 2 ** 11,
  lanesFrom: 2 ** 18,
  productsFrom: 2 ** 22,
  quads: false,
};

/** By kind of adapter. */
export const TUNINGS: Record<"software" | "quads" | "hardware", Tuning> = {
  software: SOFTWARE,
  quads: { ...SOFTWARE, quads: true },
  hardware: {
    inRuns: false,
    threads: 2 ** 20,
    alone: 2 ** 20,
    perThread: 1,
    reducers: 2 ** 17,
    lanesFrom: 2 ** 12,
    productsFrom: 2 ** 12,
    quads: false,
  },
};

/** What suits an adapter. */
export function tuningFor(adapter: AdapterDetails): Tuning {
  const { features, subgroupMinSize, subgroupMaxSize, isFallback } = adapter;
  if (!isFallback) return TUNINGS.hardware;
  const fours = features.includes("subgroups") && subgroupMinSize === 4 && subgroupMaxSize === 4;
  return fours ? TUNINGS.quads : TUNINGS.software;
}

/** Threads for so many places. */
export function threadsFor(places: number, { threads, perThread }: Tuning): number {
  return Math.min(inWorkgroups(places / perThread), threads);
}

/** Threads in whole workgroups, at least one. */
export function inWorkgroups(threads: number): number {
  return Math.max(1, Math.ceil(threads / WORKGROUP)) * WORKGROUP;
}
