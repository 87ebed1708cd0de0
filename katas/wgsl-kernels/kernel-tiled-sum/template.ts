const bindings = /* wgsl */ `
struct Sizes { n: u32 }
const TILE = 64u;

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> partial: array<f32>;
@group(0) @binding(2) var<uniform> sizes: Sizes;
`;

/**
 * Sums each tile of 64 elements: `partial[w] = x[64 w] + … + x[64 w + 63]`, where only
 * elements below `sizes.n` count. One workgroup of 64 threads works on each tile; its
 * threads combine their elements as a tree, in workgroup memory.
 */
// BLANK_START
// TODO: load the tile into workgroup memory, halve it round by round, write its sum.
const main = /* wgsl */ `
@compute @workgroup_size(TILE)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_index) lane: u32,
  @builtin(workgroup_id) group: vec3u,
) {
}
`;
// BLANK_END

export const source: string = bindings + main;
