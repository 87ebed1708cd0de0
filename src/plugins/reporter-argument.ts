/** Reads `--reporter name` and `--reporter name:file`. */
import { KataError } from "../errors.ts";

export interface ReporterArgument {
  /** A built-in's name, a package, or the path of a module. */
  name: string;
  /** Where it writes; absent: stdout. */
  file?: string;
}

/**
 * Splits at the last `:` that no slash or backslash follows, so that
 * `C:\mine.ts:out.txt` is a module and its file. A name of letters, digits and
 * dashes ends at its first `:` (`junit:C:\x.xml`, `junit:/tmp/12:30.xml`), and
 * where every `:` has a slash behind it the last that is no drive's counts
 * (`./mine.ts:/tmp/out.txt`). Throws a KataError when either half is empty.
 */
export function parseReporterArgument(argument: string): ReporterArgument {
  const at = splitAt(argument);
  const name = at < 0 ? argument : argument.slice(0, at);
  if (name.trim() === "") throw argumentError(argument, "the name is empty");
  if (at < 0) return { name };
  const file = argument.slice(at + 1);
  if (file.trim() === "") throw argumentError(argument, "the file is empty");
  return { name, file };
}

function splitAt(argument: string): number {
  const bare = /^[A-Za-z0-9][A-Za-z0-9-]+:/.exec(argument);
  if (bare !== null) return bare[0].length - 1;
  const splits = [...argument.matchAll(/:/g)]
    .map((match) => match.index)
    .filter((index) => !isDrive(argument, index));
  const open = splits.filter((index) => !/[/\\]/.test(argument.charAt(index + 1)));
  return open.at(-1) ?? splits.at(-1) ?? -1;
}

function isDrive(argument: string, index: number): boolean {
  return (
    /(?:^|:)[A-Za-z]$/.test(argument.slice(0, index)) && /^[/\\]/.test(argument.slice(index + 1))
  );
}

function argumentError(argument: string, why: string): KataError {
  return new KataError(
    "reporter-argument",
    `Cannot read --reporter ${JSON.stringify(argument)}: ${why}`,
    {
      hint: "write --reporter NAME or --reporter NAME:FILE, as in --reporter junit:report.xml",
    },
  );
}
