/** Statements, each as lines of JavaScript. */
import { spend } from "../budget.ts";
import { mangle } from "../symbols/scope.ts";
import type { Expr, Operator, Stmt } from "../syntax/tree.ts";
import { explainedAssert } from "./asserts.ts";
import { match } from "./patterns.ts";
import {
  delegating,
  type Frame,
  invoke,
  mark,
  quote,
  runtimeName,
  takeLabel,
  takeTemporary,
  tell,
} from "./context.ts";
import { attributeReader, attributeWriter, BINARY, condition, expression } from "./expressions.ts";
import {
  annotation,
  classDefinition,
  functionDefinition,
  leave,
  withTypeParameters,
} from "./functions.ts";
import { hasNamespace, loadName, namespaceOf, storeName } from "./names.ts";
import { assign, remove } from "./targets.ts";
import { isLoop, outlined } from "./outlining.ts";
import { tryStatement, tryStarStatement, withStatement } from "./exceptions.ts";

type Of<T extends Stmt["type"]> = Extract<Stmt, { type: T }>;

/** The lines of a block. */
export function block(frame: Frame, body: readonly Stmt[]): string[] {
  return body.flatMap((node) => {
    const { taken } = frame.temporaries;
    const lines = statement(frame, node);
    frame.temporaries.taken = taken;
    return lines;
  });
}

function statement(frame: Frame, node: Stmt): string[] {
  spend(4);
  const begins = tell(frame, "L", node.lineno);
  return begins === "" ? lines(frame, node) : [begins, ...lines(frame, node)];
}

function lines(frame: Frame, node: Stmt): string[] {
  switch (node.type) {
    case "Expr":
      return expressionStatement(frame, node);
    case "Assign":
      return assignment(frame, node);
    case "AugAssign":
      return augmented(frame, node);
    case "AnnAssign":
      return annotated(frame, node);
    case "Return":
      return returned(frame, node);
    case "If":
      return conditional(frame, node);
    case "While":
      return whileLoop(frame, node);
    case "For":
    case "AsyncFor":
      return forLoop(frame, node);
    case "Break":
      return [`break ${frame.loops.at(-1)!.breakTo};`];
    case "Continue":
      return [`continue ${frame.loops.at(-1)!.continueTo};`];
    case "Pass":
    case "Global":
    case "Nonlocal":
      return [];
    case "FunctionDef":
    case "AsyncFunctionDef":
      return functionDefinition(frame, node);
    case "ClassDef":
      return classDefinition(frame, node);
    case "Delete":
      return node.targets.flatMap((target) => remove(frame, target));
    case "Raise":
      return [raised(frame, node)];
    case "Assert":
      return asserted(frame, node);
    case "Try":
      return tryStatement(frame, node);
    case "TryStar":
      return tryStarStatement(frame, node);
    case "With":
    case "AsyncWith":
      return withStatement(frame, node);
    case "Import":
      return imported(frame, node);
    case "ImportFrom":
      return importedFrom(frame, node);
    case "Match":
      return match(frame, node);
    case "TypeAlias":
      return typeAlias(frame, node);
  }
}

function expressionStatement(frame: Frame, node: Of<"Expr">): string[] {
  if (frame.unit.interactive && frame.kind === "module") {
    return [`${invoke(frame, node, "display", expression(frame, node.value))};`];
  }
  if (node.value.type === "Constant") return [];
  return [`${expression(frame, node.value)};`];
}

function assignment(frame: Frame, node: Of<"Assign">): string[] {
  const [first] = node.targets;
  if (node.targets.length === 1 && first !== undefined) {
    if (first.type === "Name")
      return [`${storeName(frame, first.id, expression(frame, node.value))};`];
    const swapped = parallel(frame, first, node.value);
    if (swapped !== undefined) return swapped;
  }
  const t = takeTemporary(frame);
  return [
    `${t}=${expression(frame, node.value)};`,
    ...node.targets.flatMap((target) => assign(frame, target, t)),
  ];
}

/** `a, b = b, a`: no tuple is made where nobody sees it. */
function parallel(frame: Frame, target: Expr, value: Expr): string[] | undefined {
  if (target.type !== "Tuple" || value.type !== "Tuple") return undefined;
  if (target.elts.length !== value.elts.length) return undefined;
  if ([...target.elts, ...value.elts].some((one) => one.type === "Starred")) return undefined;
  const items = value.elts.map((one) => {
    const t = takeTemporary(frame);
    return { t, line: `${t}=${expression(frame, one)};` };
  });
  return [
    ...items.map((item) => item.line),
    ...target.elts.flatMap((one, i) => assign(frame, one, items[i]!.t)),
  ];
}

function inPlaceName(op: Operator): string {
  return `i${BINARY[op]}`;
}

function augmented(frame: Frame, node: Of<"AugAssign">): string[] {
  const { target, op } = node;
  const operate = (old: string): string =>
    invoke(frame, node, inPlaceName(op), old, expression(frame, node.value));
  if (target.type === "Name") {
    const old = loadName(frame, target.id, target, frame.unit.isBound(target));
    const small = smallStep(node);
    if (small !== undefined && /^l_\w+$/.test(old)) {
      const t = takeTemporary(frame);
      const within =
        (op === "Add") === small >= 0
          ? `<=${Number.MAX_SAFE_INTEGER}`
          : `>=-${Number.MAX_SAFE_INTEGER}`;
      const sign = op === "Add" ? "+" : "-";
      return [
        `${old}=(typeof ${old}==="number"&&(${t}=${old}${sign}${small})${within}?${t}:${operate(old)});`,
      ];
    }
    return [`${storeName(frame, target.id, operate(old))};`];
  }
  if (target.type === "Attribute") {
    const object = takeTemporary(frame);
    const name = mangle(frame.scope, target.attr);
    const old = `${attributeReader(frame, name)}${mark(frame, target)}(${object})`;
    const writer = attributeWriter(frame, name);
    return [
      `${object}=${expression(frame, target.value)};`,
      `${writer}${mark(frame, target)}(${object},${operate(old)});`,
    ];
  }
  if (target.type === "Subscript") {
    const object = takeTemporary(frame);
    const key = takeTemporary(frame);
    const old = invoke(frame, target, "subscript", object, key);
    return [
      `${object}=${expression(frame, target.value)};${key}=${expression(frame, target.slice)};`,
      `${invoke(frame, target, "storeSubscript", object, key, operate(old))};`,
    ];
  }
  throw new Error(`cannot assign to ${target.type}`);
}

function smallStep(node: Of<"AugAssign">): number | undefined {
  const value = node.value.type === "Constant" ? node.value.value : undefined;
  if (typeof value !== "number" || value < 0 || value > 0x7fffffff) return undefined;
  return node.op === "Add" || node.op === "Sub" ? value : undefined;
}

function annotated(frame: Frame, node: Of<"AnnAssign">): string[] {
  const lines: string[] = [];
  if (node.value !== null) {
    if (node.target.type === "Name") {
      lines.push(`${storeName(frame, node.target.id, expression(frame, node.value))};`);
    } else {
      const t = takeTemporary(frame);
      lines.push(`${t}=${expression(frame, node.value)};`, ...assign(frame, node.target, t));
    }
  } else if (node.target.type !== "Name") {
    if (node.target.type === "Attribute") lines.push(`${expression(frame, node.target.value)};`);
  }
  // Only modules and classes keep annotations of variables.
  if (frame.kind !== "module" && frame.kind !== "class") return lines;
  if (node.target.type !== "Name" || node.simple === 0) {
    if (!frame.unit.scopes.annotationsAreText) lines.push(`${annotation(frame, node.annotation)};`);
    return lines;
  }
  const name = quote(mangle(frame.scope, node.target.id));
  const space = hasNamespace(frame) ? namespaceOf(frame) : "G";
  lines.push(
    `${invoke(frame, node, "annotateName", space, name, annotation(frame, node.annotation))};`,
  );
  return lines;
}

function returned(frame: Frame, node: Of<"Return">): string[] {
  const none = runtimeName(frame, "None");
  if (node.value === null) return [`{${leave(frame, none)}}`];
  if (frame.kind !== "function") return [`return ${expression(frame, node.value)};`];
  return [`{const r=${expression(frame, node.value)};${leave(frame, "r")}}`];
}

function conditional(frame: Frame, node: Of<"If">): string[] {
  const lines = [`if(${condition(frame, node.test)}){`, ...block(frame, node.body)];
  // `elif` after `elif` is a chain, not a nest.
  let rest = node.orelse;
  while (rest.length === 1 && rest[0]!.type === "If") {
    const next = rest[0]!;
    lines.push(`}else if(${condition(frame, next.test)}){`, ...block(frame, next.body));
    rest = next.orelse;
  }
  if (rest.length > 0) lines.push("}else{", ...block(frame, rest));
  lines.push("}");
  return lines;
}

/** A loop with its `else`: `break` leaves both. */
function loop(
  frame: Frame,
  node: Stmt,
  head: (label: string) => string,
  body: () => readonly string[],
  orelse: readonly Stmt[],
): string[] {
  const label = takeLabel(frame);
  const outer = orelse.length > 0 ? takeLabel(frame) : undefined;
  frame.loops.push({ breakTo: outer ?? label, continueTo: label });
  const lines = [
    `${outer === undefined ? "" : `${outer}:{`}${label}:${head(label)}{if(--M[0]<0)${mark(frame, node)}S();`,
    ...body(),
    "}",
  ];
  frame.loops.pop();
  if (outer !== undefined) lines.push(...block(frame, orelse), "}");
  return lines;
}

function whileLoop(frame: Frame, node: Of<"While">): string[] {
  return loop(
    frame,
    node,
    () => `while(${condition(frame, node.test)})`,
    () => outlined(frame, node, undefined) ?? block(frame, node.body),
    node.orelse,
  );
}

function forLoop(frame: Frame, node: Of<"For" | "AsyncFor">): string[] {
  const iterator = takeTemporary(frame);
  const asynchronous = node.type === "AsyncFor";
  const opened = invoke(
    frame,
    node,
    asynchronous ? "asyncIterate" : "iterate",
    expression(frame, node.iter),
  );
  const step = asynchronous
    ? delegating(frame, node, "asyncNext", iterator)
    : `${iterator}.next${mark(frame, node)}()`;
  const value = takeTemporary(frame);
  return [
    `${iterator}=${opened};`,
    ...loop(
      frame,
      node,
      () => `while((${value}=${step})!==undefined)`,
      () =>
        (isLoop(node) ? outlined(frame, node, value) : undefined) ?? [
          ...assign(frame, node.target, value),
          ...block(frame, node.body),
        ],
      node.orelse,
    ),
  ];
}

function raised(frame: Frame, node: Of<"Raise">): string {
  if (node.exc === null) return `${invoke(frame, node, "reraise")};`;
  const value = expression(frame, node.exc);
  if (node.cause === null) return `${invoke(frame, node, "raise", value)};`;
  return `${invoke(frame, node, "raiseFrom", value, expression(frame, node.cause))};`;
}

function asserted(frame: Frame, node: Of<"Assert">): string[] {
  if (frame.unit.explainAsserts) return explainedAssert(frame, node);
  const message = node.msg === null ? [] : [expression(frame, node.msg)];
  return [
    `if(!${condition(frame, node.test)})${invoke(frame, node.test, "assertionFailed", ...message)};`,
  ];
}

function imported(frame: Frame, node: Of<"Import">): string[] {
  return node.names.map(({ name, asname }) => {
    const whole = invoke(frame, node, "importModule", "G", quote(name), String(asname !== null));
    return `${storeName(frame, asname ?? name.split(".")[0]!, whole)};`;
  });
}

function importedFrom(frame: Frame, node: Of<"ImportFrom">): string[] {
  const t = takeTemporary(frame);
  const module = invoke(
    frame,
    node,
    "importFrom",
    "G",
    quote(node.module ?? ""),
    String(node.level),
    JSON.stringify(node.names.map(({ name }) => name)),
  );
  const lines = [`${t}=${module};`];
  for (const { name, asname } of node.names) {
    if (name === "*") {
      lines.push(
        `${invoke(frame, node, "importStar", hasNamespace(frame) ? namespaceOf(frame) : "G", t)};`,
      );
      continue;
    }
    const value = invoke(frame, node, "importedName", t, quote(name));
    lines.push(`${storeName(frame, asname ?? name, value)};`);
  }
  return lines;
}

function typeAlias(frame: Frame, node: Of<"TypeAlias">): string[] {
  const name = (node.name as Extract<Expr, { type: "Name" }>).id;
  const typeScope = frame.unit.scopes.typeParametersOf(node);
  const make = (inner: Frame): string =>
    `${runtimeName(frame, "typeAlias")}(${quote(name)},()=>${expression(inner, node.value)})`;
  const made =
    typeScope === undefined ? make(frame) : withTypeParameters(frame, node, typeScope, make);
  return [`${storeName(frame, name, made)};`];
}
