/** A project's own settings: `kata.toml` in the folder that kata runs in. */
import { isTable, ManifestReader, takeInteger, takeStrings } from "./manifest-reader.ts";
import { parseToml } from "./manifest.ts";
import type { Problem } from "./problem.ts";
import { scanKeys } from "./toml-positions.ts";

/** The name of a project's settings. */
export const PROJECT = "kata.toml";

/** What `[sandbox]` grants; paths as they are written. */
export interface SandboxSettings {
  read?: "all" | string[];
  write?: "all" | string[];
  net?: boolean;
  env?: "all" | string[];
  run?: boolean;
  /** MiB. */
  memory?: number;
  /** Seconds. */
  cpu?: number;
  /** MiB. */
  output?: number;
}

const LISTS = { "allow-read": "read", "allow-write": "write", "allow-env": "env" } as const;
const FLAGS = { "allow-net": "net", "allow-run": "run" } as const;
/** The least and the most of each limit, as the flags of the same names have them. */
const LIMIT_RANGES = {
  "max-memory": [64, 1_048_576],
  "max-cpu": [1, 86_400],
  "max-output": [1, 1_048_576],
} as const;
const LIMITS = { "max-memory": "memory", "max-cpu": "cpu", "max-output": "output" } as const;
const KEYS = [...Object.keys(LISTS), ...Object.keys(FLAGS), ...Object.keys(LIMITS)];

/** Reads the settings; what is wrong is in `problems`, each with its place. Never throws. */
export function parseProject(
  text: string,
  file: string,
): { sandbox: SandboxSettings; problems: Problem[] } {
  const positions = scanKeys(text);
  const reader = new ManifestReader(positions, file, true);
  const table = parseToml(text, positions, reader, file)?.["sandbox"];
  const sandbox: SandboxSettings = {};
  if (table === undefined) return { sandbox, problems: reader.problems };
  if (!isTable(table)) {
    reader.wrong(["sandbox"], table, "a table", "write [sandbox] on a line of its own");
    return { sandbox, problems: reader.problems };
  }
  reader.unknownKeys(["sandbox"], table, KEYS);
  for (const [key, name] of entries(LISTS)) {
    const value = table[key];
    const hint = `write ${key} = ["one", "two"], or true for all`;
    if (value === true) sandbox[name] = "all";
    else if (value !== undefined && value !== false)
      sandbox[name] = takeStrings(reader, ["sandbox", key], value, { hint, oneLine: true });
  }
  for (const [key, name] of entries(FLAGS)) {
    const value = table[key];
    if (typeof value === "boolean") sandbox[name] = value;
    else if (value !== undefined)
      reader.wrong(["sandbox", key], value, "true or false", `write ${key} = true`);
  }
  for (const [key, name] of entries(LIMITS)) {
    if (table[key] === undefined) continue;
    const [min, max] = LIMIT_RANGES[key];
    const hint = `write ${key} = ${min}`;
    const value = takeInteger(reader, ["sandbox", key], table[key], { min, max, hint });
    if (value !== undefined) sandbox[name] = value;
  }
  return { sandbox, problems: reader.problems };
}

function entries<K extends string, V>(table: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(table) as [K, V][];
}
