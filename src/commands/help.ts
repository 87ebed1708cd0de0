import { EXIT, KataError } from "../errors.ts";
import { TOPICS } from "../help/topics.ts";
import { definitions } from "../ui/layout.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { nearest } from "./nearest.ts";

/** `kata help`: a page of the manual, or a command's own help. */
export function run(args: Arguments, context: CommandContext): number {
  const { stdout, style, cli } = context;
  const name = args.text("topic");
  if (name === undefined) {
    stdout.write(contents(context));
    return EXIT.passed;
  }
  const topic = TOPICS.find((candidate) => candidate.name === name);
  const text = topic === undefined ? cli.help(name) : page(topic.text, context);
  if (text === undefined) {
    const names = [...TOPICS, ...cli.commands].map((candidate) => candidate.name);
    const meant = nearest(name, names);
    throw new KataError("unknown-topic", `No page of the manual: ${JSON.stringify(name)}`, {
      hint: meant === undefined ? "kata help lists the pages" : `did you mean kata help ${meant}?`,
    });
  }
  stdout.write(text);
  if (topic !== undefined && cli.help(name) !== undefined) {
    stdout.write(`\n${style.dim(`The flags: kata ${name} --help`)}\n`);
  }
  return EXIT.passed;
}

/** Markdown as it is in a pipe; laid out on a terminal. */
function page(markdown: string, { stdout, style }: CommandContext): string {
  if (!stdout.isTTY) return markdown;
  return Bun.markdown.ansi(markdown, {
    colors: style.color,
    hyperlinks: false,
    columns: Math.min(stdout.columns, 100),
  });
}

function contents({ stdout, style }: CommandContext): string {
  const rows = TOPICS.map(({ name, summary }) => [style.cyan(name), summary] as const);
  return [
    `${style.bold("Pages of the manual:")}`,
    definitions(rows, Math.min(stdout.columns, 100)),
    "",
    `Read one with ${style.cyan("kata help <page>")}; ${style.cyan("kata help <command>")} shows a command's flags.`,
    "",
  ].join("\n");
}
