/**
 * The report for people. A kata that passed is one line; one that failed, or
 * the only one of a run, shows its tests. On a terminal a live line says what
 * is running.
 */
import {
  keyOf,
  label,
  padEnd,
  stringWidth,
  Tally,
  truncate,
  write,
  type Action,
  type CreateReporter,
  type KataEvent,
  type KataKey,
  type KataResult,
  type ReporterContext,
  type ReporterSpec,
  type TestResult,
  type Verdict,
} from "kata/plugin";
import { palette, type Palette } from "../shared/colors.ts";
import { EVERY_EVENT } from "../shared/every-event.ts";
import {
  countsText,
  countTests,
  duration,
  plural,
  skipReason,
  unfilledNote,
  type Counts,
  sandboxWords,
} from "../shared/words.ts";
import { failureLines, joinSections, outputLines } from "./failure.ts";
import { oneLine, wrap } from "./layout.ts";
import { LiveStatus } from "./live.ts";

/** A test that took less is not worth a number. */
const SLOW_MS = 10;
const MIN_COLUMNS = 40;
const INDENT = "  ";
/** Columns that a name has at the least; what follows it is cut first. */
const NAME_MIN = 12;
/** Columns of the longest paragraph. */
/** Lines of an extension's answer. */
const NOTE_LINES = 60;
const PARAGRAPH = 2000;
/** Katas whose empty regions the summary names. */
const UNFILLED_SHOWN = 3;

export const spec: ReporterSpec = {
  name: "pretty",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "The report for people, with a live line on a terminal",
};

export const createReporter: CreateReporter = (context) => {
  const report = new PrettyReport(context);
  return { handle: (event) => report.handle(event) };
};

class PrettyReport {
  readonly #tally = new Tally();
  readonly #printed = new Set<string>();
  readonly #live: LiveStatus | undefined;
  readonly #paint: Palette;
  readonly #columns: number;
  /** Columns of a line with a name: as many as it takes where no terminal has an edge. */
  readonly #edge: number;
  #planned = 0;
  /** Whether the last thing printed needs an empty line after it. */
  #block = false;
  /** Whether anything was printed. */
  #some = false;
  readonly #gates = new Set<string>();
  #green = true;

  constructor({ color, columns, terminal }: ReporterContext) {
    this.#columns = Math.max(MIN_COLUMNS, columns);
    this.#edge = terminal ? this.#columns : Infinity;
    this.#paint = palette(color);
    // Where it is not drawn it costs more than the report itself.
    this.#live = terminal && color ? new LiveStatus(this.#paint) : undefined;
  }

  handle(event: KataEvent): Action[] {
    this.#tally.push(event);
    const text = this.#text(event);
    const actions: Action[] = text === "" ? [] : [write(text)];
    const status = this.#live?.update(event);
    if (status !== undefined) actions.push({ action: "status", payload: { text: status } });
    return actions;
  }

  #text(event: KataEvent): string {
    switch (event.event) {
      case "RunStarted":
        this.#planned = event.plan.length;
        return "";
      case "KataFinished":
        return this.#printed.has(keyOf(event)) ? "" : this.#kata(event);
      case "ExtensionFinished":
        return this.#extension(event);
      case "PluginFailed":
        return this.#note(
          "!",
          this.#paint.yellow,
          `${event.plugin} was switched off: ${event.message}`,
        );
      case "RunFinished":
        return this.#end();
      default:
        return "";
    }
  }

  #kata(key: KataKey): string {
    this.#printed.add(keyOf(key));
    const kata = this.#tally.kata(key);
    if (kata.status === "failed") this.#green = false;
    const open = kata.status === "failed" || this.#planned === 1;
    const before = this.#some && (this.#block || open) ? "\n" : "";
    this.#block = open;
    this.#some = true;
    return before + lines(open ? this.#openKata(kata) : this.#title(kata));
  }

  /** `✓ softmax  6 passed  12 ms`, and what a kata was skipped for below when it is long. */
  #title(kata: KataResult): string[] {
    const { mark, color } = markOf(kata.status, this.#paint);
    const [first] = kata.tests;
    const time = kata.duration_ms >= 0.5 ? [this.#paint.dim(duration(kata.duration_ms))] : [];
    const head = `${color(mark)} `;
    const name = (after: string): string => this.#name(label(kata), after, INDENT);
    if (kata.status === "skipped" && first !== undefined) {
      const why = `skipped: ${skipReason(first)}`;
      return this.#reasoned(head, name, this.#paint.bold, why, this.#paint.yellow, time);
    }
    const after = ["", countsText(countTests(kata.tests), this.#paint), ...time].join("  ");
    return [truncate(head + this.#paint.bold(name(after)) + after, this.#edge)];
  }

  /** A name and a reason, which goes below the name when one line is too short for both. */
  #reasoned(
    head: string,
    name: (after: string) => string,
    paintName: Palette["red"],
    why: string,
    paintWhy: Palette["red"],
    facts: readonly string[],
  ): string[] {
    const reason = oneLine(why, this.#edge === Infinity ? Infinity : PARAGRAPH);
    const rest = facts.map((fact) => `  ${fact}`).join("");
    const whole = `${head}${paintName(name(""))}  ${paintWhy(reason)}${rest}`;
    if (stringWidth(head + name("")) + 2 + stringWidth(reason + rest) <= this.#edge) return [whole];
    const below = " ".repeat(stringWidth(head) + INDENT.length);
    return [
      truncate(head + paintName(name(rest)) + rest, this.#edge),
      ...wrap(reason, this.#columns - below.length).map((line) => below + paintWhy(line)),
    ];
  }

  /** A name as wide as what stands before and after it leaves it. */
  #name(name: string, after: string, before: string): string {
    return oneLine(name, Math.max(NAME_MIN, this.#edge - before.length - stringWidth(after)));
  }

  #openKata(kata: KataResult): string[] {
    const inner = this.#columns - INDENT.length;
    const text = this.#title(kata);
    const note = unfilledNote(kata);
    if (note !== undefined) {
      text.push(...this.#fit(note, inner).map((line) => INDENT + this.#paint.yellow(line)));
    }
    text.push(...this.#tests(kata.tests));
    if (kata.status === "failed") {
      const title = "printed outside of the tests";
      const output = outputLines(title, kata.output, kata.output_cut, this.#paint, inner);
      if (output.length > 0) text.push("", ...output.map((line) => INDENT + line));
    }
    return text;
  }

  /** The tests. A template fails everywhere alike: what is the same as above is not said again. */
  #tests(tests: readonly TestResult[]): string[] {
    const text: string[] = [];
    let shown = "";
    let open = false;
    for (const test of tests) {
      const detail = this.#detail(test);
      const again = detail.length > 0 && detail.join("\n") === shown;
      if (open) text.push("");
      text.push(...this.#testLines(test, again), ...(again ? [] : detail));
      open = detail.length > 0 && !again;
      if (open) shown = detail.join("\n");
    }
    return text;
  }

  /** `✗ rows sum to one  timeout  5.00 s`. */
  #testLines(test: TestResult, again: boolean): string[] {
    const { mark, color } = markOf(test.status, this.#paint);
    const facts = [];
    // `(load)` and its like say in their name what went wrong.
    const named = test.test_name.startsWith("(");
    if (test.status === "failed" && test.reason !== "assertion" && !named) {
      facts.push(test.reason ?? "error");
    }
    if (again) facts.push("as above");
    if (test.attempt > 1) facts.push(`attempt ${test.attempt}`);
    if (test.duration_ms >= SLOW_MS) facts.push(duration(test.duration_ms));
    const head = `${INDENT}${color(mark)} `;
    const name = (after: string): string =>
      this.#name(test.test_name, after, INDENT + INDENT) || "(no name)";
    const { dim } = this.#paint;
    if (test.status === "skipped") {
      return this.#reasoned(head, name, dim, skipReason(test), dim, facts.map(dim));
    }
    const after = facts.map((fact) => `  ${fact}`).join("");
    return [truncate(head + name(after) + dim(after), this.#edge)];
  }

  /** What is below the name of a failed test. */
  #detail(test: TestResult): string[] {
    if (test.status !== "failed") return [];
    const below = INDENT.repeat(3);
    const detail = failureLines(test, this.#paint, this.#columns - below.length);
    return ["", ...detail.map((line) => (below + line).trimEnd())];
  }

  #extension(event: KataEvent & { event: "ExtensionFinished" }): string {
    // What is not the same each time says so.
    const how =
      event.mode === undefined || event.mode === "deterministic" ? "" : ` (${event.mode})`;
    const places = (event.anchors ?? []).map(
      ({ file, line, message }) => `${file}:${line}: ${message}`,
    );
    const said = places.length === 0 ? event.message : places.join("\n");
    const text = `${event.id}${how}: ${said}`;
    switch (event.outcome) {
      case "failed":
        this.#green = false;
        this.#gates.add(`${event.id} failed: ${event.message}`);
        return this.#note("✗", this.#paint.red, text);
      case "warned":
        return this.#note("!", this.#paint.yellow, text);
      case "suggested":
        return this.#note("→", this.#paint.cyan, text);
      case "skipped":
        return this.#note("-", this.#paint.dim, `${event.id} was skipped: ${event.message}`);
      default:
        return "";
    }
  }

  #note(mark: string, color: Palette["red"], text: string): string {
    const before = this.#block ? "\n" : "";
    this.#block = false;
    this.#some = true;
    const paragraphs = text.split("\n").filter((line) => line.trim() !== "");
    const [first = "", ...rest] = paragraphs
      .slice(0, NOTE_LINES)
      .flatMap((line) => this.#fit(line, this.#columns - INDENT.length));
    return before + lines([`${color(mark)} ${first}`, ...rest.map((line) => INDENT + line)]);
  }

  #end(): string {
    const verdict = this.#tally.verdict();
    let text = "";
    for (const kata of verdict.katas) {
      if (!this.#printed.has(keyOf(kata))) text += this.#kata(kata);
    }
    return `${text}${this.#some ? "\n" : ""}${lines(this.#summary(verdict))}`;
  }

  #summary(verdict: Verdict): string[] {
    const paint = this.#paint;
    const { katas } = verdict;
    const rows: [string, string][] = [];
    if (katas.length > 1) {
      const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
      for (const kata of katas) counts[kata.status]++;
      rows.push(["Katas", countsText(counts, paint)]);
    }
    const { num_passed: passed, num_failed: failed, num_skipped: skipped } = verdict;
    rows.push(["Tests", countsText({ passed, failed, skipped }, paint)]);
    const facts = [duration(verdict.duration_ms)];
    const { shard } = verdict;
    if (shard !== undefined) facts.push(`shard ${shard.index}/${shard.total}`);
    if (verdict.seed !== null) facts.push(`seed ${verdict.seed}`);
    if (verdict.device !== "")
      facts.push(oneLine(verdict.device, Math.max(NAME_MIN, this.#edge - 40)));
    rows.push(["Time", facts.join(paint.dim(" · "))]);
    const text = rows.map(([title, value]) => `${paint.dim(padEnd(title, 6))}  ${value}`);
    text.push(...this.#walls(katas));
    if (katas.length > 1) text.push(...this.#failedList(katas));
    return joinSections([text, this.#conclusion(verdict), this.#next(verdict)]);
  }

  /** What the katas ran behind. */
  #walls(katas: readonly KataResult[]): string[] {
    const paint = this.#paint;
    const found = katas.flatMap(({ sandbox }) => (sandbox === undefined ? [] : [sandbox]));
    const words = new Map(found.map((each) => [sandboxWords(each), each.confined]));
    return [...words].flatMap(([text, confined]) =>
      this.#fit(text, this.#columns - 8).map((line, at) => {
        const title = paint.dim(padEnd(at === 0 ? "Walls" : "", 6));
        return `${title}  ${confined ? paint.dim(line) : paint.yellow(line)}`;
      }),
    );
  }

  /** Whether the run passed, unless the counts above say it all. */
  #conclusion(verdict: Verdict): string[] {
    const { passed, error, reference } = verdict;
    if (passed) return [this.#paint.green(reference ? "References passed" : "Passed")];
    if (error === undefined && !this.#green) return [];
    if (error !== undefined && this.#gates.has(error)) return [];
    return this.#fit(error ?? "The run did not pass", this.#columns).map(this.#paint.red);
  }

  /** What to do now: the regions that are left, or the next kata. */
  #next({ katas, next }: Verdict): string[] {
    const text = [];
    const left = katas.filter(
      (kata) => kata.status === "failed" && unfilledNote(kata) !== undefined,
    );
    for (const kata of left.slice(0, UNFILLED_SHOWN)) {
      const note = unfilledNote(kata) ?? "";
      const whole = katas.length > 1 ? `${label(kata)}: ${note}` : note;
      text.push(...this.#fit(whole, this.#columns).map(this.#paint.yellow));
    }
    const more = left.length - UNFILLED_SHOWN;
    if (more > 0)
      text.push(this.#paint.yellow(`${plural(more, "more kata")} with regions to fill`));
    if (next !== null) {
      text.push(`next: ${this.#paint.bold(oneLine(`kata start ${next.kata_id}`, this.#edge - 6))}`);
    }
    return text;
  }

  /** The names once more: what failed may have scrolled away. */
  #failedList(katas: readonly KataResult[]): string[] {
    const failed = katas.filter((kata) => kata.status === "failed");
    if (failed.length === 0) return [];
    const names = this.#fit(failed.map(label).join(", "), this.#columns - 8);
    return names.map((line, at) => {
      return `${this.#paint.dim(padEnd(at === 0 ? "Failed" : "", 6))}  ${this.#paint.red(line)}`;
    });
  }

  /** Foreign text as one paragraph that fits. */
  #fit(text: string, columns: number): string[] {
    return wrap(oneLine(text, PARAGRAPH), columns);
  }
}

function markOf(
  status: KataResult["status"],
  paint: Palette,
): { mark: string; color: Palette["red"] } {
  if (status === "passed") return { mark: "✓", color: paint.green };
  return status === "failed" ? { mark: "✗", color: paint.red } : { mark: "○", color: paint.yellow };
}

function lines(text: string[]): string {
  return text.map((line) => `${line}\n`).join("");
}
