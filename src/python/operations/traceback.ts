/** Tracebacks, made of JavaScript's stacks when somebody asks for them. */
import { fault } from "../fault.ts";
import type { Program } from "../compiler/compile.ts";
import type { Site } from "../compiler/context.ts";
import { markAt } from "../compiler/positions.ts";
import type { PyException } from "../objects/exception.ts";
import type { Code } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { PyFrame, PyTraceback } from "../objects/traceback.ts";
import type { Place } from "../syntax/tree.ts";

/** A program that runs, and the namespace it runs in. */
export interface Loaded {
  readonly program: Program;
  readonly globals: PyModule;
}

/** A call that was going on. */
export interface Going {
  readonly loaded: Loaded;
  readonly site: Site;
  readonly place: Place;
}

/** The calls in a JavaScript stack, innermost first; `counted` ends it after so many that count in depth. */
export function going(trace: Error, counted: number): Going[] {
  const found: Going[] = [];
  let left = counted;
  for (const { loaded, line, column } of linesOf(trace)) {
    const mark = markAt(loaded.program.positions, line, column);
    if (mark?.site === undefined) continue;
    found.push({ loaded, site: mark.site, place: mark.place });
    if (mark.site.counted && --left < 0) break;
  }
  return found;
}

/** The namespaces of the programs in a JavaScript stack, innermost first; to find out more takes longer. */
export function namespacesGoing(trace: Error): PyModule[] {
  return Array.from(linesOf(trace), ({ loaded }) => loaded.globals);
}

function* linesOf(trace: Error): Generator<{ loaded: Loaded; line: number; column: number }> {
  const { programs } = runtime();
  for (const line of (trace.stack ?? "").split("\n")) {
    const at = /(python-\d+):(\d+):(\d+)\)?$/.exec(line);
    const loaded = at === null ? undefined : programs.get(at[1]!);
    if (loaded !== undefined) yield { loaded, line: Number(at![2]), column: Number(at![3]) };
  }
}

const codes = new WeakMap<Site, Code>();

/** What is known of a body of code that may be no function. */
function codeOf({ loaded, site }: Going): Code {
  let code = codes.get(site);
  if (code === undefined) {
    code = {
      name: site.name,
      qualname: site.qualname,
      filename: loaded.program.filename,
      line: site.line,
      parameters: [],
      positionalOnly: 0,
      positional: 0,
      keywordOnly: 0,
      args: false,
      kwargs: false,
      kind: "function",
      doc: undefined,
      locals: [],
      free: [],
    };
    codes.set(site, code);
  }
  return code;
}

/** Frames of a stack, each with the one that called it. */
function framesOf(calls: readonly Going[]): PyFrame[] {
  const { seal } = runtime();
  const frames = calls.map(({ loaded, site, place }, at) => {
    const { program, globals } = loaded;
    const source = seal?.holds(globals) === true ? undefined : program.source;
    return new PyFrame(codeOf(calls[at]!), place.lineno, globals, source, site.names());
  });
  frames.forEach((frame, i) => (frame.back = frames[i + 1]));
  return frames;
}

/** Puts the calls of one stack before the entries that lie further in. */
function extend(
  trace: Error,
  counted: number,
  inner: PyTraceback | undefined,
): PyTraceback | undefined {
  const calls = going(trace, counted);
  const frames = framesOf(calls);
  return calls.reduce<PyTraceback | undefined>(
    (next, { place }, i) => new PyTraceback(frames[i]!, place.lineno, place, next),
    inner,
  );
}

/** How many calls lie between where an exception was raised and where it was caught. */
function between(raised: number, caught: number | undefined): number {
  return caught === undefined ? Infinity : Math.max(0, caught - raised);
}

/** The traceback of an exception: `None`, or its entries from the outermost. */
export function tracebackOf(exception: PyException): PyTraceback | typeof None {
  return makeTraceback(exception) ?? None;
}

function makeTraceback(exception: PyException): PyTraceback | undefined {
  const { trace, raisedDepth, caughtDepth, made } = exception;
  if (made !== undefined && made.depth === caughtDepth) return made.traceback;
  let traceback = exception.given;
  const raises = [];
  for (let at = exception.earlier; at !== undefined; at = at.earlier) raises.push(at);
  for (const one of raises.reverse()) {
    traceback = extend(one.trace, between(one.raisedDepth, one.caughtDepth), traceback);
  }
  if (trace !== undefined) traceback = extend(trace, between(raisedDepth, caughtDepth), traceback);
  exception.made = { depth: caughtDepth, traceback };
  return traceback;
}

/** `__traceback__ = value`. */
export function setTraceback(exception: PyException, value: Value | undefined): void {
  if (value === undefined) fault("TypeError", "__traceback__ may not be deleted");
  if (value !== None && !(value instanceof PyTraceback)) {
    fault("TypeError", "__traceback__ must be a traceback or None");
  }
  exception.given = value instanceof PyTraceback ? value : undefined;
  exception.trace = exception.earlier = exception.made = undefined;
}

/** The frame that called, `depth` calls further out; `undefined` beyond the outermost. */
export function frameAt(depth: number): PyFrame | undefined {
  return framesOf(visible(going(new Error(), Infinity)))[depth];
}

/** The calls that whoever asks may see: a program that is judged sees none of the judge's. */
function visible(calls: Going[]): Going[] {
  const { seal } = runtime();
  if (seal === undefined || seal.asked()) return calls;
  const end = calls.findIndex(({ loaded }) => {
    return seal.holds(loaded.globals) && !seal.trusts(loaded.globals);
  });
  return end < 0 ? calls : calls.slice(0, end);
}

/** How many calls are going on, as the stack tells it; infinitely many where it is longer than `frames`. */
export function callsGoing(frames: number): number {
  const trace = new Error();
  const lines = (trace.stack ?? "").split("\n").length;
  return lines > frames
    ? Infinity
    : going(trace, Infinity).filter((one) => one.site.counted).length;
}
