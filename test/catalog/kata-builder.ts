/** Katas for tests: as values, and as folders on the disk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Kata } from "../../src/catalog/kata.ts";

/** A kata that exists in memory alone. */
export function kata(id: string, fields: Partial<Kata> = {}): Kata {
  return {
    id,
    name: id,
    category: "basics",
    difficulty: 1,
    description: "",
    dependencies: [],
    tags: [],
    hints: [],
    device: "any",
    rules: { forbid: [], must_use: [] },
    variations: [],
    passesOnTemplate: [],
    equivalent: [],
    dir: `/nowhere/${id}`,
    files: {},
    ...fields,
  };
}

/** A manifest that has nothing wrong with it. */
export function manifest(category = "basics", difficulty = 1, more = ""): string {
  return `[kata]\nname = "N"\ncategory = "${category}"\nbase_difficulty = ${difficulty}\ndescription = "D"\n${more}`;
}

/** The files of a kata in TypeScript. */
export function tsFiles(dir: string, text: string = manifest()): Record<string, string> {
  return {
    [`${dir}/manifest.toml`]: text,
    [`${dir}/template.ts`]: "",
    [`${dir}/kata.test.ts`]: "",
    [`${dir}/reference.ts`]: "",
  };
}

/** The files of a kata in Python. */
export function pyFiles(dir: string, text: string = manifest()): Record<string, string> {
  return {
    [`${dir}/manifest.toml`]: text,
    [`${dir}/template.py`]: "",
    [`${dir}/test_kata.py`]: "",
    [`${dir}/reference.py`]: "",
  };
}

const folders: string[] = [];

/** Removes what `folder` made. */
export function removeFolders(): void {
  for (const root of folders.splice(0)) rmSync(root, { recursive: true, force: true });
}

/** Writes files below a new temporary folder, for `removeFolders` to remove. Returns the folder. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), "kata-catalog-"));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}
