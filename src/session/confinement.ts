/** What foreign code may do in a run: nothing, but for what flags and `kata.toml` grant. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { SandboxSettings } from "../catalog/project.ts";
import { KataError } from "../errors.ts";
import type { Confinement } from "../sandbox/confine.ts";
import { requireWalls } from "../sandbox/layers.ts";
import {
  DEFAULT_LIMITS,
  type Grant,
  type Limits,
  type Permissions,
} from "../sandbox/permissions.ts";
import { readProject } from "./project.ts";

/** What the call itself asks for; it wins over the project's settings. */
export interface SandboxRequest extends SandboxSettings {
  /** Run with the caller's own permissions. */
  off?: boolean;
  /**
   * The folder whose `kata.toml` counts and that paths are relative to; the run's own
   * when absent. Never one that foreign code comes in.
   */
  folder?: string;
}

const MIB = 2 ** 20;

/**
 * The confinement of a run's foreign code; `needed` is false where it has none, and
 * then nothing is asked of the system.
 *
 * @throws KataError when a setting is wrong, a path does not exist, or a wall is missing
 */
export async function confinementFor(
  asked: SandboxRequest,
  cwd: string,
  needed: boolean,
): Promise<Confinement> {
  checkContradiction(asked);
  const folder = asked.folder ?? cwd;
  const settings = { ...(await readProject(folder)).sandbox, ...asked };
  const permissions: Permissions = {
    read: paths(settings.read, folder, "--allow-read"),
    write: paths(settings.write, folder, "--allow-write"),
    net: settings.net ?? false,
    env: settings.env ?? [],
    run: settings.run ?? false,
  };
  if (asked.off === true) return { permissions, limits: limitsOf(asked) };
  const limits = limitsOf(settings);
  return {
    permissions,
    limits: { ...DEFAULT_LIMITS, ...limits },
    ...(needed ? { walls: await requireWalls() } : {}),
  };
}

function checkContradiction({ off, read, write, net, env, run }: SandboxRequest): void {
  if (off !== true) return;
  const granted = Object.entries({ read, write, net, env, run }).find(
    ([, value]) => value !== undefined,
  );
  if (granted === undefined) return;
  throw new KataError("usage", `Cannot use --no-sandbox together with --allow-${granted[0]}`, {
    hint: "--no-sandbox allows everything already; leave out one of the two",
  });
}

function limitsOf({ memory, cpu, output }: SandboxSettings): Limits {
  return {
    ...(memory === undefined ? {} : { memory: memory * MIB }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(output === undefined ? {} : { output: output * MIB }),
  };
}

/** A grant of what is not there would be a wall nobody asked for. */
function paths(grant: Grant | undefined, cwd: string, flag: string): Grant {
  if (grant === undefined || grant === "all") return grant ?? [];
  return grant.map((path) => {
    const absolute = resolve(cwd, path);
    if (statSync(absolute, { throwIfNoEntry: false }) !== undefined) return absolute;
    throw new KataError("grant-not-found", `Cannot grant ${path} (${flag}): it does not exist`, {
      hint: "create it first, or grant the folder it will lie in",
    });
  });
}
