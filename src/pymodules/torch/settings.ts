/** Settings of a run, and questions about dtypes and shapes. */
import { fault } from "../../python/fault.ts";
import { PyDict } from "../../python/objects/dict.ts";
import { isException } from "../../python/objects/exception.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { runtime } from "../../python/objects/state.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { call } from "../../python/operations/call.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { typeOf } from "../../python/operations/typeof.ts";
import { canonical } from "../../python/text/integers.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { broadcast, operandOf } from "./arithmetic.ts";
import { fromBytes } from "./bytes.ts";
import { C_NAMES, dtypeArgument, dtypeObject, resultType } from "./dtype.ts";
import { defaultGenerator, restore, seedOf, stateTensor } from "./generator-object.ts";
import { PRINT_DEFAULTS } from "./print.ts";
import { adamStep } from "./rewriting.ts";
import { SHAPES } from "./shapes.ts";
import { torchState } from "./state.ts";
import { PyTensor, given, intOf, intsOf, numberOf, picked, sizeOf, sameSizes } from "./tensor.ts";

export const SETTINGS: Readonly<Record<string, readonly [string, (...args: never[]) => Value]>> = {
  manual_seed: [
    "seed",
    (seed: Value) => {
      torchState().generator.manualSeed(seedOf(seed));
      return defaultGenerator();
    },
  ],
  seed: [
    "",
    () =>
      fault(
        "NotImplementedError",
        "torch.seed() is not here: runs can be repeated; nearest: torch.manual_seed(n)",
      ),
  ],
  initial_seed: ["", () => canonical(torchState().generator.seed)],
  get_rng_state: ["", () => stateTensor(torchState().generator)],
  set_rng_state: [
    "new_state",
    (state: Value) => {
      restore(torchState().generator, state);
      return None;
    },
  ],
  set_default_dtype: [
    "d",
    (d: Value) => {
      const dtype = dtypeArgument("set_default_dtype", d);
      if (dtype === undefined || !isFloat(dtype))
        fault("TypeError", "only floating-point types are supported as the default type");
      torchState().defaultDtype = dtype;
      return None;
    },
  ],
  get_default_dtype: ["", () => dtypeObject(torchState().defaultDtype)],
  set_printoptions: [
    "precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None",
    (
      precision?: Value,
      threshold?: Value,
      edgeitems?: Value,
      linewidth?: Value,
      profile?: Value,
      sci?: Value,
    ) => {
      const state = torchState();
      const next = { ...(given(profile) === undefined ? state.print : PRINT_DEFAULTS) };
      if (profile === "short") Object.assign(next, { precision: 2, edgeitems: 2 });
      if (profile === "full") next.threshold = Infinity;
      if (given(precision) !== undefined)
        next.precision = intOf("set_printoptions", "precision", precision!);
      if (given(threshold) !== undefined)
        next.threshold = numberOf("set_printoptions", "threshold", threshold!);
      if (given(edgeitems) !== undefined)
        next.edgeitems = intOf("set_printoptions", "edgeitems", edgeitems!);
      if (given(linewidth) !== undefined)
        next.linewidth = intOf("set_printoptions", "linewidth", linewidth!);
      next.sciMode = typeof sci === "boolean" ? sci : undefined;
      state.print = next;
      return None;
    },
  ],
  typename: [
    "o",
    (o: Value) => {
      if (o instanceof PyTensor) return `torch.${C_NAMES[o.t.dtype]}Tensor`;
      const type = typeOf(o);
      return type.module === "builtins" ? type.name : `${type.module}.${type.name}`;
    },
  ],
  _picked: [
    "operator, values, indices",
    (operator: Value, values: Value, indices: Value) =>
      picked(String(operator), values as PyTensor, indices as PyTensor),
  ],
  _adam_step: ["param, grad, exp_avg, exp_avg_sq, beta1, beta2, eps, shrink, rate, bias", adamStep],
  _frombytes: ["data, dtype", fromBytes],
  _ordered: [
    "",
    () => {
      try {
        return call(getAttribute(runtime().load("collections"), "OrderedDict"), []);
      } catch (error) {
        // Where the library has no such module, dicts keep their order too.
        if (isException(error, "ImportError")) return new PyDict();
        throw error;
      }
    },
  ],
  is_tensor: ["obj", (obj: Value) => obj instanceof PyTensor],
  is_floating_point: [
    "input",
    (input: Value) => input instanceof PyTensor && isFloat(input.t.dtype),
  ],
  numel: [
    "input",
    (input: Value) =>
      input instanceof PyTensor
        ? input.t.numel
        : fault("TypeError", "numel(): argument 'input' (position 1) must be Tensor"),
  ],
  result_type: [
    "tensor1, tensor2",
    (a: Value, b: Value) => {
      const parts = [operandOf(a), operandOf(b)];
      return dtypeObject(resultType(parts.filter((one) => one !== undefined)));
    },
  ],
  promote_types: [
    "type1, type2",
    (a: Value, b: Value) =>
      dtypeObject(
        resultType(
          [a, b].map((one) => ({ dtype: dtypeArgument("promote_types", one)!, strength: 2 })),
        ),
      ),
  ],
  can_cast: [
    "from_, to",
    (a: Value, b: Value) => {
      const kind = (value: Value): number => {
        const dtype = dtypeArgument("can_cast", value)!;
        return dtype === "bool" ? 0 : isFloat(dtype) ? 2 : 1;
      };
      return kind(a) <= kind(b);
    },
  ],
  broadcast_shapes: [
    "*shapes",
    (shapes: Value[]) =>
      sizeOf(
        shapes
          .map((one) => intsOf("broadcast_shapes", "shapes", [one]))
          .reduce<number[]>((a, b) => broadcast(a, b), []),
      ),
  ],
  broadcast_tensors: [
    "*tensors",
    (tensors: Value[]) => {
      const list =
        tensors.length === 1 && !(tensors[0] instanceof PyTensor) ? toArray(tensors[0]!) : tensors;
      const shape = list
        .map((one) => (one as PyTensor).t.shape)
        .reduce<readonly number[]>((a, b) => broadcast(a, b), []);
      const [, expand] = SHAPES["broadcast_to"]!;
      return new PyTuple(
        list.map((one) =>
          sameSizes((one as PyTensor).t.shape, shape)
            ? one
            : (expand as (...args: unknown[]) => Value)(one, sizeOf(shape)),
        ),
      );
    },
  ],
  use_deterministic_algorithms: ["mode, *, warn_only=False", () => None],
  set_num_threads: ["num", () => None],
  get_num_threads: ["", () => 1],
};
