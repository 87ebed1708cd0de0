import { KataError } from "../errors.ts";
import type { Kata } from "./kata.ts";
import { nearest } from "./nearest.ts";

/** What makes a selector a pattern. */
const GLOB = /[*?[\]{}!]/;

/**
 * The katas that a selector names, in the catalogue's order: all without one;
 * else an id, a category, `category/id`, or a glob over `category/id` or the
 * bare id. Throws `kata-not-found` when it names none.
 */
export function select(katas: readonly Kata[], selector?: string): Kata[] {
  if (selector === undefined) return [...katas];
  const byId = katas.filter((kata) => kata.id === selector);
  if (byId.length > 0) return byId;
  const named = katas.filter((kata) => kata.category === selector || place(kata) === selector);
  if (named.length > 0) return named;
  if (GLOB.test(selector)) {
    const glob = new Bun.Glob(selector);
    const found = katas.filter((kata) => glob.match(place(kata)) || glob.match(kata.id));
    if (found.length > 0) return found;
  }
  throw notFound(katas, selector);
}

/** The one kata with this id. Throws `kata-not-found`. */
export function selectOne(katas: readonly Kata[], id: string): Kata {
  const kata = katas.find((each) => each.id === id || place(each) === id);
  if (kata === undefined) throw notFound(katas, id);
  return kata;
}

function place(kata: Kata): string {
  return `${kata.category}/${kata.id}`;
}

function notFound(katas: readonly Kata[], selector: string): KataError {
  const names = selector.includes("/")
    ? katas.map(place)
    : katas.flatMap((kata) => [kata.id, kata.category]);
  const meant = nearest(selector, names);
  return new KataError("kata-not-found", `Kata not found: ${selector}`, {
    hint: meant === undefined ? "kata list shows all" : `Did you mean "${meant}"?`,
  });
}
