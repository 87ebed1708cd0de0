const bindings = /* wgsl */ `
struct Sizes { rows: u32, columns: u32 }
const TILE = 8u;

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> sizes: Sizes;
`;

/**
 * Transposes a row-major matrix: x is [rows, columns], y is [columns, rows], and
 * `y[c * rows + r] = x[r * columns + c]`. A workgroup of 8 by 8 threads moves one tile of x,
 * with `group.x` along its columns and `group.y` along its rows. The tile passes through
 * workgroup memory, so that neighbouring threads, in `local.x`, have neighbouring addresses
 * when they read x and also when they write y.
 */
// BLANK_START
// TODO: read a tile, wait, write it the other way round.
const main = /* wgsl */ `
@compute @workgroup_size(TILE, TILE)
fn main(
  @builtin(local_invocation_id) local: vec3u,
  @builtin(workgroup_id) group: vec3u,
) {
}
`;
// BLANK_END

export const source: string = bindings + main;
