/**
 * Text for terminals and reports, part of `kata/plugin`. What a test prints or
 * is called is foreign text: it may not repaint a terminal, break a line-based
 * format or vanish.
 */

// Whole sequences alone: an open one would swallow the text that follows it.
const ANSI =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]P^_X]|[\x9d\x90])[^\x07\x1b\n\x90\x9c\x9d]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]+[0-~]|\x1b[0-Z=>c]/g;

// C0 without tab and line feed, DEL, C1, what turns the direction of text,
// surrogates without a partner, and the two that are no characters.
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- as above
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu;

/** The text without terminal sequences: colours, cursor movement, titles, links. */
export function stripAnsi(text: string): string {
  return text.includes("\x1b") || /[\x80-\x9f]/.test(text) ? text.replace(ANSI, "") : text;
}

/**
 * The text as it is safe to show: terminal sequences are left out, and any
 * other control character stands there as `#x1B`. Keeps tabs and line feeds;
 * a carriage return before a line feed goes.
 */
export function visible(text: string): string {
  return stripAnsi(text).replaceAll("\r\n", "\n").replace(INVISIBLE, hex);
}

/** As {@link visible}, and on one line. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\t\n]/g, hex);
}

/** Columns that the text takes on a terminal; sequences count nothing. */
export function stringWidth(text: string): number {
  return Bun.stringWidth(text);
}

/** The text cut to so many columns, with `…` where it was cut; colours are closed. */
export function truncate(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  for (let end = columns; end > 0; end--) {
    const cut = Bun.sliceAnsi(text, 0, end, "…");
    // A wide character at the edge can make the cut one column too wide.
    if (stringWidth(cut) <= columns) return cut;
  }
  return "";
}

/** The text with spaces after it until it takes so many columns. */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - stringWidth(text)));
}

function hex(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `#x${code.toString(16).toUpperCase().padStart(2, "0")}`;
}
