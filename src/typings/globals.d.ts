/** What a kata's code has beside the language itself; `lib.dom` would promise far more. */
declare const console: {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  table(...values: unknown[]): void;
};
