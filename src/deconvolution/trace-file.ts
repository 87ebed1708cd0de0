/** A `.npy` file of traces, read cell by cell, so that it may be larger than memory. */
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { KataError } from "../errors.ts";
import { checkNpyLength, decodeValues, type NpyHeader, readNpyHeader } from "./npy.ts";

/** Enough for the header of any array of numbers. */
const HEAD_BYTES = 2 ** 16;
const DIGEST_BYTES = 2 ** 20;

/** Traces in an open file. */
export interface TraceFile {
  cells: number;
  /** Samples of each. */
  length: number;
  /** @throws KataError when the file has become shorter */
  read: (cell: number) => Float64Array;
  /** SHA-256 of the whole file, in hex. */
  digest(): string;
  close(): void;
}

/**
 * Opens a file of one trace, or of cells × time. Both orders, both byte orders.
 *
 * @throws KataError when it cannot be read, or holds no traces
 */
export function openTraces(path: string, name: string = path): TraceFile {
  const fd = open(path, name);
  try {
    const { size } = fstatSync(fd);
    const header = readNpyHeader(readAt(fd, 0, Math.min(HEAD_BYTES, size), name), name);
    checkNpyLength(header, size, name);
    const [cells, length] = header.shape.length === 1 ? [1, header.shape[0]] : header.shape;
    if (header.shape.length > 2 || cells === undefined || length === undefined) {
      throw new KataError(
        "bad-npy",
        `Cannot use ${name}: expected one or two dimensions (cells × time), got ${header.shape.length}`,
      );
    }
    if (cells * length === 0) {
      throw new KataError(
        "bad-npy",
        `Cannot use ${name}: its shape (${header.shape.join(", ")}) holds no samples`,
      );
    }
    const read = header.fortranOrder
      ? columnReader(fd, header, cells, length, name)
      : (cell: number): Float64Array => {
          const bytes = length * header.itemBytes;
          return decodeValues(header, readAt(fd, header.offset + cell * bytes, bytes, name));
        };
    return { cells, length, read, digest: () => digestOf(fd, size), close: () => closeSync(fd) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Fortran order keeps a cell's samples apart, so the whole array is held. */
function columnReader(
  fd: number,
  header: NpyHeader,
  cells: number,
  length: number,
  name: string,
): (cell: number) => Float64Array {
  let all: Float64Array | undefined;
  return (cell) => {
    const bytes = cells * length * header.itemBytes;
    all ??= decodeValues(header, readAt(fd, header.offset, bytes, name));
    return Float64Array.from({ length }, (_, t) => all?.[t * cells + cell] ?? Number.NaN);
  };
}

function open(path: string, name: string): number {
  let fd: number | undefined;
  try {
    // Before it is opened: opening a pipe waits until somebody writes to it.
    if (!statSync(path).isFile()) throw new Error("it is not a file");
    fd = openSync(path, "r");
    if (!fstatSync(fd).isFile()) throw new Error("it is not a file");
    return fd;
  } catch (cause) {
    if (fd !== undefined) closeSync(fd);
    const missing = (cause as { code?: string }).code === "ENOENT";
    const why = missing ? "there is no such file" : (cause as Error).message;
    throw new KataError("unreadable-file", `Cannot read ${name}: ${why}`, { cause });
  }
}

function readAt(fd: number, at: number, length: number, name: string): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const got = readSync(fd, bytes, done, length - done, at + done);
    if (got === 0) throw new KataError("bad-npy", `Cannot read ${name}: it is cut off`);
    done += got;
  }
  return bytes;
}

function digestOf(fd: number, size: number): string {
  const hasher = new Bun.CryptoHasher("sha256");
  const buffer = new Uint8Array(DIGEST_BYTES);
  for (let at = 0; at < size;) {
    const got = readSync(fd, buffer, 0, buffer.length, at);
    if (got === 0) break;
    hasher.update(buffer.subarray(0, got));
    at += got;
  }
  return hasher.digest("hex");
}
