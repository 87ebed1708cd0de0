/**
 * Whether a template is its reference with regions taken out: apart from
 * imports, comments, white space and what its regions hold, the two are the
 * same, line for line.
 */
import type { Lang } from "../events/event.ts";
import { scanComments } from "./comments.ts";
import { readTemplate } from "./regions.ts";

/** The first line of the template that the reference does not have. */
export interface Difference {
  /** 1-based, in the template. */
  line: number;
  template: string;
  /** The reference's line in that place; undefined past its end. */
  reference: string | undefined;
}

/** The module's name, and what may stand behind it. */
const TS_IMPORT_ENDS = /["'`]\s*(?:with\s*\{.*\}\s*)?;?\s*$/;

interface Line {
  /** 1-based. */
  number: number;
  /** The code alone; white space between words is one space. */
  text: string;
}

/** Where template and reference part, or undefined where they do not. Never throws. */
export function firstDifference(
  template: string,
  reference: string,
  lang: Lang,
): Difference | undefined {
  const wanted = codeLines(reference, lang);
  let from = 0;
  const blocks = fixedBlocks(template, lang);
  for (const [index, block] of blocks.entries()) {
    let start = index === 0 ? 0 : findBlock(block, wanted, from);
    // The last one has to reach the reference's end.
    const atEnd = wanted.length - block.length;
    const isLast = index > 0 && index === blocks.length - 1;
    if (isLast && atEnd >= from && matches(block, wanted, atEnd)) start = atEnd;
    const off = block.findIndex((line, i) => wanted[start + i]?.text !== line.text);
    const parted = block[off];
    if (parted !== undefined) {
      const there = wanted[start + off]?.text;
      return { line: parted.number, template: parted.text, reference: there };
    }
    from = start + block.length;
  }
  const more = wanted[from];
  const end = blocks.at(-1) ?? [];
  // A region that reaches the end of the code may hold whatever is left.
  if (more === undefined || (blocks.length > 1 && end.length === 0)) return undefined;
  return { line: end.at(-1)?.number ?? 1, template: "", reference: more.text };
}

function matches(block: readonly Line[], wanted: readonly Line[], start: number): boolean {
  return block.every((line, i) => wanted[start + i]?.text === line.text);
}

/** Where a block stands in the reference, or where the most of its first lines do. */
function findBlock(block: readonly Line[], wanted: readonly Line[], from: number): number {
  let best = from;
  let most = -1;
  for (let start = from; start <= wanted.length - 1; start++) {
    const same = block.findIndex((line, i) => wanted[start + i]?.text !== line.text);
    if (same === -1) return start;
    if (same > most) [best, most] = [start, same];
  }
  return best;
}

/** The template's lines between its regions; one block more than there are regions. */
function fixedBlocks(template: string, lang: Lang): Line[][] {
  const { regions } = readTemplate(template, lang);
  const blocks: Line[][] = [[]];
  let next = 0;
  for (const line of codeLines(template, lang)) {
    while ((regions[next]?.end_line ?? Infinity) < line.number) {
      next++;
      blocks.push([]);
    }
    if ((regions[next]?.start_line ?? Infinity) <= line.number) continue;
    blocks.at(-1)?.push(line);
  }
  for (; next < regions.length; next++) blocks.push([]);
  return blocks;
}

/** The lines that hold code, without comments and imports. */
function codeLines(source: string, lang: Lang): Line[] {
  const { code } = scanComments(source, lang);
  const isImport = lang === "ts" ? /^\s*import\b(?!\s*[(.])/ : /^\s*(?:import|from)\b/;
  const lines: Line[] = [];
  /** Undefined outside of an import, else how many brackets of it are open. */
  let open: number | undefined;
  for (const [index, raw] of code.split("\n").entries()) {
    if (open === undefined && isImport.test(raw)) open = 0;
    if (open !== undefined) {
      open += raw.split("(").length - raw.split(")").length;
      if (lang === "ts" ? TS_IMPORT_ENDS.test(raw) : open <= 0 && !/\\\s*$/.test(raw)) {
        open = undefined;
      }
      continue;
    }
    const text = raw.trim().replaceAll(/\s+/g, " ");
    if (text !== "") lines.push({ number: index + 1, text });
  }
  return lines;
}
