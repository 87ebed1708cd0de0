/** `torch`: its functions, dtypes and submodules. */
import "./attributes.ts";
import "./methods.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { runtime } from "../../python/objects/state.ts";
import { getAttribute, throwAttributeError } from "../../python/operations/attributes.ts";
import { call1 } from "../../python/operations/call.ts";
import { contains } from "../../python/operations/displays.ts";
import { setGradEnabled } from "../../tensor/autograd/graph.ts";
import { BITS } from "./bits.ts";
import { CREATION } from "./creation.ts";
import { DECOMPOSITIONS } from "./decompositions.ts";
import { deviceType } from "./device.ts";
import { DTYPE_NAMES, MISSING_DTYPES, dtypeObject, dtypeType } from "./dtype.ts";
import { defaultGenerator, generatorType } from "./generator-object.ts";
import { fillGradModes } from "./grad-mode.ts";
import { finfoType, iinfoType } from "./info.ts";
import { JOINS } from "./joining.ts";
import { MATRICES, PRODUCTS } from "./matrices.ts";
import { PICKING, PICKING_FUNCTIONS } from "./picking.ts";
import { POINTWISE, POINTWISE_ALIASES, QUESTIONS } from "./pointwise.ts";
import { RANDOM } from "./random.ts";
import { REDUCTIONS } from "./reductions.ts";
import { type Table, plainFunctions, tensorFunctions } from "./register.ts";
import { WRITING } from "./scattering.ts";
import { SETTINGS } from "./settings.ts";
import { SHAPES } from "./shapes.ts";
import { SPECIAL } from "./special.ts";
import { sizeOf, sizeType, tensorType } from "./tensor.ts";

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
