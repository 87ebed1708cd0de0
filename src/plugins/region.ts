/**
 * The one region of a generated handler that belongs to its author. Each line
 * outside of it is sealed, so that an edit there is found and not lost.
 */

const BEGIN = "BEGIN AUTO SECTION";
const END = "END AUTO SECTION";
const SEALS = "// sealed:";

export interface Handler {
  before: string[];
  /** The lines between the markers. */
  region: string[];
  after: string[];
}

/** The parts of a handler; in words what is wrong with its markers. */
export function splitHandler(text: string): Handler | string {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const at = (marker: string): number[] =>
    lines.flatMap((line, index) => (line.trim() === `// ${marker}` ? [index] : []));
  const [begins, ends] = [at(BEGIN), at(END)];
  for (const [marker, found] of [
    [BEGIN, begins],
    [END, ends],
  ] as const) {
    if (found.length === 0) return `the marker "// ${marker}" is missing`;
    if (found.length > 1) return `the marker "// ${marker}" is there ${found.length} times`;
  }
  const [begin = 0, end = 0] = [begins[0], ends[0]];
  if (end < begin) return `"// ${END}" stands before "// ${BEGIN}"`;
  return {
    before: lines.slice(0, begin + 1),
    region: lines.slice(begin + 1, end),
    after: lines.slice(end),
  };
}

/** The lines as a file, sealed. */
export function sealHandler({ before, region, after }: Handler): string {
  const seals = [...before, ...after].filter((line) => !isSeal(line)).map(sealOf);
  const rest = after.filter((line) => !isSeal(line) && line !== "");
  return [...before, ...region, ...rest, `${SEALS} ${seals.filter(Boolean).join(" ")}`, ""].join(
    "\n",
  );
}

/** Which lines outside of the region are not as they were sealed, as `12-14`; none: undefined. */
export function editedLines({ before, region, after }: Handler): string | undefined {
  const own = [
    ...before.map((line, at) => ({ line, number: at + 1 })),
    ...after.map((line, at) => ({ line, number: before.length + region.length + at + 1 })),
  ].filter(({ line }) => !isSeal(line) && line.trim() !== "");
  const seal = after.find(isSeal);
  const sealed = seal?.slice(SEALS.length).trim().split(" ") ?? [];
  const now = own.map(({ line }) => sealOf(line));
  let start = 0;
  while (start < now.length && now[start] === sealed[start]) start++;
  let end = 0;
  const most = Math.min(now.length, sealed.length) - start;
  while (end < most && now.at(-1 - end) === sealed.at(-1 - end)) end++;
  if (start === now.length && start === sealed.length) return undefined;
  const first = own[Math.min(start, own.length - 1)]?.number ?? 1;
  const last = own[Math.max(start, now.length - end - 1)]?.number ?? first;
  return first === last ? `${first}` : `${first}-${last}`;
}

function isSeal(line: string): boolean {
  return line.startsWith(SEALS);
}

function sealOf(line: string): string {
  if (line.trim() === "") return "";
  return new Bun.CryptoHasher("sha256").update(line.trimEnd()).digest("hex").slice(0, 8);
}
