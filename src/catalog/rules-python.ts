/** What a Python solution uses, for the rules of a manifest. */
import { parseModule } from "../python/syntax/parse.ts";
import { PythonSyntaxError } from "../python/syntax/error.ts";
import type { Expr, Module, Place, Syntax } from "../python/syntax/tree.ts";
import type { SyntaxFault } from "../syntax/typescript.ts";
import { walk } from "../python/syntax/walk.ts";

/** A name or a keyword in use; `isCalled` where its value is called, `walks` where that calls for each element. */
export interface PythonUse {
  name: string;
  isCalled: boolean;
  walks: boolean;
  /** 1-based, as the column. */
  line: number;
  column: number;
}

/** Statements and expressions that rules know by their keyword. */
const KEYWORDS: Readonly<Record<string, string>> = {
  For: "for",
  AsyncFor: "for",
  comprehension: "for",
  While: "while",
  If: "if",
  IfExp: "if",
  Match: "match",
  Try: "try",
  TryStar: "try",
  With: "with",
  AsyncWith: "with",
  ClassDef: "class",
  Lambda: "lambda",
  Await: "await",
  Yield: "yield",
  YieldFrom: "yield",
};
/** Functions that call another for each element: loops by another name. */
const WALKS = new Set(["map", "filter", "reduce", "vectorize", "vmap"]);

/** The tree of a solution, or undefined where it is no Python. Never throws. */
export function parsePython(source: string): Module | undefined {
  const read = readModule(source);
  return "fault" in read ? undefined : read;
}

/** Where a source is no Python, if so. Never throws. */
export function pythonFault(source: string): SyntaxFault | undefined {
  const read = readModule(source);
  return "fault" in read ? read.fault : undefined;
}

/** Every `\N{…}` is taken to exist. */
function readModule(source: string): Module | { fault: SyntaxFault } {
  try {
    return parseModule(source, () => "\ufffd");
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    const { message, lineno, offset } = error;
    return { fault: { message, line: Math.max(1, lineno), column: Math.max(1, offset) } };
  }
}

/** All that a module uses: what it imports, reads and calls, and its keywords. */
export function pythonUses(source: string, module: Module): PythonUse[] {
  const lines = source.split(/\r\n?|\n/);
  const own = ownNames(module);
  const uses: PythonUse[] = [];
  walk(module, (node, parents) => {
    const above = parents.at(-1);
    const place = "lineno" in node ? node : placeOf(node);
    const add = (name: string | undefined, at: Place | undefined = place): void => {
      if (name === undefined || at === undefined) return;
      const isCalled = above?.type === "Call" && above.func === node;
      uses.push({
        name,
        isCalled,
        walks: isCalled && WALKS.has(name),
        line: at.lineno,
        column: characters(lines[at.lineno - 1] ?? "", at.col_offset) + 1,
      });
    };
    add(KEYWORDS[node.type]);
    if (node.type === "alias") {
      add(node.name);
      if (node.name.includes(".")) add(node.name.split(".").at(-1));
    } else if (node.type === "Name" && node.ctx === "Load" && !own.has(node.id)) add(node.id);
    else if (node.type === "Attribute") {
      const at = { ...node, lineno: node.end_lineno, col_offset: attributeColumn(node) };
      add(node.attr, at);
      const object = pathOf(node.value);
      if (object !== undefined) add(`${object}.${node.attr}`, at);
    } else if (node.type === "Call") add(attributeByText(node), node.args[1]);
  });
  return uses;
}

/** A comprehension has no place of its own: its target's. */
function placeOf(node: Syntax): Place | undefined {
  return node.type === "comprehension" ? node.target : undefined;
}

function attributeColumn({
  end_col_offset,
  attr,
}: {
  end_col_offset: number;
  attr: string;
}): number {
  return end_col_offset - new TextEncoder().encode(attr).length;
}

/** `getattr(x, "softmax")`. */
function attributeByText({ func, args }: Extract<Expr, { type: "Call" }>): string | undefined {
  const [, name] = args;
  if (func.type !== "Name" || func.id !== "getattr" || name?.type !== "Constant") return undefined;
  return typeof name.value === "string" ? name.value : undefined;
}

function pathOf(node: Expr): string | undefined {
  if (node.type === "Name") return node.id;
  if (node.type !== "Attribute") return undefined;
  const object = pathOf(node.value);
  return object === undefined ? undefined : `${object}.${node.attr}`;
}

/** Functions, classes and parameters of the module's own: their names hide what a rule means. */
function ownNames(module: Module): Set<string> {
  const names = new Set<string>();
  walk(module, (node) => {
    if (node.type === "arg") names.add(node.arg);
    if (
      node.type === "FunctionDef" ||
      node.type === "AsyncFunctionDef" ||
      node.type === "ClassDef"
    ) {
      names.add(node.name);
    }
  });
  return names;
}

/** Where the module's statements begin, and which lines its imports take: first and last, 1-based. */
export function pythonStatements(module: Module): {
  starts: number[];
  imports: [number, number][];
} {
  const starts: number[] = [];
  const imports: [number, number][] = [];
  walk(module, (node) => {
    if (!("lineno" in node)) return true;
    if (node.type === "Import" || node.type === "ImportFrom") {
      imports.push([node.lineno, node.end_lineno]);
      return false;
    }
    if (STATEMENT.test(node.type)) starts.push(node.lineno);
    return true;
  });
  return { starts, imports };
}

const STATEMENT =
  /^(?:Expr|\w*Assign|TypeAlias|Return|Delete|Raise|Assert|Global|Nonlocal|Pass|Break|Continue|If|While|(?:Async)?(?:For|With)|Try(?:Star)?|Match)$/;

function characters(line: string, bytes: number): number {
  let count = 0;
  for (const char of line) {
    if (bytes <= 0) break;
    bytes -= new TextEncoder().encode(char).length;
    count++;
  }
  return count;
}
