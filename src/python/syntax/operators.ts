/** Operators, and the brackets that open and close. */
import { type Format, type Scanner, strange } from "./scanner.ts";
import { OPERATOR } from "./tokens.ts";

/** CPython's own limit. */
const MOST_BRACKETS = 200;
/** What stands second in an operator of more than one character. */
const SECONDS = "=*/<>.";
const CLOSES: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

export function operator(s: Scanner, start: number, format: Format | undefined): void {
  const source = s.source;
  let text = operatorAt(source, start);
  const char = text.charAt(0);
  // At the top of a replacement field a colon always begins its specification.
  const isSpec = char === ":" && format !== undefined && format.depth - 1 === format.fields;
  if (isSpec) text = ":";
  const kind = OPERATOR.get(text);
  if (kind === undefined && (text < " " || text > "~")) strange(s, text, start + 1);
  s.at = start + text.length;
  if (text === "(" || text === "[" || text === "{") {
    if (s.brackets.length >= MOST_BRACKETS) {
      s.fail("too many nested parentheses", s.at);
    }
    const col_offset = s.column(start);
    s.brackets.push({ char: text, lineno: s.line, col_offset });
    if (format !== undefined) format.depth++;
  } else if (text === ")" || text === "]" || text === "}") closeBracket(s, text, format);
  s.push(kind ?? text, start, s.at, text);
  if (isSpec) {
    format.inText = true;
    format.inSpec = true;
  }
}

/** The longest operator that begins here, or one character. */
function operatorAt(source: string, start: number): string {
  if (SECONDS.includes(source.charAt(start + 1))) {
    const three = source.slice(start, start + 3);
    if (OPERATOR.has(three)) return three;
    const two = source.slice(start, start + 2);
    if (OPERATOR.has(two)) return two;
  }
  return source.charAt(start);
}

function closeBracket(s: Scanner, text: string, format: Format | undefined): void {
  if (format?.depth === 0 && text === "}") {
    s.fail("f-string: single '}' is not allowed", s.at);
  }
  const open = s.brackets.pop();
  if (open === undefined) s.fail(`unmatched '${text}'`, s.at);
  if (CLOSES[text] !== open.char) {
    if (format !== undefined && open.char === "{" && format.depth - 1 === format.fields) {
      s.fail(`f-string: unmatched '${text}'`, s.at);
    }
    const where = open.lineno === s.line ? "" : ` on line ${open.lineno}`;
    s.fail(
      `closing parenthesis '${text}' does not match opening parenthesis '${open.char}'${where}`,
      s.at,
    );
  }
  if (format === undefined) return;
  format.depth--;
  if (text === "}" && format.depth === format.fields) {
    format.fields--;
    format.inText = true;
    format.inSpec = format.fields >= 0;
  }
}
