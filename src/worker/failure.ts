/** Turns whatever was thrown into a failure that a report can print. */
import type { Failure, FailureReason, Frame, SkipReason } from "../events/event.ts";
import { readFailure } from "../events/failure.ts";
import { inspect } from "./inspect.ts";

export interface Paths {
  tests: string;
  template: string;
  subject: string;
}

/** Thrown by the worker itself, with the reason that the report gives. */
export class WorkerError extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A failure that is data already. */
export class ReportedFailure extends WorkerError {
  readonly failure: Failure;
  constructor(reason: FailureReason, failure: Failure) {
    super(reason, failure.message);
    this.failure = failure;
  }
}

/** Thrown by a test that, once it ran, turned out not to be one for here. */
export class TestSkipped extends Error {
  readonly reason: SkipReason;
  constructor(reason: SkipReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The longest message that an event carries. */
const MESSAGE_CAP = 100_000;
/** What tells a kata's modules from those of the kata before it in the same process. */
const QUERY = /\?kata=\d+$/;
const ANSI = /\u001b\[[0-9;]*m/g;

export function reasonOf(error: unknown): FailureReason {
  try {
    return classify(error);
  } catch {
    return "error";
  }
}

function classify(error: unknown): FailureReason {
  if (error instanceof WorkerError) return error.reason;
  if (!(error instanceof Error)) return "error";
  const assertion =
    error.name === "AssertionError" ||
    error.name === "UnreachableError" ||
    ownCode(error) === "ERR_ASSERTION" ||
    /^expect\b/.test(error.message.replace(ANSI, ""));
  return assertion ? "assertion" : "error";
}

/** The failure without the source lines: the runner, which may read the files, adds them. */
export function failureOf(error: unknown, paths: Paths): Failure {
  try {
    return capped(describe(error, paths));
  } catch {
    // An error may be anything, a trap that throws when it is looked at among it.
    return { message: "Threw something that cannot be described", type: "" };
  }
}

/** What the fields beside the message may hold at the most. */
const FIELD_CAP = 20_000;

function capped(failure: Failure): Failure {
  const short: Failure = { ...failure, type: failure.type.slice(0, 200) };
  for (const name of ["expected", "received", "diff", "stack"] as const) {
    const text = failure[name];
    if (text !== undefined && text.length > FIELD_CAP) short[name] = `${text.slice(0, FIELD_CAP)}…`;
  }
  return short;
}

function describe(error: unknown, paths: Paths): Failure {
  if (error instanceof ReportedFailure) {
    return { ...error.failure, message: cap(error.failure.message) };
  }
  if (!(error instanceof Error)) {
    if (isBuildMessage(error)) return buildFailure(error, paths);
    return { message: cap(`Threw ${inspect(error, { depth: 4 })}`), type: "" };
  }
  if (isBuildMessage(error)) return buildFailure(error, paths);
  const stack = framesOf(error);
  const own = ownFields(error);
  const message = cap(plainMessage(error, paths));
  const failure: Failure = {
    message,
    type: error instanceof WorkerError ? "" : typeOf(error),
    ...comparison(message),
    ...own,
  };
  const frame = chooseFrame(stack, paths);
  if (frame !== undefined) failure.frame = frame;
  if (stack.length > 0) {
    failure.stack = stack
      .map((at) => `at ${at.name} (${at.file}:${at.line}:${at.column})`)
      .join("\n");
  }
  if (error.cause !== undefined) {
    failure.message = cap(`${message}\nCaused by: ${inspect(error.cause, { depth: 2 })}`);
  }
  return failure;
}

function typeOf(error: Error): string {
  const name = String(error.name);
  if (name !== "Error") return name;
  return /^expect\b/.test(error.message) ? "AssertionError" : (error.constructor?.name ?? "Error");
}

function ownCode(error: Error): unknown {
  return (error as { code?: unknown }).code;
}

function cap(text: string): string {
  if (text.length <= MESSAGE_CAP) return text;
  return `${text.slice(0, MESSAGE_CAP)}\n… ${text.length - MESSAGE_CAP} more characters`;
}

/** The engine's words, with what it says about paths put in the kata's terms. */
function plainMessage(error: Error, paths: Paths): string {
  const message = String(error.message).replace(ANSI, "").trimEnd();
  const missing = /^Export named '(.*)' not found in module '(.*?)(?:\?kata=\d+)?'\.$/s.exec(
    message,
  );
  if (missing !== null && [paths.subject, paths.template].includes(missing[2] ?? "")) {
    return `The solution does not export "${missing[1]}"`;
  }
  return message === "" ? "(no message)" : message;
}

/** What the assertion attached to its error, or printed into its message. */
function ownFields(error: Error): Partial<Failure> {
  const from = error as {
    expected?: unknown;
    received?: unknown;
    actual?: unknown;
    tensors?: unknown;
    first_difference?: unknown;
  };
  const fields: Partial<Failure> = {};
  if (typeof from.expected === "string") fields.expected = from.expected;
  if (typeof from.received === "string") fields.received = from.received;
  // Taken only as far as it is what a report can print.
  const { tensors, first_difference } = readFailure({
    tensors: from.tensors,
    first_difference: from.first_difference,
  });
  if (tensors !== undefined) fields.tensors = tensors;
  if (first_difference !== undefined) fields.first_difference = first_difference;
  if (ownCode(error) === "ERR_ASSERTION") {
    fields.expected = inspect(from.expected);
    fields.received = inspect(from.actual);
  }
  return fields;
}

function comparison(message: string): Partial<Failure> {
  const expected = /^Expected: (.*)$/m.exec(message)?.[1];
  const received = /^Received: (.*)$/m.exec(message)?.[1];
  const fields: Partial<Failure> = {};
  if (expected !== undefined) fields.expected = expected;
  if (received !== undefined) fields.received = received;
  const body = /^expect\([^\n]*\n\n(.*)\n\n- Expected {2}- \d+\n\+ Received {2}\+ \d+$/s.exec(
    message,
  )?.[1];
  if (body !== undefined) fields.diff = body;
  return fields;
}

interface StackFrame {
  name: string;
  file: string;
  line: number;
  column: number;
}

function framesOf(error: Error): StackFrame[] {
  const frames: StackFrame[] = [];
  const stack = String(error.stack ?? "");
  for (const match of stack.matchAll(
    /^ +at (?:(.*?) \()?(\/[^\n]*?|[A-Za-z]:\\[^\n]*?):(\d+):(\d+)\)?$/gm,
  )) {
    const [, name = "<anonymous>", path = "", line = "0", column = "0"] = match;
    const file = path.replace(QUERY, "");
    // Below the worker's own frame there is nothing of the kata's.
    if (/[/\\](worker|preload)\.[jt]s$/.test(file)) break;
    frames.push({ name, file, line: Number(line), column: Number(column) });
  }
  return frames;
}

/** The learner's own frame if the error passed through it, else the test's. */
function chooseFrame(stack: readonly StackFrame[], paths: Paths): Frame | undefined {
  const solution = stack.find((at) => at.file === paths.subject);
  const at = solution ?? stack.find((frame) => frame.file === paths.tests);
  if (at === undefined) return undefined;
  const { file, line, column } = at;
  return { file, line, column, lines: [], solution: solution !== undefined };
}

interface BuildProblem {
  message: string;
  position: { file: string; line: number; column: number; lineText: string } | null;
}

/** Bun's own errors of parsing and resolving; an AggregateError holds several. */
function isBuildMessage(
  error: unknown,
): error is BuildProblem | { errors: unknown[]; message: string } {
  const name = (error as { name?: unknown } | null)?.name;
  return name === "BuildMessage" || name === "ResolveMessage" || name === "AggregateError";
}

function buildFailure(
  error: BuildProblem | { errors: unknown[]; message: string },
  paths: Paths,
): Failure {
  if ("errors" in error && Array.isArray(error.errors)) {
    const all = error.errors.slice(0, 20).map((one) => failureOf(one, paths));
    const [first] = all;
    if (first === undefined) return { message: cap(String(error.message)), type: "AggregateError" };
    return { ...first, message: cap(all.map((one) => one.message).join("\n")) };
  }
  const { message, position } = error as BuildProblem;
  const name = (error as { name?: string }).name;
  const failure: Failure = {
    message: cap(String(message)),
    type: name === "ResolveMessage" ? "ImportError" : "SyntaxError",
  };
  if (position?.file !== undefined) {
    const file = position.file.replace(QUERY, "");
    failure.frame = {
      file,
      line: position.line,
      column: Math.max(1, position.column),
      lines: [],
      solution: file === paths.subject,
    };
  }
  return failure;
}
