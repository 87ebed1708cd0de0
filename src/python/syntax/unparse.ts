/**
 * Expressions as text again, for annotations that stay unevaluated: spaces,
 * brackets and quotes as CPython's own writer (Python/ast_unparse.c) puts them.
 */
import { reprFloat } from "../text/floats.ts";
import { reprBytes, reprStr } from "../text/quote.ts";
import { fromPoints } from "../text/wide.ts";
import type { Arguments, comprehension, ConstantValue, Expr } from "./tree.ts";

/** How tightly operators bind; what stands in a tighter place gets brackets. */
const TUPLE = 0;
const TEST = 1;
const OR = 2;
const AND = 3;
const NOT = 4;
const COMPARE = 5;
const EXPRESSION = 6;
const FACTOR = 12;
const POWER = 13;
const AWAIT = 14;
const ATOM = 15;

/** Signs of operators, and how tightly they bind. */
export const BINARY: Readonly<Record<string, readonly [sign: string, level: number]>> = {
  BitOr: [" | ", 6],
  BitXor: [" ^ ", 7],
  BitAnd: [" & ", 8],
  LShift: [" << ", 9],
  RShift: [" >> ", 9],
  Add: [" + ", 10],
  Sub: [" - ", 10],
  Mult: [" * ", 11],
  MatMult: [" @ ", 11],
  Div: [" / ", 11],
  Mod: [" % ", 11],
  FloorDiv: [" // ", 11],
  Pow: [" ** ", POWER],
};
/** Signs of comparisons. */
export const COMPARISON: Readonly<Record<string, string>> = {
  Eq: " == ",
  NotEq: " != ",
  Lt: " < ",
  LtE: " <= ",
  Gt: " > ",
  GtE: " >= ",
  Is: " is ",
  IsNot: " is not ",
  In: " in ",
  NotIn: " not in ",
};
/** Signs of operators with one operand. */
export const UNARY: Readonly<Record<string, readonly [sign: string, level: number]>> = {
  Not: ["not ", NOT],
  Invert: ["~", FACTOR],
  UAdd: ["+", FACTOR],
  USub: ["-", FACTOR],
};

/** An expression's source text. */
export function unparse(node: Expr): string {
  return write(node, TEST);
}

const within = (text: string, level: number, own: number): string =>
  level > own ? `(${text})` : text;

function write(node: Expr, level: number): string {
  switch (node.type) {
    case "Name":
      return node.id;
    case "Constant":
      return (node.kind ?? "") + constantText(node.value);
    case "BoolOp": {
      const own = node.op === "And" ? AND : OR;
      const sign = node.op === "And" ? " and " : " or ";
      return within(node.values.map((one) => write(one, own + 1)).join(sign), level, own);
    }
    case "BinOp": {
      const [sign, own] = BINARY[node.op]!;
      const right = node.op === "Pow" ? 1 : 0;
      const text = `${write(node.left, own + right)}${sign}${write(node.right, own + 1 - right)}`;
      return within(text, level, own);
    }
    case "UnaryOp": {
      const [sign, own] = UNARY[node.op]!;
      return within(`${sign}${write(node.operand, own)}`, level, own);
    }
    case "Lambda": {
      const args = parametersText(node.args);
      return within(
        `lambda${args === "" ? "" : ` ${args}`}: ${write(node.body, TEST)}`,
        level,
        TEST,
      );
    }
    case "IfExp": {
      const text = `${write(node.body, TEST + 1)} if ${write(node.test, TEST + 1)} else ${write(node.orelse, TEST)}`;
      return within(text, level, TEST);
    }
    case "Compare": {
      const rest = node.ops.map(
        (op, i) => COMPARISON[op]! + write(node.comparators[i]!, COMPARE + 1),
      );
      return within(write(node.left, COMPARE + 1) + rest.join(""), level, COMPARE);
    }
    case "Call":
      return callText(node);
    case "Attribute": {
      const number = node.value.type === "Constant" && isInt(node.value.value);
      return `${write(node.value, ATOM)}${number ? " " : ""}.${node.attr}`;
    }
    case "Subscript":
      return `${write(node.value, ATOM)}[${write(node.slice, TUPLE)}]`;
    case "Slice": {
      const part = (one: Expr | null): string => (one === null ? "" : write(one, TEST));
      return `${part(node.lower)}:${part(node.upper)}${node.step === null ? "" : `:${part(node.step)}`}`;
    }
    case "Starred":
      return `*${write(node.value, EXPRESSION)}`;
    case "NamedExpr":
      return within(`${write(node.target, ATOM)} := ${write(node.value, ATOM)}`, level, TUPLE);
    case "Yield":
      return node.value === null ? "(yield)" : `(yield ${write(node.value, TUPLE)})`;
    case "YieldFrom":
      return `(yield from ${write(node.value, TEST)})`;
    case "Await":
      return within(`await ${write(node.value, ATOM)}`, level, AWAIT);
    case "JoinedStr":
    case "FormattedValue":
      return `f${reprStr(formatText(node)) as string}`;
    default:
      return displayText(node, level);
  }
}

function displayText(node: Expr, level: number): string {
  switch (node.type) {
    case "List":
      return `[${list(node.elts)}]`;
    case "Set":
      return `{${list(node.elts)}}`;
    case "Tuple": {
      if (node.elts.length === 0) return "()";
      return within(`${list(node.elts)}${node.elts.length === 1 ? "," : ""}`, level, TUPLE);
    }
    case "Dict": {
      const pairs = node.keys.map((key, i) => {
        const value = node.values[i]!;
        return key === null
          ? `**${write(value, EXPRESSION)}`
          : `${write(key, TEST)}: ${write(value, TEST)}`;
      });
      return `{${pairs.join(", ")}}`;
    }
    case "ListComp":
      return `[${write(node.elt, TEST)}${loops(node.generators)}]`;
    case "SetComp":
      return `{${write(node.elt, TEST)}${loops(node.generators)}}`;
    case "GeneratorExp":
      return `(${write(node.elt, TEST)}${loops(node.generators)})`;
    case "DictComp":
      return `{${write(node.key, TEST)}: ${write(node.value, TEST)}${loops(node.generators)}}`;
    default:
      throw new Error(`no text for ${node.type}`);
  }
}

const list = (nodes: readonly Expr[]): string => nodes.map((one) => write(one, TEST)).join(", ");

function loops(generators: readonly comprehension[]): string {
  return generators
    .map((one) => {
      const conditions = one.ifs.map((test) => ` if ${write(test, TEST + 1)}`).join("");
      const word = one.is_async === 1 ? " async for " : " for ";
      return `${word}${write(one.target, TUPLE)} in ${write(one.iter, TEST + 1)}${conditions}`;
    })
    .join("");
}

function callText(node: Extract<Expr, { type: "Call" }>): string {
  const [only] = node.args;
  const callee = write(node.func, ATOM);
  if (node.args.length === 1 && node.keywords.length === 0 && only!.type === "GeneratorExp") {
    return `${callee}${write(only!, TEST)}`;
  }
  const keywords = node.keywords.map(
    (one) => `${one.arg === null ? "**" : `${one.arg}=`}${write(one.value, TEST)}`,
  );
  return `${callee}(${[...node.args.map((one) => write(one, TEST)), ...keywords].join(", ")})`;
}

function parametersText(args: Arguments): string {
  const positional = [...args.posonlyargs, ...args.args];
  const first = positional.length - args.defaults.length;
  const parts = positional.flatMap((one, i) => {
    const value = i < first ? "" : `=${write(args.defaults[i - first]!, TEST)}`;
    const text = `${one.arg}${value}`;
    return args.posonlyargs.length > 0 && i === args.posonlyargs.length - 1 ? [text, "/"] : [text];
  });
  if (args.vararg !== null) parts.push(`*${args.vararg.arg}`);
  else if (args.kwonlyargs.length > 0) parts.push("*");
  args.kwonlyargs.forEach((one, i) => {
    const value = args.kw_defaults[i] ?? null;
    parts.push(`${one.arg}${value === null ? "" : `=${write(value, TEST)}`}`);
  });
  if (args.kwarg !== null) parts.push(`**${args.kwarg.arg}`);
  return parts.join(", ");
}

function isInt(value: ConstantValue): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

function constantText(value: ConstantValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return reprStr(value) as string;
  if (isInt(value)) return String(value);
  if (value instanceof Uint8Array) return reprBytes(value);
  const object = value as Exclude<
    ConstantValue,
    null | boolean | number | bigint | string | Uint8Array
  >;
  if ("float" in object) return reprFloat(object.float).replace("inf", "1e309");
  if ("imag" in object)
    return `${reprFloat(object.imag).replace(/\.0$/, "").replace("inf", "1e309")}j`;
  if ("points" in object) return String(reprStr(fromPoints(object.points)));
  return "...";
}

/** What stands between the quotes of an f-string. */
function formatText(node: Expr): string {
  if (node.type === "JoinedStr") return node.values.map(formatText).join("");
  if (node.type === "Constant" && typeof node.value === "string") {
    return node.value.replaceAll("{", "{{").replaceAll("}", "}}");
  }
  if (node.type !== "FormattedValue") return write(node, TEST);
  const inner = write(node.value, TEST + 1);
  const space = inner.startsWith("{") ? " " : "";
  const conversion = node.conversion < 0 ? "" : `!${String.fromCharCode(node.conversion)}`;
  const spec = node.format_spec === null ? "" : `:${formatText(node.format_spec)}`;
  return `{${space}${inner}${conversion}${spec}}`;
}
