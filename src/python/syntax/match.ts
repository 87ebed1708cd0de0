/** `match` and its cases. */
import { block, colon } from "./blocks.ts";
import type { Cursor } from "./cursor.ts";
import { namedExpression, starNamedExpression, tupleFrom } from "./expressions.ts";
import { patterns } from "./patterns.ts";
import { type match_case, type Stmt, span } from "./tree.ts";

/** `match` begins a statement where its line ends in a colon, else it is a name. */
export function isMatch(p: Cursor): boolean {
  const after = p.peek(1);
  if (["newline", "=", ".", ",", ")", ":", "end"].includes(after.kind)) return false;
  for (let i = 1; ; i++) {
    const { kind } = p.peek(i);
    if (kind === "newline" || kind === "end" || kind === "unclosed") {
      return p.peek(i - 1).kind === ":" || (p.careful && after.kind === "name");
    }
  }
}

export function matchStatement(p: Cursor): Stmt {
  const first = p.advance();
  const start = p.token;
  const one = starNamedExpression(p);
  const subject = p.at(",") ? tupleFrom(p, start, one, starNamedExpression) : one;
  if (subject.type === "Starred") p.invalid();
  colon(p);
  p.expect("newline");
  if (!p.at("indent")) {
    if (!p.careful) p.invalid();
    const message = `expected an indented block after 'match' statement on line ${first.lineno}`;
    p.failHere(message, "IndentationError");
  }
  p.advance();
  const cases: match_case[] = [];
  do cases.push(matchCase(p));
  while (p.isWord("case"));
  p.expect("dedent");
  return { type: "Match", subject, cases, ...span(first, p.closing) };
}

function matchCase(p: Cursor): match_case {
  if (!p.isWord("case")) p.invalid();
  const first = p.advance();
  const pattern = patterns(p);
  const guard = p.accept("if") ? namedExpression(p) : null;
  colon(p);
  return { type: "match_case", pattern, guard, body: block(p, "'case' statement", first) };
}
