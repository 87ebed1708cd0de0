/** Programs that somebody broke: a seed makes one of a good program, always the same. */
import { random } from "./generate.ts";

const WORDS =
  "if else elif for while def class return yield await async lambda with as try except finally raise import from global nonlocal del match case in is not and or None True pass break continue assert type print x self * ** -> := : , ; ( ) [ ] { } . ... = == += @ ! ~ \\ # ' \" ''' f' f\" {x!r:>{y}} } 0x 1e5 1_0 0b2 1j 99999999999999999999 \t \n \u2028 \ufeff é 😀 ª \0".split(
    " ",
  );
const TOKEN = /\s+|\w+|[^\w\s]/g;

/** One to three changes: what stands somewhere goes, is doubled, changes places, or is replaced by a word or a byte. */
export function broken(source: string, seed: number): string {
  const below = random(seed);
  const parts = source.match(TOKEN) ?? [];
  const piece = (): string =>
    below(4) === 0 ? String.fromCharCode(below(256)) : (WORDS[below(WORDS.length)] ?? "");
  for (let left = 1 + below(3); left > 0 && parts.length > 0; left--) {
    const at = below(parts.length);
    const other = below(parts.length);
    switch (below(6)) {
      case 0:
        parts.splice(at, 1 + below(3));
        break;
      case 1:
        parts.splice(at, 0, parts[other]!);
        break;
      case 2:
        [parts[at], parts[other]] = [parts[other]!, parts[at]!];
        break;
      case 3:
        parts[at] = piece();
        break;
      case 4:
        parts.splice(at, 0, piece());
        break;
      default:
        // What follows is cut off, or put in front of itself.
        if (below(3) === 0) parts.length = at;
        else parts.splice(at, 0, ...parts.slice(other, other + below(20)));
    }
  }
  return parts.join("");
}
