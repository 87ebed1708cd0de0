/**
 * The small mistakes that people make in Python, on a syntax tree: another operator, a bound
 * that is off by one, a statement or a guard left out, arguments or axes the wrong way round,
 * a `keepdim` forgotten.
 */
import type {
  Comparison,
  Expr,
  Module,
  Operator,
  Place,
  Stmt,
  Syntax,
} from "../../python/syntax/tree.ts";
import { walk } from "../../python/syntax/walk.ts";
import { scanComments } from "../comments.ts";
import { parsePython } from "../rules-python.ts";
import type { Edit } from "./mutant.ts";
import { pairs, swapAxes } from "./shared.ts";

type Of<Type extends Syntax["type"]> = Extract<Syntax, { type: Type }>;

/** How an operator is written, and what it is mistaken for. */
const OPERATORS: Readonly<Record<Operator, readonly [sign: string, ...others: string[]]>> = {
  Add: ["+", "-"],
  Sub: ["-", "+"],
  Mult: ["*", "/"],
  Div: ["/", "*"],
  FloorDiv: ["//", "/", "*"],
  Mod: ["%", "*"],
  Pow: ["**", "*"],
  MatMult: ["@", "*"],
  BitAnd: ["&", "|"],
  BitOr: ["|", "&"],
  BitXor: ["^", "&"],
  LShift: ["<<", ">>"],
  RShift: [">>", "<<"],
};
const COMPARISONS: Readonly<Record<Comparison, readonly [sign: string, ...others: string[]]>> = {
  Lt: ["<", "<=", ">="],
  LtE: ["<=", "<", ">"],
  Gt: [">", ">=", "<="],
  GtE: [">=", ">", "<"],
  Eq: ["==", "!="],
  NotEq: ["!=", "=="],
  Is: ["is", "is not"],
  IsNot: ["is not", "is"],
  In: ["in", "not in"],
  NotIn: ["not in", "in"],
};

/** Functions and methods that are mistaken for one another. */
const NAMES: Readonly<Record<string, string>> = {
  ...pairs(
    "add sub, mul div, sum mean, amax amin, max min, argmax argmin, maximum minimum, floor ceil",
  ),
  ...pairs("lt le, gt ge, eq ne, tril triu, sin cos, zeros ones, zeros_like ones_like, any all"),
  ...pairs("exp log, cumsum cumprod, relu abs, append insert, softmax log_softmax, var std"),
  ...pairs("startswith endswith, lower upper, keys values, logical_and logical_or, ceil floor"),
  round: "int",
};
/** Methods whose receiver and argument are not to be confused. */
const ORDERED = new Set("sub div pow matmul mm bmm lt le gt ge remainder floor_divide".split(" "));
/** Functions whose two arguments may come in either order. */
const SYMMETRIC = new Set(
  "transpose swapaxes swapdims maximum minimum max min add mul multiply equal allclose isclose zip".split(
    " ",
  ),
);
/** What changes nothing that a test could see, or makes no other value of its argument. */
const INVISIBLE = new Set(
  "contiguous clone detach copy item tolist to numpy float double tensor as_tensor asarray array zeros ones empty full arange linspace eye range len list tuple print isinstance super".split(
    " ",
  ),
);
/** A tolerance or an epsilon, and no quantity. */
const TINY = 1e-3;

/** Every edit that makes a mutant of a module; none when it cannot be parsed. */
export function mutatePython(source: string): Edit[] {
  const module = parsePython(source);
  if (module === undefined) return [];
  const mutator = new Mutator(source, module);
  walk(module, (node, parents) => mutator.visit(node, parents));
  return mutator.edits;
}

class Mutator {
  readonly edits: Edit[] = [];
  readonly #source: string;
  /** The source without its comments, to find operators in. */
  readonly #code: string;
  readonly #lines: readonly { start: number; text: string; ascii: boolean }[];
  /** Names that modules were imported by: what is before their dot is no value. */
  readonly #modules: ReadonlySet<string>;
  /** Names that were given a value before, in the function that is visited. */
  #assigned: Set<string> = new Set();

  constructor(source: string, module: Module) {
    this.#source = source;
    this.#code = scanComments(source, "py").code;
    this.#lines = linesOf(source);
    this.#modules = importedNames(module);
  }

  /** Returns false to keep out of what no test has to notice. */
  visit(node: Syntax, parents: readonly Syntax[]): boolean {
    const above = parents.at(-1);
    if (isAside(node, above)) return false;
    switch (node.type) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.#assigned = new Set();
        break;
      case "BinOp":
        this.#binary(node);
        break;
      case "AugAssign":
        this.#sign(node.target, node.value, OPERATORS[node.op], "=");
        this.#remove(node);
        break;
      case "BoolOp":
        this.#boolean(node);
        break;
      case "Compare":
        this.#compare(node, above?.type === "While");
        break;
      case "UnaryOp":
        if (node.op !== "UAdd") this.#replace(node, this.#value(node.operand));
        break;
      case "Constant":
        this.#constant(node, above);
        break;
      case "IfExp":
        this.#swap(node.body, node.orelse);
        break;
      case "If":
        this.#replace(node.test, "True");
        if (node.orelse.length > 0) this.#replace(node.test, "False");
        else if (!isElif(node, above)) this.#remove(node);
        break;
      case "comprehension":
        for (const test of node.ifs) this.#replace(test, "True");
        break;
      case "For":
      case "AsyncFor":
      case "While":
      case "Break":
      case "Continue":
      case "Expr":
        this.#remove(node);
        break;
      case "Assign":
        this.#assign(node);
        break;
      case "Return":
        if (node.value !== null && !isConstant(node.value, null)) {
          this.#replace(node.value, "None");
        }
        break;
      case "List":
        if (node.ctx === "Load") this.#neighbours(node.elts);
        break;
      case "Tuple":
        // Targets that change places are the same mistake as values that do.
        if (node.ctx === "Load" && !isUnordered(node, above)) this.#neighbours(node.elts);
        break;
      case "Slice":
        this.#slice(node);
        break;
      case "Attribute":
        if (/^m?T$/.test(node.attr) && node.ctx === "Load") {
          this.#replace(node, this.#value(node.value));
        } else if (/^(?:inf|infty)$/.test(node.attr)) this.#replace(node, "0.0");
        break;
      case "Call":
        this.#call(node);
        break;
      default:
    }
    return true;
  }

  #start(node: Place): number {
    return this.#offset(node.lineno, node.col_offset);
  }

  #end(node: Place): number {
    return this.#offset(node.end_lineno, node.end_col_offset);
  }

  #offset(line: number, bytes: number): number {
    const { start, text, ascii } = this.#lines[line - 1] ?? { start: 0, text: "", ascii: true };
    if (ascii) return start + bytes;
    return start + Buffer.from(text).subarray(0, bytes).toString().length;
  }

  #text(node: Place): string {
    return this.#source.slice(this.#start(node), this.#end(node));
  }

  /** The text of an expression that can stand anywhere. */
  #value(node: Expr): string {
    const text = this.#text(node);
    return isAtom(node, text) ? text : `(${text})`;
  }

  #edit(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text });
  }

  #replace(node: Place, text: string): void {
    this.#edit(this.#start(node), this.#end(node), text);
  }

  #remove(node: Stmt): void {
    this.#replace(node, "pass");
  }

  /** Writes others in the place of the sign between two expressions; `after` follows each. */
  #sign(left: Expr, right: Expr, [sign, ...others]: readonly string[], after: string = ""): void {
    const from = this.#end(left);
    const between = this.#code.slice(from, this.#start(right));
    // Words of an operator may stand on lines of their own.
    const words = (sign ?? "").replace(/[^\w\s]/g, "\\$&").replace(" ", "\\s+");
    const found = new RegExp(/\w/.test(words) ? `\\b${words}\\b` : words + after).exec(between);
    if (found === null) return;
    const at = from + found.index;
    for (const other of others) this.#edit(at, at + found[0].length, other + after);
  }

  #binary({ left, op, right }: Of<"BinOp">): void {
    // What is joined to a text is one, and what a text is formatted by is no number.
    if (isText(left) || isText(right)) return;
    this.#sign(left, right, OPERATORS[op]);
    if (op !== "MatMult") return;
    const between = this.#source.slice(this.#end(left), this.#start(right));
    if (this.#text(left) !== this.#text(right) && !/[()]/.test(between)) {
      const swapped = this.#value(right) + between + this.#value(left);
      this.#edit(this.#start(left), this.#end(right), swapped);
    }
  }

  #boolean({ op, values }: Of<"BoolOp">): void {
    const signs = op === "And" ? ["and", "or"] : ["or", "and"];
    for (const [i, left] of values.entries()) {
      const right = values[i + 1];
      if (right !== undefined) this.#sign(left, right, signs);
    }
  }

  /** The opposite of a loop's limit runs no round or never ends: the loop left out says the same. */
  #compare({ left, ops, comparators }: Of<"Compare">, isLimit: boolean): void {
    let before = left;
    for (const [i, op] of ops.entries()) {
      const right = comparators[i];
      if (right === undefined) return;
      const signs = COMPARISONS[op];
      this.#sign(before, right, isLimit && /^[<>]/.test(signs[0]) ? signs.slice(0, 2) : signs);
      before = right;
    }
  }

  #constant(node: Of<"Constant">, above: Syntax | undefined): void {
    const { value } = node;
    if (typeof value === "boolean") this.#replace(node, value ? "False" : "True");
    else if (typeof value === "number") {
      if (above?.type === "Dict" && above.keys.includes(node)) return;
      this.#replace(node, String(value + 1));
      this.#replace(node, value === 0 ? "(-1)" : String(value - 1));
    } else if (typeof value === "string") {
      const quote = /^[a-z]*("""|'''|"|')/i.exec(this.#text(node))?.[0] ?? "";
      const start = this.#start(node) + quote.length;
      // A pattern of escapes or of many parts is not where it seems to be.
      if (this.#source.startsWith(value, start)) this.edits.push(...swapAxes(value, start));
    } else if (typeof value === "object" && value !== null && "float" in value) {
      this.#replace(node, "0.0");
      const { float } = value;
      this.#replace(
        node,
        float !== 0 && Math.abs(float) < TINY ? real(float * 1000) : real(float * 2),
      );
    }
  }

  #swap(a: Expr, b: Expr): void {
    const [one, other] = [this.#text(a), this.#text(b)];
    if (one === other) return;
    const between = this.#source.slice(this.#end(a), this.#start(b));
    this.#edit(this.#start(a), this.#end(b), other + between + one);
  }

  #neighbours(nodes: readonly Expr[]): void {
    for (const [i, a] of nodes.entries()) {
      const b = nodes[i + 1];
      if (b !== undefined && !isFixed(a) && !isFixed(b)) this.#swap(a, b);
    }
  }

  /** A value given anew, or to a part of something; without a first one nothing would run at all. */
  #assign(node: Of<"Assign">): void {
    const names = node.targets.filter((one) => one.type === "Name").map((one) => one.id);
    const isFirst = names.some((name) => !this.#assigned.has(name));
    for (const name of names) this.#assigned.add(name);
    if (!isFirst && node.targets.every((one) => /^(?:Name|Attribute|Subscript)$/.test(one.type))) {
      this.#remove(node);
    }
  }

  /** Bounds that are numbers are off by one as numbers. */
  #slice({ lower, upper, step }: Of<"Slice">): void {
    if (lower !== null && !isNumber(lower)) this.#replace(lower, `${this.#value(lower)} + 1`);
    if (upper !== null && !isNumber(upper)) this.#replace(upper, `${this.#value(upper)} - 1`);
    if (step !== null && !isConstant(step, null)) this.#replace(step, "");
  }

  #call(node: Of<"Call">): void {
    const { func, args } = node;
    const name = func.type === "Attribute" ? func.attr : func.type === "Name" ? func.id : "";
    if (!SYMMETRIC.has(name)) this.#neighbours(args);
    this.#keywords(node);
    if (name === "range" && func.type === "Name") {
      const stop = args[1] ?? args[0];
      if (stop !== undefined && !isNumber(stop)) {
        for (const off of [" - 1", " + 1"]) this.#replace(stop, this.#value(stop) + off);
      }
    }
    if (/^float$/.test(name) && args[0]?.type === "Constant" && /inf/.test(String(args[0].value))) {
      this.#replace(node, "0.0");
    }
    this.#rename(node, name);
    if (func.type === "Attribute") this.#method(node, func);
  }

  /** An option that is left out; one that is true turns false, which is the same mistake. */
  #keywords({ args, keywords }: Of<"Call">): void {
    for (const [i, option] of keywords.entries()) {
      if (option.arg === null || isConstant(option.value, true, false)) continue;
      const before = keywords[i - 1] ?? args.at(-1);
      const next = keywords[i + 1];
      if (next !== undefined) this.#edit(this.#start(option), this.#start(next), "");
      else if (before !== undefined) this.#edit(this.#end(before), this.#end(option), "");
      else this.#replace(option, "");
    }
  }

  #rename(node: Of<"Call">, name: string): void {
    const other = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    if (other === undefined) return;
    const end = this.#end(node.func);
    // `round` is a function and a method; `int` is none.
    if (name === "round" && node.func.type === "Attribute") return;
    this.#edit(end - name.length, end, other);
  }

  #method(node: Of<"Call">, { value: object, attr }: Of<"Attribute">): void {
    const [argument] = node.args;
    const isModule = object.type === "Name" && this.#modules.has(object.id);
    const isPath = object.type === "Attribute" || isModule;
    if (isPath && this.#isModule(object)) {
      // What a function of a module makes is left as it was.
      const only = argument !== undefined && argument.type !== "Starred" && !INVISIBLE.has(attr);
      if (only && !isFixed(argument)) this.#replace(node, this.#value(argument));
      return;
    }
    // A call that is a statement is left out as one.
    if (!INVISIBLE.has(attr)) this.#replace(node, this.#value(object));
    if (argument === undefined || argument.type === "Starred" || !ORDERED.has(attr)) return;
    const [receiver, other] = [this.#value(object), this.#value(argument)];
    if (receiver !== other && !isNumber(argument)) {
      const rest = this.#source.slice(this.#end(argument), this.#end(node));
      this.#replace(node, `${other}.${attr}(${this.#text(object)}${rest}`);
    }
    if (/^(?:matmul|mm|bmm)$/.test(attr)) this.#replace(argument, `${other}.transpose(-1, -2)`);
  }

  #isModule(node: Expr): boolean {
    if (node.type === "Attribute") return this.#isModule(node.value);
    return node.type === "Name" && this.#modules.has(node.id);
  }
}

/** What is for people, for type checkers, or for who runs the file by hand. */
function isAside(node: Syntax, above: Syntax | undefined): boolean {
  if (/^(?:Import|ImportFrom|Raise|Assert|Global|Nonlocal|JoinedStr|TypeAlias)$/.test(node.type)) {
    return true;
  }
  if (node.type === "Expr" && node.value.type === "Constant") return true;
  if (node.type === "If" && /^__name__$|TYPE_CHECKING$/.test(guardOf(node))) return true;
  switch (above?.type) {
    case "arg":
      return true;
    case "FunctionDef":
    case "AsyncFunctionDef":
      return node === above.returns || above.decorator_list.includes(node as Expr);
    case "ClassDef":
      return above.bases.includes(node as Expr) || above.decorator_list.includes(node as Expr);
    case "AnnAssign":
      return node === above.annotation;
    default:
      return false;
  }
}

/** Types that something is one of, and what is hashed: in any order they say the same. */
function isUnordered(node: Of<"Tuple">, above: Syntax | undefined): boolean {
  if (above?.type !== "Call" || above.func.type !== "Name") return false;
  const { id } = above.func;
  const at = id === "hash" ? 0 : /^is(?:instance|subclass)$/.test(id) ? 1 : -1;
  return above.args[at] === node;
}

function guardOf({ test }: Of<"If">): string {
  const name = test.type === "Compare" ? test.left : test;
  return name.type === "Name" ? name.id : name.type === "Attribute" ? name.attr : "";
}

/** An `elif` is part of the statement above it. */
function isElif(node: Stmt, above: Syntax | undefined): boolean {
  if (above?.type !== "If" || above.orelse.length !== 1 || above.orelse[0] !== node) return false;
  return node.col_offset === above.col_offset;
}

function isText(node: Expr): boolean {
  if (node.type === "BinOp") return isText(node.left) || isText(node.right);
  return node.type === "JoinedStr" || (node.type === "Constant" && typeof node.value === "string");
}

/** A number, with a sign or without. */
function isNumber(node: Expr): boolean {
  if (node.type === "UnaryOp") return isNumber(node.operand);
  if (node.type !== "Constant") return false;
  return typeof node.value === "number" || isFloat(node);
}

function isFloat({ value }: Of<"Constant">): boolean {
  return typeof value === "object" && value !== null && "float" in value;
}

function isConstant(node: Expr, ...values: (boolean | null)[]): boolean {
  return node.type === "Constant" && values.some((value) => value === node.value);
}

/** What has to stand where it stands. */
function isFixed(node: Expr): boolean {
  if (node.type === "Constant") return typeof node.value === "string";
  return /^(?:Starred|Dict|Lambda|JoinedStr|GeneratorExp)$/.test(node.type);
}

function isAtom(node: Expr, text: string): boolean {
  if (node.type === "Tuple") return text.startsWith("(");
  return /^(?:Constant|Name|Attribute|Subscript|Call|List|Dict|Set|ListComp|SetComp|DictComp)$/.test(
    node.type,
  );
}

function real(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The lines of a source as Python counts them. */
function linesOf(source: string): { start: number; text: string; ascii: boolean }[] {
  const lines: { start: number; text: string; ascii: boolean }[] = [];
  let start = 0;
  for (const { 0: end, index } of source.matchAll(/\r\n?|\n|$/g)) {
    const text = source.slice(start, index);
    // oxlint-disable-next-line no-control-regex -- every character of one byte
    lines.push({ start, text, ascii: /^[\0-\x7f]*$/.test(text) });
    start = index + end.length;
  }
  return lines;
}

/** Names that stand for modules: of `import torch`, `import numpy as np`, `from torch import nn`. */
function importedNames(module: Module): Set<string> {
  const names = new Set<string>();
  walk(module, (node) => {
    if (node.type !== "Import" && node.type !== "ImportFrom") return;
    for (const { name, asname } of node.names) names.add(asname ?? name.split(".")[0] ?? name);
  });
  return names;
}
