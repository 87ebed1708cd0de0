/**
 * Starts a program behind walls: it computes, reads what it was given, writes
 * to its parent, and nothing else.
 *
 * Linux builds the walls in a launcher that then becomes the program; macOS
 * offers `sandbox-exec`. Where a wall does not stand, nothing is started.
 */
import { launcherFile } from "../assets.ts";
import { KataError } from "../errors.ts";
import { endGroup } from "./group.ts";
import type { Walls } from "./layers.ts";
import { seatbeltProfile } from "./macos.ts";
import type { Limits, Permissions } from "./permissions.ts";
import { launcherSteps, type OwnFiles } from "./walls.ts";
import { type Excess, watch } from "./watch.ts";

export interface Confinement {
  permissions: Permissions;
  limits: Limits;
  /** The walls to stand behind; absent: none, and the program has its caller's own permissions. */
  walls?: Walls;
}

/** Descriptors 1 and 2 are pipes to the parent, 0 a pipe from it; 3, if asked for, another one. */
export interface ConfinedProcess {
  readonly pid: number;
  readonly stdin: Bun.FileSink;
  readonly stdout: ReadableStream<Uint8Array>;
  readonly stderr: ReadableStream<Uint8Array>;
  readonly channel: ReadableStream<Uint8Array>;
  /** What it went over, once it did; it is ended at that moment. */
  readonly excess: Excess | undefined;
  /** Resolves when it has ended; by then nothing that it had started runs any more. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** Ends it, and all that it has started. */
  kill(): void;
}

export interface ProgramOptions {
  cwd: string;
  /** What it needs of the environment to start; `permissions.env` adds to it. */
  env: Readonly<Record<string, string>>;
  own: OwnFiles;
  onExcess?: (excess: Excess) => void;
}

/** What the launcher exits with when a step failed; the program has not begun then. */
const LAUNCHER_FAILED = 120;

/**
 * Starts `command` (the first is an absolute path) and watches its limits.
 *
 * @throws KataError when the system refuses to start it
 */
export function confine(
  command: readonly string[],
  confinement: Confinement,
  options: ProgramOptions,
): ConfinedProcess {
  const { permissions, limits } = confinement;
  let excess: Excess | undefined;
  const child = start(walled(command, confinement, options.own), {
    cwd: options.cwd,
    env: { ...options.env, ...granted(permissions) },
  });
  const kill = (): void => {
    child.kill("SIGKILL");
    endGroup(child.pid);
  };
  const watching = watch(child.pid, limits, permissions.run, (found) => {
    excess = found;
    kill();
    options.onExcess?.(found);
  });
  const [, , , fd] = child.stdio;
  if (typeof fd !== "number") throw new Error("Cannot open the result channel");
  const metered = (stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> =>
    limits.output === undefined
      ? stream
      : stream.pipeThrough(meter((bytes) => watching.wrote(bytes)));
  return {
    pid: child.pid,
    stdin: child.stdin,
    stdout: metered(child.stdout),
    stderr: metered(child.stderr),
    channel: metered(Bun.file(fd).stream()),
    get excess() {
      return excess;
    },
    ended: child.exited.then(() => {
      watching.stop();
      endGroup(child.pid);
      const { exitCode: code, signalCode } = child;
      return { code, signal: signalCode === null ? null : String(signalCode) };
    }),
    kill,
  };
}

/** Why the launcher did not start a program, when that is what its end says. */
export function launchFailure(code: number | null, stderr: string): KataError | undefined {
  const said = code === LAUNCHER_FAILED ? /^launcher: (.*)/.exec(stderr)?.[1] : undefined;
  if (said === undefined) return undefined;
  return new KataError("sandbox-failed", `Cannot confine what is run here: ${said}`, {
    hint: "kata doctor says what this system offers; --no-sandbox runs it with your own permissions",
  });
}

function walled(command: readonly string[], confinement: Confinement, own: OwnFiles): string[] {
  const { walls, permissions, limits } = confinement;
  const [program = ""] = command;
  if (walls === undefined) return [...command];
  if (process.platform === "darwin")
    return ["/usr/bin/sandbox-exec", "-p", seatbeltProfile(program, own, permissions), ...command];
  const launcher = launcherFile();
  if (launcher === undefined) throw new Error("There are walls, and no launcher to build them");
  return [launcher, ...launcherSteps(program, walls, own, permissions, limits), ...command];
}

function start(command: string[], options: { cwd: string; env: Record<string, string> }) {
  return Bun.spawn(command, {
    ...options,
    // Pipes: what has been read from one is gone, and with it the secrets.
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    // A session of its own: ended as a whole, and not by the terminal's Ctrl-C.
    detached: true,
  });
}

function granted({ env }: Permissions): Record<string, string> {
  const names = env === "all" ? Object.keys(process.env) : env;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function meter(count: (bytes: number) => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      count(chunk.length);
      controller.enqueue(chunk);
    },
  });
}
