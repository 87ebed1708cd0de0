/** `torch.nn.functional`. */
import { fault } from "../../python/fault.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { PyFloat } from "../../python/objects/float.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { signed } from "../../python/objects/signature.ts";
import { throwAttributeError } from "../../python/operations/attributes.ts";
import { replace } from "../../tensor/autograd/inplace.ts";
import { isFloat } from "../../tensor/dtype.ts";
import * as layer from "../../tensor/functional/index.ts";
import { type Tensor, tensor as layerTensor } from "../../tensor/index.ts";
import { product } from "../../tensor/shape.ts";
import { broadcast } from "./arithmetic.ts";
import { C_NAMES } from "./dtype.ts";
import { room, work } from "./failure.ts";
import { matmul } from "./matrices.ts";
import { dimIn, long, REDUCTIONS } from "./reductions.ts";
import { checkWritable, plainFunctions } from "./register.ts";
import { torchState } from "./state.ts";
import { sameSizes, given, intOf, intsOf, numberOf, PyTensor, tensorOf, wrap } from "./tensor.ts";

type Args = (Value | undefined)[];
type Entries = Record<string, readonly [signature: string, run: (...args: never[]) => Value]>;

const optional = (what: string, name: string, value: Value | undefined): Tensor | undefined =>
  given(value) === undefined ? undefined : tensorOf(what, name, 2, value!);

const numberOr = (
  what: string,
  name: string,
  value: Value | undefined,
  otherwise: number,
): number => (given(value) === undefined ? otherwise : numberOf(what, name, value!));

/** `F.relu(x, inplace)`: writes to x, and gives it, when that is asked for. */
function activation(
  name: string,
  made: string,
  extra: string,
  run: (x: Tensor, ...rest: Args) => Tensor,
): Entries[string] {
  const signature = extra === "" ? "input, inplace=False" : `input, ${extra}, inplace=False`;
  const count = extra === "" ? 0 : extra.split(",").length;
  return [
    signature,
    (input: Value, ...rest: Args) => {
      const x = tensorOf(name, "input", 1, input);
      work(x.numel);
      if (rest[count] !== true) return wrap(run(x, ...rest), made);
      checkWritable(x);
      replace(`${name}_`, x, (before) => run(before, ...rest));
      (input as PyTensor).made = made;
      return input;
    },
  ];
}

/** Without an `inplace`. */
function map(
  name: string,
  made: string,
  extra: string,
  run: (x: Tensor, ...rest: Args) => Tensor,
): Entries[string] {
  return [
    extra === "" ? "input" : `input, ${extra}`,
    (input: Value, ...rest: Args) => {
      const x = tensorOf(name, "input", 1, input);
      work(x.numel);
      return wrap(run(x, ...rest), made);
    },
  ];
}

const ACTIVATIONS: Entries = {
  relu: activation("relu", "Relu", "", (x) => x.relu()),
  relu6: activation("relu6", "Hardtanh", "", layer.relu6),
  leaky_relu: activation("leaky_relu", "LeakyRelu", "negative_slope=0.01", (x, slope) =>
    layer.leakyRelu(x, numberOr("leaky_relu", "negative_slope", slope, 0.01)),
  ),
  elu: activation("elu", "Elu", "alpha=1.0", (x, alpha) =>
    layer.elu(x, numberOr("elu", "alpha", alpha, 1)),
  ),
  selu: activation("selu", "Elu", "", layer.selu),
  celu: activation("celu", "Celu", "alpha=1.0", (x, alpha) =>
    layer.celu(x, numberOr("celu", "alpha", alpha, 1)),
  ),
  silu: activation("silu", "Silu", "", layer.silu),
  mish: activation("mish", "Mish", "", layer.mish),
  hardtanh: activation("hardtanh", "Hardtanh", "min_val=-1.0, max_val=1.0", (x, a, b) =>
    layer.hardtanh(
      x,
      numberOr("hardtanh", "min_val", a, -1),
      numberOr("hardtanh", "max_val", b, 1),
    ),
  ),
  hardsigmoid: activation("hardsigmoid", "Hardsigmoid", "", layer.hardsigmoid),
  hardswish: activation("hardswish", "Hardswish", "", layer.hardswish),
  threshold: activation("threshold", "Threshold", "threshold, value", (x, edge, value) =>
    x.maskedFill(
      x.le(numberOf("threshold", "threshold", edge!)),
      numberOf("threshold", "value", value!),
    ),
  ),
  gelu: map("gelu", "Gelu", "*, approximate='none'", (x, how) =>
    how === "tanh" ? layer.geluTanh(x) : x.gelu(),
  ),
  sigmoid: map("sigmoid", "Sigmoid", "", (x) => x.sigmoid()),
  tanh: map("tanh", "Tanh", "", (x) => x.tanh()),
  logsigmoid: map("logsigmoid", "LogSigmoid", "", layer.logSigmoid),
  softplus: map("softplus", "Softplus", "beta=1, threshold=20", (x, beta, edge) => {
    const b = numberOr("softplus", "beta", beta, 1);
    const soft = layer.softplus(x.mul(b)).div(b);
    const past = x.mul(b).gt(numberOr("softplus", "threshold", edge, 20));
    return x.maskedFill(past.logicalNot(), 0).add(soft.maskedFill(past, 0));
  }),
  softsign: map("softsign", "Div", "", layer.softsign),
  tanhshrink: map("tanhshrink", "Sub", "", layer.tanhshrink),
  softshrink: map("softshrink", "Softshrink", "lambd=0.5", (x, lambda) =>
    layer.softshrink(x, numberOr("softshrink", "lambd", lambda, 0.5)),
  ),
  hardshrink: map("hardshrink", "Hardshrink", "lambd=0.5", (x, lambda) =>
    layer.hardshrink(x, numberOr("hardshrink", "lambd", lambda, 0.5)),
  ),
  glu: map("glu", "Glu", "dim=-1", (x, dim) =>
    layer.glu(x, dimIn(dim === undefined ? -1 : intOf("glu", "dim", dim), x.ndim)),
  ),
  prelu: [
    "input, weight",
    (input: Value, weight: Value) =>
      wrap(
        layer.prelu(tensorOf("prelu", "input", 1, input), tensorOf("prelu", "weight", 2, weight)),
        "Prelu",
      ),
  ],
};

/** `dim` left out: as old torch chose it. */
function softened(name: "softmax" | "log_softmax" | "softmin"): Entries[string] {
  return [
    "input, dim=None, _stacklevel=3, dtype=None",
    (input: Value, dim?: Value, _level?: Value, dtype?: Value) => {
      const x = tensorOf(name, "input", 1, input);
      work(x.numel);
      const at = given(dim) ?? (x.ndim === 0 || x.ndim === 1 || x.ndim === 3 ? 0 : 1);
      const [, run] = REDUCTIONS[name === "softmin" ? "softmax" : name]!;
      const from = name === "softmin" ? wrap(x.neg()) : (input as PyTensor);
      return (run as (...args: Args) => Value)(from, at, dtype);
    },
  ];
}

/** `x Wᵀ + b` for x of [..., in], W of [out, in]. */
function linear(x: Tensor, weight: Tensor, bias: Tensor | undefined): PyTensor {
  if (x.dtype !== weight.dtype) {
    fault(
      "RuntimeError",
      `expected scalar type ${C_NAMES[x.dtype]} but found ${C_NAMES[weight.dtype]}`,
    );
  }
  const inner = x.shape.at(-1);
  if (x.ndim > 0 && inner !== weight.shape.at(-1)) {
    const rows = product(x.shape.slice(0, -1));
    fault(
      "RuntimeError",
      `mat1 and mat2 shapes cannot be multiplied (${rows}x${inner} and ${weight.shape[1]}x${weight.shape[0]})`,
    );
  }
  const out = matmul(x, weight.ndim === 1 ? weight : weight.transpose(0, 1));
  if (bias === undefined) return wrap(out, x.ndim === 2 ? "Mm" : "UnsafeView");
  return wrap(out.add(bias), x.ndim === 2 ? "Addmm" : "View");
}

/** Zeroes each element with chance p: numbers are drawn as torch draws them. */
function dropped(x: Tensor, p: number, training: boolean, shape: readonly number[]): Tensor {
  if (p < 0 || p > 1)
    fault(
      "ValueError",
      `dropout probability has to be between 0 and 1, but got ${String(new PyFloat(p).v)}`,
    );
  if (!training || p === 0) return x;
  const { generator } = torchState();
  const count = product(shape);
  room(count);
  const keep = 1 - p;
  const mask = Float32Array.from({ length: count }, () =>
    p === 1 ? 0 : generator.uniform("float64") < keep ? 1 : 0,
  );
  const noise = layerTensor(mask, { dtype: "float32", shape }).to(x.dtype);
  return x.mul(p === 1 ? noise : noise.div(keep));
}

function dropout(name: string, shapeOf: (x: Tensor) => readonly number[]): Entries[string] {
  return [
    "input, p=0.5, training=True, inplace=False",
    (input: Value, p?: Value, training?: Value) => {
      const x = tensorOf(name, "input", 1, input);
      const out = dropped(x, numberOr(name, "p", p, 0.5), training !== false, shapeOf(x));
      return out === x ? input : wrap(out, "Mul");
    },
  ];
}

function reductionOf(reduction: Value | undefined): "mean" | "sum" | "none" {
  if (reduction === undefined) return "mean";
  if (reduction === "mean" || reduction === "sum" || reduction === "none") return reduction;
  fault("ValueError", `${String(reduction)} is not a valid value for reduction`);
}

type Loss = (
  input: Tensor,
  target: Tensor,
  options: { reduction: "mean" | "sum" | "none" },
) => Tensor;

/** A loss that broadcasts both, as torch does. */
function loss(
  name: string,
  made: string,
  extra: string,
  run: (
    input: Tensor,
    target: Tensor,
    options: { reduction: "mean" | "sum" | "none" },
    ...rest: Args
  ) => Tensor,
): Entries[string] {
  const more = extra === "" ? "" : `, ${extra}`;
  return [
    `input, target, size_average=None, reduce=None, reduction='mean'${more}`,
    (
      input: Value,
      target: Value,
      _size?: Value,
      _reduce?: Value,
      reduction?: Value,
      ...rest: Args
    ) => {
      const [a, b] = [tensorOf(name, "input", 1, input), tensorOf(name, "target", 2, target)];
      const shape = broadcast(a.shape, b.shape);
      const fit = (x: Tensor): Tensor =>
        x.shape.length === shape.length && x.shape.every((s, i) => s === shape[i])
          ? x
          : x.expand(shape);
      return wrap(run(fit(a), fit(b), { reduction: reductionOf(reduction) }, ...rest), made);
    },
  ];
}

function sameSize(name: string, a: Tensor, b: Tensor): void {
  if (sameSizes(a.shape, b.shape)) return;
  const size = (x: Tensor): string => `torch.Size([${x.shape.join(", ")}])`;
  if (name === "binary_cross_entropy") {
    fault(
      "ValueError",
      `Using a target size (${size(b)}) that is different to the input size (${size(a)}) is deprecated. Please ensure they have the same size.`,
    );
  }
  fault("ValueError", `Target size (${size(b)}) must be the same as input size (${size(a)})`);
}

/** Checks of losses over classes, in torch's words. */
function checkClasses(x: Tensor, target: Tensor, ignore: number): void {
  if (isFloat(target.dtype)) return;
  const dim = x.ndim === 1 ? 0 : 1;
  if (x.ndim > 0 && target.ndim !== x.ndim - 1) {
    if (x.ndim === 2 && target.ndim > 1)
      fault("RuntimeError", "0D or 1D target tensor expected, multi-target not supported");
    if (x.ndim === 1 && target.ndim === 1)
      fault(
        "ValueError",
        `Expected input batch_size (${x.shape[0]}) to match target batch_size (${target.shape[0]}).`,
      );
  }
  if (x.ndim > 1 && target.ndim > 0 && x.shape[0] !== target.shape[0]) {
    fault(
      "ValueError",
      `Expected input batch_size (${x.shape[0]}) to match target batch_size (${target.shape[0]}).`,
    );
  }
  if (target.dtype !== "int64") {
    const words = target.dtype === "int32" ? "Int" : C_NAMES[target.dtype];
    fault("RuntimeError", `expected scalar type Long but found ${words}`);
  }
  const classes = x.shape[dim] ?? 1;
  for (const one of target.toTypedArray() as Iterable<number | bigint>) {
    const value = Number(one);
    if (value !== ignore && (value < 0 || value >= classes))
      fault("IndexError", `Target ${value} is out of bounds.`);
  }
}

const pairOf = (
  what: string,
  name: string,
  value: Value | undefined,
  rank: number,
  otherwise: number,
): number | number[] => {
  const one = given(value);
  if (one === undefined) return otherwise;
  if (typeof one === "number") return one;
  const list = intsOf(what, name, [one]);
  return list.length === 1 ? list[0]! : list.slice(0, rank);
};

function conv(rank: 1 | 2): Entries[string] {
  const name = `conv${rank}d`;
  return [
    "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1",
    (
      input: Value,
      weight: Value,
      bias?: Value,
      stride?: Value,
      padding?: Value,
      dilation?: Value,
      groups?: Value,
    ) => {
      const [x, w] = [tensorOf(name, "input", 1, input), tensorOf(name, "weight", 2, weight)];
      const count = groups === undefined ? 1 : intOf(name, "groups", groups);
      if (x.dtype !== w.dtype)
        fault(
          "RuntimeError",
          `expected scalar type ${C_NAMES[x.dtype]} but found ${C_NAMES[w.dtype]}`,
        );
      if (x.ndim !== rank + 1 && x.ndim !== rank + 2) {
        fault(
          "RuntimeError",
          `Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input to conv${rank}d, but got input of size: [${x.shape.join(", ")}]`,
        );
      }
      const channels = x.shape[x.ndim - rank - 1]!;
      if (channels !== w.shape[1]! * count) {
        fault(
          "RuntimeError",
          `Given groups=${count}, weight of size [${w.shape.join(", ")}], expected input[${(x.ndim === rank + 1 ? [1, ...x.shape] : x.shape).join(", ")}] to have ${w.shape[1]! * count} channels, but got ${channels} channels instead`,
        );
      }
      work(x.numel * product(w.shape.slice(0, 1)) * product(w.shape.slice(2)));
      const pad: "same" | "valid" | number | number[] =
        padding === "same" || padding === "valid"
          ? padding
          : pairOf(name, "padding", padding, rank, 0);
      const steps = pairOf(name, "stride", stride, rank, 1);
      if (pad === "same" && [steps].flat().some((one) => one !== 1)) {
        fault("RuntimeError", "padding='same' is not supported for strided convolutions");
      }
      const options = {
        bias: optional(name, "bias", bias),
        stride: steps,
        padding: pad,
        dilation: pairOf(name, "dilation", dilation, rank, 1),
        groups: count,
      };
      return wrap((rank === 1 ? layer.conv1d : layer.conv2d)(x, w, options), "Convolution");
    },
  ];
}

function convTransposed(rank: 1 | 2): Entries[string] {
  const name = `conv_transpose${rank}d`;
  return [
    "input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1",
    (
      input: Value,
      weight: Value,
      bias?: Value,
      stride?: Value,
      padding?: Value,
      more?: Value,
      groups?: Value,
      dilation?: Value,
    ) => {
      const [x, w] = [tensorOf(name, "input", 1, input), tensorOf(name, "weight", 2, weight)];
      work(x.numel * product(w.shape.slice(1)));
      const options = {
        bias: optional(name, "bias", bias),
        stride: pairOf(name, "stride", stride, rank, 1),
        padding: pairOf(name, "padding", padding, rank, 0),
        outputPadding: pairOf(name, "output_padding", more, rank, 0),
        dilation: pairOf(name, "dilation", dilation, rank, 1),
        groups: groups === undefined ? 1 : intOf(name, "groups", groups),
      };
      return wrap(
        (rank === 1 ? layer.convTranspose1d : layer.convTranspose2d)(x, w, options),
        "Convolution",
      );
    },
  ];
}

function pool(kind: "max" | "avg", rank: 1 | 2): Entries[string] {
  const name = `${kind}_pool${rank}d`;
  const signature =
    kind === "max"
      ? "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False"
      : "input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True";
  return [
    signature,
    (input: Value, size: Value, stride?: Value, padding?: Value, ...rest: Args) => {
      const x = tensorOf(name, "input", 1, input);
      const kernel = pairOf(name, "kernel_size", size, rank, 1);
      const options = {
        stride: pairOf(name, "stride", stride, rank, 0) || kernel,
        padding: pairOf(name, "padding", padding, rank, 0),
      };
      const ceil = kind === "max" ? rest[1] : rest[0];
      if (ceil === true)
        fault(
          "NotImplementedError",
          `torch.nn.functional.${name}(ceil_mode=True) is not here; nearest: padding`,
        );
      if (kind === "avg") {
        const run = rank === 1 ? layer.avgPool1d : layer.avgPool2d;
        return wrap(
          run(x, kernel, { ...options, countIncludePad: rest[1] !== false }),
          rank === 1 ? "Squeeze1" : "AvgPool2D",
        );
      }
      if (rest[2] === true)
        fault(
          "NotImplementedError",
          `torch.nn.functional.${name}(return_indices=True) is not here; nearest: the values alone`,
        );
      const run = rank === 1 ? layer.maxPool1d : layer.maxPool2d;
      return wrap(
        run(x, kernel, { ...options, dilation: pairOf(name, "dilation", rest[0], rank, 1) }),
        rank === 1 ? "Squeeze1" : "MaxPool2DWithIndices",
      );
    },
  ];
}

const LAYERS: Entries = {
  linear: [
    "input, weight, bias=None",
    (input: Value, weight: Value, bias?: Value) =>
      linear(
        tensorOf("linear", "input", 1, input),
        tensorOf("linear", "weight", 2, weight),
        optional("linear", "bias", bias),
      ),
  ],
  bilinear: [
    "input1, input2, weight, bias=None",
    (a: Value, b: Value, weight: Value, bias?: Value) => {
      const [x, y, w] = [
        tensorOf("bilinear", "input1", 1, a),
        tensorOf("bilinear", "input2", 2, b),
        tensorOf("bilinear", "weight", 3, weight),
      ];
      const left = matmul(x, w.permute(1, 0, 2).reshape(w.shape[1]!, -1)).reshape([
        ...x.shape.slice(0, -1),
        w.shape[0]!,
        w.shape[2]!,
      ]);
      const out = left.mul(y.unsqueeze(-2)).sum(-1);
      const add = optional("bilinear", "bias", bias);
      return wrap(add === undefined ? out : out.add(add), "Add");
    },
  ],
  embedding: [
    "input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False",
    (input: Value, weight: Value, padding?: Value) => {
      const [index, w] = [
        tensorOf("embedding", "indices", 1, input),
        tensorOf("embedding", "weight", 2, weight),
      ];
      if (index.dtype !== "int64" && index.dtype !== "int32") {
        fault(
          "RuntimeError",
          `Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.${C_NAMES[index.dtype]}Tensor instead (while checking arguments for embedding)`,
        );
      }
      const rows = w.shape[0]!;
      for (const one of index.toTypedArray() as Iterable<number | bigint>) {
        if (Number(one) < 0 || Number(one) >= rows)
          fault("IndexError", "index out of range in self");
      }
      room(index.numel * (w.shape[1] ?? 1));
      const at = given(padding);
      if (at === undefined) return wrap(layer.embedding(index, w), "Embedding");
      const pad = intOf("embedding", "padding_idx", at);
      const held = index.eq(pad < 0 ? pad + rows : pad).unsqueeze(-1);
      // The row of padding gets no gradient.
      const out = layer.embedding(index, w);
      return wrap(
        out.maskedFill(held, 0).add(out.detach().maskedFill(held.logicalNot(), 0)),
        "Embedding",
      );
    },
  ],
  one_hot: [
    "tensor, num_classes=-1",
    (input: Value, classes?: Value) => {
      const index = tensorOf("one_hot", "tensor", 1, input);
      if (index.dtype !== "int64")
        fault("RuntimeError", "one_hot is only applicable to index tensor.");
      const values = Array.from(
        index.toTypedArray() as unknown as Iterable<number | bigint>,
        Number,
      );
      const asked = classes === undefined ? -1 : intOf("one_hot", "num_classes", classes);
      if (values.some((one) => one < 0))
        fault("RuntimeError", "Class values must be non-negative.");
      const most = values.reduce((a, b) => Math.max(a, b), -1);
      if (asked > 0 && most >= asked)
        fault("RuntimeError", "Class values must be smaller than num_classes.");
      const count = asked > 0 ? asked : most + 1;
      room(index.numel * count);
      return wrap(long(layer.oneHot(index, count)));
    },
  ],
  layer_norm: [
    "input, normalized_shape, weight=None, bias=None, eps=1e-05",
    (input: Value, shape: Value, weight?: Value, bias?: Value, eps?: Value) => {
      const x = tensorOf("layer_norm", "input", 1, input);
      const sizes = intsOf("layer_norm", "normalized_shape", [shape]);
      if (!sameSizes(x.shape.slice(-sizes.length), sizes)) {
        fault(
          "RuntimeError",
          `Given normalized_shape=[${sizes.join(", ")}], expected input with shape [*${sizes.map((s) => `, ${s}`).join("")}], but got input of size[${x.shape.join(", ")}]`,
        );
      }
      return wrap(
        layer.layerNorm(x, sizes, {
          weight: optional("layer_norm", "weight", weight),
          bias: optional("layer_norm", "bias", bias),
          eps: numberOr("layer_norm", "eps", eps, 1e-5),
        }),
        "NativeLayerNorm",
      );
    },
  ],
  rms_norm: [
    "input, normalized_shape, weight=None, eps=None",
    (input: Value, shape: Value, weight?: Value, eps?: Value) => {
      const x = tensorOf("rms_norm", "input", 1, input);
      const e = given(eps);
      return wrap(
        layer.rmsNorm(x, intsOf("rms_norm", "normalized_shape", [shape]), {
          weight: optional("rms_norm", "weight", weight),
          ...(e === undefined ? {} : { eps: numberOf("rms_norm", "eps", e) }),
        }),
        "Mul",
      );
    },
  ],
  group_norm: [
    "input, num_groups, weight=None, bias=None, eps=1e-05",
    (input: Value, groups: Value, weight?: Value, bias?: Value, eps?: Value) =>
      wrap(
        layer.groupNorm(
          tensorOf("group_norm", "input", 1, input),
          intOf("group_norm", "num_groups", groups),
          {
            weight: optional("group_norm", "weight", weight),
            bias: optional("group_norm", "bias", bias),
            eps: numberOr("group_norm", "eps", eps, 1e-5),
          },
        ),
        "NativeGroupNorm",
      ),
  ],
  batch_norm: [
    "input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05",
    (
      input: Value,
      mean?: Value,
      variance?: Value,
      weight?: Value,
      bias?: Value,
      training?: Value,
      momentum?: Value,
      eps?: Value,
    ) => {
      const x = tensorOf("batch_norm", "input", 1, input);
      const learns = training === true;
      const [m, v] = [
        optional("batch_norm", "running_mean", mean),
        optional("batch_norm", "running_var", variance),
      ];
      const count = x.numel / (x.shape[1] ?? 1);
      if (learns && count <= 1)
        fault(
          "ValueError",
          `Expected more than 1 value per channel when training, got input size torch.Size([${x.shape.join(", ")}])`,
        );
      if (learns && m !== undefined && v !== undefined) {
        const dims = [...x.shape.keys()].filter((dim) => dim !== 1);
        const share = numberOr("batch_norm", "momentum", momentum, 0.1);
        const plain = x.detach();
        m.copy_(m.mul(1 - share).add(plain.mean(dims).mul(share)));
        v.copy_(v.mul(1 - share).add(plain.var(dims).mul(share)));
      }
      const stats = learns || m === undefined ? {} : { mean: m, variance: v };
      return wrap(
        layer.batchNorm(x, {
          ...stats,
          weight: optional("batch_norm", "weight", weight),
          bias: optional("batch_norm", "bias", bias),
          eps: numberOr("batch_norm", "eps", eps, 1e-5),
        }),
        "NativeBatchNorm",
      );
    },
  ],
  normalize: [
    "input, p=2.0, dim=1, eps=1e-12",
    (input: Value, p?: Value, dim?: Value, eps?: Value) => {
      const x = tensorOf("normalize", "input", 1, input);
      return wrap(
        layer.normalize(x, {
          p: numberOr("normalize", "p", p, 2),
          dim: dimIn(dim === undefined ? 1 : intOf("normalize", "dim", dim), x.ndim),
          eps: numberOr("normalize", "eps", eps, 1e-12),
        }),
        "Div",
      );
    },
  ],
  cosine_similarity: [
    "x1, x2, dim=1, eps=1e-08",
    (a: Value, b: Value, dim?: Value, eps?: Value) => {
      const [x, y] = [
        tensorOf("cosine_similarity", "x1", 1, a),
        tensorOf("cosine_similarity", "x2", 2, b),
      ];
      const shape = broadcast(x.shape, y.shape);
      return wrap(
        layer.cosineSimilarity(x.expand(shape), y.expand(shape), {
          dim: dimIn(dim === undefined ? 1 : intOf("cosine_similarity", "dim", dim), shape.length),
          eps: numberOr("cosine_similarity", "eps", eps, 1e-8),
        }),
        "SumBackward1",
      );
    },
  ],
  pairwise_distance: [
    "x1, x2, p=2.0, eps=1e-06, keepdim=False",
    (a: Value, b: Value, p?: Value, eps?: Value, keepdim?: Value) => {
      const d = tensorOf("pairwise_distance", "x1", 1, a)
        .sub(tensorOf("pairwise_distance", "x2", 2, b))
        .add(numberOr("pairwise_distance", "eps", eps, 1e-6));
      return wrap(
        layer.norm(d, {
          p: numberOr("pairwise_distance", "p", p, 2),
          dim: -1,
          keepdim: keepdim === true,
        }),
        "Norm1",
      );
    },
  ],
  conv1d: conv(1),
  conv2d: conv(2),
  conv_transpose1d: convTransposed(1),
  conv_transpose2d: convTransposed(2),
  max_pool1d: pool("max", 1),
  max_pool2d: pool("max", 2),
  avg_pool1d: pool("avg", 1),
  avg_pool2d: pool("avg", 2),
  adaptive_avg_pool1d: [
    "input, output_size",
    (input: Value, size: Value) =>
      wrap(
        layer.adaptiveAvgPool1d(
          tensorOf("adaptive_avg_pool1d", "input", 1, input),
          intsOf("adaptive_avg_pool1d", "output_size", [size])[0]!,
        ),
        "Squeeze1",
      ),
  ],
  adaptive_avg_pool2d: [
    "input, output_size",
    (input: Value, size: Value) =>
      wrap(
        layer.adaptiveAvgPool2d(
          tensorOf("adaptive_avg_pool2d", "input", 1, input),
          pairOf("adaptive_avg_pool2d", "output_size", size, 2, 1),
        ),
        "AdaptiveAvgPool2D",
      ),
  ],
  adaptive_max_pool2d: [
    "input, output_size",
    (input: Value, size: Value) =>
      wrap(
        layer.adaptiveMaxPool2d(
          tensorOf("adaptive_max_pool2d", "input", 1, input),
          pairOf("adaptive_max_pool2d", "output_size", size, 2, 1),
        ),
        "AdaptiveMaxPool2D",
      ),
  ],
  pad: [
    "input, pad, mode='constant', value=None",
    (input: Value, pad: Value, mode?: Value, value?: Value) => {
      const x = tensorOf("pad", "input", 1, input);
      const widths = intsOf("pad", "pad", [pad]);
      if (widths.length % 2 !== 0) fault("RuntimeError", "Padding length must be divisible by 2");
      if (widths.length > 2 * x.ndim) fault("RuntimeError", "Padding length too large");
      const how = (mode ?? "constant") as layer.PadMode;
      room(
        x.shape.reduce(
          (n, size, d) =>
            n *
            (size +
              Math.max(0, widths[2 * (x.ndim - 1 - d)] ?? 0) +
              Math.max(0, widths[2 * (x.ndim - 1 - d) + 1] ?? 0)),
          1,
        ),
      );
      return wrap(
        layer.pad(x, widths, { mode: how, value: numberOr("pad", "value", value, 0) }),
        "ConstantPadNd",
      );
    },
  ],
  unfold: [
    "input, kernel_size, dilation=1, padding=0, stride=1",
    (input: Value, size: Value, dilation?: Value, padding?: Value, stride?: Value) =>
      wrap(
        layer.unfold(
          tensorOf("unfold", "input", 1, input),
          pairOf("unfold", "kernel_size", size, 2, 1),
          {
            dilation: pairOf("unfold", "dilation", dilation, 2, 1),
            padding: pairOf("unfold", "padding", padding, 2, 0),
            stride: pairOf("unfold", "stride", stride, 2, 1),
          },
        ),
        "Im2Col",
      ),
  ],
  interpolate: [
    "input, size=None, scale_factor=None, mode='nearest', align_corners=None",
    (input: Value, size?: Value, scale?: Value, mode?: Value, corners?: Value) => {
      const x = tensorOf("interpolate", "input", 1, input);
      const how = mode ?? "nearest";
      if (!["nearest", "linear", "bilinear"].includes(String(how))) {
        fault(
          "NotImplementedError",
          `torch.nn.functional.interpolate(mode='${String(how)}') is not here; nearest: mode='bilinear'`,
        );
      }
      const options = {
        mode: how === "nearest" ? ("nearest" as const) : ("linear" as const),
        alignCorners: corners === true,
      };
      const factor = given(scale);
      if (factor !== undefined) {
        const scales =
          factor instanceof PyTuple
            ? factor.items.map((one) => numberOf("interpolate", "scale_factor", one))
            : numberOf("interpolate", "scale_factor", factor);
        return wrap(layer.interpolate(x, { ...options, scale: scales }), "UpsampleNearest2D");
      }
      return wrap(
        layer.interpolate(x, { ...options, size: pairOf("interpolate", "size", size, 2, 1) }),
        "UpsampleNearest2D",
      );
    },
  ],
  pixel_shuffle: [
    "input, upscale_factor",
    (input: Value, factor: Value) =>
      wrap(
        layer.pixelShuffle(
          tensorOf("pixel_shuffle", "input", 1, input),
          intOf("pixel_shuffle", "upscale_factor", factor),
        ),
        "PixelShuffle",
      ),
  ],
  scaled_dot_product_attention: [
    "query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None",
    (q: Value, k: Value, v: Value, mask?: Value, p?: Value, causal?: Value, scale?: Value) => {
      const what = "scaled_dot_product_attention";
      const [query, key, value] = [
        tensorOf(what, "query", 1, q),
        tensorOf(what, "key", 2, k),
        tensorOf(what, "value", 3, v),
      ];
      work(query.numel * (key.shape.at(-2) ?? 1));
      if (numberOr(what, "dropout_p", p, 0) !== 0)
        fault(
          "NotImplementedError",
          `torch.nn.functional.${what}(dropout_p≠0) is not here; nearest: torch.nn.functional.dropout of the weights`,
        );
      const factor = given(scale);
      return wrap(
        layer.scaledDotProductAttention(query, key, value, {
          mask: optional(what, "attn_mask", mask),
          isCausal: causal === true,
          ...(factor === undefined ? {} : { scale: numberOf(what, "scale", factor) }),
        }),
        "UnsafeView",
      );
    },
  ],
  dropout: dropout("dropout", (x) => x.shape),
  dropout1d: dropout("dropout1d", (x) => x.shape.map((size, d) => (d === x.ndim - 1 ? 1 : size))),
  dropout2d: dropout("dropout2d", (x) => x.shape.map((size, d) => (d >= x.ndim - 2 ? 1 : size))),
  softmax: softened("softmax"),
  log_softmax: softened("log_softmax"),
  softmin: softened("softmin"),
};

const classOptions = (
  name: string,
  weight?: Value,
  ignore?: Value,
  reduction?: Value,
): { weight?: Tensor; ignoreIndex: number; reduction: "mean" | "sum" | "none" } => {
  const w = optional(name, "weight", weight);
  return {
    ...(w === undefined ? {} : { weight: w }),
    ignoreIndex: ignore === undefined ? -100 : intOf(name, "ignore_index", ignore),
    reduction: reductionOf(reduction),
  };
};

const LOSSES: Entries = {
  mse_loss: loss("mse_loss", "MseLoss", "", layer.mseLoss as Loss),
  l1_loss: loss("l1_loss", "Mean0", "", layer.l1Loss as Loss),
  smooth_l1_loss: loss("smooth_l1_loss", "SmoothL1Loss", "beta=1.0", (a, b, o, beta) =>
    layer.smoothL1Loss(a, b, { ...o, beta: numberOr("smooth_l1_loss", "beta", beta, 1) }),
  ),
  huber_loss: [
    "input, target, reduction='mean', delta=1.0",
    (input: Value, target: Value, reduction?: Value, delta?: Value) =>
      wrap(
        layer.huberLoss(
          tensorOf("huber_loss", "input", 1, input),
          tensorOf("huber_loss", "target", 2, target),
          { reduction: reductionOf(reduction), delta: numberOr("huber_loss", "delta", delta, 1) },
        ),
        "HuberLoss",
      ),
  ],
  kl_div: [
    "input, target, size_average=None, reduce=None, reduction='mean', log_target=False",
    (input: Value, target: Value, _s?: Value, _r?: Value, reduction?: Value, log?: Value) =>
      wrap(
        layer.klDiv(
          tensorOf("kl_div", "input", 1, input),
          tensorOf("kl_div", "target", 2, target),
          {
            reduction: reduction === "batchmean" ? "batchmean" : reductionOf(reduction),
            logTarget: log === true,
          },
        ),
        "KlDiv",
      ),
  ],
  cross_entropy: [
    "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0",
    (
      input: Value,
      target: Value,
      weight?: Value,
      _s?: Value,
      ignore?: Value,
      _r?: Value,
      reduction?: Value,
      smoothing?: Value,
    ) => {
      const [x, t] = [
        tensorOf("cross_entropy_loss", "input", 1, input),
        tensorOf("cross_entropy_loss", "target", 2, target),
      ];
      const options = classOptions("cross_entropy", weight, ignore, reduction);
      checkClasses(x, t, options.ignoreIndex);
      return wrap(
        layer.crossEntropy(x, t, {
          ...options,
          labelSmoothing: numberOr("cross_entropy", "label_smoothing", smoothing, 0),
        }),
        "NllLoss",
      );
    },
  ],
  nll_loss: [
    "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'",
    (
      input: Value,
      target: Value,
      weight?: Value,
      _s?: Value,
      ignore?: Value,
      _r?: Value,
      reduction?: Value,
    ) => {
      const [x, t] = [
        tensorOf("nll_loss", "input", 1, input),
        tensorOf("nll_loss", "target", 2, target),
      ];
      const options = classOptions("nll_loss", weight, ignore, reduction);
      checkClasses(x, t, options.ignoreIndex);
      return wrap(layer.nllLoss(x, t, options), "NllLoss");
    },
  ],
  binary_cross_entropy: [
    "input, target, weight=None, size_average=None, reduce=None, reduction='mean'",
    (input: Value, target: Value, weight?: Value, _s?: Value, _r?: Value, reduction?: Value) => {
      const [x, t] = [
        tensorOf("binary_cross_entropy", "input", 1, input),
        tensorOf("binary_cross_entropy", "target", 2, target),
      ];
      sameSize("binary_cross_entropy", x, t);
      if (x.lt(0).logicalOr(x.gt(1)).any().item() === true)
        fault("RuntimeError", "all elements of input should be between 0 and 1");
      const w = optional("binary_cross_entropy", "weight", weight);
      return wrap(
        layer.binaryCrossEntropy(x, t, {
          ...(w === undefined ? {} : { weight: w }),
          reduction: reductionOf(reduction),
        }),
        "BinaryCrossEntropy",
      );
    },
  ],
  binary_cross_entropy_with_logits: [
    "input, target, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None",
    (
      input: Value,
      target: Value,
      weight?: Value,
      _s?: Value,
      _r?: Value,
      reduction?: Value,
      positive?: Value,
    ) => {
      const name = "binary_cross_entropy_with_logits";
      const [x, t] = [tensorOf(name, "input", 1, input), tensorOf(name, "target", 2, target)];
      sameSize(name, x, t);
      const [w, p] = [optional(name, "weight", weight), optional(name, "pos_weight", positive)];
      return wrap(
        layer.binaryCrossEntropyWithLogits(x, t, {
          ...(w === undefined ? {} : { weight: w }),
          ...(p === undefined ? {} : { posWeight: p }),
          reduction: reductionOf(reduction),
        }),
        "BinaryCrossEntropyWithLogits",
      );
    },
  ],
  cosine_embedding_loss: [
    "input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction='mean'",
    (
      a: Value,
      b: Value,
      target: Value,
      margin?: Value,
      _s?: Value,
      _r?: Value,
      reduction?: Value,
    ) =>
      wrap(
        layer.cosineEmbeddingLoss(
          tensorOf("cosine_embedding_loss", "input1", 1, a),
          tensorOf("cosine_embedding_loss", "input2", 2, b),
          tensorOf("cosine_embedding_loss", "target", 3, target),
          {
            margin: numberOr("cosine_embedding_loss", "margin", margin, 0),
            reduction: reductionOf(reduction),
          },
        ),
        "Mean0",
      ),
  ],
  margin_ranking_loss: [
    "input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction='mean'",
    (
      a: Value,
      b: Value,
      target: Value,
      margin?: Value,
      _s?: Value,
      _r?: Value,
      reduction?: Value,
    ) =>
      wrap(
        layer.marginRankingLoss(
          tensorOf("margin_ranking_loss", "input1", 1, a),
          tensorOf("margin_ranking_loss", "input2", 2, b),
          tensorOf("margin_ranking_loss", "target", 3, target),
          {
            margin: numberOr("margin_ranking_loss", "margin", margin, 0),
            reduction: reductionOf(reduction),
          },
        ),
        "Mean0",
      ),
  ],
  hinge_embedding_loss: [
    "input, target, margin=1.0, size_average=None, reduce=None, reduction='mean'",
    (a: Value, target: Value, margin?: Value, _s?: Value, _r?: Value, reduction?: Value) =>
      wrap(
        layer.hingeEmbeddingLoss(
          tensorOf("hinge_embedding_loss", "input", 1, a),
          tensorOf("hinge_embedding_loss", "target", 2, target),
          {
            margin: numberOr("hinge_embedding_loss", "margin", margin, 1),
            reduction: reductionOf(reduction),
          },
        ),
        "Mean0",
      ),
  ],
  triplet_margin_loss: [
    "anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, size_average=None, reduce=None, reduction='mean'",
    (
      a: Value,
      b: Value,
      c: Value,
      margin?: Value,
      p?: Value,
      eps?: Value,
      _swap?: Value,
      _s?: Value,
      _r?: Value,
      reduction?: Value,
    ) =>
      wrap(
        layer.tripletMarginLoss(
          tensorOf("triplet_margin_loss", "anchor", 1, a),
          tensorOf("triplet_margin_loss", "positive", 2, b),
          tensorOf("triplet_margin_loss", "negative", 3, c),
          {
            margin: numberOr("triplet_margin_loss", "margin", margin, 1),
            p: numberOr("triplet_margin_loss", "p", p, 2),
            eps: numberOr("triplet_margin_loss", "eps", eps, 1e-6),
            reduction: reductionOf(reduction),
          },
        ),
        "Mean0",
      ),
  ],
  poisson_nll_loss: [
    "input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'",
    (
      a: Value,
      target: Value,
      log?: Value,
      full?: Value,
      _s?: Value,
      eps?: Value,
      _r?: Value,
      reduction?: Value,
    ) => {
      if (full === true)
        fault(
          "NotImplementedError",
          "torch.nn.functional.poisson_nll_loss(full=True) is not here; nearest: full=False, without the constant",
        );
      return wrap(
        layer.poissonNllLoss(
          tensorOf("poisson_nll_loss", "input", 1, a),
          tensorOf("poisson_nll_loss", "target", 2, target),
          {
            logInput: log !== false,
            eps: numberOr("poisson_nll_loss", "eps", eps, 1e-8),
            reduction: reductionOf(reduction),
          },
        ),
        "Mean0",
      );
    },
  ],
  gaussian_nll_loss: [
    "input, target, var, full=False, eps=1e-06, reduction='mean'",
    (a: Value, target: Value, variance: Value, full?: Value, eps?: Value, reduction?: Value) => {
      if (full === true)
        fault(
          "NotImplementedError",
          "torch.nn.functional.gaussian_nll_loss(full=True) is not here; nearest: full=False, without the constant",
        );
      return wrap(
        layer.gaussianNllLoss(
          tensorOf("gaussian_nll_loss", "input", 1, a),
          tensorOf("gaussian_nll_loss", "target", 2, target),
          tensorOf("gaussian_nll_loss", "var", 3, variance),
          {
            eps: numberOr("gaussian_nll_loss", "eps", eps, 1e-6),
            reduction: reductionOf(reduction),
          },
        ),
        "Mean0",
      );
    },
  ],
};

/** Fills `torch.nn.functional`. */
export function fillFunctional(module: PyModule): void {
  plainFunctions(module, { ...ACTIVATIONS, ...LAYERS, ...LOSSES });
  const missing = (name: Value): Value =>
    throwAttributeError(
      module,
      String(name),
      `module 'torch.nn.functional' has no attribute '${String(name)}'`,
    );
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", missing)));
}
