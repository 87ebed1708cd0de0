/** Runs the same tests on every device this machine has. */

import { beforeAll, describe } from "bun:test";
import { configureDevice } from "../../src/tensor/device.ts";
import { softwareDriver, type Webgpu } from "./software-driver.ts";

export type TestedDevice = "cpu" | "software";

const driver = softwareDriver();
/** Why tests of WebGPU are skipped here, if they are. */
const missing: string | undefined = "missing" in driver ? driver.missing : undefined;

/** What `configureDevice` wants for `software`. */
export function webgpuOptions(): Webgpu {
  if ("missing" in driver) throw new Error(driver.missing);
  return driver;
}

/** Makes `kind` current; the thread of a software device starts at its first use. */
export function use(kind: TestedDevice): void {
  configureDevice(
    kind === "cpu" ? { device: "cpu" } : { device: "software", webgpu: webgpuOptions() },
  );
}

export function onSoftware(name: string, body: () => void): void {
  const title = missing === undefined ? name : `${name} (skipped: ${missing})`;
  describe.skipIf(missing !== undefined)(title, () => {
    beforeAll(() => use("software"));
    body();
  });
}

export function onEveryDevice(body: (device: TestedDevice) => void): void {
  describe("cpu", () => {
    beforeAll(() => use("cpu"));
    body("cpu");
  });
  onSoftware("software", () => body("software"));
}
