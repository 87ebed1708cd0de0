import { full } from "../creation.ts";
import { cat } from "../indexing.ts";
import { describe, formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** What new elements hold: a value, the mirrored ones, the nearest one, or those of the other end. */
export type PadMode = "constant" | "reflect" | "replicate" | "circular";

/**
 * More elements at the ends of dims, fewer where a width is negative. `widths`
 * lists [before, after] from the last dim on, as in PyTorch: `[1, 2]` widens
 * [..., n] to [..., n + 3], `[0, 0, 1, 1]` the dim before it by 2.
 * @throws RangeError naming the dim whose elements do not suffice
 */
export function pad(
  x: Tensor,
  widths: readonly number[],
  { mode = "constant", value = 0 }: { mode?: PadMode; value?: number } = {},
): Tensor {
  if (widths.length % 2 !== 0 || widths.length > 2 * x.ndim || !widths.every(Number.isInteger)) {
    throw new RangeError(
      `pad: widths must be pairs of whole numbers, at most one for each dim of shape ${formatShape(x.shape)}, got ${formatShape(widths)}`,
    );
  }
  if (!["constant", "reflect", "replicate", "circular"].includes(mode)) {
    throw new TypeError(
      `pad: mode must be "constant", "reflect", "replicate" or "circular", got ${describe(mode)}`,
    );
  }
  let result = x;
  for (let i = 0; i < widths.length; i += 2) {
    const dim = x.ndim - 1 - i / 2;
    result = padDim(result, dim, widths[i] ?? 0, widths[i + 1] ?? 0, mode, value);
  }
  return result;
}

function padDim(
  x: Tensor,
  dim: number,
  before: number,
  after: number,
  mode: PadMode,
  value: number,
): Tensor {
  const size = x.shape[dim] ?? 0;
  const cutBefore = Math.max(-before, 0);
  const kept = size - cutBefore - Math.max(-after, 0);
  const limit = {
    constant: Infinity,
    reflect: kept - 1,
    circular: kept,
    replicate: kept > 0 ? Infinity : 0,
  };
  if (kept < 0 || Math.max(before, after) > Math.max(limit[mode], 0)) {
    throw new RangeError(
      `pad: dim ${dim} of shape ${formatShape(x.shape)} is too small for widths ${before} and ${after} in mode ${mode}`,
    );
  }
  const middle = kept === size ? x : x.narrow(dim, cutBefore, kept);
  const edge = (width: number, front: boolean): Tensor[] => {
    if (width <= 0) return [];
    const shape = x.shape.with(dim, width);
    switch (mode) {
      case "constant":
        return [full(shape, value, { dtype: x.dtype })];
      case "reflect":
        return [middle.narrow(dim, front ? 1 : kept - 1 - width, width).flip(dim)];
      case "replicate":
        return [middle.narrow(dim, front ? 0 : kept - 1, 1).expand(shape)];
      default:
        return [middle.narrow(dim, front ? kept - width : 0, width)];
    }
  };
  const parts = [...edge(before, true), middle, ...edge(after, false)];
  return parts.length === 1 ? middle : cat(parts, dim);
}
