import type { Kata } from "../catalog/kata.ts";

/** The languages a kata can be done in, `ts` first. */
export function languagesOf(kata: Kata): ("ts" | "py")[] {
  return (["ts", "py"] as const).filter((lang) => kata.files[lang] !== undefined);
}

/** Difficulty as circles, one filled for each step: `●●○○○`. */
export function difficultyDots(difficulty: number): string {
  const filled = Math.max(0, Math.min(5, Math.round(difficulty)));
  return "\u25cf".repeat(filled) + "\u25cb".repeat(5 - filled);
}

/** A kata as data: every field of its manifest, under the manifest's own names. */
export function manifestFields(kata: Kata, bundled: boolean): Record<string, unknown> {
  const { files: _, dir, timeoutMs, difficulty, passesOnTemplate, ...fields } = kata;
  return {
    ...fields,
    base_difficulty: difficulty,
    timeout_ms: timeoutMs ?? null,
    passes_on_template: passesOnTemplate,
    languages: languagesOf(kata),
    dir: bundled ? null : dir,
  };
}
