/** One test of the page: a line, and below it all that is known of a failure. */
import {
  cutNote,
  cutText,
  headline,
  stringWidth,
  type Failure,
  type Frame,
  type TensorValue,
  type TestResult,
} from "kata/plugin";
import { diffLines, foldCommon, parseDiff, type DiffLine } from "../shared/diff.ts";
import { duration, skipReason } from "../shared/words.ts";
import { escapeHtml, fill, raw, type Markup } from "./markup.ts";

/** Characters of a block; a page is no place to read more. */
const BLOCK_CAP = 20_000;
const NAME_CAP = 500;
/** Common lines shown around a change. */
const CONTEXT = 3;
const DIFF_LINES = 400;
/** Where Bun's matchers begin to print the values. */
const VALUES = /\n\n(?=(?:- )?Expected\b)/;
/** How `assertClose` prints both tensors. */
const TENSORS = /\nExpected: tensor\([^]*?\)\nGot: tensor\([^]*?\)(?=\n(?:Largest|First|\d)|$)/;
const TAB = "    ";
const ICONS = { passed: "✓", failed: "✗", skipped: "○" } as const;

/** A line of the list; one that can be opened when there is more to say. */
export function testRow(test: TestResult): Markup {
  const { status, reason, duration_ms } = test;
  const parts = [
    fill`<span class="mark" aria-hidden="true">${ICONS[status]}</span><span class="sr">${status} </span>`,
    fill`<span class="name">${nameOf(test.test_name)}</span>`,
  ];
  if (status !== "passed" && reason !== undefined)
    parts.push(fill`<span class="tag">${reason}</span>`);
  if (status === "skipped") {
    parts.push(fill`<span class="why">${cutText(skipReason(test), NAME_CAP)}</span>`);
  }
  if (duration_ms >= 0.5) parts.push(fill`<span class="time">${duration(duration_ms)}</span>`);
  const more = body(test);
  const open = status === "failed" ? raw(" open") : undefined;
  const content =
    more.length === 0
      ? fill`<div class="line">${parts}</div>`
      : fill`<details${open}><summary class="line">${parts}</summary><div class="body">${more}</div></details>`;
  return fill`<li class="test ${status}" data-status="${status}">${content}</li>\n`;
}

/** Text that is cut where it is too long, and says so. */
export function cutBlock(text: string, cutBefore = 0): Markup {
  const kept = cutText(text, BLOCK_CAP);
  const more = text.length - kept.length + cutBefore;
  return more === 0 ? fill`${kept}` : fill`${kept}\n<span class="cut">${cutNote(more)}</span>`;
}

/** `describe › test` with the groups in a lighter colour. */
function nameOf(name: string): Markup {
  const shown = cutText(name.trim() === "" ? "(no name)" : name, NAME_CAP);
  const at = shown.lastIndexOf(" › ");
  if (at < 0) return fill`${shown}`;
  return fill`<span class="group">${shown.slice(0, at + 3)}</span>${shown.slice(at + 3)}`;
}

function body(test: TestResult): Markup[] {
  const { status, failure, code, printed, printed_cut, file, line } = test;
  const failed = status === "failed";
  const parts: Markup[] = [];
  if (failed && failure !== undefined) parts.push(...failureBlocks(failure));
  else if (failed) parts.push(fill`<pre class="message">${cutBlock(test.output)}</pre>`);
  if (printed !== "") {
    parts.push(fill`<h3>Printed</h3><pre>${cutBlock(printed, printed_cut)}</pre>`);
  }
  if (failed && code !== undefined) {
    const at = line > 0 ? `${file}:${line}` : file;
    parts.push(
      fill`<details class="more"><summary>The test <span class="at">${at}</span></summary><pre><code>${cutBlock(code)}</code></pre></details>`,
    );
  }
  return parts;
}

function failureBlocks(failure: Failure): Markup[] {
  const { expected, received, frame, stack } = failure;
  const tensors = tensorBlock(failure);
  const compared = tensors ?? diffBlock(failure);
  const whole = headline(failure) || "(no message)";
  const [said, printed] = parted(
    whole,
    tensors !== undefined,
    (compared ?? received) !== undefined,
  );
  const parts = [fill`<pre class="message">${cutBlock(said || whole)}</pre>`];
  if (compared !== undefined) parts.push(compared);
  else if (expected !== undefined && received !== undefined) {
    parts.push(
      fill`<dl class="values"><div><dt>Expected</dt><dd><pre>${cutBlock(expected)}</pre></dd></div><div><dt>Got</dt><dd><pre>${cutBlock(received)}</pre></dd></div></dl>`,
    );
  }
  if (printed !== "") {
    parts.push(
      fill`<details class="more"><summary>The values, printed</summary><pre>${cutBlock(printed)}</pre></details>`,
    );
  }
  if (frame !== undefined) parts.push(frameBlock(frame));
  if (stack !== undefined && stack.trim() !== "") {
    parts.push(
      fill`<details class="more"><summary>Stack</summary><pre>${cutBlock(stack)}</pre></details>`,
    );
  }
  return parts;
}

/** The message without the values that stand below it, and what of them is to be kept. */
function parted(message: string, drawn: boolean, shown: boolean): [string, string] {
  const values = drawn ? (TENSORS.exec(message)?.[0] ?? "") : "";
  if (values !== "") return [message.replace(values, () => ""), values.trim()];
  return [shown ? (message.split(VALUES, 1)[0] ?? message) : message, ""];
}

/** The two values' lines; undefined where a diff would say no more than the values. */
function diffBlock({ diff, expected, received }: Failure): Markup | undefined {
  const both = expected !== undefined && received !== undefined;
  if (diff === undefined && !(both && /\n/.test(expected + received))) return undefined;
  const lines =
    diff === undefined
      ? diffLines(cutText(expected ?? "", BLOCK_CAP), cutText(received ?? "", BLOCK_CAP))
      : parseDiff(cutText(diff, BLOCK_CAP));
  const folded = foldCommon(lines, CONTEXT);
  const rows = folded.slice(0, DIFF_LINES).map(diffRow);
  const more = folded.length - rows.length;
  if (more > 0) rows.push(fill`<span class="cut">… ${more} more lines</span>`);
  return fill`<h3><span class="minus">− expected</span> <span class="plus">+ got</span></h3><pre class="diff">${rows}</pre>`;
}

function diffRow(line: DiffLine | number): Markup {
  if (typeof line === "number") return fill`<span class="cut">… ${line} the same\n</span>`;
  const sign = line.sign === "-" ? "−" : line.sign;
  const kind = line.sign === "-" ? "minus" : line.sign === "+" ? "plus" : "same";
  return fill`<span class="${kind}">${sign} ${line.text}\n</span>`;
}

function frameBlock({ file, line, column, lines, solution }: Frame): Markup {
  const rows = lines.flatMap(({ number, text }) => {
    const shown = cutText(text, NAME_CAP).replaceAll("\t", TAB);
    const here = number === line;
    const row = fill`<span class="${here ? "here" : "near"}"><b>${number}</b>${shown}\n</span>`;
    if (!here || column === 0 || column > NAME_CAP) return [row];
    const before = text.slice(0, column - 1).replaceAll("\t", TAB);
    return [
      row,
      fill`<span class="caret" aria-hidden="true"><b></b>${" ".repeat(stringWidth(before))}^\n</span>`,
    ];
  });
  const where = solution ? "Solution" : "Test";
  return fill`<figure class="frame"><figcaption>${where} <span class="at">${file}:${line}:${column}</span></figcaption><pre tabindex="0"><code>${rows}</code></pre></figure>`;
}

/** Both tensors as data, which the page's script draws; without it their shapes are said. */
function tensorBlock({ tensors, first_difference }: Failure): Markup | undefined {
  const find = (role: TensorValue["role"]): TensorValue | undefined =>
    tensors?.find((tensor) => tensor.role === role);
  const [expected, received] = [find("expected"), find("received")];
  if (expected === undefined || received === undefined) return undefined;
  const data = JSON.stringify({ expected, received, first: first_difference ?? null });
  const shape = (tensor: TensorValue): string => `[${tensor.shape.join(", ")}] ${tensor.dtype}`;
  return fill`<div class="tensors" data-tensors="${raw(escapeHtml(data))}"><p>Expected ${shape(expected)}, got ${shape(received)}</p></div>`;
}
