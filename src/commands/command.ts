/**
 * What a command is made of. The definitions stand in `src/cli/specs`, so that
 * help and completions need not load what the commands call.
 */
import { EXIT } from "../errors.ts";
import type { Log } from "../ui/log.ts";
import type { Prompt } from "../ui/prompt.ts";
import type { Style } from "../ui/style.ts";

/** What a shell completes a value with. */
export type Completes = "file" | "dir" | "kata" | "none";

export interface FlagSpec {
  /** One sentence, lower-case, without a full stop. */
  description: string;
  /** The value's placeholder (`DIR`); absent: the flag takes no value. */
  value?: string;
  /** The value may be left out; it is written `--flag=VALUE`, and read as `""` without. */
  optional?: boolean;
  /** What is used when the flag is absent, in words for the help. */
  default?: string;
  /** The only values allowed. */
  choices?: readonly string[];
  /** Known values, for the help and completions; others are allowed too. */
  suggestions?: readonly string[];
  /** The value is a whole number between the two, inclusive. */
  range?: readonly [least: number, most: number];
  /** The value is a number, `0.02` or `1e-6`. */
  real?: boolean;
  /** May be given more than once. */
  repeatable?: boolean;
  completes?: Completes;
  /** A letter that stands for the flag: `-c`. */
  short?: string;
  /** Its value is a program, whatever it looks like: what follows is handed on, see `handsOn`. */
  last?: boolean;
}

export interface PositionalSpec {
  name: string;
  description: string;
  required?: boolean;
  /** May be given more than once; only the last positional may. */
  repeatable?: boolean;
  choices?: readonly string[];
  completes?: Completes;
}

export interface CommandSpec {
  name: string;
  group: "Practise" | "Write katas" | "Tools";
  /** One line for the list of commands. */
  summary: string;
  /** One paragraph. */
  purpose: string;
  positionals: readonly PositionalSpec[];
  flags: Readonly<Record<string, FlagSpec>>;
  /**
   * The command runs a program, which is its first positional or the value of a
   * flag that is `last`. What follows is the program's own, is handed on as it
   * stands, and is found by this name.
   */
  handsOn?: string;
  examples: readonly (readonly [command: string, says: string])[];
  /** Exit codes beyond 0 and 2, where they matter. */
  exits?: readonly (readonly [code: number, when: string])[];
  load(): Promise<CommandModule>;
}

export interface CommandModule {
  /** Returns the exit code. */
  run(args: Arguments, context: CommandContext): Promise<number> | number;
}

export interface OutStream {
  write(text: string): void;
  /** Whether nobody reads it any more; then what is written goes nowhere. */
  readonly closed: boolean;
  readonly isTTY: boolean;
  /** 80 when the stream is no terminal. */
  readonly columns: number;
}

/** The outside of a command: tests hand in their own. */
export interface CommandContext {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdout: OutStream;
  stderr: OutStream;
  /** For what goes to stdout. */
  style: Style;
  log: Log;
  /** Asks the person at the terminal; `undefined` where there is none to ask. */
  openPrompt: () => Promise<Prompt | undefined>;
  /** Aborted on Ctrl-C. */
  signal: AbortSignal;
  /** Leaves signals to the system: for what computes without ever coming back to where they are heard. */
  leaveSignals: () => void;
  cli: CliSurface;
}

/** What commands may ask of the command line's own definitions. */
export interface CliSurface {
  readonly commands: readonly CommandSpec[];
  /** The text that `kata <name> --help` prints; `undefined` for an unknown name. */
  help(name: string): string | undefined;
  completions(shell: "bash" | "zsh" | "fish"): string;
}

/** The arguments of one call, checked against the command's definition. */
export class Arguments {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  readonly #known: ReadonlySet<string>;

  constructor(spec: CommandSpec, values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
    this.#known = new Set([
      ...Object.keys(spec.flags),
      ...spec.positionals.map((positional) => positional.name),
      ...(spec.handsOn === undefined ? [] : [spec.handsOn]),
    ]);
  }

  /** True when a flag or positional was given. */
  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  text(name: string): string | undefined {
    return this.#get(name)?.[0];
  }

  /** A positional that the definition requires. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new TypeError(`Argument ${name} is not required by its command`);
    return value;
  }

  number(name: string): number | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : Number(value);
  }

  list(name: string): readonly string[] {
    return this.#get(name) ?? [];
  }

  #get(name: string): readonly string[] | undefined {
    if (!this.#known.has(name)) throw new TypeError(`Argument ${name} is not defined`);
    return this.#values.get(name);
  }
}

/** Indented JSON with a final line feed: what `--json` prints. */
export function printJson(context: CommandContext, value: unknown): void {
  context.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** The exit code of a run's verdict: with `--exit-zero` a failed test is no failure of the call. */
export function exitOf(args: Arguments, { exit }: { exit: number }): number {
  return exit === EXIT.failed && args.has("exit-zero") ? EXIT.passed : exit;
}
