/** Exceptions and their tracebacks as CPython prints them, line by line. */
import { spend } from "../budget.ts";
import { isException, type PyException, PyExceptionGroup, fieldOf } from "../objects/exception.ts";
import { None, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { PyTuple } from "../objects/tuple.ts";
import { PyTraceback } from "../objects/traceback.ts";
import { ownAttribute, type PyType } from "../objects/type.ts";
import { parseModule } from "../syntax/parse.ts";
import type { Place } from "../syntax/tree.ts";
import { lineOf } from "../text-lines.ts";
import { toJs } from "../text/wide.ts";
import { repr, str, textOf } from "./repr.ts";
import { hintFor } from "./suggestions.ts";
import { tracebackOf } from "./traceback.ts";

/** An entry of a traceback, as it is shown. */
export interface Entry {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** The line of the source as it is written, where it is known. */
  readonly text: string | undefined;
  readonly place: Place | undefined;
}

/** How much is shown. */
export interface Extent {
  /** Entries at most: of the outermost, or of the innermost where it is negative. */
  readonly limit?: number | undefined;
  /** The traceback of the exception itself, where it is to be another than its own. */
  readonly traceback?: Value;
  /** Causes and contexts too. */
  readonly chain?: boolean;
}

/** Entries that are shown of a call that repeats. */
const REPEATED = 3;

/** How deep and how wide groups are shown. */
const DEEPEST = 10;
const WIDEST = 15;

const CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n";

/** The entries of a traceback, from the outermost. */
export function entriesOf(traceback: Value | undefined, limit?: number): Entry[] {
  const entries: Entry[] = [];
  for (
    let at = traceback instanceof PyTraceback ? traceback : undefined;
    at !== undefined;
    at = at.next
  ) {
    const { code, source } = at.frame;
    entries.push({
      file: code.filename,
      line: at.line,
      name: code.name,
      text: source === undefined ? undefined : lineOf(source, at.line)?.replace(/\n$/, ""),
      place: at.place,
    });
  }
  if (limit === undefined) return entries;
  return limit >= 0 ? entries.slice(0, limit) : entries.slice(limit);
}

/** Each entry as text, the same call again and again in a few words. */
export function formatEntries(entries: readonly Entry[]): string[] {
  spend(entries.length);
  const lines: string[] = [];
  let last: Entry | undefined;
  let count = 0;
  const told = (): void => {
    if (count <= REPEATED) return;
    const more = count - REPEATED;
    lines.push(`  [Previous line repeated ${more} more time${more > 1 ? "s" : ""}]\n`);
  };
  for (const entry of entries) {
    const again =
      last !== undefined &&
      last.file === entry.file &&
      last.line === entry.line &&
      last.name === entry.name;
    if (!again) {
      told();
      last = entry;
      count = 0;
    }
    if (++count <= REPEATED) lines.push(formatEntry(entry));
  }
  told();
  return lines;
}

function formatEntry(entry: Entry): string {
  const { file, line, name, text } = entry;
  const head = `  File "${file}", line ${line}, in ${name}\n`;
  const stripped = text?.trim() ?? "";
  return stripped === "" ? head : `${head}    ${stripped}\n${markers(entry, text!, stripped)}`;
}

/** The line of `^` under what failed, unless that is all of the line. */
function markers({ place, line }: Entry, text: string, stripped: string): string {
  if (place === undefined || place.lineno !== line) return "";
  const indent = text.length - text.trimStart().length;
  const start = characters(text, place.col_offset);
  const sameLine = place.end_lineno === place.lineno;
  const end = sameLine
    ? characters(text, place.end_col_offset)
    : indent + characters(stripped, Infinity);
  const anchors = sameLine ? anchorsOf(text.slice(start, end)) : undefined;
  if (end - start >= characters(stripped, Infinity) && anchors === undefined) return "";
  const marks =
    anchors === undefined
      ? "^".repeat(Math.max(0, end - start))
      : "~".repeat(anchors[0]) +
        "^".repeat(anchors[1] - anchors[0]) +
        "~".repeat(Math.max(0, end - start - anchors[1]));
  return `    ${" ".repeat(Math.max(0, start - indent))}${marks}\n`;
}

/** Where in the text of an operation its operator is, or the brackets of a subscript. */
function anchorsOf(segment: string): [start: number, end: number] | undefined {
  let tree;
  try {
    tree = parseModule(segment);
  } catch {
    return undefined;
  }
  const [only] = tree.body;
  if (tree.body.length !== 1 || only?.type !== "Expr") return undefined;
  const { value } = only;
  if (value.type === "BinOp") {
    const from = characters(segment, value.left.end_col_offset);
    const operator = segment.slice(from, characters(segment, value.right.col_offset));
    const space = operator.length - operator.trimStart().length;
    const isLong = space + 1 < operator.length && !/\s/.test(operator[space + 1]!);
    return [from + space, from + space + (isLong ? 2 : 1)];
  }
  if (value.type !== "Subscript") return undefined;
  return [
    characters(segment, value.value.end_col_offset),
    characters(segment, value.slice.end_col_offset + 1),
  ];
}

/** Characters in the first bytes of a line. */
function characters(text: string, bytes: number): number {
  let count = 0;
  let left = bytes;
  for (const char of text) {
    if (left <= 0) break;
    const point = char.codePointAt(0)!;
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    count += 1;
  }
  return count;
}

/** What `str` says, and what is said where that fails. */
function safely(
  value: Value,
  what: string,
  show: (value: Value) => ReturnType<typeof str> = str,
): string {
  try {
    return toJs(show(value));
  } catch (error) {
    if (!isException(error, "Exception")) throw error;
    return `<${what} ${show === str ? "str" : "repr"}() failed>`;
  }
}

/** What an exception says, whatever its `__str__` does. */
export function messageOf(exception: PyException): string {
  return safely(exception, "exception");
}

/** The name of an exception's class, as it is printed. */
function titleOf(type: PyType): string {
  const given = type.dict.get("__module__") ?? type.module;
  if (given === "__main__" || given === "builtins") return type.qualname;
  return `${typeof given === "string" ? given : "<unknown>"}.${type.qualname}`;
}

/** What kind of exception it was, and what it says. */
export function formatOnly(exception: PyException): string[] {
  const title = titleOf(exception.type);
  const lines = isException(exception, "SyntaxError")
    ? formatSyntaxError(exception, title)
    : [withMessage(title, messageOf(exception) + hintFor(exception))];
  return [...lines, ...notesOf(exception)];
}

function withMessage(title: string, message: string): string {
  return message === "" ? `${title}\n` : `${title}: ${message}\n`;
}

function notesOf(exception: PyException): string[] {
  const notes = ownAttribute(exception, "__notes__");
  if (notes === undefined || notes === None) return [];
  if (!(notes instanceof PyList || notes instanceof PyTuple)) {
    return [`${safely(notes, "__notes__", repr)}\n`];
  }
  return notes.items.flatMap((note) =>
    safely(note, "note")
      .split("\n")
      .map((line) => `${line}\n`),
  );
}

function formatSyntaxError(exception: PyException, title: string): string[] {
  const field = (name: string): Value | undefined => {
    const value = fieldOf(exception, name);
    return value === None ? undefined : value;
  };
  const lines: string[] = [];
  const file = field("filename");
  const line = field("lineno");
  if (line !== undefined) {
    lines.push(
      `  File "${file === undefined ? "<string>" : safely(file, "file")}", line ${safely(line, "line")}\n`,
    );
  }
  const text = textOf(field("text") ?? None);
  if (text !== undefined) {
    const whole = toJs(text).replace(/\n+$/, "");
    const shown = whole.replace(/^[ \n\f]+/, "");
    lines.push(`    ${shown}\n`);
    const offset = field("offset");
    const to = field("end_offset");
    if (typeof offset === "number") {
      let end = typeof to === "number" && to !== 0 ? to : offset;
      if (end === offset || end === -1) end = offset + 1;
      const spaces = whole.length - shown.length;
      const from = offset - 1 - spaces;
      if (from >= 0) {
        const before = shown.slice(0, from).replace(/\S/g, " ");
        const most = Math.max(1, whole.length + 1 - offset);
        lines.push(`    ${before}${"^".repeat(Math.min(Math.max(1, end - offset), most))}\n`);
      }
    }
  }
  const message = safely(
    field("msg") ?? exception.args.items[0] ?? "<no detail available>",
    "message",
  );
  const suffix = line === undefined && file !== undefined ? ` (${safely(file, "file")})` : "";
  return [...lines, `${title}: ${message}${suffix}\n`];
}

/** An exception with its traceback, and those that it came of. */
export function formatException(exception: PyException, extent: Extent = {}): string[] {
  return new Printer(exception, extent).format(exception);
}

class Printer {
  private readonly extent: Extent;
  private readonly seen = new Set<PyException>();
  private readonly first: PyException;
  private depth = 0;
  private open = false;

  constructor(first: PyException, extent: Extent) {
    this.first = first;
    this.extent = extent;
  }

  format(exception: PyException): string[] {
    const links: { exception: PyException; message: string | undefined }[] = [];
    for (let at: PyException | undefined = exception; at !== undefined;) {
      this.seen.add(at);
      const [next, message] = this.before(at);
      links.push({ exception: at, message });
      at = next;
    }
    return links
      .reverse()
      .flatMap((link) => [
        ...(link.message === undefined ? [] : this.emit([link.message])),
        ...this.one(link.exception),
      ]);
  }

  /** The exception that one came of, and how that is said. */
  private before(exception: PyException): [PyException | undefined, string | undefined] {
    const nothing: [undefined, undefined] = [undefined, undefined];
    if (this.extent.chain === false) return nothing;
    const { cause, context } = exception;
    if (cause !== undefined && cause !== None) {
      const before = cause as PyException;
      return this.seen.has(before) ? nothing : [before, CAUSE];
    }
    if (context === undefined || exception.suppress || this.seen.has(context)) return nothing;
    return [context, CONTEXT];
  }

  private one(exception: PyException): string[] {
    const given = exception === this.first ? this.extent.traceback : undefined;
    const entries = entriesOf(given ?? tracebackOf(exception), this.extent.limit);
    if (!(exception instanceof PyExceptionGroup)) {
      const head = entries.length > 0 ? ["Traceback (most recent call last):\n"] : [];
      return this.emit([...head, ...formatEntries(entries), ...formatOnly(exception)]);
    }
    if (this.depth > DEEPEST) return this.emit([`... (max_group_depth is ${DEEPEST})\n`]);
    return this.group(exception, entries);
  }

  private group(group: PyExceptionGroup, entries: readonly Entry[]): string[] {
    const isTop = this.depth === 0;
    if (isTop) this.depth++;
    const lines: string[] = [];
    if (entries.length > 0) {
      lines.push(
        ...this.emit(
          ["Exception Group Traceback (most recent call last):\n"],
          isTop ? "+" : undefined,
        ),
        ...this.emit(formatEntries(entries)),
      );
    }
    lines.push(...this.emit(formatOnly(group)));
    const { items } = group.exceptions;
    const shown = Math.min(items.length, WIDEST + 1);
    this.open = false;
    for (let i = 0; i < shown; i++) {
      const isLast = i === shown - 1;
      // A group within may put the last line itself.
      if (isLast) this.open = true;
      const isCut = i >= WIDEST;
      const title = isCut ? "..." : String(i + 1);
      lines.push(
        `${this.indent()}${i === 0 ? "+-" : "  "}+---------------- ${title} ----------------\n`,
      );
      this.depth++;
      if (isCut) {
        const more = items.length - WIDEST;
        lines.push(...this.emit([`and ${more} more exception${more > 1 ? "s" : ""}\n`]));
      } else lines.push(...this.format(items[i] as PyException));
      if (isLast && this.open) {
        lines.push(`${this.indent()}+------------------------------------\n`);
        this.open = false;
      }
      this.depth--;
    }
    if (isTop) this.depth = 0;
    return lines;
  }

  private indent(): string {
    return " ".repeat(2 * this.depth);
  }

  /** Texts with the margin of the group that they are in. */
  private emit(texts: readonly string[], margin = "|"): string[] {
    spend(texts.length);
    if (this.depth === 0) return [...texts];
    const before = `${this.indent()}${margin} `;
    return texts.map((text) =>
      text
        .split(/(?<=\n)/)
        .map((line) => (line === "\n" ? `${before}\n` : before + line))
        .join(""),
    );
  }
}
