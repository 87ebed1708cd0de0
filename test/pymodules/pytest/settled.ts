/** Words of pytest's that cannot be ours: where it stands, what else it has, and where objects are. */
export function settled(text: string): string {
  return (
    text
      .replace(/^(AssertionError: |Failed: )/, "")
      .replace(/\n ?available fixtures: [^]*$/, "")
      .replace(/0x[0-9a-f…]+/g, "0x…")
      // What is Python's there may be the host's here.
      .replace(/<built-in function (\w+)>/g, "<function $1 at 0x…>")
      .replace(/\S*\/(\w+\.py:\d)/g, "$1")
      .trim()
  );
}
