/** Foreign text on lines that fit the terminal. */
import { stringWidth, truncate, visible } from "kata/plugin";

const TAB = "    ";

/** Safe lines, tabs as spaces, without empty ones at the end. */
export function safeLines(text: string): string[] {
  const lines = visible(text)
    .replaceAll("\t", TAB)
    .split("\n")
    .map((line) => line.trimEnd());
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  return lines;
}

/** A name on one line, at most so wide. */
export function oneLine(text: string, columns: number): string {
  return truncate(flat(text).trim(), columns);
}

/** Safe text on one line. */
export function flat(text: string): string {
  return visible(text).replaceAll("\t", TAB).replaceAll("\n", "#x0A");
}

/** Lines no wider than the columns; a word that is wider is broken. */
export function wrap(line: string, columns: number): string[] {
  if (stringWidth(line) <= columns) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  if (indent.length > columns / 2) return [truncate(line, columns)];
  const rest = Bun.wrapAnsi(line.slice(indent.length), columns - indent.length, { hard: true });
  return rest.split("\n").map((part) => indent + part.trimEnd());
}

/**
 * At most so many wrapped lines of a text, with a note of what was cut: from
 * its end, or with `tail` from its middle. `cut` is what was cut before.
 */
export function excerpt(
  text: string,
  columns: number,
  { lines: maxLines, tail = 0, cut = 0 }: { lines: number; tail?: number; cut?: number },
): string[] {
  const lines = safeLines(text);
  const rows = lines.length > maxLines && tail > 0 ? maxLines - tail : maxLines;
  const shown: string[] = [];
  let taken = 0;
  let characters = 0;
  while (taken < lines.length && shown.length < rows) {
    const line = lines[taken++] ?? "";
    const room = rows - shown.length;
    const kept = whole(line.slice(0, room * columns));
    const wrapped = wrap(kept, columns);
    shown.push(...wrapped.slice(0, room));
    characters += line.length - kept.length + wrapped.slice(room).join("").length;
  }
  const last = tail === 0 ? [] : lines.slice(taken).slice(-tail);
  const skipped = lines.length - taken - last.length;
  const notes: string[] = [];
  if (skipped > 0) notes.push(`${grouped(skipped)} more line${skipped === 1 ? "" : "s"}`);
  if (characters > 0) notes.push(`${grouped(characters)} more characters`);
  if (notes.length > 0) shown.push(`… ${notes.join(" and ")}`);
  shown.push(...last.map((line) => truncate(line, columns)));
  if (cut > 0)
    shown.push(`… ${grouped(cut)} more character${cut === 1 ? "" : "s"} that were not kept`);
  return shown;
}

/** Without half a character at its end. */
function whole(text: string): string {
  return text.replace(/[\ud800-\udbff\u200d]+$/, "");
}

/** `98,000`. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
