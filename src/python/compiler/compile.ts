/** From source to a program: syntax, scopes, JavaScript, a function that runs it. */
import { readSource } from "../syntax/source.ts";
import { spend } from "../budget.ts";
import { analyse } from "../symbols/analyse.ts";
import { boundLoads } from "../symbols/bound.ts";
import { lookup } from "../text/names.ts";
import { toJs } from "../text/wide.ts";
import { parseExpression, parseModule } from "../syntax/parse.ts";
import type { Spot } from "../profile.ts";
import type { Module, Stmt, Syntax } from "../syntax/tree.ts";
import type { Warned } from "../syntax/warning.ts";
import type { Frame, Unit } from "./context.ts";
import { expression } from "./expressions.ts";
import { annotatedNames, declarations, docOf } from "./functions.ts";
import { block } from "./statements.ts";
import { type Positions, settleMarks } from "./positions.ts";
import { quote, tell, use } from "./context.ts";
import { namespaceOf, storeName } from "./names.ts";
import { PythonSyntaxError } from "../syntax/error.ts";

/** What is compiled: a file, one expression, or what is typed at a prompt. */
export type Kind = "exec" | "eval" | "single";

/** A compiled program; it holds nothing of any run. */
export interface Program {
  readonly filename: string;
  readonly source: string | undefined;
  readonly kind: Kind;
  /** The JavaScript, which takes the runtime's functions, the global names and the built-in ones. */
  readonly code: string;
  readonly positions: Positions;
  /** How frames of this program are named in JavaScript's stacks. */
  readonly url: string;
  /** Where time and calls are measured, in a program that was compiled for it. */
  readonly spots?: readonly Spot[];
  /** What compiling it warns of, where there is something. */
  readonly warnings?: readonly Warned[];
}

/** JavaScript puts two lines before a function's body. */
const LINES_BEFORE = 2;
let programs = 0;

/** Parses what is to be compiled. Throws PythonSyntaxError. */
export function parseFor(source: string | Uint8Array, kind: Kind): Module {
  if (kind === "eval") return parseExpression(source, characterNamed);
  spend(source.length >> 2);
  const tree = parseModule(source, characterNamed);
  const second = tree.body[1];
  if (kind === "single" && second !== undefined && second.lineno !== tree.body[0]!.lineno) {
    const { lineno, col_offset } = second;
    throw new PythonSyntaxError("multiple statements found while compiling a single statement", {
      lineno,
      offset: col_offset + 1,
      end_lineno: lineno,
      end_offset: col_offset + 1,
    });
  }
  return tree;
}

/** The character that `\\N{name}` stands for. */
function characterNamed(name: string): string | undefined {
  const found = lookup(name, false);
  return found === undefined ? undefined : toJs(found);
}

/** Compiles a module. Throws PythonSyntaxError. */
export function compileSource(
  source: string | Uint8Array,
  filename: string,
  kind: Kind = "exec",
  profiled = false,
): Program {
  const tree = parseFor(source, kind);
  const text = typeof source === "string" ? source : readSource(source);
  return compileTree(tree, filename, kind, text, { profiled });
}

/** How a tree is compiled. */
export interface TreeOptions {
  /** Names of the module live in a namespace of their own, apart from the globals. */
  readonly apart?: boolean;
  /** Time and calls are measured. */
  readonly profiled?: boolean;
  /** Failed `assert`s tell the values of their parts. */
  readonly explainAsserts?: boolean;
  /** Functions give out the variables that they share; by default where the source speaks of closures. */
  readonly closures?: boolean;
}

/** Compiles a tree. */
export function compileTree(
  tree: Module,
  filename: string,
  kind: Kind,
  source: string | undefined,
  options: TreeOptions = {},
): Program {
  const { apart = false, profiled = false, explainAsserts = false } = options;
  const scopes = analyse(tree, kind);
  const bound: ReadonlySet<Syntax> = boundLoads(scopes);
  const unit: Unit = {
    filename,
    scopes,
    used: new Set(),
    head: [],
    defined: new Map(),
    marks: [],
    isBound: (node) => bound.has(node),
    interactive: kind === "single",
    apart,
    closures: options.closures ?? source?.includes("closure") === true,
    explainAsserts,
    parts: undefined,
    nesting: 0,
    spots: profiled ? [] : undefined,
  };
  const frame: Frame = {
    unit,
    scope: scopes.root,
    site: { name: "<module>", qualname: "<module>", line: 1, counted: true, names: () => [] },
    outer: undefined,
    temporaries: { taken: 0, most: 0 },
    loops: [],
    labels: 0,
    absolute: true,
    kind: "module",
  };
  const body = kind === "eval" ? evaluated(frame, tree) : moduleBody(frame, tree);
  const used = [...unit.used].filter((name) => name !== "").join(",");
  const head = unit.head.length === 0 ? "" : `var ${unit.head.join(",\n")};`;
  const tracker = unit.spots === undefined ? "" : "var Q=R.track();";
  const marked = `var {M,S,E,Y,${used}}=R;${tracker}${head}\n${declarations(frame, [])}\n${body}`;
  const { code, positions } = settleMarks(marked, unit.marks, LINES_BEFORE);
  const { warnings } = scopes;
  return {
    ...numberProgram(code, { filename, source, kind }),
    positions,
    ...(unit.spots === undefined ? {} : { spots: unit.spots }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** Gives code the name that its frames have in JavaScript's stacks. */
export function numberProgram(
  code: string,
  of: Pick<Program, "filename" | "source" | "kind">,
): Omit<Program, "positions"> {
  const url = `python-${++programs}`;
  return { ...of, code: `${code}\n//# sourceURL=${url}`, url };
}

function moduleBody(frame: Frame, tree: Module): string {
  const doc = docOf(tree.body);
  const last = tree.body.at(-1);
  const value = last?.type === "Expr" && !frame.unit.interactive ? last.value : undefined;
  const lines = block(frame, value === undefined ? tree.body : tree.body.slice(0, -1));
  if (value !== undefined) {
    lines.push(`${tell(frame, "L", value.lineno)}return ${expression(frame, value)};`);
  }
  const start =
    (doc === undefined ? "" : `${storeName(frame, "__doc__", quote(doc))};`) +
    (annotatedNames(tree.body)
      ? frame.unit.apart
        ? `${use(frame, "openAnnotations", namespaceOf(frame))};`
        : `${use(frame, "openModuleAnnotations", "G")};`
      : "");
  return `${start}\n${lines.join("\n")}`;
}

function evaluated(frame: Frame, tree: Module): string {
  const only = tree.body[0] as Extract<Stmt, { type: "Expr" }>;
  return `return ${expression(frame, only.value)};`;
}
