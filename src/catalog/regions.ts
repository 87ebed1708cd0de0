import type { Lang } from "../events/event.ts";
import { scanComments } from "./comments.ts";
import type { Scan, Span } from "./comments.ts";
import type { Problem } from "./problem.ts";
import { statements } from "./statements.ts";
import { position, startsOfLines } from "./toml-positions.ts";

/** A part of a template that is to be filled in. Lines are 1-based, markers included. */
export interface Region {
  /** `blank`: between `BLANK_START` and `BLANK_END`. `todo`: what follows a `TODO`. */
  kind: "blank" | "todo";
  start_line: number;
  end_line: number;
  /** The source without the markers' own lines. */
  content: string;
}

/** A comment's line that holds a `TODO`. */
export interface Todo {
  /** 1-based. */
  line: number;
  /** From `TODO` to the end of the comment's line. */
  text: string;
}

export interface Template {
  regions: Region[];
  todos: Todo[];
  problems: Problem[];
}

/** What is left to do in a file. */
export interface FillReport {
  /** How many lines still hold a `TODO`. */
  todos: number;
  /** False when a region of the template is as good as empty. */
  filled: boolean;
  regions: (Region & { filled: boolean })[];
}

/** A region with what it takes to find its counterpart in another file. */
interface Hole extends Region {
  /** Offsets of the content. */
  span: Span;
  /** The marker's own text. */
  label: string;
}

interface Reading {
  scan: Scan;
  holes: Hole[];
  todos: Todo[];
  problems: Problem[];
}

interface Marker extends Span {
  kind: "BLANK_START" | "BLANK_END" | "TODO";
  label: string;
  /** Of the comment that it is in. */
  comment: Span;
}

const COMMENT_LINE = /[^\n\r\u2028\u2029]+/g;
/** A marker opens its comment's line; in the middle of one it is talked about. */
const BLANK = /^[^\p{L}\p{N}_]*(BLANK_START|BLANK_END)(?![\p{L}\p{N}_])/u;
const TODO = /(?<![\p{L}\p{N}_])TODO(?![\p{L}\p{N}_])/u;
/** A file with more was not written to be filled in; the rest are counted alone. */
const MAX_TODO_REGIONS = 100;

/** What no line of code is. */
const END = "\0";

const MESSAGE = String.raw`(["'\`])\s*(?:not[ _-]?implemented|todo)(?:(?!\1)[^\\]|\\[^])*\1`;
const TS_THROW = new RegExp(
  String.raw`^throw (?:new )?\w*Error\(\s*${MESSAGE}\s*,?\s*\)\s*;?$`,
  "i",
);
const PY_RAISE =
  /^raise NotImplementedError(?:\((?:"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[^"')])*\))?;?$/;

/**
 * Reads the markers in a template's comments. A `BLANK_START` within a region,
 * one that is never closed and a stray `BLANK_END` are problems; so is nothing
 * else, and nothing is thrown, whatever the text.
 */
export function readTemplate(source: string, lang: Lang, file = ""): Template {
  const { holes, todos, problems } = read(source, lang, file);
  return { regions: holes.map(bare), todos, problems };
}

/**
 * What is left to do in `solution`, which began as `template`; without a
 * template, regions are judged by their content alone.
 */
export function report(solution: string, template: string | null, lang: Lang): FillReport {
  const own = read(solution, lang, "");
  const from = template === null ? undefined : read(template, lang, "");
  const partners = pair(own.holes, from?.holes ?? []);
  const whole = essence(own.scan.code);
  const regions = own.holes.map((hole) => {
    const partner = partners.get(hole);
    const text = codeOf(own, hole);
    let filled = !isTrivial(text, lang);
    if (from !== undefined && partner !== undefined) {
      const original = codeOf(from, partner);
      // A learner may write above the TODO just as well, and leave nothing below.
      if (hole.kind === "todo" && text === "") {
        filled = !stands(partner, from, whole, "") && !stands(partner, from, whole, original);
      } else filled &&= original !== text;
    }
    return { ...bare(hole), filled };
  });
  let filled = regions.every((region) => region.filled);
  if (from !== undefined) {
    const met = new Set(partners.values());
    const gone = from.holes.filter((hole) => !met.has(hole));
    filled &&= !gone.some((hole) => stands(hole, from, whole, codeOf(from, hole)));
    if (own.holes.length === 0) filled &&= whole !== essence(from.scan.code);
  }
  return { todos: own.todos.length, filled, regions };
}

/** True when no region of the template is left as good as empty. See `report`. */
export function isFilled(solution: string, template: string | null, lang: Lang): boolean {
  return report(solution, template, lang).filled;
}

function read(source: string, lang: Lang, file: string): Reading {
  const scan = scanComments(source, lang);
  const lineStarts = startsOfLines(source);
  const holes: Hole[] = [];
  const todos: Todo[] = [];
  const problems: Problem[] = [];
  const todoHole = todoReader(scan, source, lang, lineStarts);
  const wrong = (marker: Marker, message: string, hint: string): void => {
    const place = position(lineStarts, marker.start);
    problems.push({ severity: "error", file, ...place, message, hint });
  };
  let open: Marker | undefined;
  for (const marker of markers(scan, source)) {
    const { line } = position(lineStarts, marker.start);
    if (marker.kind === "TODO") {
      todos.push({ line, text: marker.label });
      const hole = open === undefined ? todoHole(marker) : undefined;
      if (hole !== undefined) holes.push(hole);
    } else if (marker.kind === "BLANK_START") {
      if (open === undefined) open = marker;
      else {
        const first = position(lineStarts, open.start).line;
        const message = `Cannot begin a region inside the one that begins on line ${first}`;
        wrong(marker, message, "write BLANK_END before it, or remove it");
      }
    } else if (open === undefined) {
      wrong(marker, "BLANK_END without a BLANK_START", "write BLANK_START above it, or remove it");
    } else {
      const span = between(source, open.comment.end, marker.comment.start);
      const start = position(lineStarts, open.start).line;
      holes.push(hole("blank", start, line, span, open.label, source));
      open = undefined;
    }
  }
  if (open !== undefined) {
    wrong(open, "Region is never closed: BLANK_START without a BLANK_END", "write BLANK_END below");
  }
  return { scan, holes, todos, problems };
}

/** The markers in the order of the text. */
function markers(scan: Scan, source: string): Marker[] {
  const found: Marker[] = [];
  for (const comment of scan.comments) {
    const text = source.slice(comment.start, comment.end);
    for (const line of text.matchAll(COMMENT_LINE)) {
      const start = comment.start + line.index;
      const add = (kind: Marker["kind"], at: number): void => {
        const from = start + at;
        const label = line[0].slice(at).replace(/\*\/$/, "").trim();
        found.push({ kind, start: from, end: start + line[0].length, label, comment });
      };
      const blank = BLANK.exec(line[0]);
      if (blank?.[1] === "BLANK_START" || blank?.[1] === "BLANK_END") {
        add(blank[1], blank[0].length - blank[1].length);
      }
      const todo = TODO.exec(line[0]);
      if (todo !== null) add("TODO", todo.index);
    }
  }
  return found;
}

/** Finds what each `TODO` outside of a region marks; two above one statement mark it once. */
function todoReader(
  scan: Scan,
  source: string,
  lang: Lang,
  lineStarts: readonly number[],
): (marker: Marker) => Hole | undefined {
  const find = statements(scan, lang);
  let count = 0;
  /** The end of the last marker on a line of its own; -1 when there was code since. */
  let above = -1;
  return (marker) => {
    const { line } = position(lineStarts, marker.start);
    const offset = marker.comment.end;
    if (above !== -1 && scan.code.slice(above, offset).trim() === "") {
      above = offset;
      return undefined;
    }
    if (++count > MAX_TODO_REGIONS) return undefined;
    const first = position(lineStarts, marker.comment.start).line;
    const lineStart = lineStarts[first - 1] ?? 0;
    const before = scan.code.slice(lineStart, marker.comment.start).trimEnd();
    above = before === "" ? offset : -1;
    const span =
      before === ""
        ? find.following(offset, columnOf(source, lineStart, marker.comment.start))
        : find.inside(lineStart + before.length);
    if (span === undefined) {
      const whole = between(source, lineStart, lineStarts[line] ?? source.length);
      return hole("todo", first, line, whole, marker.label, source);
    }
    if (span.end <= span.start) {
      return hole("todo", line, line, { start: offset, end: offset }, marker.label, source);
    }
    const last = position(lineStarts, span.end - 1).line;
    return hole("todo", line, Math.max(line, last), span, marker.label, source);
  };
}

function columnOf(source: string, lineStart: number, offset: number): number {
  let column = 0;
  for (const char of source.slice(lineStart, offset)) {
    column = char === "\t" ? (Math.floor(column / 8) + 1) * 8 : column + 1;
  }
  return column;
}

/** The whole lines within a range, or what there is of them. */
function between(source: string, from: number, to: number): Span {
  let start = Math.min(from, to);
  let end = to;
  const first = source.slice(start, end).match(/^[ \t\r]*\n/)?.[0].length ?? 0;
  start += first;
  const last = source.slice(start, end).match(/(?:^|\r?\n)[ \t]*$/)?.[0].length ?? 0;
  end -= last;
  return { start, end };
}

function hole(
  kind: Region["kind"],
  start_line: number,
  end_line: number,
  span: Span,
  label: string,
  source: string,
): Hole {
  const lineStart = source.lastIndexOf("\n", span.start - 1) + 1;
  const indented = source.slice(lineStart, span.start).trim() === "" && span.end > span.start;
  const content = source.slice(indented ? lineStart : span.start, span.end);
  return { kind, start_line, end_line, content: content.replaceAll("\r\n", "\n"), span, label };
}

function bare({ kind, start_line, end_line, content }: Hole): Region {
  return { kind, start_line, end_line, content };
}

/** Which region of the template each of the solution's is: by place, or else by its marker's words. */
function pair(own: readonly Hole[], from: readonly Hole[]): Map<Hole, Hole> {
  const partners = new Map<Hole, Hole>();
  for (const kind of ["blank", "todo"] as const) {
    const mine = own.filter((each) => each.kind === kind);
    const theirs = from.filter((each) => each.kind === kind);
    if (mine.length === theirs.length) {
      for (const [i, each] of mine.entries()) partners.set(each, theirs[i] ?? each);
      continue;
    }
    for (const each of mine) {
      const i = theirs.findIndex(({ label }) => label === each.label);
      const [partner] = i === -1 ? [] : theirs.splice(i, 1);
      if (partner !== undefined) partners.set(each, partner);
    }
  }
  return partners;
}

/** True when a text stands in the solution between the lines that a region of the template is between. */
function stands(region: Hole, template: Reading, solution: string, text: string): boolean {
  const { code } = template.scan;
  const before = essence(code.slice(0, region.span.start)).trimEnd();
  const after = essence(code.slice(region.span.end)).trimStart();
  const last = before.slice(before.lastIndexOf("\n") + 1);
  const first = after.slice(0, `${after}\n`.indexOf("\n"));
  // The file's own ends count as neighbours too.
  const head = last === "" ? END : `\n${last}`;
  const tail = first === "" ? END : `${first}\n`;
  return `${END}${solution}${END}`.includes(`${head}\n${text === "" ? "" : `${text}\n`}${tail}`);
}

function codeOf(reading: Reading, { span }: Hole): string {
  return essence(reading.scan.code.slice(span.start, span.end)).trim();
}

/** Code without comments, indentation and blank lines; each line stands between line feeds. */
function essence(code: string): string {
  const lines = code.split("\n").map((line) => line.trim());
  return `\n${lines.map((line) => (line === "" ? "" : `${line}\n`)).join("")}`;
}

/** True when code, comments aside, only says that it is yet to be written. */
function isTrivial(text: string, lang: Lang): boolean {
  const lines = text.split("\n").filter((line) => !/^(?:|pass|\.\.\.|;)$/.test(line));
  if (lines.length === 0) return true;
  const joined = lines.join(" ");
  if (lang === "py") return PY_RAISE.test(joined);
  const inner = /^\{(.*)\}$/.exec(joined)?.[1] ?? joined;
  return inner.trim() === "" || TS_THROW.test(inner.trim());
}
