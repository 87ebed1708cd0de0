const bindings = /* wgsl */ `
struct Sizes { columns: u32 }
const LANES = 64u;

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> sizes: Sizes;
`;

/**
 * Softmax of each row of a row-major matrix [rows, columns], for scores of any size. One workgroup
 * of 64 threads works on each row, which may be shorter or longer than that:
 * `y[c] = exp(x[c] - most) / (sum over all c of exp(x[c] - most))` with `most` the row's largest.
 */
// BLANK_START
// TODO: find the largest, sum the exponentials, write: each over the whole row, 64 at a time.
const main = /* wgsl */ `
@compute @workgroup_size(LANES)
fn main(
  @builtin(local_invocation_index) lane: u32,
  @builtin(workgroup_id) group: vec3u,
) {
}
`;
// BLANK_END

export const source: string = bindings + main;
