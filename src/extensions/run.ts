/** Runs one extension, and turns how that ended into an outcome. */
import type { ExtensionFinished } from "../events/event.ts";
import { cutText } from "../events/failure-text.ts";
import type { Extension, OnFail } from "./extension.ts";
import type { Ready } from "./load.ts";
import { type ProgramEnd, runProgram } from "./process.ts";
import { type PromptValues, renderPrompt } from "./prompt.ts";
import { SLOTS } from "./slots.ts";

/** What an extension is handed. */
export interface ExtensionCall {
  /** For a command's stdin. */
  context: object;
  /** For an agent's prompt; made when it is needed. */
  values: () => PromptValues;
  /** The line that a finding without a place of its own belongs to. */
  place?: { file: string; line: number };
  /** The paths, by the names of variables. */
  paths: Readonly<Record<string, string>>;
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The agents' commands. */
  agents: Readonly<Record<string, readonly string[]>>;
  signal: AbortSignal;
}

type Finished = Omit<ExtensionFinished, "event">;
type Outcome = ExtensionFinished["outcome"];
type Said = Pick<Finished, "outcome" | "message">;

/** Characters of an answer that an outcome shows. */
const MESSAGE_CAP = 4000;
/** Findings of one extension that are attached to lines. */
const MOST_ANCHORS = 20;
/** A shell's own words for what it could not start. */
const NOT_STARTED = new Set([126, 127]);
const ON_FAIL = { block: "failed", suggest: "suggested", warn: "warned" } as const satisfies Record<
  OnFail,
  Outcome
>;
/** What a gate asks of an agent, beyond its own prompt. */
const VERDICT = "\n\nBegin your answer with PASS, or with FAIL: and the reason.\n";

/** Runs it to its end. Never throws: what goes wrong is the outcome's to say. */
export async function runExtension(
  { extension, without }: Ready,
  call: ExtensionCall,
): Promise<Finished> {
  const { id, slot, mode } = extension;
  const base = { id, slot, mode };
  const task = taskOf(extension, call, without);
  if (typeof task === "string") return { ...base, ...didNotRun(extension, task) };
  const end = await runProgram(task.command, {
    cwd: call.cwd,
    env: { ...call.env, ...call.paths, KATA_SLOT: slot, KATA_EXTENSION: id },
    stdin: task.stdin,
    timeoutMs: extension.timeout * 1000,
    signal: call.signal,
  });
  const said = outcomeOf(extension, end);
  const lacks = without.length === 0 ? "" : ` (without ${without.join(", ")})`;
  const anchors = extension.anchorable ? anchorsOf(end.stdout, said, call.place) : [];
  return {
    ...base,
    outcome: said.outcome,
    message: said.message + lacks,
    duration_ms: end.duration_ms,
    stdout: end.stdout,
    stderr: end.stderr,
    output_cut: end.cut,
    ...(anchors.length === 0 ? {} : { anchors }),
  };
}

/** The outcome of one that could not run: never a pass. */
export function didNotRun({ on_fail }: Pick<Extension, "on_fail">, why: string): Said {
  if (on_fail === "block") return { outcome: "failed", message: `did not run: ${why}` };
  return { outcome: "skipped", message: why };
}

function taskOf(
  extension: Extension,
  { context, values, agents }: ExtensionCall,
  without: readonly string[],
): { command: readonly string[]; stdin: string } | string {
  const { id, slot, kind, command, prompt } = extension;
  if (kind === "command") {
    const full = { ...context, extension: id, missing_capabilities: without };
    return { command, stdin: `${JSON.stringify(full)}\n` };
  }
  const name = extension.agent === "inherit" ? "default" : extension.agent;
  const agent = Object.hasOwn(agents, name) ? agents[name] : undefined;
  if (agent === undefined) return `no agent is configured ([agents.${name}] in kata.toml)`;
  const text = renderPrompt(prompt, values());
  return { command: agent, stdin: SLOTS[slot].may_block ? text + VERDICT : `${text}\n` };
}

function outcomeOf(extension: Extension, end: ProgramEnd): Said {
  if (end.code === null) return didNotRun(extension, end.error ?? "it did not end by itself");
  return extension.kind === "command" ? commandSaid(extension, end) : agentSaid(extension, end);
}

/** A command says no by its exit code. */
function commandSaid(extension: Extension, { code, stdout, stderr }: ProgramEnd): Said {
  if (code === 0) return { outcome: "passed", message: lastLine(stdout) };
  const why = lastLine(stderr) || lastLine(stdout) || `exited with code ${code}`;
  const isShell = extension.required_capabilities.includes("shell");
  if (isShell && NOT_STARTED.has(code ?? 0)) return didNotRun(extension, why);
  return { outcome: ON_FAIL[extension.on_fail], message: why };
}

/** An agent says no with its first word where a verdict is wanted; elsewhere it advises. */
function agentSaid(extension: Extension, { code, stdout, stderr }: ProgramEnd): Said {
  if (code !== 0) {
    const why = lastLine(stderr) || lastLine(stdout);
    return didNotRun(extension, `the agent exited with code ${code}${why && `: ${why}`}`);
  }
  const answer = stdout.trim();
  const message = cutText(answer, MESSAGE_CAP);
  if (answer === "") return didNotRun(extension, "the agent gave no answer");
  if (!SLOTS[extension.slot].may_block) return { outcome: "suggested", message };
  const [, verdict, reason = ""] = /^\W*(PASS|FAIL)\b[\s:*.-]*([^]*)$/.exec(message) ?? [];
  if (verdict === "PASS") return { outcome: "passed", message: reason };
  if (verdict === "FAIL") {
    return { outcome: ON_FAIL[extension.on_fail], message: reason || "the agent says FAIL" };
  }
  return didNotRun(extension, "the agent's answer begins with neither PASS nor FAIL");
}

function lastLine(text: string): string {
  return cutText(text.trim().split("\n").at(-1)?.trim() ?? "", MESSAGE_CAP);
}

/** Findings as compilers print them: `file:line: message`, `file:line:column: message`. */
function anchorsOf(
  text: string,
  { outcome, message: whole }: Said,
  place: ExtensionCall["place"],
): NonNullable<Finished["anchors"]> {
  const matches = text.matchAll(/^([^\s:][^:\n]*):(\d{1,9})(?::\d+)?: *(\S.*)$/gm);
  const found = [...matches].slice(0, MOST_ANCHORS).map(([, file = "", line, message = ""]) => ({
    file,
    line: Number(line),
    message: cutText(message, MESSAGE_CAP),
  }));
  const isSilent = outcome === "passed" || outcome === "skipped" || place === undefined;
  return found.length > 0 || isSilent ? found : [{ ...place, message: whole }];
}
