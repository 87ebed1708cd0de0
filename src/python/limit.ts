/** The end of a budget: no exception of the program's, so that no `except` or `finally` can hold it up. */
export class LimitError extends Error {
  override readonly name = "LimitError";
  readonly what: "steps" | "time" | "memory" | "output";
  constructor(what: LimitError["what"], message: string) {
    super(message);
    this.what = what;
  }
}
