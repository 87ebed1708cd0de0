/** Functions, lambdas and classes. */
import { type Scope } from "../symbols/scope.ts";
import type { Arguments, Expr, Stmt } from "../syntax/tree.ts";
import {
  type Frame,
  headName,
  invoke,
  quote,
  runtimeName,
  silent,
  takeTemporary,
  tell,
  type Unit,
  variable,
  variablesOf,
} from "./context.ts";
import { keywordMap } from "./calls.ts";
import { expression, sequence } from "./expressions.ts";
import { depthOf, storeName } from "./names.ts";
import { block } from "./statements.ts";
import { unparse } from "../syntax/unparse.ts";

type FunctionNode = Extract<Stmt, { type: "FunctionDef" | "AsyncFunctionDef" }>;
type ClassNode = Extract<Stmt, { type: "ClassDef" }>;
type LambdaNode = Extract<Expr, { type: "Lambda" }>;

/** `def`: evaluates decorators, defaults and annotations, makes the function, binds its name. */
export function functionDefinition(frame: Frame, node: FunctionNode): string[] {
  const decorators = node.decorator_list.map((one) => {
    const t = takeTemporary(frame);
    return { t, line: `${t}=${expression(frame, one)};`, node: one };
  });
  const made = makeFunction(frame, node);
  return [
    ...decorators.map((d) => d.line),
    `${storeName(frame, node.name, decorate(frame, decorators, made))};`,
  ];
}

/** Where a definition begins: at its first decorator. */
function firstLine(node: FunctionNode | ClassNode): number {
  return node.decorator_list[0]?.lineno ?? node.lineno;
}

function decorate(
  frame: Frame,
  decorators: readonly { t: string; node: Expr }[],
  made: string,
): string {
  return decorators.reduceRight((inner, d) => invoke(frame, d.node, "call1", d.t, inner), made);
}

/** The expression that makes a function object. */
function makeFunction(frame: Frame, node: FunctionNode): string {
  const typeScope = frame.unit.scopes.typeParametersOf(node);
  if (typeScope !== undefined)
    return withTypeParameters(frame, node, typeScope, (inner) => plainFunction(inner, node));
  return plainFunction(frame, node);
}

function plainFunction(frame: Frame, node: FunctionNode): string {
  const scope = frame.unit.scopes.scopeOf(node);
  const kind = kindOf(scope);
  const inner = openFrame(frame, scope, node.name, kind, needsAbsolute(node.body), firstLine(node));
  const lines = block(inner, docless(node.body));
  const code = codeObject(frame.unit, scope, node.name, node.args, kind, node, docOf(node.body));
  const body = functionText(inner, node.args, lines, code, kind);
  return functionObject(inner, frame, code, body, node.args, annotationsOf(frame, node));
}

/** PEP 695: a scope of its own around a definition, with the type variables in it. */
export function withTypeParameters(
  frame: Frame,
  node: Extract<Stmt, { type: "FunctionDef" | "AsyncFunctionDef" | "ClassDef" | "TypeAlias" }>,
  scope: Scope,
  make: (inner: Frame) => string,
): string {
  const inner = openFrame(
    frame,
    scope,
    `<generic parameters of ${node.type === "TypeAlias" ? scope.name : node.name}>`,
    "function",
    false,
    node.lineno,
  );
  const params = node.type_params.map((param) => {
    const maker = {
      TypeVar: "typeVariable",
      ParamSpec: "paramSpec",
      TypeVarTuple: "typeVariableTuple",
    }[param.type];
    const bound =
      param.type === "TypeVar" && param.bound !== null
        ? `,()=>${expression(inner, param.bound)}${param.bound.type === "Tuple" ? ",true" : ""}`
        : "";
    return `${variable(param.name)}=${runtimeName(frame, maker)}(${quote(param.name)}${bound});`;
  });
  const made = make(inner);
  const names = node.type_params.map((p) => variable(p.name)).join(",");
  return `(()=>{${declarations(inner, [])}${params.join("")}return ${runtimeName(frame, "withTypeParameters")}(${made},[${names}])})${silent(frame, node)}()`;
}

export function lambda(frame: Frame, node: LambdaNode): string {
  const scope = frame.unit.scopes.scopeOf(node);
  const kind = kindOf(scope);
  const inner = openFrame(frame, scope, "<lambda>", kind, false, node.lineno);
  const value = expression(inner, node.body);
  const lines = kind === "function" ? [`{const r=${value};M[1]++;return r}`] : [`return ${value}`];
  const code = codeObject(frame.unit, scope, "<lambda>", node.args, kind, node, undefined);
  const body = functionText(inner, node.args, lines, code, kind);
  return functionObject(inner, frame, code, body, node.args, undefined);
}

function kindOf(scope: Scope): "function" | "generator" | "coroutine" | "async generator" {
  if (scope.isCoroutine) return scope.isGenerator ? "async generator" : "coroutine";
  return scope.isGenerator ? "generator" : "function";
}

/** A frame within another. */
export function openFrame(
  outer: Frame,
  scope: Scope,
  name: string,
  kind: Frame["kind"],
  absolute: boolean,
  line: number,
): Frame {
  return {
    unit: outer.unit,
    scope,
    site: {
      name,
      qualname: scope.qualname,
      line,
      counted: scope.kind !== "comprehension" || kind.endsWith("generator"),
      names: variablesOf(scope),
    },
    outer,
    temporaries: { taken: 0, most: 0 },
    loops: [],
    labels: 0,
    absolute,
    kind,
  };
}

/** The JavaScript variables of a frame: locals that are no parameters, then temporaries. */
export function declarations(frame: Frame, parameters: readonly string[]): string {
  const names: string[] = [];
  for (const [name, use] of frame.scope.names) {
    if ((use.place === "local" || use.place === "cell") && !parameters.includes(name)) {
      names.push(variable(name));
    }
  }
  for (let i = 0; i < frame.temporaries.most; i++) names.push(`t${i}`);
  return names.length === 0 ? "" : `var ${names.join(",")};`;
}

/** Names of parameters in the order of the JavaScript function's. */
function parameterNames(args: Arguments): string[] {
  return [
    ...[...args.posonlyargs, ...args.args, ...args.kwonlyargs].map((a) => a.arg),
    ...(args.vararg === null ? [] : [args.vararg.arg]),
    ...(args.kwarg === null ? [] : [args.kwarg.arg]),
  ];
}

const NOWHERE = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };

function functionText(
  frame: Frame,
  args: Arguments,
  lines: readonly string[],
  code: string,
  kind: Frame["kind"],
): string {
  const names = parameterNames(args).map((name) => mangledParameter(frame, name));
  const parameters = names.map(variable).join(",");
  const body = lines.join("\n");
  const head = declarations(frame, names);
  if (kind === "function") {
    const track = tell(frame, "F", frame.site.line);
    const tracked = track === "" ? body : `${track}try{\n${body}\n}finally{Q.X()}`;
    const enter = frame.absolute ? "var D=M[1];if((M[1]=D-1)<0)E();" : "if(--M[1]<0)E();";
    return `function(${parameters}){${silent(frame, NOWHERE)}if(--M[0]<0)S();${enter}${head}\n${tracked}\n${leave(frame, runtimeName(frame, "None"))}}`;
  }
  const none = runtimeName(frame, "None");
  const maker = {
    generator: "PyGenerator",
    coroutine: "PyCoroutine",
    "async generator": "PyAsyncGenerator",
  }[kind as "generator"];
  const inner = `function*(${parameters}){${silent(frame, NOWHERE)}if(--M[0]<0)S();${head}${tell(frame, "C", frame.site.line)}\n${body}\nreturn ${none}}`;
  return `(b=>(${parameters})=>new ${runtimeName(frame, maker)}(${code},b(${parameters})))(${inner})`;
}

/** Leaves a function with a value that has no effects. */
export function leave(frame: Frame, value: string): string {
  if (frame.kind !== "function") return `return ${value}`;
  return `M[1]${frame.absolute ? "=D" : "++"};return ${value}`;
}

function mangledParameter(frame: Frame, name: string): string {
  const own = frame.scope.privateClass;
  if (own === undefined || !name.startsWith("__") || name.endsWith("__")) return name;
  const plain = own.replace(/^_+/, "");
  return plain === "" ? name : `_${plain}${name}`;
}

/** A function object: code, JavaScript, defaults, annotations. */
function functionObject(
  inner: Frame,
  frame: Frame,
  code: string,
  text: string,
  args: Arguments,
  annotations: string | undefined,
): string {
  const parts = [code, text, "G"];
  const keywordDefaults = args.kwonlyargs.flatMap((arg, i) => {
    const value = args.kw_defaults[i];
    return value === null || value === undefined
      ? []
      : [`[${quote(arg.arg)},${expression(frame, value)}]`];
  });
  const defaults = args.defaults.map((one) => expression(frame, one));
  if (defaults.length > 0 || keywordDefaults.length > 0) {
    parts.push(defaults.length > 0 ? `[${defaults.join(",")}]` : "undefined");
  }
  if (keywordDefaults.length > 0) parts.push(`new Map([${keywordDefaults.join(",")}])`);
  const made = sharing(inner, frame, `new ${runtimeName(frame, "PyFunction")}(${parts.join(",")})`);
  return annotations === undefined
    ? made
    : `${runtimeName(frame, "annotated")}(${made},${annotations})`;
}

/** A function with the variables that it shares with those around it. */
function sharing(inner: Frame, frame: Frame, made: string): string {
  const free = frame.unit.closures ? freeNames(inner.scope).map(variable) : [];
  if (free.length === 0) return made;
  const cells = free.map((name) => `()=>${name},v=>{${name}=v}`).join(",");
  return `${runtimeName(frame, "sharing")}(${made},[${cells}])`;
}

/** Names of variables of outer functions, in the order of their cells. */
function freeNames(scope: Scope): string[] {
  return [...scope.names].flatMap(([name, use]) => (use.place === "free" ? [name] : [])).toSorted();
}

/** The map of a function's annotations, evaluated at its definition. */
function annotationsOf(frame: Frame, node: FunctionNode): string | undefined {
  const { args } = node;
  const pairs: [string, Expr][] = [];
  for (const arg of [...args.posonlyargs, ...args.args]) {
    if (arg.annotation !== null) pairs.push([arg.arg, arg.annotation]);
  }
  if (args.vararg?.annotation) pairs.push([args.vararg.arg, args.vararg.annotation]);
  for (const arg of args.kwonlyargs) {
    if (arg.annotation !== null) pairs.push([arg.arg, arg.annotation]);
  }
  if (args.kwarg?.annotation) pairs.push([args.kwarg.arg, args.kwarg.annotation]);
  if (node.returns !== null) pairs.push(["return", node.returns]);
  if (pairs.length === 0) return undefined;
  const parts = pairs.map(
    ([name, value]) => `${quote(mangledParameter(frame, name))},${annotation(frame, value)}`,
  );
  return `[${parts.join(",")}]`;
}

/** An annotation's value, or its text under `from __future__ import annotations`. */
export function annotation(frame: Frame, node: Expr): string {
  if (frame.unit.scopes.annotationsAreText) {
    return quote(unparse(node));
  }
  if (node.type === "Starred") {
    return `...${invoke(frame, node, "toArray", expression(frame, node.value))}`;
  }
  return expression(frame, node);
}

/** What the runtime knows of a function, made once for the program. */
function codeObject(
  unit: Unit,
  scope: Scope,
  name: string,
  args: Arguments,
  kind: Frame["kind"],
  node: FunctionNode | LambdaNode,
  doc: string | undefined,
): string {
  const parameters = parameterNames(args);
  const locals: string[] = [];
  for (const [one, use] of scope.names) {
    if ((use.place === "local" || use.place === "cell") && !use.parameter) locals.push(one);
  }
  const fields = {
    name,
    qualname: scope.qualname,
    filename: unit.filename,
    line: "decorator_list" in node ? firstLine(node) : node.lineno,
    parameters,
    positionalOnly: args.posonlyargs.length,
    positional: args.posonlyargs.length + args.args.length,
    keywordOnly: args.kwonlyargs.length,
    args: args.vararg !== null,
    kwargs: args.kwarg !== null,
    kind,
    doc,
    locals,
    free: freeNames(scope),
  };
  return headName(unit, "c", `code:${unit.defined.size}`, () => JSON.stringify(fields));
}

/** A function that does not follow its calls down needs to remember where it began. */
function needsAbsolute(body: readonly Stmt[]): boolean {
  return body.some(holdsTry);
}

function holdsTry(node: Stmt): boolean {
  switch (node.type) {
    case "Try":
    case "TryStar":
    case "With":
    case "AsyncWith":
      return true;
    case "If":
    case "For":
    case "AsyncFor":
    case "While":
      return node.body.some(holdsTry) || node.orelse.some(holdsTry);
    case "Match":
      return node.cases.some((one) => one.body.some(holdsTry));
    default:
      return false;
  }
}

/** The text at the head of a body. */
export function docOf(body: readonly Stmt[]): string | undefined {
  const first = body[0];
  if (first?.type !== "Expr" || first.value.type !== "Constant") return undefined;
  return typeof first.value.value === "string" ? first.value.value : undefined;
}

function docless(body: readonly Stmt[]): readonly Stmt[] {
  return docOf(body) === undefined ? body : body.slice(1);
}

/** `class`: bases and keywords, the body in a namespace, then the metaclass. */
export function classDefinition(frame: Frame, node: ClassNode): string[] {
  const decorators = node.decorator_list.map((one) => {
    const t = takeTemporary(frame);
    return { t, line: `${t}=${expression(frame, one)};`, node: one };
  });
  const typeScope = frame.unit.scopes.typeParametersOf(node);
  const made =
    typeScope === undefined
      ? plainClass(frame, node)
      : withTypeParameters(frame, node, typeScope, (inner) => plainClass(inner, node));
  return [
    ...decorators.map((d) => d.line),
    `${storeName(frame, node.name, decorate(frame, decorators, made))};`,
  ];
}

function plainClass(frame: Frame, node: ClassNode): string {
  const scope = frame.unit.scopes.scopeOf(node);
  const inner = openFrame(frame, scope, node.name, "class", false, firstLine(node));
  const lines = block(inner, docless(node.body));
  const ns = `ns${depthOf(inner)}`;
  const cell = variable("__class__");
  const put = (name: string, value: string): string =>
    `${runtimeName(frame, "putName")}(${ns},${quote(name)},${value});`;
  const doc = docOf(node.body);
  const annotated = annotatedNames(node.body)
    ? `${runtimeName(frame, "openAnnotations")}(${ns});`
    : "";
  const head =
    put("__module__", runtimeName(frame, "moduleName") + "(G)") +
    put("__qualname__", quote(scope.qualname)) +
    (doc === undefined ? "" : put("__doc__", quote(doc))) +
    annotated;
  const written = sequence(frame, node.bases, node);
  const parameters = node.type_params.map((one) => variable(one.name)).join(",");
  const bases =
    parameters === ""
      ? written
      : `[...${written},${runtimeName(frame, "genericBase")}([${parameters}])]`;
  const keywords =
    node.keywords.length === 0
      ? "undefined"
      : keywordMap(frame, { ...node, type: "Call" } as never, "undefined");
  const cellName = scope.needsClassCell ? `let ${cell};` : "";
  const setCell = scope.needsClassCell ? `c=>{${cell}=c}` : "undefined";
  const call = invoke(
    frame,
    node,
    "buildClass",
    quote(node.name),
    bases,
    keywords,
    `function(${ns}){${silent(inner, NOWHERE)}if(--M[1]<0)W().depth();${declarations(inner, [])}${head}\n${lines.join("\n")}\nM[1]++}`,
    setCell,
  );
  return scope.needsClassCell ? `(()=>{${cellName}return ${call}})${silent(frame, node)}()` : call;
}

/** Whether a body annotates names, of its own or within `if` and the like. */
export function annotatedNames(body: readonly Stmt[]): boolean {
  return body.some((node) => {
    if (node.type === "AnnAssign") return true;
    if (node.type === "If" || node.type === "For" || node.type === "While") {
      return annotatedNames(node.body) || annotatedNames(node.orelse);
    }
    if (node.type === "Try") {
      return [node.body, node.orelse, node.finalbody, ...node.handlers.map((h) => h.body)].some(
        annotatedNames,
      );
    }
    return node.type === "With" && annotatedNames(node.body);
  });
}
