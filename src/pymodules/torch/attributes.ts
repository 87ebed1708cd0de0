/** Attributes of `Tensor`, and how tensors and parameters are made by their classes. */
import { fault } from "../../python/fault.ts";
import { computed, maker } from "../../python/objects/define.ts";
import { type Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { PyType } from "../../python/objects/type.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { autogradOf } from "../../tensor/autograd/graph.ts";
import { bytesOf } from "../../tensor/dtype.ts";
import * as views from "../../tensor/views.ts";
import { CREATION, asLeaf } from "./creation.ts";
import { tensorFrom } from "./data.ts";
import { CPU } from "./device.ts";
import { dtypeObject } from "./dtype.ts";
import { guarded } from "./failure.ts";
import {
  PyTensor,
  given,
  parameterType,
  requiresGrad,
  sameSizes,
  sizeOf,
  tensorOf,
  tensorType,
  wrap,
} from "./tensor.ts";

function matrixTransposed(what: string, x: PyTensor): PyTensor {
  if (x.t.ndim === 0) return x;
  if (x.t.ndim === 1 || (what === "H" && x.t.ndim !== 2)) {
    fault(
      "RuntimeError",
      `tensor.${what} is only supported on matrices${what === "H" ? "" : " or batches of matrices"}. Got ${x.t.ndim}-D tensor.`,
    );
  }
  return wrap(views.transpose(x.t, -1, -2), "Transpose0");
}

computed(tensorType, {
  shape: (x: PyTensor) => sizeOf(x.t.shape),
  dtype: (x: PyTensor) => dtypeObject(x.t.dtype),
  device: (_x: PyTensor) => CPU,
  ndim: (x: PyTensor) => x.t.ndim,
  is_cuda: () => false,
  is_sparse: () => false,
  is_quantized: () => false,
  layout: () => "torch.strided",
  itemsize: (x: PyTensor) => bytesOf(x.t.dtype),
  nbytes: (x: PyTensor) => bytesOf(x.t.dtype) * x.t.numel,
  T: (x: PyTensor) => wrap(views.permute(x.t, [...x.t.shape.keys()].reverse()), "Permute"),
  mT: (x: PyTensor) => matrixTransposed("mT", x),
  mH: (x: PyTensor) => matrixTransposed("mH", x),
  H: (x: PyTensor) => matrixTransposed("H", x),
  data: [
    (x: PyTensor) => wrap(x.t.detach()),
    (x: PyTensor, value) => {
      if (!(value instanceof PyTensor)) {
        fault(
          "TypeError",
          `Variable data has to be a tensor, but got ${value === undefined ? "nothing" : typeName(value)}`,
        );
      }
      const { t } = value;
      const same =
        t.storage === x.t.storage && t.offset === x.t.offset && sameSizes(t.strides, x.t.strides);
      if (same && sameSizes(t.shape, x.t.shape)) return;
      const [needs, gradient] = [requiresGrad(x), x.t.grad];
      x.t = t.detach();
      if (needs) x.t.requiresGrad_();
      if (gradient !== undefined) autogradOf(x.t).grad = gradient;
    },
  ],
});

maker(
  tensorType,
  signed("cls, data=None, *, device=None", (cls: PyType, data?: Value) =>
    guarded(() => {
      const held = given(data);
      const t =
        held === undefined
          ? tensorFrom(new PyTuple([]), "float32", "float32")
          : typeof held === "number"
            ? layerZeros(held)
            : tensorFrom(held, "float32", "float32");
      return new (cls.js as unknown as new (t: PyTensor["t"]) => PyTensor)(t);
    }),
  ),
);

function layerZeros(size: number): PyTensor["t"] {
  return (CREATION["zeros"]![1] as (...args: unknown[]) => PyTensor)([size]).t;
}

maker(
  parameterType,
  signed("cls, data=None, requires_grad=True", (cls: PyType, data?: Value, requires?: Value) =>
    guarded(() => {
      const from = given(data);
      const t =
        from === undefined
          ? tensorFrom(new PyTuple([]), "float32", "float32")
          : tensorOf("Parameter", "data", 1, from).detach();
      const made = new (cls.js as unknown as new (t: PyTensor["t"]) => PyTensor)(t);
      if (requires !== false) asLeaf(t, true);
      return made;
    }),
  ),
);
