/** Seven elementwise operators in one program against one program each. */
import { setLazy } from "../../../src/tensor/graph.ts";
import { tensor, type Tensor } from "../../../src/tensor/index.ts";
import { type TestedDevice, use } from "../../tensor/devices.ts";
import { interleave, printRatios } from "../measure.ts";

function chain(x: Tensor): Tensor {
  const a = x.mul(1.5).add(0.5);
  return a.mul(a).sub(x).maximum(0).add(1).sqrt();
}

export async function bench(): Promise<void> {
  const cases: [TestedDevice, number][] = [
    ["cpu", 24],
    ["software", 20],
    ["software", 24],
  ];
  for (const [device, power] of cases) {
    use(device);
    const x = tensor(Float32Array.from({ length: 2 ** power }, (_, i) => Math.sin(i)));
    const candidate = (
      name: string,
      lazy: boolean,
    ): { name: string; run: () => Promise<void> } => ({
      name,
      run: (): Promise<void> => {
        setLazy(lazy);
        const y = chain(x);
        y.get(0).item();
        y.dispose();
        setLazy();
        return Promise.resolve();
      },
    });
    const timings = await interleave([candidate("fused", true), candidate("eager", false)], 5);
    printRatios(`chain of 7 over 2^${power} on ${device}`, timings, "below ×1");
    x.dispose();
  }
}
