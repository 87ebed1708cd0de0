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
const main = /* wgsl */ `
var<workgroup> tileA: array<array<f32, TILE>, TILE>;
var<workgroup> tileB: array<array<f32, TILE>, TILE>;

@compute @workgroup_size(TILE, TILE)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let row = id.y;
  let column = id.x;
  var sum = 0.0;
  for (var start = 0u; start < sizes.k; start += TILE) {
    let across = start + local.x;
    let down = start + local.y;
    tileA[local.y][local.x] = select(0.0, a[row * sizes.k + across], across < sizes.k);
    tileB[local.y][local.x] = select(0.0, b[down * sizes.n + column], down < sizes.k);
    workgroupBarrier();
    for (var i = 0u; i < TILE; i++) {
      sum += tileA[local.y][i] * tileB[i][local.x];
    }
    workgroupBarrier();
  }
  if (row < sizes.m && column < sizes.n) {
    c[row * sizes.n + column] = sum;
  }
}
`;

export const source: string = bindings + main;
