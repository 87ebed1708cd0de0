/** Two tensors that should be close: their shapes and where they first differ. */
import { stringWidth, truncate, type Failure, type TensorValue } from "kata/plugin";
import type { Palette } from "../shared/colors.ts";

/** Rows and columns shown on either side of the first difference. */
const AROUND_ROWS = 2;
const AROUND_COLUMNS = 3;
/** Significant digits, fewest first: as many are shown as it takes to tell the two apart. */
const DIGITS = [5, 9, 17];

/** Lines that show the failure's tensors; none when it has no two. */
export function tensorLines(failure: Failure, paint: Palette, columns: number): string[] {
  return comparedTensors(failure, paint, columns).map((line) => truncate(line.trimEnd(), columns));
}

function comparedTensors(failure: Failure, paint: Palette, columns: number): string[] {
  const expected = failure.tensors?.find((tensor) => tensor.role === "expected");
  const received = failure.tensors?.find((tensor) => tensor.role === "received");
  if (expected === undefined || received === undefined) return [];
  if (shapeText(expected) !== shapeText(received)) {
    return [
      `Expected shape  ${paint.green(`${shapeText(expected)} ${expected.dtype}`)}`,
      `Got shape       ${paint.red(`${shapeText(received)} ${received.dtype}`)}`,
    ];
  }
  const head = `shape ${shapeText(expected)} ${expected.dtype}`;
  const index = failure.first_difference;
  if (index === undefined) return [paint.dim(head)];
  const lines = [paint.dim(`${head} · first difference at [${index.join(", ")}]`)];
  const print = printer(expected, received, index);
  const blocks = [
    block("Expected", expected, index, print, paint.green, paint),
    block("Got", received, index, print, paint.red, paint),
  ];
  const [left, right] = blocks;
  if (left === undefined || right === undefined) return lines;
  return [...lines, "", ...sideBySide(left, right, columns)];
}

function block(
  title: string,
  tensor: TensorValue,
  index: number[],
  print: (value: number | string) => string,
  color: (text: string) => string,
  paint: Palette,
): string[] {
  const { shape } = tensor;
  const width = shape.at(-1) ?? 1;
  const height = shape.length > 1 ? (shape.at(-2) ?? 1) : 1;
  const column = index.at(-1) ?? 0;
  const row = shape.length > 1 ? (index.at(-2) ?? 0) : 0;
  const start = flatIndex(shape, index) - row * width - column;
  const rows = range(row, AROUND_ROWS, height);
  const cells = range(column, AROUND_COLUMNS, width);
  const texts = rows.map((y) =>
    cells.map((x) => {
      const value = tensor.values[start + y * width + x];
      return value === undefined ? "?" : print(value);
    }),
  );
  const widths = cells.map((_, at) => Math.max(...texts.map((line) => line[at]?.length ?? 0)));
  const before = (cells[0] ?? 0) > 0 ? "… " : "";
  const after = (cells.at(-1) ?? 0) < width - 1 ? " …" : "";
  const lines = texts.map((line, at) => {
    const shown = line.map((text, place) => {
      const padded = text.padStart(widths[place] ?? 0);
      const differs = rows[at] === row && cells[place] === column;
      return differs ? `[${color(paint.bold(padded))}]` : ` ${padded} `;
    });
    return `${paint.dim(before)}${shown.join("")}${paint.dim(after)}`;
  });
  const above = (rows[0] ?? 0) > 0;
  const below = (rows.at(-1) ?? 0) < height - 1;
  return [
    color(title),
    ...(above ? [paint.dim(" ⋮")] : []),
    ...lines,
    ...(below ? [paint.dim(" ⋮")] : []),
  ];
}

/** Prints values with the fewest digits that show the difference at `index`. */
function printer(
  expected: TensorValue,
  received: TensorValue,
  index: number[],
): (value: number | string) => string {
  const at = flatIndex(expected.shape, index);
  const [a, b] = [expected.values[at], received.values[at]];
  const digits = DIGITS.find((count) => round(a, count) !== round(b, count)) ?? DIGITS.at(-1);
  return (value) => round(value, digits ?? 17);
}

function round(value: number | string | undefined, digits: number): string {
  return typeof value === "number" ? String(Number(value.toPrecision(digits))) : String(value);
}

function sideBySide(left: string[], right: string[], columns: number): string[] {
  const gap = 4;
  const width = Math.max(...left.map(stringWidth));
  const total = width + gap + Math.max(...right.map(stringWidth));
  if (total > columns) return [...left, "", ...right];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const text = left[at] ?? "";
    return text + " ".repeat(width - stringWidth(text) + gap) + (right[at] ?? "");
  });
}

/** `[2, 3]`. */
export function shapeText(tensor: TensorValue): string {
  return `[${tensor.shape.join(", ")}]`;
}

function flatIndex(shape: number[], index: number[]): number {
  return shape.reduce((flat, size, axis) => flat * size + (index[axis] ?? 0), 0);
}

function range(center: number, around: number, size: number): number[] {
  const start = Math.max(0, center - around);
  const end = Math.min(size - 1, center + around);
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, at) => start + at);
}
