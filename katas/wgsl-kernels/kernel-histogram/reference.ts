const bindings = /* wgsl */ `
struct Sizes { n: u32 }
const BINS = 16u;

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> counts: array<atomic<u32>, BINS>;
@group(0) @binding(2) var<uniform> sizes: Sizes;
`;

/**
 * Adds to `counts[b]` how many of the first `sizes.n` elements lie in bin b: from b / 16 up to,
 * but without, (b + 1) / 16. Elements below 0, and from 1 on, do not count.
 * There is a thread for each element, and perhaps more. Each workgroup of 64 counts in memory
 * of its own before it adds to `counts`.
 */
const main = /* wgsl */ `
var<workgroup> bins: array<atomic<u32>, BINS>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  if (id.x < sizes.n) {
    let place = x[id.x] * f32(BINS);
    if (place >= 0.0 && place < f32(BINS)) {
      atomicAdd(&bins[u32(place)], 1u);
    }
  }
  workgroupBarrier();
  if (lane < BINS) {
    atomicAdd(&counts[lane], atomicLoad(&bins[lane]));
  }
}
`;

export const source: string = bindings + main;
