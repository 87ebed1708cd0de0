/** The device that is always there: typed arrays and generated JavaScript. */

import type { CompiledKernel, Device, DeviceKind, Operand, Storage } from "../device.ts";
import { type DType, hostArray, type TypedArray } from "../dtype.ts";
import { type Program, usesIndex } from "../expr.ts";
import { coalesce, product } from "../shape.ts";
import { compileProgram } from "./codegen.ts";
import { matmul } from "./matmul.ts";

/** A typed array of 4 GiB is the most that is worth trying; beyond it the machine swaps or kills. */
const MAX_BYTES = 2 ** 32;

class CpuStorage implements Storage {
  readonly device: Device;
  readonly dtype: DType;
  readonly length: number;
  data: TypedArray | undefined;

  constructor(device: Device, dtype: DType, data: TypedArray) {
    this.device = device;
    this.dtype = dtype;
    this.length = data.length;
    this.data = data;
  }
}

export class CpuDevice implements Device {
  readonly kind: DeviceKind = "cpu";

  check(dtype: DType, length: number): void {
    if (bytesOf(dtype, length) > MAX_BYTES) throw new RangeError(tooMany(dtype, length));
  }

  allocate(dtype: DType, length: number): Storage {
    this.check(dtype, length);
    try {
      return new CpuStorage(this, dtype, hostArray(dtype, length));
    } catch (cause) {
      throw new RangeError(tooMany(dtype, length), { cause });
    }
  }

  upload(dtype: DType, values: TypedArray): Storage {
    return new CpuStorage(this, dtype, values.slice());
  }

  run(program: Program, inputs: readonly Operand[], output: Operand): void {
    const arrays = inputs.map(({ storage }) => dataOf(storage));
    const out = dataOf(output.storage);
    if (program.kind === "matmul") {
      matmul(program, inputs, arrays, output, out);
      return;
    }
    const { expr, params } = program;
    const offsets = [...inputs, output].map(({ offset }) => offset);
    if (program.kind === "elementwise") {
      const walks = [...inputs, output].map(({ strides }) => strides);
      const { shape, strides } = usesIndex(expr)
        ? { shape: program.shape, strides: walks }
        : coalesce(program.shape, walks);
      compileProgram(expr, shape.length, inputs.length)(
        arrays,
        out,
        shape,
        offsets,
        strides,
        params,
      );
      return;
    }
    const { shape, kept, reducer } = program;
    const walks = inputs.map(({ strides }) => strides);
    walks.push(output.strides);
    if (product(shape.slice(0, kept)) === 0) return;
    const code = compileProgram(expr, shape.length, inputs.length, { reducer, kept });
    code(arrays, out, shape, offsets, walks, params);
  }

  read(storage: Storage, start: number, length: number): TypedArray {
    return dataOf(storage).slice(start, start + length);
  }

  readAsync(storage: Storage, start: number, length: number): Promise<TypedArray> {
    return Promise.resolve(this.read(storage, start, length));
  }

  release(storage: Storage): void {
    if (storage instanceof CpuStorage) storage.data = undefined;
  }

  compile(): CompiledKernel {
    throw new Error(
      "kernel: device cpu cannot run WGSL; use --device software (or --device gpu where there is one)",
    );
  }
}

function bytesOf(dtype: DType, length: number): number {
  return length * (dtype === "bool" ? 1 : 4);
}

function tooMany(dtype: DType, length: number): string {
  return `Cannot allocate ${length} elements of ${dtype} (${bytesOf(dtype, length)} bytes) on device cpu: out of memory`;
}

function dataOf(storage: Storage): TypedArray {
  if (!(storage instanceof CpuStorage)) {
    throw new Error(`A tensor on device ${storage.device.kind} cannot be used on device cpu`);
  }
  if (storage.data === undefined) throw new Error("This tensor was disposed of and holds no data");
  return storage.data;
}
