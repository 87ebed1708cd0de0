/** A failure, and what was left out of an output, in words. */
import type { Failure } from "./event.ts";

/** How much of a message is searched for a value, and how long a value may be. */
const SEARCHED = 65_536;
const SOUGHT = 4096;

/** The failure as plain text: message, Expected and Got, and the frame it points at. */
export function failureText(failure: Failure): string {
  const parts = [headline(failure)];
  const { expected, received } = failure;
  // Most messages say the values themselves, some as a diff. Both are capped:
  // a search takes as long as their product.
  const message = failure.message.slice(0, SEARCHED);
  const diffed = /^- Expected\b/m.test(message);
  const said = (value: string): boolean =>
    diffed || (value.length <= SOUGHT && message.includes(value));
  if (expected !== undefined && !said(expected)) parts.push(`Expected: ${expected}`);
  if (received !== undefined && !said(received)) parts.push(`Got: ${received}`);
  if (failure.frame !== undefined) {
    const { file, line, column, lines } = failure.frame;
    const width = String(lines.at(-1)?.number ?? line).length;
    parts.push(
      "",
      `at ${file}:${line}:${column}`,
      ...lines.map(
        (source) =>
          `${source.number === line ? ">" : " "} ${String(source.number).padStart(width)} | ${source.text}`,
      ),
    );
  }
  return parts.join("\n");
}

/** The failure's message, with the error's class in front when that says more. */
export function headline(failure: Failure): string {
  const { type, message } = failure;
  if (type === "" || type === "AssertionError" || message.startsWith(`${type}: `)) return message;
  return message === "" ? type : `${type}: ${message}`;
}

/** The note that stands in a report for output that was cut; `""` when none was. */
export function cutNote(cut: number): string {
  return cut === 0 ? "" : `… ${cut} more character${cut === 1 ? "" : "s"}`;
}

/** The text's first `length` UTF-16 units, one fewer where they would end in half a character. */
export function cutText(text: string, length: number): string {
  const cut = text.slice(0, length);
  return cut.length < text.length && /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
