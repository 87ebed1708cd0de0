/** Where numpy and torch meet: arrays and tensors over one memory. */
import { fault } from "../../python/fault.ts";
import { sharedArray, tensorOver } from "../../tensor/sharing.ts";
import { isDType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/index.ts";
import { type PyTensor, requiresGrad, tensorType } from "../torch/tensor.ts";
import { methods } from "../../python/objects/define.ts";
import type { Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyArray } from "./array.ts";
import { type Data, dtypeArgument, DTYPES } from "./dtype.ts";
import { cast } from "./read.ts";
import { PyScalar, zeroDim } from "./scalar.ts";

/** The array of a tensor's own elements. */
function arrayOf(t: Tensor): PyArray {
  const dtype = DTYPES.find((one) => one.name === t.dtype);
  if (dtype === undefined) fault("TypeError", `Got unsupported ScalarType ${t.dtype}`);
  return new PyArray(sharedArray(t) as Data, dtype, t.shape, t.strides, t.offset);
}

export function arrayOfTensor(x: PyTensor): PyArray {
  return arrayOf(x.t.detach());
}

/** The tensor of an array's own elements. @throws TypeError for dtypes that torch has not */
function tensorOf(x: PyArray): Tensor {
  if (!isDType(x.dtype.name)) {
    fault(
      "TypeError",
      `can't convert np.ndarray of type numpy.${x.dtype.name === "bool" ? "bool_" : x.dtype.name}. The only supported types are: float64, float32, float16, int64, int32, uint32, and bool.`,
    );
  }
  if (x.strides.some((stride) => stride < 0)) {
    fault(
      "ValueError",
      "At least one stride in the given numpy array is negative, and tensors with negative strides are not currently supported. (You can probably work around this by making a copy of your array with array.copy().) ",
    );
  }
  return tensorOver(x.data as never, x.dtype.name, x.shape, x.strides, x.offset);
}

// What torch's functions look for in the arrays they are given.
Object.defineProperty(PyArray.prototype, "t", {
  get(this: PyArray): Tensor {
    return tensorOf(this);
  },
});
Object.defineProperty(PyScalar.prototype, "t", {
  get(this: PyScalar): Tensor {
    return tensorOf(zeroDim(this.value, this.dtype));
  },
});

methods(tensorType, {
  numpy: signed("*, force=False", (x: PyTensor, force?: Value) => {
    if (requiresGrad(x) && force !== true) {
      fault(
        "RuntimeError",
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
      );
    }
    return arrayOfTensor(x);
  }),
  __array__: signed("dtype=None", (x: PyTensor, dtype?: Value) => {
    const own = arrayOfTensor(x);
    const wanted = dtypeArgument(dtype);
    return wanted === undefined || wanted === own.dtype ? own : cast(own, wanted);
  }),
});
