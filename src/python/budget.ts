/** What a program may still use. Compiled code and built-ins count down here; a run looks when a count goes below zero. */

/** Steps, calls in depth and bytes that are left until somebody has to look. */
export const meter: Int32Array = Int32Array.of(0, 1000, 0);

/** Places in the meter. */
export const STEPS = 0;
export const DEPTH = 1;
export const BYTES = 2;

/** What a count below zero leads to: more of it, or an exception. */
export interface Watcher {
  /** `steps` were asked for and the count does not hold them. */
  steps(steps: number): void;
  /** One call too deep. */
  depth(): void;
  /** `bytes` were asked for and the count does not hold them. */
  bytes(bytes: number): void;
}

const free: Watcher = {
  steps: () => {
    meter[STEPS] = 0x7fffffff;
  },
  depth: () => {
    meter[DEPTH] = 1000;
    throw new RangeError("maximum recursion depth exceeded");
  },
  bytes: () => {
    meter[BYTES] = 0x7fffffff;
  },
};

/** Who looks; outside of a run nothing is limited but depth. */
export let watcher: Watcher = free;

/** Changes who looks, and returns who did. */
export function setWatcher(next: Watcher | undefined): Watcher {
  const before = watcher;
  watcher = next ?? free;
  return before;
}

/** Charges work: about one for each element, character or digit that a built-in touches. */
export function spend(steps: number): void {
  const left = meter[STEPS]! - steps;
  if (left < 0) watcher.steps(steps);
  else meter[STEPS] = left;
}

/** Charges memory before it is taken, in bytes. */
export function allocate(bytes: number): void {
  const left = meter[BYTES]! - bytes;
  if (left < 0) watcher.bytes(bytes);
  else meter[BYTES] = left;
}

/** Does something that is not charged: work whose result all runs share, whichever needs it first. */
export function uncharged<T>(what: () => T): T {
  const before = meter.slice();
  const watching = setWatcher(undefined);
  meter.fill(0x7fffffff);
  try {
    return what();
  } finally {
    setWatcher(watching);
    meter.set(before);
  }
}

/** One call deeper; every `enter` has its `leave`, apart from exceptions, whose handler sets the depth again. */
export function enter(): void {
  if (--meter[DEPTH]! < 0) watcher.depth();
}

/** Back from a call. */
export function leave(): void {
  meter[DEPTH]!++;
}
