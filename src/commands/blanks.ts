import { basename, extname, resolve } from "node:path";
import { hasErrors } from "../catalog/problem.ts";
import { readText } from "../catalog/read-text.ts";
import { type FillReport, readTemplate, report } from "../catalog/regions.ts";
import { EXIT, KataError } from "../errors.ts";
import { loadCatalogue } from "../session/catalogue.ts";
import { oneLine, table } from "../ui/layout.ts";
import { type Arguments, type CommandContext, printJson } from "./command.ts";
import { logProblems } from "./problems.ts";

/** `kata blanks`: what is left to do in a file. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const name = args.required("file");
  const lang = langOfFile(name);
  const file = resolve(context.cwd, name);
  const source = textOf(file);
  const { todos, problems } = readTemplate(source, lang, file);
  const id = basename(file, extname(file));
  const kata = (await loadCatalogue()).katas.find((candidate) => candidate.id === id);
  const template = kata?.files[lang]?.template;
  const { filled, regions } = report(
    source,
    template === undefined ? null : textOf(template),
    lang,
  );
  if (args.has("json")) {
    const kata_id = template === undefined ? null : id;
    const fields = { file: name, lang, kata_id, filled, todos, regions, problems };
    printJson(context, { schema: "kata.blanks/1", ...fields });
  } else {
    logProblems(problems, context);
    context.stdout.write(text(name, { filled, regions, todos: todos.length }, context));
  }
  return hasErrors(problems) ? EXIT.usage : EXIT.passed;
}

function langOfFile(name: string): "ts" | "py" {
  const extension = extname(name);
  if (extension === ".ts") return "ts";
  if (extension === ".py") return "py";
  throw new KataError("bad-value", `Cannot read regions of ${JSON.stringify(name)}`, {
    hint: "its name has to end in .ts or .py",
  });
}

function textOf(file: string): string {
  const read = readText(file);
  if ("text" in read) return read.text;
  const { message, hint } = read.problem;
  throw new KataError("unreadable-file", message, hint === undefined ? {} : { hint });
}

function text(name: string, found: FillReport, { stdout, style }: CommandContext): string {
  const { regions, todos, filled } = found;
  const columns = stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY;
  const rows = regions.map((region) => [
    region.filled ? style.green("\u2713") : style.yellow("\u25cb"),
    `lines ${region.start_line}\u2013${region.end_line}`,
    region.kind,
    region.filled ? style.dim("filled in") : style.dim(oneLine(region.content) || "empty"),
  ]);
  const counts = [
    `${regions.length} ${regions.length === 1 ? "region" : "regions"}`,
    `${todos} ${todos === 1 ? "TODO" : "TODOs"}`,
    filled ? "filled in" : "not filled in",
  ];
  const list = rows.length === 0 ? "" : `${table(rows, { columns, indent: 2 })}\n`;
  return `${style.bold(oneLine(name))}: ${counts.join(", ")}\n${list}`;
}
