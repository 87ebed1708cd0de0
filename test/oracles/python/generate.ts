/** Random programs, mostly meaningful ones: a seed makes one, always the same. */
import { EXPRESSIONS } from "./grammar/expressions.ts";
import { STATEMENTS } from "./grammar/statements.ts";
import { WIDER } from "./grammar/wider.ts";

/** A grammar: what a name may become. `leaf` ends a text, `node` makes it deeper. */
export type Rules = Record<string, { leaf: string[]; node?: string[] }>;

const { leaf, node = [] } = STATEMENTS["statement"]!;
const RULES: Rules = {
  ...EXPRESSIONS,
  ...STATEMENTS,
  statement: { leaf, node: [...node, ...WIDER] },
};
const PLACEHOLDER = /<([a-z]+)>/g;
const DEPTH = 4;
/** Characters after which an expression goes on with leaves alone. */
const LENGTH = 160;

/** What every program starts with: values of each type, and helpers that keep sizes small. */
const PRELUDE = `i0, i1, f0, f1, s0, s1 = 3, <edge>, 0.5, 2.0, 'Kata', 'a b'
l0, l1, d0 = [4, 2, 8], [1], {'a': 1, 'k': 5}
def lim(n):
    return n if -10**30 < n < 10**30 else n % 10**9
def show(e):
    chain = []
    while e is not None and len(chain) < 9:
        chain.append(f'{type(e).__name__}({e})')
        e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
    return ' < '.join(chain)
`;

/** Mulberry32, a small generator with 32 bits of state (public domain, Tommy Ettinger). */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The program of a seed. It prints, also what its statements raise. */
export function program(seed: number): string {
  const below = random(seed);
  // Those of the prelude are below ten.
  let names = 10;

  const choose = (rule: string, depth: number): string => {
    const { leaf, node = leaf } = RULES[rule] ?? { leaf: [`<${rule}>`] };
    const from = depth <= 0 || (node !== leaf && below(5) === 0) ? leaf : node;
    return from[below(from.length)]!;
  };

  const expand = (text: string, depth: number): string => {
    let made = 0;
    return text.replaceAll(PLACEHOLDER, (whole, rule: string) => {
      if (!(rule in RULES)) return whole;
      const part = expand(choose(rule, made > LENGTH ? 0 : depth), depth - 1);
      made += part.length;
      return part;
    });
  };

  const block = (depth: number, most: number): string[] =>
    Array.from({ length: 1 + below(most) }, () => statement(depth)).flat();

  const statement = (depth: number): string[] => {
    const chosen = choose("statement", depth);
    const own = names++;
    return chosen
      .replaceAll(/@(?=@)/g, "\0")
      .split("\n")
      .flatMap((line) => {
        const indent = line.slice(0, line.length - line.trimStart().length);
        const lines =
          line.trim() === "<block>" ? block(depth - 2, 2) : expandMember(line.trim(), depth);
        return lines.map((each) => indent + each);
      })
      .map((line) =>
        line
          .replaceAll(/@(?!property|double|classmethod|staticmethod)([A-Za-z]+)/g, `$1${own}`)
          .replaceAll("\0", "@"),
      );
  };

  /** A placeholder alone on its line may become several lines. */
  const expandMember = (line: string, depth: number): string[] =>
    expand(line, Math.min(depth, DEPTH - 1)).split("\n");

  /** What one statement raises does not keep the next from running. */
  const caught = (lines: string[]): string[] => [
    "try:",
    ...lines.map((line) => `    ${line}`),
    "except BaseException as error:",
    "    print('raised', show(error))",
  ];

  const start = expand(PRELUDE, 2);
  const rest = Array.from({ length: 4 + below(5) }, () => caught(statement(DEPTH))).flat();
  return `${start}${rest.join("\n")}\n`;
}

/** What a program printed, without the addresses of objects: where one lies is CPython's own affair. */
export function withoutAddresses(output: string): string {
  return output.replaceAll(/ at 0x[\da-f]+/g, "");
}
