/** `--help`: laid out from the commands' definitions for a width. */
import type { CommandSpec, FlagSpec, PositionalSpec } from "../commands/command.ts";
import { definitions, wrap } from "../ui/layout.ts";
import type { Style } from "../ui/style.ts";
import { GLOBAL_FLAGS } from "./strict.ts";

/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100;

/** What `kata <command> --help` prints. */
export function commandHelp(spec: CommandSpec, columns: number, style: Style): string {
  const width = Math.min(columns, WIDEST);
  const parts = [
    `${style.bold("Usage:")} ${style.cyan(usageLine(spec))}`,
    "",
    wrap(spec.purpose, width),
  ];
  const section = (title: string, body: string) => parts.push("", style.bold(`${title}:`), body);
  if (spec.positionals.length > 0) {
    const rows = spec.positionals.map(
      (positional) => [style.cyan(positional.name), positionalText(positional)] as const,
    );
    section("Arguments", definitions(rows, width));
  }
  const flags = Object.entries({ ...spec.flags, ...GLOBAL_FLAGS }).map(
    ([name, flag]) => [style.cyan(flagTerm(name, flag)), flagText(flag)] as const,
  );
  section("Flags", definitions(flags, width));
  const examples = spec.examples.map(
    ([command, says]) => `  ${style.cyan(command)}\n${wrap(says, width, 6)}`,
  );
  section("Examples", examples.join("\n"));
  if (spec.exits !== undefined) {
    const rows = spec.exits.map(([code, when]) => [style.cyan(String(code)), when] as const);
    section("Exit codes", definitions(rows, width));
  }
  return `${parts.join("\n")}\n`;
}

/** What `kata` and `kata --help` print. */
export function rootHelp(
  specs: readonly CommandSpec[],
  version: string,
  columns: number,
  style: Style,
): string {
  const width = Math.min(columns, WIDEST);
  const parts = [
    `${style.bold("kata")} ${version}: run, grade and learn small exercises about tensors and GPUs`,
    "",
    `${style.bold("Usage:")} ${style.cyan("kata <command> [arguments] [flags]")}`,
  ];
  for (const group of new Set(specs.map((spec) => spec.group))) {
    const rows = specs
      .filter((spec) => spec.group === group)
      .map((spec) => [style.cyan(spec.name.padEnd(11)), spec.summary] as const);
    parts.push("", style.bold(`${group}:`), definitions(rows, width));
  }
  const globals = Object.entries({
    ...GLOBAL_FLAGS,
    version: { description: "print the version" },
  });
  const flags = globals.map(
    ([name, flag]) => [style.cyan(flagTerm(name, flag)), flag.description] as const,
  );
  parts.push("", style.bold("Flags:"), definitions(flags, width));
  parts.push("", style.bold("First steps:"));
  parts.push(
    definitions(
      [
        [style.cyan("kata list"), "see what there is"],
        [style.cyan("kata start softmax"), "get the template softmax.ts"],
        [style.cyan("kata run softmax"), "test what you wrote"],
        [style.cyan("kata help"), "read the manual"],
      ],
      width,
    ),
  );
  return `${parts.join("\n")}\n`;
}

function usageLine(spec: CommandSpec): string {
  // An optional argument can only be given after those before it.
  const positionals = spec.positionals.reduceRight((rest, { name, required, repeatable }) => {
    const more = repeatable === true ? "..." : "";
    return required === true ? ` <${name}>${more}${rest}` : ` [${name}${rest}]${more}`;
  }, "");
  if (spec.handsOn !== undefined) {
    return `kata ${spec.name} [flags]${positionals} [${spec.handsOn}]...`;
  }
  return `kata ${spec.name}${positionals} [flags]`;
}

function flagTerm(name: string, flag: FlagSpec): string {
  const short = flag.short === undefined ? "" : `-${flag.short}, `;
  if (flag.value === undefined) return `${short}--${name}`;
  return `${short}--${name}${flag.optional === true ? `[=${flag.value}]` : ` ${flag.value}`}`;
}

function flagText(flag: FlagSpec): string {
  const notes = [];
  const values = flag.choices ?? flag.suggestions;
  if (values !== undefined) notes.push(values.join(", "));
  if (flag.default !== undefined) notes.push(`default: ${flag.default}`);
  if (flag.repeatable === true) notes.push("repeatable");
  return flag.description + (notes.length === 0 ? "" : ` (${notes.join("; ")})`);
}

function positionalText({ description, choices }: PositionalSpec): string {
  return description + (choices === undefined ? "" : ` (${choices.join(", ")})`);
}
