/** Values that are there now or come later, without making those that are there wait. */
import type { Later } from "./filesystem.ts";

export function after<T, U>(value: Later<T>, use: (value: T) => Later<U>): Later<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}

/** Calls `change` with what `call` throws or its promise is rejected with; `change` throws in its turn. */
export function failing<T>(call: () => Later<T>, change: (error: unknown) => never): Later<T> {
  try {
    const value = call();
    return value instanceof Promise ? value.catch(change) : value;
  } catch (error) {
    return change(error);
  }
}
