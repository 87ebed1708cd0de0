/** Functions, classes, their decorators and type parameters. */
import { callArguments, parameters } from "./arguments.ts";
import { block, colon } from "./blocks.ts";
import type { Cursor } from "./cursor.ts";
import { expression, namedExpression } from "./expressions.ts";
import type { Token } from "./tokens.ts";
import { type Expr, type Stmt, type TypeParam, span } from "./tree.ts";

export function decorated(p: Cursor): Stmt {
  const decorators: Expr[] = [];
  while (p.accept("@")) {
    decorators.push(namedExpression(p));
    p.expect("newline");
  }
  if (p.at("def")) return functionDefinition(p, p.token, decorators);
  if (p.at("class")) return classDefinition(p, decorators);
  if (!p.at("async")) p.invalid();
  const first = p.advance();
  return p.at("def") ? functionDefinition(p, first, decorators) : p.invalid();
}

export function functionDefinition(p: Cursor, first: Token, decorator_list: Expr[]): Stmt {
  const def = p.advance();
  const name = p.expect("name").text;
  const type_params = typeParameters(p);
  p.force("(");
  const args = parameters(p, ")");
  p.expect(")");
  const returns = p.accept("->") ? expression(p) : null;
  p.force(":");
  const body = block(p, "function definition", def);
  return {
    type: first.kind === "async" ? "AsyncFunctionDef" : "FunctionDef",
    name,
    args,
    body,
    decorator_list,
    returns,
    type_comment: null,
    type_params,
    ...span(first, p.closing),
  };
}

export function classDefinition(p: Cursor, decorator_list: Expr[]): Stmt {
  const first = p.advance();
  const name = p.expect("name").text;
  const type_params = typeParameters(p);
  const open = p.token;
  const { args: bases, keywords } = p.at("(") ? callArguments(p) : { args: [], keywords: [] };
  // A call may hold a generator without parentheses of its own, a class may not.
  if (bases[0]?.type === "GeneratorExp" && bases[0].col_offset === open.col_offset) p.invalid();
  colon(p);
  const body = block(p, "class definition", first);
  return {
    type: "ClassDef",
    name,
    bases,
    keywords,
    body,
    decorator_list,
    type_params,
    ...span(first, p.closing),
  };
}

/** `[T: bound, *Ts, **P]`, where they are. */
export function typeParameters(p: Cursor): TypeParam[] {
  const found: TypeParam[] = [];
  if (!p.accept("[")) return found;
  do {
    if (found.length > 0 && p.at("]")) break;
    const first = p.token;
    const isStar = p.accept("*");
    const isDouble = !isStar && p.accept("**");
    const name = p.expect("name").text;
    if (isStar || isDouble) {
      const type = isStar ? "TypeVarTuple" : "ParamSpec";
      if (p.careful && p.at(":")) diagnoseBound(p, type);
      found.push({ type, name, ...span(first, p.previous) });
    } else {
      const bound = p.accept(":") ? expression(p) : null;
      found.push({ type: "TypeVar", name, bound, ...span(first, p.previous) });
    }
  } while (p.accept(","));
  p.expect("]");
  return found;
}

function diagnoseBound(p: Cursor, type: string): void {
  const mark = p.token;
  const bound = p.test(() => (p.advance(), expression(p)));
  if (bound === undefined) return;
  const word = bound.type === "Tuple" ? "constraints" : "bound";
  p.fail(`cannot use ${word} with ${type}`, mark, bound);
}
