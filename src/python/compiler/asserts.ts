/**
 * `assert` that can tell its parts, for test modules: each part leaves its value in an array on the way,
 * in its order and no part twice, and a description of the expression says what the values are of.
 */
import type { Expr, Stmt } from "../syntax/tree.ts";
import { BINARY, COMPARISON, UNARY } from "../syntax/unparse.ts";
import { type Frame, headName, invoke, quote, runtimeName, takeTemporary } from "./context.ts";
import { expression, inOrder, textOf } from "./expressions.ts";

type Of<T extends Expr["type"]> = Extract<Expr, { type: T }>;

/** Compiles an `assert` for {@link explainFailed}. */
export function explainedAssert(frame: Frame, node: Extract<Stmt, { type: "Assert" }>): string[] {
  const values = takeTemporary(frame);
  const parts = new Parts(frame, values);
  const shape = parts.visit(node.test);
  const key = `assert:${frame.unit.defined.size}`;
  const told = headName(frame.unit, "k", key, () => literal(shape));
  const message = node.msg === null ? [] : [expression(frame, node.msg)];
  const test = invoke(frame, node.test, "truth", expression(frame, node.test));
  const failed = invoke(frame, node, "explainFailed", values, told, ...message);
  return [`${values}=[];${runtimeName(frame, "assertions")}.count++;`, `if(!${test})${failed};`];
}

/** The text of a constant among the description. */
class Literal {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
}

/** A description: see AssertShape in operations/asserts.ts, with {@link Literal}s for constants. */
type Shape = readonly unknown[];

/** The description as JavaScript. */
function literal(shape: unknown): string {
  if (shape instanceof Literal) return shape.code;
  if (Array.isArray(shape)) return `[${shape.map(literal).join(",")}]`;
  return typeof shape === "string" ? quote(shape) : String(shape);
}

class Parts {
  private readonly frame: Frame;
  private readonly values: string;
  private count = 0;

  constructor(frame: Frame, values: string) {
    this.frame = frame;
    this.values = values;
  }

  /** Says how a part is compiled from here on, and what it is. */
  visit(node: Expr): Shape {
    switch (node.type) {
      case "Compare":
        return this.comparison(node);
      case "BoolOp":
        return this.choice(node);
      case "UnaryOp":
        return this.unary(node);
      case "BinOp": {
        const left = this.visit(node.left);
        const right = this.visit(node.right);
        return ["binary", this.kept(node), BINARY[node.op]![0].trim(), left, right];
      }
      case "Call":
        return this.call(node);
      case "Attribute": {
        const of = this.visit(node.value);
        return ["attribute", this.kept(node), of, node.attr];
      }
      case "Starred":
        return ["starred", this.visit(node.value)];
      case "Name": {
        const place = this.frame.scope.names.get(node.id)?.place;
        const local = this.frame.kind === "module" || (place !== undefined && place !== "global");
        return ["name", this.kept(node), node.id, local];
      }
      case "Constant":
        return ["constant", new Literal(expression(this.frame, node))];
      default:
        return ["value", this.kept(node)];
    }
  }

  /** Leaves the value of a part in a place of its own. */
  private kept(node: Expr): number {
    const at = this.count++;
    this.compiled(node, (frame) => `(${this.values}[${at}]=${textOf(frame, node)})`);
    return at;
  }

  private compiled(node: Expr, how: (frame: Frame) => string): void {
    (this.frame.unit.parts ??= new Map()).set(node, how);
  }

  private at(place: number): string {
    return `${this.values}[${place}]`;
  }

  /** `a < b < c`: each operand and each result once, and no further than needed. */
  private comparison(node: Of<"Compare">): Shape {
    const operands = [node.left, ...node.comparators];
    const shapes = operands.map((operand) => this.visit(operand));
    const places = operands.map(() => this.count++);
    const results = node.ops.map(() => this.count++);
    const wraps = operands.map((operand) => isJoined(operand));
    this.compiled(node, (frame) => {
      const kept = operands.map(
        (operand, i) => `${this.at(places[i]!)}=${expression(frame, operand)}`,
      );
      const steps = node.ops.map((op, i) => {
        const left = i === 0 ? kept[0]! : this.at(places[i]!);
        return `${this.at(results[i]!)}=${inOrder(frame, op, [left, kept[i + 1]!], node)}`;
      });
      return steps
        .map((step, i) =>
          i === steps.length - 1 ? step : `${invoke(frame, node, "truth", step)}?`,
        )
        .reduceRight((rest, step, i) => `(${step}(${rest}):${this.at(results[i]!)})`);
    });
    const signs = node.ops.map((op) => COMPARISON[op]!.trim());
    return ["compare", signs, shapes, wraps, places, results];
  }

  /** `and`, `or`. */
  private choice(node: Of<"BoolOp">): Shape {
    const shapes = node.values.map((value) => this.visit(value));
    const places = node.values.map(() => this.count++);
    this.compiled(node, (frame) => {
      const kept = node.values.map(
        (value, i) => `${this.at(places[i]!)}=${expression(frame, value)}`,
      );
      const last = `(${kept.at(-1)!})`;
      return kept.slice(0, -1).reduceRight((rest, one, i) => {
        const test = invoke(frame, node.values[i]!, "truth", one);
        const own = this.at(places[i]!);
        return node.op === "And" ? `(${test}?${rest}:${own})` : `(${test}?${own}:${rest})`;
      }, last);
    });
    return ["choice", node.op === "Or", shapes, places];
  }

  private unary(node: Of<"UnaryOp">): Shape {
    const operand = this.visit(node.operand);
    if (node.op === "Not") {
      this.compiled(
        node,
        (frame) => `!${invoke(frame, node, "truth", expression(frame, node.operand))}`,
      );
    } else this.kept(node);
    return ["unary", UNARY[node.op]![0], operand];
  }

  private call(node: Of<"Call">): Shape {
    const callee = this.visit(node.func);
    const args = [
      ...node.args.map((arg) => ["", this.visit(arg)] as const),
      ...node.keywords.map(
        ({ arg, value }) => [arg === null ? "**" : `${arg}=`, this.visit(value)] as const,
      ),
    ];
    return ["call", this.kept(node), callee, args];
  }
}

/** Whether an operand is shown in brackets. */
function isJoined(node: Expr): boolean {
  return node.type === "Compare" || node.type === "BoolOp";
}
