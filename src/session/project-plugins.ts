/** The plugins that a project's `kata.toml` lists. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type PluginEntry, PROJECT } from "../catalog/project.ts";
import { KataError } from "../errors.ts";
import { type AttachedPlugin, attach, eventsInRun } from "../plugins/attached.ts";
import { loadSpec } from "../plugins/check.ts";
import { CONTRACT_TEXT, type Contract, parseContract } from "../plugins/contract.ts";
import { handlerModule, packageFolder } from "../plugins/locate.ts";
import { SPEC_FILE } from "../plugins/scaffold.ts";
import type { PluginSpec } from "../plugins/spec.ts";
import { requireWalls } from "../sandbox/layers.ts";

/** A plugin of the project's, read and not started. */
export interface ProjectPlugin {
  spec: PluginSpec;
  gate: boolean;
  /** Its folder, absolute. */
  dir: string;
}

/** @throws KataError when a plugin is not there, its spec is wrong, or a gate would never be asked */
export function readPlugins(
  entries: readonly PluginEntry[],
  folder: string,
  contract: Contract = parseContract(CONTRACT_TEXT),
): ProjectPlugin[] {
  return entries.map(({ name, from, gate }) => {
    const dir =
      "path" in from ? resolve(folder, from.path) : packageFolder(from.package, folder).dir;
    const path = join(dir, SPEC_FILE);
    if (!existsSync(path)) {
      throw wrong(name, `there is no ${path}`, "kata help plugins says what a plugin is made of");
    }
    const spec = loadSpec(path, contract);
    if (spec.name !== name) {
      throw wrong(name, `its spec calls it ${spec.name}`, `write [plugins.${spec.name}]`);
    }
    const late = spec.handles_event.includes("RunFinished");
    if (late || (gate && eventsInRun(spec).length === 0)) {
      const why = late
        ? "it handles RunFinished, which comes after its last word"
        : "it is a gate and handles no event of a run";
      throw wrong(name, why, "KatasFinished is the last event that it can be handed");
    }
    return { spec, gate, dir };
  });
}

/**
 * Those that handle events of runs, ready to be started.
 *
 * @throws KataError when they cannot be confined here
 */
export async function attachPlugins(
  plugins: readonly ProjectPlugin[],
  unconfined: boolean,
): Promise<AttachedPlugin[]> {
  const useful = plugins.filter(({ spec }) => eventsInRun(spec).length > 0);
  if (useful.length === 0) return [];
  const walls = unconfined ? undefined : await requireWalls();
  const contract = parseContract(CONTRACT_TEXT);
  return useful.map(({ spec, gate, dir }) =>
    attach({ spec, gate, module: handlerModule(dir, spec.rules) }, contract, walls),
  );
}

function wrong(name: string, why: string, hint: string): KataError {
  return new KataError("settings-wrong", `Cannot use the plugin ${name} of ${PROJECT}: ${why}`, {
    hint,
  });
}
