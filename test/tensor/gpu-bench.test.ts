import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { onSoftware } from "./devices.ts";

setDefaultTimeout(60_000);

const BENCH = join(import.meta.dir, "../bench/tensor/gpu.ts");

onSoftware("the benchmark for GPUs", () => {
  test("gpu.ts runs to its end and gives every number when sizes are small", async () => {
    const flags = ["--device", "software", "--size", "64", "--length", "16384", "--rounds", "2"];
    const child = Bun.spawn(
      [process.execPath, BENCH, ...flags, "--tflops", "1", "--python", "/none"],
      {
        stdio: ["ignore", "pipe", "pipe"],
        timeout: 50_000,
        killSignal: "SIGKILL",
      },
    );
    const [out, err] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    expect({ code: await child.exited, err }).toEqual({ code: 0, err: "" });
    for (const name of ["matmul 64³ float32", "copy", "sum of columns", "softmax", "attention"]) {
      expect(out).toContain(name);
    }
    expect(out).toMatch(/matmul 64³ float32 .* ms {2}[\d.]+ TFLOP\/s {2}[\d.]+% of peak/);
    expect(out).toMatch(/copy .* GB\/s {2}×1\.00 of copy/);
    expect(out).toContain("No torch with CUDA");
  });
});
