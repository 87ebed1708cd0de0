const bindings = /* wgsl */ `
struct Sizes { n: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> sizes: Sizes;
`;

/**
 * Reverses the first n elements: `y[i] = x[n - 1 - i]` for i below `sizes.n`.
 * `x` and `y` may be longer than n, there may be more threads than n,
 * and every element of `y` from n on keeps the value it has.
 */
// BLANK_START
// TODO: leave when this thread has no element, otherwise copy from the mirrored index.
const main = /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
}
`;
// BLANK_END

export const source: string = bindings + main;
