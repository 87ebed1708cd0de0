/** onnxruntime on the CPU, with one model for each problem; it does not train. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { ATTENTION, CHAIN, fill, MATMUL, sample } from "./problems.ts";
import { model } from "./onnx-model.js";
import { serve } from "./serve.ts";

async function whole(description, feeds) {
  const session = await InferenceSession.create(model(description));
  return async (values) => {
    const { y } = await session.run(feeds);
    return values ? sample(y.data) : undefined;
  };
}

const tensor = (shape, salt, scale) =>
  new Tensor(
    "float32",
    fill(
      shape.reduce((a, b) => a * b, 1),
      salt,
      scale,
    ),
    shape,
  );

await serve({
  first: async () => {
    const nodes = [
      ["Mul", ["x", "two"], "a"],
      ["ReduceSum", ["a"], "y", { keepdims: 0 }],
    ];
    const session = await InferenceSession.create(
      model({ inputs: { x: [3] }, scalars: { two: 2 }, nodes, shape: [] }),
    );
    const { y } = await session.run({ x: new Tensor("float32", Float32Array.of(1, 2, 3), [3]) });
    return [...y.data];
  },
  problems: {
    attention: () =>
      whole(
        {
          inputs: { q: ATTENTION, k: ATTENTION, v: ATTENTION },
          scalars: { scale: 1 / Math.sqrt(ATTENTION[3]) },
          nodes: [
            ["Transpose", ["k"], "t", { perm: [0, 1, 3, 2] }],
            ["MatMul", ["q", "t"], "s"],
            ["Mul", ["s", "scale"], "c"],
            ["Softmax", ["c"], "w", { axis: 3 }],
            ["MatMul", ["w", "v"], "y"],
          ],
          shape: ATTENTION,
        },
        { q: tensor(ATTENTION, 1, 4), k: tensor(ATTENTION, 2, 4), v: tensor(ATTENTION, 3, 4) },
      ),
    matmul: () => {
      const shape = [MATMUL, MATMUL];
      return whole(
        { inputs: { a: shape, b: shape }, nodes: [["MatMul", ["a", "b"], "y"]], shape },
        { a: tensor(shape, 1), b: tensor(shape, 2) },
      );
    },
    chain: () =>
      whole(
        {
          inputs: { x: [CHAIN] },
          scalars: { more: 1.5, half: 0.5, zero: 0, one: 1 },
          nodes: [
            ["Mul", ["x", "more"], "b"],
            ["Add", ["b", "half"], "a"],
            ["Mul", ["a", "a"], "c"],
            ["Sub", ["c", "x"], "d"],
            ["Max", ["d", "zero"], "e"],
            ["Add", ["e", "one"], "f"],
            ["Sqrt", ["f"], "y"],
          ],
          shape: [CHAIN],
        },
        { x: tensor([CHAIN], 0) },
      ),
    sum: () =>
      whole(
        { inputs: { x: [CHAIN] }, nodes: [["ReduceSum", ["x"], "y", { keepdims: 0 }]], shape: [] },
        { x: tensor([CHAIN], 0) },
      ),
  },
});
