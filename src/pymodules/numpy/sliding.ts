/** `numpy._sliding`: sums of products of one line of floats with another that is moved along it. */
import { spend } from "../../python/budget.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { memory, PyArray } from "./array.ts";
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
          spend(1 + Math.ceil(x.length / 8));
          addScaled(sums, i, x, y[i]!);
        }
        return new PyArray(sums, FLOAT64, [sums.length]);
      },
    ],
  });
}

function addScaled(sums: Float64Array, from: number, x: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) sums[from + i]! += x[i]! * factor;
}
