/** What is the same for all runs, but made only when a run first asks for it. */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
