/**
 * A manifest's rules, held against a solution's syntax tree: a word in a
 * comment or a string breaks no rule, and a new name for a forbidden function
 * does not hide it.
 */
import type { Lang } from "../events/event.ts";
import { scanComments } from "./comments.ts";
import { hasRules, type Rules } from "./kata.ts";
import { parsePython, pythonStatements, pythonUses } from "./rules-python.ts";
import { isType, type Node, parseTypeScript, type Place, walk } from "../syntax/typescript.ts";

/** A rule that a solution does not keep. */
export interface RuleBreak {
  /** As the manifest has it: `forbid softmax`, `must_use exp`, `max_lines 12`, `no_loops`. */
  rule: string;
  message: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
}

/** Something a solution does that a rule can name. */
interface Use {
  /** `softmax`; `Math.exp` is two uses: of `exp` and of `Math.exp`. */
  name: string;
  isCalled: boolean;
  /** True where it calls something for each element. */
  walks: boolean;
  line: number;
  column: number;
}

/** What rules ask of a solution, whatever its language. */
interface Code {
  uses: Use[];
  /** The lines that statements begin on, and those that imports take; 1-based, inclusive. */
  starts: number[];
  imports: [first: number, last: number][];
}

type Call = Extract<
  Node,
  {
    type:
      "CallExpression" | "OptionalCallExpression" | "NewExpression" | "TaggedTemplateExpression";
  }
>;

/** Statements that rules know by their keyword. */
const STATEMENTS: Readonly<Record<string, string>> = {
  ForStatement: "for",
  ForInStatement: "for",
  ForOfStatement: "for",
  WhileStatement: "while",
  DoWhileStatement: "do",
  IfStatement: "if",
  SwitchStatement: "switch",
  TryStatement: "try",
  ClassDeclaration: "class",
  ClassExpression: "class",
  AwaitExpression: "await",
  YieldExpression: "yield",
};
type Texts = ReadonlyMap<string, string>;
const NO_TEXTS: Texts = new Map();

const LOOPS = new Set(["for", "while", "do"]);
/** Methods that walk over elements with a function: loops by another name. */
const WALKS = new Set(
  "forEach map flatMap filter reduce reduceRight some every find findIndex findLast findLastIndex from".split(
    " ",
  ),
);

/** What a declaration is known in. */
const SCOPE = /^(?:Program|BlockStatement|For\w*Statement|SwitchStatement|Static\w*Block)$/;

/**
 * Every rule that a solution breaks, in the order of its lines. A solution that
 * cannot be parsed breaks none: it fails to load, which says more.
 */
export function checkRules(source: string, lang: Lang, rules: Rules): RuleBreak[] {
  if (!hasRules(rules)) return [];
  const code = lang === "ts" ? readTypeScript(source) : readPython(source);
  if (code === undefined) return [];
  const { uses } = code;
  const breaks = [
    ...rules.forbid.flatMap((rule) => forbidden(rule, uses)),
    ...rules.must_use.flatMap((rule) => missing(rule, uses)),
    ...(rules.no_loops === true ? loops(uses) : []),
    ...(rules.max_lines === undefined ? [] : tooLong(source, lang, code, rules.max_lines)),
  ];
  return breaks.sort((a, b) => a.line - b.line || a.column - b.column);
}

function forbidden(rule: string, uses: readonly Use[]): RuleBreak[] {
  const found = uses.filter((use) => isMeant(use, rule));
  return found.map((use) => ({
    rule: `forbid ${rule}`,
    message: `Expected a solution without ${rule}, and it is used here`,
    line: use.line,
    column: use.column,
  }));
}

function missing(rule: string, uses: readonly Use[]): RuleBreak[] {
  if (uses.some((use) => isMeant(use, rule))) return [];
  const message = `Expected a solution that uses ${rule}, and it never does`;
  return [{ rule: `must_use ${rule}`, message, line: 1, column: 1 }];
}

function loops(uses: readonly Use[]): RuleBreak[] {
  return uses
    .filter(({ name, walks }) => LOOPS.has(name) || walks)
    .map(({ name, line, column }) => ({
      rule: "no_loops",
      message: `Expected a solution without loops, and ${name} walks over elements here`,
      line,
      column,
    }));
}

/** Lines that hold code, imports aside; a line with two statements counts twice. */
function tooLong(source: string, lang: Lang, read: Code, most: number): RuleBreak[] {
  const code = scanComments(source, lang).code.split("\n");
  const counted: number[] = code.map((line) => (line.trim() === "" ? 0 : 1));
  for (const [first, last] of read.imports) counted.fill(0, first - 1, last);
  const starts = new Map<number, number>();
  for (const line of read.starts) starts.set(line, (starts.get(line) ?? 0) + 1);
  for (const [line, count] of starts) counted[line - 1] = Math.max(counted[line - 1] ?? 0, count);
  let total = 0;
  for (const [index, lines] of counted.entries()) {
    total += lines;
    if (total > most) {
      const all = counted.reduce((sum, one) => sum + one, 0);
      const message = `Expected at most ${most} lines of code, comments and imports aside, and there are ${all}`;
      return [{ rule: `max_lines ${most}`, message, line: index + 1, column: 1 }];
    }
  }
  return [];
}

function readTypeScript(source: string): Code | undefined {
  const parsed = parseTypeScript(source);
  if ("fault" in parsed) return undefined;
  const code: Code = { uses: usesOf(parsed.program), starts: [], imports: [] };
  walk(parsed.program, (node) => {
    const line = node.loc?.start.line ?? 0;
    if (node.type === "ImportDeclaration") {
      code.imports.push([line, node.loc?.end.line ?? line]);
      return false;
    }
    if (node.type.endsWith("Statement") && node.type !== "BlockStatement") code.starts.push(line);
    return undefined;
  });
  return code;
}

function readPython(source: string): Code | undefined {
  const module = parsePython(source);
  if (module === undefined) return undefined;
  return { uses: pythonUses(source, module), ...pythonStatements(module) };
}

/** `name` means every use, `name()` calls alone, `a.b` the member of that object. */
function isMeant(use: Use, rule: string): boolean {
  if (!rule.endsWith("()")) return use.name === rule;
  return use.isCalled && use.name === rule.slice(0, -2);
}

/** A method that is given something to call; `Array.from` has a list before it. */
function walks(call: Call | undefined): boolean {
  if (call === undefined || !("arguments" in call)) return false;
  const { callee } = call;
  if (!("computed" in callee) || !("object" in callee)) return false;
  const isFrom = nameOf(callee.property, callee.computed, NO_TEXTS) === "from";
  return call.arguments.length > (isFrom ? 1 : 0);
}

/** All that a module uses: what it imports, reads, calls, and the statements it is made of. */
function usesOf(program: Node): Use[] {
  const own = declarations(program);
  const texts = constants(program);
  const uses: Use[] = [];
  walk(program, (node, place) => {
    if (isType(node)) return false;
    const add = (name: string | undefined, named: Node = node): void => {
      if (name === undefined) return;
      const { line = 1, column = 0 } = named.loc?.start ?? {};
      const call = callOf(place);
      const isWalk = WALKS.has(name) && walks(call);
      uses.push({ name, isCalled: call !== undefined, walks: isWalk, line, column: column + 1 });
    };
    add(STATEMENTS[node.type]);
    switch (node.type) {
      case "ImportSpecifier":
        add(nameOf(node.imported, false, texts));
        return false;
      case "MemberExpression":
      case "OptionalMemberExpression": {
        const name = nameOf(node.property, node.computed, texts);
        const object = pathOf(node.object, texts);
        add(name, node.property);
        if (name !== undefined && object !== undefined) add(`${object}.${name}`, node.property);
        break;
      }
      case "ObjectProperty":
        // `const { softmax } = x` takes it from x.
        if (place.parents[0]?.type === "ObjectPattern") add(nameOf(node.key, node.computed, texts));
        break;
      case "Identifier":
        if (isReference(place) && !place.parents.some((one) => own.get(one)?.has(node.name))) {
          add(node.name);
        }
        break;
      default:
    }
    return undefined;
  });
  return uses;
}

function callOf({ parents: [above], key }: Place): Call | undefined {
  return above !== undefined && (key === "callee" || key === "tag") ? (above as Call) : undefined;
}

/** An identifier that names a value here, and is no key, label or declaration. */
function isReference({ parents: [above], key }: Place): boolean {
  switch (above?.type) {
    case "MemberExpression":
    case "OptionalMemberExpression":
      return key === "object" || above.computed;
    case "ObjectProperty":
      return key === "value" || above.computed;
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassProperty":
      return key !== "key" || above.computed;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ExportSpecifier":
    case "MetaProperty":
      return false;
    default:
      return true;
  }
}

/** The names that a module gives itself, other than by importing them, by the node they are known in. */
function declarations(program: Node): Map<Node, Set<string>> {
  const names = new Map<Node, Set<string>>();
  const declare = (scope: Node | undefined, name: string): void => {
    if (scope === undefined) return;
    const known = names.get(scope) ?? new Set();
    names.set(scope, known.add(name));
  };
  const bind = (scope: Node | undefined, pattern: Node): void => {
    walk(pattern, (one, { parents: [above], key }) => {
      const isKey = above?.type === "ObjectProperty" && key === "key" && !above.shorthand;
      if (one.type === "Identifier" && !isKey) declare(scope, one.name);
      return !isType(one) && !(above?.type === "AssignmentPattern" && key === "right");
    });
  };
  walk(program, (node, { parents }) => {
    if (isType(node)) return false;
    const scope = parents.find((one) => SCOPE.test(one.type));
    if (node.type === "VariableDeclarator") bind(scope, node.id);
    if (node.type === "CatchClause" && node.param) bind(node, node.param);
    if ("params" in node && Array.isArray(node.params)) {
      for (const one of node.params) bind(node, one);
    }
    if ((node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id) {
      declare(scope, node.id.name);
    }
    return undefined;
  });
  return names;
}

/** Constants that are texts, by their names. */
function constants(program: Node): Texts {
  const texts = new Map<string, string>();
  walk(program, (node) => {
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier" || !node.init) return;
    const text = nameOf(node.init, true, texts);
    if (text !== undefined) texts.set(node.id.name, text);
  });
  return texts;
}

/** A property's name, also where it is written as a text: `x["softmax"]`, `x["soft" + "max"]`. */
function nameOf(node: Node, computed: boolean, texts: Texts): string | undefined {
  if (node.type === "Identifier") return computed ? texts.get(node.name) : node.name;
  if (node.type === "StringLiteral") return node.value;
  if (node.type === "TemplateLiteral") {
    const parts = node.expressions.map((one) => nameOf(one as Node, true, texts));
    if (parts.includes(undefined)) return undefined;
    return node.quasis.map(({ value }, i) => (value.cooked ?? "") + (parts[i] ?? "")).join("");
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    const left = nameOf(node.left, true, texts);
    const right = nameOf(node.right, true, texts);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/** `Math`, `a.b`: what a dotted rule names before its last dot. */
function pathOf(node: Node, texts: Texts): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression") return undefined;
  const object = pathOf(node.object, texts);
  const name = nameOf(node.property, node.computed, texts);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}
