/** `kata new`: a small kata that works, for its author to rewrite. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { coreFolder } from "../assets.ts";
import { discover } from "../catalog/discover.ts";
import { type Draft, draftManifest, draftProblem, nameOf, suggestId } from "../catalog/draft.ts";
import { type Kata, MANIFEST } from "../catalog/kata.ts";
import { parseManifest } from "../catalog/manifest.ts";
import { KataError } from "../errors.ts";
import { courseOf, schemaLine } from "./course.ts";
import { checkLoadable } from "./loadable.ts";
import { checkTypings, type Placed, placeTypings } from "./typings.ts";

/** What a new kata begins as: in TypeScript for any device or about a kernel, or in Python. */
export type Example = Kata["device"] | "py";

/** A kata that can be begun: its id is free. */
export interface KataPlan {
  id: string;
  /** The folder of katas, absolute. */
  dir: string;
  /** Those that are there. */
  katas: readonly Kata[];
}

/**
 * Looks whether a kata of this id can be begun in a folder of katas.
 *
 * @throws KataError when the id cannot be one, or is taken
 */
export function planKata(id: string, dir: string): KataPlan {
  checkId(id);
  const root = resolve(dir);
  if (existsSync(join(root, MANIFEST))) {
    throw new KataError("new-in-kata", `Cannot begin a kata in ${root}: it is a kata itself`, {
      hint: "give --dir the folder that holds the katas",
    });
  }
  const katas = existsSync(root) ? discover(root, { bundled: false }).katas : [];
  const twin = katas.find((kata) => kata.id === id);
  if (twin !== undefined) throw takenError(id, twin.dir);
  return { id, dir: root, katas };
}

/** What a kata is called when its author says nothing. */
export function defaultDraft({ id, katas }: KataPlan, of: Example): Draft {
  const example = exampleManifest(of);
  const options = { file: MANIFEST, dirName: id, bundled: true };
  const {
    category = "",
    difficulty,
    description = "",
  } = parseManifest(example, options).kata ?? {};
  const [only, ...others] = new Set(katas.map((kata) => kata.category));
  return {
    name: nameOf(id),
    category: only === undefined || others.length > 0 ? category : only,
    difficulty: String(difficulty),
    description,
  };
}

/**
 * Holds what an author said against what a manifest may hold.
 *
 * @throws KataError that says what the first wrong value has to be
 */
export function checkDraft({ id }: KataPlan, draft: Partial<Draft>): void {
  const problem = draftProblem(draftManifest(exampleManifest("any"), draft), id);
  if (problem === undefined) return;
  const { message, expected } = problem;
  throw new KataError("bad-value", message, expected ? { hint: `it has to be ${expected}` } : {});
}

/**
 * Writes the kata, all of its files or none, and the typings of its course.
 *
 * @throws KataError when the draft is wrong, or the folder exists already or cannot be written
 */
export function writeKata(
  plan: KataPlan,
  draft: Draft,
  example: Example,
): Placed & { folder: string } {
  checkDraft(plan, draft);
  const folder = join(groupFolder(plan, draft.category), plan.id);
  checkLoadable(folder, true);
  const course = courseOf(plan.dir);
  const from = exampleFolder(example);
  const files = readdirSync(from).map((name): [name: string, text: string] => {
    const text = readFileSync(join(from, name), "utf8");
    if (name !== MANIFEST) return [name, text];
    const head = schemaLine(course, join(folder, MANIFEST), "manifest");
    return [name, head + draftManifest(text, draft)];
  });
  try {
    if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) {
      throw takenError(plan.id, folder);
    }
    checkTypings(course);
    mkdirSync(course, { recursive: true });
    const typings = placeTypings(course, true);
    writeFolder(folder, files);
    const own = files.map(([name]) => join(folder, name)).toSorted();
    return { ...typings, folder, created: [...own, ...typings.created] };
  } catch (cause) {
    if (cause instanceof KataError) throw cause;
    throw new KataError("new-failed", `Cannot write ${folder}: ${(cause as Error).message}`, {
      hint: "give --dir a folder that can be written to",
      cause,
    });
  }
}

function checkId(id: string): void {
  // Folders of this name are not looked into.
  const isFolder = id !== "node_modules";
  const problem = draftProblem(exampleManifest("any"), id);
  if (isFolder && problem === undefined) return;
  const could = isFolder ? suggestId(id) : undefined;
  throw new KataError("bad-id", `Cannot use ${JSON.stringify(id)} as a kata's id`, {
    hint:
      could === undefined
        ? "an id is letters, digits, and - _ . within: row-sums"
        : `did you mean ${could}? An id is letters, digits, and - _ . within`,
  });
}

function takenError(id: string, folder: string): KataError {
  return new KataError("kata-exists", `Cannot begin ${id}: ${folder} exists already`, {
    hint: "choose another id, or remove the folder to begin anew",
  });
}

/**
 * Where a kata of this category goes: beside the others of it; where katas are
 * grouped, into a folder of the category's name; else into the folder itself.
 */
function groupFolder({ dir, katas }: KataPlan, category: string): string {
  const beside = katas.find((kata) => kata.category === category);
  if (beside !== undefined) return dirname(beside.dir);
  const group = join(dir, category);
  const isGrouped = katas.some((kata) => dirname(kata.dir) !== dir);
  const isHidden = category.startsWith(".") || category === "node_modules";
  return isGrouped && !isHidden && !existsSync(join(group, MANIFEST)) ? group : dir;
}

function exampleFolder(example: Example): string {
  return join(coreFolder(), "scaffolds", example);
}

function exampleManifest(example: Example): string {
  return readFileSync(join(exampleFolder(example), MANIFEST), "utf8");
}

/** Writes a new folder under a name that nothing looks at, and renames it. */
function writeFolder(folder: string, files: readonly (readonly [string, string])[]): void {
  const fresh = join(dirname(folder), `.new-kata.${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    for (const [name, text] of files) writeFileSync(join(fresh, name), text);
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}
