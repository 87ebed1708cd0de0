/** From a line and column of the JavaScript to the place in the Python source it was made of. */
import type { Mark } from "./context.ts";

/** Where the marks came to lie: lines from 1 and columns from 1, in order. */
export interface Positions {
  readonly lines: readonly number[];
  readonly columns: readonly number[];
  readonly marks: readonly Mark[];
}

/** Takes the marks out of the code and notes where they stood. `lineOffset` lines come before the code. */
export function settleMarks(
  marked: string,
  marks: readonly Mark[],
  lineOffset: number,
): { code: string; positions: Positions } {
  const lines: number[] = [];
  const columns: number[] = [];
  const found: Mark[] = [];
  const parts: string[] = [];
  let line = 1 + lineOffset;
  let column = 1;
  let at = 0;
  for (;;) {
    const next = marked.indexOf("\u0001", at);
    const text = next < 0 ? marked.slice(at) : marked.slice(at, next);
    parts.push(text);
    const lastBreak = text.lastIndexOf("\n");
    if (lastBreak >= 0) {
      for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) line++;
      column = text.length - lastBreak;
    } else column += text.length;
    if (next < 0) break;
    const end = marked.indexOf("\u0002", next);
    lines.push(line);
    columns.push(column);
    found.push(marks[Number(marked.slice(next + 1, end))]!);
    at = end + 1;
  }
  return { code: parts.join(""), positions: { lines, columns, marks: found } };
}

/** The mark that stands last at or before a place in the code. */
export function markAt(positions: Positions, line: number, column: number): Mark | undefined {
  const { lines, columns, marks } = positions;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const l = lines[middle]!;
    if (l < line || (l === line && columns[middle]! <= column)) low = middle + 1;
    else high = middle;
  }
  return marks[low - 1];
}
