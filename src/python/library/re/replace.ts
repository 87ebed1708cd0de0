/** What `sub` and `expand` put in the place of a match. */
import { warn } from "../warn.ts";
import { fault } from "../../fault.ts";
import { bufferOf, PyBytes } from "../../objects/bytes.ts";
import { None, type Value } from "../../objects/object.ts";
import { latin } from "../../operations/bytes.ts";
import { call1 } from "../../operations/call.ts";
import { textOf } from "../../operations/repr.ts";
import { typeName } from "../../operations/typeof.ts";
import { lookup } from "../../objects/type.ts";
import { typeOf } from "../../operations/typeof.ts";
import { parseTemplate } from "../../regex/template.ts";
import { concatAll, fromPoints, pointAt, type Str, sizeOf } from "../../text/wide.ts";
import { compiling, sourceOf } from "./error.ts";
import { groupOf, type PyMatch } from "./match.ts";
import type { PyPattern } from "./pattern.ts";

/** Literal values and numbers of groups, in order. */
export type Replacement = readonly (Value | { group: number })[];

/** Reads a template. */
export function parseReplacement(pattern: PyPattern, template: Value): Replacement {
  const isText = textOf(template) !== undefined;
  if (!isText && bufferOf(template) === undefined) {
    fault("TypeError", `decoding to str: need a bytes-like object, ${typeName(template)} found`);
  }
  if (!hasBackslash(template)) return [template];
  const kept = pattern.templates.get(template);
  if (kept !== undefined) return kept;
  const parts = compiling(template, () =>
    parseTemplate(sourceOf(template), { ...groupsOf(pattern), bytes: !isText }, warn),
  ).map((part) => {
    if (typeof part === "number") return { group: part };
    return isText ? fromPoints(part) : new PyBytes(Uint8Array.from(part));
  });
  if (pattern.templates.size > 64) pattern.templates.clear();
  if (typeof template === "string" && template.length < 256) pattern.templates.set(template, parts);
  return parts;
}

function groupsOf({ regex }: PyPattern): {
  groups: number;
  groupNames: ReadonlyMap<string, number>;
} {
  return { groups: regex.groups, groupNames: regex.groupNames };
}

function hasBackslash(template: Value): boolean {
  const bytes = bufferOf(template);
  if (bytes !== undefined) return bytes.includes(92);
  const text = textOf(template)!;
  if (typeof text === "string") return text.includes("\\");
  for (let i = 0; i < sizeOf(text); i++) if (pointAt(text, i) === 92) return true;
  return false;
}

/** The text or bytes that a template makes of a match. */
export function expand(match: PyMatch, replacement: Replacement): Value {
  return joined(
    match.pattern.regex.bytes,
    replacement.map((part) =>
      typeof part === "object" && "group" in part
        ? groupOf(match, part.group, emptyOf(match.pattern))
        : part,
    ),
  );
}

/** Nothing, as the pattern's kind has it. */
export function emptyOf(pattern: PyPattern): Value {
  return pattern.regex.bytes ? new PyBytes(new Uint8Array(0)) : "";
}

/** Pieces one after the other; throws TypeError for one of another kind. */
export function joined(isBytes: boolean, pieces: readonly Value[]): Value {
  if (isBytes) {
    const texts = pieces.map((piece, i) => {
      const data = bufferOf(piece);
      if (data === undefined) {
        fault(
          "TypeError",
          `sequence item ${i}: expected a bytes-like object, ${typeName(piece)} found`,
        );
      }
      return latin(data);
    });
    return new PyBytes(Uint8Array.from(concatAll(texts) as string, (c) => c.charCodeAt(0)));
  }
  return concatAll(
    pieces.map(
      (piece, i): Str =>
        textOf(piece) ??
        fault("TypeError", `sequence item ${i}: expected str instance, ${typeName(piece)} found`),
    ),
  );
}

/** What replaces a match: by a function of the program, a template, or one text for all. */
export function replacer(pattern: PyPattern, by: Value): (match: PyMatch) => Value | undefined {
  if (lookup(typeOf(by), "__call__") !== undefined || isCallable(by)) {
    return (match) => {
      const made = call1(by, match);
      return made === None ? undefined : made;
    };
  }
  const replacement = parseReplacement(pattern, by);
  const only = replacement.length === 1 ? replacement[0]! : undefined;
  if (only !== undefined && !(typeof only === "object" && "group" in only)) return () => only;
  return (match) => expand(match, replacement);
}

function isCallable(value: Value): boolean {
  return typeof value === "object" && ("call" in value || "func" in value);
}
