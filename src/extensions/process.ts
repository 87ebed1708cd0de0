/** Runs a program of the project's own: text in, text out, an end in time. */
import { endGroup } from "../sandbox/group.ts";

export interface ProgramCall {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdin: string;
  timeoutMs: number;
  /** Ends it when aborted. */
  signal: AbortSignal;
}

export interface ProgramEnd {
  /** Null when it did not end by itself. */
  code: number | null;
  /** Why it did not run to its end. */
  error?: string;
  stdout: string;
  stderr: string;
  /** Characters of the two that were not kept. */
  cut: number;
  duration_ms: number;
}

/** Characters of each stream that are kept. */
const OUTPUT_CAP = 65_536;
/** Time to read what an ended program has left in its pipes. */
const DRAIN_MS = 1000;

/** Runs `command` to its end, or ends it; nothing that it has started stays behind. Never throws. */
export async function runProgram(
  command: readonly string[],
  { cwd, env, stdin, timeoutMs, signal }: ProgramCall,
): Promise<ProgramEnd> {
  const started = performance.now();
  const texts = { stdout: new Kept(), stderr: new Kept() };
  const end = (code: number | null, error?: string): ProgramEnd => ({
    code,
    ...(error === undefined ? {} : { error }),
    stdout: texts.stdout.text,
    stderr: texts.stderr.text,
    cut: texts.stdout.cut + texts.stderr.cut,
    duration_ms: Math.round(performance.now() - started),
  });
  if (signal.aborted) return end(null, "the run was interrupted");
  const child = spawn(command, cwd, env, stdin);
  if (typeof child === "string") return end(null, child);
  let error: string | undefined;
  const stop = (why: string): void => {
    error ??= why;
    child.kill("SIGKILL");
    endGroup(child.pid);
  };
  const abort = (): void => stop("the run was interrupted");
  const timer = setTimeout(() => stop(`timed out after ${timeoutMs / 1000} s`), timeoutMs);
  signal.addEventListener("abort", abort);
  const read = Promise.all([texts.stdout.read(child.stdout), texts.stderr.read(child.stderr)]);
  await child.exited;
  clearTimeout(timer);
  signal.removeEventListener("abort", abort);
  endGroup(child.pid);
  // What got out of the group may hold the pipes open.
  await withLimit(read, DRAIN_MS);
  if (child.signalCode !== null) error ??= `ended by ${String(child.signalCode)}`;
  return end(error === undefined ? child.exitCode : null, error);
}

/** A timer that is left behind would keep this process from ending. */
async function withLimit(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}

function spawn(
  command: readonly string[],
  cwd: string,
  env: ProgramCall["env"],
  stdin: string,
): Bun.Subprocess<Buffer, "pipe", "pipe"> | string {
  try {
    return Bun.spawn([...command], {
      cwd,
      env,
      stdin: Buffer.from(stdin),
      stdout: "pipe",
      stderr: "pipe",
      // A group of its own: ended as a whole, and not by the terminal's Ctrl-C.
      detached: true,
    });
  } catch (error) {
    return `cannot be started: ${(error as Error).message}`;
  }
}

/** The beginning of a stream; the rest is read and counted. */
class Kept {
  text = "";
  cut = 0;

  async read(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      const more = decoder.decode(chunk, { stream: true });
      const room = OUTPUT_CAP - this.text.length;
      this.text += more.slice(0, room);
      this.cut += Math.max(0, more.length - room);
    }
  }
}
