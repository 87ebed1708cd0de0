/**
 * Takes out of everybody's hands what decides while a test is judged: the methods
 * that the worker's own code and an `await` go through, and how long a stack is.
 * New members may be added to prototypes as ever. Called before any other code is loaded.
 *
 * Iterators are left as they are: locked, they are no longer the ones the engine
 * knows, and spreading an array takes twice as long.
 *
 * `deepStacks`: stacks are kept as deep as Python goes, whose tracebacks are made of them.
 */
export function lockIntrinsics(deepStacks: boolean): void {
  // No `then` that every object would have; what is there stays as writable as it was.
  Object.preventExtensions(Object.prototype);
  for (const [object, names] of LOCKED) {
    for (const name of names) Object.defineProperty(object, name, FIXED);
  }
  Object.defineProperty(Error, "stackTraceLimit", { ...FIXED, value: deepStacks ? DEEP : 100 });
  Object.defineProperty(Error, "prepareStackTrace", { ...FIXED, value: undefined });
}

/** Frames of a thousand calls in Python, as src/python/run.ts asks for them. */
const DEEP = 4000;
const FIXED = { writable: false, configurable: false } as const;
const LOCKED: readonly [object: object, names: readonly string[]][] = [
  [
    Array.prototype,
    ["at", "filter", "find", "map", "push", "slice", "some", "toReversed", "unshift"],
  ],
  [Map.prototype, ["delete", "get", "has", "set"]],
  [Promise.prototype, ["catch", "constructor", "finally", "then"]],
  [RegExp.prototype, ["exec", "test"]],
  [String.prototype, ["includes", "replace", "slice", "split"]],
];
