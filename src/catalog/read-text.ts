import { readFileSync, statSync } from "node:fs";
import { position, startsOfLines } from "./toml-positions.ts";
import type { Problem } from "./problem.ts";

/** No manifest or template that a person wrote is larger, in bytes. */
export const MAX_BYTES: number = 1024 * 1024;

/**
 * Reads a file as UTF-8. What keeps it from being read (it is no regular file,
 * it is too large, a byte is not UTF-8) comes back as a problem, never thrown.
 */
export function readText(file: string): { text: string } | { problem: Problem } {
  let bytes: Uint8Array;
  try {
    const stats = statSync(file);
    // Reading a pipe or a device could wait for ever.
    if (!stats.isFile()) return whole(file, "is not a regular file");
    if (stats.size > MAX_BYTES) {
      return whole(file, `has ${stats.size} bytes, more than the ${MAX_BYTES} that are read`);
    }
    bytes = readFileSync(file);
  } catch (error) {
    return whole(file, error instanceof Error ? error.message : String(error));
  }
  return decode(bytes, file);
}

/** Decodes UTF-8 and names the place of the first byte that is not. */
export function decode(bytes: Uint8Array, file: string): { text: string } | { problem: Problem } {
  const valid = (length: number): string | undefined => {
    try {
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      return decoder.decode(bytes.subarray(0, length), { stream: length < bytes.length });
    } catch {
      return undefined;
    }
  };
  const text = valid(bytes.length);
  if (text !== undefined) return { text };
  let low = 0;
  let high = bytes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (valid(middle) === undefined) high = middle;
    else low = middle;
  }
  const before = valid(low) ?? "";
  const place = position(startsOfLines(before), before.length);
  return {
    problem: {
      severity: "error",
      file,
      ...place,
      message: `Cannot read ${file}: byte ${high} is not UTF-8`,
      expected: "UTF-8 text",
      hint: "save the file with the encoding UTF-8",
    },
  };
}

function whole(file: string, reason: string): { problem: Problem } {
  return {
    problem: {
      severity: "error",
      file,
      line: 0,
      column: 0,
      message: `Cannot read ${file}: ${reason}`,
    },
  };
}
