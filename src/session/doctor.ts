/** `kata doctor`: what this machine has, what is missing, and how to get it. */
import { accessSync, constants } from "node:fs";
import { type Cache, cacheFolder, nativeFiles, VERSION } from "../assets.ts";
import { type Layer, probeWalls } from "../sandbox/layers.ts";
import { type AdapterReport, type Devices, probe, resolveDevices } from "../runner/device.ts";

export interface DoctorReport {
  version: string;
  bun: string;
  platform: string;
  arch: string;
  executable: string;
  cache: Cache & { writable: boolean };
  webgpu: {
    addon: string;
    adapters: (AdapterReport & { device: "gpu" | "software" })[];
  };
  /** What `--device auto` means here. */
  device_auto: string;
  /** The walls that can be put around what is run, each tried. */
  sandbox: Layer[];
  missing: { what: string; why: string; fix: string }[];
}

/** Looks at everything a run depends on; adapters are really started. */
export async function examine(): Promise<DoctorReport> {
  const cache = cacheFolder();
  const [gpu, software] = [await probe("gpu"), await probe("software")];
  const [devices, { layers }] = await Promise.all([resolveDevices("auto"), probeWalls()]);
  return {
    version: VERSION,
    bun: Bun.version,
    platform: process.platform,
    arch: process.arch,
    executable: process.execPath,
    cache: { ...cache, writable: isWritable(cache.dir) },
    webgpu: {
      addon: nativeFiles().addon,
      adapters: [
        { device: "gpu", ...gpu },
        { device: "software", ...software },
      ],
    },
    device_auto: autoText(devices),
    sandbox: layers,
    missing: [...whatIsMissing(gpu, software, cache), ...missingWalls(layers)],
  };
}

function autoText({ any, webgpu }: Devices): string {
  if (typeof webgpu !== "string") return `${any}; a kata that needs WebGPU is skipped`;
  return any === webgpu ? any : `${any}; ${webgpu} for katas that need WebGPU`;
}

function whatIsMissing(
  gpu: AdapterReport,
  software: AdapterReport,
  cache: Cache,
): DoctorReport["missing"] {
  const missing: DoctorReport["missing"] = [];
  if (!gpu.available) {
    missing.push({
      what: "a hardware WebGPU adapter",
      why: gpu.reason ?? "none was found",
      fix:
        process.platform === "linux"
          ? "install the graphics driver's Vulkan part (mesa-vulkan-drivers, or NVIDIA's own); katas run without it"
          : "update the graphics driver; katas run on the cpu without it",
    });
  }
  if (!software.available) {
    missing.push({
      what: "the software WebGPU adapter",
      why: software.reason ?? "none was found",
      fix: "katas that need WebGPU are skipped on this platform unless it has a hardware adapter",
    });
  }
  if (cache.note !== undefined) {
    missing.push({
      what: "a cache folder that can be written to",
      why: cache.note,
      fix: "set KATA_CACHE to a folder of yours",
    });
  }
  return missing;
}

function missingWalls(layers: readonly Layer[]): DoctorReport["missing"] {
  return layers
    .filter(({ holds }) => !holds)
    .map(({ name, detail }) => ({
      what: `${name}, a wall around what is run`,
      why: detail,
      fix:
        process.platform === "linux"
          ? "a kernel of 5.13 or newer with Landlock and seccomp, in a container that allows both; or --no-sandbox, which runs it with your own permissions"
          : "--no-sandbox, which runs it with your own permissions",
    }));
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
