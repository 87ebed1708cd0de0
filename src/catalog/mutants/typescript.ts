/**
 * The small mistakes that people make in TypeScript, on a syntax tree: another
 * operator, a limit that is off by one, a statement or a guard left out,
 * arguments or axes the wrong way round, a `keepdim` forgotten.
 */
import type { CallExpression, ObjectExpression } from "@babel/types";
import { scanComments } from "../comments.ts";
import {
  endOf,
  isType,
  type Node,
  parseTypeScript,
  type Place,
  startOf,
  walk,
} from "../../syntax/typescript.ts";
import type { Edit } from "./mutant.ts";
import { pairs, swapAxes } from "./shared.ts";
import { isWgsl, mutateWgsl } from "./wgsl.ts";

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
  ">>>": ["<<"],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "/=": ["*="],
};

/** Functions that are mistaken for one another. */
const NAMES: Readonly<Record<string, string>> = {
  ...pairs(
    "add sub, mul div, sum mean, amax amin, max min, argmax argmin, maximum minimum, floor ceil",
  ),
  ...pairs("lt le, gt ge, eq ne, tril triu, sin cos, zeros ones, some every, push unshift"),
  ...pairs("exp log, cumsum cumprod, relu abs"),
  round: "floor",
  variance: "std",
};
/** Methods whose receiver and argument are not to be confused. */
const ORDERED = new Set("sub div pow matmul lt le gt ge remainder floorDivide".split(" "));
/** Methods whose two arguments may come in either order. */
const SYMMETRIC = new Set(
  "transpose swapaxes maximum minimum max min add mul equal allclose".split(" "),
);
/** Methods that change nothing a test could see. */
const INVISIBLE = new Set("contiguous clone detach toString".split(" "));
/** A tolerance or an epsilon, and no quantity. */
const TINY = 1e-3;

/** Every edit that makes a mutant of a module; none when it cannot be parsed. */
export function mutateTypeScript(source: string): Edit[] {
  const parsed = parseTypeScript(source);
  if ("fault" in parsed) return [];
  const mutator = new Mutator(source);
  walk(parsed.program, (node, place) => mutator.visit(node, place));
  return mutator.edits;
}

class Mutator {
  readonly edits: Edit[] = [];
  readonly #source: string;
  /** The source without its comments, to find operators in. */
  readonly #code: string;

  constructor(source: string) {
    this.#source = source;
    this.#code = scanComments(source, "ts").code;
  }

  /** Returns false to keep out of what no test has to notice. */
  visit(node: Node, place: Place): boolean {
    if (isType(node) || node.type === "ImportDeclaration") return false;
    // What an error says is for people.
    if (node.type === "ThrowStatement") return false;
    switch (node.type) {
      case "BinaryExpression":
      case "LogicalExpression":
      case "AssignmentExpression":
        if (!isText(node.left) && !isText(node.right)) {
          // The opposite of a loop's limit runs no round or never ends: the loop left out says the same.
          const isLimit = place.key === "test" && place.parents[0]?.type === "ForStatement";
          this.#operator(node.left, node.right, node.operator, isLimit);
        }
        break;
      case "UnaryExpression":
        if (node.operator === "-" || node.operator === "!" || node.operator === "~") {
          this.#replace(node, this.#text(node.argument));
        }
        break;
      case "UpdateExpression":
        // A loop that counts the wrong way never ends, and so is always noticed.
        if (place.key !== "update") this.#update(node, node.argument, node.operator);
        break;
      case "NumericLiteral":
        if (place.key !== "key") this.#number(node, node.value);
        break;
      case "BooleanLiteral":
        this.#replace(node, String(!node.value));
        break;
      case "StringLiteral":
        this.edits.push(...swapAxes(node.value, startOf(node) + 1));
        break;
      case "Identifier":
        if (node.name === "Infinity") this.#replace(node, "0");
        break;
      case "TemplateElement":
        if (isWgsl(node.value.raw)) this.edits.push(...mutateWgsl(node.value.raw, startOf(node)));
        break;
      case "ConditionalExpression":
        this.#swap(node.consequent, node.alternate);
        break;
      case "IfStatement":
        this.#replace(node.test, "true");
        if (node.alternate === null || node.alternate === undefined) this.#remove(node, place);
        else this.#replace(node.test, "false");
        break;
      case "ForStatement":
      case "ForOfStatement":
      case "WhileStatement":
      case "BreakStatement":
      case "ContinueStatement":
        this.#remove(node, place);
        break;
      case "ExpressionStatement":
        this.#remove(node, place);
        break;
      case "ArrayExpression":
        this.#neighbours(node.elements);
        break;
      case "ObjectExpression":
        if (place.key === "arguments") this.#options(node);
        break;
      case "MemberExpression":
        if (
          !node.computed &&
          node.property.type === "Identifier" &&
          /^m?T$/.test(node.property.name)
        ) {
          this.#replace(node, this.#text(node.object));
        }
        break;
      case "CallExpression":
        this.#call(node);
        break;
      default:
    }
    return true;
  }

  #text(node: Node): string {
    return this.#source.slice(startOf(node), endOf(node));
  }

  #edit(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text });
  }

  #replace(node: Node, text: string): void {
    this.#edit(startOf(node), endOf(node), text);
  }

  #operator(left: Node, right: Node, operator: string, isLimit: boolean): void {
    const at = this.#code.indexOf(operator, endOf(left));
    if (at >= startOf(right)) return;
    const others = OPERATORS[operator] ?? [];
    const isComparison = /^[<>]=?$/.test(operator);
    for (const other of isLimit && isComparison ? others.slice(0, 1) : others) {
      this.#edit(at, at + operator.length, other);
    }
  }

  #update(node: Node, argument: Node, operator: string): void {
    const prefix = startOf(argument) > startOf(node);
    const at = prefix ? startOf(node) : endOf(node) - operator.length;
    this.#edit(at, at + operator.length, operator === "++" ? "--" : "++");
  }

  #number(node: Node, value: number): void {
    if (Number.isInteger(value)) {
      this.#replace(node, String(value + 1));
      this.#replace(node, value === 0 ? "(-1)" : String(value - 1));
      return;
    }
    this.#replace(node, "0");
    this.#replace(node, String(Math.abs(value) < TINY ? value * 1000 : value * 2));
  }

  #swap(a: Node, b: Node): void {
    const [one, other] = [this.#text(a), this.#text(b)];
    if (one === other) return;
    const between = this.#source.slice(endOf(a), startOf(b));
    this.#edit(startOf(a), endOf(b), other + between + one);
  }

  #neighbours(nodes: readonly (Node | null)[]): void {
    for (const [i, a] of nodes.entries()) {
      const b = nodes[i + 1];
      if (a === null || b === null || b === undefined) continue;
      if (isFixed(a) || isFixed(b)) continue;
      this.#swap(a, b);
    }
  }

  #remove(node: Node, { parents: [above] }: Place): void {
    const inBlock = above?.type === "BlockStatement" || above?.type === "Program";
    this.#replace(node, inBlock ? "" : "{}");
  }

  /** An option that is left out. A `true` that turns `false` is the same mistake. */
  #options({ properties }: ObjectExpression): void {
    for (const [i, property] of properties.entries()) {
      if (property.type !== "ObjectProperty") continue;
      const next = properties[i + 1];
      const before = properties[i - 1];
      if (next !== undefined) this.#edit(startOf(property), startOf(next), "");
      else if (before !== undefined) this.#edit(endOf(before), endOf(property), "");
      else this.#replace(property, "");
    }
  }

  #call(node: CallExpression): void {
    const { callee } = node;
    const called = callee.type === "MemberExpression" ? callee.property : callee;
    if (called.type !== "Identifier" || !SYMMETRIC.has(called.name)) {
      this.#neighbours(node.arguments);
    }
    if (callee.type === "Identifier") return this.#rename(callee, callee.name);
    if (callee.type !== "MemberExpression" || callee.computed) return;
    const { object, property } = callee;
    if (property.type !== "Identifier") return;
    const { name } = property;
    this.#rename(property, name);
    // `Math.exp` has no value before the dot.
    if (object.type === "Identifier" && /^[A-Z]/.test(object.name)) return;
    if (!INVISIBLE.has(name)) this.#replace(node, this.#text(object));
    const [argument] = node.arguments;
    if (argument === undefined || argument.type === "SpreadElement" || !ORDERED.has(name)) return;
    const [receiver, other] = [this.#text(object), this.#text(argument)];
    if (receiver !== other && argument.type !== "NumericLiteral") {
      const dot = this.#source.slice(endOf(object), startOf(argument));
      const rest = this.#source.slice(endOf(argument), endOf(node));
      this.#replace(node, `(${other})${dot}${receiver}${rest}`);
    }
    if (name === "matmul") this.#replace(argument, `(${other}).transpose(-1, -2)`);
  }

  #rename(node: Node, name: string): void {
    const other = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    if (other !== undefined) this.#replace(node, other);
  }
}

/** What is joined to a text is one: no other operator takes the place of its `+`. */
function isText(node: Node): boolean {
  if (node.type === "BinaryExpression") return isText(node.left) || isText(node.right);
  return node.type === "StringLiteral" || node.type === "TemplateLiteral";
}

/** What has to stand where it stands. */
function isFixed(node: Node): boolean {
  return /^(?:SpreadElement|ObjectExpression|.*Function.*|TemplateLiteral|StringLiteral)$/.test(
    node.type,
  );
}
