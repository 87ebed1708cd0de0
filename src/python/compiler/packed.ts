/**
 * A compiled program as text, so that the library need not be compiled when it
 * is imported. Its places are read only when a traceback asks for them.
 */
import { numberProgram, type Program } from "./compile.ts";
import type { Mark, Site } from "./context.ts";
import type { Positions } from "./positions.ts";

/** Sites as data; a mark is seven numbers: line and column of the code, four of its place, its site. */
interface PackedPositions {
  sites: (Omit<Site, "names"> & { names: readonly string[] })[];
  numbers: number[];
}

const NUMBERS = 7;

/** Writes a program of a whole module. */
export function packProgram(program: Program): string {
  const { filename, source, positions } = program;
  const code = program.code.slice(0, program.code.lastIndexOf("\n//# sourceURL="));
  const sites = [...new Set(positions.marks.flatMap(({ site }) => site ?? []))];
  const numbers = positions.marks.flatMap(({ place, site }, i) => [
    positions.lines[i]!,
    positions.columns[i]!,
    place.lineno,
    place.col_offset,
    place.end_lineno,
    place.end_col_offset,
    site === undefined ? -1 : sites.indexOf(site),
  ]);
  const packed: PackedPositions = {
    sites: sites.map((site) => ({ ...site, names: site.names() })),
    numbers,
  };
  const head = JSON.stringify({ filename, source: source?.length ?? 0, code: code.length });
  return `${head}\n${source ?? ""}${code}${JSON.stringify(packed)}`;
}

/** Reads it again. */
export function unpackProgram(text: string): Program {
  const end = text.indexOf("\n");
  const head = JSON.parse(text.slice(0, end)) as { filename: string; source: number; code: number };
  const codeAt = end + 1 + head.source;
  const placesAt = codeAt + head.code;
  const program = numberProgram(text.slice(codeAt, placesAt), {
    filename: head.filename,
    source: text.slice(end + 1, codeAt),
    kind: "exec",
  });
  let positions: Positions | undefined;
  return {
    ...program,
    get positions() {
      return (positions ??= readPositions(text.slice(placesAt)));
    },
  };
}

function readPositions(text: string): Positions {
  const { sites, numbers } = JSON.parse(text) as PackedPositions;
  const known: Site[] = sites.map((site) => ({ ...site, names: () => site.names }));
  const lines: number[] = [];
  const columns: number[] = [];
  const marks: Mark[] = [];
  for (let i = 0; i < numbers.length; i += NUMBERS) {
    lines.push(numbers[i]!);
    columns.push(numbers[i + 1]!);
    marks.push({
      place: {
        lineno: numbers[i + 2]!,
        col_offset: numbers[i + 3]!,
        end_lineno: numbers[i + 4]!,
        end_col_offset: numbers[i + 5]!,
      },
      site: known[numbers[i + 6]!],
    });
  }
  return { lines, columns, marks };
}
