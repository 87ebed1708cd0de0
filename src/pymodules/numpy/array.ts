/** `numpy.ndarray`: an object around a tensor of the layer, on the cpu, without gradients. */
import { PyObject } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import type { PyType } from "../../python/objects/type.ts";
import type { Tensor } from "../../tensor/index.ts";

export class PyArray extends PyObject {
  t: Tensor;
  /** A scalar of NumPy's, such as `np.float64(1.5)`: without dims, and shown as a number. */
  readonly scalar: boolean;

  constructor(t: Tensor, scalar = false) {
    super();
    this.t = t;
    this.scalar = scalar;
  }
}

export const arrayType: PyType = builtinType("ndarray", PyArray, { module: "numpy" });

/** A result; one without dims is a scalar. */
export function wrapArray(t: Tensor): PyArray {
  return new PyArray(t.detach(), t.ndim === 0);
}
