/** Text laid out for a terminal, by display width and not by characters. */

/** Below this a table or a paragraph is not worth squeezing any more. */
const NARROWEST = 20;

/**
 * Makes foreign text safe for one line of a terminal: no ANSI codes, no control
 * characters, no bidirectional overrides; runs of white space become one space.
 */
export function oneLine(text: string): string {
  return Bun.stripANSI(text)
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd")
    .trim();
}

/** Cuts text to a display width, with an ellipsis at its end. */
export function truncate(text: string, width: number): string {
  if (Bun.stringWidth(text) <= width) return text;
  // A wide character on the edge is kept whole by the cut, so it may be a column too many.
  for (let end = width - 1; end > 0; end--) {
    const cut = Bun.sliceAnsi(text, 0, end);
    if (Bun.stringWidth(cut) < width) return `${cut}\u2026`;
  }
  return "\u2026";
}

/** Pads text with spaces up to a display width. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - Bun.stringWidth(text)));
}

/** Wraps a paragraph at words (within one only where it is too long for a line) and indents each of its lines. */
export function wrap(text: string, columns: number, indent = 0): string {
  const width = Math.max(columns - indent, NARROWEST);
  const margin = " ".repeat(indent);
  return Bun.wrapAnsi(text, width, { hard: true })
    .split("\n")
    .map((line) => (line === "" ? "" : margin + line))
    .join("\n");
}

/** Foreign text as wrapped paragraphs, parted where it has empty lines. */
export function paragraphs(text: string, columns: number): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => wrap(oneLine(paragraph), columns))
    .join("\n\n");
}

/**
 * Two columns, the second wrapped beside the first; where the first is too wide
 * for that, the second goes below it.
 */
export function definitions(
  rows: readonly (readonly [term: string, text: string])[],
  columns: number,
  indent = 2,
): string {
  const widest = Math.max(0, ...rows.map(([term]) => Bun.stringWidth(term)));
  const left = Math.min(widest, Math.max(Math.floor(columns / 3), 12));
  const at = indent + left + 2;
  return rows
    .map(([term, text]) => {
      const head = " ".repeat(indent) + term;
      if (text === "") return head;
      const body = wrap(text, columns, at);
      if (Bun.stringWidth(term) > left) return `${head}\n${body}`;
      return pad(head, at) + body.slice(at);
    })
    .join("\n");
}

export interface TableOptions {
  /** The width to fit; `Infinity` when nothing needs to. */
  columns: number;
  /** Spaces in front of each line. */
  indent?: number;
  /** The columns, from 0, that are cut only when cutting the others is not enough. */
  keep?: readonly number[];
}

/**
 * Lines of cells with columns aligned two spaces apart. When the lines are too
 * long for the width, the widest column is cut until they fit, those that are
 * to be kept after all the others.
 */
export function table(rows: readonly (readonly string[])[], options: TableOptions): string {
  const indent = options.indent ?? 0;
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) {
      widths[i] = Math.max(widths[i] ?? 0, Bun.stringWidth(cell));
    }
  }
  const gaps = indent + 2 * Math.max(0, widths.length - 1);
  const budget = Math.max(options.columns, NARROWEST) - gaps;
  const excess = widths.reduce((sum, width) => sum + width, 0) - budget;
  const keep = new Set(options.keep);
  const all = widths.map((_, column) => column);
  const left = cutWidest(
    widths,
    all.filter((column) => !keep.has(column)),
    excess,
    keep.size === 0 ? 4 : 1,
  );
  cutWidest(
    widths,
    all.filter((column) => keep.has(column)),
    left,
    4,
  );
  const line = (row: readonly string[]) =>
    " ".repeat(indent) +
    row
      .map((cell, i) => pad(truncate(cell, widths[i] ?? 0), widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

/** Narrows the widest of these columns until `excess` is gone or all are `least` wide; returns what is left. */
function cutWidest(
  widths: number[],
  columns: readonly number[],
  excess: number,
  least: number,
): number {
  let left = excess;
  while (left > 0 && Number.isFinite(left)) {
    const sizes = columns.map((column) => widths[column] ?? 0);
    const widest = Math.max(0, ...sizes);
    if (widest <= least) break;
    const next = Math.max(least, ...sizes.filter((width) => width < widest));
    const cut = Math.min(left, Math.max(1, widest - next));
    const column = columns[sizes.indexOf(widest)];
    if (column === undefined) break;
    widths[column] = widest - cut;
    left -= cut;
  }
  return left;
}
