/** From what a person asked for to the list of what will be run. */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { coreFolder } from "../assets.ts";
import { FILE_NAMES } from "../catalog/kata.ts";
import { next, order, unlocked } from "../catalog/graph.ts";
import type { Kata, Variation } from "../catalog/kata.ts";
import { nearest } from "../catalog/nearest.ts";
import { isFilled } from "../catalog/regions.ts";
import { select } from "../catalog/select.ts";
import { KataError } from "../errors.ts";
import type { Lang } from "../events/event.ts";
import type { PlanItem } from "../runner/plan.ts";
import type { Catalogue } from "./catalogue.ts";
import { checkLoadable } from "./loadable.ts";
import type { RunRequest } from "./request.ts";

const EXTENSIONS: Readonly<Record<string, Lang>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".js": "ts",
  ".mjs": "ts",
  ".py": "py",
};

/**
 * What a request runs, each kata after those it depends on.
 *
 * @throws KataError when a kata, a variation or a solution does not exist
 */
export function planRun(request: RunRequest, catalogue: Catalogue): PlanItem[] {
  const katas = order(selectKatas(catalogue, request.selector));
  if (request.solution !== undefined && katas.length !== 1) {
    throw new KataError("usage", `Cannot run one solution against ${katas.length} katas`, {
      hint: "Name exactly one kata: kata run <id> <file>",
    });
  }
  const items = katas.flatMap((kata) => itemsOf(kata, request, catalogue.bundled));
  if (items.length > 0) return items.map((item) => withVariation(item, request.variation));
  throw nothingToRun(request, katas);
}

/** Names a path as a person would: short where it lies near, whole elsewhere. */
export function displayPath(path: string, cwd: string): string {
  for (const base of [cwd, coreFolder()]) {
    const near = relative(base, path);
    if (near !== "" && !near.startsWith("..") && !isAbsolute(near))
      return near.split(sep).join("/");
  }
  return path;
}

/** The kata to do after these: unlocked, its solution not there or not filled in, and of their category if there is one. */
export function nextKata(
  katas: readonly Kata[],
  passed: ReadonlySet<string>,
  cwd: string,
): { kata_id: string; name: string } | null {
  const done = new Set(passed);
  for (const kata of katas) if (hasFilledSolution(kata, cwd)) done.add(kata.id);
  // Whoever has just done one of a category goes on there while it has one that is unlocked.
  const here = new Set(katas.filter(({ id }) => passed.has(id)).map(({ category }) => category));
  const near = unlocked(order(katas), done).find(
    ({ id, category }) => here.has(category) && !done.has(id),
  );
  const following = near ?? next(katas, done);
  return following === undefined ? null : { kata_id: following.id, name: following.name };
}

function selectKatas(catalogue: Catalogue, selector: string | undefined): Kata[] {
  try {
    return select(catalogue.katas, selector);
  } catch (error) {
    const broken = catalogue.problems.filter(
      ({ severity, file }) =>
        severity === "error" && selector !== undefined && file.split(/[/\\]/).includes(selector),
    );
    const [first] = broken;
    if (first === undefined) throw error;
    const tests = /^Missing required file: (kata\.test\.ts|test_kata\.py)$/.exec(
      first.message,
    )?.[1];
    const message =
      tests === undefined ? first.message : `Test file not found: ${join(first.file, tests)}`;
    throw new KataError("kata-broken", message, {
      hint: `kata check ${catalogue.bundled ? (selector ?? "") : catalogue.dir} lists everything that is wrong`,
    });
  }
}

function itemsOf(kata: Kata, request: RunRequest, bundled: boolean): PlanItem[] {
  const items: PlanItem[] = [];
  for (const lang of ["ts", "py"] as const) {
    const files = kata.files[lang];
    if (files === undefined || (request.lang !== undefined && request.lang !== lang)) continue;
    const subject = request.reference ? files.reference : solutionFor(kata, lang, request);
    if (subject === undefined) continue;
    const real = request.reference ? realpathSync(subject) : solutionPath(subject);
    checkLoadable(real);
    items.push({
      kata,
      lang,
      files,
      variation: undefined,
      subject: real,
      display: displayPath(subject, request.cwd),
      trusted: request.reference,
      foreign: !(request.reference && bundled),
    });
  }
  return items;
}

/**
 * A solution's real path. A link that leads out of the folder it lies in stays one, and
 * is refused: a stranger's could name the reference, or a key of whoever grades it.
 */
function solutionPath(subject: string): string {
  const real = realpathSync(subject);
  const folder = realpathSync(dirname(subject));
  return real.startsWith(folder.endsWith(sep) ? folder : folder + sep)
    ? real
    : join(folder, basename(subject));
}

/** The file under test, or undefined where there is none in this language. */
function solutionFor(kata: Kata, lang: Lang, request: RunRequest): string | undefined {
  if (request.solution === undefined) {
    const path = join(request.cwd, kata.id + extname(FILE_NAMES[lang].template));
    return existsSync(path) ? path : undefined;
  }
  const path = resolve(request.cwd, request.solution);
  if (!existsSync(path)) {
    throw new KataError("solution-not-found", `Template not found: ${request.solution}`, {
      hint: `kata start ${kata.id} writes ${kata.id}.${lang} to begin with`,
    });
  }
  const wanted = EXTENSIONS[extname(path)] ?? "ts";
  return wanted === lang ? path : undefined;
}

function withVariation(item: PlanItem, name: string | undefined): PlanItem {
  if (name === undefined) return item;
  return { ...item, variation: findVariation(item.kata, name) };
}

function findVariation(kata: Kata, name: string): Variation {
  const found = kata.variations.find((variation) => variation.name === name);
  if (found !== undefined) return found;
  const names = kata.variations.map((variation) => variation.name);
  const near = nearest(name, names);
  throw new KataError("variation-not-found", `Variation not found: ${name} (of ${kata.id})`, {
    hint:
      names.length === 0
        ? `${kata.id} has no variations`
        : `${near === undefined ? "" : `Did you mean "${near}"? `}Variations: ${names.join(", ")}`,
  });
}

function nothingToRun(request: RunRequest, katas: readonly Kata[]): KataError {
  const [only] = katas;
  if (katas.length === 0 || only === undefined) {
    return new KataError("no-katas", "No katas were found", {
      hint: "kata list shows what there is",
    });
  }
  if (request.solution !== undefined || request.lang !== undefined || request.reference) {
    const lang = request.lang ?? EXTENSIONS[extname(request.solution ?? "")] ?? "ts";
    return new KataError("language-not-found", `No kata that was selected exists in ${lang}`, {
      hint: `${only.id} exists in: ${Object.keys(only.files).join(", ")}`,
    });
  }
  if (katas.length === 1) {
    const lang = only.files.ts === undefined ? "py" : "ts";
    return new KataError("solution-not-found", `Template not found: ./${only.id}.${lang}`, {
      hint: `kata start ${only.id} writes it; kata run ${only.id} --reference runs ours`,
    });
  }
  return new KataError("no-solutions", `No solutions were found in ${request.cwd}`, {
    hint: `kata start ${only.id} writes the first one to fill in; kata run --reference runs ours`,
  });
}

function hasFilledSolution(kata: Kata, cwd: string): boolean {
  for (const lang of ["ts", "py"] as const) {
    const files = kata.files[lang];
    if (files === undefined) continue;
    const path = join(cwd, kata.id + extname(basename(files.template)));
    try {
      if (!statSync(path).isFile()) continue;
      if (isFilled(readFileSync(path, "utf8"), readFileSync(files.template, "utf8"), lang))
        return true;
    } catch {
      // No such solution.
    }
  }
  return false;
}
