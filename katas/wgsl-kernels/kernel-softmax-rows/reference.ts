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
const main = /* wgsl */ `
var<workgroup> parts: array<f32, LANES>;

@compute @workgroup_size(LANES)
fn main(
  @builtin(local_invocation_index) lane: u32,
  @builtin(workgroup_id) group: vec3u,
) {
  let start = group.x * sizes.columns;
  var most = x[start];
  for (var c = lane; c < sizes.columns; c += LANES) {
    most = max(most, x[start + c]);
  }
  parts[lane] = most;
  workgroupBarrier();
  for (var stride = LANES / 2u; stride > 0u; stride /= 2u) {
    if (lane < stride) {
      parts[lane] = max(parts[lane], parts[lane + stride]);
    }
    workgroupBarrier();
  }
  most = parts[0];
  workgroupBarrier();
  var sum = 0.0;
  for (var c = lane; c < sizes.columns; c += LANES) {
    sum += exp(x[start + c] - most);
  }
  parts[lane] = sum;
  workgroupBarrier();
  for (var stride = LANES / 2u; stride > 0u; stride /= 2u) {
    if (lane < stride) {
      parts[lane] += parts[lane + stride];
    }
    workgroupBarrier();
  }
  for (var c = lane; c < sizes.columns; c += LANES) {
    y[start + c] = exp(x[start + c] - most) / parts[0];
  }
}
`;

export const source: string = bindings + main;
