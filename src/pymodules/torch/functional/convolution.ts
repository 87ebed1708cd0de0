/** Convolutions, windows as columns, and pooling. */
import { fault } from "../../../python/fault.ts";
import { None, type Value } from "../../../python/objects/object.ts";
import { runtime } from "../../../python/objects/state.ts";
import { getAttribute } from "../../../python/operations/attributes.ts";
import { call } from "../../../python/operations/call.ts";
import * as layer from "../../../tensor/functional/index.ts";
import type { Tensor } from "../../../tensor/index.ts";
import { product } from "../../../tensor/shape.ts";
import { C_NAMES } from "../dtype.ts";
import { work } from "../failure.ts";
import { wrap } from "../tensor.ts";
import { type Entries, type Entry, type Given, named } from "./given.ts";

function checkShapes(name: string, rank: number, x: Tensor, w: Tensor, groups: number): void {
  if (x.dtype !== w.dtype) {
    fault("RuntimeError", `expected scalar type ${C_NAMES[x.dtype]} but found ${C_NAMES[w.dtype]}`);
  }
  if (x.ndim !== rank + 1 && x.ndim !== rank + 2) {
    fault(
      "RuntimeError",
      `Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input to ${name}, but got input of size: [${x.shape.join(", ")}]`,
    );
  }
  const channels = x.shape[x.ndim - rank - 1]!;
  const wanted = name.includes("transpose") ? w.shape[0]! : w.shape[1]! * groups;
  if (channels === wanted) return;
  const batched = (x.ndim === rank + 1 ? [1, ...x.shape] : x.shape).join(", ");
  const transposed = name.includes("transpose") ? "transposed=1, " : "";
  fault(
    "RuntimeError",
    `Given ${transposed}${transposed === "" ? `groups=${groups}, ` : ""}weight of size [${w.shape.join(", ")}], expected input[${batched}] to have ${wanted} channels, but got ${channels} channels instead`,
  );
}

/** Whether the kernel fits into what it slides over. */
function checkKernel(
  x: Tensor,
  w: Tensor,
  padding: readonly number[],
  dilation: readonly number[],
): void {
  const rank = padding.length;
  const padded = padding.map((one, d) => x.shape[x.ndim - rank + d]! + 2 * one);
  const kernel = dilation.map((one, d) => one * (w.shape[2 + d]! - 1) + 1);
  if (kernel.every((one, d) => one <= padded[d]!)) return;
  const per = (sizes: readonly number[]): string => `(${sizes.join(" x ")})`;
  fault(
    "RuntimeError",
    `Calculated padded input size per channel: ${per(padded)}. Kernel size: ${per(kernel)}. Kernel size can't be greater than actual input size`,
  );
}

function conv(rank: 1 | 2): Entry {
  const name = `conv${rank}d`;
  const signature = "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1";
  return named(name, signature, (given) => {
    const [x, w] = [given.tensor("input"), given.tensor("weight")];
    const groups = given.int("groups");
    checkShapes(name, rank, x, w, groups);
    work(x.numel * product(w.shape.slice(0, 1)) * product(w.shape.slice(2)));
    const [stride, dilation] = [given.sizes("stride", rank), given.sizes("dilation", rank)];
    const how = given.value("padding");
    const same = how === "same";
    if (same && stride.some((one) => one !== 1)) {
      fault("RuntimeError", "padding='same' is not supported for strided convolutions");
    }
    const padding = typeof how === "string" ? how : given.sizes("padding", rank);
    if (typeof padding !== "string") checkKernel(x, w, padding, dilation);
    const run = rank === 1 ? layer.conv1d : layer.conv2d;
    const bias = given.maybe("bias");
    const options = {
      bias,
      stride,
      padding: padding as "same" | "valid" | number[],
      dilation,
      groups,
    };
    return wrap(run(x, w, options), x.ndim === rank + 1 ? "Squeeze1" : "Convolution");
  });
}

function convTransposed(rank: 1 | 2): Entry {
  const name = `conv_transpose${rank}d`;
  const signature =
    "input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1";
  return named(name, signature, (given) => {
    const [x, w] = [given.tensor("input"), given.tensor("weight")];
    const groups = given.int("groups");
    checkShapes(name, rank, x, w, groups);
    work(x.numel * product(w.shape.slice(1)));
    const run = rank === 1 ? layer.convTranspose1d : layer.convTranspose2d;
    const options = {
      bias: given.maybe("bias"),
      stride: given.sizes("stride", rank),
      padding: given.sizes("padding", rank),
      outputPadding: given.sizes("output_padding", rank),
      dilation: given.sizes("dilation", rank),
      groups,
    };
    return wrap(run(x, w, options), x.ndim === rank + 1 ? "Squeeze1" : "Convolution");
  });
}

/** What the text of `torch.nn.functional` has for the rarer options. */
function rare(name: string, ...args: Value[]): Value {
  return call(getAttribute(runtime().load("torch.nn._functional"), name), args);
}

const list = (given: Given, name: string): Value => given.value(name) ?? None;

/** Whether at least one window fits. */
function checkPool(
  x: Tensor,
  kernel: readonly number[],
  stride: readonly number[],
  padding: readonly number[],
): void {
  const rank = kernel.length;
  const own = x.shape.slice(-rank - 1);
  const out = kernel.map((size, d) => {
    const room = own[d + 1]! + 2 * padding[d]! - size;
    return Math.floor(room / stride[d]!) + 1;
  });
  if (out.every((size) => size >= 1)) return;
  const per = (sizes: readonly number[]): string => `(${sizes.join("x")})`;
  // One dim is pooled as a plane of height 1.
  const plane = (sizes: readonly number[]): readonly number[] =>
    rank === 1 ? [sizes[0]!, 1, sizes[1]!] : sizes;
  fault(
    "RuntimeError",
    `Given input size: ${per(plane(own))}. Calculated output size: ${per(plane([own[0]!, ...out]))}. Output size is too small`,
  );
}

function pool(kind: "max" | "avg", rank: 1 | 2): Entry {
  const name = `${kind}_pool${rank}d`;
  const signature =
    kind === "max"
      ? "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False"
      : `input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True${rank === 1 ? "" : ", divisor_override=None"}`;
  return named(name, signature, (given) => {
    const x = given.tensor("input");
    const kernel = given.sizes("kernel_size", rank);
    const padding = given.sizes("padding", rank);
    if (padding.some((one, d) => one > kernel[d]! / 2)) {
      fault(
        "RuntimeError",
        kind === "max"
          ? `pad should be at most half of kernel size, but got pad=${Math.max(...padding)} and kernel_size=${Math.max(...kernel)}`
          : "pad should be smaller than or equal to half of kernel size",
      );
    }
    const stride = given.sizes("stride", rank, kernel);
    checkPool(x, kernel, stride, padding);
    const single = rank === 1 ? "Squeeze1" : undefined;
    if (kind === "avg") {
      if (
        given.flag("ceil_mode") ||
        (rank === 2 && given.value("divisor_override") !== undefined)
      ) {
        const divisor = rank === 2 ? list(given, "divisor_override") : None;
        return rare(
          "_avg_pool",
          rank,
          given.value("input")!,
          list(given, "kernel_size"),
          list(given, "stride"),
          list(given, "padding"),
          given.flag("ceil_mode"),
          given.flag("count_include_pad"),
          divisor,
        );
      }
      const run = rank === 1 ? layer.avgPool1d : layer.avgPool2d;
      const countIncludePad = given.flag("count_include_pad");
      return wrap(run(x, kernel, { stride, padding, countIncludePad }), single ?? "AvgPool2D");
    }
    if (given.flag("ceil_mode") || given.flag("return_indices")) {
      return rare(
        "_max_pool",
        rank,
        given.value("input")!,
        list(given, "kernel_size"),
        list(given, "stride"),
        list(given, "padding"),
        list(given, "dilation"),
        given.flag("ceil_mode"),
        given.flag("return_indices"),
      );
    }
    const run = rank === 1 ? layer.maxPool1d : layer.maxPool2d;
    const dilation = given.sizes("dilation", rank);
    return wrap(run(x, kernel, { stride, padding, dilation }), single ?? "MaxPool2DWithIndices");
  });
}

/** The sizes of `output_size`, where None keeps a dim. */
function outputSize(given: Given, x: Tensor, rank: number): number[] {
  const value = given.value("output_size");
  const items = typeof value === "object" && "items" in value ? (value.items as Value[]) : [value!];
  const sizes = items.map((one, d) => (one === None ? x.shape[x.ndim - rank + d]! : Number(one)));
  return sizes.length === 1 ? Array.from({ length: rank }, () => sizes[0]!) : sizes;
}

function adaptive(kind: "avg" | "max", rank: 1 | 2): Entry {
  const name = `adaptive_${kind}_pool${rank}d`;
  const signature = `input, output_size${kind === "max" ? ", return_indices=False" : ""}`;
  const run = {
    avg1: (x: Tensor, sizes: number[]) => layer.adaptiveAvgPool1d(x, sizes[0]!),
    avg2: layer.adaptiveAvgPool2d,
    max1: (x: Tensor, sizes: number[]) => layer.adaptiveMaxPool1d(x, sizes[0]!),
    max2: layer.adaptiveMaxPool2d,
  }[`${kind}${rank}` as const];
  return named(name, signature, (given) => {
    const x = given.tensor("input");
    if (kind === "max" && given.flag("return_indices")) {
      fault(
        "NotImplementedError",
        `torch.nn.functional.${name}(return_indices=True) is not here; nearest: max_pool${rank}d(return_indices=True)`,
      );
    }
    const sizes = outputSize(given, x, rank);
    const whole = sizes.every((one) => one === 1);
    const made = kind === "max" ? "AdaptiveMaxPool2D" : whole ? "Mean1" : "AdaptiveAvgPool2D";
    return wrap(run(x, sizes), rank === 1 ? "Squeeze1" : made);
  });
}

export const CONVOLUTIONS: Entries = {
  conv1d: conv(1),
  conv2d: conv(2),
  conv_transpose1d: convTransposed(1),
  conv_transpose2d: convTransposed(2),
  max_pool1d: pool("max", 1),
  max_pool2d: pool("max", 2),
  avg_pool1d: pool("avg", 1),
  avg_pool2d: pool("avg", 2),
  adaptive_avg_pool1d: adaptive("avg", 1),
  adaptive_avg_pool2d: adaptive("avg", 2),
  adaptive_max_pool1d: adaptive("max", 1),
  adaptive_max_pool2d: adaptive("max", 2),
  unfold: named("unfold", "input, kernel_size, dilation=1, padding=0, stride=1", (given) => {
    const x = given.tensor("input");
    const bare = x.ndim === 3;
    const columns = layer.unfold(bare ? x.unsqueeze(0) : x, given.sizes("kernel_size", 2), {
      dilation: given.sizes("dilation", 2),
      padding: given.sizes("padding", 2),
      stride: given.sizes("stride", 2),
    });
    return wrap(bare ? columns.squeeze(0) : columns, "Im2Col");
  }),
  fold: named(
    "fold",
    "input, output_size, kernel_size, dilation=1, padding=0, stride=1",
    (given) => {
      const x = given.tensor("input");
      const bare = x.ndim === 2;
      const whole = layer.fold(
        bare ? x.unsqueeze(0) : x,
        given.sizes("output_size", 2),
        given.sizes("kernel_size", 2),
        {
          dilation: given.sizes("dilation", 2),
          padding: given.sizes("padding", 2),
          stride: given.sizes("stride", 2),
        },
      );
      return wrap(bare ? whole.squeeze(0) : whole, "Col2Im");
    },
  ),
};
