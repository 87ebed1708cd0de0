/** A failed test, as a person wants to read it. */
import {
  cutText,
  headline,
  stringWidth,
  truncate,
  visible,
  type Failure,
  type Frame,
} from "kata/plugin";
import type { TestResult } from "kata/plugin";
import type { Palette } from "../shared/colors.ts";
import {
  diffLines,
  firstDifference,
  foldCommon,
  parseDiff,
  type DiffLine,
} from "../shared/diff.ts";
import { excerpt, flat, oneLine, safeLines } from "./layout.ts";
import { shapeText, tensorLines } from "./tensors.ts";

const MESSAGE_LINES = 12;
const DIFF_LINES = 40;
const OUTPUT_LINES = 20;
/** How many of them are the last ones: a test that hangs says there where. */
const OUTPUT_TAIL = 8;
const STACK_LINES = 5;
/** In values up to this long the difference needs no mark. */
const SHORT_VALUE = 8;
/** Values longer than this are not compared line by line. */
const VALUE_CAP = 20_000;
/** Characters of a text that are looked at; the rest would not be shown anyway. */
const TEXT_CAP = 262_144;
const SOURCE_CAP = 4096;

/** The lines below a failed test's name, without an indent. */
export function failureLines(test: TestResult, paint: Palette, columns: number): string[] {
  const sections: string[][] = [];
  const { failure } = test;
  if (failure === undefined) {
    sections.push(excerpt(test.output, columns, { lines: MESSAGE_LINES }));
  } else {
    sections.push(messageLines(failure, columns).map(paint.red));
    sections.push(comparison(failure, paint, columns));
    sections.push(tensorLines(failure, paint, columns));
    sections.push(placeLines(failure, paint, columns));
    sections.push(outputLines("printed", test.printed, test.printed_cut, paint, columns));
  }
  return joinSections(sections);
}

/** Sections with an empty line between them. */
export function joinSections(sections: readonly string[][]): string[] {
  const full = sections.filter((section) => section.length > 0);
  return full.flatMap((section, at) => (at === 0 ? section : ["", ...section]));
}

/** What was printed, capped, below a title. */
export function outputLines(
  title: string,
  text: string,
  cut: number,
  paint: Palette,
  columns: number,
): string[] {
  const lines = excerpt(text, columns - 2, { lines: OUTPUT_LINES, tail: OUTPUT_TAIL, cut });
  if (lines.length === 0) return [];
  return [paint.dim(title), ...lines.map((line) => `${paint.dim("│")} ${line}`.trimEnd())];
}

/** The message without the values that are shown below it in a better form. */
function messageLines(failure: Failure, columns: number): string[] {
  const { expected, received, diff, tensors = [] } = failure;
  const whole = headline(failure);
  const text = cutText(whole, TEXT_CAP);
  const values = [expected, received, diff, ...tensors.map(shapeText)];
  const shown = new Set(
    values
      .flatMap((value) =>
        value === undefined || value.length > VALUE_CAP ? [] : value.split("\n"),
      )
      .map(bare),
  );
  shown.delete("");
  const lines = text.split("\n").filter((line) => {
    const trimmed = line.trim();
    if (shown.size > 0 && /^[-+] (?:Expected|Received|Got)\b/.test(trimmed)) return false;
    const value = /^(?:Expected|Received|Got)(?: \w+)?:(.*)$/.exec(trimmed)?.[1];
    return !shown.has(bare(value ?? trimmed));
  });
  const cut = whole.length - text.length;
  return excerpt(collapse(lines).join("\n"), columns, { lines: MESSAGE_LINES, cut });
}

/** The line of a diff without what marks it. */
function bare(line: string): string {
  return line.replace(/^[-+]/, "").trim();
}

/** At most one empty line in a row, and none at the start. */
function collapse(lines: string[]): string[] {
  return lines.filter((line, at) => line.trim() !== "" || (at > 0 && lines[at - 1]?.trim() !== ""));
}

function comparison(failure: Failure, paint: Palette, columns: number): string[] {
  const { expected, received, diff, tensors } = failure;
  // Two tensors are shown by their shapes, or by the values around the difference.
  const shapes = new Set(tensors?.map(shapeText));
  const shown = tensors?.length === 2 && failure.first_difference !== undefined;
  if (shapes.size > 1 || shown) return [];
  if (diff !== undefined && diff.length <= VALUE_CAP)
    return lineDiff(parseDiff(visible(diff)), paint, columns);
  if (expected === undefined || received === undefined) {
    return [
      ...single("Expected", expected, paint.green, columns),
      ...single("Got", received, paint.red, columns),
    ];
  }
  const short = expected.length <= VALUE_CAP && received.length <= VALUE_CAP;
  if (short && (expected.includes("\n") || received.includes("\n"))) {
    return lineDiff(diffLines(visible(expected), visible(received)), paint, columns);
  }
  const [left, right] = [cutText(expected, TEXT_CAP), cutText(received, TEXT_CAP)];
  return twoLines(flat(left), flat(right), paint, columns);
}

function single(
  title: string,
  value: string | undefined,
  color: Palette["red"],
  columns: number,
): string[] {
  if (value === undefined) return [];
  const width = 10;
  const text = cutText(value, TEXT_CAP);
  const cut = value.length - text.length;
  return excerpt(text, columns - width, { lines: 4, cut }).map(
    (line, at) => (at === 0 ? title : "").padEnd(width) + color(line),
  );
}

/** Expected above received, with a mark below the first difference. */
function twoLines(expected: string, received: string, paint: Palette, columns: number): string[] {
  const width = 10;
  const room = Math.max(10, columns - width);
  const at = firstDifference(expected, received);
  // Long values are shown from a little before the place where they differ.
  const from =
    Math.max(stringWidth(expected), stringWidth(received)) <= room
      ? 0
      : Math.max(0, at - Math.floor(room / 3));
  const clip = (text: string): string => truncate((from > 0 ? "…" : "") + text.slice(from), room);
  const lines = [
    `Expected  ${paint.green(clip(expected))}`,
    `Got       ${paint.red(clip(received))}`,
  ];
  const before = stringWidth((from > 0 ? "…" : "") + expected.slice(from, at));
  if (at > 0 && before < room && expected.length > SHORT_VALUE)
    lines.push(" ".repeat(width + before) + paint.bold("^"));
  return lines;
}

function lineDiff(lines: DiffLine[], paint: Palette, columns: number): string[] {
  const paints = { "-": paint.green, "+": paint.red, " ": paint.dim };
  const shown = foldCommon(lines, 3).map((line) =>
    typeof line === "number"
      ? paint.dim(`… ${line} equal line${line === 1 ? "" : "s"}`)
      : paints[line.sign](
          truncate(`${line.sign} ${line.text}`.replaceAll("\t", "    ").trimEnd(), columns),
        ),
  );
  const head = `${paint.green("- Expected")}  ${paint.red("+ Got")}`;
  const rest = shown.length - DIFF_LINES;
  if (rest <= 0) return [head, ...shown];
  return [head, ...shown.slice(0, DIFF_LINES), paint.dim(`… ${rest} more lines`)];
}

function placeLines(failure: Failure, paint: Palette, columns: number): string[] {
  if (failure.frame !== undefined) return frameLines(failure.frame, paint, columns);
  const stack = safeLines(cutText(failure.stack ?? "", TEXT_CAP)).slice(0, STACK_LINES);
  return stack.map((line) => paint.dim(truncate(line.trim(), columns)));
}

/** The source around the failure, with a caret below its column. */
function frameLines(frame: Frame, paint: Palette, columns: number): string[] {
  const width = String(frame.lines.at(-1)?.number ?? frame.line).length;
  const room = Math.max(10, columns - width - 5);
  const place = `${cutText(frame.file, SOURCE_CAP)}:${frame.line}:${frame.column}`;
  const lines = [paint.cyan(oneLine(place, columns))];
  for (const { number, text } of frame.lines) {
    const [source = ""] = safeLines(cutText(text, SOURCE_CAP));
    const here = number === frame.line;
    const gutter = `${here ? paint.red(">") : " "} ${paint.dim(`${String(number).padStart(width)} │`)}`;
    lines.push(`${gutter} ${truncate(source, room)}`.trimEnd());
    if (!here) continue;
    const before = safeLines(`${cutText(text, Math.min(SOURCE_CAP, frame.column - 1))}|`)[0] ?? "";
    const offset = stringWidth(before) - 1;
    if (offset >= 0 && offset < room) {
      lines.push(`  ${" ".repeat(width)} ${paint.dim("│")} ${" ".repeat(offset)}${paint.red("^")}`);
    }
  }
  return lines;
}
