const bindings = /* wgsl */ `
struct Settings { slope: f32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> settings: Settings;
`;

/**
 * Leaky ReLU: `y[i] = x[i]` where `x[i]` is positive, `settings.slope * x[i]` elsewhere.
 * `x` and `y` have the same length, a multiple of 64, and there is one thread for each element.
 */
// BLANK_START
// TODO: read this thread's element, and write its leaky ReLU.
const main = /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
}
`;
// BLANK_END

export const source: string = bindings + main;
