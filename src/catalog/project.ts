/** A project's own settings: `kata.toml` in the folder that kata runs in. */
import {
  isTable,
  ManifestReader,
  takeInteger,
  takeString,
  takeStrings,
} from "./manifest-reader.ts";
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

/** What `[extensions]` lists; see `kata help extensions`. */
export interface ExtensionList {
  /** Relative to the project. */
  folder: string;
  /** Per slot the files, in order, relative to the folder. */
  slots: Record<string, string[]>;
}

/** One of `[plugins.<name>]`; see `kata help plugins`. */
export interface PluginEntry {
  /** Kebab-case; the name that its spec has, too. */
  name: string;
  /** Its folder, relative to the project, or the package that it is. */
  from: { path: string } | { package: string };
  /** True when it may fail the run, and does where it cannot say anything. */
  gate: boolean;
}

export interface Project {
  sandbox: SandboxSettings;
  extensions?: ExtensionList;
  /** `[agents.<name>]`: the command of each, as words. */
  agents: Record<string, string[]>;
  plugins: PluginEntry[];
}

/** What a folder without `kata.toml` says. */
export const NO_PROJECT: Project = { sandbox: {}, agents: {}, plugins: [] };

const EXTENSIONS = "extensions";
const PLUGINS = "plugins";
const TABLES = ["sandbox", EXTENSIONS, "agents", PLUGINS];
const PLUGIN_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const PACKAGE_NAME = /^(?:@[\w.-]+\/)?[\w-][\w.-]*$/;
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
): { project: Project; problems: Problem[] } {
  const positions = scanKeys(text);
  const reader = new ManifestReader(positions, file, true);
  const tables = parseToml(text, positions, reader, file) ?? {};
  // A setting that nobody reads would be a wall, or a gate, that nobody raises.
  reader.unknownKeys([], tables, TABLES);
  const project: Project = {
    sandbox: takeSandbox(reader, tables["sandbox"]),
    agents: takeAgents(reader, tables["agents"]),
    plugins: takePlugins(reader, tables[PLUGINS]),
  };
  const extensions = takeExtensions(reader, tables[EXTENSIONS]);
  if (extensions !== undefined) project.extensions = extensions;
  return { project, problems: reader.problems };
}

function takeExtensions(reader: ManifestReader, table: unknown): ExtensionList | undefined {
  if (table === undefined) return undefined;
  if (!isTable(table)) {
    return reader.wrong([EXTENSIONS], table, "a table", "write [extensions] on a line of its own");
  }
  reader.unknownKeys([EXTENSIONS], table, ["folder", "slots"]);
  const hint = 'write folder = "extensions"';
  const folder =
    table["folder"] === undefined
      ? EXTENSIONS
      : takeString(reader, [EXTENSIONS, "folder"], table["folder"], {
          hint,
          oneLine: true,
          nonEmpty: true,
        });
  const slots: Record<string, string[]> = {};
  const given = table["slots"] ?? {};
  if (!isTable(given)) {
    reader.wrong([EXTENSIONS, "slots"], given, "a table", 'write slots.gate = ["lint.md"]');
  } else {
    for (const [slot, files] of Object.entries(given)) {
      slots[slot] = takeStrings(reader, [EXTENSIONS, "slots", slot], files, {
        hint: `write "${slot}" = ["one.md", "two.md"]`,
        oneLine: true,
      });
    }
  }
  return { folder: folder ?? EXTENSIONS, slots };
}

function takeAgents(reader: ManifestReader, table: unknown): Record<string, string[]> {
  const agents: Record<string, string[]> = {};
  if (table === undefined) return agents;
  const hint = 'write [agents.default] and below it command = ["program", "argument"]';
  if (!isTable(table)) {
    reader.wrong(["agents"], table, "a table", hint);
    return agents;
  }
  for (const [name, agent] of Object.entries(table)) {
    if (!isTable(agent)) {
      reader.wrong(["agents", name], agent, "a table", hint);
      continue;
    }
    reader.unknownKeys(["agents", name], agent, ["command"]);
    const path = ["agents", name, "command"];
    const command = agent["command"];
    if (command === undefined) reader.missing(path, hint);
    else {
      const words = takeStrings(reader, path, command, { hint, oneLine: true });
      if (Array.isArray(command) && command.length === 0) {
        reader.note(path, { message: "An agent's command is empty", expected: "words", hint });
      }
      agents[name] = words;
    }
  }
  return agents;
}

function takePlugins(reader: ManifestReader, table: unknown): PluginEntry[] {
  if (table === undefined) return [];
  const hint = 'write [plugins.my-plugin] and below it path = "plugins/my-plugin"';
  if (!isTable(table)) return reader.wrong([PLUGINS], table, "a table", hint) ?? [];
  return Object.entries(table).flatMap(([name, entry]): PluginEntry[] => {
    const at = [PLUGINS, name];
    if (!isTable(entry)) return reader.wrong(at, entry, "a table", hint) ?? [];
    reader.unknownKeys(at, entry, ["path", "package", "gate"]);
    if (!PLUGIN_NAME.test(name)) {
      const message = `The name of a plugin is ${JSON.stringify(name)}`;
      reader.note(at, { message, expected: "kebab-case, such as my-plugin" });
    }
    const { gate = false, path, package: from } = entry;
    if (typeof gate !== "boolean")
      reader.wrong([...at, "gate"], gate, "true or false", "write gate = true");
    const text = (key: string, value: unknown): string | undefined =>
      takeString(reader, [...at, key], value, { hint, oneLine: true, nonEmpty: true });
    if ((path === undefined) === (from === undefined)) {
      const message = `${at.join(".")} has ${path === undefined ? "neither path nor" : "both path and"} package`;
      reader.note(at, { message, expected: "one of the two", hint });
      return [];
    }
    const place = text(path === undefined ? "package" : "path", path ?? from);
    if (place === undefined) return [];
    if (path === undefined && !PACKAGE_NAME.test(place)) {
      const message = `${JSON.stringify(place)} is no package's name`;
      reader.note([...at, "package"], { message, expected: "a name such as @me/my-plugin" });
    }
    const where = path === undefined ? { package: place } : { path: place };
    return [{ name, from: where, gate: gate === true }];
  });
}

function takeSandbox(reader: ManifestReader, table: unknown): SandboxSettings {
  const sandbox: SandboxSettings = {};
  if (table === undefined) return sandbox;
  if (!isTable(table)) {
    reader.wrong(["sandbox"], table, "a table", "write [sandbox] on a line of its own");
    return sandbox;
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
  return sandbox;
}

function entries<K extends string, V>(table: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(table) as [K, V][];
}
