/** A line diff of two printed values. */

export interface DiffLine {
  /** `-` stands in the expected value alone, `+` in the received one. */
  sign: " " | "-" | "+";
  text: string;
}

/** Beyond this many cells the middle is shown as replaced whole. */
const MAX_CELLS = 1_000_000;

/** The lines of both texts, in order, those in common once. */
export function diffLines(expected: string, received: string): DiffLine[] {
  const [left, right] = [expected.split("\n"), received.split("\n")];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  ) {
    end++;
  }
  return [
    ...same(left.slice(0, start)),
    ...middle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...same(left.slice(left.length - end)),
  ];
}

/** Reads a diff that is text already: `-` expected, `+` received, else common. */
export function parseDiff(diff: string): DiffLine[] {
  return diff.split("\n").map((line) => {
    const sign = line.charAt(0);
    if (sign === "-" || sign === "+") return { sign, text: line.slice(1).replace(/^ /, "") };
    return { sign: " ", text: line.replace(/^ {1,2}/, "") };
  });
}

/** Leaves out what is far from a change; the number stands for so many lines. */
export function foldCommon(lines: readonly DiffLine[], context: number): (DiffLine | number)[] {
  const near = lines.map(() => false);
  for (const [index, line] of lines.entries()) {
    if (line.sign === " ") continue;
    near.fill(true, Math.max(0, index - context), index + context + 1);
  }
  const folded: (DiffLine | number)[] = [];
  for (const [index, line] of lines.entries()) {
    const before = folded.at(-1);
    if (near[index] === true) folded.push(line);
    else if (typeof before === "number") folded[folded.length - 1] = before + 1;
    else folded.push(1);
  }
  return folded;
}

/** Index of the first character that differs; the shorter one's length when none does. */
export function firstDifference(left: string, right: string): number {
  let index = 0;
  while (index < left.length && index < right.length && left[index] === right[index]) index++;
  return index;
}

/** Longest common subsequence by dynamic programming. */
function middle(left: string[], right: string[]): DiffLine[] {
  const columns = right.length + 1;
  if ((left.length + 1) * columns > MAX_CELLS) return [...only("-", left), ...only("+", right)];
  const lengths = new Uint32Array((left.length + 1) * columns);
  const at = (row: number, column: number): number => lengths[row * columns + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      lengths[row * columns + column] =
        left[row] === right[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < left.length && column < right.length) {
    if (left[row] === right[column]) {
      lines.push({ sign: " ", text: left[row] ?? "" });
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      lines.push({ sign: "-", text: left[row++] ?? "" });
    } else {
      lines.push({ sign: "+", text: right[column++] ?? "" });
    }
  }
  return [...lines, ...only("-", left.slice(row)), ...only("+", right.slice(column))];
}

function same(lines: string[]): DiffLine[] {
  return only(" ", lines);
}

function only(sign: DiffLine["sign"], lines: string[]): DiffLine[] {
  return lines.map((text) => ({ sign, text }));
}
