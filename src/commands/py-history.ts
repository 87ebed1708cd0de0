/** The lines entered at Python's prompt, kept in the state folder; where that cannot be, they are not kept. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How many lines are kept. */
const MOST = 1000;

export interface LineHistory {
  /** Newest first, as readline has them. */
  readonly lines: readonly string[];
  add(line: string): void;
}

/** Never fails: a prompt without a history is one still. */
export function openHistory(env: Readonly<Record<string, string | undefined>>): LineHistory {
  const file = fileOf(env);
  const lines = file === undefined ? [] : kept(file);
  return {
    lines: lines.toReversed(),
    add: (line) => {
      if (file === undefined) return;
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        appendFileSync(file, `${line}\n`, { mode: 0o600 });
      } catch {
        // A home that cannot be written to.
      }
    },
  };
}

function fileOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_STATE_HOME: state, HOME: home, LOCALAPPDATA: local } = env;
  if (state?.startsWith("/") === true) return join(state, "kata", "python-history");
  if (home !== undefined && home !== "") return join(home, ".local/state/kata/python-history");
  return local === undefined ? undefined : join(local, "kata", "python-history");
}

function kept(file: string): string[] {
  try {
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    if (lines.length > 2 * MOST) writeFileSync(file, `${lines.slice(-MOST).join("\n")}\n`);
    return lines.slice(-MOST);
  } catch {
    return [];
  }
}
