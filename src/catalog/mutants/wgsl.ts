/**
 * The small mistakes that people make in WGSL, on its tokens: a bounds guard or
 * a barrier left out, a stride or an index off by one, `x` for `y`.
 */
import type { Edit } from "./mutant.ts";

interface Token {
  kind: "name" | "number" | "sign";
  text: string;
  start: number;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|(?<name>[\p{XID_Start}_][\p{XID_Continue}]*)|(?<number>0[xX][\da-fA-F]+[iu]?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[iufh]?)|(?<sign><<=|>>=|->|&&|\|\||<<|<=|>=|==|!=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|\+\+|--|[^\s\w])/gu;

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/", "+"],
  "/": ["*"],
  "%": ["/"],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "&&": ["||"],
  "||": ["&&"],
  "<<": [">>"],
  "&": ["|"],
  "|": ["&"],
  "+=": ["-=", "="],
  "-=": ["+="],
  "*=": ["/=", "="],
  "/=": ["*="],
};
const NAMES: Readonly<Record<string, string>> = {
  max: "min",
  min: "max",
  floor: "ceil",
  ceil: "floor",
  sin: "cos",
  cos: "sin",
  exp: "log",
  log: "exp",
};
const SWIZZLES: Readonly<Record<string, string>> = { x: "y", y: "x", z: "y", w: "z" };
/** Names whose `<` opens a list of types. */
const GENERIC = /^(?:array|vec[234]|mat[234]x[234]|ptr|atomic|var|bitcast|texture_\w+)$/;
const ASSIGNMENTS = new Set(["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="]);

/** True for a text that holds WGSL functions. */
export function isWgsl(text: string): boolean {
  return /\bfn\s+\w+\s*\(/.test(text);
}

/** Every edit that makes a mutant of a shader that begins at `offset` of its file. Never throws. */
export function mutateWgsl(source: string, offset: number = 0): Edit[] {
  const tokens = tokensOf(source);
  const edits: Edit[] = [];
  const add = (start: number, end: number, text: string): void => {
    edits.push({ start: start + offset, end: end + offset, text });
  };
  const replace = (token: Token, text: string): void => {
    add(token.start, token.start + token.text.length, text);
  };
  /** The end of the brackets after a `for`. */
  let head = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.text === "for") head = closing(tokens, i + 1, "(", ")");
    const parts = tokens.slice(i, head).filter(({ text }) => text === ";").length;
    // A loop that counts on wrongly never ends, and is always noticed.
    if (i < head && parts === 0) continue;
    const isCondition = i < head && parts === 1;
    const before = tokens[i - 1];
    const next = tokens[i + 1];
    if (token.kind === "number") {
      for (const text of nearby(token.text)) replace(token, text);
    } else if (token.kind === "name") {
      const other = before?.text === "." ? SWIZZLES[token.text] : undefined;
      if (other !== undefined) replace(token, other);
      const renamed = next?.text === "(" ? NAMES[token.text] : undefined;
      if (renamed !== undefined) replace(token, renamed);
    } else if (before !== undefined && endsOperand(before)) {
      const others = isCondition ? limits(token, next) : OPERATORS[token.text];
      for (const text of others ?? []) replace(token, text);
    }
    const end = startsStatement(tokens, i) ? removable(tokens, i) : undefined;
    if (end !== undefined) add(token.start, end, "");
  }
  return edits;
}

/** The tokens outside of comments, attributes and lists of types. */
function tokensOf(source: string): Token[] {
  const all: Token[] = [];
  for (const { 0: text, index, groups } of source.matchAll(TOKEN)) {
    const kind = (["name", "number", "sign"] as const).find((one) => groups?.[one] !== undefined);
    if (kind !== undefined) all.push({ kind, text, start: index });
  }
  const kept: Token[] = [];
  for (let i = 0; i < all.length; i++) {
    const token = all[i] as Token;
    if (token.text === "@") {
      i++;
      if (all[i + 1]?.text === "(") i = closing(all, i + 1, "(", ")");
      continue;
    }
    kept.push(token);
    if (GENERIC.test(token.text) && all[i + 1]?.text === "<") i = closing(all, i + 1, "<", ">");
  }
  return kept;
}

/** Where the bracket that opens at `from` is closed; the last token if nowhere. */
function closing(tokens: readonly Token[], from: number, open: string, close: string): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const text = tokens[i]?.text;
    if (text === open) depth++;
    else if (text === close && --depth === 0) return i;
  }
  return tokens.length - 1;
}

function endsOperand({ kind, text }: Token): boolean {
  return (
    kind === "number" || (kind === "name" && text !== "return") || text === ")" || text === "]"
  );
}

/** Numbers one off, with the suffix they had. */
function nearby(text: string): string[] {
  const [, digits = "", suffix = ""] = /^(.*?)([iufh]?)$/.exec(text) ?? [];
  if (/^0[xX]/.test(text)) return [];
  const value = Number(digits);
  const isWhole = /^\d+$/.test(digits);
  const print = (number: number): string =>
    `${isWhole || !Number.isInteger(number) ? number : number.toFixed(1)}${suffix}`;
  return value > 0 ? [print(value + 1), print(value - 1)] : [print(1)];
}

/**
 * What an operator in a loop's condition is mistaken for. The opposite comparison runs no round or
 * never ends, and so does one that is always true of a u32: the loop left out says the same, in less time.
 */
function limits({ text }: Token, next: Token | undefined): readonly string[] | undefined {
  if (text === ">" && next?.text === "0u") return [];
  return /^[<>]=?$/.test(text) ? OPERATORS[text]?.slice(0, 1) : OPERATORS[text];
}

function startsStatement(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]?.text;
  return before === ";" || before === "{" || before === "}";
}

/** Where a statement ends that can be left out: a call, an assignment, a `for`, an `if` without `else`. */
function removable(tokens: readonly Token[], from: number): number | undefined {
  const [first, next] = [tokens[from], tokens[from + 1]];
  if (first?.kind !== "name") return undefined;
  if (first.text === "if" || first.text === "for") {
    const open = tokens.findIndex((token, i) => i > from && token.text === "{");
    if (open === -1) return undefined;
    const close = closing(tokens, open, "{", "}");
    return tokens[close + 1]?.text === "else" ? undefined : pastEnd(tokens[close]);
  }
  if (
    /^(?:let|var|const|return|while|loop|fn|struct|override|switch|else|break|continue)$/.test(
      first.text,
    )
  ) {
    return undefined;
  }
  let depth = 0;
  let changes = next?.text === "(";
  for (let i = from + 1; i < tokens.length; i++) {
    const text = tokens[i]?.text ?? "";
    if (text === "(" || text === "[") depth++;
    else if (text === ")" || text === "]") depth--;
    else if (depth === 0 && ASSIGNMENTS.has(text)) changes = true;
    else if (text === "{" || text === "}") return undefined;
    if (depth < 0) return undefined;
    if (depth === 0 && text === ";") return changes ? pastEnd(tokens[i]) : undefined;
  }
  return undefined;
}

function pastEnd(token: Token | undefined): number | undefined {
  return token === undefined ? undefined : token.start + token.text.length;
}
