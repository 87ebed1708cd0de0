/**
 * The memory that generated code and both threads see: one growing
 * WebAssembly memory, given out in blocks. Where it cannot be shared it works
 * for one thread, and where there is none at all, typed arrays serve alone.
 */

/** WebAssembly's unit of growth. */
const PAGE = 65536;
/** 4 GiB less a page, so that no address wraps. */
const MAX_PAGES = 65535;
const GROWTH = 16 * 2 ** 20;
/** Words before the first block that the threads talk through. */
const CONTROL_WORDS = 64;
/** A vector's load at the last element of a block ends inside it. */
const PADDING = 64;
/** Lines of the caches, so that two threads' blocks never share one. */
const ALIGNMENT = 64;

interface Block {
  at: number;
  bytes: number;
}

export class Heap {
  readonly memory: WebAssembly.Memory;
  readonly shared: boolean;
  /** In order of address; neighbours are merged. */
  readonly #free: Block[] = [];
  #end: number = CONTROL_WORDS * 4;
  #words: Int32Array;
  #floats: Float32Array;

  private constructor(memory: WebAssembly.Memory, shared: boolean) {
    this.memory = memory;
    this.shared = shared;
    this.#words = new Int32Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
  }

  /** Undefined where the engine or the address space has no room for one. */
  static open(): Heap | undefined {
    for (const shared of [true, false]) {
      try {
        const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared });
        return new Heap(memory, shared);
      } catch {
        // The next kind may be allowed.
      }
    }
    return undefined;
  }

  get limits(): { shared: boolean; pages: number } {
    return { shared: this.shared, pages: MAX_PAGES };
  }

  /** All of it as int32; asked for anew after each allocation. */
  get words(): Int32Array {
    return this.#fresh(this.#words)
      ? this.#words
      : (this.#words = new Int32Array(this.memory.buffer));
  }

  get floats(): Float32Array {
    if (!this.#fresh(this.#floats)) this.#floats = new Float32Array(this.memory.buffer);
    return this.#floats;
  }

  #fresh(view: Int32Array | Float32Array): boolean {
    return view.buffer === this.memory.buffer;
  }

  /** Address of a new block, a multiple of 64; undefined when the memory is full. */
  allocate(bytes: number): number | undefined {
    const size = sizeOf(bytes);
    const index = this.#free.findIndex((block) => block.bytes >= size);
    const block = this.#free[index];
    if (block !== undefined) {
      const { at } = block;
      if (block.bytes === size) this.#free.splice(index, 1);
      else this.#free[index] = { at: at + size, bytes: block.bytes - size };
      return at;
    }
    const at = this.#end;
    const lacking = at + size - this.memory.buffer.byteLength;
    if (lacking > 0 && !this.#grow(lacking)) return undefined;
    this.#end = at + size;
    return at;
  }

  /** Gives back a block of as many bytes as were asked for. */
  release(at: number, bytes: number): void {
    const size = sizeOf(bytes);
    let low = 0;
    for (let high = this.#free.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((this.#free[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    const merged = { at, bytes: size };
    const next = this.#free[low];
    const before = this.#free[low - 1];
    let removed = 0;
    if (next !== undefined && at + size === next.at) {
      merged.bytes += next.bytes;
      removed++;
    }
    if (before !== undefined && before.at + before.bytes === at) {
      merged.at = before.at;
      merged.bytes += before.bytes;
      removed++;
      low--;
    }
    this.#free.splice(low, removed, merged);
  }

  #grow(bytes: number): boolean {
    for (const wanted of [Math.max(bytes, GROWTH), bytes]) {
      try {
        this.memory.grow(Math.ceil(wanted / PAGE));
        return true;
      } catch {
        // Less may still fit.
      }
    }
    return false;
  }
}

function sizeOf(bytes: number): number {
  return Math.ceil((bytes + PADDING) / ALIGNMENT) * ALIGNMENT;
}
