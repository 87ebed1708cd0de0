/**
 * Looks for a WebGPU adapter and prints what it found as one line of JSON.
 * Runs as a process of its own, because a driver that is broken may crash it.
 */
import { probeAdapter } from "../tensor/device.ts";

const request = JSON.parse(process.env.KATA_PROBE ?? "{}") as Parameters<typeof probeAdapter>[0];
console.log(JSON.stringify(await probeAdapter(request)));
process.exit(0);
