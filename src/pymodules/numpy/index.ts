/**
 * `numpy`: arrays of their own (array.ts says why), with NumPy 1.24's rules of
 * dtypes, messages and printing. What is written in Python (late.py and its
 * neighbours) is loaded when a name of it is first asked for.
 */
import type { PyModule } from "../../python/objects/module.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import { signed } from "../../python/objects/signature.ts";
import { runtime } from "../../python/objects/state.ts";
import { throwAttributeError } from "../../python/operations/attributes.ts";
import { arrayType } from "./array.ts";
import { BOOL, DTYPES, dtypeType, OTHER_NAMES } from "./dtype.ts";
import "./methods.ts";
import "./scalar-methods.ts";
import { DTYPE_FUNCTIONS, finfoType, iinfoType } from "./dtype-methods.ts";
import { CREATION } from "./functions/creation.ts";
import { PICKING, PICKING_METHODS } from "./functions/picking.ts";
import { PRODUCT_METHODS, PRODUCTS } from "./functions/products.ts";
import { REDUCTIONS } from "./functions/reductions.ts";
import { SHAPE_METHODS, SHAPES } from "./functions/shapes.ts";
import { SORTING, SORTING_METHODS } from "./functions/sorting.ts";
import { lateModule } from "./late.ts";
import { functions } from "./register.ts";
import { ABSTRACT, scalarFrom, scalarType } from "./scalar.ts";
import { SETTINGS } from "./settings.ts";
import { ALIASES, UFUNCS } from "./ufuncs/table.ts";
import { ufunc, ufuncType } from "./ufuncs/ufunc.ts";

/** Fills `numpy`. */
export function fillNumpy(module: PyModule): void {
  module.set("__version__", "1.24.2+kata");
  module.set("__path__", "numpy");
  for (const table of [
    CREATION,
    SHAPES,
    SHAPE_METHODS,
    REDUCTIONS,
    SORTING,
    SORTING_METHODS,
    PICKING,
    PICKING_METHODS,
    PRODUCTS,
    PRODUCT_METHODS,
    DTYPE_FUNCTIONS,
    SETTINGS,
  ]) {
    functions(module, table);
  }
  for (const [name, value] of Object.entries({
    pi: Math.PI,
    e: Math.E,
    euler_gamma: 0.5772156649015329,
    inf: Infinity,
    Inf: Infinity,
    PINF: Infinity,
    NINF: -Infinity,
    infty: Infinity,
    nan: NaN,
    NaN: NaN,
    NAN: NaN,
    PZERO: 0,
    NZERO: -0,
  })) {
    module.set(name, new PyFloat(value));
  }
  for (const name of Object.keys(UFUNCS)) module.set(name, ufunc(name));
  for (const name of Object.keys(ALIASES)) module.set(name, ufunc(name));
  for (const dtype of DTYPES) if (dtype.name !== "bool") module.set(dtype.name, scalarType(dtype));
  for (const [name, dtype] of Object.entries(OTHER_NAMES)) module.set(name, scalarType(dtype));
  for (const [name, type] of Object.entries(ABSTRACT)) module.set(name, type);
  const again = {
    amax: "max",
    amin: "min",
    around: "round",
    round_: "round",
    product: "prod",
    cumproduct: "cumprod",
    sometrue: "any",
    alltrue: "all",
    row_stack: "vstack",
  };
  for (const [name, of] of Object.entries(again)) module.set(name, module.get(of)!);
  module.set("newaxis", None);
  module.set("True_", scalarFrom(1, BOOL));
  module.set("False_", scalarFrom(0, BOOL));
  module.set("little_endian", true);
  module.set("ndarray", arrayType);
  module.set("dtype", dtypeType);
  module.set("ufunc", ufuncType);
  module.set("finfo", finfoType);
  module.set("iinfo", iinfoType);
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", lazily(module))));
}

/** Submodules, loaded when they are first asked for. */
const SUBMODULES = new Set("lib linalg random testing fft _errors _fft _linalg _random".split(" "));

/** What stays away, and what comes nearest. */
const MISSING: Readonly<Record<string, string>> = {
  matrix: "numpy.array of two axes and @",
  memmap: "numpy.load",
  recarray: "one array for each field",
  record: "one array for each field",
  chararray: "lists of str",
  char: "the methods of str",
  str_: "lists of str",
  bytes_: "lists of bytes",
  object_: "lists",
  datetime64: "the module datetime",
  timedelta64: "the module datetime",
  longdouble: "numpy.float64",
  float128: "numpy.float64",
  ma: "numpy.where and the nan-functions",
  polynomial: "numpy.polyfit, numpy.polyval",
};

/** Names that NumPy took away, with its own words. */
const REMOVED: Readonly<Record<string, string>> = Object.fromEntries(
  ["int", "float", "bool", "complex", "object", "str"].map((name) => {
    const own = {
      float: "float64",
      bool: "bool_",
      complex: "complex128",
      object: "object_",
      str: "str_",
    }[name];
    return [
      name,
      own === undefined
        ? ""
        : `If you specifically wanted the numpy scalar type, use \`np.${own}\` here.`,
    ];
  }),
);

function lazily(module: PyModule): (name: Value) => Value {
  return (asked: Value) => {
    const name = String(asked);
    if (SUBMODULES.has(name)) {
      const found = runtime().load(`numpy.${name}`);
      module.set(name, found);
      return found;
    }
    if (Object.hasOwn(REMOVED, name)) {
      throwAttributeError(
        module,
        name,
        `module 'numpy' has no attribute '${name}'.\n\`np.${name}\` was a deprecated alias for the builtin \`${name}\`. To avoid this error in existing code, use \`${name}\` by itself. Doing this will not modify any behavior and is safe. ${name === "int" ? "When replacing `np.int`, you may wish to use e.g. `np.int64` or `np.int32` to specify the precision. If you wish to review your current use, check the release note link for additional information." : REMOVED[name]}\nThe aliases was originally deprecated in NumPy 1.20; for more details and guidance see the original release note at:\n    https://numpy.org/devdocs/release/1.20.0-notes.html#deprecations`,
      );
    }
    const late = lateModule(name);
    if (late !== undefined) {
      const found = runtime().load(late).get(name)!;
      module.set(name, found);
      return found;
    }
    const nearest = Object.hasOwn(MISSING, name) ? MISSING[name] : undefined;
    const hint = nearest === undefined ? "" : `: it is not here; nearest: ${nearest}`;
    return throwAttributeError(module, name, `module 'numpy' has no attribute '${name}'${hint}`);
  };
}
