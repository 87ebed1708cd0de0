/** Reads the patterns of einops ("b (h w) -> b h w") and says where they are wrong. */

/** One axis of a pattern. */
export interface Axis {
  /** Unique within a side; axes without a name go by `#` and their place. */
  readonly name: string;
  /** The size of an axis that is written as a number. */
  readonly size?: number;
  /** Where it stands in the pattern, from 0. */
  readonly at: number;
}

/** What one dim of a tensor is made of: one axis, several in parentheses, or none (a dim of size 1). */
export interface Group {
  readonly axes: readonly Axis[];
  /** True when it is written in parentheses. */
  readonly joined: boolean;
  readonly at: number;
}

/** A pattern, or one side of it. */
export interface Side {
  readonly groups: readonly Group[];
  /** True when `...` is among the axes, under the name `...`. */
  readonly ellipsis: boolean;
}

/** The name under which `...` stands among the axes. */
export const ELLIPSIS = "...";

/** A pattern that is wrong at one place, which the message points at. */
export function patternError(
  operator: string,
  pattern: string,
  at: number,
  what: string,
): RangeError {
  // Tabs and newlines would move the mark away from its place.
  const line = pattern.replaceAll(/\s/g, " ");
  return new RangeError(
    `${operator}: ${what}, at column ${at + 1} of the pattern\n  ${line}\n  ${" ".repeat(at)}^`,
  );
}

/** Both sides of `left -> right`. @throws RangeError that points at the first mistake */
export function parsePattern(operator: string, pattern: unknown): { left: Side; right: Side } {
  if (typeof pattern !== "string") {
    throw new TypeError(`${operator}: pattern must be a string, got ${typeof pattern}`);
  }
  const arrow = pattern.indexOf("->");
  if (arrow < 0) {
    throw patternError(operator, pattern, pattern.length, 'pattern needs "->" between its sides');
  }
  const second = pattern.indexOf("->", arrow + 2);
  if (second >= 0) throw patternError(operator, pattern, second, 'pattern has a second "->"');
  const left = parseSide(operator, pattern, 0, arrow);
  const right = parseSide(operator, pattern, arrow + 2, pattern.length);
  if (right.ellipsis && !left.ellipsis) {
    const at = pattern.indexOf(ELLIPSIS, arrow);
    throw patternError(operator, pattern, at, '"..." is on the right but not on the left');
  }
  const inside = left.groups.find(
    ({ axes, joined }) => joined && axes.some(({ name }) => name === ELLIPSIS),
  );
  if (inside !== undefined) {
    throw patternError(operator, pattern, inside.at, '"..." cannot be in parentheses on the left');
  }
  return { left, right };
}

const TOKEN = /\s+|\.\.\.|[()]|[A-Za-z_][A-Za-z0-9_]*|[0-9]+/y;

/** The part of a pattern from `start` up to `end`. */
function parseSide(operator: string, pattern: string, start: number, end: number): Side {
  const fail = (at: number, what: string): RangeError => patternError(operator, pattern, at, what);
  const groups: Group[] = [];
  const seen = new Set<string>();
  let open: { axes: Axis[]; joined: boolean; at: number } | undefined;
  const put = (axis: Axis): void => {
    if (seen.has(axis.name)) throw fail(axis.at, `axis "${axis.name}" stands twice on one side`);
    seen.add(axis.name);
    if (open === undefined) groups.push({ axes: [axis], joined: false, at: axis.at });
    else open.axes.push(axis);
  };
  for (let at = start; at < end;) {
    TOKEN.lastIndex = at;
    const [token] = TOKEN.exec(pattern) ?? [];
    if (token === undefined) {
      const found = pattern[at] ?? "";
      throw fail(
        at,
        found === "."
          ? 'a dot is only part of "..."'
          : `"${found}" has no meaning here; axes are names such as h or width_2`,
      );
    }
    if (token === "(") {
      if (open !== undefined) throw fail(at, "parentheses cannot be within parentheses");
      open = { axes: [], joined: true, at };
    } else if (token === ")") {
      if (open === undefined) throw fail(at, '")" closes nothing');
      groups.push(open);
      open = undefined;
    } else if (token === ELLIPSIS) {
      put({ name: ELLIPSIS, at });
    } else if (/^[0-9]/.test(token)) {
      const size = Number(token);
      if (!Number.isSafeInteger(size) || size < 1) {
        throw fail(at, `an axis cannot have size ${token}`);
      }
      // An axis of size 1 is no axis: it is a group of none.
      if (size > 1) put({ name: `#${at}`, size, at });
      else if (open === undefined) groups.push({ axes: [], joined: false, at });
    } else if (!/^\s/.test(token)) {
      if (/^_|_$/.test(token)) {
        throw fail(at, `axis "${token}" must not begin or end with an underscore`);
      }
      put({ name: token, at });
    }
    at += token.length;
  }
  if (open !== undefined) throw fail(open.at, '"(" is never closed');
  return { groups, ellipsis: seen.has(ELLIPSIS) };
}
