/**
 * Reads a failure that someone else made. A test may throw any object, with
 * fields of the same names and of other types: what is no part of a failure is
 * left out, so that reports need not look twice.
 */
import { cutNote, cutText } from "./failure-text.ts";
import { TENSOR_VALUES_CAP, type Failure, type Frame, type TensorValue } from "./event.ts";

/** Characters of a text: more is no message, and every report would carry it. */
const TEXT_CAP = 65_536;
/** Room for the note of a text that was cut already. */
const NOTE_ROOM = 64;
/** Entries of any other list; a list of a hostile length is not one. */
const LIST_CAP = 1000;

/** The failure with the fields that are what they should be; never throws. */
export function readFailure(from: object): Failure {
  const read: Failure = { message: "", type: "" };
  for (const [name, value] of Object.entries(from)) {
    switch (name) {
      case "message":
      case "type":
      case "expected":
      case "received":
      case "diff":
      case "stack":
        if (typeof value === "string") read[name] = capped(value);
        break;
      case "frame": {
        const frame = readFrame(value);
        if (frame !== undefined) read.frame = frame;
        break;
      }
      case "tensors": {
        const tensors = (readList(value, readTensor) ?? []).filter((tensor) => tensor !== null);
        if (tensors.length > 0) read.tensors = tensors;
        break;
      }
      case "first_difference": {
        const index = readList(value, readCount);
        if (index !== undefined) read.first_difference = index;
        break;
      }
      default:
    }
  }
  return read;
}

/** A tensor with at most `TENSOR_VALUES_CAP` values; null for what is none. */
function readTensor(value: unknown): TensorValue | null {
  if (!isObject(value)) return null;
  const { role, dtype, capped } = value;
  const shape = readList(value["shape"], readCount);
  const all: unknown = value["values"];
  const values = Array.isArray(all)
    ? readList(all.slice(0, TENSOR_VALUES_CAP), readElement)
    : undefined;
  if (role !== "expected" && role !== "received") return null;
  if (typeof dtype !== "string" || typeof capped !== "boolean") return null;
  if (shape === undefined || values === undefined) return null;
  const cut = Array.isArray(all) && all.length > values.length;
  return { role, shape, dtype, values, capped: capped || cut };
}

function readFrame(value: unknown): Frame | undefined {
  if (!isObject(value)) return undefined;
  const { file, line, column, solution } = value;
  const lines = readList(value["lines"], readSourceLine);
  if (typeof file !== "string" || typeof solution !== "boolean") return undefined;
  if (!isCount(line) || !isCount(column) || lines === undefined) return undefined;
  return { file, line, column, lines, solution };
}

function readSourceLine(value: unknown): Frame["lines"][number] | undefined {
  if (!isObject(value)) return undefined;
  const { number, text } = value;
  return isCount(number) && typeof text === "string" ? { number, text: capped(text) } : undefined;
}

/** The text with a note of what was cut; one that was cut before stays as it is. */
function capped(text: string): string {
  if (text.length <= TEXT_CAP + NOTE_ROOM) return text;
  const kept = cutText(text, TEXT_CAP);
  return `${kept}\n${cutNote(text.length - kept.length)}`;
}

/** JSON has no NaN and no infinities: they are strings, as `TensorValue` says. */
function readElement(value: unknown): number | string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return typeof value === "string" ? value : undefined;
}

function readCount(value: unknown): number | undefined {
  return isCount(value) ? value : undefined;
}

/** What `read` makes of each entry, holes too; undefined when it has an undefined for one. */
function readList<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length > LIST_CAP) return undefined;
  const list: T[] = [];
  for (const item of value) {
    const entry = read(item);
    if (entry === undefined) return undefined;
    list.push(entry);
  }
  return list;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
