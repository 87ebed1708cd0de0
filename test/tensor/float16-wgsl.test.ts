/**
 * The WGSL of float16. The software adapter has no shader-f16, so programs are
 * taken down instead of run, and compiled there as if float16 were float32.
 */

import { beforeAll, expect, test } from "bun:test";
import { LazyDevice } from "../../src/tensor/graph.ts";
import {
  cat,
  cumsum,
  type DType,
  layerNorm,
  scaledDotProductAttention,
  Tensor,
} from "../../src/tensor/index.ts";
import { WebgpuDevice } from "../../src/tensor/webgpu/device.ts";
import type { Command, Question } from "../../src/tensor/webgpu/protocol.ts";
import { onSoftware, webgpuOptions } from "./devices.ts";

/** A device that says it has float16, keeps what it is told, and reads the bytes of `memory`. */
function recorder(memory: Uint8Array<ArrayBuffer>): {
  device: LazyDevice;
  commands: Command[];
  questions: Question[];
} {
  const inner = new WebgpuDevice("software", webgpuOptions(), 20_000);
  const commands: Command[] = [];
  const questions: Question[] = [];
  const hello = inner.client.hello();
  const adapter = { ...hello.adapter, features: [...hello.adapter.features, "shader-f16"] };
  Object.assign(inner.client, {
    hello: () => ({ ...hello, adapter }),
    push: (command: Command) => commands.push(command),
    ask(question: Question): Uint8Array<ArrayBuffer> {
      questions.push(question);
      if (question.ask !== "read") return new Uint8Array();
      return memory.slice(question.offset, question.offset + question.bytes);
    },
  });
  return { device: new LazyDevice(inner), commands, questions };
}

function upload(device: LazyDevice, dtype: DType, values: Float16Array | Uint8Array): Tensor {
  return new Tensor(device.upload(dtype, values), [values.length], [1], 0);
}

onSoftware("float16 on WebGPU", () => {
  let real: WebgpuDevice;
  beforeAll(() => {
    real = new WebgpuDevice("software", webgpuOptions(), 20_000);
  });

  /** Compiles what `f` makes of a float16 matrix of [48, 96]; gives the texts back. */
  function sourcesOf(f: (x: Tensor) => Tensor): string[] {
    const { device, commands } = recorder(new Uint8Array(2 ** 20));
    const x = upload(device, "float16", new Float16Array(48 * 96)).reshape(48, 96);
    f(x).toTypedArray();
    const sources = commands.flatMap((one) => (one.do === "pipeline" ? [one] : []));
    for (const { source, entryPoint } of sources) {
      const plain = source.replace("enable f16;", "").replaceAll(/\bf16\b/g, "f32");
      expect(() => real.compile(plain, entryPoint)).not.toThrow();
      // Nothing computes in float16: it is what elements are kept as.
      expect(source.includes("enable f16;")).toBe(
        /\bf16\b/.test(source.replace("enable f16;", "")),
      );
    }
    return sources.map(({ source }) => source);
  }

  test("elements are loaded to float32 and rounded by the store", () => {
    const [source = ""] = sourcesOf((x) => x.mul(0.1).add(x).exp());
    expect(source).toStartWith("enable f16;");
    expect(source).toContain("array<f16>");
    expect(source).toMatch(/= f32\(a0\[/);
    expect(source).toMatch(/result\[.*\] = f16\(/);
  });
  test("every kind of program compiles", () => {
    const programs: ((x: Tensor) => Tensor)[] = [
      (x) => x.sum(),
      (x) => x.sum(1).mul(2),
      (x) => x.amax(0),
      (x) => x.argmin(1),
      (x) => x.mean().add(1),
      (x) => x.matmul(x.T),
      (x) => x.matmul(x.T).relu().to("float32"),
      (x) => x.softmax(-1),
      (x) => x.gt(0),
      (x) => x.isnan().logicalNot(),
      (x) => x.to("int32").to("float16"),
      (x) => x.to("bool").to("float16"),
      (x) => x.maskedFill(x.lt(1), -Infinity),
      (x) => x.pow(1.5).maximum(x.flip(0)),
      (x) => x.tril().clamp({ min: -1, max: 1 }).round(),
      (x) => cat([x, x.to("float32")]),
      (x) => cumsum(x, 0),
      (x) => layerNorm(x, 96),
      (x) => scaledDotProductAttention(x, x, x),
    ];
    for (const program of programs) expect(sourcesOf(program).length).toBeGreaterThan(0);
  });
  test("partial sums are wider than float16", () => {
    const sources = sourcesOf((x) => x.sum());
    expect(sources.length).toBeGreaterThan(1);
    expect(sources[0]).toContain("read_write> result: array<f32>");
    expect(sources.at(-1)).toContain("read_write> result: array<f16>");
  });
  test("buffers, uploads and reads are whole words, whatever the length", () => {
    const values = Float16Array.from([1, 2, 3, 4, 5]);
    const memory = new Uint8Array(12);
    memory.set(new Uint8Array(values.buffer));
    const { device, commands, questions } = recorder(memory);
    const x = upload(device, "float16", values);
    expect(x.get(3).item()).toBe(4);
    expect(x.slice(0, 1, 4).toArray()).toEqual([2, 3, 4]);
    expect(x.toArray()).toEqual([1, 2, 3, 4, 5]);
    for (const one of commands) {
      if (one.do === "allocate") expect(one.bytes).toBe(12);
      if (one.do === "write") expect(one.data.length).toBe(12);
    }
    const reads = questions.map((one) => one.ask === "read" && [one.offset, one.bytes]);
    expect(reads).toEqual([
      [4, 4],
      [0, 8],
      [0, 12],
    ]);
  });
});
