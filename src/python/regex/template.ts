/** Replacement templates: `\1`, `\g<name>` and escapes between plain text. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { type PatternSource, quoted } from "./error.ts";
import { controlOf, octal } from "./escapes.ts";
import type { Pattern } from "./pattern.ts";
import { lengthOf, Tokens, type Warn } from "./tokens.ts";
import { MAXGROUPS } from "./tree.ts";

/** A group's number, or the code points (bytes, for a pattern of bytes) of plain text. */
export type TemplatePart = number | readonly number[];

const DECIMAL = /[0-9]/;
const OCTAL = /[0-7]/;

/**
 * Reads a template for a pattern. Plain text is one part between groups; a
 * template without groups is at most one part. Throws a `PatternError`, and an
 * `IndexError` for a name that no group has.
 */
export function parseTemplate(
  source: PatternSource,
  pattern: Pick<Pattern, "groups" | "groupNames" | "bytes">,
  warn: Warn = () => {},
): TemplatePart[] {
  spend(source.length);
  const tokens = new Tokens(source, pattern.bytes, warn);
  const parts: TemplatePart[] = [];
  let plain: number[] = [];
  const addGroup = (group: bigint | number, offset: number): void => {
    if (group > pattern.groups) throw tokens.error(`invalid group reference ${group}`, offset);
    if (plain.length > 0) parts.push(plain);
    plain = [];
    parts.push(Number(group));
  };
  for (let token = tokens.get(); token !== undefined; token = tokens.get()) {
    const letter = token.slice(1);
    if (!token.startsWith("\\")) plain.push(token.codePointAt(0) ?? 0);
    else if (letter === "g") {
      const { group, offset } = namedGroup(tokens, pattern.groupNames);
      addGroup(group, offset);
    } else if (letter === "0") {
      plain.push(Number.parseInt(`0${tokens.getWhile(2, OCTAL)}`, 8));
    } else if (DECIMAL.test(letter)) {
      let digits = letter;
      if (tokens.nextIs(DECIMAL)) digits += tokens.get();
      if (/^[0-7]{2}$/.test(digits) && tokens.nextIs(OCTAL)) {
        plain.push(octal(tokens, digits + tokens.get()));
      } else addGroup(Number(digits), digits.length);
    } else {
      const control = controlOf(letter);
      if (control !== undefined) plain.push(control);
      else if (/^[A-Za-z]$/.test(letter)) throw tokens.error(`bad escape ${token}`, 2);
      else plain.push(92, letter.codePointAt(0) ?? 0);
    }
  }
  if (plain.length > 0) parts.push(plain);
  return parts;
}

function namedGroup(
  tokens: Tokens,
  names: ReadonlyMap<string, number>,
): { group: bigint | number; offset: number } {
  if (!tokens.match("<")) throw tokens.error("missing <");
  const name = tokens.getUntil(">", "group name");
  const offset = lengthOf(name) + 1;
  const number = tokens.groupNumber(name);
  if (number === undefined) {
    tokens.checkName(name, 1);
    const group = names.get(name);
    if (group === undefined) return fault("IndexError", `unknown group name ${quoted(name)}`);
    return { group, offset };
  }
  if (number >= BigInt(MAXGROUPS)) {
    throw tokens.error(`invalid group reference ${number}`, offset);
  }
  tokens.checkNumber(name);
  return { group: number, offset };
}
