/**
 * The walls that this system offers, each tried by system call: whatever a
 * kernel was built with, or a container takes away, shows here.
 */
import { launcherFile } from "../assets.ts";
import { KataError } from "../errors.ts";

export type LayerName =
  "landlock" | "seccomp" | "limits" | "user" | "process group" | "seatbelt" | "job object";

/** One wall, whether it stands, and what it is or why it does not. */
export interface Layer {
  name: LayerName;
  holds: boolean;
  detail: string;
}

export interface Walls {
  layers: Layer[];
  /** The version of Landlock; 0 where there is none. */
  landlock: number;
  /** Capabilities of this process that let a user without rights read what it is given. */
  capabilities: number;
  /** True where a confined program becomes another user. */
  otherUser: boolean;
}

/** Nobody, on every Linux. */
export const CONFINED_USER = 65_534;
const PROBE_LIMIT_MS = 10_000;

/** linux/errno.h, as far as a layer can meet them. */
const ERRORS: Readonly<Record<number, string>> = {
  1: "it is not permitted here",
  13: "it is not permitted here",
  22: "this kernel refuses it",
  38: "this kernel does not have it",
  95: "it was switched off when this system started",
};

let known: Promise<Walls> | undefined;

/** Tries each layer once for this process. */
export function probeWalls(): Promise<Walls> {
  known ??= tryWalls();
  return known;
}

/** The layers' names, for a report. */
export function layerWords({ layers }: Walls): string[] {
  return layers
    .filter(({ holds }) => holds)
    .map(({ name, detail }) => `${name}${detail === "" ? "" : ` ${detail}`}`);
}

/**
 * Refuses to go on where a wall does not stand: a run is never silently less
 * confined than it was asked to be.
 *
 * @throws KataError that names each missing layer, why, and what to do
 */
export async function requireWalls(): Promise<Walls> {
  const walls = await probeWalls();
  const missing = walls.layers.filter(({ holds }) => !holds);
  if (missing.length === 0) return walls;
  const list = missing.map(({ name, detail }) => `${name}: ${detail}`).join("; ");
  throw new KataError("sandbox-missing", `Cannot confine what is run here (${list})`, {
    hint: "kata doctor says more; --no-sandbox runs it with your own permissions, files and network included",
  });
}

async function tryWalls(): Promise<Walls> {
  switch (process.platform) {
    case "linux":
      return await tryLinux();
    case "darwin":
      return elsewhere([
        { name: "seatbelt", holds: true, detail: "sandbox-exec, untested" },
        { name: "process group", holds: true, detail: "" },
      ]);
    default:
      return elsewhere([
        {
          name: "job object",
          holds: false,
          detail:
            "this system limits a process, and has no walls around files and the network that kata could raise",
        },
      ]);
  }
}

function elsewhere(layers: Layer[]): Walls {
  return { layers, landlock: 0, capabilities: 0, otherUser: false };
}

async function tryLinux(): Promise<Walls> {
  const launcher = launcherFile();
  if (launcher === undefined) {
    return elsewhere([
      {
        name: "landlock",
        holds: false,
        detail: `this build carries no launcher for linux-${process.arch}; one built on such a machine with a C compiler does`,
      },
    ]);
  }
  const found = await ask(launcher);
  if (typeof found === "string")
    return elsewhere([
      { name: "landlock", holds: false, detail: `its launcher does not start: ${found}` },
    ]);
  const value = (name: string): number => found.get(name) ?? -38;
  const layer = (name: LayerName, result: number, detail = ""): Layer => ({
    name,
    holds: result >= 0,
    detail: result >= 0 ? detail : (ERRORS[-result] ?? `error ${-result}`),
  });
  const landlock = value("landlock");
  const root = process.getuid?.() === 0;
  return {
    layers: [
      layer("landlock", landlock === 0 ? -38 : landlock, String(landlock)),
      layer("seccomp", Math.min(value("seccomp"), value("no-new-privileges"))),
      layer("limits", value("limits")),
      ...(root ? [layer("user", value("user"), String(CONFINED_USER))] : []),
      layer("process group", value("close-range")),
    ],
    landlock: Math.max(0, landlock),
    capabilities: value("capabilities"),
    otherUser: root,
  };
}

/** What the launcher found, or why it could not be asked. */
async function ask(launcher: string): Promise<Map<string, number> | string> {
  try {
    const child = Bun.spawn([launcher, "probe", CONFINED_USER.toString(16)], {
      env: {},
      stdio: ["ignore", "pipe", "pipe"],
      timeout: PROBE_LIMIT_MS,
      killSignal: "SIGKILL",
    });
    const [out, code] = await Promise.all([new Response(child.stdout).text(), child.exited]);
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" "));
    if (code !== 0) return `it ended with ${child.signalCode ?? code}`;
    return new Map(lines.map(([name = "", number]) => [name, Number(number)]));
  } catch (error) {
    // A cache on a file system that forbids programs.
    return (error as Error).message;
  }
}
