/**
 * How far a statement goes, on the bones of a source file: brackets and words
 * without comments and strings. Good enough to say which lines a marker means,
 * for code that may not even parse; nothing is ever run or refused by it.
 */
import type { Lang } from "../events/event.ts";
import type { Scan, Span } from "./comments.ts";

/** Words that carry on the statement before them, after its block. */
const TS_CLAUSE = /^(?:else|catch|finally)(?![\w$])/;
/** Words that do so on the same line. */
const TS_CONTINUES = /^(?:while|as|satisfies|instanceof|in|of|from|extends|implements)(?![\w$])/;
const TS_HEADER = /^(?:if|for|while|with|else|do)(?![\w$])/;
const PY_CONTINUES = /^(?:elif|else|except|finally)(?!\w)/;

/** Finds statements in one source file. Offsets must be asked for in rising order. */
export interface Statements {
  /** The statement or block that begins after an offset; empty where the block ends first. */
  following(offset: number, column: number): Span;
  /** What is inside of the block that is opened right before an offset, if one is. */
  inside(offset: number): Span | undefined;
}

export function statements(scan: Scan, lang: Lang): Statements {
  return lang === "ts" ? typeScript(scan.bones) : python(scan.bones);
}

function typeScript(bones: string): Statements {
  const ends = bracketEnds(bones);
  return {
    following(offset) {
      const start = skipSpace(bones, offset);
      return { start, end: typeScriptEnd(bones, ends, start) };
    },
    inside(offset) {
      if (bones.charAt(offset - 1) !== "{") return undefined;
      return trim(bones, offset, ends.get(offset - 1) ?? bones.length);
    },
  };
}

/** Where each opening bracket is closed; those that never are have no entry. */
function bracketEnds(bones: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < bones.length; i++) {
    const char = bones.charAt(i);
    if ("([{".includes(char)) open.push(i);
    else if (")]}".includes(char)) {
      const start = open.pop();
      if (start !== undefined) ends.set(start, i);
    }
  }
  return ends;
}

function typeScriptEnd(bones: string, ends: ReadonlyMap<number, number>, start: number): number {
  let header = TS_HEADER.test(wordAt(bones, start));
  for (let i = start; i < bones.length; i++) {
    const char = bones.charAt(i);
    if (")]}".includes(char)) return trim(bones, start, i).end;
    if ("([{".includes(char)) {
      const end = ends.get(i);
      if (end === undefined) break;
      const after = skipSpace(bones, end + 1);
      i = end;
      if (char === "{") {
        if (!continues(bones, end + 1, after)) return end + 1;
        header = TS_HEADER.test(wordAt(bones, after));
      } else if (char === "(" && header) {
        // The condition of a header: its statement may stand on the next line.
        header = TS_HEADER.test(wordAt(bones, after));
        i = after - 1;
      }
    } else if (char === ";") {
      const after = skipSpace(bones, i + 1);
      if (!/^else(?![\w$])/.test(wordAt(bones, after))) return i + 1;
      header = TS_HEADER.test(wordAt(bones, skipSpace(bones, after + 4)));
      i = after + 3;
    } else if (char === "\n") {
      const after = skipSpace(bones, i);
      if (!carriesOver(bones, start, i, after)) return trim(bones, start, i).end;
      i = after - 1;
    }
  }
  return trim(bones, start, bones.length).end;
}

/** True when what follows a closing brace still belongs to its statement. */
function continues(bones: string, end: number, after: number): boolean {
  const char = bones.charAt(after);
  if (char === "") return false;
  if (".,;)]?:=&|".includes(char)) return true;
  const text = wordAt(bones, after);
  if (TS_CLAUSE.test(text)) return true;
  if (bones.slice(end, after).includes("\n")) return false;
  return /^[[({"!+\-*/<>]/.test(text) || TS_CONTINUES.test(text);
}

/** True when a statement goes on past a line's end: no semicolon would be put there. */
function carriesOver(bones: string, start: number, lineEnd: number, after: number): boolean {
  const before = trim(bones, start, lineEnd).end;
  if (before <= start) return true;
  const last = bones.slice(Math.max(start, before - 2), before);
  if (/[=,(?:&|+\-*/%^~<.]$/.test(last) && last !== "++" && last !== "--") return true;
  if (
    last === "=>" ||
    /(?:^|[^\w$])(?:else|do)$/.test(bones.slice(Math.max(0, before - 5), before))
  )
    return true;
  const next = bones.charAt(after);
  return next !== "" && ".?:=&|*/%^,<>)]".includes(next);
}

/** One logical line of Python: from its first to past its last character of code. */
interface LogicalLine extends Span {
  /** The column of its first character, tabs to the next multiple of 8. */
  indent: number;
}

function python(bones: string): Statements {
  const lines = logicalLines(bones);
  let at = 0;
  const seek = (offset: number): void => {
    while (at < lines.length && (lines[at]?.end ?? 0) <= offset) at++;
  };
  return {
    following(offset, column) {
      seek(offset);
      const line = lines[at];
      if (line === undefined) return { start: offset, end: offset };
      if (line.start < offset) {
        // Inside of brackets: the next line of them.
        const start = skipSpace(bones, offset);
        const end = bones.indexOf("\n", start);
        return trim(bones, start, end === -1 ? bones.length : Math.min(end, line.end));
      }
      if (line.indent < column) return { start: offset, end: offset };
      return { start: line.start, end: pythonEnd(bones, lines, at) };
    },
    inside(offset) {
      seek(offset - 1);
      const opener = lines[at];
      // A colon within brackets opens nothing.
      if (bones.charAt(offset - 1) !== ":" || opener?.end !== offset) return undefined;
      const first = lines[at + 1];
      if (first === undefined || first.indent <= opener.indent) {
        return { start: offset, end: offset };
      }
      return { start: first.start, end: lines[suite(lines, at)]?.end ?? first.end };
    },
  };
}

/** Past the last character of the statement that begins with a logical line. */
function pythonEnd(bones: string, lines: readonly LogicalLine[], first: number): number {
  const text = (i: number): string => bones.slice(lines[i]?.start, lines[i]?.end);
  const indent = lines[first]?.indent ?? 0;
  let last = first;
  while (text(last).startsWith("@") && lines[last + 1]?.indent === indent) last++;
  last = text(last).endsWith(":") ? suite(lines, last) : last;
  while (lines[last + 1]?.indent === indent && PY_CONTINUES.test(text(last + 1))) {
    last = suite(lines, last + 1);
  }
  return lines[last]?.end ?? bones.length;
}

/** The last logical line that is indented under another; that one itself if none is. */
function suite(lines: readonly LogicalLine[], header: number): number {
  const indent = lines[header]?.indent ?? 0;
  let last = header;
  while ((lines[last + 1]?.indent ?? -1) > indent) last++;
  return last;
}

function logicalLines(bones: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let depth = 0;
  let start = -1;
  let end = 0;
  let column = 0;
  let indent = 0;
  for (let i = 0; i < bones.length; i++) {
    const char = bones.charAt(i);
    if (char === "\n") {
      if (start !== -1 && depth === 0 && bones.charAt(end - 1) !== "\\") {
        lines.push({ start, end, indent });
        start = -1;
      }
      column = 0;
      continue;
    }
    if (/\s/.test(char)) {
      column = char === "\t" ? (Math.floor(column / 8) + 1) * 8 : column + 1;
      continue;
    }
    if (start === -1) {
      start = i;
      indent = column;
      depth = 0;
    }
    column++;
    end = i + 1;
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth = Math.max(0, depth - 1);
  }
  if (start !== -1) lines.push({ start, end, indent });
  return lines;
}

/** Enough of what begins here to tell a keyword. */
function wordAt(text: string, offset: number): string {
  return text.slice(offset, offset + 12);
}

function skipSpace(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && text.charAt(i).trim() === "") i++;
  return i;
}

/** A span without white space at its ends; never turned around. */
function trim(text: string, start: number, end: number): Span {
  let to = end;
  while (to > start && text.charAt(to - 1).trim() === "") to--;
  return { start: Math.min(skipSpace(text, start), to), end: to };
}
