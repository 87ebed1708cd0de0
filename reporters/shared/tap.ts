/**
 * TAP: a subtest for each kata. A kata's lines are held back until it
 * finished, because those of two subtests may not be mixed. Versions 13 and 14
 * differ in the header alone: to version 13 a subtest is indented text that
 * its readers pass over, and its point says how it went.
 *
 * A run that is red as a whole (nothing ran, everything was skipped) has a
 * failing point of its own: a plan of `1..0 # SKIP` would be read as success.
 */
import {
  cutNote,
  cutText,
  headline,
  keyOf,
  label,
  Tally,
  visibleLine,
  write,
  type Failure,
  type KataKey,
  type KataResult,
  type Reporter,
  type TestResult,
} from "kata/plugin";
import { skipReason } from "./words.ts";

/** Characters of a diagnostic's longest text. */
const TEXT_CAP = 65_535;

/** The versions that can be written. */
export type TapVersion = 13 | 14;

/** Folds the events and writes a subtest and a point for each kata that finished. */
export function createTap(version: TapVersion): Reporter {
  const tally = new Tally();
  const printed = new Set<string>();
  let points = 0;
  let green = true;
  let opened = false;

  const open = (): string => {
    const text = opened ? "" : `TAP version ${version}\n`;
    opened = true;
    return text;
  };
  const printKata = (key: KataKey): string => {
    printed.add(keyOf(key));
    const kata = tally.kata(key);
    if (kata.status === "failed") green = false;
    return kataLines(kata, ++points);
  };
  const printEnd = (): string => {
    const verdict = tally.verdict();
    let text = "";
    for (const kata of verdict.katas) {
      if (!printed.has(keyOf(kata))) text += printKata(kata);
    }
    const { passed, interrupted, error } = verdict;
    // Nothing may stand behind it, a plan neither: readers stop there.
    if (interrupted) return `${text}Bail out! ${error ?? "The run was interrupted"}\n`;
    if (!passed && (green || error !== undefined)) {
      const message = error ?? "A kata failed after it had finished";
      text += `not ok ${++points} - (run)\n${diagnostic({ message }, "")}`;
    }
    return `${text}1..${points}\n`;
  };

  return {
    handle: (event) => {
      tally.push(event);
      switch (event.event) {
        case "RunStarted":
          return [write(open())];
        case "KataFinished":
          return printed.has(keyOf(event)) ? null : [write(open() + printKata(event))];
        case "PluginFailed":
          return [write(`${open()}# ${describe(`${event.plugin} failed: ${event.message}`)}\n`)];
        case "RunFinished":
          return [write(open() + printEnd())];
        default:
          return null;
      }
    },
  };
}

function kataLines(kata: KataResult, number: number): string {
  const name = describe(label(kata));
  const { status, duration_ms, device, lang, variation, todos, filled } = kata;
  let text = `# Subtest: ${name}\n`;
  for (const [index, test] of kata.tests.entries()) text += testLines(test, index + 1);
  text += `    1..${kata.tests.length}\n`;
  const directive = status === "skipped" ? " # SKIP every test was skipped" : "";
  text += `${status === "failed" ? "not ok" : "ok"} ${number} - ${name}${directive}\n`;
  return text + diagnostic({ duration_ms, device, lang, variation, todos, filled }, "");
}

function testLines(test: TestResult, number: number): string {
  const point = `${number} - ${describe(test.test_name) || "(no name)"}`;
  if (test.status === "passed") return `    ok ${point}\n`;
  if (test.status === "skipped") {
    const why = describe(skipReason(test));
    return test.reason === "todo"
      ? `    not ok ${point} # TODO ${why}\n`
      : `    ok ${point} # SKIP ${why}\n`;
  }
  const { reason, duration_ms, file, line, failure } = test;
  const at = failure?.frame;
  const values = {
    message: failure === undefined ? test.output : headline(failure),
    severity: "fail",
    reason,
    duration_ms,
    at: at === undefined ? { file, line } : { file: at.file, line: at.line, column: at.column },
    ...compared(failure),
    ...(test.printed === "" ? {} : { output: test.printed }),
  };
  return `    not ok ${point}\n${diagnostic(values, "    ")}`;
}

function compared(failure: Failure | undefined): Values {
  const { expected, received, diff, stack } = failure ?? {};
  return { wanted: expected, found: received, diff, stack };
}

type Values = { [name: string]: string | number | boolean | undefined | Values };

/**
 * A block of YAML whose values are JSON, in which any string is safe; a line
 * each, because Perl's harness reads no JSON object.
 */
function diagnostic(values: Values, indent: string): string {
  return `${indent}  ---\n${mapping(values, `${indent}  `)}${indent}  ...\n`;
}

function mapping(values: Values, indent: string): string {
  let text = "";
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    text +=
      typeof value === "object"
        ? `${indent}${name}:\n${mapping(value, `${indent}  `)}`
        : `${indent}${name}: ${scalar(value)}\n`;
  }
  return text;
}

function scalar(value: string | number | boolean): string {
  const more = typeof value === "string" ? value.length - TEXT_CAP : 0;
  const json = JSON.stringify(more > 0 ? cutText(String(value), TEXT_CAP) + cutNote(more) : value);
  // JSON leaves these as they are, YAML takes them for no text or for line ends.
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return json.replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** On one line, with the two characters escaped that mean something there. */
function describe(text: string): string {
  return visibleLine(text).trim().replaceAll("\\", "\\\\").replaceAll("#", "\\#");
}
