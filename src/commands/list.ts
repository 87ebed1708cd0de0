import { existsSync } from "node:fs";
import { join } from "node:path";
import { order, unlocked } from "../catalog/graph.ts";
import type { Kata } from "../catalog/kata.ts";
import { hasErrors } from "../catalog/problem.ts";
import { EXIT } from "../errors.ts";
import { loadCatalogue } from "../session/catalogue.ts";
import { oneLine, table } from "../ui/layout.ts";
import type { Style } from "../ui/style.ts";
import { type Arguments, type CommandContext, printJson } from "./command.ts";
import { difficultyDots, languagesOf } from "./kata-text.ts";
import { logProblems } from "./problems.ts";

/** `kata list`: the catalogue, in an order that it can be worked through. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { katas, problems } = await loadCatalogue(args.text("katas"));
  logProblems(problems, context);
  const ordered = order(katas);
  if (args.has("json")) {
    printJson(context, { schema: "kata.list/1", katas: ordered.map(listed) });
  } else {
    const started = new Set(katas.filter((kata) => hasSolution(kata, context.cwd)).map(idOf));
    const columns = context.stdout.isTTY ? context.stdout.columns : Number.POSITIVE_INFINITY;
    context.stdout.write(listText(ordered, started, columns, context.style));
    if (context.stdout.isTTY && katas.length > 0) {
      const legend = "\u2713 has a solution in this folder; kata show <id> tells more";
      context.stdout.write(`\n${context.style.dim(legend)}\n`);
    }
  }
  return katas.length === 0 && hasErrors(problems) ? EXIT.usage : EXIT.passed;
}

/** The human list. `started` are the ids that have a solution. */
export function listText(
  katas: readonly Kata[],
  started: ReadonlySet<string>,
  columns: number,
  style: Style,
): string {
  if (katas.length === 0) return "No katas\n";
  const open = new Set(unlocked(katas, started));
  const known = new Set(katas.map(idOf));
  const parts = [];
  for (const category of new Set(katas.map((kata) => kata.category))) {
    const members = katas.filter((kata) => kata.category === category);
    const rows = members.map((kata) => {
      const before = kata.dependencies.filter((id) => known.has(id) && !started.has(id));
      return [
        started.has(kata.id) ? style.green("\u2713") : " ",
        style.yellow(difficultyDots(kata.difficulty)),
        open.has(kata) ? style.bold(kata.id) : style.dim(kata.id),
        oneLine(kata.name),
        style.dim(before.length === 0 ? "" : `after: ${before.join(", ")}`),
      ];
    });
    parts.push(
      `${style.bold(oneLine(category))}\n${table(rows, { columns, indent: 2, keep: [0, 1, 2] })}\n`,
    );
  }
  return parts.join("\n");
}

function listed(kata: Kata): Record<string, unknown> {
  const { id, name, category, difficulty, description, dependencies, tags, device } = kata;
  const languages = languagesOf(kata);
  const variations = kata.variations.map((variation) => variation.name);
  const facts = { id, name, category, difficulty, description, dependencies, tags };
  return { ...facts, languages, variations, device };
}

function hasSolution(kata: Kata, cwd: string): boolean {
  return languagesOf(kata).some((lang) => existsSync(join(cwd, `${kata.id}.${lang}`)));
}

function idOf(kata: Kata): string {
  return kata.id;
}
