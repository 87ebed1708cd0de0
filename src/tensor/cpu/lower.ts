/**
 * Expressions to SIMD: first to a list in which each shared value stands once,
 * then to code that computes four neighbouring elements. Truth values are
 * masks of all ones while they are in a register.
 */

import { type DType, letterOf } from "../dtype.ts";
import { type Expr, operands } from "../expr.ts";
import { FUNCTIONS } from "./math.ts";
import { type Code, floats, get, ints, type Local, type Locals, set, simd } from "./wasm.ts";

/** One value of the list; `args` are places in the list. */
export interface Value {
  readonly expr: Expr;
  readonly args: readonly number[];
}

export interface Linear {
  readonly values: readonly Value[];
  /** Equal for equal expressions. */
  readonly key: string;
}

/** Values in the order in which they must be computed; the last is the result. */
export function linearize(expr: Expr): Linear {
  const values: Value[] = [];
  const texts: string[] = [];
  const known = new Map<string, number>();
  const seen = new Map<Expr, number>();
  const visit = (one: Expr): number => {
    const before = seen.get(one);
    if (before !== undefined) return before;
    const args = operands(one).map(visit);
    const text = `${one.op}.${letterOf(one.dtype)}${immediate(one)}(${args.join()})`;
    let at = known.get(text);
    if (at === undefined) {
      at = values.push({ expr: one, args }) - 1;
      texts.push(text);
      known.set(text, at);
    }
    seen.set(one, at);
    return at;
  };
  visit(expr);
  return { values, key: texts.join(";") };
}

function immediate(expr: Expr): string {
  switch (expr.op) {
    case "input":
      return String(expr.input);
    case "param":
      return String(expr.param);
    case "const":
      return Object.is(expr.value, -0) ? "-0" : String(expr.value);
    case "index":
      return String(expr.dim);
    case "folded":
      return String(expr.fold);
    case "lookup":
      return `${expr.input}*${expr.stride}`;
    default:
      return "";
  }
}

const FLOAT_OPS = new Set([
  "neg",
  "abs",
  "exp",
  "log",
  "sqrt",
  "tanh",
  "erf",
  "floor",
  "ceil",
  "round",
  "isnan",
  "add",
  "sub",
  "mul",
  "div",
  "maximum",
  "minimum",
]);
const INT_OPS = new Set(["neg", "abs", "add", "sub", "mul", "maximum", "minimum", "and", "or"]);
const ANY_OPS = new Set(["input", "param", "const", "index", "folded", "element", "cast", "where"]);
const TRUTH_OPS = new Set(["not", "and", "or", "eq", "lt", "le"]);

/** What four lanes of a vector hold; the other dtypes are left to JavaScript. */
const LANE_DTYPES: ReadonlySet<DType> = new Set(["float32", "int32", "bool"]);

/** Whether `lower` can print every value; the others are left to JavaScript. */
export function isVectorizable({ values }: Linear): boolean {
  return values.every(({ expr, args }) => {
    if (!LANE_DTYPES.has(expr.dtype)) return false;
    if (ANY_OPS.has(expr.op)) return true;
    const of = values[args[0] ?? 0]?.expr.dtype;
    if (expr.op === "isnan") return of === "float32";
    if (expr.dtype === "bool") return TRUTH_OPS.has(expr.op);
    return (expr.dtype === "float32" ? FLOAT_OPS : INT_OPS).has(expr.op);
  });
}

/** Where values that are not computed come from. */
export interface Sources {
  input(input: number, dtype: DType): Code;
  param(param: number): Code;
  index(dim: number): Code;
  folded(fold: number): Code;
  element(): Code;
}

/** Code that computes the list into locals, and the result's local. */
export function lower(
  { values }: Linear,
  locals: Locals,
  sources: Sources,
): { code: Code; result: Local } {
  const code: number[] = [];
  const places: Local[] = [];
  for (const { expr, args } of values) {
    const of = args.map((at) => values[at]?.expr as Expr);
    const own = args.map((at) => get(places[at] ?? 0));
    const make = FUNCTIONS[expr.op];
    let value: Code;
    if (make === undefined) value = print(expr, own, of, sources);
    else {
      const computed = make(locals, own[0] ?? []);
      code.push(...computed.before);
      value = computed.value;
    }
    const place = locals.take("v128");
    code.push(...set(place, value));
    places.push(place);
  }
  return { code, result: places.at(-1) ?? 0 };
}

/** A mask as 0 and 1. */
function bits(mask: Code): Code {
  return simd("v128.and", mask, ints(1));
}

function truth(value: Code, dtype: DType): Code {
  if (dtype === "bool") return value;
  return dtype === "float32"
    ? simd("f32x4.ne", value, floats(0))
    : simd("i32x4.ne", value, ints(0));
}

function cast(value: Code, from: DType, to: DType): Code {
  if (to === "bool") return truth(value, from);
  const whole = from === "bool" ? bits(value) : value;
  if (to === "float32" && from !== "float32") return simd("f32x4.convert", whole);
  return to === "int32" && from === "float32" ? simd("i32x4.trunc_sat", value) : whole;
}

function constant(value: number, dtype: DType): Code {
  if (dtype === "float32") return floats(value);
  return ints(dtype === "int32" ? value : value === 0 ? 0 : -1);
}

/** The larger (or smaller): the short instruction where one side is known not to be NaN. */
function extreme(which: "max" | "min", args: readonly Code[], of: readonly Expr[]): Code {
  const [a = [], b = []] = args;
  // Params that are NaN do not come here.
  const sure = of.map(
    (one) => one.op === "param" || (one.op === "const" && !Number.isNaN(one.value)),
  );
  if (sure[1]) return simd(`f32x4.p${which}`, a, b);
  return sure[0] ? simd(`f32x4.p${which}`, b, a) : simd(`f32x4.${which}`, a, b);
}

function compare(name: "eq" | "lt" | "le", args: readonly Code[], of: DType): Code {
  if (of === "float32") return simd(`f32x4.${name}`, ...args);
  return simd(`i32x4.${name}`, ...(of === "bool" ? args.map(bits) : args));
}

function print(expr: Expr, args: readonly Code[], of: readonly Expr[], sources: Sources): Code {
  const [a = [], b = [], c = []] = args;
  const from = of[0]?.dtype ?? "float32";
  const lanes = expr.dtype === "float32" ? "f32x4" : "i32x4";
  switch (expr.op) {
    case "input":
      return sources.input(expr.input, expr.dtype);
    case "param":
      return sources.param(expr.param);
    case "index":
      return sources.index(expr.dim);
    case "folded":
      return sources.folded(expr.fold);
    case "element":
      return sources.element();
    case "const":
      return constant(expr.value, expr.dtype);
    case "cast":
      return cast(a, from, expr.dtype);
    case "where":
      return simd("v128.bitselect", b, c, truth(a, from));
    case "neg":
    case "abs":
    case "add":
    case "sub":
    case "mul":
      return simd(`${lanes}.${expr.op}`, ...args);
    case "sqrt":
    case "floor":
    case "ceil":
    case "div":
      return simd(`f32x4.${expr.op}`, ...args);
    case "round":
      return simd("f32x4.nearest", a);
    case "isnan":
      return simd("f32x4.ne", a, a);
    case "not":
      return simd("v128.not", truth(a, from));
    case "maximum":
    case "minimum": {
      const which = expr.op === "maximum" ? "max" : "min";
      return lanes === "f32x4" ? extreme(which, args, of) : simd(`i32x4.${which}`, a, b);
    }
    case "eq":
    case "lt":
    case "le":
      return compare(expr.op, args, from);
    case "and":
    case "or":
      return simd(`v128.${expr.op}`, a, b);
    default:
      throw new Error(`${expr.op} has no SIMD code`);
  }
}
