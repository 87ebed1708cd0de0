export type Style = (text: string) => string;

export interface Palette {
  bold: Style;
  dim: Style;
  red: Style;
  green: Style;
  yellow: Style;
  cyan: Style;
  inverse: Style;
}

/** Styles for a terminal; without colour they change nothing. */
export function palette(color: boolean): Palette {
  const style = (open: number, close: number): Style =>
    color ? (text) => (text === "" ? "" : `\x1b[${open}m${text}\x1b[${close}m`) : (text) => text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39),
    cyan: style(36, 39),
    inverse: style(7, 27),
  };
}
