/**
 * What every contestant computes, on the same numbers. Python has its own copy
 * of the formulas in `python.py`; each result is compared before a time counts.
 */

/** Neither sorted nor symmetric, and the same in float32 in every language. */
export function fill(length: number, salt: number = 0, scale: number = 1): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++)
    values[i] = (((i * 7919 + salt * 104729) % 2003) / 2003 - 0.5) * scale;
  return values;
}

/** Queries, keys and values. */
export const ATTENTION: readonly number[] = [2, 8, 128, 64];
/** Rows and columns of both square matrices. */
export const MATMUL = 1024;
/** Elements of the chain and of the sum. */
export const CHAIN: number = 2 ** 24;

/** Pre-norm, causal, with an exact GELU; the loss is the cross-entropy of the next token. */
export const MODEL: Record<
  "layers" | "width" | "heads" | "length" | "batch" | "tokens" | "lr",
  number
> = { layers: 4, width: 256, heads: 4, length: 128, batch: 8, tokens: 256, lr: 1e-3 };

/** A parameter and its first values. */
export interface Parameter {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** Names and shapes of the model's parameters, weights as [outputs, inputs]. */
export function parameters(): Parameter[] {
  const { layers, width, length, tokens } = MODEL;
  const list: [string, number[]][] = [
    ["token", [tokens, width]],
    ["position", [length, width]],
  ];
  for (let i = 0; i < layers; i++) {
    list.push(
      [`${i}.norm1.weight`, [width]],
      [`${i}.norm1.bias`, [width]],
      [`${i}.qkv.weight`, [3 * width, width]],
      [`${i}.qkv.bias`, [3 * width]],
      [`${i}.out.weight`, [width, width]],
      [`${i}.out.bias`, [width]],
      [`${i}.norm2.weight`, [width]],
      [`${i}.norm2.bias`, [width]],
      [`${i}.up.weight`, [4 * width, width]],
      [`${i}.up.bias`, [4 * width]],
      [`${i}.down.weight`, [width, 4 * width]],
      [`${i}.down.bias`, [width]],
    );
  }
  list.push(["norm.weight", [width]], ["norm.bias", [width]], ["head.weight", [tokens, width]]);
  return list.map(([name, shape], salt) => ({ name, shape, values: initial(name, shape, salt) }));
}

function initial(name: string, shape: number[], salt: number): Float32Array {
  const length = shape.reduce((a, b) => a * b, 1);
  if (name.includes("norm")) return new Float32Array(length).fill(name.endsWith("weight") ? 1 : 0);
  return fill(length, salt, 0.1);
}

/** int32 [batch, length] of tokens, and of what follows each. */
export function tokens(): { input: Int32Array; target: Int32Array } {
  const { batch, length, tokens } = MODEL;
  const at = (row: number, i: number): number => (row * 31 + i * i * 7 + i * 3) % tokens;
  const list = (shift: number): Int32Array =>
    Int32Array.from({ length: batch * length }, (_, i) =>
      at(Math.floor(i / length), (i % length) + shift),
    );
  return { input: list(0), target: list(1) };
}

/** [outputs, inputs] as [inputs, outputs], for layers that multiply from the left. */
export function transposed(
  values: Float32Array,
  [rows = 0, columns = 0]: readonly number[],
): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j] ?? 0;
  return out;
}

/** Some elements, spread over all of them. */
export function sample(values: ArrayLike<number>): number[] {
  const step = Math.max(1, Math.floor(values.length / 61));
  return Array.from({ length: Math.min(61, values.length) }, (_, i) => values[i * step] ?? 0);
}
