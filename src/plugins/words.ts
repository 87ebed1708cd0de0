/** What a plugin threw, in words; it may throw anything at all. */
export function thrownWords(cause: unknown): string {
  try {
    return cause instanceof Error ? `${cause.name}: ${cause.message}` : `threw ${String(cause)}`;
  } catch {
    return "threw something that cannot be printed";
  }
}
