/**
 * Takes out of everybody's hands what the language itself looks at while a test
 * is judged: an `await` reads `then` and `constructor` of whatever it waits for,
 * and a stack is as long as `Error` says. Called before any other code is loaded.
 */
export function lockIntrinsics(): void {
  // No `then` that every object would have; what is there stays as writable as it was.
  Object.preventExtensions(Object.prototype);
  for (const name of ["then", "constructor"])
    void Object.defineProperty(Promise.prototype, name, { writable: false, configurable: false });
  for (const [name, value] of Object.entries({
    stackTraceLimit: 100,
    prepareStackTrace: undefined,
  }))
    Object.defineProperty(Error, name, { value, writable: false, configurable: false });
}
