/** How a command ends; see `kata help exit-codes`. */
export const EXIT = {
  passed: 0,
  failed: 1,
  usage: 2,
  internal: 70,
  interrupted: 130,
} as const;

export interface KataErrorOptions {
  /** What to do about it, in one sentence; printed on a `hint:` line. */
  hint?: string;
  /** The process's exit code; 2 (usage or a broken kata) when left out. */
  exit?: number;
  cause?: unknown;
}

/**
 * The one error class: what a person or a tool did wrong, or what is missing.
 * Anything else that is thrown is a defect of kata's own and exits 70.
 */
export class KataError extends Error {
  override name = "KataError";
  /** Stable and machine-readable, in kebab-case: `kata-not-found`. */
  readonly code: string;
  readonly hint: string | undefined;
  readonly exit: number;

  constructor(code: string, message: string, options: KataErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.exit = options.exit ?? EXIT.usage;
  }
}
