/** What `finditer`, `findall`, `split` and `sub` do, on places alone. */
import type { Match, Pattern } from "./pattern.ts";
import type { Subject } from "./matcher.ts";

/** All matches that do not overlap, from `pos` to `endpos`; each is sought when it is asked for. */
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
    const [start, end] = match.spans as readonly [number, number];
    isAfterEmpty = start === end;
    at = end;
    yield match;
  }
}
