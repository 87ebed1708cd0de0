/** HTML out of foreign text: what is put into `fill` is escaped unless it is markup already. */
import { visible } from "kata/plugin";

/** Text that is markup. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | undefined | readonly Markup[];

/**
 * A template of markup; strings in it become text, with control characters made
 * visible. Not called `html`: formatters would lay out what it holds, and its
 * spaces are part of the page.
 */
export function fill(parts: TemplateStringsArray, ...values: Value[]): Markup {
  let markup = parts[0] ?? "";
  for (const [at, value] of values.entries()) markup += rendered(value) + (parts[at + 1] ?? "");
  return { markup };
}

/** Text of ours, as it stands. */
export function raw(markup: string): Markup {
  return { markup };
}

/** The text with what means something in HTML, quotes too, as references. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function rendered(value: Value): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
}
