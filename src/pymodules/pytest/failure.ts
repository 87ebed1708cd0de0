/** What was thrown, as a reader of a test's result wants it. */
import { LimitError } from "../../python/limit.ts";
import { isException, PyException } from "../../python/objects/exception.ts";
import { fieldOf } from "../../python/objects/exception.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTraceback } from "../../python/objects/traceback.ts";
import { asException } from "../../python/operations/handlers.ts";
import { formatOnly, messageOf } from "../../python/operations/traceback-text.ts";
import { going, tracebackOf } from "../../python/operations/traceback.ts";
import { lineOf } from "../../python/text-lines.ts";
import { toJs } from "../../python/text/wide.ts";
import { textOf } from "../../python/operations/repr.ts";
import { type Comparison, comparisonOf } from "../framework.ts";
import type { PythonFailure, PythonFrame } from "./tests.ts";
import { FOLDER, type World } from "./world.ts";

/** Both sides of a comparison, printed. */
export interface Sides {
  readonly message: string;
  readonly expected: string;
  readonly received: string;
  readonly diff?: string;
}

/** The failure that something thrown is. Call it within the world: exceptions have methods. */
export function failureOf(world: World, thrown: unknown, sides?: Sides): PythonFailure {
  const exception = asException(thrown);
  if (exception !== undefined) return exceptionFailure(world, exception, sides);
  const frames = thrown instanceof Error ? framesOfStack(thrown) : [];
  const told = (kind: PythonFailure["kind"], type: string, message: string): PythonFailure => {
    return {
      kind,
      type,
      message,
      frames,
      traceback: tracebackText(world, frames, `${type}: ${message}`),
    };
  };
  if (thrown instanceof LimitError) {
    return thrown.what === "time"
      ? told("timeout", "Timeout", `ran ${thrown.message}`)
      : told("limit", "LimitExceeded", `used ${thrown.message}`);
  }
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return told("error", thrown instanceof Error ? thrown.name : "Error", words);
}

/** The same from outside of the world, within limits: what an exception says of itself may have no end. */
export function toldFailure(world: World, thrown: unknown, sides?: Sides): PythonFailure {
  try {
    return world.part(() => failureOf(world, thrown, sides));
  } catch (untold) {
    // What ended the telling says nothing of its own.
    if (untold !== thrown) return toldFailure(world, untold);
    const message = "failed, and cannot be told how";
    return { kind: "error", type: "Error", message, traceback: `${message}\n`, frames: [] };
  }
}

/** Classes whose message says all: their name in front of it would not help. */
const ASSERTIONS = ["AssertionError", "Failed"];

const SPEAKING = ["FixtureLookupError"];

function exceptionFailure(
  world: World,
  exception: PyException,
  sides: Sides | undefined,
): PythonFailure {
  // Who had caught it let it go on.
  exception.caughtDepth = undefined;
  const type = exception.type.name;
  const isAssertion = ASSERTIONS.includes(type) || isException(exception, "AssertionError");
  const own = messageOf(exception);
  const last = formatOnly(exception).join("").trimEnd();
  const frames = isException(exception, "SyntaxError")
    ? placeOfSyntaxError(exception, framesOf(exception))
    : framesOf(exception);
  const compared = comparisonOf(exception) ?? (sides?.message === own ? sides : undefined);
  return {
    kind: isAssertion ? "assertion" : "error",
    type,
    message:
      own !== "" && (isAssertion || SPEAKING.includes(type))
        ? own
        : messageLine(exception, type, own),
    ...(compared === undefined ? {} : valuesOf(compared)),
    frames,
    traceback: tracebackText(world, frames, last),
  };
}

function valuesOf(compared: Comparison | Sides): Partial<PythonFailure> {
  const { message: _, ...values } = { message: "", ...compared };
  return values;
}

/** The exception in one line, or as many as its message has. */
function messageLine(exception: PyException, type: string, own: string): string {
  const message = isException(exception, "SyntaxError")
    ? (textField(exception, "msg") ?? own)
    : own;
  return message === "" ? type : `${type}: ${message}`;
}

function textField(exception: PyException, name: string): string | undefined {
  const value: Value | undefined = fieldOf(exception, name);
  const text = value === undefined ? undefined : textOf(value);
  return text === undefined ? undefined : toJs(text);
}

/** The calls in the kata's files, outermost first. */
function framesOf(exception: PyException): PythonFrame[] {
  const frames: PythonFrame[] = [];
  const first = tracebackOf(exception);
  for (let at = first instanceof PyTraceback ? first : undefined; at !== undefined; at = at.next) {
    const { code } = at.frame;
    const file = fileOf(code.filename);
    if (file === undefined) continue;
    const column = at.place === undefined ? 1 : at.place.col_offset + 1;
    frames.push({ file, line: at.line, column, function: code.name });
  }
  return frames;
}

function framesOfStack(error: Error): PythonFrame[] {
  return going(error, Infinity)
    .toReversed()
    .flatMap(({ loaded, site, place }) => {
      const file = fileOf(loaded.program.filename);
      return file === undefined
        ? []
        : [{ file, line: place.lineno, column: place.col_offset + 1, function: site.name }];
    });
}

/** A file of the kata's by its name in the folder; `undefined` for others. */
function fileOf(path: string): string | undefined {
  return path.startsWith(`${FOLDER}/`) ? path.slice(FOLDER.length + 1) : undefined;
}

/** A syntax error is in no call: where it is stands in the error itself. */
function placeOfSyntaxError(exception: PyException, frames: PythonFrame[]): PythonFrame[] {
  const file = fileOf(textField(exception, "filename") ?? "");
  const line = fieldOf(exception, "lineno");
  const offset = fieldOf(exception, "offset");
  if (file === undefined || typeof line !== "number") return frames;
  const column = typeof offset === "number" ? Math.max(1, offset) : 1;
  return [...frames, { file, line, column, function: "<module>" }];
}

/** Calls as Python prints them, and what ended them. */
export function tracebackText(world: World, frames: readonly PythonFrame[], last: string): string {
  const calls = frames.map(({ file, line, function: name }) => {
    const text = world.texts.get(`${FOLDER}/${file}`);
    const shown = text === undefined ? undefined : lineOf(text, line)?.trim();
    const source = shown === undefined ? "" : `    ${shown}\n`;
    return `  File "${file}", line ${line}, in ${name}\n${source}`;
  });
  const head = calls.length === 0 ? "" : "Traceback (most recent call last):\n";
  return `${head}${calls.join("")}${last}\n`;
}
