/** What the tests of the host share: a log in memory, and failures as short texts. */
import { type Failure, HostFailure } from "../../../src/python/host/failure.ts";
import type { Grants } from "../../../src/python/host/grants.ts";
import { createHost, type Host } from "../../../src/python/host/host.ts";
import { readLog } from "../../../src/python/host/log-text.ts";
import { EventLog, type LogOptions } from "../../../src/python/host/log.ts";
import type { Plain } from "../../../src/python/host/plain.ts";

export interface Run {
  readonly log: EventLog;
  readonly host: Host;
  /** The log's whole text so far. */
  text(): string;
  /** The result of an effect, or the text of its failure. */
  try(effect: string, ...args: readonly Plain[]): Plain;
}

/** A run with these grants that starts from `past`, the text of a log. */
export function start(grants: Grants, past = "", options: Partial<LogOptions> = {}): Run {
  const host = createHost(grants);
  const history = readLog(past);
  let text = history.text;
  const write = (line: string): void => {
    text += line;
  };
  const log = new EventLog(host, { write, history, ...options });
  return {
    log,
    host,
    text: () => text,
    try: (effect, ...args) => outcome(() => log.perform(effect, ...args)),
  };
}

/** What `call` returns, or the text of the failure that it throws. */
export function outcome(call: () => Plain): Plain {
  try {
    return call();
  } catch (error) {
    if (error instanceof HostFailure) return failureText(error.failure);
    throw error;
  }
}

/** The message of what `call` throws. */
export function thrown(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing thrown";
}

/** A failure in few words: `OSError ENOENT /a: No such file or directory`. */
function failureText(failure: Failure): string {
  const { kind, errno, path, path2, message } = failure;
  const subject = [kind, errno, path, path2].filter((part) => part !== undefined);
  return `${subject.join(" ")}: ${message}`;
}
