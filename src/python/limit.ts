/** The end of a budget: no exception of the program's, so that no `except` or `finally` can hold it up. */
export class LimitError extends Error {
  readonly what: "steps" | "time" | "memory" | "output";
  constructor(what: "steps" | "time" | "memory" | "output", message: string) {
    super(message);
    this.what = what;
  }
}
