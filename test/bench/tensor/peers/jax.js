/** jax-js on WebAssembly, eager or under `jit`. */
import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  nn,
  numpy as np,
  scipySpecial,
  valueAndGrad,
} from "@jax-js/jax";
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

const compiled = process.argv.includes("jit");
const compile = (f) => (compiled ? jit(f) : f);

async function start() {
  await init("wasm");
  defaultDevice("wasm");
}

/** Functions own their arguments, so each call is given new references. */
function whole(f, ...inputs) {
  const run = compile(f);
  return async (values) => {
    const result = run(...inputs.map((one) => one.ref));
    if (values) return sample(await result.data());
    await result.blockUntilReady();
    result.dispose();
  };
}

const make = (shape, salt, scale) =>
  np
    .array(
      fill(
        shape.reduce((a, b) => a * b, 1),
        salt,
        scale,
      ),
    )
    .reshape(shape);

function attention(q, k, v) {
  const scores = np.matmul(q, np.matrixTranspose(k)).mul(1 / Math.sqrt(ATTENTION[3]));
  return np.matmul(nn.softmax(scores), v);
}

function chain(x) {
  const a = x.ref.mul(1.5).add(0.5);
  return np.sqrt(np.maximum(a.ref.mul(a).sub(x), 0).add(1));
}

/** Uses its argument's references up, as every function here does. */
function layerNorm(x, weight, bias) {
  const mean = np.mean(x.ref, -1, { keepdims: true });
  const centred = x.sub(mean);
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(1e-5)))
    .mul(weight)
    .add(bias);
}

function gelu(x) {
  return x.ref.mul(0.5).mul(scipySpecial.erf(x.mul(Math.SQRT1_2)).add(1));
}

function loss(p, input, target, hidden) {
  const { layers, width, heads, length, batch, tokens: classes } = MODEL;
  let x = np.matmul(input, p.token).add(p.position);
  for (let i = 0; i < layers; i++) {
    const own = (name) => p[`${i}.${name}`];
    const qkv = np
      .matmul(layerNorm(x.ref, own("norm1.weight"), own("norm1.bias")), own("qkv.weight"))
      .add(own("qkv.bias"))
      .reshape([batch, length, 3, heads, width / heads])
      .transpose([2, 0, 3, 1, 4]);
    const [q, k, v] = np
      .split(qkv, 3, 0)
      .map((one) => one.reshape([batch, heads, length, width / heads]));
    const scores = np
      .matmul(q, np.matrixTranspose(k))
      .mul(1 / Math.sqrt(width / heads))
      .add(hidden.ref);
    const mixed = np
      .matmul(nn.softmax(scores), v)
      .transpose([0, 2, 1, 3])
      .reshape([batch, length, width]);
    x = x.add(np.matmul(mixed, own("out.weight")).add(own("out.bias")));
    const wide = gelu(
      np
        .matmul(layerNorm(x.ref, own("norm2.weight"), own("norm2.bias")), own("up.weight"))
        .add(own("up.bias")),
    );
    x = x.add(np.matmul(wide, own("down.weight")).add(own("down.bias")));
  }
  hidden.dispose();
  const logits = np.matmul(layerNorm(x, p["norm.weight"], p["norm.bias"]), p["head.weight"]);
  return nn
    .logSoftmax(logits.reshape([batch * length, classes]))
    .mul(target)
    .sum()
    .div(-batch * length);
}

function adam(p, g, m, v, rate, root) {
  m = m.mul(0.9).add(g.ref.mul(0.1));
  v = v.mul(0.999).add(np.square(g).mul(0.001));
  return [p.sub(m.ref.mul(rate).div(np.sqrt(v.ref).div(root).add(1e-8))), m, v];
}

function trainer() {
  const { length, batch, lr, tokens: classes } = MODEL;
  const list = parameters().map(({ name, shape, values }) => {
    const flips = shape.length === 2 && name.endsWith("weight");
    const array = flips
      ? np.array(transposed(values, shape)).reshape(shape.toReversed())
      : np.array(values).reshape(shape);
    return [name, array];
  });
  const { input, target } = tokens();
  const hot = (index) => nn.oneHot(np.array(index), classes);
  const x = hot(input).reshape([batch, length, classes]);
  const y = hot(target);
  const hidden = np
    .array(
      Float32Array.from({ length: length * length }, (_, i) =>
        i % length > Math.floor(i / length) ? -1e30 : 0,
      ),
    )
    .reshape([length, length]);
  let state = { p: Object.fromEntries(list), m: {}, v: {} };
  for (const [name, one] of list) {
    state.m[name] = np.zerosLike(one.ref);
    state.v[name] = np.zerosLike(one.ref);
  }
  let steps = 0;
  const update = ({ p, m, v }, x, y, hidden, rate, root) => {
    const names = Object.keys(p);
    const kept = Object.fromEntries(names.map((name) => [name, p[name].ref]));
    const [value, g] = valueAndGrad(loss)(kept, x, y, hidden);
    const next = { p: {}, m: {}, v: {} };
    for (const name of names) {
      [next.p[name], next.m[name], next.v[name]] = adam(
        p[name],
        g[name],
        m[name],
        v[name],
        rate.ref,
        root.ref,
      );
    }
    rate.dispose();
    root.dispose();
    return [value, next];
  };
  const run = compile(update);
  return async () => {
    steps++;
    const rate = np.array(lr / (1 - 0.9 ** steps));
    const root = np.array(Math.sqrt(1 - 0.999 ** steps));
    const [value, next] = run(state, x.ref, y.ref, hidden.ref, rate, root);
    // The device works on after the loss is there.
    state = await blockUntilReady(next);
    const [first] = await value.data();
    return first;
  };
}

await serve({
  first: async () => {
    await start();
    return [...(await np.array([1, 2, 3]).mul(2).sum().data())];
  },
  problems: {
    attention: async () => {
      await start();
      return whole(attention, ...[1, 2, 3].map((salt) => make(ATTENTION, salt, 4)));
    },
    matmul: () =>
      whole((a, b) => np.matmul(a, b), ...[1, 2].map((salt) => make([MATMUL, MATMUL], salt))),
    chain: () => whole(chain, make([CHAIN], 0)),
    sum: () => whole((x) => x.sum(), make([CHAIN], 0)),
    training: () => {
      const step = trainer();
      return async (values) => (values ? [await step(), await step()] : step());
    },
  },
});
