/** The summary of a job, as GitHub's Markdown. */
import { cutText, label, visible, visibleLine, type KataResult, type Verdict } from "kata/plugin";
import { countTests, duration, plural } from "../shared/words.ts";

/** GitHub refuses a step's summary of more than 1 MiB whole. */
const BYTES = 1_000_000;
const FAILURE_CAP = 8000;
const NAME_CAP = 300;
const MARKS = { passed: "✅", failed: "❌", skipped: "⏭️" } as const;

/** A table of the katas, and each failure to open; what is too much is counted. */
export function summaryOf(verdict: Verdict): string {
  const { passed, error, num_passed, num_failed, num_skipped } = verdict;
  const head = [
    `## ${passed ? MARKS.passed : MARKS.failed} kata: ${num_passed} passed, ${num_failed} failed, ${num_skipped} skipped`,
    "",
    ...(error === undefined ? [] : [`**${inline(error)}**`, ""]),
  ];
  const rows = verdict.katas.map(row);
  const table =
    rows.length === 0
      ? []
      : ["| | kata | passed | failed | skipped | time |", "|-|-|-:|-:|-:|-:|", ...rows, ""];
  const blocks = verdict.katas.flatMap((kata) =>
    kata.tests
      .filter(({ status }) => status === "failed")
      .map((test) => details(`${label(kata)} › ${test.test_name}`, test.output)),
  );
  return fitted([...head, ...table], blocks);
}

function row(kata: KataResult): string {
  const { passed, failed, skipped } = countTests(kata.tests);
  const cells = [MARKS[kata.status], inline(label(kata)), passed, failed, skipped];
  return `| ${[...cells, duration(kata.duration_ms)].join(" | ")} |`;
}

function details(name: string, output: string): string {
  const text = visible(cutText(output, FAILURE_CAP)).trimEnd();
  // A fence that is longer than any in the text.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `<details><summary>${inline(name)}</summary>\n\n${fence}text\n${text}\n${fence}\n\n</details>\n`;
}

/** Foreign text on one line, in which nothing is Markdown or HTML. */
function inline(text: string): string {
  return visibleLine(text)
    .slice(0, NAME_CAP)
    .replace(/[&<>"'`*_{}[\]()#+!|~\\@:-]/g, (character) => `&#${character.charCodeAt(0)};`)
    .toWellFormed();
}

function fitted(lines: readonly string[], blocks: readonly string[]): string {
  const parts: string[] = [];
  let room = BYTES;
  const all = [...lines, ...blocks];
  for (const [at, text] of all.entries()) {
    room -= Buffer.byteLength(text) + 1;
    if (room < 0) {
      parts.push("", `${plural(all.length - at, "more line")} did not fit here`);
      break;
    }
    parts.push(text);
  }
  return `${parts.join("\n")}\n`;
}
