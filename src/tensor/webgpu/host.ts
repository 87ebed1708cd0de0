/**
 * The thread that owns the GPU device. It runs the main thread's batches in
 * order, each inside error scopes, and answers through shared memory.
 *
 * A batch that fails spoils the buffers it wrote: whoever reads one, or
 * something computed from one, gets the error, never the zeros that are there.
 */

import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { BufferPool } from "./pool.ts";
import {
  type AdapterDetails,
  type Batch,
  type Command,
  type Diagnostic,
  type Dispatch,
  DONE,
  FAILED,
  closeAnswer,
  fillAnswer,
  giveAnswer,
  type Hello,
  type HostData,
  type PipelineSource,
} from "./protocol.ts";

/** What dawn.node exports. */
interface Addon {
  create(options: string[]): GPU;
  globals: object;
}

interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

const SCOPES = ["validation", "out-of-memory", "internal"] as const;
/** Printed programs count elements in 32 bits, signed. */
const INDEXED_BYTES = 2 ** 33 - 16;
/** Of those that an adapter has, the features that programs use. */
const FEATURES: readonly GPUFeatureName[] = ["shader-f16", "subgroups"];
const encoder = new TextEncoder();

/** The adapter of the kind asked for. @throws Error saying that there is none */
async function findAdapter(gpu: GPU, kind: HostData["kind"]): Promise<GPUAdapter> {
  const software = kind === "software";
  const adapter = await gpu.requestAdapter(
    software ? { forceFallbackAdapter: true } : { powerPreference: "high-performance" },
  );
  if (adapter === null || (!software && adapter.info.isFallbackAdapter)) {
    throw new Error(
      software
        ? "no software adapter was found: the driver that computes on the CPU is missing or was refused"
        : "no hardware adapter was found: there is no GPU, or its Vulkan, Metal or Direct3D 12 driver is missing",
    );
  }
  return adapter;
}

function limitsOf(adapter: GPUAdapter): Record<string, number> {
  const wanted = [
    "maxBufferSize",
    "maxStorageBufferBindingSize",
    "maxStorageBuffersPerShaderStage",
    "maxComputeWorkgroupStorageSize",
    "maxComputeInvocationsPerWorkgroup",
    "maxComputeWorkgroupSizeX",
    "maxComputeWorkgroupSizeY",
    "maxComputeWorkgroupSizeZ",
    "maxComputeWorkgroupsPerDimension",
  ] as const;
  return Object.fromEntries(wanted.map((name) => [name, Number(adapter.limits[name])]));
}

function detailsOf(adapter: GPUAdapter): AdapterDetails {
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const { subgroupMinSize = 0, subgroupMaxSize = 0 } = adapter.info;
  return {
    vendor,
    architecture,
    description,
    isFallback: isFallbackAdapter,
    features: [...adapter.features].sort(),
    subgroupMinSize,
    subgroupMaxSize,
    limits: limitsOf(adapter),
  };
}

class Host {
  readonly #device: GPUDevice;
  readonly #pool: BufferPool;
  readonly #buffers = new Map<number, GPUBuffer>();
  /** What was asked for, in bytes: a pooled buffer is longer, and `arrayLength` must not tell. */
  readonly #bytes = new Map<number, number>();
  readonly #pipelines = new Map<number, Pipeline>();
  /** Why a buffer must not be read. */
  readonly #spoiled = new Map<number, string>();
  #lost: string | undefined;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;
  /** Buffers that commands not yet submitted use; a queue write would overtake those. */
  readonly #busy = new Set<GPUBuffer>();
  /** Buffers that this batch made or wrote. */
  #touched: number[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#pool = new BufferPool(device);
    device.addEventListener("uncapturederror", (event) => event.preventDefault());
    void device.lost.then((info) => {
      this.#lost = `the device was lost (${info.reason}): ${info.message || "no reason given"}; its tensors are gone, so start again, or configureDevice() anew`;
    });
  }

  async run(batch: Batch): Promise<void> {
    const { question } = batch;
    try {
      await this.#execute(batch);
      if (question === undefined) return;
      await this.#answer(question);
      closeAnswer(question.answer, DONE);
    } catch (error) {
      if (question !== undefined)
        giveAnswer(question.answer, FAILED, encoder.encode(messageOf(error)));
    }
  }

  /** Calls back once all that was submitted so far has been computed; does not wait for it. */
  whenDone(callback: () => void): void {
    this.#device.queue.onSubmittedWorkDone().then(callback, callback);
  }

  async #execute({ commands, words, question }: Batch): Promise<void> {
    if (commands.length === 0) return;
    for (const scope of SCOPES) this.#device.pushErrorScope(scope);
    this.#touched = [];
    let failure: string | undefined;
    let uniforms: GPUBuffer | undefined;
    try {
      if (words.length > 0) {
        uniforms = this.#pool.take(words.byteLength, "uniform");
        this.#device.queue.writeBuffer(uniforms, 0, words);
      }
      for (const command of commands) this.#command(command, uniforms);
      this.#submit();
    } catch (error) {
      failure = messageOf(error);
      this.#pass = undefined;
      this.#encoder = undefined;
      this.#busy.clear();
    }
    if (uniforms !== undefined) this.#pool.give(uniforms);
    const found = await this.#popped();
    failure = this.#lost ?? failure ?? found;
    if (failure === undefined) return;
    // The first error says more than those that follow from it.
    for (const buffer of this.#touched) {
      if (!this.#spoiled.has(buffer)) this.#spoiled.set(buffer, failure);
    }
    // With nobody asking, the error waits for a reader of what it spoiled.
    if (question !== undefined) throw new Error(failure);
  }

  #command(command: Command, uniforms: GPUBuffer | undefined): void {
    switch (command.do) {
      case "allocate":
        this.#buffers.set(command.buffer, this.#pool.take(command.bytes, "storage"));
        this.#bytes.set(command.buffer, Math.max(4, command.bytes));
        this.#touched.push(command.buffer);
        break;
      case "release": {
        const buffer = this.#buffers.get(command.buffer);
        if (buffer !== undefined) this.#pool.give(buffer);
        this.#buffers.delete(command.buffer);
        this.#bytes.delete(command.buffer);
        this.#spoiled.delete(command.buffer);
        break;
      }
      case "write": {
        const buffer = this.#buffer(command.buffer);
        if (this.#busy.has(buffer)) this.#submit();
        this.#device.queue.writeBuffer(buffer, 0, command.data);
        break;
      }
      case "pipeline":
        this.#pipelines.set(command.pipeline, this.#compile(command));
        break;
      case "dispatch":
        this.#dispatch(command, uniforms);
        break;
      case "lose":
        this.#submit();
        this.#device.destroy();
        break;
    }
  }

  #buffer(number: number): GPUBuffer {
    const buffer = this.#buffers.get(number);
    if (buffer === undefined) throw new Error(`buffer ${number} is not there: it was released`);
    return buffer;
  }

  #compile({ source, entryPoint, reads, writes, uniform }: PipelineSource): Pipeline {
    const types: GPUBufferBindingType[] = [
      ...Array.from({ length: reads }, () => "read-only-storage" as const),
      ...Array.from({ length: writes }, () => "storage" as const),
      ...(uniform ? (["uniform"] as const) : []),
    ];
    const layout = this.#device.createBindGroupLayout({
      entries: types.map((type, binding) => ({ binding, visibility: 4, buffer: { type } })),
    });
    const pipeline = this.#device.createComputePipeline({
      layout: this.#device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: this.#device.createShaderModule({ code: source }), entryPoint },
    });
    return { pipeline, layout };
  }

  #dispatch(
    { pipeline, reads, writes, inFours, at, count, workgroups }: Dispatch,
    uniforms: GPUBuffer | undefined,
  ): void {
    this.#touched.push(...writes);
    const spoiled = [...reads, ...writes]
      .map((buffer) => this.#spoiled.get(buffer))
      .find((why) => why !== undefined);
    if (spoiled !== undefined) {
      for (const write of writes) this.#spoiled.set(write, spoiled);
      return;
    }
    // Dawn prints a warning where there is nothing to do.
    if (workgroups.includes(0)) return;
    const compiled = this.#pipelines.get(pipeline);
    if (compiled === undefined) throw new Error(`pipeline ${pipeline} is not there`);
    const entries = [...reads, ...writes].map((number, binding): GPUBindGroupEntry => {
      const buffer = this.#buffer(number);
      this.#busy.add(buffer);
      const bytes = this.#bytes.get(number) ?? buffer.size;
      return { binding, resource: { buffer, size: inFours ? Math.ceil(bytes / 16) * 16 : bytes } };
    });
    if (count > 0 && uniforms !== undefined) {
      // A uniform struct is as long as a multiple of 16 bytes.
      const resource = { buffer: uniforms, offset: at * 4, size: Math.ceil(count / 4) * 16 };
      entries.push({ binding: entries.length, resource });
    }
    this.#encoder ??= this.#device.createCommandEncoder();
    this.#pass ??= this.#encoder.beginComputePass();
    this.#pass.setPipeline(compiled.pipeline);
    this.#pass.setBindGroup(0, this.#device.createBindGroup({ layout: compiled.layout, entries }));
    this.#pass.dispatchWorkgroups(...workgroups);
  }

  #submit(): void {
    this.#pass?.end();
    if (this.#encoder !== undefined) this.#device.queue.submit([this.#encoder.finish()]);
    this.#pass = undefined;
    this.#encoder = undefined;
    this.#busy.clear();
    this.#pool.trim();
  }

  async #answer(question: NonNullable<Batch["question"]>): Promise<void> {
    if (this.#lost !== undefined) throw new Error(this.#lost);
    if (question.ask === "check") return;
    if (question.ask === "compile") {
      const diagnostics = await this.#diagnose(question.source, question.entryPoint);
      fillAnswer(question.answer, encoder.encode(JSON.stringify(diagnostics)));
      return;
    }
    const spoiled = this.#spoiled.get(question.buffer);
    if (spoiled !== undefined) throw new Error(spoiled);
    const { buffer, offset, bytes, answer } = question;
    if (bytes > 0) await this.#read(this.#buffer(buffer), offset, bytes, answer);
  }

  async #read(
    buffer: GPUBuffer,
    offset: number,
    bytes: number,
    answer: SharedArrayBuffer,
  ): Promise<void> {
    for (const scope of SCOPES) this.#device.pushErrorScope(scope);
    const staging = this.#pool.take(bytes, "staging");
    const copying = this.#device.createCommandEncoder();
    copying.copyBufferToBuffer(buffer, offset, staging, 0, bytes);
    this.#device.queue.submit([copying.finish()]);
    const popped = this.#popped();
    let failure: string | undefined;
    try {
      await staging.mapAsync(1, 0, bytes);
      fillAnswer(answer, new Uint8Array(staging.getMappedRange(0, bytes)));
      staging.unmap();
      this.#pool.give(staging);
    } catch (error) {
      failure = messageOf(error) || "the result could not be mapped";
      staging.destroy();
      // Word of a loss may come a little later than what it breaks.
      await Promise.race([this.#device.lost, Bun.sleep(100)]);
    }
    // Mapping fails with an empty message; the scopes say why.
    failure = this.#lost ?? (await popped) ?? failure;
    if (failure !== undefined) throw new Error(failure);
  }

  /** Closes the error scopes of `SCOPES`: the first error in them, if any. */
  async #popped(): Promise<string | undefined> {
    try {
      const found = await Promise.all(SCOPES.map(() => this.#device.popErrorScope()));
      const error = found.find((one) => one !== null);
      return error === undefined || error === null
        ? undefined
        : `${kindOf(error)}: ${error.message}`;
    } catch (error) {
      // A lost device has no scopes any more.
      return this.#lost ?? `the device stopped (${messageOf(error)})`;
    }
  }

  /** What is wrong with a learner's source; nothing when it makes a pipeline. */
  async #diagnose(source: string, entryPoint: string): Promise<Diagnostic[]> {
    this.#device.pushErrorScope("validation");
    const module = this.#device.createShaderModule({ code: source });
    const info = await module.getCompilationInfo();
    const found = info.messages
      .filter(({ type }) => type === "error")
      .map(({ lineNum, linePos, message }) => ({ line: lineNum, column: linePos, message }));
    if (found.length === 0) {
      this.#device.createComputePipeline({ layout: "auto", compute: { module, entryPoint } });
    }
    const error = await this.#device.popErrorScope();
    if (found.length === 0 && error !== null)
      found.push({ line: 0, column: 0, message: error.message });
    return found;
  }
}

/** Counts one more batch and wakes a main thread that got too far ahead. */
function advance(progress: SharedArrayBuffer): void {
  const finished = new Int32Array(progress);
  Atomics.add(finished, 0, 1);
  Atomics.notify(finished, 0);
}

function kindOf(error: GPUError): string {
  const name = error.constructor.name;
  if (name === "GPUOutOfMemoryError") return "out of memory";
  return name === "GPUInternalError" ? "internal error of the driver" : "validation error";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function start({ kind, addon, hello, progress }: HostData): Promise<void> {
  try {
    const dawn = createRequire(import.meta.url)(addon) as Addon;
    const gpu = dawn.create([]);
    // Dawn uses freed memory when the object that create() returned is collected.
    Object.assign(globalThis, dawn.globals, { kataGpu: gpu });
    const adapter = await findAdapter(gpu, kind);
    const details = detailsOf(adapter);
    const device = await adapter.requestDevice({
      requiredLimits: details.limits,
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    });
    const host = new Host(device);
    // One batch at a time: each waits for its error scopes.
    let queue = Promise.resolve();
    parentPort?.on("message", (batch: Batch) => {
      queue = queue
        .then(() => host.run(batch))
        .then(
          () => host.whenDone(() => advance(progress)),
          () => advance(progress),
        );
    });
    const answer: Hello = {
      adapter: details,
      maxBytes: Math.min(
        details.limits["maxBufferSize"] ?? 0,
        details.limits["maxStorageBufferBindingSize"] ?? 0,
        INDEXED_BYTES,
      ),
      maxWorkgroups: details.limits["maxComputeWorkgroupsPerDimension"] ?? 65_535,
    };
    giveAnswer(hello, DONE, encoder.encode(JSON.stringify(answer)));
  } catch (error) {
    giveAnswer(hello, FAILED, encoder.encode(messageOf(error)));
  }
}

await start(workerData as HostData);
