/** Traces on disk with their sampling rate: what a tuning tool is handed. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { KataError } from "../errors.ts";
import { badArgument } from "./check.ts";
import { formatNpy, parseNpy } from "./npy.ts";
import { rowsOf, type Trace } from "./traces.ts";

const SCHEMA_VERSION = "1.0.0";

/** What the metadata's file always holds, beside a user's own keys. */
export interface TuningMetadata {
  schema_version: string;
  sampling_rate_hz: number;
  num_cells: number;
  num_timepoints: number;
  dtype: string;
  [key: string]: unknown;
}

/** Traces and what is known of them. */
export interface TuningData {
  /** One row a cell. */
  traces: Float64Array[];
  metadata: TuningMetadata;
}

/**
 * Writes `{path}.npy` (float64, little-endian, C order, always cells × time) and
 * `{path}_metadata.json`.
 *
 * @param fs samples a second
 * @param metadata keys of one's own; those that describe the array win over them
 * @throws KataError when an argument is wrong or a file cannot be written
 */
export function saveForTuning(
  traces: Trace | readonly Trace[],
  fs: number,
  path: string,
  metadata: Readonly<Record<string, unknown>> = {},
): void {
  const { rows } = rowsOf(traces);
  if (!(fs > 0 && fs < Infinity)) {
    throw badArgument(`fs must be a positive number of samples a second, got ${fs}`);
  }
  const length = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * length);
  rows.forEach((row, cell) => data.set(row, cell * length));
  const described: TuningMetadata = {
    ...metadata,
    schema_version: SCHEMA_VERSION,
    sampling_rate_hz: fs,
    num_cells: rows.length,
    num_timepoints: length,
    dtype: "float64",
  };
  write(`${path}.npy`, formatNpy(data, [rows.length, length]));
  write(
    `${path}_metadata.json`,
    new TextEncoder().encode(`${JSON.stringify(described, null, 2)}\n`),
  );
}

/**
 * Reads what `saveForTuning` wrote.
 *
 * @throws KataError when either file is missing, cannot be read or disagrees with the other
 */
export function loadTuningData(path: string): TuningData {
  const file = `${path}_metadata.json`;
  const { shape, data } = parseNpy(read(`${path}.npy`), `${path}.npy`);
  const metadata = metadataOf(new TextDecoder().decode(read(file)), file);
  const [cells, length] = shape;
  if (shape.length !== 2 || cells === undefined || length === undefined) {
    throw new KataError(
      "bad-tuning-data",
      `Cannot use ${path}.npy: expected two dimensions (cells × time), got ${shape.length}`,
    );
  }
  if (metadata.num_cells !== cells || metadata.num_timepoints !== length) {
    throw new KataError(
      "bad-tuning-data",
      `Cannot use ${file}: it describes ${metadata.num_cells} × ${metadata.num_timepoints} values, and the array has ${cells} × ${length}`,
    );
  }
  const traces = Array.from({ length: cells }, (_, cell) =>
    data.slice(cell * length, (cell + 1) * length),
  );
  return { traces, metadata };
}

function metadataOf(text: string, file: string): TuningMetadata {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new KataError("bad-tuning-data", `Cannot read ${file}: it is not JSON`, { cause });
  }
  const metadata = value as TuningMetadata | null;
  if (typeof metadata !== "object" || metadata === null || !(metadata.sampling_rate_hz > 0)) {
    throw new KataError("bad-tuning-data", `Cannot use ${file}: it has no sampling_rate_hz`);
  }
  return metadata;
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const missing = (cause as { code?: string }).code === "ENOENT";
    const why = missing ? "there is no such file" : (cause as Error).message;
    throw new KataError("unreadable-file", `Cannot read ${path}: ${why}`, { cause });
  }
}

/** Whole or not at all. */
function write(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(`${path}.${process.pid}`, bytes);
    renameSync(`${path}.${process.pid}`, path);
  } catch (cause) {
    throw new KataError("unwritable-file", `Cannot write ${path}: ${(cause as Error).message}`, {
      cause,
    });
  }
}
