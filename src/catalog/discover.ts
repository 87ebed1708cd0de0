import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import type { Dirent, Stats } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Lang } from "../events/event.ts";
import { byCategory } from "./categories.ts";
import { FILE_NAMES, MANIFEST, type Kata, type KataFiles } from "./kata.ts";
import { parseManifest } from "./manifest.ts";
import { nearest } from "./nearest.ts";
import type { Problem } from "./problem.ts";
import { readText } from "./read-text.ts";

export interface DiscoverOptions {
  /** True for the katas that kata ships, which are held to more. */
  bundled: boolean;
}

const LANGS: readonly Lang[] = ["ts", "py"];
const ALL_NAMES: readonly string[] = LANGS.flatMap((lang) => Object.values(FILE_NAMES[lang]));

/** A folder's entries; links are followed. */
interface Listing {
  dir: string;
  files: Set<string>;
  dirs: string[];
  /** True when a link was followed to get here. */
  linked: boolean;
  /** The folder above, when it groups katas. */
  category?: string;
}

/**
 * Finds the katas under a folder, which is laid out `<category>/<id>/` or
 * `<id>/`, or is one kata itself. Katas come in the order of `byCategory`;
 * those that cannot be used are left out and explained in `problems`.
 * Never throws for what it finds on the disk.
 */
export function discover(
  dir: string,
  options: DiscoverOptions,
): { katas: Kata[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const katas = new Map<string, Kata>();
  for (const folder of kataFolders(resolve(dir), problems)) {
    const kata = readKata(folder, options, problems);
    if (kata === undefined) continue;
    const first = katas.get(kata.id);
    if (first === undefined) katas.set(kata.id, kata);
    else {
      problems.push({
        ...about(kata.dir, `Cannot tell katas apart: "${kata.id}" is ${first.dir} and ${kata.dir}`),
        expected: "ids, the names of the folders, that are unique",
        hint: "rename one of the folders",
      });
    }
  }
  return { katas: byCategory([...katas.values()]), problems };
}

/** The folders that are katas, or look like one, in the order of their paths. */
function kataFolders(root: string, problems: Problem[]): Listing[] {
  const listing = list(root, false, problems);
  if (listing === undefined) return [];
  if (listing.files.has(MANIFEST)) return [listing];
  const found: Listing[] = [];
  for (const child of children(listing, problems)) {
    if (looksLikeKata(child)) found.push(child);
    else found.push(...children(child, problems, basename(child.dir)).filter(looksLikeKata));
  }
  if (found.length === 0) return problems.length === 0 ? [listing] : [];
  if (!found.some((folder) => folder.linked)) return found;
  // A link may lead back to a folder that was seen; a kata is known by its own path.
  const own = found.toSorted((a, b) => Number(a.linked) - Number(b.linked));
  return [...new Map(own.toReversed().map((f) => [realpathSync(f.dir), f])).values()].toReversed();
}

function looksLikeKata(listing: Listing): boolean {
  return listing.files.has(MANIFEST) || ALL_NAMES.some((name) => listing.files.has(name));
}

function children(listing: Listing, problems: Problem[], category?: string): Listing[] {
  const found: Listing[] = [];
  for (const name of listing.dirs) {
    const child = list(join(listing.dir, name), listing.linked, problems);
    if (child !== undefined) found.push(category === undefined ? child : { ...child, category });
  }
  return found;
}

/** Reads a folder. Dot folders and `node_modules` are not in it; a link that leads nowhere neither. */
function list(dir: string, linked: boolean, problems: Problem[]): Listing | undefined {
  let entries: Dirent[];
  try {
    linked ||= lstatSync(dir).isSymbolicLink();
    entries = readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({
      ...about(dir, `Cannot read folder ${dir}: ${reason}`),
      expected: "a folder of katas",
    });
    return undefined;
  }
  const listing: Listing = { dir, files: new Set(), dirs: [], linked };
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const kind = entry.isSymbolicLink() ? follow(join(dir, entry.name)) : entry;
    if (kind?.isFile() === true) listing.files.add(entry.name);
    else if (kind?.isDirectory() === true) listing.dirs.push(entry.name);
  }
  listing.dirs.sort(compare);
  return listing;
}

/** What a link leads to; nothing when it is broken or leads to itself. */
function follow(link: string): Stats | undefined {
  try {
    return statSync(link);
  } catch {
    return undefined;
  }
}

/** Reads one kata; `undefined` when it cannot be used, and `problems` says why. */
function readKata(
  folder: Listing,
  options: DiscoverOptions,
  problems: Problem[],
): Kata | undefined {
  const id = basename(folder.dir);
  const complete = checkFiles(folder, options, problems);
  if (!folder.files.has(MANIFEST)) return undefined;
  const file = join(folder.dir, MANIFEST);
  const read = readText(file);
  if ("problem" in read) {
    problems.push(read.problem);
    return undefined;
  }
  const { category } = folder;
  const manifest = parseManifest(read.text, {
    file,
    dirName: id,
    bundled: options.bundled,
    ...(category === undefined ? {} : { parentName: category }),
  });
  problems.push(...manifest.problems);
  if (manifest.kata === null || complete.length === 0) return undefined;
  const files: Kata["files"] = {};
  for (const lang of complete) files[lang] = pathsOf(folder.dir, lang);
  return { id, ...manifest.kata, dir: folder.dir, files };
}

/** Notes the files that a folder lacks. Returns the languages it is complete in. */
function checkFiles(folder: Listing, options: DiscoverOptions, problems: Problem[]): Lang[] {
  if (!folder.files.has(MANIFEST)) {
    const meant = nearest(
      MANIFEST,
      [...folder.files].filter((name) => !ALL_NAMES.includes(name)),
    );
    problems.push({
      ...about(folder.dir, `No ${MANIFEST} found in ${folder.dir}`),
      expected: "<id>/manifest.toml or <category>/<id>/manifest.toml",
      hint: meant === undefined ? "write one: kata help manifest" : `rename ${meant}`,
    });
    if (!looksLikeKata(folder)) return [];
  }
  const missing = LANGS.map((lang) => ({
    lang,
    names: Object.values(FILE_NAMES[lang]).filter((name) => !folder.files.has(name)),
  }));
  const complete = missing.filter(({ names }) => names.length === 0).map(({ lang }) => lang);
  const begun = missing.filter(({ names }) => names.length > 0 && names.length < 3);
  const blank = complete.length === 0 && begun.length === 0;
  for (const { lang, names } of blank ? missing.slice(0, 1) : begun) {
    for (const name of names) {
      problems.push({
        ...about(folder.dir, `Missing required file: ${name}`),
        // A stranger's kata is not held back by the language that nobody asked for.
        severity: complete.length > 0 && !options.bundled ? "warning" : "error",
        expected: blank
          ? LANGS.map((each) => Object.values(FILE_NAMES[each]).join(", ")).join("; or ")
          : Object.values(FILE_NAMES[lang]).join(", "),
        hint: `write ${join(folder.dir, name)}`,
      });
    }
  }
  return complete;
}

function pathsOf(dir: string, lang: Lang): KataFiles {
  const { template, tests, reference } = FILE_NAMES[lang];
  return {
    template: join(dir, template),
    tests: join(dir, tests),
    reference: join(dir, reference),
  };
}

/** An error about a whole file or folder. */
function about(file: string, message: string): Problem {
  return { severity: "error", file, line: 0, column: 0, message };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
