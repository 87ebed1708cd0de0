/**
 * What plugins propose about the files of a tree, and doing it: moving files
 * and putting them aside. Nothing is ever deleted or overwritten.
 */
import { linkSync, lstatSync, mkdirSync, readFileSync, statSync, unlinkSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { KataError } from "../errors.ts";
import type { FileDetected, KataEvent } from "../events/event.ts";
import { LedgerWriter } from "../events/ledger.ts";
import { createStamper } from "../events/stamp.ts";
import { answerErrors, loadSpec } from "../plugins/check.ts";
import type { Contract } from "../plugins/contract.ts";
import { guestOf } from "../plugins/guest.ts";
import { handlerModule } from "../plugins/locate.ts";
import type { Proposal } from "../plugins/rules.ts";
import { SPEC_FILE } from "../plugins/scaffold.ts";
import { canonicalPath } from "../plugins/sink.ts";
import type { Walls } from "../sandbox/layers.ts";

/** Where files are put aside, below the folder that is walked; hidden, so never walked itself. */
const QUARANTINE = ".kata-quarantine";

export interface PlanRequest {
  /** The folder to walk, absolute. */
  dir: string;
  /** The folders of plugins, absolute. */
  plugins: readonly string[];
  contract: Contract;
  /** The ledger's file, absolute. */
  report?: string;
  apply: boolean;
  walls: () => Promise<Walls | undefined>;
}

/** A proposal, and what became of it. */
export interface Planned extends Proposal {
  plugin: string;
  status: "ignored" | "applied" | "refused";
  /** Why it was refused. */
  message?: string;
}

type Detected = KataEvent & FileDetected;

/**
 * Hands each file to each plugin, and with `apply` does what they propose.
 *
 * @throws KataError, with nothing moved, when a plugin is wrong or fails
 */
export async function planFiles(request: PlanRequest): Promise<Planned[]> {
  const { dir, report, apply } = request;
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new KataError("usage", `Cannot walk ${dir}: it is no folder`, {
      hint: "Give a folder: kata plugin plan ./my-katas --plugin DIR",
    });
  }
  const stamper = createStamper();
  const events = walk(dir).map((file) => stamper.stamp(file) as Detected);
  const proposals: { event: Detected; plugin: string; proposal: Proposal }[] = [];
  for (const plugin of request.plugins) {
    const { name, answers } = await ask(plugin, events, request);
    for (const [at, event] of events.entries())
      for (const proposal of answers[at] ?? []) proposals.push({ event, plugin: name, proposal });
  }
  const ledger = report === undefined ? undefined : new LedgerWriter(report, stamper);
  try {
    for (const event of events) ledger?.append(event);
    const files = new Map(events.map((event) => [event.path, event]));
    return proposals.map(({ event, plugin, proposal }) => {
      const message = apply ? carryOut(proposal, dir, files) : undefined;
      const status = !apply ? "ignored" : message === undefined ? "applied" : "refused";
      const said = message === undefined ? {} : { message };
      ledger?.outcome(event, { plugin, actions: [proposal], status, ...said });
      return { ...proposal, plugin, status, ...said };
    });
  } finally {
    ledger?.close();
  }
}

/** The files of a tree in the order of their paths; hidden ones and links are left out. */
function walk(dir: string): FileDetected[] {
  const paths = [...new Bun.Glob("**/*").scanSync({ cwd: dir, followSymlinks: false })].toSorted();
  return paths.flatMap((path): FileDetected[] => {
    const file = join(dir, path);
    const stat = lstatSync(file);
    if (!stat.isFile()) return [];
    const { size, mtime } = stat;
    const bytes = readFileSync(file);
    const [, shebang = null] = /^#! *([^\n]*)/.exec(bytes.toString("latin1", 0, 256)) ?? [];
    return [
      {
        event: "FileDetected",
        path: path.replaceAll("\\", "/"),
        size,
        sha256: new Bun.CryptoHasher("sha256").update(bytes).digest("hex"),
        mtime: mtime.toISOString(),
        mime: mimeOf(path),
        shebang,
      },
    ];
  });
}

/** As the system's tables have it; those of programs differ from machine to machine. */
function mimeOf(path: string): string {
  if (path.endsWith(".py")) return "text/x-python";
  if (path.endsWith(".ts")) return "text/x-typescript";
  return Bun.file(path).type.replace(/;.*/, "");
}

async function ask(
  plugin: string,
  events: readonly Detected[],
  { contract, walls }: PlanRequest,
): Promise<{ name: string; answers: Proposal[][] }> {
  const { name, rules, outputs, handles_event } = loadSpec(join(plugin, SPEC_FILE), contract);
  if (!handles_event.includes("FileDetected")) return { name, answers: [] };
  const answers: Proposal[][] = [];
  const errors: string[] = [];
  const start = guestOf(handlerModule(plugin, rules), "handler", await walls());
  const guest = start(
    { columns: 80, terminal: false, color: false, options: {} },
    {
      answered: (value) => {
        errors.push(...answerErrors(value, outputs, contract));
        answers.push((value ?? []) as Proposal[]);
      },
      failed: (message) => errors.push(message),
      printed: () => {},
    },
  );
  for (const event of events) {
    guest.send(JSON.stringify(event));
    await guest.caughtUp();
  }
  await guest.end();
  const [error] = errors;
  if (error === undefined) return { name, answers };
  throw new KataError("plugin-failed", `Cannot plan with ${name}: ${error}`, {
    hint: "nothing was moved; kata plugin check lists everything that is wrong with a plugin",
  });
}

/** Does what was proposed; or says why not. A file that was moved is taken from `files`. */
function carryOut(
  { action, payload }: Proposal,
  dir: string,
  files: Map<string, Detected>,
): string | undefined {
  const from = payload["from"] ?? payload["path"] ?? "";
  const file = files.get(from);
  if (file === undefined) return `there is no file ${from}, or it was moved already`;
  if (action === "propose_dedupe") {
    const other = files.get(payload["same_as"] ?? "");
    if (other === undefined || other === file || other.sha256 !== file.sha256)
      return `${payload["same_as"]} does not hold the same`;
  }
  const moves = action === "propose_move";
  if (!moves && action !== "propose_quarantine" && action !== "propose_dedupe")
    return `${action} is nothing to do about files`;
  const to = moves ? (payload["to"] ?? "") : `${QUARANTINE}/${from}`;
  if (to === from) return undefined;
  const target = canonicalPath(resolve(dir, to));
  const inside = relative(canonicalPath(dir), target);
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside))
    return `${to} is outside of the folder`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    // Unlike a rename, a link never replaces what is there.
    linkSync(join(dir, from), target);
    unlinkSync(join(dir, from));
  } catch (error) {
    return `Cannot move ${from} to ${to}: ${(error as Error).message}`;
  }
  files.delete(from);
  return undefined;
}
