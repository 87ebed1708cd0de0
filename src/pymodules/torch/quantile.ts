/** Quantiles, between whose two neighbours there are five ways to choose. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import * as layer from "../../tensor/functional/index.ts";
import { type Tensor, stack as layerStack } from "../../tensor/index.ts";
import { foldOf } from "./dims.ts";
import { PyTensor, numberOf, wrap } from "./tensor.ts";

export const QUANTILE = "q, dim=None, keepdim=False, *, interpolation='linear'";

/** Between which of two neighbours a quantile lies, and how it is made of them. */
const BETWEEN: Readonly<Record<string, (share: number) => number>> = {
  linear: (share) => share,
  lower: () => 0,
  higher: (share) => (share > 0 ? 1 : 0),
  midpoint: (share) => (share > 0 ? 0.5 : 0),
  nearest: (share) => (share > 0.5 ? 1 : 0),
};

export function quantile(
  x: PyTensor,
  q: Value,
  dim?: Value,
  keepdim?: Value,
  how?: Value,
): PyTensor {
  if (x.t.dtype !== "float32" && x.t.dtype !== "float64") {
    fault("RuntimeError", "quantile() input tensor must be either float or double dtype");
  }
  if (x.t.numel === 0) fault("RuntimeError", "quantile() input tensor must be non-empty");
  if (q instanceof PyTensor && q.t.dtype !== x.t.dtype) {
    fault("RuntimeError", "quantile() q tensor must be same dtype as the input tensor");
  }
  const between = BETWEEN[how === undefined ? "linear" : String(how)];
  if (between === undefined) {
    fault(
      "RuntimeError",
      `quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got ${String(how)}`,
    );
  }
  const { dims, options } = foldOf("quantile", x, dim, keepdim);
  const shares =
    q instanceof PyTensor
      ? Array.from(q.t.toTypedArray() as ArrayLike<number>)
      : [numberOf("quantile", "q", q)];
  if (shares.some((one) => !(one >= 0 && one <= 1))) {
    fault("RuntimeError", "quantile() q must be in the range [0, 1]");
  }
  const [at] = dims ?? [];
  const flat = at === undefined ? x.t.reshape(x.t.numel) : x.t;
  const along = at ?? 0;
  const { values } = layer.sort(flat, along);
  const count = values.shape[along] ?? 1;
  const missing = flat.isnan().any(along, { keepdim: true });
  const found = shares.map((share) => {
    const place = share * (count - 1);
    const low = Math.floor(place);
    const pick = (i: number): Tensor => values.narrow(along, Math.min(i, count - 1), 1);
    const one = pick(low).add(
      pick(low + 1)
        .sub(pick(low))
        .mul(between(place - low)),
    );
    const whole = one.maskedFill(missing, Number.NaN);
    if (!options.keepdim) return flat.ndim === 0 ? whole.reshape([]) : whole.squeeze(along);
    return at === undefined ? whole.reshape(x.t.shape.map(() => 1)) : whole;
  });
  const stacked = q instanceof PyTensor && q.t.ndim > 0;
  return wrap(stacked ? layerStack(found, 0) : found[0]!, stacked ? "Permute" : "SqueezeBackward3");
}
