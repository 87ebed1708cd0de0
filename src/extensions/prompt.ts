/** Prompts: text with `{{names}}` of a closed set, filled in once. */

/** What a prompt may name. */
export const PLACEHOLDERS = [
  "slot",
  "kata.id",
  "kata.name",
  "kata.description",
  "kata.file",
  "test.name",
  "test.code",
  "test.failure",
  "diff",
  "verdict",
  "context",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type PromptValues = Readonly<Record<Placeholder, string>>;

const NAME = /\{\{\s*([\w.]+)\s*\}\}/g;

/** The names in a prompt that nothing stands for. */
export function unknownPlaceholders(prompt: string): string[] {
  const names = [...prompt.matchAll(NAME)].map(([, name = ""]) => name);
  return [...new Set(names)].filter((name) => !isPlaceholder(name));
}

/** The prompt with its names filled in; what a value itself holds stays as it is. */
export function renderPrompt(prompt: string, values: PromptValues): string {
  return prompt.replaceAll(NAME, (whole, name: string) =>
    isPlaceholder(name) ? values[name] : whole,
  );
}

function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((known) => known === name);
}
