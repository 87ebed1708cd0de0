const bindings = /* wgsl */ `
struct Settings { factor: f32, offset: f32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> settings: Settings;
`;

/**
 * `y[i] = settings.factor * x[i] + settings.offset`.
 * `x` and `y` have the same length, a multiple of 64, and there is one thread for each element.
 */
// BLANK_START
// TODO: write this thread's element.
const main = /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
}
`;
// BLANK_END

export const source: string = bindings + main;
