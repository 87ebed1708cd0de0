/** One extension: its fields, and everything that is wrong with them. */
import { CAPABILITIES, type Capability } from "./capabilities.ts";
import { readFrontmatter } from "./frontmatter.ts";
import { PLACEHOLDERS, unknownPlaceholders } from "./prompt.ts";
import { BLOCKING, isSlot, type Slot, SLOT_NAMES, SLOTS } from "./slots.ts";
import { splitWords } from "./words.ts";

export const KINDS = ["agentic", "command"] as const;
export const MODES = ["deterministic", "agentic", "hybrid"] as const;
export const ON_FAIL = ["warn", "suggest", "block"] as const;
/** Seconds that a command, or an agent, may take when nobody says otherwise. */
const DEFAULT_TIMEOUT = 600;
const MOST_SECONDS = 86_400;

const FIELDS = [
  "id",
  "slot",
  "kind",
  "mode",
  "agent",
  "on_fail",
  "anchorable",
  "run",
  "prompt",
  "timeout",
  "required_capabilities",
  "optional_capabilities",
];

export type OnFail = (typeof ON_FAIL)[number];
export type Mode = (typeof MODES)[number];

export interface Extension {
  id: string;
  slot: Slot;
  kind: (typeof KINDS)[number];
  /** Whether the same run gives the same outcome; only then may a replay run it again. */
  mode: Mode;
  /** The agent's name in `kata.toml`; `inherit` is `default`. */
  agent: string;
  on_fail: OnFail;
  /** True when its findings may be attached to lines of source. */
  anchorable: boolean;
  /** The words of a command; empty for an agentic one. */
  command: string[];
  /** What an agent is asked; `""` for a command. */
  prompt: string;
  /** Seconds. */
  timeout: number;
  required_capabilities: Capability[];
  optional_capabilities: Capability[];
  /** The file, as a person would name it. */
  file: string;
}

export interface Broken {
  /** What is wrong, in field order. */
  problems: string[];
  /** True when it has to fail the run: it says `block`, or may say so and cannot be read. */
  blocks: boolean;
}

/**
 * Reads a file's text. `registered` is the slot under which `kata.toml` lists
 * it. Never throws.
 */
export function readExtension(
  text: string,
  file: string,
  registered: Slot,
): { extension: Extension } | Broken {
  const { fields, repeated, body, problem } = readFrontmatter(text);
  if (fields === undefined) {
    const said = /^\s*["']?on_fail["']?\s*:\s*["']?block\b/m.test(text);
    return { problems: [String(problem)], blocks: said || SLOTS[registered].may_block };
  }
  const take = new Fields(fields);
  const extension = take.extension(file, registered, body);
  for (const key of repeated) take.problems.push(`${key} stands twice`);
  for (const key of fields.keys()) {
    if (!FIELDS.includes(key)) {
      take.problems.push(`unknown key ${JSON.stringify(key)} (known: ${FIELDS.join(", ")})`);
    }
  }
  if (take.problems.length === 0) return { extension };
  const onFail = fields.get("on_fail");
  const readable = ON_FAIL.some((one) => one === onFail) || onFail === undefined;
  const blocks =
    onFail === "block" ||
    ((!readable || repeated.includes("on_fail")) && SLOTS[registered].may_block);
  return { problems: take.problems, blocks };
}

class Fields {
  readonly problems: string[] = [];
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(fields: ReadonlyMap<string, unknown>) {
    this.#fields = fields;
  }

  /** Its values count only when there are no problems. */
  extension(file: string, registered: Slot, body: string): Extension {
    const id = this.#id();
    const slot = this.#slot(registered);
    const kind = this.#choice("kind", KINDS, "agentic");
    const mode = this.#choice("mode", MODES, kind === "command" ? "deterministic" : "agentic");
    const agent = this.#name("agent") ?? "inherit";
    const on_fail = this.#choice("on_fail", ON_FAIL, "warn");
    if (on_fail === "block" && !SLOTS[slot].may_block) {
      this.problems.push(
        `on_fail "block" may not stand in slot "${slot}" (only in: ${BLOCKING.join(", ")})`,
      );
    }
    const anchorable = this.#flag("anchorable");
    const isCommand = kind === "command";
    const wantsShell = listOf(this.#fields.get("required_capabilities")).includes("shell");
    const command = this.#command(isCommand, wantsShell);
    const prompt = this.#prompt(isCommand, body);
    const timeout = this.#timeout(isCommand);
    const required_capabilities = this.#capabilities("required_capabilities");
    const optional_capabilities = this.#capabilities("optional_capabilities");
    return {
      id,
      slot,
      kind,
      mode,
      agent,
      on_fail,
      anchorable,
      command,
      prompt,
      timeout,
      required_capabilities,
      optional_capabilities,
      file,
    };
  }

  #id(): string {
    if (this.#given("id") === undefined) this.problems.push("missing id");
    return this.#name("id") ?? "";
  }

  #slot(registered: Slot): Slot {
    const slot = this.#given("slot");
    if (slot === undefined) this.problems.push("missing slot");
    else if (!isSlot(slot)) {
      this.problems.push(`unknown slot ${show(slot)} (valid: ${SLOT_NAMES.join(", ")})`);
    } else if (slot !== registered) {
      this.problems.push(`slot "${slot}" differs from "${registered}", in which it is registered`);
    }
    return registered;
  }

  #command(isCommand: boolean, wantsShell: boolean): string[] {
    const run = this.#fields.get("run");
    if (!isCommand) {
      if (run !== undefined) this.problems.push("run is for commands only (kind: command)");
      return [];
    }
    if (run === undefined || run === null) {
      this.problems.push("a command needs run");
      return [];
    }
    const words = commandWords(run, wantsShell);
    if (Array.isArray(words)) return words;
    this.problems.push(words.problem);
    return [];
  }

  #prompt(isCommand: boolean, body: string): string {
    const given = this.#fields.get("prompt");
    if (isCommand) {
      if (given !== undefined) this.problems.push("prompt is for agentic extensions only");
      return "";
    }
    if (given !== undefined && typeof given !== "string") {
      this.problems.push(`prompt must be text, not ${show(given)}`);
      return "";
    }
    const prompt = given === undefined || given.trim() === "" ? body : given;
    if (prompt === "") this.problems.push("an agentic extension needs a prompt or a body");
    for (const name of unknownPlaceholders(prompt)) {
      this.problems.push(`unknown placeholder {{${name}}} (valid: ${PLACEHOLDERS.join(", ")})`);
    }
    return prompt;
  }

  #timeout(isCommand: boolean): number {
    const value = this.#fields.get("timeout");
    if (value === undefined) return DEFAULT_TIMEOUT;
    if (!isCommand) this.problems.push("timeout is for commands only");
    else if (typeof value === "number" && value > 0 && value <= MOST_SECONDS) return value;
    else {
      this.problems.push(
        `invalid timeout ${show(value)} (expected seconds, more than 0 and at most ${MOST_SECONDS})`,
      );
    }
    return DEFAULT_TIMEOUT;
  }

  #capabilities(field: string): Capability[] {
    const value = this.#fields.get(field);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.problems.push(`${field} must be a list, not ${show(value)}`);
      return [];
    }
    const names: Capability[] = [];
    const wrong: string[] = [];
    for (const name of value) {
      const known = CAPABILITIES.find((one) => one === name);
      if (known === undefined) wrong.push(show(name));
      else names.push(known);
    }
    if (wrong.length > 0) {
      this.problems.push(
        `unknown capabilities in ${field}: ${wrong.join(", ")} (valid: ${CAPABILITIES.join(", ")})`,
      );
    }
    return names;
  }

  #choice<T extends string>(field: string, choices: readonly T[], fallback: T): T {
    const value = this.#fields.get(field);
    if (value === undefined) return fallback;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) {
      this.problems.push(`invalid ${field} ${show(value)} (valid: ${choices.join(", ")})`);
    }
    return found ?? fallback;
  }

  #flag(field: string): boolean {
    const value = this.#fields.get(field);
    if (value === undefined || typeof value === "boolean") return value ?? false;
    this.problems.push(`${field} must be true or false, not ${show(value)}`);
    return false;
  }

  /** A name, as ids and agents have. */
  #name(field: string): string | undefined {
    const value = this.#given(field);
    if (value === undefined) return undefined;
    if (typeof value === "string" && /^[A-Za-z0-9][\w.-]{0,99}$/.test(value)) return value;
    this.problems.push(
      `invalid ${field} ${show(value)} (expected letters, digits, ".", "_" and "-")`,
    );
    return undefined;
  }

  /** A value; what is empty was not given. */
  #given(field: string): unknown {
    const value = this.#fields.get(field);
    return value === null || value === "" ? undefined : value;
  }
}

function commandWords(run: unknown, wantsShell: boolean): string[] | { problem: string } {
  const isText = typeof run === "string";
  const isList = Array.isArray(run) && run.every((word) => typeof word === "string");
  if (!isText && !isList) {
    return { problem: `run must be text or a list of words, not ${show(run)}` };
  }
  if (wantsShell && isText && run.trim() !== "") return ["/bin/sh", "-c", run];
  if (wantsShell && !isText) return { problem: "run must be text where a shell reads it" };
  const words = isText ? splitWords(run) : run;
  if (Array.isArray(words) && (words[0] ?? "").trim() === "") return { problem: "run is empty" };
  return words;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value in a message; what is not text is named by its kind. */
function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  return String(JSON.stringify(value)).slice(0, 80);
}
