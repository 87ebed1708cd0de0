/**
 * Mutants: a reference with one small mistake each. Tests that pass on one have
 * not noticed the mistake, unless it is none.
 */
import type { Lang } from "../../events/event.ts";
import { position, startsOfLines } from "../toml-positions.ts";
import { parsePython } from "../rules-python.ts";
import { mutatePython } from "./python.ts";
import { mutateTypeScript } from "./typescript.ts";

/** A change of a source: the text from `start` to `end` becomes `text`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A reference with one change. */
export interface Mutant {
  /** 1-based, of the change. */
  line: number;
  /** 1-based. */
  column: number;
  /** The lines that the change touches, without indentation; `to` is empty when they are gone. */
  from: string;
  to: string;
  /** The whole file with the change in it. */
  source: string;
}

/**
 * The mutants of a reference, in the order of the text, without those whose
 * code is the same as the reference's or another mutant's. None of a source
 * that cannot be parsed.
 */
export function mutantsOf(source: string, lang: Lang): Mutant[] {
  const { mutate, meaning } = LANGUAGES[lang]();
  const known = new Set([meaning(source)]);
  const lineStarts = startsOfLines(source);
  const mutants: Mutant[] = [];
  for (const edit of mutate(source).sort((a, b) => a.start - b.start || a.end - b.end)) {
    const changed = source.slice(0, edit.start) + edit.text + source.slice(edit.end);
    const code = meaning(changed);
    // What does not even parse is no mistake that tests have to find.
    if (code === undefined || known.has(code)) continue;
    known.add(code);
    const place = position(lineStarts, edit.start);
    mutants.push({ ...place, ...touched(source, edit), source: changed });
  }
  return mutants;
}

/** What makes edits in each language, and what tells sources apart: undefined of what cannot be parsed. */
interface Language {
  mutate: (source: string) => Edit[];
  meaning: (source: string) => string | undefined;
}

const LANGUAGES: Readonly<Record<Lang, () => Language>> = {
  ts: () => {
    const compact = new Bun.Transpiler({ loader: "ts", minifyWhitespace: true, target: "bun" });
    const meaning = (text: string): string | undefined => {
      try {
        return compact.transformSync(text);
      } catch {
        return undefined;
      }
    };
    return { mutate: mutateTypeScript, meaning };
  },
  py: () => ({ mutate: mutatePython, meaning: pythonMeaning }),
};

/** The tree without its places. */
function pythonMeaning(source: string): string | undefined {
  const module = parsePython(source);
  if (module === undefined) return undefined;
  return JSON.stringify(module, (key, value: unknown) => {
    if (/^(?:end_)?(?:lineno|col_offset)$/.test(key)) return undefined;
    return typeof value === "bigint" ? `${value}n` : Object.is(value, -0) ? "-0" : value;
  });
}

/** The whole lines that an edit touches, before and after it. */
function touched(source: string, { start, end, text }: Edit): Pick<Mutant, "from" | "to"> {
  const first = source.lastIndexOf("\n", start - 1) + 1;
  const next = source.indexOf("\n", Math.max(start, end - 1));
  const last = next === -1 ? source.length : next;
  const before = source.slice(first, last);
  const after = source.slice(first, start) + text + source.slice(end, last);
  return { from: outdent(before), to: outdent(after) };
}

/** Lines without the indentation that they share, and without blank ends. */
function outdent(text: string): string {
  const lines = text.replace(/\s+$/, "").split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return Number.isFinite(depth)
    ? lines
        .map((line) => line.slice(depth))
        .join("\n")
        .trim()
    : "";
}
