/** Wraps text in ANSI styles, or leaves it alone. */
export interface Style {
  readonly color: boolean;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** Styles that colour when `color` is true and are the identity otherwise. */
export function createStyle(color: boolean): Style {
  const paint = (open: number, close: number) => (text: string) =>
    color && text !== "" ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    color,
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

export interface ColorWishes {
  isTTY: boolean;
  /** True when `--no-color` was given. */
  noColor: boolean;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * True when a stream may be written to in colour: it is a terminal and nobody
 * objects, or someone insists. The nearest wish wins: `--no-color`, then
 * `FORCE_COLOR` (`0` and `false` forbid), then a non-empty `NO_COLOR`, then
 * `TERM=dumb`.
 */
export function wantsColor({ isTTY, noColor, env }: ColorWishes): boolean {
  if (noColor) return false;
  const force = env["FORCE_COLOR"];
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  return isTTY && env["TERM"] !== "dumb";
}
