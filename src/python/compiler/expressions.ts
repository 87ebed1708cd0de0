/** Expressions, each as one JavaScript expression. */
import { spend } from "../budget.ts";
import { fromJs } from "../text/wide.ts";
import type { Comparison, ConstantValue, Expr, Operator, Place } from "../syntax/tree.ts";
import { call } from "./calls.ts";
import { comprehension } from "./comprehensions.ts";
import {
  attributePlace,
  delegating,
  type Frame,
  headName,
  identifierOf,
  invoke,
  mark,
  property,
  quote,
  runtimeName,
  takeTemporary,
  use,
} from "./context.ts";
import { lambda } from "./functions.ts";
import { loadName, storeName } from "./names.ts";
import { mangle } from "../symbols/scope.ts";
import { PythonSyntaxError } from "../syntax/error.ts";

type Of<T extends Expr["type"]> = Extract<Expr, { type: T }>;

export const BINARY: Readonly<Record<Operator, string>> = {
  Add: "add",
  Sub: "sub",
  Mult: "mul",
  MatMult: "matmul",
  Div: "truediv",
  Mod: "mod",
  Pow: "pow",
  LShift: "lshift",
  RShift: "rshift",
  BitOr: "or",
  BitXor: "xor",
  BitAnd: "and",
  FloorDiv: "floordiv",
};

/**
 * How deep expressions may nest, as in CPython about. JavaScript's own parser
 * takes time without end for what is so deep that its stack runs out.
 */
const DEEPEST = 1000;

/** An expression's value. Throws PythonSyntaxError for one that nests too deep. */
export function expression(frame: Frame, node: Expr): string {
  spend(2);
  const { unit } = frame;
  if (++unit.nesting > DEEPEST) {
    const { lineno, col_offset } = node;
    const offset = col_offset + 1;
    const place = { lineno, offset, end_lineno: lineno, end_offset: offset };
    throw new PythonSyntaxError("too many nested expressions", place);
  }
  const text = unit.parts?.get(node)?.(frame) ?? textOf(frame, node);
  unit.nesting--;
  return text;
}

/** The same by the kind of expression, whatever was said of this one. */
export function textOf(frame: Frame, node: Expr): string {
  switch (node.type) {
    case "Name":
      return loadName(frame, node.id, node, frame.unit.isBound(node));
    case "Constant":
      return constant(frame, node.value);
    case "BinOp":
      return binary(frame, node);
    case "UnaryOp":
      return unary(frame, node);
    case "Compare":
      return compare(frame, node);
    case "BoolOp":
      return boolean(frame, node);
    case "IfExp":
      return `(${condition(frame, node.test)}?${expression(frame, node.body)}:${expression(frame, node.orelse)})`;
    case "Call":
      return call(frame, node);
    case "Attribute":
      return attribute(frame, node);
    case "Subscript":
      return invoke(
        frame,
        node,
        "subscript",
        expression(frame, node.value),
        expression(frame, node.slice),
      );
    case "Slice":
      return sliceOf(frame, node);
    case "List":
      return listOf(frame, node.elts, node);
    case "Tuple":
      return tuple(frame, node);
    case "Set":
      return invoke(
        frame,
        node,
        "makeSet",
        sequence(frame, node.elts, node),
        ...(node.elts.length > 2 && node.elts.every(isFolded) ? ["true"] : []),
      );
    case "Dict":
      return dict(frame, node);
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return comprehension(frame, node);
    case "Lambda":
      return lambda(frame, node);
    case "JoinedStr":
      return joined(frame, node);
    case "FormattedValue":
      return formatted(frame, node);
    case "NamedExpr": {
      const t = takeTemporary(frame);
      const target = node.target as Of<"Name">;
      return `(${t}=${expression(frame, node.value)},${storeWalrus(frame, target.id, t)},${t})`;
    }
    case "Yield":
      return yielded(frame, node);
    case "YieldFrom":
      return delegating(frame, node, "delegate", expression(frame, node.value));
    case "Await":
      return delegating(frame, node, "awaiting", expression(frame, node.value));
    case "Starred":
      return expression(frame, node.value);
  }
}

/** A walrus in a comprehension stores in the function around it. */
function storeWalrus(frame: Frame, id: string, value: string): string {
  let at = frame;
  while (at.scope.kind === "comprehension" && at.outer !== undefined) at = at.outer;
  return storeName(at, id, value);
}

function yielded(frame: Frame, node: Of<"Yield">): string {
  const value = node.value === null ? runtimeName(frame, "None") : expression(frame, node.value);
  if (frame.kind === "async generator") {
    return `(yield ${use(frame, "asyncYield", value)})`;
  }
  return `(yield ${value})`;
}

/** An expression as a JavaScript condition. */
export function condition(frame: Frame, node: Expr): string {
  if (node.type === "UnaryOp" && node.op === "Not") return `!${condition(frame, node.operand)}`;
  if (node.type === "BoolOp") {
    const sign = node.op === "And" ? "&&" : "||";
    return `(${node.values.map((value) => condition(frame, value)).join(sign)})`;
  }
  if (node.type === "Compare" && node.ops.length === 1) {
    const sides: [string, string] = [
      expression(frame, node.left),
      expression(frame, node.comparators[0]!),
    ];
    return inOrder(frame, node.ops[0]!, sides, node, true);
  }
  if (node.type === "Constant") {
    if (node.value === true) return "true";
    if (node.value === false || node.value === null) return "false";
  }
  return invoke(frame, node, "truth", expression(frame, node));
}

/** A constant. */
function constant(frame: Frame, value: ConstantValue): string {
  if (value === null) return runtimeName(frame, "None");
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Object.is(value, -0) ? "0" : String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") {
    const text = fromJs(value);
    return typeof text === "string" ? quote(text) : constant(frame, { points: [...text.points] });
  }
  if (value instanceof Uint8Array) {
    const key = `b:${String.fromCharCode(...value.subarray(0, 4096))}:${value.length}:${frame.unit.head.length}`;
    return headName(frame.unit, "k", key, () => use(frame, "bytesOf", `[${value.join(",")}]`));
  }
  if ("points" in value) {
    return headName(frame.unit, "k", `w:${value.points.join(",")}`, () =>
      use(frame, "wideOf", `[${value.points.join(",")}]`),
    );
  }
  if ("float" in value) {
    const text = Object.is(value.float, -0) ? "-0" : String(value.float);
    return headName(
      frame.unit,
      "k",
      `f:${text}`,
      () => `new ${runtimeName(frame, "PyFloat")}(${text})`,
    );
  }
  if ("imag" in value) {
    return headName(frame.unit, "k", `j:${value.imag}`, () =>
      use(frame, "imaginary", String(value.imag)),
    );
  }
  return runtimeName(frame, "Ellipsis");
}

function isSmallInt(node: Expr): number | undefined {
  if (node.type !== "Constant" || typeof node.value !== "number") return undefined;
  return Math.abs(node.value) <= 0x7fffffff ? node.value : undefined;
}

/** Whether an expression may be written twice: a variable, surely bound. */
function isVariable(text: string): boolean {
  return /^[lut]_?\w*$/.test(text);
}

/** Operators in a row that are still written as one expression. */
const LONG = 40;

/** `a + b + c + …`: as deep on its left as it is long, so it is written as steps. */
function longOperation(frame: Frame, node: Of<"BinOp">): string | undefined {
  const steps: Of<"BinOp">[] = [];
  let first: Expr = node;
  while (first.type === "BinOp") {
    steps.push(first);
    first = first.left;
  }
  if (steps.length < LONG) return undefined;
  const t = takeTemporary(frame);
  const parts = [`${t}=${expression(frame, first)}`];
  for (const step of steps.reverse()) {
    parts.push(`${t}=${invoke(frame, step, BINARY[step.op], t, expression(frame, step.right))}`);
  }
  return `(${parts.join(",")},${t})`;
}

/** An operator; with a small constant on the right the common case stands in the code itself. */
function binary(frame: Frame, node: Of<"BinOp">): string {
  const long = longOperation(frame, node);
  if (long !== undefined) return long;
  const left = expression(frame, node.left);
  const small = isSmallInt(node.right);
  const right = expression(frame, node.right);
  const texts = node.op === "Add" && (isText(node.left) || isText(node.right));
  const name = texts ? "addText" : BINARY[node.op];
  const general = (a: string): string => invoke(frame, node, name, a, right);
  if (
    small !== undefined &&
    (node.op === "Add" || node.op === "Sub") &&
    node.left.type !== "Constant"
  ) {
    const t = takeTemporary(frame);
    const a = isVariable(left) ? left : takeTemporary(frame);
    const first = a === left ? left : `(${a}=${left})`;
    const sign = node.op === "Add" ? "+" : "-";
    const within =
      (node.op === "Add") === small >= 0
        ? `<=${Number.MAX_SAFE_INTEGER}`
        : `>=-${Number.MAX_SAFE_INTEGER}`;
    return `(typeof ${first}==="number"&&(${t}=${a}${sign}${small < 0 ? `(${small})` : small})${within}?${t}:${general(a)})`;
  }
  return general(left);
}

function unary(frame: Frame, node: Of<"UnaryOp">): string {
  if (node.op === "Not") return `!${condition(frame, node.operand)}`;
  if (node.op === "USub" && node.operand.type === "Constant") {
    const value = node.operand.value;
    if (typeof value === "number") return value === 0 ? "0" : `(-${value})`;
    if (typeof value === "object" && value !== null && "float" in value) {
      return constant(frame, { float: -value.float });
    }
  }
  const name = { USub: "neg", UAdd: "pos", Invert: "invert" }[node.op];
  return invoke(frame, node, name, expression(frame, node.operand));
}

const ORDER: Partial<Record<Comparison, [name: string, condition: string, sign: string]>> = {
  Lt: ["lt", "isLt", "<"],
  LtE: ["le", "isLe", "<="],
  Gt: ["gt", "isGt", ">"],
  GtE: ["ge", "isGe", ">="],
  Eq: ["eq", "isEq", "==="],
  NotEq: ["ne", "isNe", "!=="],
};

/** One comparison, as a value or as a condition. */
function comparison(
  frame: Frame,
  op: Comparison,
  left: string,
  right: string,
  place: Place,
  asCondition: boolean,
): string {
  switch (op) {
    case "Is":
      return `${use(frame, "isSame", left, right)}`;
    case "IsNot":
      return `!${use(frame, "isSame", left, right)}`;
    case "In":
      return invoke(frame, place, "contains", right, left, "0");
    case "NotIn":
      return `!${invoke(frame, place, "contains", right, left, "0")}`;
    default: {
      const [name, asked, sign] = ORDER[op]!;
      const general = invoke(frame, place, asCondition ? asked : name, left, right);
      if (/^\d+$/.test(right) && isVariable(left)) {
        return `(typeof ${left}==="number"?${left}${sign}${right}:${general})`;
      }
      return general;
    }
  }
}

/** `a < b < c`: each operand once, and no further than needed. */
function compare(frame: Frame, node: Of<"Compare">): string {
  if (node.ops.length === 1) {
    return ordered(frame, node.ops[0]!, node.left, node.comparators[0]!, node);
  }
  const result = takeTemporary(frame);
  let left = expression(frame, node.left);
  const parts: string[] = [];
  node.ops.forEach((op, i) => {
    const last = i === node.ops.length - 1;
    const right = expression(frame, node.comparators[i]!);
    const kept = last ? undefined : takeTemporary(frame);
    const sides: [string, string] = [left, kept === undefined ? right : `(${kept}=${right})`];
    // Operands come from left to right also where the test names them the other way round.
    const value = inOrder(frame, op, sides, node);
    parts.push(last ? `${result}=${value}` : `${use(frame, "truth", `${result}=${value}`)}`);
    if (kept !== undefined) left = kept;
  });
  return `((${parts.join(")&&(")}),${result})`;
}

function ordered(frame: Frame, op: Comparison, left: Expr, right: Expr, place: Place): string {
  return inOrder(frame, op, [expression(frame, left), expression(frame, right)], place);
}

/** One comparison of two texts, which are evaluated from left to right. */
export function inOrder(
  frame: Frame,
  op: Comparison,
  [left, right]: [string, string],
  place: Place,
  asCondition = false,
): string {
  const isTurned = op === "In" || op === "NotIn";
  if (isTurned && !isVariable(right) && !isVariable(left) && !isFixed(left)) {
    const t = takeTemporary(frame);
    return `(${t}=${left},${comparison(frame, op, t, right, place, false)})`;
  }
  return comparison(frame, op, left, right, place, asCondition);
}

/** Whether JavaScript is a constant, so that it does not matter when it is looked at. */
function isFixed(text: string): boolean {
  return /^(?:-?\d+|"[^"\\]*")$/.test(text);
}

function boolean(frame: Frame, node: Of<"BoolOp">): string {
  const t = takeTemporary(frame);
  const tests = node.values.slice(0, -1).map((value) => decision(frame, value, t));
  const last = expression(frame, node.values.at(-1)!);
  if (tests.length >= LONG) {
    const sign = node.op === "And" ? "&&" : "||";
    return `(${tests.join(sign)}${sign}(${t}=${last},true),${t})`;
  }
  return tests.reduceRight(
    (rest, test) => (node.op === "And" ? `(${test}?${rest}:${t})` : `(${test}?${t}:${rest})`),
    last,
  );
}

/** Whether an operand counts as true, with its value left in `t`: no value is asked twice. */
function decision(frame: Frame, node: Expr, t: string): string {
  if (node.type !== "BoolOp")
    return invoke(frame, node, "truth", `${t}=${expression(frame, node)}`);
  const sign = node.op === "And" ? "&&" : "||";
  return `(${node.values.map((value) => decision(frame, value, t)).join(sign)})`;
}

/** `o.name`: by a reader that the program has for each name. */
function attribute(frame: Frame, node: Of<"Attribute">): string {
  const name = mangle(frame.scope, node.attr);
  return `${attributeReader(frame, name)}${mark(frame, attributePlace(node))}(${expression(frame, node.value)})`;
}

/** The function at the head of the program that reads this attribute. */
export function attributeReader(frame: Frame, name: string): string {
  const key = `get:${name}`;
  const known = frame.unit.defined.get(key);
  if (known !== undefined) return known;
  const reader = `g_${identifierOf(name)}`;
  frame.unit.defined.set(key, reader);
  runtimeName(frame, "getAttribute");
  frame.unit.head.push(`${reader}=o=>o${property("a", name)}??getAttribute(o,${quote(name)})`);
  return reader;
}

/** The function at the head of the program that stores this attribute. */
export function attributeWriter(frame: Frame, name: string): string {
  const key = `set:${name}`;
  const known = frame.unit.defined.get(key);
  if (known !== undefined) return known;
  const writer = `s_${identifierOf(name)}`;
  frame.unit.defined.set(key, writer);
  runtimeName(frame, "setAttribute");
  frame.unit.head.push(
    `${writer}=(o,v)=>{if(o.plain&&o${property("c", name)}===undefined)o${property("a", name)}=v;else setAttribute(o,${quote(name)},v)}`,
  );
  return writer;
}

function sliceOf(frame: Frame, node: Of<"Slice">): string {
  const none = runtimeName(frame, "None");
  const part = (one: Expr | null): string => (one === null ? none : expression(frame, one));
  return `new ${runtimeName(frame, "PySlice")}(${part(node.lower)},${part(node.upper)},${part(node.step)})`;
}

/** A JavaScript array of values, with `*x` spread. */
export function sequence(frame: Frame, nodes: readonly Expr[], place: Place): string {
  const parts = nodes.map((node) =>
    node.type === "Starred"
      ? `...${invoke(frame, place, "starItems", expression(frame, node.value))}`
      : expression(frame, node),
  );
  return `[${parts.join(",")}]`;
}

function listOf(frame: Frame, nodes: readonly Expr[], place: Place): string {
  return use(frame, "makeList", sequence(frame, nodes, place));
}

function tuple(frame: Frame, node: Of<"Tuple">): string {
  const items = sequence(frame, node.elts, node);
  const made = `new ${runtimeName(frame, "PyTuple")}(${items})`;
  if (!node.elts.every(isConstant)) return made;
  return headName(frame.unit, "k", `t:${items}`, () => made);
}

function isConstant(node: Expr): boolean {
  if (node.type === "Constant") return true;
  return node.type === "Tuple" && node.elts.every(isConstant);
}

function dict(frame: Frame, node: Of<"Dict">): string {
  if (node.keys.length === 0) return `new ${runtimeName(frame, "PyDict")}()`;
  const parts = node.keys.map((key, i) => {
    const value = expression(frame, node.values[i]!);
    return key === null ? `undefined,${value}` : `${expression(frame, key)},${value}`;
  });
  return invoke(frame, node, "makeDict", `[${parts.join(",")}]`);
}

function joined(frame: Frame, node: Of<"JoinedStr">): string {
  const parts = node.values.map((value) => expression(frame, value));
  if (parts.length === 0) return `""`;
  if (parts.length === 1) return parts[0]!;
  // Two by two is faster, and too deep a nest for a text of thousands of parts.
  if (parts.length > 8) return use(frame, "joinTexts", `[${parts.join(",")}]`);
  return parts.reduce((text, part) => use(frame, "joinText", text, part));
}

/** Whether an expression is a text, as it is written. */
function isText(node: Expr): boolean {
  return node.type === "JoinedStr" || (node.type === "Constant" && typeof node.value === "string");
}

function formatted(frame: Frame, node: Of<"FormattedValue">): string {
  const value = expression(frame, node.value);
  const spec = node.format_spec === null ? `""` : expression(frame, node.format_spec);
  return invoke(frame, node, "formatted", value, String(node.conversion), spec);
}

/** Whether CPython's compiler knows the value: a literal, a negative number, a tuple of such. */
function isFolded(node: Expr): boolean {
  if (node.type === "Constant") return true;
  if (node.type === "UnaryOp") return isFolded(node.operand);
  return node.type === "Tuple" && node.elts.every(isFolded);
}
