/** `torch`: its functions, dtypes and submodules. */
import { fault } from "../../python/fault.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import { PyFloat } from "../../python/objects/float.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { runtime } from "../../python/objects/state.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyDict } from "../../python/objects/dict.ts";
import { isException } from "../../python/objects/exception.ts";
import { getAttribute, throwAttributeError } from "../../python/operations/attributes.ts";
import { call, call1 } from "../../python/operations/call.ts";
import { contains } from "../../python/operations/displays.ts";
import { typeOf } from "../../python/operations/typeof.ts";
import { setGradEnabled } from "../../tensor/autograd/graph.ts";
import { isFloat } from "../../tensor/dtype.ts";
import "./methods.ts";
import { fillGradModes } from "./autograd.ts";
import { CREATION } from "./creation.ts";
import { deviceType } from "./device.ts";
import {
  C_NAMES,
  DTYPE_NAMES,
  dtypeArgument,
  dtypeObject,
  dtypeType,
  MISSING_DTYPES,
  resultType,
} from "./dtype.ts";
import { DECOMPOSITIONS } from "./decompositions.ts";
import { fromBytes } from "./bytes.ts";
import { finfoType, iinfoType } from "./info.ts";
import { BITS } from "./bits.ts";
import { broadcast, operandOf } from "./arithmetic.ts";
import { MATRICES, PRODUCTS } from "./matrices.ts";
import { PICKING, PICKING_FUNCTIONS, WRITING } from "./picking.ts";
import { POINTWISE, POINTWISE_ALIASES, QUESTIONS } from "./pointwise.ts";
import { PRINT_DEFAULTS } from "./print.ts";
import { RANDOM } from "./random.ts";
import { REDUCTIONS } from "./reductions.ts";
import { plainFunctions, type Table, tensorFunctions } from "./register.ts";
import { JOINS, SHAPES } from "./shapes.ts";
import {
  defaultGenerator,
  generatorType,
  restore,
  seedOf,
  stateTensor,
} from "./generator-object.ts";
import { SPECIAL } from "./special.ts";
import { torchState } from "./state.ts";
import { canonical } from "../../python/text/integers.ts";
import {
  given,
  intOf,
  intsOf,
  numberOf,
  picked,
  PyTensor,
  sizeOf,
  sizeType,
  tensorType,
} from "./tensor.ts";

import { toArray } from "../../python/operations/iterate.ts";

/** Submodules, loaded when they are first asked for. */
const SUBMODULES = new Set([
  "nn",
  "optim",
  "autograd",
  "linalg",
  "testing",
  "utils",
  "random",
  "special",
  "fft",
]);

export function fillTorch(module: PyModule): void {
  // A run that was cut off may have left it off.
  setGradEnabled(true);
  module.set("__version__", "1.13.0+kata");
  module.set("__path__", "torch");
  const aliases: Table = Object.fromEntries(
    Object.entries(POINTWISE_ALIASES).map(([name, of]) => [name, POINTWISE[of]!]),
  );
  tensorFunctions(module, {
    ...POINTWISE,
    ...BITS,
    ...SPECIAL,
    ...aliases,
    ...QUESTIONS,
    ...REDUCTIONS,
    ...SHAPES,
    ...PICKING,
    ...WRITING,
    ...MATRICES,
  });
  for (const table of [CREATION, RANDOM, JOINS, PICKING_FUNCTIONS, PRODUCTS, DECOMPOSITIONS])
    plainFunctions(module, table);
  for (const [name, dtype] of Object.entries(DTYPE_NAMES)) module.set(name, dtypeObject(dtype));
  for (const [name, value] of Object.entries({
    pi: Math.PI,
    e: Math.E,
    inf: Infinity,
    nan: Number.NaN,
  })) {
    module.set(name, new PyFloat(value));
  }
  module.set("newaxis", None);
  module.set("Tensor", tensorType);
  module.set("Size", sizeType);
  module.set("Generator", generatorType);
  module.set("default_generator", defaultGenerator());
  for (const name of ["contiguous_format", "preserve_format", "channels_last"]) {
    module.set(name, `torch.${name}`);
  }
  module.set("dtype", dtypeType);
  module.set("device", deviceType);
  module.set("finfo", finfoType);
  module.set("iinfo", iinfoType);
  module.set("strided", "torch.strided");
  fillGradModes(module);
  plainFunctions(module, SETTINGS);
  fillTyped(module);
  const missing = (name: Value): Value => lookUp(module, String(name));
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", missing)));
}

function lookUp(module: PyModule, name: string): Value {
  const found = SUBMODULES.has(name) ? runtime().load(`torch.${name}`) : written(name);
  if (found !== undefined) {
    module.set(name, found);
    return found;
  }
  const nearest = MISSING_DTYPES[name];
  const hint =
    nearest === undefined
      ? String(call1(getAttribute(runtime().load("torch._more"), "missing"), name))
      : `: there are no tensors of it here; nearest is torch.${nearest}`;
  throwAttributeError(module, name, `module 'torch' has no attribute '${name}'${hint}`);
}

/** `torch.utils`. */
export function fillUtils(module: PyModule): void {
  module.set("__path__", "torch.utils");
  const lazily = (name: Value): Value => {
    if (name === "data") return runtime().load("torch.utils.data");
    const text = String(name);
    throwAttributeError(
      module,
      text,
      `module 'torch.utils' has no attribute '${text}': there is torch.utils.data`,
    );
  };
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", lazily)));
}

/** A function that is written in Python, of `torch` or of `torch.nn.functional`. */
function written(name: string): Value | undefined {
  if (name === "save" || name === "load") return runtime().load("torch._files").get(name);
  if (name.startsWith("_")) return undefined;
  const more = runtime().load("torch._more");
  if (contains(more.get("FUNCTIONAL")!, name)) {
    return getAttribute(runtime().load("torch.nn.functional"), name);
  }
  if (LINALG.has(name)) return getAttribute(runtime().load("torch.linalg"), LINALG.get(name)!);
  return NOT_FUNCTIONS.has(name) ? undefined : more.get(name);
}

/** What `torch` has of `torch.linalg`, by its name there. */
const LINALG: ReadonlyMap<string, string> = new Map([
  ["svd", "svd"],
  ["qr", "qr"],
  ["pinverse", "pinv"],
  ["slogdet", "slogdet"],
  ["matrix_exp", "matrix_exp"],
  ["lstsq", "lstsq"],
]);
/** Names in the text that are no functions of PyTorch. */
const NOT_FUNCTIONS = new Set(
  "math torch METHODS IN_PLACE FUNCTIONAL MISSING method missing".split(" "),
);

/** `torch.FloatTensor` and its kind. */
function fillTyped(module: PyModule): void {
  const names = {
    FloatTensor: "float32",
    DoubleTensor: "float64",
    LongTensor: "int64",
    IntTensor: "int32",
    BoolTensor: "bool",
    HalfTensor: "float16",
  } as const;
  for (const [name, dtype] of Object.entries(names)) {
    const run = (args: Value[]): Value => {
      const [first] = args;
      const sized = args.length > 0 && args.every((one) => typeof one === "number");
      const type = dtypeObject(dtype);
      if (sized)
        return (CREATION["zeros"]![1] as (...args: unknown[]) => Value)(
          args,
          undefined,
          undefined,
          undefined,
          type,
        );
      return (CREATION["tensor"]![1] as (...args: unknown[]) => Value)(first ?? sizeOf([]), type);
    };
    module.set(name, new PyBuiltin(name, signed("*args", run as never)));
  }
}

const SETTINGS: Readonly<Record<string, readonly [string, (...args: never[]) => Value]>> = {
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
        list.map((one) => (expand as (...args: unknown[]) => Value)(one, sizeOf(shape))),
      );
    },
  ],
  use_deterministic_algorithms: ["mode, *, warn_only=False", () => None],
  set_num_threads: ["num", () => None],
  get_num_threads: ["", () => 1],
};
