/**
 * The text of an event log: one JSON object a line, first what it is, then an event for each effect.
 *
 *     {"log":"python-effects","v":1}
 *     {"seq":0,"at":1700000000000,"effect":"env.get","args":["HOME"],"ok":null}
 *     {"seq":1,"at":1700000000001,"effect":"fs.open","args":["/a","r"],"failure":{"kind":"OSError",…}}
 *
 * Long arguments stand as their digest; results always stand in full, for they are answers to come.
 */
import { KataError } from "../../errors.ts";
import { ERRNO, type Failure } from "./failure.ts";
import { type Plain, plainText, plainValue } from "./plain.ts";

/** Newer logs are refused. */
const VERSION = 1;

/** A log's first line. */
export const HEAD: string = `{"log":"python-effects","v":${VERSION}}\n`;

/** Characters of arguments that stand in the log as they are. */
const INLINE = 1024;

/** Arguments in their text form, in full or as a digest; equal texts are equal arguments. */
export type ArgumentsText = string;

/** What an effect gave: its result, or how it failed. */
export type Answered = { readonly ok: Plain } | { readonly failure: Failure };

/** An effect that was answered. */
export type LogEvent = Answered & {
  /** From 0, without gaps. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly effect: string;
  readonly args: ArgumentsText;
  /** How many effects, whose own events come later, this one lies in: those of callbacks lie in one. */
  readonly in?: number;
};

/** The event that says that a host's function called back; its arguments are the callback's number and its own. */
export const CALLBACK = "callback";

/** A log that was read. */
export interface History {
  readonly events: readonly LogEvent[];
  /** What was good of the text, up to the end of a line; what comes next is appended to this. */
  readonly text: string;
  /** Whether half a line was left out at the end: its effect was done, or not. */
  readonly cut: boolean;
}

/** The arguments of an effect as its event holds them. */
export function argumentsText(args: readonly Plain[]): ArgumentsText {
  const text = plainText(args);
  if (text.length <= INLINE) return text;
  const sha256 = new Bun.CryptoHasher("sha256").update(text).digest("hex");
  return `{"sha256":"${sha256}","size":${text.length}}`;
}

/** An event's line. */
export function eventLine(event: LogEvent): string {
  const outcome =
    "ok" in event ? `"ok":${plainText(event.ok)}` : `"failure":${JSON.stringify(event.failure)}`;
  const { seq, at, effect, args } = event;
  const inside = event.in === undefined ? "" : `"in":${event.in},`;
  return `{"seq":${seq},"at":${at},"effect":${JSON.stringify(effect)},${inside}"args":${args},${outcome}}\n`;
}

/**
 * Reads a log. A last line without an end is the mark of a process that was killed: it counts when it is
 * whole, and is left out when it is not. So are the events inside of an effect that has none itself: it
 * is done again, and calls back again. Throws a KataError with the line's number for anything else
 * that is no log, and one that names both versions for a newer log.
 */
export function readLog(source: string | Uint8Array): History {
  const text = typeof source === "string" ? source : decode(source);
  const events: LogEvent[] = [];
  // What is good: up to the end of an event that lies in none that is missing.
  let whole = { events: 0, size: 0 };
  let start = 0;
  let good = text;
  for (let number = 1; start < text.length; number++) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end === -1 ? text.length : end);
    if (end === -1 && !isWhole(line)) break;
    const json = parseLine(line, number);
    if (number === 1) checkHead(json);
    else events.push(toEvent(json, number));
    if (end === -1) good = `${text}\n`;
    start = end === -1 ? good.length : end + 1;
    if (events.at(-1)?.in === undefined) whole = { events: events.length, size: start };
  }
  const cut = whole.size < good.length;
  return { events: events.slice(0, whole.events), text: good.slice(0, whole.size), cut };
}

/** Half a character at the end is half a line; in the middle it is damage. */
function decode(bytes: Uint8Array): string {
  const whole = bytes.lastIndexOf(10) + 1;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(0, whole),
    );
  } catch (cause) {
    throw new KataError("log-damaged", "Cannot read the log: it is not UTF-8", { cause });
  }
  return text + new TextDecoder().decode(bytes.subarray(whole));
}

function isWhole(line: string): boolean {
  if (!line.endsWith("}")) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function parseLine(line: string, number: number): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return damaged(number, "it is not JSON");
  }
  return isRecord(json) ? json : damaged(number, "it is no JSON object");
}

function checkHead(json: Readonly<Record<string, unknown>>): void {
  if (json.log !== "python-effects" || typeof json.v !== "number") {
    damaged(1, `a log begins with ${HEAD.trim()}`);
  }
  if (json.v === VERSION) return;
  throw new KataError(
    "log-version",
    `Cannot read the log: it has version ${json.v}, and this kata reads version ${VERSION}`,
    { hint: "Go on with the kata that wrote it" },
  );
}

const KEYS = ["seq", "at", "effect", "in", "args", "ok", "failure"];

function toEvent(json: Readonly<Record<string, unknown>>, number: number): LogEvent {
  const extra = Object.keys(json).find((key) => !KEYS.includes(key));
  if (extra !== undefined) damaged(number, `it has a field ${JSON.stringify(extra)}`);
  const { seq, at, effect, args } = json;
  if (seq !== number - 2) damaged(number, `expected event ${number - 2}, found ${String(seq)}`);
  if (typeof at !== "number") return damaged(number, `"at" is no number`);
  if (typeof effect !== "string") return damaged(number, `"effect" is no text`);
  if ("ok" in json === "failure" in json) damaged(number, `expected either "ok" or "failure"`);
  const inside = json.in;
  if (inside !== undefined && !(Number.isSafeInteger(inside) && Number(inside) > 0)) {
    return damaged(number, `"in" is no number from 1`);
  }
  const event = {
    seq: number - 2,
    at,
    effect,
    args: argumentsOf(args, number),
    ...(inside === undefined ? {} : { in: Number(inside) }),
  };
  if ("ok" in json) return { ...event, ok: valueOf(json.ok, number) };
  if (!isFailure(json.failure)) return damaged(number, `"failure" is not one`);
  return { ...event, failure: json.failure };
}

function valueOf(json: unknown, number: number): Plain {
  try {
    return plainValue(json);
  } catch (error) {
    return damaged(number, (error as Error).message);
  }
}

function argumentsOf(json: unknown, number: number): ArgumentsText {
  if (Array.isArray(json)) return plainText(valueOf(json, number));
  if (isRecord(json) && typeof json.sha256 === "string" && typeof json.size === "number") {
    return `{"sha256":${JSON.stringify(json.sha256)},"size":${json.size}}`;
  }
  return damaged(number, `"args" is neither a list nor a digest`);
}

const FAILURE_KEYS = ["kind", "message", "errno", "path", "path2", "callback"];

function isFailure(json: unknown): json is Failure {
  if (!isRecord(json) || typeof json.kind !== "string" || typeof json.message !== "string")
    return false;
  const texts = Object.entries(json).every(
    ([key, value]) => FAILURE_KEYS.includes(key) && typeof value === "string",
  );
  return texts && (json.errno === undefined || Object.hasOwn(ERRNO, json.errno as string));
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function damaged(number: number, problem: string): never {
  throw new KataError("log-damaged", `Cannot read line ${number} of the log: ${problem}`, {
    hint: "Cut the log off before that line to go on from there",
  });
}
