const bindings = /* wgsl */ `
struct Sizes { m: u32, k: u32, n: u32 }
const TILE = 8u;

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> sizes: Sizes;
`;

/**
 * The matrix product c = a b of row-major matrices: a is [m, k], b is [k, n], c is [m, n].
 * A workgroup of 8 by 8 threads computes a tile of c, one element a thread; x runs along
 * the columns of c and y along its rows. Tiles of a and b pass through workgroup memory.
 */
// BLANK_START
// TODO: walk along k tile by tile: load, wait, multiply and add, wait; then write.
const main = /* wgsl */ `
@compute @workgroup_size(TILE, TILE)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
}
`;
// BLANK_END

export const source: string = bindings + main;
