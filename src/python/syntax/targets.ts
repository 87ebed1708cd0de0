/** What can be assigned to, and what an expression is called when it cannot. */
import type { Cursor } from "./cursor.ts";
import type { Context, Expr } from "./tree.ts";

const NAMES: Readonly<Partial<Record<Expr["type"], string>>> = {
  Attribute: "attribute",
  Subscript: "subscript",
  Starred: "starred",
  Name: "name",
  List: "list",
  Tuple: "tuple",
  Lambda: "lambda",
  Call: "function call",
  BoolOp: "expression",
  BinOp: "expression",
  UnaryOp: "expression",
  GeneratorExp: "generator expression",
  Yield: "yield expression",
  YieldFrom: "yield expression",
  Await: "await expression",
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  Dict: "dict literal",
  Set: "set display",
  JoinedStr: "f-string expression",
  FormattedValue: "f-string expression",
  Compare: "comparison",
  IfExp: "conditional expression",
  NamedExpr: "named expression",
};

/** What CPython calls an expression in its messages. */
export function nameOf(expr: Expr): string {
  if (expr.type !== "Constant") return NAMES[expr.type] ?? "expression";
  const { value } = expr;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "object" && "ellipsis" in value ? "ellipsis" : "literal";
}

export type TargetKind = "star" | "del" | "for";

/** The first part of a target that cannot be one. */
export function invalidTarget(expr: Expr, kind: TargetKind): Expr | undefined {
  switch (expr.type) {
    case "Name":
    case "Attribute":
    case "Subscript":
      return undefined;
    case "Tuple":
    case "List":
      for (const one of expr.elts) {
        const found = invalidTarget(one, kind);
        if (found !== undefined) return found;
      }
      return undefined;
    case "Starred":
      return kind === "del" ? expr : invalidTarget(expr.value, kind);
    case "Compare":
      // The `in` of a `for` was read as an operator.
      if (kind === "for" && expr.ops[0] === "In") return invalidTarget(expr.left, kind);
      return expr;
    default:
      return expr;
  }
}

/** Makes a target of an expression; fails where it is none. */
export function toTarget(p: Cursor, expr: Expr, ctx: Context): void {
  if (expr.type === "Name" || expr.type === "Attribute" || expr.type === "Subscript") {
    expr.ctx = ctx;
    return;
  }
  const bad = invalidTarget(expr, ctx === "Del" ? "del" : "star");
  if (bad !== undefined) {
    if (p.careful) p.fail(`cannot ${ctx === "Del" ? "delete" : "assign to"} ${nameOf(bad)}`, bad);
    p.invalid();
  }
  setContext(expr, ctx);
}

function setContext(expr: Expr, ctx: Context): void {
  if (!("ctx" in expr)) return;
  expr.ctx = ctx;
  if (expr.type === "Tuple" || expr.type === "List") {
    for (const one of expr.elts) setContext(one, ctx);
  } else if (expr.type === "Starred") setContext(expr.value, ctx);
}
