/** Lines of a source as tracebacks show them. */

/** A line by its number from 1, with its end if it has one; `undefined` where there is none. */
export function lineOf(source: string, number: number): string | undefined {
  let start = 0;
  for (let line = 1; line < number; line++) {
    const end = source.indexOf("\n", start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  if (number < 1 || start >= source.length) return undefined;
  const end = source.indexOf("\n", start);
  return end < 0 ? source.slice(start) : source.slice(start, end + 1);
}
