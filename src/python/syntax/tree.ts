/**
 * Python's syntax tree. Nodes and fields are named as in CPython's `ast`
 * module: https://docs.python.org/3.12/library/ast.html#abstract-grammar
 */
import type { Warned } from "./warning.ts";

/** Lines from 1; columns from 0 in bytes of UTF-8, as in CPython; the end is past the last character. */
export interface Place {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

export type Context = "Load" | "Store" | "Del";
export type BoolOperator = "And" | "Or";
export type UnaryOperator = "Invert" | "Not" | "UAdd" | "USub";
export type Operator =
  | "Add"
  | "Sub"
  | "Mult"
  | "MatMult"
  | "Div"
  | "Mod"
  | "Pow"
  | "LShift"
  | "RShift"
  | "BitOr"
  | "BitXor"
  | "BitAnd"
  | "FloorDiv";
export type Comparison =
  "Eq" | "NotEq" | "Lt" | "LtE" | "Gt" | "GtE" | "Is" | "IsNot" | "In" | "NotIn";

/**
 * None is `null`, an int a number where that is exact and a bigint beyond, a
 * str a string, or its code points where one of them is a surrogate.
 */
export type ConstantValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | { points: number[] }
  | { float: number }
  | { imag: number }
  | { ellipsis: true };

type Node<Type extends string, Fields> = Place & { type: Type } & Fields;
type Generators = { generators: comprehension[] };
type FunctionFields = {
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_comment: null;
  type_params: TypeParam[];
};
type ForFields = { target: Expr; iter: Expr; body: Stmt[]; orelse: Stmt[]; type_comment: null };
type WithFields = { items: withitem[]; body: Stmt[]; type_comment: null };
type TryFields = {
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
};

export type Name = Node<"Name", { id: string; ctx: Context }>;
export type Constant = Node<"Constant", { value: ConstantValue; kind: "u" | null }>;
export type Tuple = Node<"Tuple", { elts: Expr[]; ctx: Context }>;
export type FormattedValue = Node<
  "FormattedValue",
  { value: Expr; conversion: number; format_spec: Expr | null }
>;

export type Expr =
  | Name
  | Constant
  | Tuple
  | FormattedValue
  | Node<"BoolOp", { op: BoolOperator; values: Expr[] }>
  | Node<"NamedExpr", { target: Expr; value: Expr }>
  | Node<"BinOp", { left: Expr; op: Operator; right: Expr }>
  | Node<"UnaryOp", { op: UnaryOperator; operand: Expr }>
  | Node<"Lambda", { args: Arguments; body: Expr }>
  | Node<"IfExp", { test: Expr; body: Expr; orelse: Expr }>
  | Node<"Dict", { keys: (Expr | null)[]; values: Expr[] }>
  | Node<"Set", { elts: Expr[] }>
  | Node<"ListComp" | "SetComp" | "GeneratorExp", { elt: Expr } & Generators>
  | Node<"DictComp", { key: Expr; value: Expr } & Generators>
  | Node<"Await", { value: Expr }>
  | Node<"Yield", { value: Expr | null }>
  | Node<"YieldFrom", { value: Expr }>
  | Node<"Compare", { left: Expr; ops: Comparison[]; comparators: Expr[] }>
  | Node<"Call", { func: Expr; args: Expr[]; keywords: keyword[] }>
  | Node<"JoinedStr", { values: Expr[] }>
  | Node<"Attribute", { value: Expr; attr: string; ctx: Context }>
  | Node<"Subscript", { value: Expr; slice: Expr; ctx: Context }>
  | Node<"Starred", { value: Expr; ctx: Context }>
  | Node<"List", { elts: Expr[]; ctx: Context }>
  | Node<"Slice", { lower: Expr | null; upper: Expr | null; step: Expr | null }>;

export type Stmt =
  | Node<"FunctionDef" | "AsyncFunctionDef", FunctionFields>
  | Node<
      "ClassDef",
      {
        name: string;
        bases: Expr[];
        keywords: keyword[];
        body: Stmt[];
        decorator_list: Expr[];
        type_params: TypeParam[];
      }
    >
  | Node<"Return", { value: Expr | null }>
  | Node<"Delete", { targets: Expr[] }>
  | Node<"Assign", { targets: Expr[]; value: Expr; type_comment: null }>
  | Node<"TypeAlias", { name: Expr; type_params: TypeParam[]; value: Expr }>
  | Node<"AugAssign", { target: Expr; op: Operator; value: Expr }>
  | Node<"AnnAssign", { target: Expr; annotation: Expr; value: Expr | null; simple: 0 | 1 }>
  | Node<"For" | "AsyncFor", ForFields>
  | Node<"While", { test: Expr; body: Stmt[]; orelse: Stmt[] }>
  | Node<"If", { test: Expr; body: Stmt[]; orelse: Stmt[] }>
  | Node<"With" | "AsyncWith", WithFields>
  | Node<"Match", { subject: Expr; cases: match_case[] }>
  | Node<"Raise", { exc: Expr | null; cause: Expr | null }>
  | Node<"Try" | "TryStar", TryFields>
  | Node<"Assert", { test: Expr; msg: Expr | null }>
  | Node<"Import", { names: alias[] }>
  | Node<"ImportFrom", { module: string | null; names: alias[]; level: number }>
  | Node<"Global" | "Nonlocal", { names: string[] }>
  | Node<"Expr", { value: Expr }>
  | Node<"Pass" | "Break" | "Continue", object>;

export type Pattern =
  | Node<"MatchValue", { value: Expr }>
  | Node<"MatchSingleton", { value: null | boolean }>
  | Node<"MatchSequence" | "MatchOr", { patterns: Pattern[] }>
  | Node<"MatchMapping", { keys: Expr[]; patterns: Pattern[]; rest: string | null }>
  | Node<
      "MatchClass",
      { cls: Expr; patterns: Pattern[]; kwd_attrs: string[]; kwd_patterns: Pattern[] }
    >
  | Node<"MatchStar", { name: string | null }>
  | Node<"MatchAs", { pattern: Pattern | null; name: string | null }>;

export type TypeParam =
  | Node<"TypeVar", { name: string; bound: Expr | null }>
  | Node<"ParamSpec" | "TypeVarTuple", { name: string }>;

export type arg = Node<"arg", { arg: string; annotation: Expr | null; type_comment: null }>;
export type keyword = Node<"keyword", { arg: string | null; value: Expr }>;
export type alias = Node<"alias", { name: string; asname: string | null }>;
export type ExceptHandler = Node<
  "ExceptHandler",
  { exc: Expr | null; name: string | null; body: Stmt[] }
>;

export interface Arguments {
  type: "arguments";
  posonlyargs: arg[];
  args: arg[];
  vararg: arg | null;
  kwonlyargs: arg[];
  /** As long as `kwonlyargs`; null where there is none. */
  kw_defaults: (Expr | null)[];
  kwarg: arg | null;
  /** Of the last positional parameters. */
  defaults: Expr[];
}

export interface comprehension {
  type: "comprehension";
  target: Expr;
  iter: Expr;
  ifs: Expr[];
  is_async: 0 | 1;
}

export interface withitem {
  type: "withitem";
  context_expr: Expr;
  optional_vars: Expr | null;
}

export interface match_case {
  type: "match_case";
  pattern: Pattern;
  guard: Expr | null;
  body: Stmt[];
}

export interface Module {
  type: "Module";
  body: Stmt[];
  /** What the parser warns of, where there is something. */
  warnings?: readonly Warned[];
}

/** Every node of a tree. */
export type Syntax =
  | Module
  | Stmt
  | Expr
  | Pattern
  | TypeParam
  | ExceptHandler
  | Arguments
  | arg
  | keyword
  | alias
  | comprehension
  | withitem
  | match_case;

/** From the start of one place to the end of another. */
export function span(first: Place, last: Place): Place {
  return {
    lineno: first.lineno,
    col_offset: first.col_offset,
    end_lineno: last.end_lineno,
    end_col_offset: last.end_col_offset,
  };
}
