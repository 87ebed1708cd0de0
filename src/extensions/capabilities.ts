/**
 * What an extension may need. Each name has a probe that looks at this machine;
 * a probe never throws and takes at most a few seconds.
 */
import { mkdtempSync, rmdirSync } from "node:fs";
import { join } from "node:path";

export const CAPABILITIES = [
  "shell",
  "git",
  "network",
  "browser",
  "gpu",
  "python3",
  "filesystem-write",
  "worktree",
  "subagents",
  "secret-access",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What the probes look at. */
export interface ProbeSurroundings {
  /** The folder that extensions run in. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The agents' commands. */
  agents: Readonly<Record<string, readonly string[]>>;
  /** Whether there is a hardware adapter. */
  gpu: () => Promise<boolean>;
}

const BROWSERS = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "firefox",
  "microsoft-edge",
  "brave-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "/Applications/Safari.app/Contents/MacOS/Safari",
];
const PROBE_MS = 5000;
const SECRET = /(^|_)(TOKEN|KEY|SECRET|PASSWORD)$/i;
/** Reserved for documentation, and nobody's; connecting a datagram socket sends nothing. */
const FAR_AWAY = "198.51.100.1";

const PROBES: Record<Capability, (around: ProbeSurroundings) => boolean | Promise<boolean>> = {
  shell: (around) => succeeds(["/bin/sh", "-c", "exit 0"], around),
  git: (around) => succeeds(["git", "--version"], around),
  network: () => hasRoute(FAR_AWAY),
  browser: ({ env }) =>
    [env["BROWSER"] ?? "", ...BROWSERS].some(
      (name) => name !== "" && Bun.which(name, { PATH: env["PATH"] ?? "" }) !== null,
    ),
  gpu: ({ gpu }) => gpu(),
  python3: (around) => succeeds(["python3", "-c", ""], around),
  "filesystem-write": ({ cwd }) => canWrite(cwd),
  worktree: (around) => succeeds(["git", "rev-parse", "--show-toplevel"], around),
  subagents: ({ agents, env, cwd }) =>
    Object.values(agents).some(
      ([program = ""]) => Bun.which(program, { PATH: env["PATH"] ?? "", cwd }) !== null,
    ),
  "secret-access": ({ env }) =>
    Object.entries(env).some(
      ([name, value]) => SECRET.test(name) && value !== undefined && value !== "",
    ),
};

/** Which of these this machine has. Each is probed once. */
export async function probeCapabilities(
  names: Iterable<Capability>,
  around: ProbeSurroundings,
): Promise<Map<Capability, boolean>> {
  const wanted = [...new Set(names)];
  const found = await Promise.all(wanted.map(async (name) => await PROBES[name](around)));
  return new Map(wanted.map((name, at) => [name, found[at] === true]));
}

function succeeds(command: string[], { cwd, env }: ProbeSurroundings): boolean {
  try {
    const stdio: ["ignore", "ignore", "ignore"] = ["ignore", "ignore", "ignore"];
    return Bun.spawnSync(command, { cwd, env, stdio, timeout: PROBE_MS }).exitCode === 0;
  } catch {
    return false;
  }
}

/** Whether the system knows a way to an address; nothing is sent there. */
export async function hasRoute(hostname: string): Promise<boolean> {
  try {
    const socket = await Bun.udpSocket({ connect: { hostname, port: 9 } });
    socket.close();
    return true;
  } catch {
    return false;
  }
}

function canWrite(folder: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(folder, ".kata-probe-")));
    return true;
  } catch {
    return false;
  }
}
