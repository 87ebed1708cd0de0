/** Kernels of a learner's own: WGSL in, tensors out. */

import { type CompiledKernel, currentDevice, type Device } from "./device.ts";
import { castValue, type DType } from "./dtype.ts";
import { emptyTensor, runInto } from "./run.ts";
import { paramExpr } from "./expr.ts";
import { checkShape, describe } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { contiguous } from "./views.ts";
import { copy } from "./elementwise.ts";

/** A tensor that a kernel writes. */
export interface KernelOutput {
  shape: readonly number[];
  dtype?: DType;
  /** What each element holds before the kernel runs; 0 when left out. */
  fill?: number;
}

/** What a kernel runs on, and over how many workgroups. */
export interface KernelRun {
  inputs: readonly Tensor[];
  outputs: readonly KernelOutput[];
  /** Each a u32 (negative ones as i32), or `{ f32: x }`. */
  uniforms?: readonly (number | { f32: number })[];
  workgroups: readonly [x: number, y?: number, z?: number];
}

/**
 * Compiles WGSL for the current device. Bindings are all in `@group(0)`:
 * inputs `var<storage, read>` from 0, then outputs `var<storage, read_write>`,
 * then, when there are any, uniforms as one `var<uniform>` struct. float32 is
 * `array<f32>`, int32 `array<i32>`, uint32 `array<u32>`, bool `array<u32>` of 0 and 1,
 * and float16 (where the adapter has shader-f16) `array<f16>`.
 * @throws Error with line and column when the source does not compile
 */
export function kernel(
  source: string,
  { entryPoint = "main" }: { entryPoint?: string } = {},
): Kernel {
  if (typeof source !== "string") {
    throw new TypeError(`kernel: source must be WGSL text, got ${describe(source)}`);
  }
  const device = currentDevice();
  return new Kernel(device, device.compile(source, entryPoint));
}

/** A WGSL program that runs on tensors. */
export class Kernel {
  readonly #device: Device;
  readonly #compiled: CompiledKernel;

  constructor(device: Device, compiled: CompiledKernel) {
    this.#device = device;
    this.#compiled = compiled;
  }

  /** Runs over `workgroups` and returns the outputs. Inputs are made contiguous first. */
  run({ inputs, outputs, uniforms, workgroups }: KernelRun): Tensor[] {
    const [x, y = 1, z = 1] = checkShape("Kernel.run workgroups", [...workgroups]);
    const sources = inputs.map((one, index) => {
      if (!(one instanceof Tensor)) {
        throw new TypeError(`Kernel.run: input ${index} must be a tensor, got ${describe(one)}`);
      }
      // A kernel sees whole storages, so a view of a part becomes one of its own.
      return one.numel === one.storage.length ? contiguous(one) : copy(one);
    });
    const results = outputs.map(({ shape, dtype = "float32", fill = 0 }) => {
      const result = emptyTensor(this.#device, dtype, checkShape("Kernel.run output", shape));
      runInto(result, paramExpr(0, dtype), [], [castValue(fill, dtype)]);
      return result;
    });
    this.#compiled.run(
      sources.map(({ storage }) => storage),
      results.map(({ storage }) => storage),
      uniforms === undefined ? undefined : packUniforms(uniforms),
      [x ?? 1, y, z],
    );
    return results;
  }
}

function packUniforms(uniforms: NonNullable<KernelRun["uniforms"]>): Uint32Array {
  const words = new DataView(new ArrayBuffer(uniforms.length * 4));
  uniforms.forEach((one, index) => {
    if (typeof one === "object") words.setFloat32(index * 4, one.f32, true);
    else if (Number.isInteger(one) && one >= -(2 ** 31) && one < 2 ** 32) {
      words.setInt32(index * 4, one | 0, true);
    } else {
      throw new RangeError(
        `Kernel.run: uniform ${index} must be a whole number of 32 bits or { f32: x }, got ${describe(one)}`,
      );
    }
  });
  return new Uint32Array(words.buffer);
}
