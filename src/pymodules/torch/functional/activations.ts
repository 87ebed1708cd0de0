/** Activations, and softmax with its kind. */
import { fault } from "../../../python/fault.ts";
import type { Value } from "../../../python/objects/object.ts";
import { replace } from "../../../tensor/autograd/inplace.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import * as layer from "../../../tensor/functional/index.ts";
import type { Tensor } from "../../../tensor/index.ts";
import { C_NAMES } from "../dtype.ts";
import { work } from "../failure.ts";
import { dimIn } from "../dims.ts";
import { REDUCTIONS } from "../reductions.ts";
import { checkWritable } from "../register.ts";
import { given, intOf, numberOf, PyTensor, tensorOf, wrap } from "../tensor.ts";
import type { Entries, Entry } from "./given.ts";

type Args = (Value | undefined)[];

const numberOr = (
  what: string,
  name: string,
  value: Value | undefined,
  otherwise: number,
): number =>
  value === undefined || given(value) === undefined ? otherwise : numberOf(what, name, value);

/** PyTorch has kernels of these for floats alone, under names of their own. */
const KERNELS: Readonly<Record<string, string>> = {
  elu: "elu_cpu",
  celu: "elu_cpu",
  selu: "elu_cpu",
  gelu: "GeluKernelImpl",
  silu: "silu_cpu",
  mish: "mish_cpu",
  hardsigmoid: "hardsigmoid_cpu",
  hardswish: "hardswish_cpu",
  leaky_relu: "leaky_relu_cpu",
  softplus: "softplus_cpu",
  softshrink: "softshrink_cpu",
  hardshrink: "hardshrink_cpu",
  logsigmoid: "log_sigmoid_cpu",
};

function checked(name: string, x: Tensor): Tensor {
  work(x.numel);
  const kernel = KERNELS[name];
  if (kernel !== undefined && !isFloat(x.dtype)) {
    fault("RuntimeError", `"${kernel}" not implemented for '${C_NAMES[x.dtype]}'`);
  }
  return x;
}

/** `F.relu(x, inplace)`: writes to x, and gives it, when that is asked for. */
function activation(
  name: string,
  made: string,
  extra: string,
  run: (x: Tensor, ...rest: Args) => Tensor,
): Entry {
  const signature = extra === "" ? "input, inplace=False" : `input, ${extra}, inplace=False`;
  const count = extra === "" ? 0 : extra.split(",").length;
  return [
    signature,
    (input: Value, ...rest: Args) => {
      const x = checked(name, tensorOf(name, "input", 1, input));
      if (rest[count] !== true) return wrap(run(x, ...rest), made);
      checkWritable(x);
      replace(`${name}_`, x, (before) => run(before, ...rest));
      (input as PyTensor).made = UNDERSCORED.has(name) ? `${made}1` : made;
      return input;
    },
  ];
}

/** Those that PyTorch numbers anew when they write to their input. */
const UNDERSCORED = new Set(["elu", "leaky_relu"]);

/** Without an `inplace`. */
function map(
  name: string,
  made: string,
  extra: string,
  run: (x: Tensor, ...rest: Args) => Tensor,
): Entry {
  return [
    extra === "" ? "input" : `input, ${extra}`,
    (input: Value, ...rest: Args) => {
      const x = checked(name, tensorOf(name, "input", 1, input));
      return wrap(run(x, ...rest), made);
    },
  ];
}

export const ACTIVATIONS: Entries = {
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
function softened(name: "softmax" | "log_softmax" | "softmin"): Entry {
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

export const SOFTMAX: Entries = {
  softmax: softened("softmax"),
  log_softmax: softened("log_softmax"),
  softmin: softened("softmin"),
};
