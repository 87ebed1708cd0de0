/**
 * What `finditer`, `findall`, `split` and `sub` do, on places alone: who calls
 * cuts the subject. An empty match may follow any match but an empty one at the
 * same place.
 */
import { allocate } from "../budget.ts";
import type { Subject } from "./matcher.ts";
import type { Match, Pattern } from "./pattern.ts";

/** All matches from `pos` to `endpos` that do not overlap; each is sought when it is asked for. */
export function* matches(
  pattern: Pattern,
  subject: Subject,
  pos = 0,
  endpos: number = subject.length,
): Generator<Match, void, undefined> {
  let at = pos;
  let isAfterEmpty = false;
  for (;;) {
    const match = pattern.match(subject, at, endpos, "search", isAfterEmpty);
    if (match === undefined) return;
    const { spans } = match;
    at = spans[1]!;
    isAfterEmpty = at === spans[0];
    yield match;
  }
}

/**
 * `findall`: starts and ends of all the matches or, where a pattern has groups,
 * of their groups, `pattern.groups` for each match.
 */
export function findAll(
  pattern: Pattern,
  subject: Subject,
  pos = 0,
  endpos: number = subject.length,
): number[] {
  const found: number[] = [];
  const from = pattern.groups > 0 ? 2 : 0;
  let at = pos;
  let isAfterEmpty = false;
  for (;;) {
    const match = pattern.match(subject, at, endpos, "search", isAfterEmpty);
    if (match === undefined) return found;
    const { spans } = match;
    at = spans[1]!;
    isAfterEmpty = at === spans[0];
    allocate((spans.length - from) * 8);
    for (let place = from; place < spans.length; place++) found.push(spans[place]!);
  }
}

/**
 * `split`: starts and ends of the pieces, after each piece but the last those
 * of the groups. At most `limit` times, 0 for no limit, and not at all below it.
 */
export function split(pattern: Pattern, subject: Subject, limit = 0): number[] {
  const pieces: number[] = [];
  let from = 0;
  let count = 0;
  if (limit >= 0) {
    for (const { spans } of matches(pattern, subject)) {
      allocate(spans.length * 8);
      pieces.push(from, spans[0]!);
      for (let place = 2; place < spans.length; place++) pieces.push(spans[place]!);
      from = spans[1]!;
      if (++count === limit) break;
    }
  }
  pieces.push(from, subject.length);
  return pieces;
}

/** What `sub` puts together: `gaps[0]`, `replacements[0]`, `gaps[1]`, and on to the last gap. */
export interface Substitution<T> {
  /** Start and end of what stays, one more than there are replacements. */
  readonly gaps: readonly number[];
  readonly replacements: readonly T[];
}

/** `sub`: asks `replace` for each match, at most `limit` times, 0 for no limit, and not at all below it. */
export function substitute<T>(
  pattern: Pattern,
  subject: Subject,
  limit: number,
  replace: (match: Match) => T,
): Substitution<T> {
  const gaps: number[] = [];
  const replacements: T[] = [];
  let from = 0;
  if (limit >= 0) {
    for (const match of matches(pattern, subject)) {
      allocate(32);
      gaps.push(from, match.spans[0]!);
      replacements.push(replace(match));
      from = match.spans[1]!;
      if (replacements.length === limit) break;
    }
  }
  gaps.push(from, subject.length);
  return { gaps, replacements };
}
