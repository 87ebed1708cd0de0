/** The manifest of a kata that is only begun, judged by the reader of all manifests. */
import { stringify } from "smol-toml";
import { MANIFEST } from "./kata.ts";
import { parseManifest } from "./manifest.ts";
import type { Problem } from "./problem.ts";

/** What an author says of a kata before there is one, as typed. */
export interface Draft {
  name: string;
  category: string;
  difficulty: string;
  description: string;
}

const KEYS: Readonly<Record<keyof Draft, string>> = {
  name: "name",
  category: "category",
  difficulty: "base_difficulty",
  description: "description",
};

/** An example's manifest, each of these keys in one line, with the draft's values in their place. */
export function draftManifest(example: string, draft: Partial<Draft>): string {
  let text = example;
  for (const [field, typed] of Object.entries(draft) as [keyof Draft, string][]) {
    const key = KEYS[field];
    // A difficulty that is no number is left for the reader to refuse.
    const value = field === "difficulty" && /^\d+$/.test(typed) ? Number(typed) : typed;
    text = text.replace(new RegExp(`^${key} = .*$`, "m"), () => stringify({ [key]: value }).trim());
  }
  return text;
}

/** The first thing that is wrong with a manifest of this kata; nothing when it is in order. */
export function draftProblem(text: string, id: string): Problem | undefined {
  return parseManifest(text, { file: MANIFEST, dirName: id, bundled: true }).problems[0];
}

/** The id nearest to what was typed: `Row sums!` could be `row-sums`. */
export function suggestId(typed: string): string | undefined {
  const id = typed
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return id === "" ? undefined : id;
}

/** A name for people: `row-sums` is `Row sums`. */
export function nameOf(id: string): string {
  const words = id.replace(/[-_.]+/g, " ").trim() || id;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
