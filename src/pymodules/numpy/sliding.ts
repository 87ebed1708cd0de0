/** `numpy._sliding`: what is seen through a window that is moved along an array, and sums of products there. */
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import type { PyTuple } from "../../python/objects/tuple.ts";
import { memory, PyArray, work } from "./array.ts";
import { FLOAT64 } from "./dtype.ts";
import { asArray } from "./read.ts";
import { functions } from "./register.ts";
import { floats } from "./views.ts";

/** Fills `numpy._sliding`. */
export function fillSliding(module: PyModule): void {
  functions(module, {
    full: [
      "a, v",
      (a: Value, v: Value) => {
        const [x, y] = [floats(asArray(a, FLOAT64)), floats(asArray(v, FLOAT64))];
        const sums = memory(FLOAT64, x.length + y.length - 1) as Float64Array;
        for (let i = 0; i < y.length; i++) {
          work(x.length);
          addScaled(sums, i, x, y[i]!);
        }
        return new PyArray(sums, FLOAT64, [sums.length]);
      },
    ],
    /** A view with an axis more for each window, whose sizes fit. */
    windows: [
      "x, sizes, axes",
      (x: PyArray, sizes: PyTuple, axes: PyTuple) => {
        const [shape, strides] = [x.shape.slice(), x.strides.slice()];
        sizes.items.forEach((size, i) => {
          const axis = Number(axes.items[i]);
          shape[axis]! -= Number(size) - 1;
          shape.push(Number(size));
          strides.push(x.strides[axis]!);
        });
        const view = x.view(shape, strides);
        view.writeable = false;
        return view;
      },
    ],
  });
}

function addScaled(sums: Float64Array, from: number, x: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) sums[from + i]! += x[i]! * factor;
}
