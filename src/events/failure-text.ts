/** A failure, and what was left out of an output, in words. */
import type { Failure } from "./event.ts";

/** The failure as plain text: message, Expected and Got, and the frame it points at. */
export function failureText(failure: Failure): string {
  const parts = [headline(failure)];
  const { expected, received } = failure;
  // Most messages say the values themselves, some as a diff.
  const said = (value: string): boolean =>
    failure.message.includes(value) || /^- Expected\b/m.test(failure.message);
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
