/**
 * The host: hands events to reporters, and is the only one that acts on what
 * they propose. A reporter that throws or returns nonsense is switched off and
 * reported; the others, and the verdict, never notice. Built-in ones answer at
 * once, those in a process of their own later, in the order of the events.
 *
 * One file past its length: whose turn it is, what was asked and what has ended
 * are one state, and each part of it would have to be handed to the others.
 */
import { KataError } from "../errors.ts";
import type { KataEvent, PluginFailed, RunFinished } from "../events/event.ts";
import type { LedgerWriter, LineStatus } from "../events/ledger.ts";
import { isoTime, stamped, type Stamper } from "../events/stamp.ts";
import { nextUlid } from "../events/ulid.ts";
import { readActions } from "./actions.ts";
import type { Guest, StartGuest } from "./guest.ts";
import { createLiveLine, type LiveLine, type Stream } from "./live-line.ts";
import {
  openOutputs,
  RefusedError,
  reservedPaths,
  writeBeside,
  type Attachment,
  type Output,
  type OutputRequest,
  type OutputSurroundings,
} from "./outputs.ts";
import type {
  Action,
  AnnotateAction,
  CreateReporter,
  Reporter,
  ReporterContext,
} from "./reporter.ts";
import type { Sink } from "./sink.ts";
import { thrownWords } from "./words.ts";

/** A reporter and where it writes. */
export interface HostReporter extends OutputRequest {
  /** A function for this process, or a plugin with a process of its own. */
  reporter: CreateReporter | { start: StartGuest };
  options?: Readonly<Record<string, string>>;
}

export interface HostOptions {
  reporters: readonly HostReporter[];
  /** Where stdout's reporter and the live line go; a run's surroundings fit. */
  surroundings: { stdout: Stream; stderr: Stream; color: boolean };
  /** What relative outputs are relative to; the process's own folder when left out. */
  cwd?: string;
  /** Gets each event and each outcome. The host does not close it. */
  ledger?: LedgerWriter;
  /** Stamps the events that the host itself makes; left out of replays. */
  stamper?: Stamper;
  /** Called once for each reporter that was switched off. */
  onPluginFailed?: (failure: PluginFailed) => void;
  /** Called with what a plugin printed, which is in no report. */
  onPluginPrinted?: (plugin: string, text: string) => void;
  /** Files that a run reads: no `write_file` may touch them. */
  inputs?: readonly string[];
  /** Puts an annotation into the words of the surroundings; without it `annotate` is ignored. */
  annotate?: (annotation: AnnotateAction["payload"]) => string;
}

export interface Host {
  /** The plugins that were switched off so far. */
  readonly failures: readonly PluginFailed[];
  /**
   * Writes the event to the ledger and hands it to every reporter. Never
   * throws; a call from within a call waits its turn. The event is frozen.
   */
  handle(event: KataEvent): void;
  /** Resolves when no plugin is far behind: for whoever has events faster than they happen. */
  caughtUp(): Promise<void>;
  /**
   * Hands the plugins that are attached no more events: resolves when each has
   * answered all that it was handed, failed, or had its time.
   */
  detach(): Promise<void>;
  /** The user wants the end: no plugin is waited for longer than a moment. */
  hurry(): void;
  /**
   * Ends the reports; of a run that broke off too, as one that was interrupted.
   * Throws the first KataError of a report or ledger that could not be written,
   * after all others are in place. A second call does nothing.
   */
  finish(): Promise<void>;
  /** Takes the live line off the screen, for whoever prints beside the host. */
  clear(): void;
}

interface Plugin extends Output {
  /** Undefined once it was switched off. */
  reporter: Reporter | Guest | undefined;
  /** The events that a process has not answered, oldest first. */
  asked: KataEvent[];
  attached: Attachment | undefined;
}

/**
 * Opens every output and creates the reporters. Throws a KataError, before
 * anything ran, when two reporters want stdout or the same file, or when a
 * file cannot be written.
 */
export function createHost(options: HostOptions): Host {
  const { reporters, surroundings, ledger, cwd = "." } = options;
  const { stdout, stderr, color } = surroundings;
  const live = createLiveLine([stdout, stderr], color);
  const places: OutputSurroundings = {
    cwd,
    ledgerPath: ledger?.path,
    stdout: stdoutSink(stdout, live),
  };
  const outputs = openOutputs(reporters, places);
  return new EventHost(options, outputs, reservedPaths(reporters, places, options.inputs), live);
}

function stdoutSink(stdout: Stream, live: LiveLine): Sink {
  return {
    write: (text) => {
      live.clear();
      stdout.write(text);
    },
    commit: () => {},
    discard: () => {},
  };
}

class EventHost implements Host {
  readonly failures: PluginFailed[] = [];
  readonly #options: HostOptions;
  readonly #plugins: Plugin[];
  readonly #live: LiveLine;
  readonly #queue: KataEvent[] = [];
  readonly #errors: KataError[] = [];
  /** Failures from before the first event, which has to be the run's own. */
  #early: PluginFailed[] = [];
  #ledger: LedgerWriter | undefined;
  /** The files that `write_file` may not touch. */
  readonly #reserved: ReadonlySet<string>;
  #first: KataEvent | undefined;
  #last: KataEvent | undefined;
  #busy = false;
  #ended = false;
  #finished = false;

  constructor(
    options: HostOptions,
    outputs: readonly Output[],
    reserved: ReadonlySet<string>,
    live: LiveLine,
  ) {
    this.#options = options;
    this.#plugins = outputs.map((output, at) => ({
      ...output,
      reporter: undefined,
      asked: [],
      attached: options.reporters[at]?.attached,
    }));
    this.#reserved = reserved;
    this.#live = live;
    this.#ledger = options.ledger;
    for (const [index, plugin] of this.#plugins.entries()) {
      this.#create(plugin, options.reporters[index]);
    }
  }

  handle(event: KataEvent): void {
    // Its files are closed, and their numbers may be others' by now.
    if (this.#finished) return;
    this.#queue.push(event);
    this.#drain();
  }

  async caughtUp(): Promise<void> {
    await Promise.all(this.#guests(this.#plugins).map((guest) => guest.caughtUp()));
  }

  async detach(): Promise<void> {
    const attached = this.#plugins.filter((plugin) => plugin.attached !== undefined);
    await Promise.all(this.#guests(attached).map((guest) => guest.end()));
    for (const plugin of attached) plugin.reporter = undefined;
  }

  hurry(): void {
    for (const guest of this.#guests(this.#plugins)) guest.hurry();
  }

  finish(): Promise<void> {
    if (this.#finished) return Promise.resolve();
    if (!this.#ended) this.handle(this.#brokenOff());
    this.#finished = true;
    const guests = this.#guests(this.#plugins);
    // Without processes to wait for, all is in place when this returns.
    if (guests.length === 0) return this.#close();
    return Promise.all(guests.map((guest) => guest.end())).then(() => this.#close());
  }

  #drain(): void {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        this.#dispatch(next);
      }
    } finally {
      this.#busy = false;
    }
  }

  #close(): Promise<void> {
    this.clear();
    for (const plugin of this.#plugins) {
      if (plugin.reporter === undefined) plugin.sink.discard();
      else this.#guard(() => plugin.sink.commit());
    }
    const [error] = this.#errors;
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  }

  clear(): void {
    this.#live.clear();
  }

  #create(plugin: Plugin, entry: HostReporter | undefined): void {
    const { stdout, color } = this.#options.surroundings;
    const onStdout = entry?.output === undefined;
    const terminal = onStdout && stdout.isTTY;
    const context: ReporterContext = {
      columns: (terminal && stdout.columns) || 80,
      terminal,
      color: onStdout && color,
      options: entry?.options ?? {},
    };
    const create = entry?.reporter;
    try {
      if (typeof create === "object") {
        plugin.reporter = this.#start(plugin, create.start, context);
        return;
      }
      const reporter: unknown = create?.(context);
      if (!isReporter(reporter)) throw new TypeError("createReporter returned no reporter");
      plugin.reporter = reporter;
    } catch (cause) {
      this.#early.push(this.#switchOff(plugin, messageOf(cause)));
    }
  }

  #start(plugin: Plugin, start: StartGuest, context: ReporterContext): Guest {
    const act = (answer: (event: KataEvent) => void): void => {
      const event = plugin.asked[0] ?? this.#last;
      if (event === undefined || plugin.reporter === undefined) return;
      answer(event);
      this.#drain();
      this.#live.draw();
    };
    return start(context, {
      answered: (actions) =>
        act((event) => {
          plugin.asked.shift();
          this.#settle(plugin, event, readActions(actions));
        }),
      failed: (message) => {
        if (this.#last === undefined) this.#early.push(this.#switchOff(plugin, message));
        else act((event) => this.#fail(plugin, event, message, "failed"));
      },
      printed: (text) => {
        act((event) => {
          const print = { action: "print", payload: { text } };
          this.#outcome(plugin, event, "refused", [print], "a plugin may not print");
        });
        this.clear();
        this.#options.onPluginPrinted?.(plugin.name, text);
      },
    });
  }

  #guests(plugins: readonly Plugin[]): Guest[] {
    return plugins.flatMap(({ reporter }) =>
      reporter !== undefined && "send" in reporter ? [reporter] : [],
    );
  }

  #dispatch(event: KataEvent): void {
    freeze(event);
    this.#first ??= event;
    this.#last = event;
    if (event.event === "RunFinished") this.#ended = true;
    this.#record((ledger) => ledger.append(event));
    const early = this.#early;
    this.#early = [];
    for (const failure of early) this.#report(failure);
    for (const plugin of this.#plugins) this.#step(plugin, event);
    if (this.#ended) this.#live.set("");
    this.#live.draw();
  }

  #step(plugin: Plugin, event: KataEvent): void {
    const { reporter, attached } = plugin;
    if (reporter === undefined || attached?.events.has(event.event) === false) return;
    if ("send" in reporter) {
      plugin.asked.push(event);
      reporter.send(JSON.stringify(event));
      return;
    }
    let actions: Action[] | string;
    try {
      actions = readActions(reporter.handle(event));
    } catch (cause) {
      actions = messageOf(cause);
    }
    this.#settle(plugin, event, actions);
  }

  /** Does what was proposed, or switches off who proposed nonsense. */
  #settle(plugin: Plugin, event: KataEvent, actions: Action[] | string): void {
    if (typeof actions === "string") {
      this.#fail(plugin, event, actions, "failed");
      return;
    }
    const done: Record<"applied" | "ignored", Action[]> = { applied: [], ignored: [] };
    for (const action of actions) {
      try {
        done[this.#apply(plugin, action)].push(action);
      } catch (cause) {
        // A report that cannot be written is an error of the run's surroundings,
        // and the run ends with it; a plugin that asks for too much is not.
        const refused = cause instanceof RefusedError;
        if (!refused) this.#errors.push(asKataError(plugin.name, cause));
        this.#fail(plugin, event, messageOf(cause), refused ? "refused" : "failed", [action]);
        break;
      }
    }
    for (const status of ["applied", "ignored"] as const) {
      if (done[status].length > 0) this.#outcome(plugin, event, status, done[status]);
    }
  }

  #apply(plugin: Plugin, action: Action): "applied" | "ignored" {
    if (plugin.attached !== undefined) return plugin.attached.take(action);
    switch (action.action) {
      case "write":
        plugin.sink.write(action.payload.text);
        return "applied";
      case "write_file":
        writeBeside(plugin, action.payload, this.#reserved);
        return "applied";
      case "status":
        this.#live.set(action.payload.text);
        return this.#options.surroundings.stdout.isTTY || this.#options.surroundings.stderr.isTTY
          ? "applied"
          : "ignored";
      case "annotate":
        if (this.#options.annotate === undefined) return "ignored";
        plugin.sink.write(this.#options.annotate(action.payload));
        return "applied";
      default:
        // Proposals about files: `kata plugin plan` is who acts on them. That a run
        // fails is for the plugins to propose that are attached to it.
        return "ignored";
    }
  }

  #fail(
    plugin: Plugin,
    event: KataEvent,
    message: string,
    status: "refused" | "failed",
    actions: readonly Action[] = [],
  ): void {
    const failure = this.#switchOff(plugin, message);
    this.#outcome(plugin, event, status, actions, message);
    this.#report(failure);
  }

  #switchOff(plugin: Plugin, message: string): PluginFailed {
    const { reporter } = plugin;
    plugin.reporter = undefined;
    // Refused for what it proposed, its process may still run.
    if (reporter !== undefined && "send" in reporter) reporter.stop();
    plugin.sink.discard();
    plugin.attached?.failed(message);
    return { event: "PluginFailed", plugin: plugin.name, message };
  }

  #report(failure: PluginFailed): void {
    this.failures.push(failure);
    if (this.#options.stamper !== undefined) {
      this.#queue.push(this.#options.stamper.stamp(failure));
    }
    this.clear();
    this.#options.onPluginFailed?.(failure);
  }

  #outcome(
    plugin: Plugin,
    event: KataEvent,
    status: Exclude<LineStatus, "recorded">,
    actions: readonly { action: string; payload: object }[],
    message?: string,
  ): void {
    const outcome = { plugin: plugin.name, actions, status };
    this.#record((ledger) =>
      ledger.outcome(event, message === undefined ? outcome : { ...outcome, message }),
    );
  }

  /** A ledger that cannot be written ends, the run's reports do not. */
  #record(append: (ledger: LedgerWriter) => void): void {
    const ledger = this.#ledger;
    if (ledger === undefined) return;
    if (!this.#guard(() => append(ledger))) this.#ledger = undefined;
  }

  #guard(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (cause) {
      this.#errors.push(asKataError("the run", cause));
      return false;
    }
  }

  /** The end of a run that has none; the same one in each replay. */
  #brokenOff(): KataEvent {
    const [first, last] = [this.#first, this.#last];
    const payload: RunFinished = {
      event: "RunFinished",
      interrupted: true,
      duration_ms:
        first === undefined || last === undefined
          ? 0
          : Math.max(0, Date.parse(last.ts) - Date.parse(first.ts) || 0),
      next: null,
    };
    if (this.#options.stamper !== undefined) return this.#options.stamper.stamp(payload);
    const ulid = last === undefined ? "0".repeat(26) : nextUlid(last.ulid);
    return stamped(payload, (last?.seq ?? 0) + 1, ulid, last?.ts ?? isoTime(ulid));
  }
}

function isReporter(value: unknown): value is Reporter {
  return (
    typeof value === "object" &&
    value !== null &&
    "handle" in value &&
    typeof value.handle === "function"
  );
}

function asKataError(name: string, cause: unknown): KataError {
  if (cause instanceof KataError) return cause;
  return new KataError("report-write", `Cannot write the report of ${name}: ${messageOf(cause)}`, {
    cause,
  });
}

/** As {@link thrownWords}; our own errors say all in their message. */
function messageOf(cause: unknown): string {
  try {
    if (cause instanceof RefusedError || cause instanceof KataError) return cause.message;
  } catch {
    // A proxy that throws when it is looked at.
  }
  return thrownWords(cause);
}

/** Events are shared by all reporters: one that changed them would change the others' reports. */
function freeze(value: object): void {
  if (Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) {
    if (typeof inner === "object" && inner !== null) freeze(inner);
  }
}
