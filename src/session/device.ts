/** The device of a command that computes in this process, and the files that it starts from. */
import { join } from "node:path";
import { coreFolder, nativeFiles } from "../assets.ts";
import { KataError } from "../errors.ts";
import { type DeviceName, probe, resolveDevices } from "../runner/device.ts";
import type { DeviceChoice } from "./request.ts";

export interface ChosenDevice {
  device: DeviceName;
  /** What a WebGPU device is started from. */
  webgpu?: { hostScript: string; addon: string };
}

/**
 * What a choice means on this machine.
 *
 * @throws KataError when the device that was asked for is not there
 */
export async function chooseDevice(choice: DeviceChoice): Promise<ChosenDevice> {
  const { any: device } = await resolveDevices(choice);
  if (device === "cpu") return { device };
  if (choice === "gpu") {
    const { available, reason = "none was found" } = await probe("gpu");
    if (!available) {
      throw new KataError("no-device", `Cannot use --device gpu: ${reason}`, {
        hint: "kata doctor says what is missing; --device cpu is always there",
      });
    }
  }
  const native = nativeFiles();
  const addon = device === "software" ? native.software : native.addon;
  if (addon === undefined) {
    throw new KataError("no-device", "No software driver is carried for this platform", {
      hint: "use --device cpu",
    });
  }
  return { device, webgpu: { hostScript: join(coreFolder(), "device.js"), addon } };
}
