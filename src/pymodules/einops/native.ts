/** What the text of `einops` calls: the layer's patterns, on tensors and arrays alike. */
import { fault } from "../../python/fault.ts";
import { PyDict } from "../../python/objects/dict.ts";
import { PyList } from "../../python/objects/list.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { indexOf } from "../../python/operations/subscript.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { rearrange, reduce, type Reduction, repeat, type Tensor } from "../../tensor/index.ts";
import { PyArray } from "../numpy/array.ts";
import { arrayOf } from "../numpy/torch.ts";
import { innerTensor } from "../torch/data.ts";
import { room } from "../torch/failure.ts";
import { plainFunctions } from "../torch/register.ts";
import { wrap } from "../torch/tensor.ts";

function tensorsOf(value: Value): Tensor | Tensor[] {
  const one = innerTensor(value);
  if (one !== undefined) return one;
  if (value instanceof PyList || value instanceof PyTuple) {
    return value.items.map((item) => innerTensor(item) ?? none(item));
  }
  return none(value);
}

function none(value: Value): never {
  fault("RuntimeError", `Tensor type unknown to einops <class '${typeName(value)}'>`);
}

function sizesOf(lengths: Value): Record<string, number> {
  const sizes: Record<string, number> = {};
  if (!(lengths instanceof PyDict)) return sizes;
  for (const [name, size] of lengths.entries()) {
    const whole = indexOf(size);
    if (whole === undefined)
      fault("TypeError", `size of ${String(name)} must be int, not ${typeName(size)}`);
    Object.defineProperty(sizes, String(name), { value: Number(whole), enumerable: true });
  }
  return sizes;
}

/** Fills `_einops`: `apply(kind, tensors, pattern, reduction, lengths)`. */
export function fillEinopsNative(module: PyModule): void {
  plainFunctions(module, {
    apply: [
      "kind, tensors, pattern, reduction, lengths",
      (kind: Value, given: Value, pattern: Value, reduction: Value, lengths: Value) => {
        const from = tensorsOf(given);
        const list = Array.isArray(from) ? from : [from];
        const sizes = sizesOf(lengths);
        const grown = kind === "repeat" ? Object.values(sizes).reduce((a, b) => a * b, 1) : 1;
        room(list.reduce((sum, one) => sum + one.numel, 0) * grown);
        const text = String(pattern);
        const whole = kind === "reduce" ? list.map((one) => widened(one, String(reduction))) : list;
        const input = Array.isArray(from) ? whole : whole[0]!;
        const out =
          kind === "rearrange"
            ? rearrange(input, text, sizes)
            : kind === "repeat"
              ? repeat(input, text, sizes)
              : reduce(input, text, reduction as Reduction, sizes);
        const first = given instanceof PyList || given instanceof PyTuple ? given.items[0] : given;
        return first instanceof PyArray ? arrayOf(out) : wrap(out, "View");
      },
    ],
  });
}

/** Whole numbers are summed in 64 bits. */
function widened(x: Tensor, reduction: string): Tensor {
  const whole = x.dtype === "int32" || x.dtype === "bool";
  return whole && (reduction === "sum" || reduction === "prod") ? x.to("int64") : x;
}
