/**
 * Annotations and a summary for a job of GitHub Actions, and of what reads its
 * workflow commands. A step shows ten annotations of each level and drops the
 * rest without a word, so the tenth says how many more there were.
 */
import {
  cutNote,
  cutText,
  failureText,
  isError,
  label,
  Tally,
  visible,
  visibleLine,
  write,
  type Action,
  type AnnotateAction,
  type CreateReporter,
  type KataEvent,
  type KataResult,
  type ReporterSpec,
  type TestResult,
  type Verdict,
} from "kata/plugin";
import { palette } from "../shared/colors.ts";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { countsText, duration } from "../shared/words.ts";
import { summaryOf } from "./summary.ts";

type Annotation = AnnotateAction["payload"];
const ASIDE_LEVELS: Readonly<Record<string, Annotation["level"]>> = {
  failed: "error",
  warned: "warning",
  suggested: "notice",
};

const LEVELS = ["error", "warning", "notice"] as const;
/** Annotations of one level that a step shows. */
const MOST = 10;
/** GitHub cuts at 64 KiB; a page that shows ten of them is no place for more than this. */
const MESSAGE_CAP = 8000;
const TITLE_CAP = 250;

export const spec: ReporterSpec = {
  name: "github",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "Annotations and a job summary for GitHub Actions",
};

/** Options: `summary`, a file for the job's summary; `prefix`, what leads to solutions from the root. */
export const createReporter: CreateReporter = ({ options }) => {
  const tally = new Tally();
  const asides: Annotation[] = [];
  return {
    handle: (event) => {
      tally.push(event);
      asides.push(...asidesOf(event));
      if (event.event !== "RunFinished") return null;
      return report(tally.verdict(), asides, options["prefix"] ?? "", options["summary"]);
    },
  };
};

function report(
  verdict: Verdict,
  asides: readonly Annotation[],
  prefix: string,
  summary: string | undefined,
): Action[] {
  const failed = verdict.katas.flatMap((kata) =>
    kata.tests
      .filter(({ status }) => status === "failed")
      .map((test) => annotationOf(kata, test, prefix)),
  );
  const { error, passed } = verdict;
  if (error !== undefined || (!passed && failed.length === 0)) {
    failed.unshift(note("error", "The run did not pass", error ?? "The run did not pass"));
  }
  const all = [...failed, ...asides];
  const actions: Action[] = LEVELS.flatMap((level) =>
    limited(all.filter((annotation) => annotation.level === level)),
  ).map((payload) => ({ action: "annotate", payload }));
  const { num_passed, num_failed, num_skipped, duration_ms } = verdict;
  const counts = { passed: num_passed, failed: num_failed, skipped: num_skipped };
  actions.push(write(`${countsText(counts, palette(false))} in ${duration(duration_ms)}\n`));
  if (summary !== undefined) {
    const payload = { path: summary, text: summaryOf(verdict), append: true };
    actions.push({ action: "write_file", payload });
  }
  return actions;
}

/** A failed test, at the line of the solution that it points to. */
function annotationOf(kata: KataResult, test: TestResult, prefix: string): Annotation {
  const frame = test.failure?.frame;
  // The tests of a bundled kata lie in no repository: the solution does.
  const own = frame?.solution === true || kata.file === "" ? frame : undefined;
  const file = own?.file ?? kata.file;
  const text = test.failure === undefined ? test.output : failureText(test.failure);
  return {
    level: "error",
    file: visibleLine(file === "" || file.startsWith("/") ? file : prefix + file),
    line: own?.line ?? (file === "" ? 0 : 1),
    title: title(`${label(kata)} › ${test.test_name}${isError(test) ? " (error)" : ""}`),
    message: message(text),
  };
}

/** What is not a test's: plugins that were switched off, what extensions have to say. */
function asidesOf(event: KataEvent): Annotation[] {
  if (event.event === "PluginFailed") {
    return [note("warning", `${event.plugin} was switched off`, event.message)];
  }
  if (event.event !== "ExtensionFinished") return [];
  const level = ASIDE_LEVELS[event.outcome];
  if (level === undefined) return [];
  if (event.anchors !== undefined) {
    return event.anchors.map(({ file, line, message: text }) => ({
      ...note(level, event.id, text),
      file: visibleLine(file),
      line,
    }));
  }
  // What failed the run is said once, as the run's own error.
  return level === "error" ? [] : [note(level, event.id, event.message)];
}

function note(level: Annotation["level"], heading: string, text: string): Annotation {
  return { level, file: "", line: 0, title: title(heading), message: message(text) };
}

function limited(annotations: readonly Annotation[]): Annotation[] {
  const more = annotations.length - (MOST - 1);
  const [first] = annotations;
  if (more <= 1 || first === undefined) return [...annotations];
  const text = `${more} more are in the report: a step shows ${MOST} of a kind`;
  return [...annotations.slice(0, MOST - 1), note(first.level, `${more} more`, text)];
}

function title(text: string): string {
  return cutText(visibleLine(text), TITLE_CAP);
}

/** Never empty: GitHub drops an annotation without a message. */
function message(text: string): string {
  const shown = visible(text).trimEnd() || "(no message)";
  if (shown.length <= MESSAGE_CAP) return shown;
  const kept = cutText(shown, MESSAGE_CAP);
  return `${kept}\n${cutNote(shown.length - kept.length)}`;
}
