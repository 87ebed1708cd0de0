/** A project's own settings, of the folder that kata runs in. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { NO_PROJECT, type Project, PROJECT } from "../catalog/project.ts";
import { KataError } from "../errors.ts";
import type { AttachedPlugin } from "../plugins/attached.ts";
import type { RunSurroundings } from "./request.ts";
import type { LoadedSteps } from "./steps.ts";

/** @throws KataError when the file cannot be read, or anything in it is wrong */
export async function readProject(folder: string): Promise<Project> {
  const file = join(folder, PROJECT);
  let text: string;
  try {
    // Reading a pipe would wait for whoever writes to it.
    if (!statSync(file).isFile()) throw new Error("it is not a file");
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return NO_PROJECT;
    throw new KataError("settings-unreadable", `Cannot read ${file}: ${(error as Error).message}`);
  }
  // Loaded only here: most folders have no settings.
  const { parseProject } = await import("../catalog/project.ts");
  const { project, problems } = parseProject(text, file);
  const [first] = problems;
  if (first === undefined) return project;
  const { line, column, message, hint } = first;
  const place = `${file}:${line}:${column}`;
  throw new KataError("settings-wrong", `${place}: ${message}`, hint === undefined ? {} : { hint });
}

/**
 * The plugins that `kata.toml` attaches to runs; where it lists none, nothing is loaded.
 *
 * @throws KataError as `readPlugins` and `attachPlugins`
 */
export async function projectPlugins(
  folder: string,
  unconfined: boolean,
): Promise<AttachedPlugin[]> {
  const { plugins } = await readProject(folder);
  if (plugins.length === 0) return [];
  const { attachPlugins, readPlugins } = await import("./project-plugins.ts");
  return await attachPlugins(readPlugins(plugins, folder), unconfined);
}

/** The project's own steps; where `kata.toml` lists none, nothing is loaded for them. */
export async function projectSteps(
  folder: string,
  surroundings: RunSurroundings,
): Promise<LoadedSteps | undefined> {
  const { extensions, ...project } = await readProject(folder);
  if (extensions === undefined) return undefined;
  const { loadSteps } = await import("./steps.ts");
  return await loadSteps({ ...project, extensions }, folder, surroundings);
}
