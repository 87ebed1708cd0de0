/**
 * Looks at what a process uses, every few milliseconds, and says when it is
 * more than it was given. The system's own limits would strike too, but they
 * count the address space and not the memory, and end a process without a word.
 */
import { readFileSync } from "node:fs";
import type { Limits } from "./permissions.ts";

/** What a process went over, and by what it was limited. */
export interface Excess {
  limit: "memory" | "cpu" | "output" | "threads";
  allowed: number;
}

export interface Watch {
  /** Tells of bytes that came out of the process. */
  wrote(bytes: number): void;
  stop(): void;
}

/** What a process and those it has started use at a moment. */
export interface Usage {
  /** Bytes. */
  memory: number;
  /** Seconds. */
  cpu: number;
  threads: number;
}

/** Allocating takes time: in this one a process gets a few megabytes further. */
const LINUX_INTERVAL_MS = 5;
/** Elsewhere the system has to be asked through a program. */
const OTHER_INTERVAL_MS = 200;
/** `sysconf(_SC_CLK_TCK)`: 100 on every Linux that Bun runs on. */
const TICKS_PER_SECOND = 100;
/** `sysconf(_SC_PAGESIZE)`: 4096 on x86-64; arm64 kernels have larger ones too, and are asked. */
const PAGE = pageSize();

/** Watches until `stop`; `onExcess` is called once. `run`: the process may start others. */
export function watch(
  pid: number,
  limits: Limits,
  run: boolean,
  onExcess: (excess: Excess) => void,
): Watch {
  let written = 0;
  let told = false;
  const tell = (excess: Excess): void => {
    if (told) return;
    told = true;
    clearInterval(timer);
    onExcess(excess);
  };
  const look = (): void => {
    const usage = process.platform === "linux" ? usageOf(pid, run) : usageElsewhere(pid);
    if (usage === undefined) return;
    if (limits.memory !== undefined && usage.memory > limits.memory)
      tell({ limit: "memory", allowed: limits.memory });
    else if (limits.cpu !== undefined && usage.cpu > limits.cpu)
      tell({ limit: "cpu", allowed: limits.cpu });
    else if (limits.threads !== undefined && usage.threads > limits.threads)
      tell({ limit: "threads", allowed: limits.threads });
  };
  const timer = setInterval(
    look,
    process.platform === "linux" ? LINUX_INTERVAL_MS : OTHER_INTERVAL_MS,
  );
  return {
    wrote(bytes) {
      written += bytes;
      if (limits.output !== undefined && written > limits.output)
        tell({ limit: "output", allowed: limits.output });
    },
    stop: () => clearInterval(timer),
  };
}

/** What a process uses, with its descendants where it may have any; undefined when it is gone. */
function usageOf(pid: number, descendants: boolean): Usage | undefined {
  const own = ownUsage(pid);
  if (own === undefined || !descendants) return own;
  for (const child of childrenOf(pid)) {
    const theirs = usageOf(child, true);
    if (theirs === undefined) continue;
    own.memory += theirs.memory;
    own.cpu += theirs.cpu;
    own.threads += theirs.threads;
  }
  return own;
}

function ownUsage(pid: number): Usage | undefined {
  const text = read(`/proc/${pid}/stat`);
  // proc_pid_stat(5); the second field is a name in brackets, and may hold any character.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields.length < 22) return undefined;
  const field = (number: number): number => Number(fields[number - 3]);
  return {
    memory: field(24) * PAGE,
    // Of children that have ended, too.
    cpu: (field(14) + field(15) + field(16) + field(17)) / TICKS_PER_SECOND,
    threads: field(20),
  };
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`)
    .split(" ")
    .filter((part) => part.trim() !== "")
    .map(Number);
}

function usageElsewhere(pid: number): Usage | undefined {
  if (process.platform === "win32") return undefined;
  const { stdout } = Bun.spawnSync(["ps", "-o", "rss=,time=", "-p", String(pid)]);
  const [, rss, time = ""] = /^\s*(\d+)\s+([\d:.]+)/.exec(stdout.toString()) ?? [];
  if (rss === undefined) return undefined;
  const cpu = time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return { memory: Number(rss) * 1024, cpu, threads: 1 };
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** From this process's own auxiliary vector: pairs of 64 bits, and AT_PAGESZ is 6. */
function pageSize(): number {
  try {
    const bytes = readFileSync("/proc/self/auxv");
    const pairs = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length >> 3);
    for (let at = 0; at + 1 < pairs.length; at += 2)
      if (pairs[at] === 6n) return Number(pairs[at + 1]);
  } catch {
    // No Linux.
  }
  return 4096;
}
