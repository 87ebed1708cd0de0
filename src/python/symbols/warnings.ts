/** What CPython's compiler warns of: constants that are compared by identity, commas that were forgotten. */
import type { Constant, Expr, Place, Stmt } from "../syntax/tree.ts";
import type { Builder } from "./build.ts";

type Of<Type extends Expr["type"]> = Extract<Expr, { type: Type }>;

function warn(b: Builder, message: string, { lineno, col_offset }: Place): void {
  b.warnings.push({ category: "SyntaxWarning", message, lineno, offset: col_offset + 1 });
}

/** `x is 1`. */
export function warnOfIdentity(b: Builder, node: Of<"Compare">): void {
  let left = node.left;
  node.ops.forEach((op, i) => {
    const right = node.comparators[i]!;
    if ((op === "Is" || op === "IsNot") && (isLiteral(left) || isLiteral(right))) {
      const [is, equals] = op === "Is" ? ["is", "=="] : ["is not", "!="];
      warn(b, `"${is}" with a literal. Did you mean "${equals}"?`, node);
    }
    left = right;
  });
}

/** A constant that is no single object: not `None`, `True`, `False` or `...`. */
function isLiteral(node: Expr): boolean {
  if (node.type !== "Constant") return false;
  const name = typeNameOf(node);
  return name !== "NoneType" && name !== "bool" && name !== "ellipsis";
}

/** `assert (test, message)`. */
export function warnOfAssert(b: Builder, node: Extract<Stmt, { type: "Assert" }>): void {
  const { test } = node;
  if (test.type === "Tuple" && test.elts.length > 0) {
    warn(b, "assertion is always true, perhaps remove parentheses?", node);
  }
}

/** `[(1, 2) (3, 4)]`. */
export function warnOfCall(b: Builder, node: Of<"Call">): void {
  const kind = builtIn(node.func);
  if (kind === undefined || kind === "function") return;
  warn(b, `'${kind}' object is not callable; perhaps you missed a comma?`, node);
}

/** `[[1, 2] [3, 4]]`. */
export function warnOfSubscript(b: Builder, node: Of<"Subscript">): void {
  const kind = builtIn(node.value);
  if (kind === undefined || kind === "dict") return;
  if (!INDEXED.has(kind)) {
    warn(b, `'${kind}' object is not subscriptable; perhaps you missed a comma?`, node);
    return;
  }
  const index = builtIn(node.slice);
  if (index === undefined || index === "int" || index === "bool") return;
  const what = `${kind} indices must be integers or slices, not ${index}`;
  warn(b, `${what}; perhaps you missed a comma?`, node);
}

const INDEXED: ReadonlySet<string> = new Set(["tuple", "list", "str", "bytes"]);
const KINDS: Readonly<Partial<Record<Expr["type"], string>>> = {
  Tuple: "tuple",
  List: "list",
  ListComp: "list",
  Dict: "dict",
  DictComp: "dict",
  Set: "set",
  SetComp: "set",
  GeneratorExp: "generator",
  Lambda: "function",
  JoinedStr: "str",
  FormattedValue: "str",
};

/** The class of what an expression gives, where its form says so. */
function builtIn(node: Expr): string | undefined {
  return node.type === "Constant" ? typeNameOf(node) : KINDS[node.type];
}

function typeNameOf({ value }: Constant): string {
  if (value === null) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number" || typeof value === "bigint") return "int";
  if (typeof value === "string" || "points" in value) return "str";
  if ("float" in value) return "float";
  if ("imag" in value) return "complex";
  return value instanceof Uint8Array ? "bytes" : "ellipsis";
}
