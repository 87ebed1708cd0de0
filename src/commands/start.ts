import { relative, resolve } from "node:path";
import { EXIT } from "../errors.ts";
import { startKata } from "../session/workspace.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { langOf } from "./run.ts";

/** `kata start`: the created files on stdout, what to do next on stderr. */
export async function run(args: Arguments, { cwd, stdout, log }: CommandContext): Promise<number> {
  const id = args.required("id");
  const lang = langOf(args);
  const katas = args.text("katas");
  const { file, created } = await startKata({
    id,
    dir: resolve(cwd, args.text("dir") ?? "."),
    ...(lang === undefined ? {} : { lang }),
    ...(katas === undefined ? {} : { katas }),
  });
  const name = (path: string) => relative(cwd, resolve(cwd, path));
  stdout.write(`${created.map(name).join("\n")}\n`);
  log.info(`Fill in ${name(file)}, then: kata run ${id} ${shellWord(name(file))}`);
  return EXIT.passed;
}

/** A path as it is typed: quoted where a shell would read more into it. */
function shellWord(path: string): string {
  const word = path.startsWith("-") ? `./${path}` : path;
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return process.platform === "win32" ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
