/**
 * The ledger: everything that happened in a run and everything that plugins
 * proposed, one JSON object a line, written as it happens and never changed.
 *
 * An event's payload stands in `inputs`. A line about proposals refers to its
 * event by id and holds digests: a report's text would only say again what the
 * events say, and any report can be made from them.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { KataError } from "../errors.ts";
import { EVENT_VERSION, type EventPayload, type KataEvent } from "./event.ts";
import { shapeProblem } from "./shape.ts";
import { isoTime, stamped } from "./stamp.ts";
import { createUlids, isUlid } from "./ulid.ts";

/** The version of the contract that plugins run under, in each line's `policy_version`. */
export const POLICY_VERSION = "1.1.0";

/** `recorded` marks an event's line; the others say what became of proposals. */
export type LineStatus = "recorded" | "applied" | "ignored" | "refused" | "failed";

/** A proposal as the ledger keeps it. */
export interface ProposalDigest {
  plugin: string;
  action: string;
  /** Of the UTF-8 of the text, or of the payload's JSON when it has none; in hex. */
  sha256: string;
  /** Bytes of what was digested. */
  size: number;
}

/** One line, parsed. */
export interface LedgerLine {
  v: number;
  /** Of the event, or of the event that the line answers. */
  seq: number;
  ulid: string;
  ts: string;
  event: string;
  policy_version: string;
  /** The event's payload; of a line about proposals `{event: <ulid>}`. */
  inputs: Record<string, unknown>;
  actions: ProposalDigest[];
  status: LineStatus;
  /** Why proposals were refused or failed. */
  message?: string;
}

/** What became of the proposals that a plugin made for an event. */
export interface Outcome {
  plugin: string;
  actions: readonly { action: string; payload: object }[];
  status: Exclude<LineStatus, "recorded">;
  message?: string;
}

/** Where a ledger gets the ids of its own lines from; a `Stamper` is one. */
export interface UlidSource {
  ulid(): string;
}

/**
 * Writes a run's ledger. Each line is in the file when its method returns, so
 * that a killed run loses at most the half of its last line. A file of that
 * name from an earlier run is replaced.
 */
export class LedgerWriter {
  readonly path: string;
  readonly #ids: UlidSource;
  readonly #policyVersion: string;
  #file: number | undefined;

  /** Throws a KataError that names the file when it cannot be created. */
  constructor(
    path: string,
    ids: UlidSource = { ulid: createUlids() },
    policyVersion: string = POLICY_VERSION,
  ) {
    this.path = path;
    this.#ids = ids;
    this.#policyVersion = policyVersion;
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.#file = openNew(path);
    } catch (cause) {
      throw ledgerError("write", path, reasonOf(cause), cause);
    }
  }

  /** Appends an event; a KataError that names the file when it cannot be written. */
  append(event: KataEvent): void {
    const { v, seq, ulid, ts, event: name, ...inputs } = event;
    this.#write({
      v,
      seq,
      ulid,
      ts,
      event: name,
      policy_version: this.#policyVersion,
      inputs,
      actions: [],
      status: "recorded",
    });
    if (name === "RunFinished") this.#checkName();
  }

  /** Appends what became of a plugin's proposals for an event. */
  outcome(event: KataEvent, outcome: Outcome): void {
    const ulid = this.#ids.ulid();
    const line: LedgerLine = {
      v: EVENT_VERSION,
      seq: event.seq,
      ulid,
      ts: isoTime(ulid),
      event: event.event,
      policy_version: this.#policyVersion,
      inputs: { event: event.ulid, plugin: outcome.plugin },
      actions: outcome.actions.map((proposal) => digest(outcome.plugin, proposal)),
      status: outcome.status,
    };
    if (outcome.message !== undefined) line.message = outcome.message.toWellFormed();
    this.#write(line);
  }

  /** Closes the file; a second call does nothing. */
  close(): void {
    if (this.#file === undefined) return;
    const file = this.#file;
    this.#file = undefined;
    closeSync(file);
  }

  /** A run whose ledger is lost may not end as if it were there. */
  #checkName(): void {
    const named = statSync(this.path, { throwIfNoEntry: false });
    if (named?.isFile() !== true || this.#file === undefined) return;
    if (named.ino !== fstatSync(this.#file).ino) {
      throw ledgerError("write", this.path, "another run has replaced it; give each its own file");
    }
  }

  #write(line: LedgerLine): void {
    if (this.#file === undefined) throw ledgerError("write", this.path, "it is closed");
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
    } catch (cause) {
      throw ledgerError("write", this.path, reasonOf(cause), cause);
    }
  }
}

/** Opens a new file and gives it the name at once; devices and pipes as they are. */
function openNew(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isFile()) return openSync(path, "w");
  // Through links, so that a link to a ledger stays a link.
  const target = stat === undefined ? path : realpathSync(path);
  const fresh = `${target}.${process.pid}-${randomBytes(8).toString("hex")}.partial`;
  const file = openSync(fresh, "wx");
  renameSync(fresh, target);
  return file;
}

/** The events of a ledger's file, in order; KataErrors as {@link parseLedger}. */
export function* readLedger(path: string): Generator<KataEvent> {
  yield* inOrder(readLedgerLines(path), path);
}

/**
 * The events among the lines, none missing: without a test's end a run is no less red, but
 * without the line of a gate it would be green.
 */
function* inOrder(lines: Iterable<LedgerLine>, name: string): Generator<KataEvent> {
  let seq = 0;
  for (const line of lines) {
    if (line.status !== "recorded") continue;
    if (line.seq !== ++seq) {
      throw new KataError(
        "ledger-broken",
        `Cannot read ledger "${name}": event ${line.seq} stands where event ${seq} belongs`,
        { hint: "lines are missing, or not in their order; take the log as it was written" },
      );
    }
    yield toEvent(line);
  }
}

/** All lines of a ledger's file, those about proposals too. */
export function* readLedgerLines(path: string): Generator<LedgerLine> {
  yield* parseLines(fileChunks(path), path);
}

/**
 * The events of a ledger's text. A last line without an end is the mark of a
 * killed run: it counts when it is whole and is left out when it is not.
 * Throws a KataError with the line's number for anything else that is no
 * ledger line, and one that names both versions for a newer ledger.
 */
export function* parseLedger(text: string, name = "ledger"): Generator<KataEvent> {
  yield* inOrder(parseLines([text], name), name);
}

function* fileChunks(path: string): Generator<string> {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    throw ledgerError("read", path, reasonOf(cause), cause);
  }
  try {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(1 << 16);
    for (;;) {
      const size = readChunk(file, buffer, path);
      if (size === 0) break;
      yield decoder.decode(buffer.subarray(0, size), { stream: true });
    }
    yield decoder.decode();
  } finally {
    closeSync(file);
  }
}

function readChunk(file: number, buffer: Uint8Array, path: string): number {
  try {
    return readSync(file, buffer);
  } catch (cause) {
    throw ledgerError("read", path, reasonOf(cause), cause);
  }
}

function* parseLines(chunks: Iterable<string>, name: string): Generator<LedgerLine> {
  let number = 0;
  // A list and not a sum: one line may span thousands of chunks.
  let pending: string[] = [];
  for (const chunk of chunks) {
    const lines = chunk.split("\n");
    for (const [index, part] of lines.entries()) {
      pending.push(part);
      if (index === lines.length - 1) break;
      const text = pending.join("");
      pending = [];
      number++;
      if (text.trim() !== "") yield parseLine(text, number, name);
    }
  }
  const last = pending.join("");
  if (last.trim() !== "" && isJson(last)) yield parseLine(last, number + 1, name);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parseLine(text: string, number: number, name: string): LedgerLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw lineError(name, number, "it is no JSON", cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw lineError(name, number, "expected a JSON object");
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const [v, policy] = [fields.get("v"), fields.get("policy_version")];
  if (typeof v !== "number") throw lineError(name, number, '"v" is missing');
  if (v > EVENT_VERSION) {
    throw newer(name, `its events have version ${v}, this kata knows ${EVENT_VERSION}`);
  }
  if (typeof policy !== "string") throw lineError(name, number, '"policy_version" is missing');
  if (isNewer(policy, POLICY_VERSION)) {
    throw newer(name, `its contract has version ${policy}, this kata knows ${POLICY_VERSION}`);
  }
  const problem = lineProblem(fields);
  if (problem !== undefined) throw lineError(name, number, problem);
  // Every field was looked at above.
  return value as LedgerLine;
}

function lineProblem(fields: Map<string, unknown>): string | undefined {
  for (const [field, type] of [
    ["seq", "number"],
    ["ulid", "string"],
    ["ts", "string"],
    ["event", "string"],
    ["status", "string"],
  ]) {
    const value = fields.get(field ?? "");
    if (value === undefined) return `"${field}" is missing`;
    if (typeof value !== type) return `"${field}" is no ${type}`;
  }
  if (!isUlid(String(fields.get("ulid")))) return '"ulid" is no ULID';
  const inputs = fields.get("inputs");
  if (typeof inputs !== "object" || inputs === null) return '"inputs" is missing';
  if (!Array.isArray(fields.get("actions"))) return '"actions" is missing';
  if (fields.get("status") !== "recorded") return undefined;
  return shapeProblem(String(fields.get("event")), inputs);
}

function toEvent(line: LedgerLine): KataEvent {
  // The shape was checked against the event's name when the line was parsed.
  const payload = { ...line.inputs, event: line.event } as EventPayload;
  return stamped(payload, line.seq, line.ulid, line.ts, line.v);
}

function digest(plugin: string, proposal: { action: string; payload: object }): ProposalDigest {
  const text =
    "text" in proposal.payload && typeof proposal.payload.text === "string"
      ? proposal.payload.text
      : JSON.stringify(proposal.payload);
  const bytes = Buffer.from(text);
  return {
    plugin,
    action: proposal.action,
    sha256: new Bun.CryptoHasher("sha256").update(bytes).digest("hex"),
    size: bytes.length,
  };
}

/** True when version `a` (X.Y.Z) is greater than `b`. */
function isNewer(a: string, b: string): boolean {
  const [left, right] = [a.split("."), b.split(".")];
  for (let part = 0; part < 3; part++) {
    const difference = Number(left[part] ?? 0) - Number(right[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function newer(name: string, what: string): KataError {
  return new KataError("ledger-too-new", `Cannot read ledger "${name}": ${what}`, {
    hint: "read it with the version of kata that wrote it, or update this one",
  });
}

function lineError(name: string, number: number, what: string, cause?: unknown): KataError {
  return new KataError("ledger-broken", `Cannot read ledger "${name}": line ${number}: ${what}`, {
    hint: "a ledger is written by kata run --log FILE; each line is one JSON object",
    cause,
  });
}

function ledgerError(
  verb: "read" | "write",
  path: string,
  why: string,
  cause?: unknown,
): KataError {
  return new KataError(`ledger-${verb}`, `Cannot ${verb} ledger "${path}": ${why}`, { cause });
}

function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  // `ENOENT: no such file or directory, open '/x'`: the path is said already.
  return message.replace(/, \w+( '.*')?$/s, "").replace(/^[A-Z0-9]+: /, "");
}
