/** What stands in parentheses. */
import { quoted } from "./error.ts";
import { flagOf, GLOBAL_FLAGS, TYPE_FLAGS, VERBOSE } from "./flags.ts";
import { parseAlternatives, parseSequence, type PatternState } from "./parser.ts";
import { lengthOf, type Tokens } from "./tokens.ts";
import { MAXGROUPS, type Node } from "./tree.ts";

/** A group after its `(`; `"comment"` for one, `"flags"` for flags of the whole pattern. */
export function parseGroup(
  tokens: Tokens,
  state: PatternState,
  verbose: boolean,
  first: boolean,
): Node | "comment" | "flags" {
  const start = tokens.tell() - 1;
  if (!tokens.match("?")) return capture(tokens, state, verbose, start);
  const char = tokens.get();
  if (char === undefined) throw tokens.error("unexpected end of pattern");
  switch (char) {
    case "P":
      return pythonGroup(tokens, state, verbose, start);
    case ":":
      return plainGroup(tokens, state, verbose, start, 0, 0);
    case "#":
      skipComment(tokens, start);
      return "comment";
    case "=":
    case "!":
      return look(tokens, state, verbose, start, false, char === "!");
    case "<": {
      const kind = tokens.get();
      if (kind === undefined) throw tokens.error("unexpected end of pattern");
      if (kind !== "=" && kind !== "!") {
        throw tokens.error(`unknown extension ?<${kind}`, lengthOf(kind) + 2);
      }
      return look(tokens, state, verbose, start, true, kind === "!");
    }
    case "(":
      return conditional(tokens, state, verbose, start);
    case ">": {
      const body = parseAlternatives(tokens, state, verbose);
      close(tokens, start);
      return { kind: "atomic", body };
    }
    default:
      break;
  }
  if (flagOf(char) === undefined && char !== "-") {
    throw tokens.error(`unknown extension ?${char}`, lengthOf(char) + 1);
  }
  const flags = parseFlags(tokens, state, char);
  if (flags !== undefined) {
    return plainGroup(tokens, state, verbose, start, flags.added, flags.removed);
  }
  if (first) return "flags";
  const offset = tokens.tell() - start;
  throw tokens.error("global flags not at the start of the expression", offset);
}

function close(tokens: Tokens, start: number): void {
  if (tokens.match(")")) return;
  throw tokens.error("missing ), unterminated subpattern", tokens.tell() - start);
}

function skipComment(tokens: Tokens, start: number): void {
  do {
    if (tokens.next === undefined) {
      throw tokens.error("missing ), unterminated comment", tokens.tell() - start);
    }
  } while (tokens.get() !== ")");
}

function plainGroup(
  tokens: Tokens,
  state: PatternState,
  verbose: boolean,
  start: number,
  added: number,
  removed: number,
): Node {
  const inner = (verbose || (added & VERBOSE) !== 0) && (removed & VERBOSE) === 0;
  const body = parseAlternatives(tokens, state, inner);
  close(tokens, start);
  return { kind: "group", group: 0, added, removed, body };
}

function capture(
  tokens: Tokens,
  state: PatternState,
  verbose: boolean,
  start: number,
  name?: string,
): Node {
  const group = state.widths.length;
  if (name !== undefined) {
    const other = state.names.get(name);
    if (other !== undefined) {
      const message = `redefinition of group name ${quoted(name)} as group ${group}`;
      throw tokens.error(`${message}; was group ${other}`, lengthOf(name) + 1);
    }
    state.names.set(name, group);
  }
  state.widths.push(undefined);
  const body = parseAlternatives(tokens, state, verbose);
  close(tokens, start);
  state.widths[group] = body.width;
  return { kind: "group", group, added: 0, removed: 0, body };
}

function pythonGroup(tokens: Tokens, state: PatternState, verbose: boolean, start: number): Node {
  if (tokens.match("<")) {
    const name = tokens.getUntil(">", "group name");
    tokens.checkName(name, 1);
    return capture(tokens, state, verbose, start, name);
  }
  if (tokens.match("=")) {
    const name = tokens.getUntil(")", "group name");
    tokens.checkName(name, 1);
    const group = state.names.get(name);
    const offset = lengthOf(name) + 1;
    if (group === undefined) throw tokens.error(`unknown group name ${quoted(name)}`, offset);
    if (state.widths[group] === undefined) {
      throw tokens.error("cannot refer to an open group", offset);
    }
    state.checkLookbehind(group, tokens);
    return { kind: "reference", group };
  }
  const char = tokens.get();
  if (char === undefined) throw tokens.error("unexpected end of pattern");
  throw tokens.error(`unknown extension ?P${char}`, lengthOf(char) + 2);
}

function look(
  tokens: Tokens,
  state: PatternState,
  verbose: boolean,
  start: number,
  behind: boolean,
  negate: boolean,
): Node {
  const outer = state.behind;
  if (behind) state.behind ??= state.widths.length;
  const body = parseAlternatives(tokens, state, verbose);
  state.behind = outer;
  close(tokens, start);
  return { kind: "look", behind, negate, body };
}

function conditional(tokens: Tokens, state: PatternState, verbose: boolean, start: number): Node {
  const group = conditionOf(tokens, state);
  state.checkLookbehind(group, tokens);
  const yes = parseSequence(tokens, state, verbose);
  const no = tokens.match("|") ? parseSequence(tokens, state, verbose) : undefined;
  if (no !== undefined && tokens.next === "|") {
    throw tokens.error("conditional backref with more than two branches");
  }
  close(tokens, start);
  return { kind: "conditional", group, yes, no };
}

function conditionOf(tokens: Tokens, state: PatternState): number {
  const name = tokens.getUntil(")", "group name");
  const offset = lengthOf(name) + 1;
  const number = tokens.groupNumber(name);
  if (number === undefined) {
    tokens.checkName(name, 1);
    const group = state.names.get(name);
    if (group === undefined) throw tokens.error(`unknown group name ${quoted(name)}`, offset);
    return group;
  }
  if (number === 0n) throw tokens.error("bad group number", offset);
  if (number >= BigInt(MAXGROUPS)) {
    throw tokens.error(`invalid group reference ${number}`, offset);
  }
  const group = Number(number);
  if (!state.conditions.has(group)) state.conditions.set(group, tokens.tell() - offset);
  tokens.checkNumber(name);
  return group;
}

/** The flags of `(?flags-flags:`, or nothing after `(?flags)`, which become the pattern's. */
function parseFlags(
  tokens: Tokens,
  state: PatternState,
  first: string,
): { added: number; removed: number } | undefined {
  let added = 0;
  let char = first;
  while (char !== ")" && char !== "-" && char !== ":") {
    const flag = wantFlag(tokens, char, "missing -, : or )");
    if (!tokens.bytes && char === "L") {
      throw tokens.error("bad inline flags: cannot use 'L' flag with a str pattern");
    }
    if (tokens.bytes && char === "u") {
      throw tokens.error("bad inline flags: cannot use 'u' flag with a bytes pattern");
    }
    added |= flag;
    if ((flag & TYPE_FLAGS) !== 0 && (added & TYPE_FLAGS) !== flag) {
      throw tokens.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    }
    char = want(tokens, "missing -, : or )");
  }
  if (char === ")") {
    state.flags |= added;
    return undefined;
  }
  if ((added & GLOBAL_FLAGS) !== 0) {
    throw tokens.error("bad inline flags: cannot turn on global flag", 1);
  }
  let removed = 0;
  if (char === "-") {
    char = want(tokens, "missing flag");
    let missing = "missing flag";
    do {
      const flag = wantFlag(tokens, char, missing);
      if ((flag & TYPE_FLAGS) !== 0) {
        throw tokens.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
      }
      removed |= flag;
      missing = "missing :";
      char = want(tokens, missing);
    } while (char !== ":");
  }
  if ((removed & GLOBAL_FLAGS) !== 0) {
    throw tokens.error("bad inline flags: cannot turn off global flag", 1);
  }
  if ((added & removed) !== 0) {
    throw tokens.error("bad inline flags: flag turned on and off", 1);
  }
  return { added, removed };
}

function want(tokens: Tokens, missing: string): string {
  const char = tokens.get();
  if (char === undefined) throw tokens.error(missing);
  return char;
}

function wantFlag(tokens: Tokens, char: string, missing: string): number {
  const flag = flagOf(char);
  if (flag !== undefined) return flag;
  throw tokens.error(/^\p{L}+$/u.test(char) ? "unknown flag" : missing, lengthOf(char));
}
