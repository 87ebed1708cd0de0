/** GPU buffers that are used again: a fresh one costs about a millisecond for each MiB. */

type Use = "storage" | "uniform" | "staging";

/** STORAGE | COPY_SRC | COPY_DST, UNIFORM | COPY_DST, MAP_READ | COPY_DST. */
const USAGE: Record<Use, number> = { storage: 0x8c, uniform: 0x48, staging: 0x09 };
/** What is kept for later at the most. */
const KEPT_BYTES = 256 * 2 ** 20;
/** No buffer is smaller. */
export const SMALLEST_BUFFER = 256;

export class BufferPool {
  readonly #device: GPUDevice;
  readonly #free = new Map<string, GPUBuffer[]>();
  #kept = 0;
  /** Too much to keep, but perhaps still used by commands that were not submitted yet. */
  #surplus: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** A buffer of at least `bytes`, which holds anything. */
  take(bytes: number, use: Use): GPUBuffer {
    const size = sizeFor(bytes);
    const buffer = this.#free.get(key(size, USAGE[use]))?.pop();
    if (buffer === undefined) return this.#device.createBuffer({ size, usage: USAGE[use] });
    this.#kept -= size;
    return buffer;
  }

  give(buffer: GPUBuffer): void {
    const { size, usage } = buffer;
    if (this.#kept + size > KEPT_BYTES) {
      this.#surplus.push(buffer);
      return;
    }
    const list = this.#free.get(key(size, usage));
    if (list === undefined) this.#free.set(key(size, usage), [buffer]);
    else list.push(buffer);
    this.#kept += size;
  }

  /** Frees what was not worth keeping; only when no commands wait to be submitted. */
  trim(): void {
    for (const buffer of this.#surplus) buffer.destroy();
    this.#surplus = [];
  }
}

function key(size: number, usage: number): string {
  return `${usage}/${size}`;
}

/** Powers of two up to 1 MiB, then whole MiB, so that few sizes are about and little is wasted. */
function sizeFor(bytes: number): number {
  if (bytes <= SMALLEST_BUFFER) return SMALLEST_BUFFER;
  if (bytes <= 2 ** 20) return 2 ** Math.ceil(Math.log2(bytes));
  const rounded = Math.ceil(bytes / 2 ** 20) * 2 ** 20;
  // The largest buffers a device allows are a little short of a whole MiB.
  return bytes > 2 ** 28 ? Math.ceil(bytes / 16) * 16 : rounded;
}
