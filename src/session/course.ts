/** A course: a folder of katas with settings, and with what an editor needs. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { coreFolder } from "../assets.ts";
import { MANIFEST } from "../catalog/kata.ts";
import { PROJECT } from "../catalog/project.ts";
import { KataError } from "../errors.ts";
import { checkTypings, type Placed, placeTypings, TYPINGS } from "./typings.ts";

/** Where each service looks for what it runs. */
const CI_FILES = { github: ".github/workflows/katas.yml", gitlab: ".gitlab-ci.yml" } as const;

export type CiService = keyof typeof CI_FILES;
export const CI_SERVICES: readonly CiService[] = ["github", "gitlab"];

/** The course that a folder is in: the nearest one above with settings, else the folder itself. */
export function courseOf(dir: string): string {
  for (let at = resolve(dir); ; at = dirname(at)) {
    if (existsSync(join(at, PROJECT))) return at;
    if (dirname(at) === at) return resolve(dir);
  }
}

/** The line that tells a TOML editor which of a course's schemas describes `file`. */
export function schemaLine(course: string, file: string, schema: "manifest" | "config"): string {
  const path = relative(dirname(file), join(course, TYPINGS, "schemas", `${schema}.json`));
  return `#:schema ${path.replaceAll(sep, "/")}\n`;
}

/**
 * Makes a folder a course. What is there already stays as it is.
 *
 * @throws KataError when the folder is a kata, or cannot be written to
 */
export function initCourse(dir: string, ci?: CiService): Placed {
  if (existsSync(join(dir, MANIFEST))) {
    throw new KataError("course-is-kata", `Cannot make ${dir} a course: it is a kata`, {
      hint: "give the folder that holds the katas",
    });
  }
  const created: string[] = [];
  const place = (path: string, text: string): void => {
    const file = join(dir, path);
    if (existsSync(file)) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    created.push(file);
  };
  const scaffold = (name: string): string =>
    readFileSync(join(coreFolder(), "scaffolds/course", name), "utf8");
  try {
    checkTypings(dir);
    mkdirSync(dir, { recursive: true });
    place(PROJECT, schemaLine(dir, join(dir, PROJECT), "config") + scaffold(PROJECT));
    const typings = placeTypings(dir, true);
    if (ci !== undefined) place(CI_FILES[ci], scaffold(`${ci}.yml`));
    return { ...typings, created: [...created, ...typings.created] };
  } catch (cause) {
    if (cause instanceof KataError) throw cause;
    throw new KataError("init-failed", `Cannot make ${dir} a course: ${(cause as Error).message}`, {
      hint: "give a folder that can be written to",
      cause,
    });
  }
}
