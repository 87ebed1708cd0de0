/** TensorFlow.js on its WebAssembly backend, from the files beside it. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import {
  ATTENTION,
  CHAIN,
  fill,
  MATMUL,
  MODEL,
  parameters,
  sample,
  tokens,
  transposed,
} from "./problems.ts";
import { serve } from "./serve.ts";

async function start() {
  const folder = dirname(fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm")));
  setWasmPaths(`${folder}/`);
  await tf.setBackend("wasm");
  await tf.ready();
}

/** The backend computes at once, so a result that is there is complete. */
function whole(make) {
  return (values) => {
    const result = tf.tidy(make);
    const some = values ? sample(result.dataSync()) : undefined;
    result.dispose();
    return some;
  };
}

function layerNorm(x, weight, bias) {
  const centred = x.sub(x.mean(-1, true));
  return centred.div(centred.square().mean(-1, true).add(1e-5).sqrt()).mul(weight).add(bias);
}

function linear(x, weight, bias) {
  const rows = x.reshape([-1, weight.shape[0]]).matMul(weight);
  return (bias === undefined ? rows : rows.add(bias)).reshape([
    ...x.shape.slice(0, -1),
    weight.shape[1],
  ]);
}

function loss(p, input, target, hidden) {
  const { layers, width, heads, length, batch, tokens: classes } = MODEL;
  let x = linear(input, p.token).add(p.position);
  for (let i = 0; i < layers; i++) {
    const own = (name) => p[`${i}.${name}`];
    const normal = layerNorm(x, own("norm1.weight"), own("norm1.bias"));
    const [q, k, v] = linear(normal, own("qkv.weight"), own("qkv.bias"))
      .reshape([batch, length, 3, heads, width / heads])
      .transpose([2, 0, 3, 1, 4])
      .unstack(0);
    const scores = q
      .matMul(k, false, true)
      .mul(1 / Math.sqrt(width / heads))
      .add(hidden);
    const mixed = scores
      .softmax(-1)
      .matMul(v)
      .transpose([0, 2, 1, 3])
      .reshape([batch, length, width]);
    x = x.add(linear(mixed, own("out.weight"), own("out.bias")));
    const up = linear(
      layerNorm(x, own("norm2.weight"), own("norm2.bias")),
      own("up.weight"),
      own("up.bias"),
    );
    const wide = up.mul(0.5).mul(up.mul(Math.SQRT1_2).erf().add(1));
    x = x.add(linear(wide, own("down.weight"), own("down.bias")));
  }
  const logits = linear(layerNorm(x, p["norm.weight"], p["norm.bias"]), p["head.weight"]);
  return logits
    .reshape([batch * length, classes])
    .logSoftmax()
    .mul(target)
    .sum()
    .div(-batch * length);
}

function trainer() {
  const { length, batch, lr, tokens: classes } = MODEL;
  const p = {};
  for (const { name, shape, values } of parameters()) {
    const flips = shape.length === 2 && name.endsWith("weight");
    const start = flips
      ? tf.tensor(transposed(values, shape), shape.toReversed())
      : tf.tensor(values, shape);
    p[name] = tf.variable(start);
  }
  const { input, target } = tokens();
  const hot = (index) => tf.oneHot(tf.tensor1d(index, "int32"), classes).toFloat();
  const x = hot(input).reshape([batch, length, classes]);
  const y = hot(target);
  const places = Float32Array.from({ length: length * length }, (_, i) =>
    i % length > Math.floor(i / length) ? -1e30 : 0,
  );
  const hidden = tf.tensor(places, [length, length]);
  const optimizer = tf.train.adam(lr);
  return () => tf.tidy(() => optimizer.minimize(() => loss(p, x, y, hidden), true).dataSync()[0]);
}

await serve({
  first: async () => {
    await start();
    return [tf.tensor([1, 2, 3]).mul(2).sum().dataSync()[0]];
  },
  problems: {
    attention: async () => {
      await start();
      const [q, k, v] = [1, 2, 3].map((salt) =>
        tf.tensor(
          fill(
            ATTENTION.reduce((a, b) => a * b),
            salt,
            4,
          ),
          ATTENTION,
        ),
      );
      return whole(() =>
        q
          .matMul(k, false, true)
          .mul(1 / Math.sqrt(ATTENTION[3]))
          .softmax(-1)
          .matMul(v),
      );
    },
    matmul: async () => {
      await start();
      const [a, b] = [1, 2].map((salt) => tf.tensor(fill(MATMUL ** 2, salt), [MATMUL, MATMUL]));
      return whole(() => a.matMul(b));
    },
    chain: async () => {
      await start();
      const x = tf.tensor(fill(CHAIN));
      return whole(() => {
        const a = x.mul(1.5).add(0.5);
        return a.mul(a).sub(x).maximum(0).add(1).sqrt();
      });
    },
    sum: async () => {
      await start();
      const x = tf.tensor(fill(CHAIN));
      return whole(() => x.sum());
    },
    training: async () => {
      await start();
      const step = trainer();
      return (values) => (values ? [step(), step()] : step());
    },
  },
});
