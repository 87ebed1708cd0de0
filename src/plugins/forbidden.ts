/**
 * What a handler may not use: starting programs, the network, and evaluating
 * text. Found on the syntax tree; the walls around its process hold whatever
 * this does not see.
 */
import { isType, type Node, parseTypeScript, type Place, walk } from "../syntax/typescript.ts";

export interface Violation {
  /** 1-based. */
  line: number;
  message: string;
}

type Why =
  "starts programs" | "uses the network" | "evaluates text as code" | "reaches past checks";

const MODULES: Readonly<Record<string, Why>> = {
  child_process: "starts programs",
  cluster: "starts programs",
  worker_threads: "starts programs",
  net: "uses the network",
  tls: "uses the network",
  dgram: "uses the network",
  dns: "uses the network",
  "dns/promises": "uses the network",
  http: "uses the network",
  https: "uses the network",
  http2: "uses the network",
  undici: "uses the network",
  ws: "uses the network",
  vm: "evaluates text as code",
  repl: "evaluates text as code",
  inspector: "evaluates text as code",
  module: "evaluates text as code",
  "bun:ffi": "reaches past checks",
  "bun:jsc": "reaches past checks",
  ffi: "reaches past checks",
};
const GLOBALS: Readonly<Record<string, Why>> = {
  eval: "evaluates text as code",
  Function: "evaluates text as code",
  fetch: "uses the network",
  WebSocket: "uses the network",
  EventSource: "uses the network",
  XMLHttpRequest: "uses the network",
  Worker: "starts programs",
};
const BUN: Readonly<Record<string, Why>> = {
  spawn: "starts programs",
  spawnSync: "starts programs",
  $: "starts programs",
  connect: "uses the network",
  listen: "uses the network",
  serve: "uses the network",
  fetch: "uses the network",
  udpSocket: "uses the network",
  dns: "uses the network",
  redis: "uses the network",
  sql: "uses the network",
  s3: "uses the network",
  plugin: "evaluates text as code",
};
const PROCESS: Readonly<Record<string, Why>> = {
  binding: "reaches past checks",
  dlopen: "reaches past checks",
  getBuiltinModule: "reaches past checks",
  kill: "starts programs",
};
/** Objects whose members are looked up; by a name that is computed they could be any. */
const OBJECTS: Readonly<Record<string, Readonly<Record<string, Why>>>> = {
  Bun: BUN,
  process: PROCESS,
  globalThis: { ...GLOBALS },
  global: { ...GLOBALS },
  self: { ...GLOBALS },
};

/** Everything forbidden in a module, by line; a module that cannot be parsed is one violation. */
export function findForbidden(source: string): Violation[] {
  const parsed = parseTypeScript(source);
  if ("fault" in parsed)
    return [{ line: parsed.fault.line, message: `it cannot be parsed: ${parsed.fault.message}` }];
  const found: Violation[] = [];
  walk(parsed.program, (node, place) => {
    if (isType(node)) return false;
    const message = violation(node, place);
    if (message !== undefined) found.push({ line: node.loc?.start.line ?? 1, message });
    return true;
  });
  return found;
}

function violation(node: Node, place: Place): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
      if (moduleName(node.source.value) === "bun") {
        for (const each of node.specifiers) {
          const name = each.type === "ImportSpecifier" ? nameOf(each.imported) : "*";
          const why = name === "*" ? "reaches past checks" : entry(BUN, name);
          if (why !== undefined) return `import of ${name} from bun ${why}`;
        }
        return undefined;
      }
      return importOf(node.source.value);
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return node.source == null ? undefined : importOf(node.source.value);
    case "NewExpression":
      return isConstructor(node.callee) ? "constructor evaluates text as code" : undefined;
    case "CallExpression":
      if (isConstructor(node.callee)) return "constructor evaluates text as code";
      if (node.callee.type === "Import") return dynamic(node.arguments[0], "import()");
      if (node.callee.type === "Identifier" && node.callee.name === "require")
        return dynamic(node.arguments[0], "require()");
      if (isTextTimer(node.callee, node.arguments[0])) return "a timer evaluates text as code";
      return undefined;
    case "MemberExpression":
    case "OptionalMemberExpression":
      return member(node);
    case "Identifier":
      return isReference(node, place) ? use(node.name, entry(GLOBALS, node.name)) : undefined;
    case "VariableDeclarator":
      return destructured(node);
    default:
      return undefined;
  }
}

function member(
  node: Extract<Node, { type: "MemberExpression" | "OptionalMemberExpression" }>,
): string | undefined {
  const name = propertyName(node.property, node.computed);
  if (node.object.type === "MetaProperty" && name === "require")
    return "import.meta.require reaches past checks";
  if (node.object.type !== "Identifier") return undefined;
  const table = entry(OBJECTS, node.object.name);
  if (table === undefined) return undefined;
  const { name: object } = node.object;
  if (name === undefined) return `${object}[…] reaches past checks`;
  return use(`${object}.${name}`, entry(table, name));
}

/** `const { spawn } = Bun`. */
function destructured({
  id,
  init,
}: Extract<Node, { type: "VariableDeclarator" }>): string | undefined {
  if (init?.type !== "Identifier") return undefined;
  const table = entry(OBJECTS, init.name);
  if (table === undefined) return undefined;
  if (id.type !== "ObjectPattern") return `another name for ${init.name} reaches past checks`;
  for (const each of id.properties) {
    const name = each.type === "ObjectProperty" ? propertyName(each.key, each.computed) : undefined;
    if (name === undefined) return `the rest of ${init.name} reaches past checks`;
    const why = entry(table, name);
    if (why !== undefined) return `${init.name}.${name} ${why}`;
  }
  return undefined;
}

function dynamic(argument: Node | undefined, what: string): string | undefined {
  if (argument?.type === "StringLiteral") {
    return moduleName(argument.value) === "bun"
      ? `${what} of bun reaches past checks`
      : importOf(argument.value);
  }
  return `${what} of what is no plain text evaluates text as code`;
}

function importOf(specifier: string): string | undefined {
  return use(`import of ${specifier}`, entry(MODULES, moduleName(specifier)));
}

function moduleName(specifier: string): string {
  return specifier.replace(/^node:/, "");
}

/** A function's constructor makes functions of texts. */
function isConstructor(callee: Node): boolean {
  return (
    callee.type === "MemberExpression" &&
    propertyName(callee.property, callee.computed) === "constructor"
  );
}

function isTextTimer(callee: Node, argument: Node | undefined): boolean {
  if (callee.type !== "Identifier" || !/^set(Timeout|Interval)$/.test(callee.name)) return false;
  return argument?.type === "StringLiteral" || argument?.type === "TemplateLiteral";
}

/** False for names of properties, of what is declared, and of labels. */
function isReference(node: Node, { parents, key }: Place): boolean {
  const [parent] = parents;
  switch (parent?.type) {
    case "MemberExpression":
    case "OptionalMemberExpression":
      return key !== "property" || parent.computed;
    case "ObjectProperty":
      return key === "value" ? parents[1]?.type !== "ObjectPattern" : parent.computed;
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassProperty":
      return key !== "key" || parent.computed;
    case "ImportSpecifier":
    case "ExportSpecifier":
      return false;
    default:
      return node.type === "Identifier";
  }
}

function propertyName(property: Node, computed: boolean): string | undefined {
  if (property.type === "StringLiteral") return property.value;
  return !computed && property.type === "Identifier" ? property.name : undefined;
}

function nameOf(node: Node): string {
  return node.type === "StringLiteral" ? node.value : ((node as { name?: string }).name ?? "");
}

function use(what: string, why: Why | undefined): string | undefined {
  return why === undefined ? undefined : `${what} ${why}`;
}

function entry<V>(table: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
