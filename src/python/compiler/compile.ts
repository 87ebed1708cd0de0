/** From source to a program: syntax, scopes, JavaScript, a function that runs it. */
import { analyse } from "../symbols/analyse.ts";
import { boundLoads } from "../symbols/bound.ts";
import { parseModule } from "../syntax/parse.ts";
import { lookup } from "../text/names.ts";
import { toJs } from "../text/wide.ts";
import type { Module, Stmt, Syntax } from "../syntax/tree.ts";
import type { Frame, Unit } from "./context.ts";
import { expression } from "./expressions.ts";
import { annotatedNames, declarations, docOf } from "./functions.ts";
import { block } from "./statements.ts";
import { type Positions, settleMarks } from "./positions.ts";
import { quote } from "./context.ts";

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
}

/** JavaScript puts two lines before a function's body. */
const LINES_BEFORE = 2;
let programs = 0;

/** Compiles a module. Throws PythonSyntaxError. */
export function compileSource(
  source: string | Uint8Array,
  filename: string,
  kind: Kind = "exec",
): Program {
  const tree = parseModule(source, characterNamed);
  return compileTree(tree, filename, kind, typeof source === "string" ? source : undefined);
}

export function compileTree(
  tree: Module,
  filename: string,
  kind: Kind,
  source: string | undefined,
): Program {
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
  };
  const frame: Frame = {
    unit,
    scope: scopes.root,
    site: { name: "<module>", qualname: "<module>", line: 1, counted: true },
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
  const marked = `var {M,S,E,Y,${used}}=R;${head}\n${declarations(frame, [])}\n${body}`;
  const { code, positions } = settleMarks(marked, unit.marks, LINES_BEFORE);
  const url = `python-${++programs}`;
  return { filename, source, kind, code: `${code}\n//# sourceURL=${url}`, positions, url };
}

/** The character that `\\N{name}` stands for. */
function characterNamed(name: string): string | undefined {
  const found = lookup(name, false);
  return found === undefined ? undefined : toJs(found);
}

function moduleBody(frame: Frame, tree: Module): string {
  const doc = docOf(tree.body);
  const last = tree.body.at(-1);
  const value = last?.type === "Expr" && !frame.unit.interactive ? last.value : undefined;
  const lines = block(frame, value === undefined ? tree.body : tree.body.slice(0, -1));
  if (value !== undefined) lines.push(`return ${expression(frame, value)};`);
  const start =
    (doc === undefined ? "" : `G.a___doc__=${quote(doc)};`) +
    (annotatedNames(tree.body)
      ? (frame.unit.used.add("openModuleAnnotations"), "openModuleAnnotations(G);")
      : "");
  return `${start}\n${lines.join("\n")}`;
}

function evaluated(frame: Frame, tree: Module): string {
  const only = tree.body[0] as Extract<Stmt, { type: "Expr" }>;
  return `return ${expression(frame, only.value)};`;
}
