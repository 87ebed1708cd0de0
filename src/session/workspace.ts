/** `kata start`: a folder in which a learner's editor knows what `kata` is. */
import { copyFileSync, constants, existsSync, mkdirSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { selectOne } from "../catalog/select.ts";
import { KataError } from "../errors.ts";
import type { Lang } from "../events/event.ts";
import { loadCatalogue } from "./catalogue.ts";
import { checkTypings, type Placed, placeTypings } from "./typings.ts";

export interface StartOptions {
  id: string;
  lang?: Lang;
  dir: string;
  katas?: string;
}

/**
 * Copies a kata's template and the typings into a folder. Nothing that a
 * person may have written is overwritten.
 *
 * @throws KataError when there is no such kata, or the solution exists already
 */
export async function startKata(options: StartOptions): Promise<Placed & { file: string }> {
  const { katas } = await loadCatalogue(options.katas);
  const kata = selectOne(katas, options.id);
  const lang = options.lang ?? (kata.files.ts === undefined ? "py" : "ts");
  const files = kata.files[lang];
  if (files === undefined) {
    throw new KataError("language-not-found", `${kata.id} does not exist in ${lang}`, {
      hint: `It exists in: ${Object.keys(kata.files).join(", ")}`,
    });
  }
  const dir = resolve(options.dir);
  const file = join(dir, kata.id + extname(files.template));
  if (existsSync(file)) throw startError({ code: "EEXIST" }, kata.id, file);
  try {
    if (lang === "ts") checkTypings(dir);
    mkdirSync(dir, { recursive: true });
    const typings = lang === "ts" ? placeTypings(dir, false) : { created: [] };
    copyFileSync(files.template, file, constants.COPYFILE_EXCL);
    return { ...typings, file, created: [file, ...typings.created] };
  } catch (cause) {
    throw startError(cause, kata.id, file);
  }
}

function startError(cause: unknown, id: string, file: string): KataError {
  if (cause instanceof KataError) return cause;
  if ((cause as { code?: string }).code === "EEXIST") {
    return new KataError("solution-exists", `Cannot start ${id}: ${file} exists already`, {
      hint: `kata run ${id} runs it; remove or rename it to begin anew`,
      cause,
    });
  }
  return new KataError("start-failed", `Cannot write ${file}: ${(cause as Error).message}`, {
    hint: "Give --dir a folder that can be written to",
    cause,
  });
}
