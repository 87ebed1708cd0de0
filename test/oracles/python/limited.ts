/** Runs a command that may never end, fill the memory or flood its output. */
import { readFileSync } from "node:fs";

export interface Limits {
  timeoutMs: number;
  /** Resident memory, in bytes: an address space limit would stop a JavaScript engine at its start. */
  memory: number;
  /** Bytes of stdout and of stderr that are kept; more of them end the process. */
  output: number;
}

export interface Ended {
  stdout: string;
  stderr: string;
  /** How it ended: its exit code, or what stopped it. */
  how: number | "timeout" | "memory" | "output" | "killed";
}

export const LIMITS: Limits = { timeoutMs: 20_000, memory: 2 ** 31, output: 2 ** 24 };
const POLL_MS = 50;
const PAGE = 4096;

/** Runs a command to its end or its limits. */
export async function limited(
  command: readonly string[],
  options: { cwd?: string; stdin?: string; env?: Record<string, string>; limits?: Limits } = {},
): Promise<Ended> {
  const limits = options.limits ?? LIMITS;
  let how: Ended["how"] | undefined;
  const child = Bun.spawn([...command], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdin: options.stdin === undefined ? "ignore" : new Blob([options.stdin]),
    stdout: "pipe",
    stderr: "pipe",
  });
  const stop = (reason: Ended["how"]): void => {
    how ??= reason;
    child.kill("SIGKILL");
  };
  const timer = setTimeout(() => stop("timeout"), limits.timeoutMs);
  const watch = setInterval(() => {
    if (resident(child.pid) > limits.memory) stop("memory");
  }, POLL_MS);
  const read = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > limits.output) {
        stop("output");
        break;
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  };
  const [stdout, stderr] = await Promise.all([
    read(child.stdout),
    read(child.stderr),
    child.exited,
  ]);
  clearTimeout(timer);
  clearInterval(watch);
  return { stdout, stderr, how: how ?? child.exitCode ?? "killed" };
}

function resident(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE;
  } catch {
    return 0;
  }
}

/** Does `work` for every item, `jobs` at a time; results in the items' order. */
export async function parallel<T, R>(
  items: readonly T[],
  jobs: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = Array.from<R>({ length: items.length });
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: jobs }, one));
  return results;
}
