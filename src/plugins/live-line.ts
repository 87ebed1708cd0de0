/**
 * The live line: one line at the end of a terminal that says what is going on.
 * It is drawn by the host alone, so that it is never in a pipe and never
 * between two halves of a report.
 */
import { truncate, visibleLine } from "./text.ts";

/** One of the process's streams, as a run is handed it. */
export interface Stream {
  write(text: string): void;
  isTTY: boolean;
  /** The terminal's width; 0 when unknown. */
  columns: number;
}

export interface LiveLine {
  /** What the line says from now on; `""` is none. Shown by the next `draw`. */
  set(text: string): void;
  draw(): void;
  /** Takes the line off the screen, before anything else is printed. */
  clear(): void;
}

const CLEAR = "\r\x1b[2K";

/** A line on the first of the streams that is a terminal; without one it does nothing. */
export function createLiveLine(streams: readonly Stream[], color: boolean): LiveLine {
  const terminal = streams.find((stream) => stream.isTTY);
  let wanted = "";
  let drawn = "";
  if (terminal === undefined) return { set: () => {}, draw: () => {}, clear: () => {} };
  return {
    set: (text) => {
      wanted = text;
    },
    draw: () => {
      if (wanted === drawn) return;
      // One column stays free: a full line makes some terminals wrap.
      const columns = Math.max(1, (terminal.columns || 80) - 1);
      const text = truncate(oneLine(wanted, color), columns);
      terminal.write(CLEAR + text);
      drawn = wanted;
    },
    clear: () => {
      if (drawn !== "") terminal.write(CLEAR);
      drawn = "";
    },
  };
}

/** The text on one line: colours pass, whatever else moves the cursor does not. */
function oneLine(text: string, color: boolean): string {
  // oxlint-disable-next-line no-control-regex -- the sequences that set colours
  const parts = text.split(/(\x1b\[[0-9;]*m)/);
  return parts
    .map((part, index) => (index % 2 === 0 ? visibleLine(part) : color ? part : ""))
    .join("");
}
