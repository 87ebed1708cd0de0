/** From the files that `kata.toml` lists to extensions that may run. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { KataError } from "../errors.ts";
import { type Capability, probeCapabilities, type ProbeSurroundings } from "./capabilities.ts";
import { type Broken, type Extension, readExtension } from "./extension.ts";
import { isSlot, type Slot, SLOT_NAMES, SLOTS } from "./slots.ts";

/** `[extensions]` of `kata.toml`. */
export interface ExtensionSettings {
  /** The folder they live in, relative to the project. */
  folder: string;
  /** The files of each slot, in order, relative to the folder. */
  slots: Readonly<Record<string, readonly string[]>>;
}

/** One file that cannot take part. */
export interface LoadProblem {
  file: string;
  slot: Slot;
  /** Everything that is wrong with the file, each naming it. */
  message: string;
  /** True when it fails the run that it cannot take part in. */
  blocks: boolean;
}

export interface Loaded {
  /** Per slot, in declared order. */
  slots: Readonly<Record<Slot, readonly Extension[]>>;
  problems: LoadProblem[];
}

/** No description of a step that a person writes is longer, in bytes. */
const MAX_BYTES = 2 ** 20;

/**
 * Reads the extensions of the project in `root`.
 *
 * @throws KataError when `kata.toml` names a slot that there is not, and, unless
 *   `strict` is false, when any file is wrong: one error that lists them all
 */
export function loadExtensions(
  settings: ExtensionSettings,
  root: string,
  { strict = true }: { strict?: boolean } = {},
): Loaded {
  const slots = Object.fromEntries(
    SLOT_NAMES.map((slot): [Slot, Extension[]] => [slot, []]),
  ) as Record<Slot, Extension[]>;
  const problems: LoadProblem[] = [];
  const taken = new Map<string, string>();
  checkSlots(settings);
  for (const slot of SLOT_NAMES) {
    for (const name of settings.slots[slot] ?? []) {
      const file = join(settings.folder, name).split(sep).join("/");
      const read = readFile(resolve(root, settings.folder), name, file, slot);
      if ("extension" in read) {
        const { id } = read.extension;
        const other = taken.get(id);
        taken.set(id, other ?? file);
        if (other === undefined) slots[slot].push(read.extension);
        else {
          const blocks = read.extension.on_fail === "block";
          problems.push(problem(file, slot, { problems: [`id "${id}" is ${other}'s`], blocks }));
        }
      } else problems.push(problem(file, slot, read));
    }
  }
  if (strict && problems.length > 0) throw invalid(problems);
  return { slots, problems };
}

/** The one error of everything that is wrong. */
export function invalid(problems: readonly LoadProblem[]): KataError {
  const lines = problems.map(({ message }) => `\n- ${message}`);
  return new KataError("extensions-invalid", `invalid extensions:${lines.join("")}`, {
    hint: "kata help extensions has the fields, and three whole examples",
  });
}

/** An extension that may run, and which optional capabilities it has to do without. */
export interface Ready {
  extension: Extension;
  without: Capability[];
}

/**
 * Looks for what the extensions need; one that needs what is missing becomes a
 * problem. Nothing is probed that no extension names.
 */
export async function checkCapabilities(
  loaded: Loaded,
  around: ProbeSurroundings,
): Promise<{ slots: Record<Slot, Ready[]>; problems: LoadProblem[] }> {
  const all = SLOT_NAMES.flatMap((slot) => loaded.slots[slot]);
  const found = await probeCapabilities(
    all.flatMap((each) => [...each.required_capabilities, ...each.optional_capabilities]),
    around,
  );
  const isMissing = (name: Capability): boolean => found.get(name) !== true;
  const problems = [...loaded.problems];
  const ready = (extension: Extension): Ready[] => {
    const { file, slot, required_capabilities, optional_capabilities, on_fail } = extension;
    const missing = required_capabilities.filter(isMissing);
    if (missing.length === 0)
      return [{ extension, without: optional_capabilities.filter(isMissing) }];
    const words = [`missing required capabilities: ${missing.join(", ")}`];
    problems.push(problem(file, slot, { problems: words, blocks: on_fail === "block" }));
    return [];
  };
  const slots = Object.fromEntries(
    SLOT_NAMES.map((slot) => [slot, loaded.slots[slot].flatMap(ready)]),
  ) as Record<Slot, Ready[]>;
  return { slots, problems };
}

function problem(file: string, slot: Slot, { problems, blocks }: Broken): LoadProblem {
  return { file, slot, message: problems.map((each) => `${file}: ${each}`).join("; "), blocks };
}

/** A slot misspelt in the settings would be a gate that nobody runs. */
function checkSlots({ slots }: ExtensionSettings): void {
  const unknown = Object.keys(slots).find((name) => !isSlot(name));
  if (unknown === undefined) return;
  throw new KataError("settings-wrong", `kata.toml: unknown slot ${JSON.stringify(unknown)}`, {
    hint: `the slots are: ${SLOT_NAMES.join(", ")}`,
  });
}

function readFile(
  folder: string,
  name: string,
  file: string,
  slot: Slot,
): { extension: Extension } | Broken {
  const unread = (why: string): Broken => ({ problems: [why], blocks: SLOTS[slot].may_block });
  try {
    if (isAbsolute(name) || leaves(folder, resolve(folder, name)))
      return unread("it lies outside of the extensions' folder");
    const real = realpathSync(resolve(folder, name));
    if (leaves(realpathSync(folder), real))
      return unread("it lies outside of the extensions' folder");
    const info = statSync(real);
    if (!info.isFile()) return unread("it is no regular file");
    if (info.size > MAX_BYTES)
      return unread(`it has ${info.size} bytes, and at most ${MAX_BYTES} were expected`);
    const bytes = readFileSync(real);
    return readExtension(new TextDecoder("utf-8", { fatal: true }).decode(bytes), file, slot);
  } catch (error) {
    if (error instanceof TypeError) return unread("it is not UTF-8 text");
    return unread(`it cannot be read: ${(error as Error).message.replace(/, \w+ '.*$/s, "")}`);
  }
}

function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}
