/** `test.each` and `describe.each`: the rows of a table, and the names they give. */

import { inspect } from "./inspect.ts";

export interface Row {
  name: string;
  args: unknown[];
}

/** One entry per row: an array is spread over the arguments, anything else is the one argument. */
export function expandTable(table: readonly unknown[], name: string): Row[] {
  return table.map((row, index) => {
    const args = Array.isArray(row) ? (row as unknown[]) : [row];
    return { name: formatName(name, args, index), args };
  });
}

/**
 * A parametrised name with its values filled in: `%s %d %i %f %j %o %p %#`
 * take the arguments in order (`%#` the row's index, `%%` a percent sign), and
 * `$name` takes a property of a row that is an object.
 */
export function formatName(name: string, args: readonly unknown[], index: number): string {
  let next = 0;
  const filled = name.replace(/%([sdifjop#%])/g, (whole, directive: string) => {
    if (directive === "%") return "%";
    if (directive === "#") return String(index);
    if (next >= args.length) return whole;
    return formatValue(directive, args[next++]);
  });
  const [first] = args;
  if (typeof first !== "object" || first === null || Array.isArray(first)) return filled;
  return filled.replace(
    /\$([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)/gu,
    (whole, path: string) => {
      const value = property(first, path.split("."));
      return value === undefined ? whole : printValue(value);
    },
  );
}

function formatValue(directive: string, value: unknown): string {
  switch (directive) {
    case "d":
      return typeof value === "bigint" ? `${value}n` : String(Number(value));
    case "i":
      return String(Math.trunc(Number(value)));
    case "f":
      return String(Number.parseFloat(String(value)));
    case "j":
      return JSON.stringify(value) ?? "undefined";
    case "s":
      return typeof value === "object" && value !== null ? printValue(value) : String(value);
    default:
      return printValue(value, true);
  }
}

function printValue(value: unknown, quoted = false): string {
  if (typeof value === "string") return quoted ? JSON.stringify(value) : value;
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 3 });
}

function property(value: unknown, path: readonly string[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
