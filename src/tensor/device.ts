/**
 * The one interface between tensors and what computes them, and which device
 * is current. Devices are told everything they need (`configureDevice`); they
 * look nothing up.
 */

import { CpuDevice } from "./cpu/device.ts";
import type { DType, TypedArray } from "./dtype.ts";
import type { Program } from "./expr.ts";
import type { Shape } from "./shape.ts";
import { LazyDevice } from "./graph.ts";
import { WebgpuClient, type WebgpuOptions } from "./webgpu/client.ts";
import { WebgpuDevice } from "./webgpu/device.ts";
import type { AdapterDetails } from "./webgpu/protocol.ts";

/** Where tensors live: typed arrays, WebGPU in software, WebGPU in hardware. */
export type DeviceKind = "cpu" | "software" | "gpu";

/** A run of elements that a device holds. Only its own device looks inside. */
export interface Storage {
  readonly device: Device;
  readonly dtype: DType;
  /** In elements. */
  readonly length: number;
}

/** A storage and the way through it; `strides` are those of the program's shape. */
export interface Operand {
  readonly storage: Storage;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** A learner's kernel, compiled. */
export interface CompiledKernel {
  /** Every element of every binding is passed as it lies in its storage. */
  run(
    inputs: readonly Storage[],
    outputs: readonly Storage[],
    uniforms: Uint32Array | undefined,
    workgroups: readonly [number, number, number],
  ): void;
}

export interface Device {
  readonly kind: DeviceKind;
  /** Why there are no tensors of `dtype`, as the end of a message; undefined when there are. */
  lacks(dtype: DType): string | undefined;
  /** Starts the device. @throws Error when it could never hold that many elements, or none of that dtype */
  check(dtype: DType, length: number): void;
  /** Unset elements hold anything. @throws RangeError when the device cannot hold that many */
  allocate(dtype: DType, length: number): Storage;
  upload(dtype: DType, values: TypedArray): Storage;
  /** A storage over the host's own memory, where the device can work in that. */
  adopt?(dtype: DType, values: TypedArray): Storage | undefined;
  /** The memory of a storage, for the host to read and write at any time from now on. */
  share?(storage: Storage): TypedArray | undefined;
  /** Writes `output`; what it holds may be there only when it is read. */
  run(program: Program, inputs: readonly Operand[], output: Operand): void;
  /** Says that elements will be read again, so that they are not computed twice. */
  keep?(storage: Storage): void;
  /** Starts what was asked for and waits, without waiting for it to be done. */
  start?(storages: readonly Storage[]): void;
  /**
   * Sees to it that int32 `indices` are from 0 to `size` − 1. Where others are
   * found, it throws or, so as not to wait for the device, the next read does.
   * @throws RangeError naming `operator` and an index that is outside
   */
  checkIndices(operator: string, indices: Operand, shape: Shape, size: number): void;
  /** Blocks until everything that was asked for is done. The result is the caller's. */
  read(storage: Storage, start: number, length: number): TypedArray;
  readAsync(storage: Storage, start: number, length: number): Promise<TypedArray>;
  /** Gives the memory back; the storage must not be used again. */
  release(storage: Storage): void;
  /** Bytes of the storages that were neither given back nor collected; on the cpu, of large ones alone. */
  bytesInUse(): number;
  /** @throws Error with the learner's line and column when the source does not compile */
  compile(source: string, entryPoint: string): CompiledKernel;
}

export interface DeviceOptions {
  device: DeviceKind;
  /** Needed for `software` and `gpu`. */
  webgpu?: WebgpuOptions;
  /** How long a read waits for the device before it gives up; 20,000 ms when left out. */
  readTimeoutMs?: number;
  /** Start the device at once, so that it starts while other code loads. */
  start?: boolean;
}

const cpu = new LazyDevice(new CpuDevice());
let current: Device = cpu;

/**
 * Chooses where tensors are made from now on. A WebGPU device starts at its
 * first use, or at once with `start`. Tensors made before stay where they are.
 */
export function configureDevice(options: DeviceOptions): void {
  if (options.device === "cpu") {
    current = cpu;
    return;
  }
  if (options.webgpu === undefined) {
    throw new Error(
      `configureDevice: device ${options.device} needs webgpu: { hostScript, addon }, the paths of the device's worker and of dawn.node`,
    );
  }
  const { device, webgpu, readTimeoutMs = 20_000, start = false } = options;
  const webgpuDevice = new WebgpuDevice(device, webgpu, readTimeoutMs);
  if (start) webgpuDevice.client.start();
  current = new LazyDevice(webgpuDevice);
}

export function currentDevice(): Device {
  return current;
}

/** What `probeAdapter` found. */
export interface AdapterReport extends AdapterDetails {
  available: boolean;
  /** Why there is none. */
  reason?: string;
}

/** Opens the adapter that `device` would use, says what it is, and closes it again. Never throws. */
export async function probeAdapter(
  options: WebgpuOptions & { device: "software" | "gpu"; timeoutMs?: number },
): Promise<AdapterReport> {
  const client = new WebgpuClient(options.device, options, options.timeoutMs ?? 15_000);
  try {
    const { adapter } = await client.helloAsync();
    return { available: true, ...adapter };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const none = { vendor: "", architecture: "", description: "", isFallback: false };
    const without = { subgroupMinSize: 0, subgroupMaxSize: 0, features: [], limits: {} };
    return { available: false, ...none, ...without, reason };
  } finally {
    await client.close();
  }
}
