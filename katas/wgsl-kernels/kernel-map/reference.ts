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
const main = /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let value = x[id.x];
  y[id.x] = select(settings.slope * value, value, value > 0.0);
}
`;

export const source: string = bindings + main;
