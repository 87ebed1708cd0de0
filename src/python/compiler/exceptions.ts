/** `try` and `with`. */
import type { ExceptHandler, Stmt } from "../syntax/tree.ts";
import {
  delegating,
  type Frame,
  invoke,
  quote,
  runtimeName,
  takeTemporary,
  use,
} from "./context.ts";
import { expression } from "./expressions.ts";
import { forgetName, storeName } from "./names.ts";
import { block } from "./statements.ts";
import { assign } from "./targets.ts";

type TryNode = Extract<Stmt, { finalbody: Stmt[] }>;
type WithNode = Extract<Stmt, { items: unknown[] }>;

/** `try … except … else … finally`: what is being handled, and the depth of calls, are put back at each way out. */
export function tryStatement(frame: Frame, node: TryNode): string[] {
  const inner = (): string[] =>
    node.handlers.length === 0 ? block(frame, node.body) : handled(frame, node);
  return node.finalbody.length === 0 ? inner() : guarded(frame, inner, node.finalbody);
}

/** How a frame knows what it had been handling, and how deep it is: a generator goes on elsewhere than where it began. */
interface Around {
  /** Statements before the block. */
  open: string;
  /** The depth of the frame. */
  depth: string;
  /** What stood before is handled again. */
  restore: string;
}

function around(frame: Frame): Around {
  const state = runtimeName(frame, "state");
  const before = takeTemporary(frame);
  if (frame.kind === "function" || frame.kind === "module" || frame.kind === "class") {
    const depth = takeTemporary(frame);
    return {
      open: `${depth}=M[1];${before}=${state}.handling;`,
      depth,
      restore: `${state}.handling=${before};`,
    };
  }
  return {
    open: `${before}=${state}.handling===${state}.outer?undefined:${state}.handling;`,
    depth: `${state}.depth`,
    restore: `${state}.handling=${before}??${state}.outer;`,
  };
}

function handled(frame: Frame, node: TryNode): string[] {
  const { open, depth, restore } = around(frame);
  const state = runtimeName(frame, "state");
  const x = takeTemporary(frame);
  const done = node.orelse.length > 0 ? takeTemporary(frame) : undefined;
  return [
    `${open}${done === undefined ? "" : `${done}=false;`}try{`,
    ...block(frame, node.body),
    ...(done === undefined ? [] : [`${done}=true;`]),
    `}catch(e){${x}=${use(frame, "caught", "e", depth)};${state}.handling=${x};try{`,
    ...handlers(frame, node.handlers, x),
    `}finally{${restore}}}`,
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

/** A block with a `finally`, which a limit of the run does not enter. */
function guarded(frame: Frame, body: () => string[], finalbody: readonly Stmt[]): string[] {
  const { open, depth, restore } = around(frame);
  const state = runtimeName(frame, "state");
  const alive = takeTemporary(frame);
  const left = takeTemporary(frame);
  const x = takeTemporary(frame);
  return [
    `${open}${alive}=true;try{`,
    ...body(),
    `}catch(e){${alive}=false;${x}=${use(frame, "caught", "e", depth)};${alive}=true;throw ${state}.handling=${x}}finally{`,
    // After a `return` the depth is the caller's already.
    `if(${alive}){${left}=M[1];M[1]=${depth};try{`,
    ...block(frame, finalbody),
    `M[1]=${left};}finally{${restore}}}}`,
  ];
}

/** `try … except* …` (PEP 654): each clause takes its part of a group, what is left is raised again. */
export function tryStarStatement(frame: Frame, node: TryNode): string[] {
  const inner = (): string[] => splitClauses(frame, node);
  return node.finalbody.length === 0 ? inner() : guarded(frame, inner, node.finalbody);
}

function splitClauses(frame: Frame, node: TryNode): string[] {
  const { open, depth, restore } = around(frame);
  const state = runtimeName(frame, "state");
  const split = takeTemporary(frame);
  const part = takeTemporary(frame);
  const done = takeTemporary(frame);
  const lines = [
    `${open}${done}=false;try{`,
    ...block(frame, node.body),
    `${done}=true;`,
    `}catch(e){${split}=${use(frame, "openSplit", "e", depth)};${state}.handling=${split}.exception;try{`,
  ];
  for (const clause of node.handlers) {
    const type = expression(frame, clause.exc!);
    const { name } = clause;
    lines.push(
      `if((${part}=${invoke(frame, clause.exc!, "splitPart", split, type)})!==undefined){${state}.handling=${part};try{`,
      ...(name === null ? [] : [`${storeName(frame, name, part)};`]),
      ...block(frame, clause.body),
      `}catch(e){${use(frame, "splitFailed", split, "e", depth)}}finally{${name === null ? "" : `${forgetName(frame, name)};`}${state}.handling=${split}.exception}}`,
    );
  }
  lines.push(
    `${invoke(frame, node, "closeSplit", split)};}finally{${restore}}}`,
    `if(${done}){`,
    ...block(frame, node.orelse),
    "}",
  );
  return lines;
}

/** `with`: one manager inside the other. */
export function withStatement(frame: Frame, node: WithNode): string[] {
  const asynchronous = node.type === "AsyncWith";
  const names = asynchronous ? `["__aenter__","__aexit__"]` : `["__enter__","__exit__"]`;
  const wait = (place: Stmt, value: string, from: string): string =>
    asynchronous ? delegating(frame, place, "awaiting", value, quote(from)) : value;
  const state = runtimeName(frame, "state");
  const build = (at: number): string[] => {
    const item = node.items[at];
    if (item === undefined) return block(frame, node.body);
    const [manager, exit, value, failed, left, x] = Array.from({ length: 6 }, () =>
      takeTemporary(frame),
    ) as [string, string, string, string, string, string];
    const { open, depth, restore } = around(frame);
    const place = node;
    const target = item.optional_vars;
    const enter = wait(
      place,
      invoke(frame, place, "withEnter", manager, asynchronous ? `"__aenter__"` : `"__enter__"`),
      "__aenter__",
    );
    const swallowed = asynchronous
      ? use(
          frame,
          "truth",
          wait(
            place,
            invoke(frame, place, "call", exit, use(frame, "exitArguments", x)),
            "__aexit__",
          ),
        )
      : invoke(frame, place, "withFailed", exit, x);
    return [
      `${manager}=${expression(frame, item.context_expr)};${exit}=${invoke(frame, place, "withExit", manager, names)};${value}=${enter};`,
      `${open}${failed}=false;try{`,
      ...(target === null ? [] : assign(frame, target, value)),
      ...build(at + 1),
      `}catch(e){${failed}=true;${x}=${use(frame, "caught", "e", depth)};${state}.handling=${x};try{if(!${swallowed})throw ${x}}finally{${restore}}}finally{`,
      `if(!${failed}){${left}=M[1];M[1]=${depth};${wait(place, invoke(frame, place, "withDone", exit), "__aexit__")};M[1]=${left}}}`,
    ];
  };
  return build(0);
}
