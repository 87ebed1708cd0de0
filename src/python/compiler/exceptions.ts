/** `try` and `with`. */
import type { ExceptHandler, Stmt } from "../syntax/tree.ts";
import { type Frame, invoke, runtimeName, takeTemporary, use } from "./context.ts";
import { expression } from "./expressions.ts";
import { forgetName, storeName } from "./names.ts";
import { block } from "./statements.ts";
import { assign } from "./targets.ts";

type TryNode = Extract<Stmt, { finalbody: Stmt[] }>;
type WithNode = Extract<Stmt, { items: unknown[] }>;

/** `try … except … else … finally`: what is being handled, and the depth of calls, are put back at each way out. */
export function tryStatement(frame: Frame, node: TryNode): string[] {
  const inner = node.handlers.length === 0 ? block(frame, node.body) : handled(frame, node);
  return node.finalbody.length === 0 ? inner : guarded(frame, inner, node.finalbody);
}

function handled(frame: Frame, node: TryNode): string[] {
  const state = runtimeName(frame, "state");
  const depth = takeTemporary(frame);
  const before = takeTemporary(frame);
  const x = takeTemporary(frame);
  const done = node.orelse.length > 0 ? takeTemporary(frame) : undefined;
  return [
    `${depth}=M[1];${before}=${state}.handling;${done === undefined ? "" : `${done}=false;`}try{`,
    ...block(frame, node.body),
    ...(done === undefined ? [] : [`${done}=true;`]),
    `}catch(e){${x}=${use(frame, "caught", "e", depth)};${state}.handling=${x};try{`,
    ...handlers(frame, node.handlers, x),
    `}finally{${state}.handling=${before}}}`,
    ...(done === undefined ? [] : [`if(${done}){`, ...block(frame, node.orelse), "}"]),
  ];
}

function handlers(frame: Frame, clauses: readonly ExceptHandler[], x: string): string[] {
  const lines: string[] = [];
  let bare = false;
  clauses.forEach((clause, i) => {
    const head = i === 0 ? "" : "}else ";
    if (clause.exc === null) {
      bare = true;
      lines.push(i === 0 ? "{" : "}else{");
    } else {
      const test = invoke(frame, clause.exc, "matches", x, expression(frame, clause.exc));
      lines.push(`${head}if(${test}){`);
    }
    if (clause.name === null) lines.push(...block(frame, clause.body));
    else {
      lines.push(
        `${storeName(frame, clause.name, x)};try{`,
        ...block(frame, clause.body),
        `}finally{${forgetName(frame, clause.name)}}`,
      );
    }
  });
  lines.push(bare ? "}" : `}else throw ${x};`);
  return lines;
}

/** A block with a `finally`. */
function guarded(frame: Frame, body: readonly string[], finalbody: readonly Stmt[]): string[] {
  const state = runtimeName(frame, "state");
  const depth = takeTemporary(frame);
  const before = takeTemporary(frame);
  return [
    `${depth}=M[1];${before}=${state}.handling;try{`,
    ...body,
    `}catch(e){throw ${state}.handling=${use(frame, "caught", "e", depth)}}finally{`,
    ...block(frame, finalbody),
    `${state}.handling=${before}}`,
  ];
}

/** `try … except* …`: each clause takes its part of a group, what is left is raised again. */
export function tryStarStatement(frame: Frame, node: TryNode): string[] {
  const state = runtimeName(frame, "state");
  const depth = takeTemporary(frame);
  const before = takeTemporary(frame);
  const split = takeTemporary(frame);
  const part = takeTemporary(frame);
  const done = takeTemporary(frame);
  const lines = [
    `${depth}=M[1];${before}=${state}.handling;${done}=false;try{`,
    ...block(frame, node.body),
    `${done}=true;`,
    `}catch(e){${split}=${use(frame, "openSplit", "e", depth)};try{`,
  ];
  for (const clause of node.handlers) {
    const type = expression(frame, clause.exc!);
    lines.push(
      `if((${part}=${invoke(frame, clause.exc!, "splitPart", split, type)})!==undefined){${state}.handling=${part};try{`,
      ...(clause.name === null ? [] : [`${storeName(frame, clause.name, part)};`]),
      ...block(frame, clause.body),
      `}catch(e){${use(frame, "splitFailed", split, "e", depth)}}${clause.name === null ? "" : `finally{${forgetName(frame, clause.name)}}`}}`,
    );
  }
  lines.push(
    `${use(frame, "closeSplit", split)};}finally{${state}.handling=${before}}}`,
    `if(${done}){`,
    ...block(frame, node.orelse),
    "}",
  );
  return node.finalbody.length === 0 ? lines : guarded(frame, lines, node.finalbody);
}

/** `with`: one manager inside the other. */
export function withStatement(frame: Frame, node: WithNode): string[] {
  const asynchronous = node.type === "AsyncWith";
  const names = asynchronous ? `["__aenter__","__aexit__"]` : `["__enter__","__exit__"]`;
  const wait = (value: string): string =>
    asynchronous ? `(yield* ${use(frame, "awaiting", value)})` : value;
  const state = runtimeName(frame, "state");
  const build = (at: number): string[] => {
    const item = node.items[at];
    if (item === undefined) return block(frame, node.body);
    const [manager, exit, value, depth, before, failed, x] = Array.from({ length: 7 }, () =>
      takeTemporary(frame),
    ) as [string, string, string, string, string, string, string];
    const place = item.context_expr;
    const target = item.optional_vars;
    const enter = wait(
      invoke(frame, place, "withEnter", manager, asynchronous ? `"__aenter__"` : `"__enter__"`),
    );
    const swallowed = asynchronous
      ? use(
          frame,
          "truth",
          wait(invoke(frame, place, "call", exit, use(frame, "exitArguments", x))),
        )
      : invoke(frame, place, "withFailed", exit, x);
    return [
      `${manager}=${expression(frame, place)};${exit}=${invoke(frame, place, "withExit", manager, names)};${value}=${enter};`,
      `${depth}=M[1];${before}=${state}.handling;${failed}=false;try{`,
      ...(target === null ? [] : assign(frame, target, value)),
      ...build(at + 1),
      `}catch(e){${failed}=true;${x}=${use(frame, "caught", "e", depth)};${state}.handling=${x};if(!${swallowed})throw ${x};${state}.handling=${before}}finally{`,
      `if(!${failed})${wait(invoke(frame, place, "withDone", exit))}}`,
    ];
  };
  return build(0);
}
