/**
 * Where the comments of a source file are, and where its strings.
 *
 * Markers count in comments alone, and a learner's file may be broken, so a
 * parser would not do: these scanners know just enough of each language to tell
 * comments, strings and code apart, never throw, and recover at a line's end.
 */
import type { Lang } from "../events/event.ts";
import { scanPython } from "./comments-python.ts";
import { scanTypeScript } from "./comments-typescript.ts";

/** A half-open range of offsets. */
export interface Span {
  start: number;
  end: number;
}

/** What a scanner found, in the order of the text. */
export interface Found {
  /** With their delimiters. */
  comments: Span[];
  /** Strings, templates with all that is in them, and regular expressions. */
  literals: Span[];
}

/** A source file, taken apart. The texts have the source's length. */
export interface Scan extends Found {
  /** The source with spaces in the place of comments; line ends stay. */
  code: string;
  /** Brackets and words alone: literals are quotes throughout, even at their line ends. */
  bones: string;
}

/** Takes a source file apart. Never throws, whatever the text. */
export function scanComments(source: string, lang: Lang): Scan {
  const found = lang === "ts" ? scanTypeScript(source) : scanPython(source);
  const code = mask(source, found.comments, (text) => text.replace(/[^\n]/g, " "));
  const bones = mask(code, found.literals, (text) => '"'.repeat(text.length));
  return { ...found, code, bones };
}

function mask(text: string, spans: readonly Span[], cover: (part: string) => string): string {
  let masked = "";
  let from = 0;
  for (const { start, end } of spans) {
    masked += text.slice(from, start) + cover(text.slice(start, end));
    from = end;
  }
  return masked + text.slice(from);
}
