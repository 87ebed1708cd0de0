/** Errors of the tensor layer as errors of the program, and work charged before it is done. */
import { fault } from "../../python/fault.ts";
import { allocate, spend } from "../../python/budget.ts";
import { LimitError } from "../../python/limit.ts";
import { PyException } from "../../python/objects/exception.ts";

/** Runs what calls the layer; what it throws comes out as a RuntimeError, an index as an IndexError. */
export function guarded<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw translated(error);
  }
}

/** What a program sees of something thrown. */
export function translated(error: unknown): unknown {
  if (error instanceof PyException || error instanceof LimitError) return error;
  if (!(error instanceof Error) || /call stack/i.test(error.message)) return error;
  const refused = /^Cannot allocate .* \((\d+) bytes\)/.exec(error.message);
  if (refused !== null) {
    const words = `[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate ${refused[1]} bytes.`;
    return raised("RuntimeError", words);
  }
  // Only what the layer says itself: a mistake of this program's own has another shape.
  if (!/^\w[\w.]*: |^This tensor was disposed/.test(error.message)) return error;
  const kind = /: index .* is outside/.test(error.message) ? "IndexError" : "RuntimeError";
  return raised(kind, error.message);
}

/** The exception that a fault throws. */
function raised(kind: "IndexError" | "RuntimeError", message: string): unknown {
  try {
    fault(kind, message);
  } catch (made) {
    return made;
  }
}

/** Elements past which one operator would run for too long without being looked at. */
const MOST = 2 ** 31;

/** Charges work on so many elements before it is done. */
export function work(elements: number): void {
  // Views repeat elements without any memory; going through them all is refused as if they had some.
  if (elements > MOST) allocate(elements * 8);
  spend(1 + Math.ceil(elements / 8));
}

/** Asks for room for so many elements before they are made. */
export function room(elements: number, bytes = 8): void {
  if (elements * bytes >= 4096) allocate(elements * bytes);
  work(elements);
}
