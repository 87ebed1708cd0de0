/**
 * Arguments read strictly. citty lets unknown flags and surplus arguments
 * through, takes the last of repeated flags and lets a flag swallow the next
 * one; here each of those is an error that says what was meant.
 */
import { Arguments, type CommandSpec, type FlagSpec } from "../commands/command.ts";
import { nearest } from "../commands/nearest.ts";
import { KataError } from "../errors.ts";

/** Flags that every command takes. */
export const GLOBAL_FLAGS: Readonly<Record<string, FlagSpec>> = {
  help: { description: "print this help", short: "h" },
  "no-color": { description: "write without colours" },
};

/** How much of a wrong argument a message repeats. */
const QUOTED = 80;

/**
 * The arguments that follow a command's name, checked against its definition.
 * Throws a `KataError` for anything that the definition does not name.
 */
export function parseArguments(spec: CommandSpec, given: readonly string[]): Arguments {
  const values = new Map<string, string[]>();
  const argv = ownArguments(spec, given);
  if (spec.handsOn !== undefined) values.set(spec.handsOn, given.slice(argv.length));
  const positionals: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const token = argv[i] ?? "";
    if (token === "--") {
      for (const rest of argv.slice(i + 1)) positionals.push(rest);
      break;
    }
    if (!token.startsWith("-") || token === "-") {
      positionals.push(token);
      continue;
    }
    const { name, flag, inline } = readFlag(spec, token);
    if (flag.value === undefined) {
      if (inline !== undefined) {
        throw usage(spec, "unexpected-value", `Flag --${name} takes no value`);
      }
      values.set(name, []);
      continue;
    }
    if (flag.optional === true && inline === undefined) {
      values.set(name, [...(values.get(name) ?? []), ""]);
      continue;
    }
    const value = inline ?? nextValue(flag, argv[i + 1]);
    if (inline === undefined && value !== undefined) i++;
    if (value === undefined || (value === "" && flag.last !== true)) {
      throw new KataError("missing-value", `Flag --${name} needs a value: ${flag.value}`, {
        hint:
          inline === undefined && argv[i + 1]?.startsWith("-")
            ? `a value that begins with a dash is written --${name}=${quote(argv[i + 1] ?? "", false)}`
            : helpHint(spec),
      });
    }
    checkFlag(name, flag, value);
    const earlier = values.get(name);
    if (earlier !== undefined && flag.repeatable !== true) {
      throw usage(spec, "repeated-flag", `Flag --${name} is given more than once`);
    }
    values.set(name, [...(earlier ?? []), value]);
  }
  placePositionals(spec, positionals, values);
  return new Arguments(spec, values);
}

/** The arguments that are the command's own: all of them, unless a program is among them. */
export function ownArguments(spec: CommandSpec, argv: readonly string[]): readonly string[] {
  if (spec.handsOn === undefined) return argv;
  for (let i = 0; i < argv.length; i++) {
    const token = argv[i] ?? "";
    if (token === "--") return argv.slice(0, i + 2);
    if (!token.startsWith("-") || token === "-") return argv.slice(0, i + 1);
    const { name, inline } = nameOf(spec, token);
    const flag = Object.hasOwn(spec.flags, name) ? spec.flags[name] : undefined;
    if (flag?.value === undefined) continue;
    if (inline === undefined && flag.optional !== true) i++;
    if (flag.last === true) return argv.slice(0, i + 1);
  }
  return argv;
}

/** True when help is asked for before any `--`. */
export function wantsHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

/** True when colours are declined before any `--`. */
export function declinesColor(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--no-color");
}

/** Foreign text in a message: quoted, escaped and cut. */
export function quote(text: string, marks = true): string {
  const cut = text.length > QUOTED ? `${text.slice(0, QUOTED)}\u2026` : text;
  const quoted = JSON.stringify(cut).replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return marks ? quoted : quoted.slice(1, -1);
}

function readFlag(
  spec: CommandSpec,
  token: string,
): { name: string; flag: FlagSpec; inline: string | undefined } {
  const { name, inline } = nameOf(spec, token);
  const table = Object.hasOwn(spec.flags, name) ? spec.flags : GLOBAL_FLAGS;
  const flag = Object.hasOwn(table, name) ? table[name] : undefined;
  if (flag !== undefined) return { name, flag, inline };
  const written = inline === undefined ? token : token.slice(0, token.indexOf("="));
  const meant = nearest(written.replace(/^-+/, ""), [
    ...Object.keys(spec.flags),
    ...Object.keys(GLOBAL_FLAGS),
  ]);
  throw new KataError("unknown-flag", `Unknown flag ${quote(written)} for kata ${spec.name}`, {
    hint: meant === undefined ? helpHint(spec) : `did you mean --${meant}?`,
  });
}

/** What a token names: a flag's full name, and the value behind its equals sign. */
function nameOf(spec: CommandSpec, token: string): { name: string; inline: string | undefined } {
  if (!token.startsWith("--")) {
    const flags = Object.entries({ ...spec.flags, ...GLOBAL_FLAGS });
    const found = flags.find(([, { short }]) => token === `-${short}`);
    return { name: found?.[0] ?? "", inline: undefined };
  }
  const equals = token.indexOf("=");
  if (equals === -1) return { name: token.slice(2), inline: undefined };
  return { name: token.slice(2, equals), inline: token.slice(equals + 1) };
}

/** The next argument, unless it is a flag; a negative number is a number's value. */
function nextValue(flag: FlagSpec, next: string | undefined): string | undefined {
  if (next === undefined || flag.last === true) return next;
  if (!next.startsWith("-") || next === "-") return next;
  const numeric = flag.range !== undefined || flag.real === true;
  return numeric && /^-\.?\d/.test(next) ? next : undefined;
}

function checkFlag(name: string, flag: FlagSpec, value: string): void {
  if (flag.choices !== undefined) checkChoice(`--${name}`, flag.choices, value);
  if (flag.real === true && !/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) {
    throw new KataError(
      "bad-value",
      `Cannot parse --${name} ${quote(value)}: expected a number, such as 0.02 or 1e-6`,
    );
  }
  if (flag.range === undefined) return;
  const [least, most] = flag.range;
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return;
  throw new KataError(
    "bad-value",
    `Cannot parse --${name} ${quote(value)}: expected a whole number from ${least} to ${most}`,
  );
}

function checkChoice(what: string, choices: readonly string[], value: string): void {
  if (choices.includes(value)) return;
  const meant = nearest(value, choices);
  throw new KataError(
    "bad-value",
    `Cannot parse ${what} ${quote(value)}: expected ${either(choices)}`,
    meant === undefined ? {} : { hint: `did you mean ${meant}?` },
  );
}

function placePositionals(
  spec: CommandSpec,
  given: readonly string[],
  values: Map<string, string[]>,
): void {
  const repeated = spec.positionals.at(-1)?.repeatable === true;
  for (const [i, { name, required, choices, repeatable }] of spec.positionals.entries()) {
    const value = given[i];
    if (value === undefined) {
      if (required !== true) continue;
      throw usage(spec, "missing-argument", `Missing argument <${name}> for kata ${spec.name}`);
    }
    const own = repeatable === true ? given.slice(i) : [value];
    if (own.includes("")) {
      throw usage(spec, "bad-value", `Cannot parse <${name}> "": value is empty`);
    }
    if (choices !== undefined) for (const each of own) checkChoice(`<${name}>`, choices, each);
    values.set(name, own);
  }
  const extra = given[spec.positionals.length];
  if (extra === undefined || repeated) return;
  throw new KataError(
    "unexpected-argument",
    `Unexpected argument ${quote(extra)} for kata ${spec.name}`,
    {
      hint:
        spec.positionals.some((positional) => positional.name === "selector") && isGlob(given)
          ? `quote a glob, so that the shell does not expand it; ${helpHint(spec)}`
          : helpHint(spec),
    },
  );
}

/** A glob, or what a shell has made of one: file names where no selector has a dot or a slash. */
function isGlob(given: readonly string[]): boolean {
  return given.some((argument) => /[*?[{]/.test(argument)) || /[/\\.]/.test(given[0] ?? "");
}

function either(choices: readonly string[]): string {
  return choices.length < 2
    ? choices.join("")
    : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}

function helpHint(spec: CommandSpec): string {
  return `see kata ${spec.name} --help`;
}

function usage(spec: CommandSpec, code: string, message: string): KataError {
  return new KataError(code, message, { hint: helpHint(spec) });
}
