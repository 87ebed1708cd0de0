/** `kata start`: a folder in which a learner's editor knows what `kata` is. */
import {
  copyFileSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { extname, join, resolve } from "node:path";
import { coreFolder, VERSION } from "../assets.ts";
import { selectOne } from "../catalog/select.ts";
import { KataError } from "../errors.ts";
import type { Lang } from "../events/event.ts";
import { loadCatalogue } from "./catalogue.ts";

/** Where the declarations lie; a dot folder, so that nobody takes it for work. */
const TYPINGS = ".kata";

/** What the worker has beside the language itself; `lib.dom` would promise far more. */
const GLOBALS = `declare const console: {
${["log", "info", "warn", "error", "debug", "table"].map((name) => `  ${name}(...values: unknown[]): void;`).join("\n")}
};
`;

const TSCONFIG = {
  compilerOptions: {
    target: "ESNext",
    lib: ["ESNext"],
    module: "Preserve",
    moduleResolution: "bundler",
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
    paths: {
      kata: ["./.kata/worker/kata.d.ts"],
      "kata/testing": ["./.kata/testing/index.d.ts"],
      "kata/deconvolution": ["./.kata/deconvolution/index.d.ts"],
    },
  },
  include: ["*.ts", ".kata/globals.d.ts"],
};

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
export async function startKata(
  options: StartOptions,
): Promise<{ file: string; created: string[] }> {
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
    const typings = lang === "ts" ? placeTypings(dir) : [];
    copyFileSync(files.template, file, constants.COPYFILE_EXCL);
    return { file, created: [file, ...typings] };
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

/**
 * Refuses a `.kata` that kata did not write: replacing the typings of an older
 * version removes the folder.
 */
function checkTypings(dir: string): void {
  const path = join(dir, TYPINGS);
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (info === undefined) return;
  const what = info.isSymbolicLink() ? "a link" : info.isDirectory() ? "a folder" : "a file";
  if (what === "a folder" && readdirSync(path).some((name) => name.startsWith("version-"))) return;
  throw new KataError(
    "typings-taken",
    `Cannot write the typings to ${path}: there is ${what} that kata did not make`,
    { hint: "move it away, or start the kata in another folder with --dir" },
  );
}

/** Copies a folder with the permissions of new files: those of the cache are for its owner alone. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else writeFileSync(target, readFileSync(source));
  }
}

function placeTypings(dir: string): string[] {
  const created: string[] = [];
  const stamp = join(dir, TYPINGS, `version-${VERSION}`);
  if (!existsSync(stamp)) {
    const fresh = join(dir, `${TYPINGS}.${process.pid}`);
    rmSync(fresh, { recursive: true, force: true });
    copyFolder(join(coreFolder(), "typings"), fresh);
    writeFileSync(join(fresh, "globals.d.ts"), GLOBALS);
    writeFileSync(join(fresh, `version-${VERSION}`), "");
    rmSync(join(dir, TYPINGS), { recursive: true, force: true });
    renameSync(fresh, join(dir, TYPINGS));
    created.push(join(dir, TYPINGS));
  }
  const config = join(dir, "tsconfig.json");
  if (!existsSync(config)) {
    writeFileSync(config, `${JSON.stringify(TSCONFIG, null, 2)}\n`);
    created.push(config);
  }
  return created;
}
