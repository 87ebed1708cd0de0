/** WGSL written by hand, as an expert would for a software adapter, to hold the tensor layer against. */
import { createRequire } from "node:module";
import { webgpuOptions } from "../../tensor/devices.ts";

interface Addon {
  create(options: string[]): GPU;
  globals: object;
}

/** A device of one's own in this thread. */
export async function openRaw(): Promise<Raw> {
  const dawn = createRequire(import.meta.url)(webgpuOptions().addon) as Addon;
  const gpu = dawn.create([]);
  // Dawn uses freed memory when the object that create() returned is collected.
  Object.assign(globalThis, dawn.globals, { rawGpu: gpu });
  const adapter = await gpu.requestAdapter({ forceFallbackAdapter: true });
  if (adapter === null) throw new Error("There is no software adapter");
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
  });
  return new Raw(device);
}

export interface Pass {
  pipeline: GPUComputePipeline;
  buffers: GPUBuffer[];
  groups: number;
}

export class Raw {
  readonly #device: GPUDevice;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  buffer(values: Float32Array<ArrayBuffer> | number): GPUBuffer {
    const size = typeof values === "number" ? values * 4 : values.byteLength;
    const buffer = this.#device.createBuffer({ size, usage: 0x8c });
    if (typeof values !== "number") this.#device.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }

  pass(code: string, buffers: GPUBuffer[], groups: number): Pass {
    const module = this.#device.createShaderModule({ code });
    const pipeline = this.#device.createComputePipeline({
      layout: "auto",
      compute: { module, entryPoint: "main" },
    });
    return { pipeline, buffers, groups };
  }

  /** Runs passes in one submit and reads the first element of the last one's last buffer. */
  async run(passes: readonly Pass[]): Promise<number> {
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { pipeline, buffers, groups } of passes) {
      pass.setPipeline(pipeline);
      const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
      const layout = pipeline.getBindGroupLayout(0);
      pass.setBindGroup(0, this.#device.createBindGroup({ layout, entries }));
      pass.dispatchWorkgroups(groups);
    }
    pass.end();
    const staging = this.#device.createBuffer({ size: 4, usage: 9 });
    const last = passes.at(-1)?.buffers.at(-1);
    if (last !== undefined) encoder.copyBufferToBuffer(last, 0, staging, 0, 4);
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(1);
    const [value = NaN] = new Float32Array(staging.getMappedRange());
    staging.destroy();
    return value;
  }
}

function bind(types: readonly string[]): string {
  return types
    .map((type, i) => {
      const access = i === types.length - 1 ? "read_write" : "read";
      return `@group(0) @binding(${i}) var<storage, ${access}> b${i}: array<${type}>;`;
    })
    .join("\n");
}

const ID = "@builtin(global_invocation_id) id: vec3<u32>";

/** `sqrt(max(a² − x, 0) + 1)` with `a = 1.5x + 0.5`, 64 elements a thread. */
export function chainCode(length: number): { code: string; groups: number } {
  const code = `${bind(["vec4<f32>", "vec4<f32>"])}
@compute @workgroup_size(64) fn main(${ID}) {
  for (var i = id.x * 16u; i < id.x * 16u + 16u; i++) {
    let x = b0[i];
    let a = x * 1.5 + 0.5;
    b1[i] = sqrt(max(a * a - x, vec4(0.0)) + 1.0);
  }
}`;
  return { code, groups: length / 64 / 64 };
}

/** Partial sums of `each` elements, four at a time. */
export function sumCode(length: number, threads: number): { code: string; groups: number } {
  const each = length / 4 / threads;
  const code = `${bind(["vec4<f32>", "f32"])}
@compute @workgroup_size(${Math.min(64, threads)}) fn main(${ID}) {
  var sum = vec4(0.0);
  for (var i = id.x * ${each}u; i < (id.x + 1u) * ${each}u; i++) { sum += b0[i]; }
  b1[id.x] = sum.x + sum.y + sum.z + sum.w;
}`;
  return { code, groups: Math.max(1, threads / 64) };
}

/**
 * Products of matrices in 4 × 4 tiles of registers, `k` unrolled four times.
 * With `turned`, the right operand lies along `k`.
 */
export function matmulCode(
  batch: number,
  m: number,
  n: number,
  k: number,
  turned: boolean,
): { code: string; groups: number } {
  const rows = [0, 1, 2, 3];
  const right = turned
    ? rows.map((j) => `let y${j} = b1[(matrix * ${n}u + column * 4u + ${j}u) * ${k / 4}u + p];`)
    : rows.map((d) => `let y${d} = b1[(matrix * ${k}u + p * 4u + ${d}u) * ${n / 4}u + column];`);
  const sums = rows.map((i) =>
    turned
      ? `c${i} += vec4(dot(x${i}, y0), dot(x${i}, y1), dot(x${i}, y2), dot(x${i}, y3));`
      : `c${i} += x${i}.x * y0 + x${i}.y * y1 + x${i}.z * y2 + x${i}.w * y3;`,
  );
  const code = `${bind(["vec4<f32>", "vec4<f32>", "vec4<f32>"])}
@compute @workgroup_size(64) fn main(${ID}) {
  let row = (id.x % ${m / 4}u) * 4u;
  let column = id.x / ${m / 4}u % ${n / 4}u;
  let matrix = id.x / ${(m / 4) * (n / 4)}u;
  ${rows.map((i) => `var c${i} = vec4(0.0);`).join(" ")}
  for (var p = 0u; p < ${k / 4}u; p++) {
    ${rows.map((i) => `let x${i} = b0[(matrix * ${m}u + row + ${i}u) * ${k / 4}u + p];`).join("\n    ")}
    ${right.join("\n    ")}
    ${sums.join("\n    ")}
  }
  ${rows.map((i) => `b2[(matrix * ${m}u + row + ${i}u) * ${n / 4}u + column] = c${i};`).join("\n  ")}
}`;
  return { code, groups: (batch * (m / 4) * (n / 4)) / 64 };
}

/** The softmax of rows of `length` elements divided by 8, a row a thread. */
export function softmaxCode(rows: number, length: number): { code: string; groups: number } {
  const loop = (body: string): string =>
    `for (var i = at; i < at + ${length / 4}u; i++) { ${body} }`;
  const code = `${bind(["vec4<f32>", "vec4<f32>"])}
@compute @workgroup_size(64) fn main(${ID}) {
  let at = id.x * ${length / 4}u;
  var most = b0[at];
  ${loop("most = max(most, b0[i]);")}
  let top = max(max(most.x, most.y), max(most.z, most.w));
  var sum = vec4(0.0);
  ${loop("let e = exp((b0[i] - top) * 0.125); sum += e; b1[i] = e;")}
  let whole = sum.x + sum.y + sum.z + sum.w;
  ${loop("b1[i] = b1[i] / whole;")}
}`;
  return { code, groups: rows / 64 };
}
