/** Cuts a file into its YAML frontmatter and its body. Never throws. */

export interface Frontmatter {
  /** The parsed mapping; absent when there is none, or it could not be read. */
  fields?: ReadonlyMap<string, unknown>;
  /** Keys that stand twice: YAML's last one wins, which nobody who reads the first would know. */
  repeated: string[];
  body: string;
  problem?: string;
}

const FENCE = /^---[ \t]*$/;

/** `text` may begin with a byte order mark and blank lines, and have CRLF line ends. */
export function readFrontmatter(text: string): Frontmatter {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const none = { repeated: [], body: "" };
  const start = lines.findIndex((line) => line.trim() !== "");
  if (!FENCE.test(lines[start] ?? "")) {
    return { ...none, problem: "missing frontmatter mini-spec" };
  }
  // Only at the line's start: what a block scalar holds is indented.
  const length = lines.slice(start + 1).findIndex((line) => FENCE.test(line));
  if (length === -1) {
    return { ...none, problem: "unterminated frontmatter (no closing '---')" };
  }
  const yaml = lines.slice(start + 1, start + 1 + length).join("\n");
  const body = lines
    .slice(start + length + 2)
    .join("\n")
    .trim();
  try {
    const value: unknown = Bun.YAML.parse(yaml);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { ...none, body, problem: "the frontmatter is no mapping of fields to values" };
    }
    return { fields: new Map(Object.entries(value)), repeated: repeatedKeys(yaml), body };
  } catch (error) {
    return { ...none, body, problem: `invalid YAML: ${yamlReason(error)}` };
  }
}

/** Keys of the outermost mapping start their lines; nothing else in it may. */
function repeatedKeys(yaml: string): string[] {
  const keys = [...yaml.matchAll(/^["']?([A-Za-z_][\w-]*)["']?[ \t]*:/gm)].map(([, key]) => key);
  return [...new Set(keys.filter((key, at) => key !== undefined && keys.indexOf(key) !== at))].map(
    String,
  );
}

function yamlReason(error: unknown): string {
  return String(error).replace(/^\w+: (YAML Parse error: )?/, "");
}
