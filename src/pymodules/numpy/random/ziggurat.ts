/**
 * Normal and exponential numbers by the ziggurat of 256 layers (G. Marsaglia,
 * W. W. Tsang, The Ziggurat Method, 2000), with NumPy's widths and orders of draws.
 */
import type { Bits } from "./bits.ts";
import { EXPONENTIAL_EDGES } from "./exponential-edges.ts";

interface Layers {
  /** Below these a draw is inside its layer at once. */
  readonly inside: Float64Array;
  readonly widths: Float64Array;
  readonly heights: Float64Array;
}

/** Layers that end at `edges`, the first of which is the width of the base with its tail. */
function layersOf(edges: Float64Array, heights: Float64Array, scale: number): Layers {
  const inside = edges.map((x, i) =>
    Math.floor(((i === 0 ? edges[255]! : edges[i - 1]!) / x) * scale),
  );
  inside[1] = 0;
  return { inside, widths: edges.map((x) => x / scale), heights };
}

const NORMAL_EDGE = 3.6541528853610088;
const NORMAL_INVERSE = 0.27366123732975828;
const EXPONENTIAL_EDGE = 7.69711747013105;

let normals: Layers | undefined;
let exponentials: Layers | undefined;

/** Of each layer; NumPy's numbers come of these. */
const NORMAL_AREA = 0.0049286732339746519;

/** Each layer's edge from the one above it, down from the tail. */
function normalLayers(): Layers {
  const [edges, heights] = [new Float64Array(256), new Float64Array(256)];
  edges[255] = NORMAL_EDGE;
  heights[255] = Math.exp(-0.5 * NORMAL_EDGE * NORMAL_EDGE);
  edges[0] = NORMAL_AREA / heights[255];
  heights[0] = 1;
  for (let i = 254; i > 0; i--) {
    const x = Math.sqrt(-2 * Math.log(NORMAL_AREA / edges[i + 1]! + heights[i + 1]!));
    edges[i] = x;
    heights[i] = Math.exp(-0.5 * x * x);
    // NumPy's table was made where exp() rounded this one up.
    if (i === 38) heights[i]! += 2 ** -53;
  }
  return layersOf(edges, heights, 2 ** 52);
}

function exponentialLayers(): Layers {
  const bytes = Uint8Array.from(atob(EXPONENTIAL_EDGES), (one) => one.charCodeAt(0));
  const edges = new Float64Array(bytes.buffer);
  return layersOf(
    edges,
    edges.map((x, i) => (i === 0 ? 1 : Math.exp(-x))),
    2 ** 53,
  );
}

/** A normal number of mean 0 and deviation 1. */
export function standardNormal(bits: Bits): number {
  const { inside, widths, heights } = (normals ??= normalLayers());
  for (;;) {
    bits.next64();
    const layer = bits.low & 0xff;
    const negative = ((bits.low >>> 8) & 1) === 1;
    const size = (bits.high & 0x1fffffff) * 8388608 + (bits.low >>> 9);
    const x = negative ? -size * widths[layer]! : size * widths[layer]!;
    if (size < inside[layer]!) return x;
    if (layer === 0) {
      for (;;) {
        const away = -NORMAL_INVERSE * Math.log1p(-bits.double());
        const y = -Math.log1p(-bits.double());
        if (y + y <= away * away) continue;
        // The bit that NumPy takes the tail's sign from.
        return (Math.floor(size / 256) % 2 === 1 ? -1 : 1) * (NORMAL_EDGE + away);
      }
    }
    const height = (heights[layer - 1]! - heights[layer]!) * bits.double() + heights[layer]!;
    if (height < Math.exp(-0.5 * x * x)) return x;
  }
}

/** An exponential number of mean 1. */
export function standardExponential(bits: Bits): number {
  const { inside, widths, heights } = (exponentials ??= exponentialLayers());
  for (;;) {
    bits.next64();
    const layer = (bits.low >>> 3) & 0xff;
    const size = bits.high * 2097152 + (bits.low >>> 11);
    const x = size * widths[layer]!;
    if (size < inside[layer]!) return x;
    if (layer === 0) return EXPONENTIAL_EDGE - Math.log1p(-bits.double());
    const height = (heights[layer - 1]! - heights[layer]!) * bits.double() + heights[layer]!;
    if (height < Math.exp(-x)) return x;
  }
}
