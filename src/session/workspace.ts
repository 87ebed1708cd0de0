/** `kata start`: a folder in which a learner's editor knows what `kata` is. */
import {
  copyFileSync,
  cpSync,
  constants,
  existsSync,
  mkdirSync,
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
    },
  },
  include: ["*.ts"],
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
    mkdirSync(dir, { recursive: true });
    const typings = lang === "ts" ? placeTypings(dir) : [];
    copyFileSync(files.template, file, constants.COPYFILE_EXCL);
    return { file, created: [file, ...typings] };
  } catch (cause) {
    throw startError(cause, kata.id, file);
  }
}

function startError(cause: unknown, id: string, file: string): KataError {
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

function placeTypings(dir: string): string[] {
  const created: string[] = [];
  const stamp = join(dir, TYPINGS, `version-${VERSION}`);
  if (!existsSync(stamp)) {
    const fresh = join(dir, `${TYPINGS}.${process.pid}`);
    cpSync(join(coreFolder(), "typings"), fresh, { recursive: true });
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
