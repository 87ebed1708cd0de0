/** Tensors over memory that the host holds too: what one writes, the other reads. On the cpu alone. */
import { currentDevice } from "./device.ts";
import type { DType, TypedArray } from "./dtype.ts";
import type { Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/**
 * The memory of a tensor, of all its views too: element 0 lies at its offset.
 * From now on programs on it run at once, as the host may write there at any time.
 * @throws TypeError for tensors that are not on the cpu
 */
export function sharedArray({ storage }: Tensor): TypedArray {
  const array = storage.device.share?.(storage);
  if (array !== undefined) return array;
  throw new TypeError(
    `sharedArray: needs a tensor on device cpu, got one on ${storage.device.kind}`,
  );
}

/** A tensor over the host's memory. @throws TypeError where the current device is not the cpu */
export function tensorOver(
  array: TypedArray,
  dtype: DType,
  shape: Shape,
  strides: readonly number[],
  offset: number,
): Tensor {
  const device = currentDevice();
  const storage = device.adopt?.(dtype, array);
  if (storage !== undefined) return new Tensor(storage, shape, strides, offset);
  throw new TypeError(`tensorOver: needs device cpu, the current one is ${device.kind}`);
}
