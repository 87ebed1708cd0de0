/** Operators that fold dims away, or run along one. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { isFloat } from "../../tensor/dtype.ts";
import * as each from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import type { Picked, Tensor } from "../../tensor/index.ts";
import { type Operator, apply } from "./arithmetic.ts";
import { anew } from "./moving.ts";
import { dimIn, dimsIn, foldOf } from "./dims.ts";
import { C_NAMES, dtypeArgument } from "./dtype.ts";
import { QUANTILE, quantile } from "./quantile.ts";
import { type Entry, type Table, underivable } from "./register.ts";
import { PyTensor, given, intOf, numberOf, picked, wrap } from "./tensor.ts";

const FOLD = "dim=None, keepdim=False, *, dtype=None, axis=None, keepdims=False";

function summed(what: string, made: string, fold: "sum" | "prod"): Entry {
  return [
    FOLD,
    (x: PyTensor, dim?: Value, keepdim?: Value, dtype?: Value, axis?: Value, keepdims?: Value) => {
      const { dims, options } = foldOf(what, x, dim, keepdim, axis, keepdims);
      const own = isFloat(x.t.dtype) ? x.t.dtype : "int64";
      const wide = x.t.to(dtypeArgument(what, dtype) ?? own);
      return wrap(wide[fold](dims, options), dims === undefined ? `${made}0` : `${made}1`);
    },
  ];
}

function needFloat(what: string, x: Tensor): void {
  if (isFloat(x.dtype)) return;
  if (what === "mean") {
    fault(
      "RuntimeError",
      `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${C_NAMES[x.dtype]}`,
    );
  }
  if (what === "norm") {
    fault(
      "RuntimeError",
      `norm(): input dtype should be either floating point or complex. Got ${C_NAMES[x.dtype]} instead.`,
    );
  }
  fault("RuntimeError", `${what} only support floating point and complex dtypes`);
}

const mean: Entry = [
  FOLD,
  (x: PyTensor, dim?: Value, keepdim?: Value, dtype?: Value, axis?: Value, keepdims?: Value) => {
    const wanted = dtypeArgument("mean", dtype);
    const wide = wanted === undefined ? x.t : x.t.to(wanted);
    needFloat("mean", wide);
    const { dims, options } = foldOf("mean", x, dim, keepdim, axis, keepdims);
    return wrap(wide.mean(dims, options), dims === undefined ? "Mean0" : "Mean1");
  },
];

const SPREAD = "dim=None, unbiased=True, keepdim=False, *, correction=None, axis=None";

function spreadOf(
  what: "var" | "std",
  x: PyTensor,
  dim?: Value,
  unbiased?: Value,
  keepdim?: Value,
  correction?: Value,
  axis?: Value,
): Tensor {
  needFloat(`std and var`, x.t);
  // `x.var(False)` says how, not where.
  const bare = typeof dim === "boolean";
  const dims = dimsIn(what, bare ? undefined : (given(dim) ?? axis), x.t.ndim);
  const asked = given(correction);
  const biased = bare ? dim === false : unbiased === false;
  return x.t[what](dims, {
    keepdim: keepdim === true,
    correction: asked === undefined ? (biased ? 0 : 1) : numberOf(what, "correction", asked),
  });
}

function spread(what: "var" | "std", made: string): Entry {
  return [
    SPREAD,
    (x: PyTensor, ...rest: (Value | undefined)[]) => wrap(spreadOf(what, x, ...rest), made),
  ];
}

function long(x: Tensor): Tensor {
  return x.to("int64");
}

function pair(name: string, of: Tensor, { values, indices }: Picked, made: string): PyTuple {
  return picked(name, wrap(anew(values, of), made), wrap(long(indices)));
}

/** @throws RuntimeError: PyTorch has no such kernel for bools */
export function needNumbers(kernel: string, x: Tensor): void {
  if (x.dtype === "bool") fault("RuntimeError", `"${kernel}_cpu" not implemented for 'Bool'`);
}

const needSome = (what: string, x: Tensor): void => {
  if (x.numel === 0) {
    fault(
      what.startsWith("arg") ? "IndexError" : "RuntimeError",
      `${what}(): Expected reduction dim to be specified for input.numel() == 0.${what.startsWith("arg") ? "" : " Specify the reduction dim with the 'dim' argument."}`,
    );
  }
};

function extreme(what: "max" | "min", operator: Operator): Entry {
  return [
    "dim=None, keepdim=False, *, other=None, axis=None",
    (x: PyTensor, dim?: Value, keepdim?: Value, other?: Value, axis?: Value) => {
      const second = other ?? (dim instanceof PyTensor ? dim : undefined);
      if (second !== undefined) return apply(operator, x, second);
      const at = given(dim) ?? given(axis);
      if (at === undefined) {
        needSome(what, x.t);
        return wrap(x.t[what](), `${operator.name[0]!.toUpperCase()}${what.slice(1)}1`);
      }
      const along = dimIn(intOf(what, "dim", at), x.t.ndim);
      if (x.t.shape[along] === 0) {
        fault("IndexError", `${what}(): Expected reduction dim ${along} to have non-zero size.`);
      }
      const found = x.t[what](along, { keepdim: keepdim === true });
      return pair(what, x.t, found, operator.name === "maximum" ? "Max0" : "Min0");
    },
  ];
}

function amost(what: "amax" | "amin", made: string): Entry {
  return [
    "dim=(), keepdim=False, *, axis=None, keepdims=False",
    (x: PyTensor, dim?: Value, keepdim?: Value, axis?: Value, keepdims?: Value) => {
      const { dims, options } = foldOf(what, x, dim, keepdim, axis, keepdims);
      if (dims === undefined) needSome(what, x.t);
      return wrap(x.t[what](dims, options), made);
    },
  ];
}

function place(what: "argmax" | "argmin"): Entry {
  return [
    "dim=None, keepdim=False, *, axis=None",
    (x: PyTensor, dim?: Value, keepdim?: Value, axis?: Value) => {
      const at = given(dim) ?? given(axis);
      if (at === undefined) needSome(what, x.t);
      const along = at === undefined ? undefined : dimIn(intOf(what, "dim", at), x.t.ndim);
      needNumbers(what, x.t);
      if (along !== undefined && x.t.shape[along] === 0) {
        fault("IndexError", `${what}(): Expected reduction dim ${along} to have non-zero size.`);
      }
      return wrap(long(x.t[what](along, { keepdim: keepdim === true })));
    },
  ];
}

function truth(what: "any" | "all"): Entry {
  return [
    "dim=None, keepdim=False, *, axis=None",
    (x: PyTensor, dim?: Value, keepdim?: Value, axis?: Value) => {
      const { dims, options } = foldOf(what, x, dim, keepdim, axis);
      return wrap(x.t[what](dims, options));
    },
  ];
}

const RUNNING = { cumsum: layer.cumsum, cumprod: layer.cumprod } as const;

const RUNNING_MOST = { cummax: layer.cummax, cummin: layer.cummin } as const;

function running(what: "cumsum" | "cumprod", made: string): Entry {
  return [
    "dim, *, dtype=None",
    (x: PyTensor, dim: Value, dtype?: Value) => {
      const wide = x.t.to(dtypeArgument(what, dtype) ?? (isFloat(x.t.dtype) ? x.t.dtype : "int64"));
      const at = dimIn(intOf(what, "dim", dim), x.t.ndim);
      return wrap(x.t.ndim === 0 ? wide : RUNNING[what](wide, at), made);
    },
  ];
}

function runningMost(what: "cummax" | "cummin", made: string): Entry {
  return [
    "dim",
    (x: PyTensor, dim: Value) =>
      pair(what, x.t, RUNNING_MOST[what](x.t, dimIn(intOf(what, "dim", dim), x.t.ndim)), made),
  ];
}

function softened(what: "softmax" | "logSoftmax", name: string, made: string): Entry {
  return [
    "dim, dtype=None",
    (x: PyTensor, dim: Value, dtype?: Value) => {
      const wanted = dtypeArgument(name, dtype);
      const wide = wanted === undefined ? x.t : x.t.to(wanted);
      const at = dimIn(intOf(name, "dim", dim), x.t.ndim);
      if (!isFloat(wide.dtype)) {
        const kernel = `${name}${at >= x.t.ndim - 1 ? "_lastdim" : ""}_kernel_impl`;
        fault("RuntimeError", `"${kernel}" not implemented for '${C_NAMES[wide.dtype]}'`);
      }
      return wrap(wide[what](at), made);
    },
  ];
}

/** What `p` says: 'fro', inf, a number. */
export function orderOf(what: string, p: Value | undefined): number {
  const order = given(p);
  if (order === undefined || order === "fro") return 2;
  return numberOf(what, "p", order);
}

/** Bools have no difference: where neighbours are not the same. */
function boolDiff(x: Tensor, dim: Value | undefined): Tensor {
  const at = dimIn(dim === undefined ? -1 : intOf("diff", "dim", dim), x.ndim);
  const count = Math.max(0, (x.shape[at] ?? 1) - 1);
  return layer.logicalXor(x.narrow(at, 1, count), x.narrow(at, 0, count));
}

export const REDUCTIONS: Table = {
  sum: summed("sum", "Sum", "sum"),
  prod: [
    "dim=None, keepdim=False, *, dtype=None",
    (x: PyTensor, dim?: Value, keepdim?: Value, dtype?: Value) =>
      (summed("prod", "Prod", "prod")[1] as (...args: unknown[]) => Value)(x, dim, keepdim, dtype),
  ],
  mean,
  var: spread("var", "Var0"),
  std: spread("std", "Std0"),
  var_mean: [
    SPREAD,
    (x: PyTensor, ...rest: (Value | undefined)[]) => {
      const dims = dimsIn("var_mean", given(rest[0]), x.t.ndim);
      const centre = x.t.mean(dims, { keepdim: rest[2] === true });
      return new PyTuple([wrap(spreadOf("var", x, ...rest), "VarMean0"), wrap(centre, "VarMean0")]);
    },
  ],
  std_mean: [
    SPREAD,
    (x: PyTensor, ...rest: (Value | undefined)[]) => {
      const dims = dimsIn("std_mean", given(rest[0]), x.t.ndim);
      const centre = x.t.mean(dims, { keepdim: rest[2] === true });
      return new PyTuple([wrap(spreadOf("std", x, ...rest), "StdMean0"), wrap(centre, "StdMean0")]);
    },
  ],
  max: extreme("max", {
    name: "maximum",
    made: "Maximum",
    compute: ({ a, b }) => each.arithmetic("maximum", a, b),
  }),
  min: extreme("min", {
    name: "minimum",
    made: "Minimum",
    compute: ({ a, b }) => each.arithmetic("minimum", a, b),
  }),
  amax: amost("amax", "Amax"),
  amin: amost("amin", "Amin"),
  aminmax: [
    "*, dim=None, keepdim=False",
    (x: PyTensor, dim?: Value, keepdim?: Value) => {
      const { dims, options } = foldOf("aminmax", x, dim, keepdim);
      const ends = [x.t.amin(dims, options), x.t.amax(dims, options)];
      return new PyTuple(ends.map((one) => underivable("aminmax", one, x.t)));
    },
  ],
  argmax: place("argmax"),
  argmin: place("argmin"),
  any: truth("any"),
  all: truth("all"),
  logsumexp: [
    "dim, keepdim=False",
    (x: PyTensor, dim: Value, keepdim?: Value) => {
      const { dims, options } = foldOf("logsumexp", x, dim, keepdim);
      return wrap(x.t.logsumexp(dims, options), "Logsumexp");
    },
  ],
  cumsum: running("cumsum", "Cumsum"),
  cumprod: running("cumprod", "Cumprod"),
  cummax: runningMost("cummax", "Cummax"),
  cummin: runningMost("cummin", "Cummin"),
  logcumsumexp: [
    "dim",
    (x: PyTensor, dim: Value) =>
      wrap(
        anew(layer.logcumsumexp(x.t, dimIn(intOf("logcumsumexp", "dim", dim), x.t.ndim)), x.t),
        "Logcumsumexp",
      ),
  ],
  softmax: softened("softmax", "softmax", "Softmax"),
  log_softmax: softened("logSoftmax", "log_softmax", "LogSoftmax"),
  norm: [
    "p='fro', dim=None, keepdim=False, dtype=None",
    (x: PyTensor, p?: Value, dim?: Value, keepdim?: Value) => {
      const { dims, options } = foldOf("norm", x, dim, keepdim);
      needFloat("norm", x.t);
      const found = layer.norm(x.t, {
        p: orderOf("norm", p),
        ...(dims === undefined ? {} : { dim: dims }),
        ...options,
      });
      return wrap(found, "Norm1");
    },
  ],
  median: [
    "dim=None, keepdim=False",
    (x: PyTensor, dim?: Value, keepdim?: Value) => {
      const at = given(dim);
      needNumbers("median", x.t);
      if (at === undefined) {
        if (x.t.numel === 0 && isFloat(x.t.dtype))
          return wrap(x.t.sum().mul(Number.NaN), "Median0");
        return wrap(layer.median(x.t), "Median0");
      }
      const along = dimIn(intOf("median", "dim", at), x.t.ndim);
      return pair(
        "median",
        x.t,
        layer.median(x.t, along, { keepdim: keepdim === true }),
        "Median1",
      );
    },
  ],
  nansum: [
    FOLD,
    (x: PyTensor, dim?: Value, keepdim?: Value) => {
      const { dims, options } = foldOf("nansum", x, dim, keepdim);
      return wrap(layer.nansum(isFloat(x.t.dtype) ? x.t : long(x.t), dims, options), "Nansum");
    },
  ],
  nanmean: [
    FOLD,
    (x: PyTensor, dim?: Value, keepdim?: Value) => {
      const { dims, options } = foldOf("nanmean", x, dim, keepdim);
      return wrap(layer.nanmean(x.t, dims, options), "Div");
    },
  ],
  count_nonzero: [
    "dim=None",
    (x: PyTensor, dim?: Value) =>
      wrap(
        x.t
          .ne(x.t.dtype === "bool" ? false : 0)
          .to("int64")
          .sum(dimsIn("count_nonzero", dim, x.t.ndim)),
      ),
  ],
  quantile: [QUANTILE, quantile],
  diff: [
    "n=1, dim=-1",
    (x: PyTensor, n?: Value, dim?: Value) =>
      wrap(
        x.t.dtype === "bool"
          ? boolDiff(x.t, dim)
          : layer.diff(
              x.t,
              n === undefined ? 1 : Math.max(0, intOf("diff", "n", n)),
              dimIn(dim === undefined ? -1 : intOf("diff", "dim", dim), x.t.ndim),
            ),
        "Sub0",
      ),
  ],
};

export { long };
