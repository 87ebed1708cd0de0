/** The tensor layer on the software adapter against WGSL written by hand, side by side. */
import { join } from "node:path";
import { type Tensor, tensor } from "../../../src/tensor/index.ts";
import { use } from "../../tensor/devices.ts";
import { type Candidate, command, interleave, printRatios } from "../measure.ts";
import { chainCode, matmulCode, openRaw, type Pass, Raw, softmaxCode, sumCode } from "./raw.ts";

const ROUNDS = 9;

function values(length: number, seed: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => ((i * 7919 + seed * 104_729) % 1000) / 1000 - 0.5);
}

/** Interleaves a computation of tensors with passes written by hand, once both agree. */
async function against(
  title: string,
  aim: string,
  ours: () => Tensor,
  raw: Raw,
  passes: readonly Pass[],
): Promise<void> {
  const mine = (): number => {
    const result = ours();
    const first = result.reshape(-1).get(0).item() as number;
    result.dispose();
    return first;
  };
  const [got, expected] = [mine(), await raw.run(passes)];
  if (!(Math.abs(got - expected) <= 1e-3 * Math.max(1, Math.abs(expected)))) {
    throw new Error(`${title}: ${got} and ${expected} by hand disagree`);
  }
  const candidates: Candidate[] = [
    { name: "tensors", run: async () => void mine() },
    { name: "raw WGSL", run: async () => void (await raw.run(passes)) },
  ];
  printRatios(title, await interleave(candidates, ROUNDS), aim);
}

export async function bench(): Promise<void> {
  use("software");
  const raw = await openRaw();
  await elements(raw, 2 ** 24);
  await products(raw, 1024);
  await attention(raw);
  await start();
}

async function elements(raw: Raw, length: number): Promise<void> {
  const data = values(length, 1);
  const x = tensor(data);
  const input = raw.buffer(data);
  const chain = chainCode(length);
  await against(
    `chain of 7 operators over ${length}`,
    "×1 of raw",
    () => {
      const a = x.mul(1.5).add(0.5);
      return a.mul(a).sub(x).maximum(0).add(1).sqrt();
    },
    raw,
    [raw.pass(chain.code, [input, raw.buffer(length)], chain.groups)],
  );
  const [parts, last] = [sumCode(length, 4096), sumCode(4096, 1)];
  const partial = raw.buffer(4096);
  await against(`sum of ${length}`, "×1 of raw", () => x.sum(), raw, [
    raw.pass(parts.code, [input, partial], parts.groups),
    raw.pass(last.code, [partial, raw.buffer(1)], last.groups),
  ]);
  x.dispose();
}

async function products(raw: Raw, n: number): Promise<void> {
  const [a, b] = [values(n * n, 1), values(n * n, 2)];
  const [x, y] = [tensor(a, { shape: [n, n] }), tensor(b, { shape: [n, n] })];
  const { code, groups } = matmulCode(1, n, n, n, false);
  const buffers = [raw.buffer(a), raw.buffer(b), raw.buffer(n * n)];
  await against(`matmul ${n}³`, "×1 of raw", () => x.matmul(y), raw, [
    raw.pass(code, buffers, groups),
  ]);
}

async function attention(raw: Raw): Promise<void> {
  const [heads, length, width] = [16, 128, 64];
  const data = [1, 2, 3].map((seed) => values(heads * length * width, seed));
  const shape = [2, heads / 2, length, width];
  const [q, k, v] = data.map((one) => tensor(one, { shape })) as [Tensor, Tensor, Tensor];
  const [queries, keys, weights] = data.map((one) => raw.buffer(one)) as [
    GPUBuffer,
    GPUBuffer,
    GPUBuffer,
  ];
  const scores = raw.buffer(heads * length * length);
  const soft = raw.buffer(heads * length * length);
  const out = raw.buffer(heads * length * width);
  const first = matmulCode(heads, length, length, width, true);
  const middle = softmaxCode(heads * length, length);
  const second = matmulCode(heads, length, width, length, false);
  await against(
    `softmax(QKᵀ/√d)V over [${shape.join(", ")}]`,
    "×1 of raw, ×0.6 of jax-js",
    () => q.matmul(k.transpose(2, 3)).mul(0.125).softmax(-1).matmul(v),
    raw,
    [
      raw.pass(first.code, [queries, keys, scores], first.groups),
      raw.pass(middle.code, [scores, soft], middle.groups),
      raw.pass(second.code, [soft, weights, out], second.groups),
    ],
  );
}

/** A process that does nothing else, from its start to the first number. */
async function start(): Promise<void> {
  const tensorDir = join(import.meta.dir, "../../../src/tensor");
  const helpers = JSON.stringify(join(import.meta.dir, "../../tensor/devices.ts"));
  const ours = `import { use } from ${helpers};
    import { ones } from ${JSON.stringify(join(tensorDir, "index.ts"))};
    use("software");
    if (ones([64]).add(1).sum().item() !== 128) throw new Error("wrong");`;
  const hand = `import { openRaw, sumCode } from ${JSON.stringify(join(import.meta.dir, "raw.ts"))};
    const raw = await openRaw();
    const { code, groups } = sumCode(64, 1);
    if ((await raw.run([raw.pass(code, [raw.buffer(new Float32Array(64).fill(2)), raw.buffer(1)], groups)])) !== 128) throw new Error("wrong");`;
  const candidate = (name: string, source: string): Candidate => ({
    name,
    run: () => command([process.execPath, "-e", source]),
  });
  printRatios(
    "process to first number",
    await interleave([candidate("tensors", ours), candidate("raw WGSL", hand)], 2 * ROUNDS),
    "at most ×1.5 of raw",
  );
}
