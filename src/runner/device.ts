/**
 * Which device a run uses. A hardware adapter is looked for once, in a process
 * of its own (a driver can crash), and the answer is kept beside the cache.
 */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, coreFolder, nativeFiles } from "../assets.ts";
import type { Kata } from "../catalog/kata.ts";
import type { Lang } from "../events/event.ts";
import type { Obstacle } from "./plan.ts";
import { workerEnvironment } from "./environment.ts";

export interface AdapterReport {
  available: boolean;
  vendor: string;
  architecture: string;
  description: string;
  features: string[];
  limits: Record<string, number>;
  /** Why there is none. */
  reason?: string;
}

export type DeviceName = "cpu" | "software" | "gpu";

/** The devices of one run: for katas that take any, and for those that need WebGPU. */
export interface Devices {
  any: DeviceName;
  /** Or why a kata that needs WebGPU cannot run. */
  webgpu: DeviceName | { obstacle: string };
}

const PROBE_LIMIT_MS = 20_000;

/** Turns the user's choice into devices. */
export async function resolveDevices(choice: "auto" | DeviceName): Promise<Devices> {
  switch (choice) {
    case "cpu":
      return { any: "cpu", webgpu: { obstacle: "needs WebGPU; the device is cpu" } };
    case "software":
      return { any: "software", webgpu: "software" };
    case "gpu":
      return { any: "gpu", webgpu: "gpu" };
    case "auto": {
      if (await hardwareFound()) return { any: "gpu", webgpu: "gpu" };
      if (nativeFiles().software !== undefined) return { any: "cpu", webgpu: "software" };
      return {
        any: "cpu",
        webgpu: {
          obstacle:
            "needs WebGPU; no adapter was found, and none in software is carried for this platform",
        },
      };
    }
  }
}

/** The device of a kata, or why it is skipped. Python computes on the cpu. */
export function deviceFor(kata: Kata, lang: Lang, devices: Devices): DeviceName | Obstacle {
  if (lang === "py" && kata.device === "any") return "cpu";
  if (lang === "py") return { reason: "device", message: "needs WebGPU; Python is on the cpu" };
  if (kata.device === "any") return devices.any;
  if (typeof devices.webgpu === "string") return devices.webgpu;
  return { reason: "device", message: devices.webgpu.obstacle };
}

/** Looks for an adapter in a process of its own. */
export async function probe(device: "software" | "gpu"): Promise<AdapterReport> {
  const native = nativeFiles();
  const addon = device === "software" ? native.software : native.addon;
  if (addon === undefined) return missing("no software driver is carried for this platform");
  const core = coreFolder();
  const child = Bun.spawn(
    [process.execPath, "--no-env-file", "--config=/dev/null", join(core, "probe.js")],
    {
      env: {
        ...workerEnvironment(),
        KATA_PROBE: JSON.stringify({ device, addon, hostScript: join(core, "device.js") }),
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: PROBE_LIMIT_MS,
      killSignal: "SIGKILL",
    },
  );
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  await child.exited;
  const answer = out.trim().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(answer) as AdapterReport;
  } catch {
    const how =
      child.signalCode === null
        ? `exited with ${child.exitCode}`
        : `was ended by ${child.signalCode}`;
    return missing(`the probe ${how}${err.trim() === "" ? "" : `: ${err.trim().slice(-400)}`}`);
  }
}

function missing(reason: string): AdapterReport {
  return {
    available: false,
    vendor: "",
    architecture: "",
    description: "",
    features: [],
    limits: {},
    reason,
  };
}

async function hardwareFound(): Promise<boolean> {
  const nodes = deviceNodes();
  if (nodes.length === 0) return false;
  const file = join(cacheFolder().dir, "adapter.json");
  const known = readCached(file, nodes);
  if (known !== undefined) return known;
  const { available } = await probe("gpu");
  try {
    writeFileSync(`${file}.${process.pid}`, JSON.stringify({ nodes, available }));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A cache that cannot be written costs a probe the next time, nothing else.
  }
  return available;
}

function readCached(file: string, nodes: string[]): boolean | undefined {
  try {
    const cached = JSON.parse(readFileSync(file, "utf8")) as {
      nodes: string[];
      available: boolean;
    };
    return cached.nodes.join() === nodes.join() ? cached.available : undefined;
  } catch {
    return undefined;
  }
}

/** What a graphics driver leaves in the file system; elsewhere one is always there to ask. */
function deviceNodes(): string[] {
  if (process.platform !== "linux") return [process.platform];
  const nodes = ["/dev/nvidia0", "/dev/dxg", "/dev/kfd"].filter((path) => existsSync(path));
  try {
    nodes.push(...readdirSync("/dev/dri").filter((name) => name.startsWith("renderD")));
  } catch {
    // No /dev/dri: no render nodes.
  }
  return nodes;
}
