import type { Kata } from "../catalog/kata.ts";
import { selectOne } from "../catalog/select.ts";
import { EXIT, KataError } from "../errors.ts";
import { loadCatalogue } from "../session/catalogue.ts";
import { definitions, oneLine, paragraphs } from "../ui/layout.ts";
import { type Arguments, type CommandContext, printJson } from "./command.ts";
import { difficultyDots, languagesOf, manifestFields } from "./kata-text.ts";
import { logProblems } from "./problems.ts";

/** `kata show`: one kata, for a person or as every field of its manifest. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { katas, problems, bundled } = await loadCatalogue(args.text("katas"));
  if (katas.length === 0) logProblems(problems, context);
  const kata = selectOne(katas, args.required("id"));
  const number = args.number("hint");
  if (args.has("json")) {
    printJson(context, { schema: "kata.show/1", kata: manifestFields(kata, bundled) });
  } else if (number !== undefined) {
    context.stdout.write(`${hint(kata, number)}\n`);
  } else {
    context.stdout.write(page(kata, args.has("hints"), context));
  }
  return EXIT.passed;
}

function hint(kata: Kata, number: number): string {
  const text = kata.hints[number - 1];
  if (text !== undefined) return text.trim();
  const count = kata.hints.length;
  throw new KataError("no-such-hint", `No hint ${number} for ${kata.id}`, {
    hint: count === 0 ? "it has no hints" : `it has ${count}: kata show ${kata.id} --hints`,
  });
}

function page(kata: Kata, withHints: boolean, { stdout, style }: CommandContext): string {
  const columns = Math.min(stdout.columns, 100);
  const facts: [string, string][] = [
    ["difficulty", difficultyDots(kata.difficulty)],
    ["category", oneLine(kata.category)],
    ["languages", languagesOf(kata).join(", ")],
  ];
  if (kata.device !== "any") facts.push(["device", kata.device]);
  if (kata.dependencies.length > 0) facts.push(["after", kata.dependencies.join(", ")]);
  if (kata.tags.length > 0) facts.push(["tags", kata.tags.map(oneLine).join(", ")]);
  const parts = [
    `${style.bold(oneLine(kata.name))} ${style.dim(`(${kata.id})`)}`,
    paragraphs(kata.description, columns),
    definitions(
      facts.map(([term, text]) => [style.dim(term), text] as const),
      columns,
    ),
  ];
  if (kata.variations.length > 0) {
    const rows = kata.variations.map(
      ({ name, description }) => [style.cyan(oneLine(name)), oneLine(description)] as const,
    );
    parts.push(`${style.bold("Variations:")}\n${definitions(rows, columns)}`);
  }
  const count = kata.hints.length;
  if (withHints) {
    const hints = kata.hints.map((text, i) => [`${i + 1}.`, oneLine(text)] as const);
    parts.push(`${style.bold("Hints:")}\n${definitions(hints, columns)}`);
  } else if (count > 0) {
    parts.push(style.dim(`${count} hints: kata show ${kata.id} --hint 1`));
  }
  parts.push(style.dim(`Begin with: kata start ${kata.id}`));
  return `${parts.join("\n\n")}\n`;
}
